//! The date of each document, in words.

use std::io::Write as _;

use khabar_core::kinds::{DateSource, DocumentDate, Weekday};
use khabar_extractor::Scratch;

use super::Writer;
use crate::{Annotated, shown};

/// The date of each document in one or a few lines: the date or its bounds, the weekday, where it comes from, and the
/// phrases that support it.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocumentDates;

impl Writer for DocumentDates {
    fn extension(&self) -> &'static str {
        "txt"
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let id = shown(doc.document.id);
        let found: Option<DocumentDate> = doc.date().and_then(|date| serde_json::from_slice(date.value).ok());
        // Writing to memory does not fail.
        let _ = match (&found, doc.given_date()) {
            (Some(date), _) => {
                let _ = writeln!(out, "{id}: {}", in_words(date));
                let phrases = date.evidence.iter().filter_map(|span| span.of(doc.document.text));
                phrases.map(one_line).try_for_each(|phrase| writeln!(out, "  \u{2068}{}\u{2069}", shown(&phrase)))
            }
            (None, Some(given)) => writeln!(out, "{id}: {given}, given"),
            (None, None) => writeln!(out, "{id}: nothing tells"),
        };
    }
}

fn in_words(date: &DocumentDate) -> String {
    let weekday = date.weekday.map(weekday);
    let mut words = match (&date.value, weekday, &date.earliest, &date.latest) {
        (Some(value), Some(weekday), ..) => format!("{weekday} {value}"),
        (Some(value), ..) => value.to_string(),
        (None, weekday, earliest, latest) => {
            let day = weekday.map_or_else(|| "a day".to_owned(), |w| format!("a {w}"));
            match (earliest, latest) {
                (Some(earliest), Some(latest)) => format!("{day} from {earliest} to {latest}"),
                (Some(earliest), None) => format!("{day} from {earliest} on"),
                (None, Some(latest)) => format!("{day} until {latest}"),
                (None, None) => format!("{day}, of which week is not known"),
            }
        }
    };
    words.push_str(match (date.source, date.conflict) {
        (DateSource::Given, true) => ", given; the text contradicts it:",
        (DateSource::Given, false) => ", given",
        _ => "",
    });
    if date.source == DateSource::Inferred {
        words.push_str(&format!(", inferred, {:.0} % sure, from:", date.confidence * 100.0));
    }
    words
}

const fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn one_line(phrase: &str) -> String {
    phrase.split_whitespace().collect::<Vec<_>>().join(" ")
}
