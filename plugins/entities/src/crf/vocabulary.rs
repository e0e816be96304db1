//! Counts, clusters and gazetteer counts of words, in a compact table that is read where it lies.

use khabar_arabic::{hash, prefetch};

/// Which names a gazetteer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Gazetteer {
    /// People.
    Person = 0,
    /// Places.
    Place = 1,
    /// Organisations.
    Organisation = 2,
}

/// What the vocabulary knows of a word; all zero for an unknown one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordEntry {
    /// Corpus count on a logarithmic scale, see [`Vocabulary::scale`].
    pub count: u16,
    /// Its cluster of 2,000, from 1; 0 for none.
    pub cluster: u16,
    /// For people, places, organisations, a bucket 0 to 4 of entries that begin with it, then of entries that go on
    /// with it.
    pub gazetteers: [u8; 6],
}

impl WordEntry {
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            count: if self.count == 0 { other.count } else { self.count },
            cluster: if self.cluster == 0 { other.cluster } else { self.cluster },
            gazetteers: if self.gazetteers == [0; 6] { other.gazetteers } else { self.gazetteers },
        }
    }

    /// How many values [`WordEntry::frequency`] has.
    pub(super) const FREQUENCIES: usize = 7;
    /// How many buckets each of [`WordEntry::gazetteers`] has.
    pub(super) const BUCKETS: usize = 5;

    /// floor(log10) of the corpus count, 0 for an unknown word, from 1.
    pub fn frequency(&self) -> u8 {
        /// [`Vocabulary::scale`] of 9, 99, 999, 9,999, 99,999.
        const LIMITS: [u16; 5] = [9_210, 18_421, 27_631, 36_841, 46_052];
        match self.count {
            0 => 0,
            count => 1 + LIMITS.iter().filter(|limit| **limit < count).count() as u8,
        }
    }

    fn pack(&self) -> [u8; 6] {
        let mut bits = 0_u64;
        let mut at = 0;
        let mut put = |value: u64, width: u32| {
            bits |= value << at;
            at += width;
        };
        put(self.count.into(), 16);
        put(self.cluster.into(), 12);
        self.gazetteers.iter().for_each(|bucket| put((*bucket).into(), 3));
        let [packed @ .., _, _] = bits.to_le_bytes();
        packed
    }

    fn unpack([a, b, c, d, e, f]: [u8; 6]) -> Self {
        let bits = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        let get = |at: u32, width: u32| (bits >> at) & ((1 << width) - 1);
        Self {
            count: get(0, 16) as u16,
            cluster: get(16, 12) as u16,
            gazetteers: std::array::from_fn(|i| get(28 + 3 * i as u32, 3) as u8),
        }
    }
}

/// How many words a phrase has, 1 to 3.
pub type PhraseLen = u8;

const WORD_SLOT: usize = 10;
const PHRASE_SLOT: usize = 5;

/// The table, lent from a model file.
///
/// Words are known by 32 bits of their hash beside the slot that the rest of it gives: of 200,000 words none is confused
/// with another, and of unknown words one in a billion is taken for a known one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Vocabulary<'a> {
    words: &'a [u8],
    phrases: &'a [u8],
    /// For each cluster of 2,000 its cluster of 500 and of 100.
    tree: &'a [u8],
}

impl<'a> Vocabulary<'a> {
    /// The bit of a phrase with which longer ones begin.
    pub const GOES_ON: u8 = 1 << 3;
    /// [`Vocabulary::scale`] of five occurrences.
    pub const FIVE: u16 = 7_167;

    /// A corpus count on the table's logarithmic scale; counts to ten million fit.
    pub fn scale(count: f64) -> u16 {
        (count.ln_1p() * 4_000.0).round().min(65_535.0) as u16
    }

    /// The corpus count of a scaled count.
    pub fn unscale(scaled: u16) -> f64 {
        (f64::from(scaled) / 4_000.0).exp_m1()
    }

    /// A vocabulary over the sections of a file.
    pub fn new(words: &'a [u8], phrases: &'a [u8], tree: &'a [u8]) -> Self {
        Self { words, phrases, tree }
    }

    /// What is known of the normal form with this hash.
    pub fn entry(&self, key: u64) -> WordEntry {
        let found = probe(self.words, WORD_SLOT, key, |slot| {
            (slot[..4] == fingerprint(key)).then(|| WordEntry::unpack(std::array::from_fn(|i| slot[4 + i])))
        });
        found.unwrap_or_default()
    }

    /// Asks for the memory at which the look-up of a normal form begins.
    #[inline]
    pub(super) fn prefetch(&self, key: u64) {
        let slots = self.words.len() / WORD_SLOT;
        prefetch(self.words, first_slot(key, slots) * WORD_SLOT);
    }

    /// The scaled corpus count of a normal form.
    pub fn count(&self, norm: &str) -> u16 {
        self.entry(hash(norm)).count
    }

    /// The cluster of 500 and of 100 that hold a cluster of 2,000; 0 for none.
    pub fn parents(&self, cluster: u16) -> (u16, u8) {
        let at = usize::from(cluster) * 3;
        match self.tree.get(at..at + 3) {
            Some([low, high, hundred]) if cluster != 0 => (u16::from_le_bytes([*low, *high]), *hundred),
            _ => (0, 0),
        }
    }

