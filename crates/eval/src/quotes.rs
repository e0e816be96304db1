//! Figures of quotations beyond spans and values: kinds and speakers.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;
use serde_json::Value as Json;

use crate::{Annotation, Document};

const SPEECH: &str = "quote.speech";
const TERM: &str = "quote.term";
const INDIRECT: &str = "quote.indirect";

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
    /// Of the spoken, the ones found as speech with another speaker.
    pub wrong_speakers: usize,
    /// Reports of gold without marks.
    pub indirect: usize,
    /// Of these, the ones that a report overlaps which was found.
    pub indirect_found: usize,
    /// Of these, the ones found with their exact span.
    pub indirect_exact: usize,
    /// Of these, the ones whose speaker overlaps gold's, or that have none in both.
    pub indirect_right: usize,
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
                figures.right_speakers += usize::from(named.is_some_and(|s| overlap(s, speaker)));
                figures.wrong_speakers += usize::from(named.is_some_and(|s| !overlap(s, speaker)));
            }
        }
        figures.add_indirect(&document.annotations, other);
    }
    figures
}

impl QuoteFigures {
    /// Counts the reports without marks of one document.
    fn add_indirect(&mut self, gold: &[Annotation], found: &[Annotation]) {
        let is_indirect = |a: &&Annotation| a.kind == INDIRECT;
        for wanted in gold.iter().filter(is_indirect).filter(|a| !a.optional) {
            let place = (wanted.start as u64, wanted.end as u64);
            let near = || found.iter().filter(is_indirect).filter(|a| overlap((a.start as u64, a.end as u64), place));
            self.indirect += 1;
            self.indirect_found += usize::from(near().next().is_some());
            if let Some(exact) = near().find(|a| (a.start, a.end) == (wanted.start, wanted.end)) {
                self.indirect_exact += 1;
                let is_right = match (span(&wanted.value["speaker"]), span(&exact.value["speaker"])) {
                    (Some(one), Some(other)) => overlap(one, other),
                    (one, other) => one.is_none() && other.is_none(),
                };
                self.indirect_right += usize::from(is_right);
            }
        }
    }
}

fn overlap(one: (u64, u64), other: (u64, u64)) -> bool {
    one.0 < other.1 && other.0 < one.1
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
        let Self { found, right_kinds, spoken, right_speakers, wrong_speakers, .. } = *self;
        let Self { indirect, indirect_found, indirect_exact, indirect_right, .. } = *self;
        if found != 0 {
            writeln!(f, "speech or term right {:6.2}  of {found}", percent(right_kinds, found))?;
        }
        if spoken != 0 {
            writeln!(f, "speaker right        {:6.2}  of {spoken}", percent(right_speakers, spoken))?;
            writeln!(f, "speaker wrong        {:6.2}  of {spoken}", percent(wrong_speakers, spoken))?;
            let missing = spoken - right_speakers - wrong_speakers;
            writeln!(f, "speaker missing      {:6.2}  of {spoken}", percent(missing, spoken))?;
        }
        if indirect != 0 {
            writeln!(f, "indirect found       {:6.2}  of {indirect}", percent(indirect_found, indirect))?;
            writeln!(f, "indirect exact       {:6.2}  of {indirect}", percent(indirect_exact, indirect))?;
            writeln!(f, "indirect and speaker {:6.2}  of {indirect}", percent(indirect_right, indirect))?;
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
            {"kind": "quote.indirect", "start": 80, "end": 90, "value": speaker(0, 5)},
            {"kind": "quote.indirect", "start": 90, "end": 99, "value": speaker(0, 5)},
        ]));
        let found = document(serde_json::json!([
            {"kind": "quote.speech", "start": 10, "end": 20, "value": speaker(4, 9)},
            {"kind": "quote.speech", "start": 30, "end": 40, "value": speaker(5, 9)},
            {"kind": "quote.term", "start": 50, "end": 60},
            {"kind": "quote.indirect", "start": 70, "end": 80, "value": speaker(0, 5)},
            {"kind": "quote.indirect", "start": 80, "end": 90, "value": speaker(4, 9)},
            {"kind": "quote.indirect", "start": 90, "end": 98, "value": speaker(0, 5)},
        ]));
        let figures = score_quotes(std::slice::from_ref(&gold), &[found]);
        let expected = QuoteFigures {
            found: 3,
            right_kinds: 2,
            spoken: 2,
            right_speakers: 1,
            wrong_speakers: 1,
            indirect: 2,
            indirect_found: 2,
            indirect_exact: 1,
            indirect_right: 1,
        };
        assert_eq!(figures, expected);
        assert_eq!(
            figures.to_string(),
            "speech or term right  66.67  of 3\nspeaker right         50.00  of 2\nspeaker wrong         50.00  of 2\n\
             speaker missing        0.00  of 2\nindirect found       100.00  of 2\nindirect exact        50.00  of 2\n\
             indirect and speaker  50.00  of 2\n"
        );
        assert_eq!(QuoteFigures::default().to_string(), "");
        assert_eq!(score_quotes(&[gold], &[]), QuoteFigures { spoken: 2, indirect: 2, ..QuoteFigures::default() });
    }
}
