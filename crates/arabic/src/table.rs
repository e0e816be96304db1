//! A table from words to small values, keyed by the hash alone.

use khabar_simd::Filter;

use crate::frequency::level;
use crate::{fold, hash};

/// A read-only table from the [`hash`](crate::hash()) of a folded word to a small value.
///
/// [`WordMap`](crate::WordMap) compares the letters as well and lists its words; here two words of one hash are one word,
/// as they are for [`frequency`](crate::frequency()): a foreign word is taken for a known one once in 2^64 over the number
/// of known ones.
#[derive(Clone, Debug)]
pub struct WordTable<T> {
    /// For each place an entry's number plus one, and above [`WordTable::tag_bit`] the upper bits of its hash; 0 where there
    /// is none. Small, for the caches' sake.
    slots: Vec<u32>,
    tag_bit: u32,
    /// The most frequent words first, so that those that texts are made of stand close together.
    entries: Vec<(u64, T)>,
    filter: Filter,
}

impl<T: Copy> WordTable<T> {
    /// A table of these hashes of folded words. Of two entries for one hash the later one counts.
    pub fn new(entries: impl IntoIterator<Item = (u64, T)>) -> Self {
        let mut entries: Vec<(u64, T)> = entries.into_iter().map(|(key, value)| (stored(key), value)).collect();
        // Both sorts are stable, so that of two entries for one hash the later one comes first.
        entries.reverse();
        entries.sort_by_key(|(key, _)| *key);
        entries.dedup_by_key(|(key, _)| *key);
        entries.sort_by_cached_key(|(key, _)| std::cmp::Reverse(level(*key)));
        // Half of the slots are free, so that an entry's number plus one takes no more bits than a slot's.
        let size = (2 * entries.len()).next_power_of_two().max(2);
        let filter = Filter::new(&entries.iter().map(|entry| entry.0).collect::<Vec<_>>());
        let mut table = Self { slots: vec![0; size], tag_bit: size.trailing_zeros(), entries, filter };
        // The most frequent words stand where their look-up begins.
        for (number, (key, _)) in (1..).zip(&table.entries) {
            let mut at = *key as usize & (size - 1);
            while table.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            table.slots[at] = tag(*key, table.tag_bit) | number;
        }
        table
    }

    /// A table of words in any spelling; they are folded here.
    pub fn of_words(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        Self::new(words.into_iter().map(|(word, value)| (hash(&fold(word.as_ref())), value)))
    }

    /// The hashes of the words, in no order that means anything.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().map(|(key, _)| *key)
    }

    /// Whether a word with this hash may be in the table: what sends away most words that are not.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        self.filter.may_hold(stored(key))
    }

    /// Which words with these hashes, 64 at the most, may be in the table, a bit each, the first of them the lowest: what
    /// a loop over tokens begins with.
    #[inline]
    pub fn among(&self, keys: &[u64]) -> u64 {
        self.filter.among(keys)
    }

    /// What is known of a word with this hash that is probably there.
    #[inline]
    pub fn find(&self, key: u64) -> Option<T> {
        let key = stored(key);
        let slot = self.slots[key as usize & (self.slots.len() - 1)];
        // Most are found or missed at once.
        match self.entry(slot, key) {
            Some((known, value)) if *known == key => Some(*value),
            _ if slot == 0 => None,
            _ => self.find_further(key),
        }
    }

    /// The entry in a slot, unless its tag tells that it is another word's.
    #[inline]
    fn entry(&self, slot: u32, key: u64) -> Option<&(u64, T)> {
        // With the same tag only the entry's number is left; an empty slot leaves the tag, or nothing.
        let number = (slot ^ tag(key, self.tag_bit)) as usize;
        self.entries.get(number.wrapping_sub(1))
    }

    #[cold]
    #[inline(never)]
    fn find_further(&self, key: u64) -> Option<T> {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at] != 0 {
            if let Some((known, value)) = self.entry(self.slots[at], key)
                && *known == key
            {
                return Some(*value);
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// What is known of a word with this hash that is probably not there.
    #[inline]
    pub fn get(&self, key: u64) -> Option<T> {
        if self.may_hold(key) { self.find(key) } else { None }
    }
}

/// The upper half of a hash without the bits that an entry's number takes.
#[inline]
const fn tag(key: u64, tag_bit: u32) -> u32 {
    (key >> 32) as u32 & (u32::MAX << tag_bit)
}

/// A hash as a key that is not 0.
#[inline]
const fn stored(key: u64) -> u64 {
    if key == 0 { 1 } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_their_hashes() {
        let words: Vec<String> = (0..1000).map(|n| format!("كلمه{n}")).collect();
        let table = WordTable::new((1..).zip(&words).map(|(n, word): (u32, _)| (hash(word), n)));
        for (n, word) in (1..).zip(&words) {
            let key = hash(word);
            assert_eq!((table.find(key), table.get(key), table.among(&[key])), (Some(n), Some(n), 1));
            assert_eq!(table.find(hash(&format!("{word}ا"))), None);
        }
        assert_eq!(table.get(hash("خبر")), None);
    }

    #[test]
    fn words_whose_look_up_begins_in_one_place_are_told_apart() {
        // Their low bits are the same, and of some the tags as well.
        let keys: Vec<u64> = (1..40).map(|n| n << 58 | (n % 3) << 36 | 5).collect();
        let table = WordTable::new(keys.iter().copied().zip(0_u32..));
        for (key, n) in keys.iter().zip(0..) {
            assert_eq!(table.find(*key), Some(n));
            assert_eq!((table.find(key ^ 1 << 40), table.find(key ^ 1 << 20)), (None, None));
        }
    }

    #[test]
    fn the_later_entry_counts_and_every_key_is_one() {
        let table = WordTable::new([(7, 'a'), (0, 'b'), (7, 'c')]);
        assert_eq!((table.find(7), table.find(0), table.find(3)), (Some('c'), Some('b'), None));
        assert_eq!(WordTable::<char>::new([]).find(7), None);
    }
}
