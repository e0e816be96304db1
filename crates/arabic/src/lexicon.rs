//! A map from words to what is known of them, keyed by the hash that every token already carries.

use crate::{fold, hash};

/// A read-only map from folded words to `T`: open addressing over the stable 64-bit hash, one probe for most misses.
///
/// Built once, at start-up, from a data file; looked up for every token of every document. A loop over tokens asks
/// [`WordMap::may_hold`] first, which most of them do not pass.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    /// For each place a word's entry plus one, and above [`WordMap::tag_bit`] the upper bits of its hash, so that nearly
    /// every foreign word is known without a look at the word; 0 where there is none. Small, for the caches' sake.
    slots: Vec<u32>,
    tag_bit: u32,
    entries: Vec<Entry<T>>,
    /// All words, one behind the other: those of one data file stand close together.
    words: String,
    filter: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    /// The word's [`ends`].
    ends: (u64, u64),
    /// Where the word stands among all.
    from: u32,
    len: u32,
    value: T,
}

/// Where a look-up begins.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seek(u32);

/// Bits of the filter for each word at the least; a word sets two of them, so one foreign word in thirty passes.
const FILTER_BITS: usize = 12;

impl<T> WordMap<T> {
    /// A map of words in any spelling; they are folded here. Of two entries for one folded word the later one counts.
    pub fn new(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut map =
            Self { slots: vec![0], tag_bit: 1, entries: Vec::new(), words: String::new(), filter: Vec::new() };
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
        if let Some(at) = self.position(self.seek(key), key, word) {
            self.entries[at].value = value;
            return;
        }
        let from = self.words.len() as u32;
        self.words.push_str(word);
        self.entries.push(Entry { ends: ends(word.as_bytes()), from, len: word.len() as u32, value });
        keys.push(key);
        if self.slots.len() < keys.len() * 2 {
            let size = (keys.len() * 2).next_power_of_two();
            // Half of the slots are free, so that an entry's number plus one takes no more bits than a slot's.
            (self.slots, self.tag_bit) = (vec![0; size], size.trailing_zeros());
            for (at, key) in keys.iter().enumerate() {
                self.place(*key, at);
            }
        } else {
            self.place(key, keys.len() - 1);
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
            if entry >> self.tag_bit == 0 && self.is(entry.wrapping_sub(1), word) {
                return Some(entry - 1);
            }
            slot = (slot + 1) & mask;
            known = self.slots[slot];
        }
        None
    }

    /// Whether an entry is a word's: most are told apart by their ends alone.
    #[inline]
    fn is(&self, entry: usize, word: &str) -> bool {
        let Some(entry) = self.entries.get(entry) else { return false };
        let from = entry.from as usize;
        entry.len as usize == word.len()
            && entry.ends == ends(word.as_bytes())
            && (word.len() <= 16 || self.words.get(from..from + word.len()) == Some(word))
    }

    /// Whether a word whose [`hash`] is `key` may be in the map: one load from few cache lines, without a branch, that
    /// sends away most words that are not.
    #[inline]
    pub fn may_hold(&self, key: u64) -> bool {
        let bits = filter_bits(key);
        // There is a block even where there is no word.
        self.filter[key as usize & (self.filter.len() - 1)] & bits == bits
    }

    /// Where the look-up of a word whose [`hash`] is `key` begins. A loop over tokens asks this for several of them before
    /// it looks up the first: then the processor need not wait for the memory of one after the other.
    #[inline]
    pub fn seek(&self, key: u64) -> Seek {
        Seek(self.slots[key as usize & (self.slots.len() - 1)])
    }

    /// What is known of a folded word whose [`hash`] is `key`, from what [`WordMap::seek`] gave for it.
    #[inline]
    pub fn get_sought(&self, seek: Seek, key: u64, folded: &str) -> Option<&T> {
        // Most words stand where their look-up begins.
        let entry = (seek.0 ^ self.tag(key)) as usize;
        let first = entry >> self.tag_bit == 0 && self.is(entry.wrapping_sub(1), folded);
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

/// The first and the last bytes of a word, up to eight of each: the whole of a word of up to sixteen.
#[inline]
fn ends(word: &[u8]) -> (u64, u64) {
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        return (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
    }
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        return (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into());
    }
    (word.iter().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)), 0)
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
            assert!(map.get(&other).is_none() && ends(words[16].as_bytes()) != ends(other.as_bytes()));
        }
    }

    #[test]
    fn the_filter_sends_most_words_away() {
        let map = WordMap::new((0..5_000).map(|n| (format!("word{n}"), ())));
        let passed = (0..10_000).filter(|n| map.may_hold(hash(&format!("other{n}")))).count();
        assert!(passed < 600, "{passed} of 10000");
    }
}
