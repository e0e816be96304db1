//! Everything about a word that does not depend on its place, summed up: once and for all for the words that are frequent,
//! once a word for the others.

use super::context::Seen;
use super::dense::{Sums, add_family};
use super::features::each_of_letters;
use super::file::Model;
use super::table::Found;
use super::vocabulary::Vocabulary;
use super::word::WordForm;

/// What is known of a word of the document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known {
    pub(crate) stem: u64,
    /// The word begins with و, and corpus counts speak for a conjunction.
    pub(crate) conjunction: bool,
    /// Scaled corpus count of the stem.
    pub(crate) stem_count: u16,
    /// Bytes of proclitics by corpus frequency.
    pub(crate) skip: u8,
}

/// A word, in two lines of the processor's cache.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C, align(64))]
pub(super) struct Remembered {
    pub(super) sums: Sums,
    pub(super) seen: Seen,
    /// The hash of its folded form.
    pub(super) hash: u64,
    stem_count: u16,
    skip: u8,
    conjunction: bool,
}

/// Bytes of a word in a file.
const RECORD: usize = 120;

/// Buffers.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    values: Vec<u64>,
    found: Vec<Found>,
}

impl Remembered {
    /// What there is to know of a word whose folded form has this hash.
    pub(super) fn new(model: &Model, form: &WordForm, hash: u64, Buffers { values, found }: &mut Buffers) -> Self {
        let (vocabulary, table) = (model.vocabulary(), model.table());
        let mut sums = Sums::default();
        values.clear();
        each_of_letters(form, &mut |feature, _| values.push(feature));
        table.find_all(values, found);
        model.dense.add(form, &mut sums);
        found.iter().for_each(|value| add_family(table.family(*value), &mut sums));
        Self {
            sums,
            seen: Seen::new(&vocabulary, form),
            hash,
            stem_count: form.entry.count,
            skip: form.skip.min(255) as u8,
            conjunction: conjunction(&vocabulary, &form.norm),
        }
    }

    #[inline]
    pub(super) fn known(&self) -> Known {
        let Self { seen, conjunction, stem_count, skip, .. } = *self;
        Known { stem: seen.stem, conjunction, stem_count, skip }
    }

    fn encode(&self, bytes: &mut Vec<u8>) {
        let end = bytes.len() + RECORD;
        bytes.extend(self.sums.iter().flatten().flat_map(|sum| sum.to_le_bytes()));
        bytes.extend(self.hash.to_le_bytes());
        bytes.extend(self.seen.encode());
        bytes.extend(self.stem_count.to_le_bytes());
        bytes.extend([self.skip, self.conjunction.into()]);
        bytes.resize(end, 0);
    }

    fn decode(bytes: &[u8; RECORD]) -> Self {
        let (sums, rest) = bytes.split_at(80);
        let mut sums = sums.as_chunks().0.iter().map(|sum| i16::from_le_bytes(*sum));
        let sums = std::array::from_fn(|_| std::array::from_fn(|_| sums.next().unwrap_or(0)));
        let (hash, rest) = rest.split_at(8);
        let (seen, rest) = rest.split_at(Seen::BYTES);
        Self {
            sums,
            hash: u64::from_le_bytes(std::array::from_fn(|at| hash[at])),
            seen: Seen::decode(seen),
            stem_count: u16::from_le_bytes([rest[0], rest[1]]),
            skip: rest[2],
            conjunction: rest[3] != 0,
        }
    }
}

/// A word of four letters or more that begins with و is a conjunction and a word when it is at most three times as
/// frequent as that word.
fn conjunction(vocabulary: &Vocabulary<'_>, norm: &str) -> bool {
    let Some(rest) = norm.strip_prefix('و').filter(|rest| 6 <= rest.len()) else { return false };
    let count = vocabulary.count(norm);
    count == 0 || Vocabulary::unscale(count) <= 3.0 * Vocabulary::unscale(vocabulary.count(rest))
}

/// The most frequent words of the training text, by the hash of their folded form.
#[derive(Debug, Default)]
pub(super) struct Frequent {
    /// By the upper bits of a hash: the lower 16 bits of it, and the number of a word from 1; 0 where there is none.
    slots: Vec<u32>,
    shift: u32,
    /// The most frequent first, so that those that are asked for most stand together.
    words: Vec<Remembered>,
}

impl Frequent {
    /// The most words that there can be.
    pub(super) const MOST: usize = 65_000;

    /// The words of a section of a file; none if its size is wrong.
    pub(super) fn parse(section: &[u8]) -> Option<Self> {
        let (records, rest) = section.as_chunks::<RECORD>();
        if !rest.is_empty() || Self::MOST < records.len() {
            return None;
        }
        let bits = (records.len() * 2).next_power_of_two().ilog2().max(1);
        let mut frequent = Self {
            slots: vec![0; 1 << bits],
            shift: 64 - bits,
            words: records.iter().map(Remembered::decode).collect(),
        };
        for (at, word) in frequent.words.iter().enumerate() {
            let mut slot = (word.hash >> frequent.shift) as usize;
            while frequent.slots[slot] != 0 {
                slot = (slot + 1) & (frequent.slots.len() - 1);
            }
            frequent.slots[slot] = (word.hash as u32) << 16 | (at as u32 + 1);
        }
        Some(frequent)
    }

    /// The section of a file with these folded words, as a model without them knows them.
    pub(super) fn section(model: &Model, words: &[String]) -> Vec<u8> {
        let (mut section, mut form, mut buffers) = (Vec::new(), WordForm::default(), Buffers::default());
        for word in words.iter().take(Self::MOST) {
            super::analyse(&model.vocabulary(), word, &mut form);
            Remembered::new(model, &form, khabar_arabic::hash(word), &mut buffers).encode(&mut section);
        }
        section
    }

    /// The word whose folded form has this hash.
    #[inline]
    pub(super) fn find(&self, hash: u64) -> Option<&Remembered> {
        let mut slot = (hash >> self.shift) as usize;
        loop {
            let entry = *self.slots.get(slot)?;
            let number = (entry & 0xffff).checked_sub(1)?;
            if entry >> 16 == hash as u32 & 0xffff {
                let word = self.words.get(number as usize)?;
                if word.hash == hash {
                    return Some(word);
                }
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let word = |at: u64| Remembered {
            sums: std::array::from_fn(|place| {
                std::array::from_fn(|label| (at as i16).wrapping_mul(20 + label as i16) ^ place as i16)
            }),
            hash: at.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            stem_count: at as u16,
            skip: 4,
            conjunction: at.is_multiple_of(2),
            ..Remembered::default()
        };
        let mut section = Vec::new();
        (1..1_500).for_each(|at| word(at).encode(&mut section));
        let frequent = Frequent::parse(&section).expect("a section");
        for at in 1..1_500 {
            assert_eq!(frequent.find(word(at).hash), Some(&word(at)));
        }
        assert!((1_500..9_000).all(|at| frequent.find(word(at).hash).is_none()));
        assert!(Frequent::parse(&section[1..]).is_none());
        assert!(Frequent::default().find(7).is_none());
        assert!(Frequent::parse(&[]).expect("none").find(7).is_none());
    }
}
