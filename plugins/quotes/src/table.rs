//! The table in which known words are looked up, by the hash that every token carries.

use std::collections::BTreeMap;

use khabar_arabic::hash;

use crate::lexicon::Entry;

/// All words that are known, behind a filter that turns most others away.
///
/// Whoever looks up every word of a text waits for memory more than anything else: the tagger of names has emptied the
/// near caches. So the filter is 8 KiB, a bit for every upper 16 bits of a hash, and a known word is one cache line away.
/// The table holds hashes, not words: a text made so that a word of its own has the hash of another misreads that word.
pub(crate) struct Lexicon {
    filter: Vec<u64>,
    /// A power of two of slots, open addressing.
    slots: Vec<Slot>,
    /// What words are; many words are the same.
    entries: Vec<Entry>,
}

/// A word's hash, and its entry plus one; 0 is a free slot.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Slot {
    key: u64,
    entry: u16,
}

impl Lexicon {
    /// A table of folded words.
    pub(crate) fn new(words: &BTreeMap<String, Entry>) -> Self {
        let slots = vec![Slot::default(); (words.len() * 5 / 4).next_power_of_two()];
        let mut lexicon = Self { filter: vec![0; 1 << 10], slots, entries: Vec::new() };
        words.iter().for_each(|(word, entry)| lexicon.insert(hash(word), *entry));
        lexicon
    }

    fn insert(&mut self, key: u64, entry: Entry) {
        let at = self.entries.iter().position(|known| *known == entry).unwrap_or_else(|| {
            self.entries.push(entry);
            self.entries.len() - 1
        });
        let bit = key >> 48;
        self.filter[(bit >> 6) as usize] |= 1 << (bit & 63);
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot].entry != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = Slot { key, entry: at as u16 + 1 };
    }

    /// Whether a folded word whose hash is `key` may be known; `false` is certain.
    #[inline]
    pub(crate) fn may_know(&self, key: u64) -> bool {
        let bit = key >> 48;
        self.filter.get((bit >> 6) as usize).is_some_and(|bits| bits >> (bit & 63) & 1 == 1)
    }

    /// The slot in which a look-up begins. A loop that only reads slots waits for many of them at a time.
    #[inline]
    pub(crate) fn slot(&self, key: u64) -> Slot {
        self.slots.get(key as usize & (self.slots.len() - 1)).copied().unwrap_or_default()
    }

    /// What is known of a folded word whose hash is `key`, from the slot in which its look-up begins.
    #[inline]
    pub(crate) fn get_from(&self, slot: Slot, key: u64) -> Option<&Entry> {
        self.entry(self.number_from(slot, key))
    }

    /// The entry of a number that [`Lexicon::get`] gave; none of 0.
    #[inline]
    pub(crate) fn entry(&self, number: u16) -> Option<&Entry> {
        self.entries.get(usize::from(number).checked_sub(1)?)
    }

    /// The number of the entry of a folded word, from 1; 0 where it is not known.
    pub(crate) fn get(&self, folded: &str) -> u16 {
        let key = hash(folded);
        if self.may_know(key) { self.number_from(self.slot(key), key) } else { 0 }
    }

    #[inline]
    fn number_from(&self, mut slot: Slot, key: u64) -> u16 {
        let mut next = key;
        while slot.entry != 0 && slot.key != key {
            next = next.wrapping_add(1);
            slot = self.slot(next);
        }
        slot.entry
    }
}
