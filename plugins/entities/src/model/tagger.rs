//! Labels for the words of a document, or of a piece of a long one.

use khabar_extractor::{Cancel, ExtractError};

use super::N;
use super::chain::Ways;
use super::context;
use super::file::Model;
use super::known::{Known, Stem};
use super::memory::Memory;
use super::sentences::{REACH, Sentence, Sentences};
use super::table::{Row, add};
use crate::hashes::Hashes;

/// A label: an index into [`LABELS`](super::LABELS).
pub type Label = u8;

/// How much a name is preferred to none, in units of log-probability: the automatically labelled sentences that the model
/// learned from miss one name in four.
const LEAN: f32 = 0.15;

/// Words that are labelled at once, at least: more than an article has.
const AT_ONCE: usize = 1 << 12;

/// What a worker keeps between sentences.
#[derive(Debug, Default)]
pub struct Tagger {
    memory: Memory,
    buffers: context::Buffers,
    ways: Ways,
    /// The words that are not labelled yet.
    near: Vec<Known>,
    /// The words of the piece.
    pub(crate) known: Vec<Stem>,
    /// The scores of the labels of the piece's words. [`REACH`] rows before, between and after the sentences take what is
    /// said to no word.
    scores: Vec<Row>,
    sentences: Sentences,
    /// Sentences that are labelled.
    labelled: usize,
    votes: Votes,
    /// The labels of the piece's words that are labelled.
    pub labels: Vec<Label>,
}

impl Tagger {
    /// Forgets the words of the last piece.
    pub fn clear(&mut self) {
        self.near.clear();
        self.labelled = 0;
        self.known.clear();
        self.scores.clear();
        self.sentences.ends.clear();
        self.labels.clear();
    }

