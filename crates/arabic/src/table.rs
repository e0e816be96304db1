//! A table from words to small values, keyed by the hash alone.

use khabar_simd::Filter;

use crate::frequency::level;

/// A read-only table from the [`hash`](crate::hash()) of a folded word to a small value, which stands beside the hash: a
/// look-up touches one place in memory.
///
/// [`WordMap`](crate::WordMap) compares the letters as well and lists its words; here two words of one hash are one word,
/// as they are for [`frequency`](crate::frequency()): a foreign word is taken for a known one once in 2^64 over the number
/// of known ones.
#[derive(Clone, Debug)]
pub struct WordTable<T> {
    /// Twice as many as there are words, or more, a power of two. A free one has the key 0.
    slots: Vec<(u64, T)>,
    filter: Filter,
}

impl<T: Copy + Default> WordTable<T> {
    /// A table of these hashes of folded words. Of two entries for one hash the later one counts.
    pub fn new(entries: impl IntoIterator<Item = (u64, T)>) -> Self {
        let mut entries: Vec<(u64, T)> = entries.into_iter().map(|(key, value)| (stored(key), value)).collect();
        let mut table = Self {
            slots: vec![(0, T::default()); (2 * entries.len()).next_power_of_two().max(2)],
            filter: Filter::new(&entries.iter().map(|entry| entry.0).collect::<Vec<_>>()),
        };
        // The most frequent words stand where their look-up begins; the sort is stable, so that of two entries for one
        // hash the later one comes first.
        entries.reverse();
        entries.sort_by_key(|(key, _)| std::cmp::Reverse(level(*key)));
        for (key, value) in entries {
            let at = table.place(key);
            if table.slots[at].0 == 0 {
                table.slots[at] = (key, value);
            }
        }
        table
    }

    /// Where a stored key stands, or would stand.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = key as usize & mask;
        while self.slots[at & mask].0 != key && self.slots[at & mask].0 != 0 {
            at += 1;
        }
        at & mask
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
        let (known, value) = self.slots[key as usize & (self.slots.len() - 1)];
        // Most are found or missed at once.
        if (known != key) & (known != 0) { self.find_further(key) } else { (known == key).then_some(value) }
    }

    #[cold]
    #[inline(never)]
    fn find_further(&self, key: u64) -> Option<T> {
        let (known, value) = self.slots[self.place(key)];
        (known == key).then_some(value)
    }

    /// What is known of a word with this hash that is probably not there.
    #[inline]
    pub fn get(&self, key: u64) -> Option<T> {
        if self.filter.may_hold(stored(key)) { self.find(key) } else { None }
    }
}

/// A hash as a key that is not 0.
#[inline]
const fn stored(key: u64) -> u64 {
    if key == 0 { 1 } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash;

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
    fn the_later_entry_counts_and_every_key_is_one() {
        let table = WordTable::new([(7, 'a'), (0, 'b'), (7, 'c')]);
        assert_eq!((table.find(7), table.find(0), table.find(3)), (Some('c'), Some('b'), None));
        assert_eq!(WordTable::<char>::new([]).find(7), None);
    }
}
