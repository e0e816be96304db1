//! What a worker remembers of words, beside those that the model file has worked out.

use khabar_arabic::hash;

use super::file::Model;
use super::huge::Huge;
use super::remembered::{self, Remembered};
use super::word::{WordForm, analyse_hashed};

/// Words that are remembered beside the frequent ones: 16,384 of 128 bytes. Of the running words of news one in thirty is not
/// among them and has to be looked up feature by feature, which costs as much as twenty that are remembered.
const CACHE_BITS: u32 = 14;
/// Places at which a word may be remembered.
const WAYS: usize = 4;

/// How many words [`Memory::read_ahead`] takes at most: their 128 bytes each fill a quarter of a small first cache.
pub(crate) const AHEAD: usize = 64;

/// The words that a worker has met.
#[derive(Debug)]
pub(super) struct Memory {
    /// The folded hashes of the words remembered, apart from what is known of them: they are looked through more often.
    keys: Vec<u64>,
    cache: Huge<Remembered>,
    /// For every frequent word, then for every place of the cache, what the caller noted on the word; 0 for nothing.
    notes: Vec<u32>,
    /// Where the words are that were read ahead: the number of a frequent word, or of a place of the cache after these.
    ahead: [u32; AHEAD],
    /// The place in its set that the next word takes.
    turn: usize,
    /// The new words: where each is put, its hash, its form.
    new: Vec<(usize, u64)>,
    forms: Vec<WordForm>,
    buffers: remembered::Buffers,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            keys: vec![0; 1 << CACHE_BITS],
            cache: Huge::new(1 << CACHE_BITS),
            notes: Vec::new(),
            ahead: [0; AHEAD],
            turn: 0,
            new: Vec::new(),
            forms: Vec::new(),
            buffers: remembered::Buffers::default(),
        }
    }
}

impl Memory {
    /// Reads what is remembered of the next words, [`AHEAD`] at most, given by the hashes of their folded forms, and works out
    /// those that are new; `folded` gives the form of a word by its number. What is read does not wait for each other, so
    /// that it is in the processor's nearest cache when [`Memory::word`] gives the words one by one.
    ///
    /// The words are gone over once for each kind of read. No branch waits for what the same loop reads: one that was not
    /// foreseen would hold up all reads after it.
    pub(super) fn read_ahead<'a>(
        &mut self,
        model: &Model,
        hashes: impl Iterator<Item = u64> + Clone,
        folded: impl Fn(usize) -> &'a str,
    ) {
        let frequent = model.frequent.view();
        let words = frequent.words.len();
        self.notes.resize(words + self.cache.len(), 0);
        let mut ahead = [0; AHEAD];
        for (place, hash) in ahead.iter_mut().zip(hashes.clone()) {
            *place = frequent.guess(hash).saturating_sub(1) as u32;
        }
        let mut read = 0;
        for (place, _) in ahead.iter().zip(hashes.clone()) {
            let word = frequent.words.get(*place as usize);
            read ^= word.map_or(0, |word| word.hash ^ word.sums[0][0] as u64) ^ u64::from(self.notes[*place as usize]);
        }
        let mut new = [(0, 0); AHEAD];
        let mut count = 0;
        for (number, (place, hash)) in ahead.iter_mut().zip(hashes).enumerate() {
            if frequent.words.get(*place as usize).is_none_or(|word| word.hash != hash) {
                let found = frequent.find(hash).unwrap_or_else(|| words + self.slot(hash));
                *place = found as u32;
                match found.checked_sub(words) {
                    None => read ^= frequent.words[found].hash,
                    Some(slot) if self.keys[slot] == hash => {
                        let word = &self.cache[slot];
                        read ^= word.hash ^ word.sums[0][0] as u64;
                    }
                    Some(_) => {
                        new[count] = (number, hash);
                        count += 1;
                    }
                }
            }
        }
        std::hint::black_box(read);
        self.ahead = ahead;
        if count != 0 {
            self.learn(model, &new[..count], folded);
        }
    }

    /// What is known of the word that was read ahead as the `number`th, by the hash of its folded form, and the note on it,
    /// which is kept as long as the word is remembered.
    #[inline]
    pub(super) fn word<'m, 'a>(
        &'m mut self,
        model: &'m Model,
        number: usize,
        hash: u64,
        folded: impl FnOnce() -> &'a str,
    ) -> (&'m Remembered, &'m mut u32) {
        let frequent = model.frequent.view().words;
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
        let (frequent, vocabulary) = (model.frequent.view().words.len(), model.vocabulary());
        let read = words.iter().fold(0, |read, (number, whole)| {
            let rest = folded(*number).get(2..).map_or(0, hash);
            read ^ vocabulary.read_ahead(*whole) ^ vocabulary.read_ahead(rest)
        });
        std::hint::black_box(read);
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
        Remembered::each(model, forms, buffers, |word| {
            if let Some((slot, _)) = places.next() {
                cache[*slot] = word;
            }
        });
    }
}