    /// Makes room for so many words.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.known.reserve_exact(words);
        self.labels.reserve_exact(words);
        self.scores.reserve_exact(words + 2 * REACH);
    }

    /// See [`Memory::prefetch`].
    #[inline]
    pub(crate) fn prefetch(&mut self, model: &Model, hashes: impl Iterator<Item = u64>) {
        self.memory.prefetch(model, hashes);
    }

    /// See [`Memory::find_all`].
    #[inline]
    pub(crate) fn find_all<'a>(
        &mut self,
        model: &Model,
        hashes: impl Iterator<Item = u64>,
        folded: impl Fn(usize) -> &'a str,
    ) {
        self.memory.find_all(model, hashes, folded);
    }

    /// Adds the word that was found as the `number`th. Gives the note on the word, which the caller may change.
    #[inline]
    pub(crate) fn push_found<'m, 'a>(
        &'m mut self,
        model: &'m Model,
        number: usize,
        folded_hash: u64,
        folded: impl FnOnce() -> &'a str,
    ) -> &'m mut u32 {
        let (word, note) = self.memory.word(model, number, folded_hash, folded);
        let lean = [model.lean(LEAN); N - 1];
        let at = self.sentences.row(self.known.len());
        if self.scores.len() <= at {
            // A sentence begins: between it and the one before, or the beginning, are the rows that belong to no word.
            self.scores.resize(at + REACH, lean);
        }
        self.scores.push(lean);
        // The first sum is for the label two places after the word.
        if let Some(targets) = self.scores[at - REACH..].first_chunk_mut::<{ 2 * REACH + 1 }>() {
            targets.iter_mut().rev().zip(&word.sums).for_each(|(target, sum)| add(sum, target));
        }
        self.near.push(word.known);
        self.known.push(word.known.stem());
        note
    }

    /// Adds a word by its folded form and the hash of that.
    pub fn push(&mut self, model: &Model, folded_hash: u64, folded: &str) {
        self.prefetch(model, std::iter::once(folded_hash));
        self.find_all(model, std::iter::once(folded_hash), |_| folded);
        self.push_found(model, 0, folded_hash, || folded);
    }

    /// Makes the words pushed since the last call a sentence, if there are any.
    pub fn end_sentence(&mut self) {
        self.sentences.end(self.known.len());
    }

    /// Labels the words of all sentences.
    pub fn label(&mut self, model: &Model) {
        // Nobody cancels it, so that it does not fail.
        let _ = self.label_unless(model, Cancel::NEVER);
    }

    /// Labels the sentences that have ended if they are many: what is known of their words is not kept for longer.
    #[inline]
    pub(crate) fn label_many(&mut self, model: &Model, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        if self.near.len() < AT_ONCE { Ok(()) } else { self.label_unless(model, cancel) }
    }

    /// Labels the sentences since the last call, all of which have ended, unless it is cancelled.
    pub(crate) fn label_unless(&mut self, model: &Model, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let Self { near, known, scores, sentences, labelled, buffers, ways, labels, .. } = self;
        context::add(model, near, (sentences, *labelled), buffers, scores, cancel)?;
        labels.resize(known.len(), 0);
        near.clear();
        for Sentence { words, rows } in sentences.iter_from(std::mem::replace(labelled, sentences.ends.len())) {
            cancel.check()?;
            model.chain.label(&scores[rows], ways, &mut labels[words]);
        }
        Ok(())
    }

    /// Words that there is room for.
    #[cfg(test)]
    pub(crate) fn capacity(&self) -> usize {
        let Self { near, known, scores, labels, votes, .. } = self;
        [near.capacity(), known.capacity(), scores.capacity(), labels.capacity(), votes.at.capacity()]
            .into_iter()
            .fold(0, usize::max)
    }

    /// The scores of a word of the first sentence.
    #[cfg(test)]
    pub(super) fn scores(&self, at: usize) -> Row {
        self.scores[REACH + at]
    }

    #[cfg(test)]
    pub(super) fn scores_of_nothing(model: &Model) -> i16 {
        model.lean(LEAN)
    }

    /// Labels again, each word drawn towards the types that the piece's other occurrences of its stem have: by up to
    /// `weight` units of log-probability. Stems that the corpus counts more often than `common` are left alone.
    pub(crate) fn agree(
        &mut self,
        model: &Model,
        weight: f32,
        common: u16,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        let Self { known, scores, ways, labels, sentences, votes, .. } = self;
        if !votes.count(known, labels, common, cancel)? {
            return Ok(());
        }
        let mut drawn = votes.at.iter().map(|(at, stem)| (*at as usize, *stem as usize)).peekable();
        for Sentence { words, rows } in sentences.iter() {
            let mut changed = false;
            while let Some((at, stem)) = drawn.next_if(|(at, _)| *at < words.end) {
                cancel.check()?;
                let Some(votes) = votes.counts.get(stem).filter(|votes| 1 < votes[0]) else { continue };
                let own = usize::from(labels[at].div_ceil(2));
                changed |= own == 0 || votes[own] < votes[0];
                let scores = &mut scores[rows.start + at - words.start];
                for (which, count) in votes[1..].iter().enumerate().filter(|(_, count)| **count != 0) {
                    let bonus = (weight * model.scale * f32::from(*count) / f32::from(votes[0])) as i16;
                    scores[2 * which] = scores[2 * which].saturating_add(bonus);
                    scores[2 * which + 1] = scores[2 * which + 1].saturating_add(bonus);
                }
            }
            if changed {
                cancel.check()?;
                model.chain.label(&scores[rows], ways, &mut labels[words]);
            }
        }
        Ok(())
    }
}

/// What the labels of a piece say of its stems.
#[derive(Debug, Default)]
struct Votes {
    /// The stems that are part of a name.
    stems: Hashes,
    /// For each of them: its occurrences, and those with each type.
    counts: Vec<[u16; 5]>,
    /// The words that have such a stem, and which it is.
    at: Vec<(u32, u32)>,
}

impl Votes {
    /// Counts the votes of a piece; says whether there are any.
    fn count(
        &mut self,
        known: &[Stem],
        labels: &[Label],
        common: u16,
        cancel: Cancel<'_>,
    ) -> Result<bool, ExtractError> {
        self.at.clear();
        let named = known.iter().zip(labels).filter(|(known, label)| **label != 0 && known.stem_count < common);
        self.stems.fill(named.map(|(known, _)| known.stem));
        if self.stems.is_empty() {
            return Ok(false);
        }
        self.counts.clear();
        self.counts.resize(self.stems.len(), [0; 5]);
        for (at, (known, label)) in known.iter().zip(labels).enumerate() {
            cancel.check_at(at)?;
            if let Some(stem) = self.stems.position(known.stem) {
                let count = &mut self.counts[stem];
                count[0] = count[0].saturating_add(1);
                if *label != 0 && known.stem_count < common {
                    let own = &mut count[usize::from(label.div_ceil(2))];
                    *own = own.saturating_add(1);
                }
                self.at.push((at as u32, stem as u32));
            }
        }
        Ok(true)
    }
}
