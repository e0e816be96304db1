//! Labels for the words of a document.

use std::collections::HashMap;

use super::N;
use super::chain::Ways;
use super::context::{self, Seen};
use super::file::Model;
use super::remembered::{self, Known, Remembered};
use super::table::{Row, add};
use super::word::{WordForm, analyse};
use crate::sieve::Sieve;

/// A label: an index into [`LABELS`](super::LABELS).
pub type Label = u8;

/// Words that are remembered beside the frequent ones: 16,384 of 128 bytes. Of the running words of news one in thirty is not
/// among them and has to be looked up feature by feature, which costs as much as twenty that are remembered.
const CACHE_BITS: u32 = 14;
/// Places at which a word may be remembered.
const WAYS: usize = 4;
/// How much a name is preferred to none, in units of log-probability: the automatically labelled sentences that the model
/// learned from miss one name in four.
const LEAN: f32 = 0.15;
/// Words on each side of a word that it speaks to.
const REACH: usize = 2;

/// What a worker keeps between sentences.
#[derive(Debug)]
pub struct Tagger {
    /// The folded hashes of the words remembered, apart from what is known of them: they are looked through more often.
    keys: Vec<u64>,
    cache: Vec<Remembered>,
    /// The place in its set that the next word takes.
    turn: usize,
    form: WordForm,
    remembered: remembered::Buffers,
    /// The words of the sentence, and the scores of its labels with those of [`REACH`] words on either side.
    sentence: Vec<Seen>,
    window: Vec<Row>,
    buffers: context::Buffers,
    ways: Ways,
    /// The words of the document.
    pub(crate) known: Vec<Known>,
    /// The scores of all words of the document.
    scores: Vec<Row>,
    /// Where each sentence ends.
    ends: Vec<usize>,
    votes: Votes,
    /// The labels of the document's words.
    pub labels: Vec<Label>,
}

impl Default for Tagger {
    fn default() -> Self {
        Self {
            keys: vec![0; 1 << CACHE_BITS],
            cache: vec![Remembered::default(); 1 << CACHE_BITS],
            turn: 0,
            form: WordForm::default(),
            remembered: remembered::Buffers::default(),
            sentence: Vec::new(),
            window: Vec::new(),
            buffers: context::Buffers::default(),
            ways: Ways::default(),
            known: Vec::new(),
            scores: Vec::new(),
            ends: Vec::new(),
            votes: Votes::default(),
            labels: Vec::new(),
        }
    }
}

impl Tagger {
    /// Forgets the words of the last document.
    pub fn clear(&mut self) {
        self.known.clear();
        self.scores.clear();
        self.ends.clear();
        self.labels.clear();
    }

    /// Reads what is remembered of words that are about to be pushed. Such reads do not wait for each other, so that it is in
    /// the processor's nearest cache when the words are pushed one by one.
    pub(crate) fn touch(&self, model: &Model, hashes: impl Iterator<Item = u64>) {
        let read = hashes.fold(0, |sum, hash| {
            let word = model.frequent.find(hash).unwrap_or_else(|| &self.cache[self.slot(hash)]);
            sum ^ word.hash ^ word.sums[0][0] as u64
        });
        std::hint::black_box(read);
    }

    /// Where a word is if it is remembered; else the last place where it could be.
    #[inline]
    fn slot(&self, folded_hash: u64) -> usize {
        let set = (folded_hash >> (64 - CACHE_BITS)) as usize & !(WAYS - 1);
        let keys = &self.keys[set..set + WAYS];
        set + (0..WAYS - 1).filter(|way| keys[..=*way].iter().all(|key| *key != folded_hash)).count()
    }

