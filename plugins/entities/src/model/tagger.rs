//! Labels for the words of a document.

use super::N;
use super::chain::Ways;
use super::context;
use super::file::Model;
use super::huge::Huge;
use super::known::Known;
use super::remembered::{self, Remembered};
use super::sentences::{REACH, Sentence, Sentences};
use super::table::{Row, add};
use super::word::{WordForm, analyse_hashed};
use crate::sieve::Hashes;

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

/// How many words [`Tagger::read_ahead`] takes at most: their 128 bytes each fill a quarter of a small first cache.
pub(crate) const AHEAD: usize = 64;

/// What a worker keeps between sentences.
#[derive(Debug)]
pub struct Tagger {
    /// The folded hashes of the words remembered, apart from what is known of them: they are looked through more often.
    keys: Vec<u64>,
    cache: Huge<Remembered>,
    /// For every frequent word, then for every place of the cache, what the caller noted on the word; 0 for nothing.
    notes: Vec<u32>,
    /// Where the words are that were read ahead.
    ahead: [u32; AHEAD],
    /// The place in its set that the next word takes.
    turn: usize,
    form: WordForm,
    remembered: remembered::Buffers,
    buffers: context::Buffers,
    ways: Ways,
    /// The words of the document.
    pub(crate) known: Vec<Known>,
    /// The scores of the labels of the document's words. [`REACH`] rows before, between and after the sentences take what is
    /// said to no word.
    scores: Vec<Row>,
    sentences: Sentences,
    votes: Votes,
    /// The labels of the document's words.
    pub labels: Vec<Label>,
}

impl Default for Tagger {
    fn default() -> Self {
        Self {
            keys: vec![0; 1 << CACHE_BITS],
            cache: Huge::new(1 << CACHE_BITS),
            notes: Vec::new(),
            ahead: [0; AHEAD],
            turn: 0,
            form: WordForm::default(),
            remembered: remembered::Buffers::default(),
            buffers: context::Buffers::default(),
            ways: Ways::default(),
            known: Vec::new(),
            scores: Vec::new(),
            sentences: Sentences::default(),
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
        self.sentences.ends.clear();
        self.labels.clear();
    }

    /// Reads what is remembered of the next words to push, [`AHEAD`] at most. Such reads do not wait for each other, so that
    /// it is in the processor's nearest cache when the words are pushed one by one.
    ///
    /// The words are gone over once for each kind of read. No branch waits for what the same loop reads: one that was not
    /// foreseen would hold up all reads after it.
    pub(crate) fn read_ahead(&mut self, model: &Model, hashes: impl Iterator<Item = u64> + Clone) {
        let frequent = model.frequent.view();
        self.notes.resize(frequent.words.len() + self.cache.len(), 0);
        let mut ahead = [0; AHEAD];
        for (place, hash) in ahead.iter_mut().zip(hashes.clone()) {
            *place = frequent.guess(hash).saturating_sub(1) as u32;
        }
        let mut read = 0;
        for (place, _) in ahead.iter().zip(hashes.clone()) {
            let word = frequent.words.get(*place as usize);
            read ^= word.map_or(0, |word| word.hash ^ word.sums[0][0] as u64) ^ u64::from(self.notes[*place as usize]);
        }
        for (place, hash) in ahead.iter_mut().zip(hashes) {
            if frequent.words.get(*place as usize).is_none_or(|word| word.hash != hash) {
                let found = frequent.find(hash).unwrap_or_else(|| frequent.words.len() + self.slot(hash));
                let word = frequent.words.get(found).or_else(|| self.cache.get(found - frequent.words.len()));
                read ^= word.map_or(0, |word| word.hash ^ word.sums[0][0] as u64);
                *place = found as u32;
            }
        }
        std::hint::black_box(read);
        self.ahead = ahead;
    }

    /// Adds the word that was read ahead as the `number`th; else as [`Tagger::push`]. Gives the note on the word, which the
    /// caller may change, and which is kept as long as the word is remembered.
    #[inline]
    pub(crate) fn push_read<'a>(
        &mut self,
        model: &Model,
        number: usize,
        folded_hash: u64,
        folded: impl FnOnce() -> &'a str,
    ) -> &mut u32 {
        let frequent = model.frequent.view().words;
        let mut place = self.ahead[number % AHEAD] as usize;
        let word = match frequent.get(place) {
            Some(word) => word,
            None => {
                let mut slot = place - frequent.len();
                // The hash of an empty slot is 0; a word that hashes to 0 is computed each time.
                if self.keys[slot] != folded_hash || folded_hash == 0 {
                    slot = self.remember(model, folded_hash, folded());
                    place = frequent.len() + slot;
                }
                &self.cache[slot]
            }
        };
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
        self.known.push(word.known);
        &mut self.notes[place]
    }

