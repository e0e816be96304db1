//! A map from words to what is known of them, keyed by the hash that every token already carries.

use crate::{fold, hash};

/// A read-only map from folded words to `T`: open addressing over the stable 64-bit hash, one probe for most misses.
///
/// Built once, at start-up, from a data file; looked up for every token of every document. A loop over tokens asks
/// [`WordMap::may_hold`] first, which most of them do not pass.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    mask: usize,
    slots: Vec<Slot>,
    entries: Vec<Entry<T>>,
    /// All words, one behind the other: those of one data file stand close together.
    words: String,
    filter: Vec<u64>,
}

/// The upper half of a word's hash, so that a foreign word is known without a look at the word; its entry plus one.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    tag: u32,
    entry: u32,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    from: u32,
    to: u32,
    value: T,
}

/// Bits of the filter for each word at the least; a word sets two of them, so one foreign word in thirty passes.
const FILTER_BITS: usize = 12;

impl<T> WordMap<T> {
    /// A map of words in any spelling; they are folded here. Of two entries for one folded word the later one counts.
    pub fn new(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let slots = vec![Slot::default()];
        let mut map = Self { mask: 0, slots, entries: Vec::new(), words: String::new(), filter: Vec::new() };
        let mut keys = Vec::new();
        for (word, value) in words {
            map.insert(&mut keys, &fold(word.as_ref()), value);
        }
        let blocks = (keys.len() * FILTER_BITS).div_ceil(64).next_power_of_two();
        map.filter = vec![0; blocks];
        for key in keys {
            map.filter[key as usize & (blocks - 1)] |= filter_bits(key);
        }
        map
    }

    fn insert(&mut self, keys: &mut Vec<u64>, word: &str, value: T) {
        let key = hash(word);
        if let Some(at) = self.position(key, word) {
            self.entries[at].value = value;
            return;
        }
        let from = self.words.len() as u32;
        self.words.push_str(word);
        self.entries.push(Entry { from, to: self.words.len() as u32, value });
        keys.push(key);
        if self.slots.len() < keys.len() * 2 {
            let size = (keys.len() * 4).next_power_of_two();
            (self.mask, self.slots) = (size - 1, vec![Slot::default(); size]);
            for (at, key) in keys.iter().enumerate() {
                self.place(*key, at);
            }
        } else {
            self.place(key, keys.len() - 1);
        }
    }

    fn place(&mut self, key: u64, entry: usize) {
        let mut slot = key as usize & self.mask;
        while self.slots[slot].entry != 0 {
            slot = (slot + 1) & self.mask;
        }
        self.slots[slot] = Slot { tag: (key >> 32) as u32, entry: entry as u32 + 1 };
    }

    #[inline(never)]
    fn position(&self, key: u64, word: &str) -> Option<usize> {
        let mut slot = key as usize & self.mask;
        loop {
            let Slot { tag, entry } = self.slots[slot];
            let at = (entry as usize).checked_sub(1)?;
            if tag == (key >> 32) as u32 {
                let Entry { from, to, .. } = &self.entries[at];
                let known = self.words.as_bytes().get(*from as usize..*to as usize);
                if known.is_some_and(|known| is_same(known, word.as_bytes())) {
                    return Some(at);
                }
            }
            slot = (slot + 1) & self.mask;
        }
    }

    /// Whether a word whose [`hash`] is `key` may be in the map: one load from few cache lines, without a branch, that
    /// sends away most words that are not.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        let bits = filter_bits(key);
        // There is a block even where there is no word.
        self.filter[key as usize & (self.filter.len() - 1)] & bits == bits
    }

    /// What is known of a folded word whose [`hash`] is `key`.
    #[inline]
    pub fn get_hashed(&self, key: u64, folded: &str) -> Option<&T> {
        let at = if self.may_hold(key) { self.position(key, folded)? } else { return None };
        self.entries.get(at).map(|entry| &entry.value)
    }

    /// What is known of a folded word.
    pub fn get(&self, folded: &str) -> Option<&T> {
        self.get_hashed(hash(folded), folded)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Two bits of the 64 in a word's block of the filter.
const fn filter_bits(key: u64) -> u64 {
    1 << (key >> 32 & 63) | 1 << (key >> 40 & 63)
}

/// Equality of words, most of which have 4 to 16 bytes: their first and last bytes are compared in one piece each,
/// which is faster than to go along them.
#[inline(never)]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    fn ends<const N: usize>(a: &[u8], b: &[u8]) -> bool {
        a.first_chunk::<N>() == b.first_chunk::<N>() && a.last_chunk::<N>() == b.last_chunk::<N>()
    }
    a.len() == b.len()
        && match a.len() {
            4..8 => ends::<4>(a, b),
            8..=16 => ends::<8>(a, b),
            _ => a == b,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_any_spelling() {
        let map = WordMap::new([("أوّل", 1), ("ثانية", 2), ("اول", 3)]);
        assert_eq!(map.get("اول"), Some(&3), "the later of two entries counts");
        assert_eq!(map.get("ثانيه"), Some(&2));
        assert_eq!(map.get("ثالث"), None);
        assert_eq!(map.len(), 2);
        let none = WordMap::<u8>::new([("", 0); 0]);
        assert!(none.get("ا").is_none() && !none.may_hold(hash("ا")));
    }

    #[test]
    fn words_of_all_lengths_are_told_apart() {
        let words: Vec<String> = (0..24).map(|len| "ab".repeat(12)[..len].to_owned()).collect();
        let map = WordMap::new(words.iter().zip(0..));
        for (at, word) in (0..).zip(&words) {
            assert_eq!(map.get(word), Some(&at));
            assert!(map.may_hold(hash(word)));
            assert_eq!(map.get(&format!("{word}c")), None);
        }
        for at in 0..16 {
            let other = format!("{}x{}", &words[16][..at], &words[16][at + 1..]);
            assert!(!is_same(words[16].as_bytes(), other.as_bytes()));
        }
    }

    #[test]
    fn the_filter_sends_most_words_away() {
        let map = WordMap::new((0..5_000).map(|n| (format!("word{n}"), ())));
        let passed = (0..10_000).filter(|n| map.may_hold(hash(&format!("other{n}")))).count();
        assert!(passed < 600, "{passed} of 10000");
    }
}
