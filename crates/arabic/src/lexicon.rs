//! A map from words to what is known of them, keyed by the hash that every token already carries.

use crate::{fold, hash};

/// A read-only map from folded words to `T`: open addressing over the stable 64-bit hash, one probe for most misses.
///
/// Built once, at start-up, from a data file; looked up for every token of every document.
#[derive(Clone, Debug)]
pub struct WordMap<T> {
    mask: usize,
    slots: Vec<u32>,
    entries: Vec<(u64, Box<str>, T)>,
}

impl<T> WordMap<T> {
    /// A map of words in any spelling; they are folded here. Of two entries for one folded word the later one counts.
    pub fn new(words: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut map = Self { mask: 0, slots: vec![0; 1], entries: Vec::new() };
        for (word, value) in words {
            map.insert(&fold(word.as_ref()), value);
        }
        map
    }

    fn insert(&mut self, word: &str, value: T) {
        let key = hash(word);
        if let Some(at) = self.position(key, word) {
            self.entries[at].2 = value;
            return;
        }
        self.entries.push((key, word.into(), value));
        if self.slots.len() < self.entries.len() * 2 {
            let size = (self.entries.len() * 4).next_power_of_two();
            (self.mask, self.slots) = (size - 1, vec![0; size]);
            for at in 0..self.entries.len() {
                self.place(at);
            }
        } else {
            self.place(self.entries.len() - 1);
        }
    }

    fn place(&mut self, entry: usize) {
        let mut slot = self.entries[entry].0 as usize & self.mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & self.mask;
        }
        self.slots[slot] = entry as u32 + 1;
    }

    fn position(&self, key: u64, word: &str) -> Option<usize> {
        let mut slot = key as usize & self.mask;
        loop {
            let at = (self.slots[slot] as usize).checked_sub(1)?;
            let (known, text, _) = &self.entries[at];
            if *known == key && **text == *word {
                return Some(at);
            }
            slot = (slot + 1) & self.mask;
        }
    }

    /// What is known of a folded word whose [`hash`] is `key`.
    #[inline]
    pub fn get_hashed(&self, key: u64, folded: &str) -> Option<&T> {
        self.position(key, folded).map(|at| &self.entries[at].2)
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
        assert!(WordMap::<u8>::new([("", 0); 0]).get("ا").is_none());
    }
}