    /// Adds a word by the hash of its folded form; `folded` gives that form where it has to be looked at.
    #[inline]
    pub fn push<'a>(&mut self, model: &Model, folded_hash: u64, folded: impl FnOnce() -> &'a str) {
        let word = match model.frequent.find(folded_hash) {
            Some(word) => word,
            None => {
                let slot = self.slot(folded_hash);
                // The hash of an empty slot is 0; a word that hashes to 0 is computed each time.
                let remembered = self.keys[slot] == folded_hash && folded_hash != 0;
                let slot = if remembered { slot } else { self.remember(model, folded_hash, folded()) };
                &self.cache[slot]
            }
        };
        let lean = [model.lean(LEAN); N - 1];
        let at = self.sentence.len();
        if at == 0 {
            self.window.clear();
            self.window.resize(2 * REACH, lean);
        }
        self.window.push(lean);
        // The first sum is for the label two places after the word.
        for (target, sum) in self.window[at..].iter_mut().rev().zip(&word.sums) {
            add(sum, target);
        }
        self.sentence.push(word.seen);
        self.known.push(word.known());
    }

    /// Puts a word into the cache, at an empty place of its set or at one after the other.
    #[cold]
    fn remember(&mut self, model: &Model, folded_hash: u64, folded: &str) -> usize {
        let set = (folded_hash >> (64 - CACHE_BITS)) as usize & !(WAYS - 1);
        let empty = self.keys[set..set + WAYS].iter().position(|key| *key == 0);
        self.turn = (self.turn + 1) % WAYS;
        let slot = set + empty.unwrap_or(self.turn);
        analyse(&model.vocabulary(), folded, &mut self.form);
        self.keys[slot] = folded_hash;
        self.cache[slot] = Remembered::new(model, &self.form, folded_hash, &mut self.remembered);
        slot
    }

    /// Labels the words pushed since the last call as one sentence.
    pub fn label_sentence(&mut self, model: &Model) {
        let n = self.sentence.len();
        let Some(scores) = self.window.get_mut(REACH..REACH + n).filter(|scores| !scores.is_empty()) else { return };
        let knowledge = (&model.dense, &model.table(), &model.vocabulary());
        context::add(knowledge, &self.sentence, &mut self.buffers, scores);
        model.chain.label(scores, &mut self.ways, &mut self.labels);
        self.scores.extend_from_slice(scores);
        self.ends.push(self.labels.len());
        self.sentence.clear();
    }

    #[cfg(test)]
    pub(super) fn scores(&self, at: usize) -> Row {
        self.scores[at]
    }

    #[cfg(test)]
    pub(super) fn scores_of_nothing(model: &Model) -> i16 {
        model.lean(LEAN)
    }

    /// Labels again, each word drawn towards the types that the document's other occurrences of its stem have: by up to
    /// `weight` units of log-probability. Stems that the corpus counts more often than `common` are left alone.
    pub(crate) fn agree(&mut self, model: &Model, weight: f32, common: u16) {
        let Self { known, scores, ways, labels, ends, votes, .. } = self;
        if !votes.count(known, labels, common) {
            return;
        }
        let mut sentences = ends.iter().copied();
        let (mut from, mut end, mut changed) = (0, 0, false);
        for at in votes.at.iter().map(|at| *at as usize) {
            while end <= at {
                if changed {
                    model.chain.relabel(&scores[from..end], ways, &mut labels[from..end]);
                }
                (from, end, changed) = (end, sentences.next().unwrap_or(usize::MAX), false);
            }
            let Some(votes) = votes.of.get(&known[at].stem).filter(|votes| 1 < votes[0]) else { continue };
            let own = usize::from(labels[at].div_ceil(2));
            changed |= own == 0 || votes[own] < votes[0];
            for (which, count) in votes[1..].iter().enumerate().filter(|(_, count)| **count != 0) {
                let bonus = (weight * model.scale * f32::from(*count) / f32::from(votes[0])) as i16;
                scores[at][2 * which] = scores[at][2 * which].saturating_add(bonus);
                scores[at][2 * which + 1] = scores[at][2 * which + 1].saturating_add(bonus);
            }
        }
        if changed {
            model.chain.relabel(&scores[from..end], ways, &mut labels[from..end]);
        }
    }
}

/// What the labels of a document say of its stems.
#[derive(Debug, Default)]
struct Votes {
    /// For each stem that is part of a name: its occurrences, and those with each type.
    of: HashMap<u64, [u16; 5]>,
    some: Sieve,
    /// The words that have such a stem.
    at: Vec<u32>,
}

impl Votes {
    /// Counts the votes of a document; says whether there are any.
    fn count(&mut self, known: &[Known], labels: &[Label], common: u16) -> bool {
        self.of.clear();
        self.at.clear();
        self.some = Sieve::default();
        for (known, label) in known.iter().zip(labels).filter(|(_, label)| **label != 0) {
            if known.stem_count < common {
                self.some.insert(known.stem);
                let count = &mut self.of.entry(known.stem).or_default()[usize::from(label.div_ceil(2))];
                *count = count.saturating_add(1);
            }
        }
        if self.of.is_empty() {
            return false;
        }
        for (at, known) in known.iter().enumerate().filter(|(_, known)| self.some.may_hold(known.stem)) {
            if let Some(votes) = self.of.get_mut(&known.stem) {
                votes[0] = votes[0].saturating_add(1);
                self.at.push(at as u32);
            }
        }
        true
    }
}
