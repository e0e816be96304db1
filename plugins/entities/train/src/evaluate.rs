//! Precision and recall of a model's names, without the steps that follow it.

use std::collections::BTreeMap;

use khabar_arabic::hash;
use khabar_entities::crf::{Decoder, LABELS, Label, Model};

use crate::corpus::Corpus;

/// Names found, right and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found with the right bounds and type.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold.
    pub gold: usize,
}

impl Counts {
    /// Harmonic mean of precision and recall, in percent.
    pub fn f1(self) -> f64 {
        if self.right == 0 { 0.0 } else { 200.0 * self.right as f64 / (self.found + self.gold) as f64 }
    }
}

/// Counts by type: `PER`, `LOC`, `ORG`, `MISC`.
pub type Scores = BTreeMap<&'static str, Counts>;

/// Labels a corpus with a model and compares.
pub fn evaluate(model: &Model, corpus: &Corpus) -> Scores {
    let mut scores = Scores::new();
    let mut decoder = Decoder::default();
    for sentence in &corpus.sentences {
        decoder.clear();
        for word in &sentence.words {
            decoder.push(model, hash(word), word);
        }
        decoder.end_sentence();
        decoder.label(model);
        let (found, gold) = (chunks(&decoder.labels), chunks(&sentence.labels));
        for chunk in &found {
            let counts = scores.entry(name(chunk.0)).or_default();
            counts.found += 1;
            counts.right += usize::from(gold.contains(chunk));
        }
        for chunk in &gold {
            scores.entry(name(chunk.0)).or_default().gold += 1;
        }
    }
    scores
}

fn name(label: Label) -> &'static str {
    &LABELS[usize::from(label)][2..]
}

/// The names of a sequence of labels: the label that opens each, its first word, the word after its last.
fn chunks(labels: &[Label]) -> Vec<(Label, usize, usize)> {
    let mut chunks: Vec<(Label, usize, usize)> = Vec::new();
    for (at, label) in labels.iter().enumerate().filter(|(_, label)| **label != 0) {
        match chunks.last_mut() {
            Some((open, _, end)) if label % 2 == 0 && *open + 1 == *label && *end == at => *end = at + 1,
            _ => chunks.push((label - u8::from(label % 2 == 0), at, at + 1)),
        }
    }
    chunks
}