    /// Adds a word by the hash of its folded form; `folded` gives that form where it has to be looked at.
    pub fn push<'a>(&mut self, model: &Model, folded_hash: u64, folded: impl FnOnce() -> &'a str) {
        self.read_ahead(model, std::iter::once(folded_hash));
        self.push_read(model, 0, folded_hash, folded);
    }

    /// Where a word is if it is remembered; else the last place where it could be.
    #[inline]
    fn slot(&self, folded_hash: u64) -> usize {
        let set = (folded_hash >> (64 - CACHE_BITS)) as usize & !(WAYS - 1);
        let keys = &self.keys[set..set + WAYS];
        set + (0..WAYS - 1).filter(|way| keys[..=*way].iter().all(|key| *key != folded_hash)).count()
    }

    /// Puts a word into the cache unless it has been there since it was read ahead: at an empty place of its set or at one
    /// after the other.
    #[cold]
    fn remember(&mut self, model: &Model, folded_hash: u64, folded: &str) -> usize {
        let slot = self.slot(folded_hash);
        if self.keys[slot] == folded_hash && folded_hash != 0 {
            return slot;
        }
        let set = slot & !(WAYS - 1);
        let empty = self.keys[set..set + WAYS].iter().position(|key| *key == 0);
        self.turn = (self.turn + 1) % WAYS;
        let slot = set + empty.unwrap_or(self.turn);
        analyse_hashed(&model.vocabulary(), folded, folded_hash, &mut self.form);
        self.keys[slot] = folded_hash;
        self.notes[model.frequent.view().words.len() + slot] = 0;
        self.cache[slot] = Remembered::new(model, &self.form, folded_hash, &mut self.remembered);
        slot
    }

    /// Makes the words pushed since the last call a sentence, if there are any.
    pub fn end_sentence(&mut self) {
        self.sentences.end(self.known.len());
    }

    /// Labels the words of all sentences.
    pub fn label(&mut self, model: &Model) {
        let Self { known, scores, sentences, buffers, ways, labels, .. } = self;
        context::add(model, known, sentences, buffers, scores);
        labels.clear();
        labels.resize(known.len(), 0);
        for Sentence { words, rows } in sentences.iter() {
            model.chain.label(&scores[rows], ways, &mut labels[words]);
        }
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

    /// Labels again, each word drawn towards the types that the document's other occurrences of its stem have: by up to
    /// `weight` units of log-probability. Stems that the corpus counts more often than `common` are left alone.
    pub(crate) fn agree(&mut self, model: &Model, weight: f32, common: u16) {
        let Self { known, scores, ways, labels, sentences, votes, .. } = self;
        if !votes.count(known, labels, common) {
            return;
        }
        let mut drawn = votes.at.iter().map(|(at, stem)| (*at as usize, *stem as usize)).peekable();
        for Sentence { words, rows } in sentences.iter() {
            let mut changed = false;
            while let Some((at, stem)) = drawn.next_if(|(at, _)| *at < words.end) {
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
                model.chain.label(&scores[rows], ways, &mut labels[words]);
            }
        }
    }
}

/// What the labels of a document say of its stems.
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
    /// Counts the votes of a document; says whether there are any.
    fn count(&mut self, known: &[Known], labels: &[Label], common: u16) -> bool {
        self.at.clear();
        let named = known.iter().zip(labels).filter(|(known, label)| **label != 0 && known.stem_count < common);
        self.stems.fill(named.map(|(known, _)| known.stem));
        if self.stems.is_empty() {
            return false;
        }
        self.counts.clear();
        self.counts.resize(self.stems.len(), [0; 5]);
        for (at, (known, label)) in known.iter().zip(labels).enumerate() {
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
        true
    }
}
