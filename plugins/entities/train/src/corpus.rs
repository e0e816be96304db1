//! Labelled sentences, cut into words as the run-time cuts them.

use std::path::Path;

use khabar_arabic::Analysis;
use khabar_core::{TokenClass, TokenFlags};
use khabar_entities::crf::{LABELS, Label};

use crate::data::{TrainError, each_line};

/// Lines of a CoNLL file that are analysed together, as one document.
const DOCUMENT: usize = 20;

/// The words of a sentence, folded, and their labels.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Folded words.
    pub words: Vec<String>,
    /// Their labels.
    pub labels: Vec<Label>,
}

/// Labelled sentences.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The sentences in order.
    pub sentences: Vec<Sentence>,
}

impl Corpus {
    /// Reads a CoNLL file, `token tag` a line, blank lines between sentences.
    ///
    /// # Errors
    /// The file cannot be read, or a line has no known tag.
    pub fn read(path: &Path) -> Result<Self, TrainError> {
        let mut corpus = Self::default();
        let mut document: Vec<Vec<(String, Label)>> = Vec::new();
        let mut open: Vec<(String, Label)> = Vec::new();
        each_line(path, |line| {
            if let Some((token, tag)) = line.split_once(' ') {
                let tag = tag.split(' ').next().unwrap_or(tag);
                let label =
                    LABELS.iter().position(|known| *known == tag).ok_or_else(|| format!("unknown tag {tag}"))?;
                open.push((token.to_owned(), label as Label));
            } else if !open.is_empty() {
                document.push(std::mem::take(&mut open));
                if document.len() == DOCUMENT {
                    corpus.add(&document);
                    document.clear();
                }
            }
            Ok(())
        })?;
        document.extend(Some(open).filter(|open| !open.is_empty()));
        corpus.add(&document);
        Ok(corpus)
    }

    /// Adds a document: sentences of tokens with labels.
    fn add(&mut self, document: &[Vec<(String, Label)>]) {
        let mut text = String::new();
        let mut spans = Vec::new();
        for sentence in document {
            let mut before = 0;
            for (token, label) in sentence {
                let start = text.len();
                text.push_str(token);
                spans.push((start, text.len(), repaired(*label, before)));
                before = *label;
                text.push(' ');
            }
            text.pop();
            text.push('\n');
        }
        let mut analysis = Analysis::default();
        analysis.analyze(&text);
        let mut at = 0;
        let mut opened = usize::MAX;
        for token in analysis.tokens() {
            while spans.get(at).is_some_and(|(_, end, _)| *end <= token.start as usize) {
                at += 1;
            }
            if token.has(TokenFlags::SENTENCE_START) || self.sentences.is_empty() {
                self.sentences.push(Sentence::default());
            }
            let Some((start, end, label)) = spans.get(at).copied() else { continue };
            let part = token.end - token.start < (end - start) as u32;
            let label = match label {
                0 => 0,
                // Marks that hang on a name are no part of it.
                _ if part && token.class() == TokenClass::Punctuation => 0,
                label if label % 2 == 1 && opened == at => label + 1,
                label => {
                    opened = at;
                    label
                }
            };
            if let Some(sentence) = self.sentences.last_mut() {
                sentence.words.push(analysis.folded()[token.folded_span().range()].to_owned());
                sentence.labels.push(label);
            }
        }
    }
}

/// An `I-` that continues nothing opens a name.
fn repaired(label: Label, before: Label) -> Label {
    let inside = label != 0 && label.is_multiple_of(2);
    if inside && before != label && before + 1 != label { label - 1 } else { label }
}
