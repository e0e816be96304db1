//! Everything about a word that does not depend on its place, summed up: once and for all for the words that are frequent,
//! once a word for the others.

use bytemuck::{Pod, Zeroable};

use super::features::each_of_letters;
use super::huge_page_vec::HugePageVec;
use super::packed::{pack_row, row_width, unpack_row};
use super::parameters::Parameters;
use super::weight_tables::{Sums, add_family};
use super::weights::{Found, add_weights};
use super::word_form::WordForm;
use super::word_info::WordInfo;

/// A word, in two lines of the processor's cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C, align(64))]
pub(super) struct WordScores {
    pub(super) sums: Sums,
    pub(super) info: WordInfo,
    /// The hash of its folded form.
    pub(super) hash: u64,
    unused: u64,
}

/// Rows of sums.
const ROWS: usize = 5;
/// Bytes with which a word begins in a file.
const HEAD: usize = 3;

/// Buffers.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// The features of all words, and where those of each end.
    values: Vec<u64>,
    ends: Vec<usize>,
    found: Vec<Found>,
}

impl WordScores {
    /// Gives what there is to know of each of some words, by their forms and the hashes of their folded forms. The features of
    /// all are looked up at once, so that one word's need not wait for another's.
    pub(super) fn each<'w>(
        parameters: &Parameters,
        words: impl Iterator<Item = (&'w WordForm, u64)> + Clone,
        Buffers { values, ends, found }: &mut Buffers,
        mut f: impl FnMut(Self),
    ) {
        let table = parameters.table();
        values.clear();
        ends.clear();
        for (form, _) in words.clone() {
            each_of_letters(form, &mut |feature, _| values.push(feature));
            ends.push(values.len());
        }
        table.find_all(values, found);
        let mut found = found.iter().peekable();
        for ((form, hash), end) in words.zip(&*ends) {
            let mut sums = Sums::default();
            parameters.tables.add(form, &mut sums);
            while let Some(value) = found.next_if(|value| (value.number as usize) < *end) {
                add_family(table.family(*value), &mut sums);
            }
            f(Self::new(parameters, form, hash, sums));
        }
    }

    /// A word of which everything but phrases is summed up.
    fn new(parameters: &Parameters, form: &WordForm, hash: u64, mut sums: Sums) -> Self {
        let info = WordInfo::new(&parameters.vocabulary(), form);
        // What it says as a known phrase of one word: to the word after it, to itself, to the word before it.
        for bit in (0..6).filter(|bit| info.alone_marks() >> bit & 1 == 1) {
            sums[1..]
                .iter_mut()
                .zip(parameters.tables.phrase(bit))
                .for_each(|(sum, weights)| add_weights(weights, sum));
        }
        Self { sums, info, hash, unused: 0 }
    }

    /// Appends the word as a file has it: the widths of the rows of sums less 1 in four bits each and which hashes follow
    /// from others, the hash, what is known, the rows.
    fn encode(&self, bytes: &mut Vec<u8>) {
        let widths = self.sums.each_ref().map(row_width);
        let (info, follows) = self.info.encode(self.hash);
        let head = widths.iter().rev().fold(follows, |head, width| head << 4 | (width - 1));
        bytes.extend_from_slice(&head.to_le_bytes()[..HEAD]);
        bytes.extend(self.hash.to_le_bytes());
        bytes.extend(info);
        self.sums.iter().zip(widths).for_each(|(row, width)| pack_row(row, width, bytes));
    }

    /// Reads the word with which the bytes begin, and returns what follows it.
    fn decode(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let ([a, b, c], rest) = bytes.split_first_chunk::<HEAD>()?;
        let head = u32::from_le_bytes([*a, *b, *c, 0]);
        let (hash, rest) = rest.split_first_chunk()?;
        let hash = u64::from_le_bytes(*hash);
        let (info, mut rest) = WordInfo::decode(rest, hash, head >> (4 * ROWS))?;
        let mut sums = Sums::default();
        for (at, row) in sums.iter_mut().enumerate() {
            let width = (head >> (4 * at) & 15) + 1;
            *row = unpack_row(rest, width)?;
            rest = rest.get(width as usize..)?;
        }
        Some((Self { sums, info, hash, unused: 0 }, rest))
    }
}