    /// How many clusters of 2,000 there are, with none.
    pub(super) fn clusters(&self) -> usize {
        self.tree.len() / 3
    }

    /// The gazetteers, as bits, that hold the phrase of this key, and [`Vocabulary::GOES_ON`].
    pub fn phrase(&self, key: u64) -> u8 {
        probe(self.phrases, PHRASE_SLOT, key, |slot| (slot[..4] == fingerprint(key)).then(|| slot[4])).unwrap_or(0)
    }

    /// The key of a phrase of one more word.
    pub fn extend_phrase(key: u64, norm: u64) -> u64 {
        (key.rotate_left(17) ^ norm).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// Never all zero: that marks an empty slot.
fn fingerprint(key: u64) -> [u8; 4] {
    (key as u32 | 1).to_le_bytes()
}

/// Where the look-up of a key among so many slots begins.
const fn first_slot(key: u64, slots: usize) -> usize {
    (((key >> 32) * slots as u64) >> 32) as usize
}

fn probe<T>(table: &[u8], width: usize, key: u64, mut matches: impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    let slots = table.len() / width;
    let mut slot = first_slot(key, slots);
    for _ in 0..slots {
        let bytes = table.get(slot * width..(slot + 1) * width)?;
        if bytes[..4] == [0; 4] {
            return None;
        }
        if let Some(found) = matches(bytes) {
            return Some(found);
        }
        slot = if slot + 1 == slots { 0 } else { slot + 1 };
    }
    None
}

/// Makes the sections of a vocabulary.
#[derive(Debug, Default)]
pub struct VocabularyBuilder {
    /// Words in normal form.
    pub words: Vec<(String, WordEntry)>,
    /// Keys of phrases, of up to three words, and of what they begin with: see [`Vocabulary::phrase`].
    pub phrases: Vec<(u64, u8)>,
    /// For each cluster of 2,000, from 0 (none), its clusters of 500 and 100.
    pub tree: Vec<(u16, u8)>,
}

impl VocabularyBuilder {
    /// The sections: words, phrases, tree.
    pub fn build(&self) -> [Vec<u8>; 3] {
        let words = self.words.iter().map(|(word, entry)| (hash(word), entry.pack().to_vec()));
        let phrases = self.phrases.iter().map(|(key, bits)| (*key, vec![*bits]));
        let tree = self.tree.iter().flat_map(|(five, hundred)| {
            let [low, high] = five.to_le_bytes();
            [low, high, *hundred]
        });
        [table(words.collect(), WORD_SLOT), table(phrases.collect(), PHRASE_SLOT), tree.collect()]
    }
}

fn table(mut entries: Vec<(u64, Vec<u8>)>, width: usize) -> Vec<u8> {
    entries.sort();
    entries.dedup_by_key(|entry| entry.0);
    let slots = (entries.len() * 4 / 3 + 1).max(4);
    let mut table = vec![0; slots * width];
    for (key, value) in entries {
        let mut slot = (((key >> 32) * slots as u64) >> 32) as usize;
        while table[slot * width..slot * width + 4] != [0; 4] {
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
        table[slot * width..slot * width + 4].copy_from_slice(&fingerprint(key));
        table[slot * width + 4..(slot + 1) * width].copy_from_slice(&value);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let entry = WordEntry { count: 65_000, cluster: 2_000, gazetteers: [0, 1, 2, 3, 4, 0] };
        let builder = VocabularyBuilder {
            words: vec![("موسكو".into(), entry), ("بيروت".into(), WordEntry { count: 7, ..WordEntry::default() })],
            phrases: vec![(77, 5)],
            tree: vec![(0, 0), (499, 99)],
        };
        let [words, phrases, tree] = builder.build();
        let vocabulary = Vocabulary::new(&words, &phrases, &tree);
        assert_eq!(vocabulary.entry(hash("موسكو")), entry);
        assert_eq!(vocabulary.count("بيروت"), 7);
        assert_eq!(vocabulary.entry(hash("باريس")), WordEntry::default());
        assert_eq!((vocabulary.phrase(77), vocabulary.phrase(78)), (5, 0));
        assert_eq!(vocabulary.parents(1), (499, 99));
        assert_eq!(Vocabulary::default().entry(hash("موسكو")), WordEntry::default());
    }

    #[test]
    fn counts_keep_their_order() {
        assert_eq!(Vocabulary::scale(5.0), Vocabulary::FIVE);
        assert!(Vocabulary::scale(1_000.0) < Vocabulary::scale(1_001.0));
        let frequency = |count: f64| WordEntry { count: Vocabulary::scale(count), ..WordEntry::default() }.frequency();
        for (digits, least) in (2_u8..).zip([10.0, 100.0, 1_000.0, 10_000.0, 100_000.0]) {
            assert_eq!((frequency(least - 1.0), frequency(least * 1.001)), (digits - 1, digits));
        }
        assert_eq!((frequency(0.0), frequency(1.0)), (0, 1));
    }
}
