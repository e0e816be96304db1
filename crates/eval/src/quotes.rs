//! Figures of quotations beyond spans and values: kinds and speakers.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

use crate::{Annotation, Document};

const SPEECH: &str = "quote.speech";
const TERM: &str = "quote.term";

/// How well speech was distinguished from terms, and how well speakers were found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct QuoteFigures {
    /// Quotations of gold, speech or term, whose span was found as either.
    pub found: usize,
    /// Of these, the ones whose kind is right.
    pub right_kinds: usize,
    /// Speeches of gold that have a speaker.
    pub spoken: usize,
    /// Of these, the ones found as speech with a speaker that overlaps gold's.
    pub right_speakers: usize,
}

/// Compares the quotations of gold with those found, by exact span.
pub fn score_quotes(gold: &[Document], found: &[Document]) -> QuoteFigures {
    let found: HashMap<&str, &Document> = found.iter().map(|document| (document.id.as_str(), document)).collect();
    let mut figures = QuoteFigures::default();
    for document in gold {
        let other = found.get(document.id.as_str()).map_or(&[][..], |document| &document.annotations);
        let by_span: HashMap<_, _> = quotations(other).map(|a| ((a.start, a.end), a)).collect();
        for wanted in quotations(&document.annotations).filter(|a| !a.optional) {
            let got = by_span.get(&(wanted.start, wanted.end));
            if let Some(got) = got {
                figures.found += 1;
                figures.right_kinds += usize::from(got.kind == wanted.kind);
            }
            if let Some(speaker) = span(&wanted.value["speaker"]).filter(|_| wanted.kind == SPEECH) {
                figures.spoken += 1;
                let named = got.filter(|got| got.kind == SPEECH).and_then(|got| span(&got.value["speaker"]));
                figures.right_speakers += usize::from(named.is_some_and(|s| s.0 < speaker.1 && speaker.0 < s.1));
            }
        }
    }
    figures
}

fn quotations(annotations: &[Annotation]) -> impl Iterator<Item = &Annotation> {
    annotations.iter().filter(|a| a.kind == SPEECH || a.kind == TERM)
}

fn span(json: &Json) -> Option<(u64, u64)> {
    Some((json["start"].as_u64()?, json["end"].as_u64()?))
}

/// One line per figure, without the figures that gold has no cases of.
impl fmt::Display for QuoteFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole as f64;
        let Self { found, right_kinds, spoken, right_speakers } = *self;
        if found != 0 {
            writeln!(f, "speech or term right {:6.2}  of {found}", percent(right_kinds, found))?;
        }
        if spoken != 0 {
            writeln!(f, "speaker right        {:6.2}  of {spoken}", percent(right_speakers, spoken))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(annotations: Json) -> Document {
        let line = serde_json::json!({"id": "a", "text": "", "annotations": annotations});
        serde_json::from_value(line).expect("a document")
    }

    #[test]
    fn kinds_and_speakers() {
        let speaker = |start: u64, end: u64| serde_json::json!({"speaker": {"start": start, "end": end}});
        let gold = document(serde_json::json!([
            {"kind": "quote.speech", "start": 10, "end": 20, "value": speaker(0, 5)},
            {"kind": "quote.speech", "start": 30, "end": 40, "value": speaker(0, 5)},
            {"kind": "quote.speech", "start": 50, "end": 60, "value": {"speaker": null}},
            {"kind": "quote.term", "start": 70, "end": 80},
        ]));
        let found = document(serde_json::json!([
            {"kind": "quote.speech", "start": 10, "end": 20, "value": speaker(4, 9)},
            {"kind": "quote.speech", "start": 30, "end": 40, "value": speaker(5, 9)},
            {"kind": "quote.term", "start": 50, "end": 60},
            {"kind": "quote.indirect", "start": 70, "end": 80, "value": speaker(0, 5)},
        ]));
        let figures = score_quotes(std::slice::from_ref(&gold), &[found]);
        let expected = QuoteFigures { found: 3, right_kinds: 2, spoken: 2, right_speakers: 1 };
        assert_eq!(figures, expected);
        assert_eq!(figures.to_string(), "speech or term right  66.67  of 3\nspeaker right         50.00  of 2\n");
        assert_eq!(QuoteFigures::default().to_string(), "");
        assert_eq!(score_quotes(&[gold], &[]), QuoteFigures { spoken: 2, ..QuoteFigures::default() });
    }
}
