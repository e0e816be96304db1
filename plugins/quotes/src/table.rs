//! The table in which known words are looked up, by the hash that every token carries.

use std::collections::BTreeMap;

use khabar_arabic::hash;

use crate::facts::Facts;
use crate::lexicon::Entry;

/// All words that are known, behind a filter that turns most others away.
///
/// Whoever looks up every word of a text waits for memory more than anything else, and takes the caches from those who
/// come after. So the filter is 8 KiB, a bit for every upper 16 bits of a hash, the table 64 KiB, and what most words are
/// stands in a list of its own. The table holds hashes, not words: a text made so that a word of its own has the hash of
/// another misreads that word.
pub(crate) struct Lexicon {
    filter: Box<[u64; 1 << 10]>,
    /// A power of two of slots, open addressing: the upper 48 bits of a word's hash and the number of its entry; 0 is free.
    slots: Vec<u64>,
    /// What words are; many words are the same. The first is no word's.
    entries: Vec<Entry>,
    /// Of each entry what its words are as they are spelled as a rule.
    plain: Vec<Facts>,
}

/// The number of an entry among all; 0 is no word's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number(u16);

impl Lexicon {
    /// A table of folded words.
    pub(crate) fn new(words: &BTreeMap<String, Entry>) -> Self {
        let mut lexicon = Self {
            filter: Box::new([0; 1 << 10]),
            slots: vec![0; (words.len() * 5 / 4).next_power_of_two()],
            entries: vec![Entry::default()],
            plain: Vec::new(),
        };
        words.iter().for_each(|(word, entry)| lexicon.insert(hash(word), *entry));
        lexicon.plain = lexicon.entries.iter().map(|entry| entry.facts(Facts::NONE, "").with(entry.whole)).collect();
        lexicon
    }

    fn insert(&mut self, key: u64, entry: Entry) {
        let at = self.entries.iter().position(|known| *known == entry).unwrap_or_else(|| {
            self.entries.push(entry);
            self.entries.len() - 1
        });
        self.filter[(key >> 54) as usize] |= 1 << (key >> 48 & 63);
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = key & !0xffff | at as u64;
    }

    /// Whether a folded word whose hash is `key` may be known; `false` is certain.
    #[inline]
    pub(crate) fn may_know(&self, key: u64) -> bool {
        self.filter[(key >> 54) as usize] >> (key >> 48 & 63) & 1 == 1
    }

    /// The slot in which the look-up of a folded word begins whose hash is `key`.
    #[inline]
    pub(crate) fn slot(&self, key: u64) -> u64 {
        self.slots.get(key as usize & (self.slots.len() - 1)).copied().unwrap_or(0)
    }

    /// What number a folded word has whose hash is `key`, from the slot in which its look-up begins.
    #[inline]
    pub(crate) fn number(&self, mut slot: u64, key: u64) -> Number {
        let mut at = key;
        while slot != 0 && (slot ^ key) >> 16 != 0 {
            at = at.wrapping_add(1);
            slot = self.slot(at);
        }
        Number(slot as u16)
    }

    /// What the words of a number are, as they stand, spelled as they are as a rule.
    #[inline]
    pub(crate) fn plain(&self, number: Number) -> Facts {
        self.plain.get(usize::from(number.0)).copied().unwrap_or(Facts::NONE)
    }

    /// What is known of the words of a number; nothing of no word's.
    pub(crate) fn entry(&self, number: Number) -> Option<&Entry> {
        self.entries.get(usize::from(number.0))
    }

    /// What is known of a folded word whose hash is `key`.
    pub(crate) fn get(&self, key: u64) -> Option<&Entry> {
        if self.may_know(key) { self.entry(self.number(self.slot(key), key)) } else { None }
    }
}
