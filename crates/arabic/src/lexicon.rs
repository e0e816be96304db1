//! A map from words to what is known of them, keyed by the hash that every token already carries.

use khabar_simd::Filter;

use crate::{fold, hash};

/// A read-only map from folded words to `T`: open addressing over the stable 64-bit hash, one probe for most misses.
///
/// Built once, at start-up, from a data file; looked up for every token of every document. A loop over tokens asks
/// [`WordMap::among`] first, which most of them do not pass.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    /// For each place a word's entry plus one, and above [`WordMap::tag_bit`] the upper bits of its hash, so that nearly
    /// every foreign word is known without a look at the word; 0 where there is none. Small, for the caches' sake.
    slots: Vec<u32>,
    tag_bit: u32,
    entries: Vec<Entry<T>>,
    /// All words, one behind the other: those of one data file stand close together.
    words: String,
    filter: Filter,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    /// The word's [`hash`].
    key: u64,
    /// Where the word stands among all.
    from: u32,
    len: u32,
    value: T,
}

/// Where a look-up begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seek(u32);

impl<T> WordMap<T> {
    /// A map of words in any spelling; they are folded here. Of two entries for one folded word the later one counts.
    pub fn new(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let filter = Filter::new(&[]);
        let mut map = Self { slots: vec![0], tag_bit: 1, entries: Vec::new(), words: String::new(), filter };
        for (word, value) in words {
            map.insert(&fold(word.as_ref()), value);
        }
        map.resize(4 * map.entries.len());
        map.filter = Filter::new(&map.entries.iter().map(|entry| entry.key).collect::<Vec<_>>());
        map
    }

    fn insert(&mut self, word: &str, value: T) {
        let key = hash(word);
        if let Some(at) = self.position(self.seek(key), key, word) {
            self.entries[at].value = value;
            return;
        }
        let from = self.words.len() as u32;
        self.words.push_str(word);
        self.entries.push(Entry { key, from, len: word.len() as u32, value });
        if self.slots.len() < self.entries.len() * 2 {
            self.resize(self.entries.len() * 2);
        } else {
            self.place(key, self.entries.len() - 1);
        }
    }

    /// Makes so many slots or a few more. Lexicons come with their words' rarer forms first, so that the last words stand
    /// where their look-up begins.
    fn resize(&mut self, slots: usize) {
        let size = slots.next_power_of_two();
        // Half of the slots are free, so that an entry's number plus one takes no more bits than a slot's.
        (self.slots, self.tag_bit) = (vec![0; size], size.trailing_zeros());
        for at in (0..self.entries.len()).rev() {
            self.place(self.entries[at].key, at);
        }
    }

    fn place(&mut self, key: u64, entry: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = self.tag(key) | (entry as u32 + 1);
    }

    /// The upper half of a hash without the bits that an entry's number takes.
    const fn tag(&self, key: u64) -> u32 {
        (key >> 32) as u32 & (u32::MAX << self.tag_bit)
    }

    #[inline(never)]
    fn position(&self, seek: Seek, key: u64, word: &str) -> Option<usize> {
        let (mask, tag) = (self.slots.len() - 1, self.tag(key));
        let (mut slot, mut known) = (key as usize & mask, seek.0);
        while known != 0 {
            // Below the tag: the entry plus one.
            let entry = (known ^ tag) as usize;
            if entry >> self.tag_bit == 0 && self.is(entry.wrapping_sub(1), key, word) {
                return Some(entry - 1);
            }
            slot = (slot + 1) & mask;
            known = self.slots[slot];
        }
        None
    }

    /// Whether an entry is a word's: all others are told apart by the hash, without a branch on the word's length.
    #[inline]
    fn is(&self, entry: usize, key: u64, word: &str) -> bool {
        let Some(entry) = self.entries.get(entry).filter(|entry| entry.key == key) else { return false };
        let from = entry.from as usize;
        self.words.as_bytes().get(from..from + entry.len as usize) == Some(word.as_bytes())
    }

    /// Whether a word whose [`hash`] is `key` may be in the map: what sends away most words that are not.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        self.filter.may_hold(key)
    }

    /// [`WordMap::may_hold`] for the first 64 of these, a bit each, the first of them the lowest: what a loop over tokens
    /// begins with.
    #[inline]
    pub fn among(&self, keys: &[u64]) -> u64 {
        self.filter.among(keys)
    }

    /// Where the look-up of a word whose [`hash`] is `key` begins. A loop over tokens asks this for several of them before
    /// it looks up the first: then the processor need not wait for the memory of one after the other.
    #[inline]
    #[doc(hidden)]
    pub fn seek(&self, key: u64) -> Seek {
        Seek(self.slots[key as usize & (self.slots.len() - 1)])
    }

    /// What is known of a folded word whose [`hash`] is `key`, from what [`WordMap::seek`] gave for it.
    #[inline]
    #[doc(hidden)]
    pub fn get_sought(&self, seek: Seek, key: u64, folded: &str) -> Option<&T> {
        // Most words stand where their look-up begins.
        let entry = (seek.0 ^ self.tag(key)) as usize;
        let first = entry >> self.tag_bit == 0 && self.is(entry.wrapping_sub(1), key, folded);
        let at = if first { entry - 1 } else { self.position(seek, key, folded)? };
        self.entries.get(at).map(|entry| &entry.value)
    }

    /// What is known of a folded word whose [`hash`] is `key`.
    #[inline]
    pub fn get_hashed(&self, key: u64, folded: &str) -> Option<&T> {
        if self.may_hold(key) { self.get_sought(self.seek(key), key, folded) } else { None }
    }

    /// What is known of a folded word.
    pub fn get(&self, folded: &str) -> Option<&T> {
        self.get_hashed(hash(folded), folded)
    }

    /// The folded words, in no order that means anything.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter_map(|entry| {
            let from = entry.from as usize;
            self.words.get(from..from + entry.len as usize)
        })
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
            assert!(map.get(&other).is_none());
            // Of two words with one hash, which nobody has seen yet, the letters decide.
            let key = hash(&words[16]);
            assert!(map.get_sought(map.seek(key), key, &other).is_none());
        }
    }
}
