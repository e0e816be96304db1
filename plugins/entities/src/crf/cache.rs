//! What a worker remembers of words, beside those that the model file has worked out.

use khabar_arabic::{hash, prefetch};

use super::file::Model;
use super::huge_page_vec::HugePageVec;
use super::precomputed::{self, WordScores};
use super::word_form::{WordForm, analyse_hashed};

/// Words that are remembered beside the frequent ones: 16,384 of 128 bytes. Of the running words of news one in thirty is not
/// among them and has to be looked up feature by feature, which costs as much as twenty that are remembered.
const CACHE_BITS: u32 = 14;
/// Places at which a word may be remembered.
const WAYS: usize = 4;

/// How many words [`WordCache::prefetch`] takes at most: while so many are gone over, memory answers for the next.
pub(crate) const AHEAD: usize = 32;

/// The words that a worker has met.
#[derive(Debug)]
pub(super) struct WordCache {
    /// The folded hashes of the words remembered, apart from what is known of them: they are looked through more often.
    keys: Vec<u64>,
    cache: HugePageVec<WordScores>,
    /// For every frequent word, then for every place of the cache, what the caller noted on the word; 0 for nothing.
    notes: Vec<u32>,
    /// Where the words may be that memory was asked for: the numbers of frequent words.
    guesses: [u32; AHEAD],
    /// Where the words are that were found: the number of a frequent word, or of a place of the cache after these.
    ahead: [u32; AHEAD],
    /// The place in its set that the next word takes.
    turn: usize,
    /// The new words: where each is put, its hash, its form.
    new: Vec<(usize, u64)>,
    forms: Vec<WordForm>,
    buffers: precomputed::Buffers,
}

impl Default for WordCache {
    fn default() -> Self {
        Self {
            keys: vec![0; 1 << CACHE_BITS],
            cache: HugePageVec::new(1 << CACHE_BITS),
            notes: Vec::new(),
            guesses: [0; AHEAD],
            ahead: [0; AHEAD],
            turn: 0,
            new: Vec::new(),
            forms: Vec::new(),
            buffers: precomputed::Buffers::default(),
        }
    }
}

impl WordCache {
    /// Asks for the memory that holds what is known of words, [`AHEAD`] at most, given by the hashes of their folded forms,
    /// for which [`WordCache::find_all`] will be called.
    pub(super) fn prefetch(&mut self, model: &Model, hashes: impl Iterator<Item = u64>) {
        let frequent = model.precomputed.view();
        self.notes.resize(frequent.words.len() + self.cache.len(), 0);
        for (guess, hash) in self.guesses.iter_mut().zip(hashes) {
            let number = frequent.guess(hash).saturating_sub(1);
            *guess = number as u32;
            // A word is two lines of the cache.
            let halves: &[[u8; 64]] = bytemuck::must_cast_slice(frequent.words);
            prefetch(halves, 2 * number);
            prefetch(halves, 2 * number + 1);
            prefetch(&self.notes, number);
        }
    }

    /// Finds the words for which memory was asked for, and works out those that are new; `folded` gives the form of a word by
    /// its number.
    pub(super) fn find_all<'a>(
        &mut self,
        model: &Model,
        hashes: impl Iterator<Item = u64>,
        folded: impl Fn(usize) -> &'a str,
    ) {
        let frequent = model.precomputed.view();
        let words = frequent.words.len();
        let mut new = [(0, 0); AHEAD];
        let mut count = 0;
        self.ahead = self.guesses;
        for (number, hash) in hashes.take(AHEAD).enumerate() {
            if frequent.words.get(self.ahead[number] as usize).is_none_or(|word| word.hash != hash) {
                let found = frequent.find(hash).unwrap_or_else(|| words + self.slot(hash));
                self.ahead[number] = found as u32;
                if found.checked_sub(words).is_some_and(|slot| self.keys[slot] != hash) {
                    new[count] = (number, hash);
                    count += 1;
                }
            }
        }
        if count != 0 {
            self.learn(model, &new[..count], folded);
        }
    }

    /// What is known of the word that was found as the `number`th, by the hash of its folded form, and the note on it,
    /// which is kept as long as the word is remembered.
    #[inline]
    pub(super) fn word<'m, 'a>(
        &'m mut self,
        model: &'m Model,
        number: usize,
        hash: u64,
        folded: impl FnOnce() -> &'a str,
    ) -> (&'m WordScores, &'m mut u32) {
        let frequent = model.precomputed.view().words;
        let number = number % AHEAD;
        if let Some(slot) = (self.ahead[number] as usize).checked_sub(frequent.len())
            // The hash of an empty slot is 0; a word that hashes to 0 is computed each time. Another word may have taken the
            // place since.
            && (self.keys[slot] != hash || hash == 0)
        {
            let folded = folded();
            self.learn(model, &[(number, hash)], |_| folded);
        }
        let place = self.ahead[number] as usize;
        let word = frequent.get(place).unwrap_or_else(|| &self.cache[place - frequent.len()]);
        (word, &mut self.notes[place])
    }

    /// Where a word is if it is remembered; else the last place where it could be.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        let set = (hash >> (64 - CACHE_BITS)) as usize & !(WAYS - 1);
        let keys = &self.keys[set..set + WAYS];
        set + (0..WAYS - 1).filter(|way| keys[..=*way].iter().all(|key| *key != hash)).count()
    }

    /// Puts words, by their number and hash, into the cache: each at an empty place of its set or at one after the other.
    #[cold]
    fn learn<'a>(&mut self, model: &Model, words: &[(usize, u64)], folded: impl Fn(usize) -> &'a str) {
        let (frequent, vocabulary) = (model.precomputed.view().words.len(), model.vocabulary());
        for (number, whole) in words {
            vocabulary.prefetch(*whole);
            vocabulary.prefetch(folded(*number).get(2..).map_or(0, hash));
        }
        self.new.clear();
        for (number, hash) in words.iter().copied() {
            let mut slot = self.slot(hash);
            if self.keys[slot] != hash || hash == 0 {
                let set = slot & !(WAYS - 1);
                let empty = self.keys[set..set + WAYS].iter().position(|key| *key == 0);
                self.turn = (self.turn + 1) % WAYS;
                slot = set + empty.unwrap_or(self.turn);
                self.keys[slot] = hash;
                self.notes[frequent + slot] = 0;
                let at = self.new.len();
                if self.forms.len() == at {
                    self.forms.push(WordForm::default());
                }
                analyse_hashed(&vocabulary, folded(number), hash, &mut self.forms[at]);
                self.new.push((slot, hash));
            }
            self.ahead[number] = (frequent + slot) as u32;
        }
        let Self { new, forms, buffers, cache, .. } = self;
        let mut places = new.iter();
        let forms = new.iter().zip(&*forms).map(|((_, hash), form)| (form, *hash));
        WordScores::each(&model.parameters, forms, buffers, |word| {
            if let Some((slot, _)) = places.next() {
                cache[*slot] = word;
            }
        });
    }
}
