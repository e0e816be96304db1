//! `khabar eval --html`: every mistake in its sentence.

use std::collections::HashMap;

use khabar_arabic::{Analysis, Offsets, Unit};
use khabar_core::Span;
use khabar_eval::{Difference, Document, Mistake, Report};
use khabar_report::mistakes::{Confused, Figures, Page, Side, Sort, page};

/// Characters of a sentence shown before and after a mistake.
const CONTEXT: usize = 200;

/// The page of a report.
pub(super) fn make(title: &str, gold: &[Document], report: &Report) -> String {
    let figures = report.rows.iter().map(|row| Figures {
        name: &row.name,
        total: row.total,
        gold: row.counts.gold(),
        precision: row.counts.precision(),
        recall: row.counts.recall(),
        f1: row.counts.f1(),
        right: row.counts.value_accuracy().map(|_| row.counts.right()),
    });
    let confusion = report.confusion();
    let confusion = confusion.0.iter().map(|confused| Confused {
        gold: confused.gold.as_deref(),
        found: confused.found.as_deref(),
        same_span: confused.same_span,
        count: confused.count,
    });
    let texts: HashMap<&str, &str> = gold.iter().filter_map(|d| Some((d.id.as_str(), d.text.as_deref()?))).collect();
    let mistakes = report.mistakes();
    let mut shown = Vec::with_capacity(mistakes.len());
    let mut analysis = Analysis::default();
    for of_document in mistakes.chunk_by(|a, b| document(a) == document(b)) {
        let id = document(&of_document[0]);
        let text = texts.get(id).copied().unwrap_or_default();
        analysis.analyze(text);
        let offsets = Offsets::new(text);
        let byte = |char: usize| offsets.byte(Unit::Char, char);
        shown.extend(of_document.iter().map(|mistake| in_sentence(mistake, id, text, analysis.sentences(), &byte)));
    }
    // Sorted by kind, so that similar mistakes are together; within a kind in the order of the documents.
    shown.sort_by(|a, b| kind(a).cmp(kind(b)));
    page(&Page { title, figures: figures.collect(), confusion: confusion.collect(), mistakes: shown })
}

fn document<'a>(mistake: &Mistake<'a>) -> &'a str {
    mistake.gold().or(mistake.found()).map_or("", |difference| difference.document.as_str())
}

fn kind<'a>(mistake: &khabar_report::mistakes::Mistake<'a>) -> &'a str {
    mistake.gold.as_ref().or(mistake.found.as_ref()).map_or("", |side| side.kind)
}

fn in_sentence<'a>(
    mistake: &Mistake<'a>,
    document: &'a str,
    text: &'a str,
    sentences: &[Span],
    byte: &dyn Fn(usize) -> usize,
) -> khabar_report::mistakes::Mistake<'a> {
    let sides = [mistake.gold(), mistake.found()];
    let spans = || sides.iter().flatten().map(|side| (byte(side.start), byte(side.end)));
    let from = spans().map(|span| span.0).min().unwrap_or_default();
    let to = spans().map(|span| span.1).max().unwrap_or_default();
    let around = around(text, sentences, from, to);
    let sentence = text.get(around.clone()).unwrap_or_default();
    let units = |byte: usize| text.get(around.start..byte).unwrap_or_default().encode_utf16().count();
    let value = |difference: &Difference, of_gold: bool| {
        let value = if of_gold { &difference.gold } else { &difference.found };
        if value.is_null() { String::new() } else { value.to_string() }
    };
    let side = |difference: Option<&'a Difference>, of_gold| {
        difference.map(|difference| Side {
            kind: &difference.kind,
            start: units(byte(difference.start)),
            end: units(byte(difference.end)),
            text: &difference.text,
            value: value(difference, of_gold),
        })
    };
    let sort = match mistake {
        Mistake::Missed(_) => Sort::Missed,
        Mistake::Spurious(_) => Sort::Spurious,
        Mistake::Kind { .. } => Sort::Kind,
        Mistake::Span { .. } => Sort::Span,
        _ => Sort::Value,
    };

    khabar_report::mistakes::Mistake {
        sort,
        document,
        sentence,
        gold: side(mistake.gold(), true),
        found: side(mistake.found(), false),
    }
}

/// The sentences around a place, cut if they are too long.
fn around(text: &str, sentences: &[Span], from: usize, to: usize) -> std::ops::Range<usize> {
    let first = sentences.partition_point(|sentence| (sentence.end as usize) <= from);
    let last = sentences.partition_point(|sentence| (sentence.start as usize) < to);
    let covered = sentences.get(first..last).unwrap_or_default();
    let start = covered.first().map_or(from, |sentence| (sentence.start as usize).min(from));
    let end = covered.last().map_or(to, |sentence| (sentence.end as usize).max(to));
    let before = text.get(start..from).unwrap_or_default();
    let after = text.get(to..end).unwrap_or_default();
    // A sentence that is too long is cut between words.
    let cut = before.char_indices().rev().filter(|(_, c)| c.is_whitespace());
    let start = match before.char_indices().rev().nth(CONTEXT) {
        Some((limit, _)) => cut.take_while(|(at, _)| limit <= *at).last().map_or(from, |(at, _)| start + at),
        None => start,
    };
    let cut = after.char_indices().filter(|(_, c)| c.is_whitespace());
    let end = match after.char_indices().nth(CONTEXT) {
        Some((limit, _)) => cut.take_while(|(at, _)| *at <= limit).last().map_or(to, |(at, _)| to + at),
        None => end,
    };
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_its_sentences() {
        let text = "وصل الوفد أمس. وقال الوزير نعم. هكذا انتهى";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let shown = |part: &str| {
            let from = text.find(part).unwrap_or_default();
            text[around(text, analysis.sentences(), from, from + part.len())].trim().to_owned()
        };
        let wanted = ["وقال الوزير نعم.", "وصل الوفد أمس. وقال الوزير نعم.", "هكذا انتهى"];
        assert_eq!([shown("الوزير"), shown("أمس. وقال"), shown("انتهى")], wanted);
        let long = "كلمة ".repeat(500);
        analysis.analyze(&long);
        let range = around(&long, analysis.sentences(), 900, 908);
        let shown = &long[range];
        assert!((2 * CONTEXT - 10..2 * CONTEXT + 10).contains(&shown.chars().count()), "{shown}");
        assert_eq!(shown.trim().replace("كلمة", "").trim(), "", "whole words");
    }
}