/// The most frequent words of the training text, by the hash of their folded form.
#[derive(Debug, Default)]
pub(super) struct PrecomputedScores {
    /// By the upper bits of a hash: the number of a word from 1; 0 where there is none. Words that are more frequent were put
    /// in first, so that few words of a text are not where they are looked for first.
    slots: Vec<u16>,
    shift: u32,
    /// The most frequent first, so that those that are asked for most stand together.
    words: HugePageVec<WordScores>,
}

impl PrecomputedScores {
    /// The most words that there can be.
    pub(super) const MOST: usize = 65_000;

    /// The words of a section of a file, which begins with how many there are; none if its size is wrong.
    pub(super) fn parse(section: &[u8]) -> Option<Self> {
        let (count, mut rest) = match section.split_first_chunk() {
            Some((count, rest)) => (u32::from_le_bytes(*count) as usize, rest),
            None if section.is_empty() => (0, section),
            None => return None,
        };
        if Self::MOST < count {
            return None;
        }
        let bits = (count * 2).next_power_of_two().ilog2().max(1);
        let mut frequent = Self { slots: vec![0; 1 << bits], shift: 64 - bits, words: HugePageVec::new(count) };
        for word in frequent.words.iter_mut() {
            (*word, rest) = WordScores::decode(rest)?;
        }
        if !rest.is_empty() {
            return None;
        }
        for (at, word) in frequent.words.iter().enumerate() {
            let mut slot = (word.hash >> frequent.shift) as usize;
            while frequent.slots[slot] != 0 {
                slot = (slot + 1) & (frequent.slots.len() - 1);
            }
            frequent.slots[slot] = at as u16 + 1;
        }
        Some(frequent)
    }

    /// The section of a file with these folded words, as a model without them knows them.
    pub(super) fn section(parameters: &Parameters, words: &[String]) -> Vec<u8> {
        let (mut form, mut buffers) = (WordForm::default(), Buffers::default());
        let mut section = (words.len().min(Self::MOST) as u32).to_le_bytes().to_vec();
        for word in words.iter().take(Self::MOST) {
            super::analyse(&parameters.vocabulary(), word, &mut form);
            let word = std::iter::once((&form, khabar_arabic::hash(word)));
            WordScores::each(parameters, word, &mut buffers, |word| word.encode(&mut section));
        }
        section
    }

    /// The words, to look many up.
    #[inline]
    pub(super) fn view(&self) -> View<'_> {
        View { slots: &self.slots, shift: self.shift, words: &self.words }
    }
}

/// The most frequent words, lent.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    slots: &'a [u16],
    shift: u32,
    pub(super) words: &'a [WordScores],
}

impl View<'_> {
    /// The number from 1 of the word that most likely has this hash if any has: the word itself tells. 0 if none has.
    #[inline]
    pub(super) fn guess(&self, hash: u64) -> usize {
        self.slots.get((hash >> self.shift) as usize).copied().unwrap_or(0).into()
    }

    /// The number of the word whose folded form has this hash.
    pub(super) fn find(&self, hash: u64) -> Option<usize> {
        let mut slot = (hash >> self.shift) as usize;
        loop {
            let number = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            if self.words.get(number)?.hash == hash {
                return Some(number);
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
        let word = |at: u64| WordScores {
            sums: std::array::from_fn(|place| {
                std::array::from_fn(|label| (at as i16).wrapping_mul(20 + label as i16) ^ place as i16)
            }),
            hash: at.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            unused: 0,
            info: WordInfo { stem_count: at as u16, skip: 4, conjunction: (at % 2) as u8, ..WordInfo::default() },
        };
        let mut section = 1_499_u32.to_le_bytes().to_vec();
        (1..1_500).for_each(|at| word(at).encode(&mut section));
        let frequent = PrecomputedScores::parse(&section).expect("a section");
        for at in 1..1_500 {
            assert_eq!(frequent.view().find(word(at).hash), Some(at as usize - 1));
            assert_eq!(frequent.words[at as usize - 1], word(at));
        }
        assert!((1_500..9_000).all(|at| frequent.view().find(word(at).hash).is_none()));
        assert!(PrecomputedScores::parse(&section[1..]).is_none());
        assert!(PrecomputedScores::default().view().find(7).is_none());
        assert!(PrecomputedScores::parse(&[]).expect("none").view().find(7).is_none());
    }
}
