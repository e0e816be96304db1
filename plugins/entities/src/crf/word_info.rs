//! What is known of a word of a document: what the words around it see of it, and the steps after labelling.

use bytemuck::{Pod, Zeroable};

use super::features::stem_hash;
use super::vocabulary::Vocabulary;
use super::word_form::{Shape, WordForm};

/// The bit of a word with which phrases go on.
pub(super) const CONTINUES: u8 = 1 << 4;

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct WordInfo {
    /// The hash of the stem that pairs are made of.
    pub(crate) stem: u64,
    /// The hash of the normal form: what phrases go on with.
    pub(super) norm: u64,
    /// The key of the phrase that is this word alone.
    pub(super) key: u64,
    /// Scaled corpus count of the stem.
    pub(crate) stem_count: u16,
    /// What [`Vocabulary::phrase`] says of it, and [`CONTINUES`].
    pub(super) alone: u8,
    pub(super) cluster: u8,
    pub(super) shape: Shape,
    /// Bytes of proclitics by corpus frequency.
    pub(crate) skip: u8,
    /// 1 if the word begins with و and corpus counts speak for a conjunction, else 0.
    pub(super) conjunction: u8,
    pub(super) unused: u8,
}

/// What the steps after labelling need to know of a word: a document may have millions of words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct StemInfo {
    /// The hash of the stem.
    pub(crate) stem: u64,
    /// Scaled corpus count of the stem.
    pub(crate) stem_count: u16,
    /// Bytes of proclitics by corpus frequency.
    pub(crate) skip: u8,
    pub(super) conjunction: u8,
}

impl StemInfo {
    /// The word begins with و, and corpus counts speak for a conjunction.
    pub(crate) const fn is_conjunction(&self) -> bool {
        self.conjunction != 0
    }
}

impl WordInfo {
    pub(super) fn new(vocabulary: &Vocabulary<'_>, word: &WordForm) -> Self {
        let [norm, stem] = word.hashes;
        let key = Vocabulary::extend_phrase(0, stem);
        let begins_phrase = word.entry.gazetteers[..3] != [0; 3];
        Self {
            stem: stem_hash(&word.stem),
            norm,
            key,
            stem_count: word.entry.count,
            alone: if begins_phrase { vocabulary.phrase(key) } else { 0 } | if word.continues { CONTINUES } else { 0 },
            cluster: vocabulary.parents(word.entry.cluster).1,
            shape: word.shape,
            skip: word.skip.min(255) as u8,
            conjunction: word.conjunction.into(),
            unused: 0,
        }
    }

    /// What of it is kept for the whole document.
    #[inline]
    pub(super) const fn stem(&self) -> StemInfo {
        let Self { stem, stem_count, skip, conjunction, .. } = *self;
        StemInfo { stem, stem_count, skip, conjunction }
    }

    /// The marks of a known phrase that the word is by itself: bit 2g for each gazetteer g that holds it.
    #[inline]
    pub(super) fn alone_marks(&self) -> u8 {
        const MARKS: [u8; 8] = [0, 1, 4, 5, 16, 17, 20, 21];
        MARKS[usize::from(self.alone & 7)]
    }

    /// Its bytes in a file, for a word whose folded form has this hash, and what is left out of them since it follows:
    /// bit 0 for the hash of the normal form, which is the folded form for most, bit 1 for the key of the phrase.
    pub(super) fn encode(&self, hash: u64) -> (Vec<u8>, u32) {
        let norm = self.norm == hash;
        let key = self.key == Vocabulary::extend_phrase(0, self.norm);
        let mut bytes = self.stem.to_le_bytes().to_vec();
        if !norm {
            bytes.extend(self.norm.to_le_bytes());
        }
        if !key {
            bytes.extend(self.key.to_le_bytes());
        }
        let [low, high] = self.stem_count.to_le_bytes();
        bytes.extend([low, high, self.alone, self.cluster, self.shape.0, self.skip, self.conjunction]);
        (bytes, u32::from(norm) | u32::from(key) << 1)
    }

    /// Reads it from the beginning of `bytes`, and returns what follows it; a shape that there is not counts as none.
    pub(super) fn decode(bytes: &[u8], hash: u64, follows: u32) -> Option<(Self, &[u8])> {
        let number = |bytes: &[u8]| bytes.first_chunk().map(|number| u64::from_le_bytes(*number));
        let (stem, mut rest) = (number(bytes)?, bytes.get(8..)?);
        let mut norm = hash;
        if follows & 1 == 0 {
            (norm, rest) = (number(rest)?, rest.get(8..)?);
        }
        let mut key = Vocabulary::extend_phrase(0, norm);
        if follows & 2 == 0 {
            (key, rest) = (number(rest)?, rest.get(8..)?);
        }
        let ([low, high, alone, cluster, shape, skip, conjunction], rest) = rest.split_first_chunk()?;
        let info = Self {
            stem,
            norm,
            key,
            stem_count: u16::from_le_bytes([*low, *high]),
            alone: *alone,
            cluster: *cluster,
            shape: Shape(*shape),
            skip: *skip,
            conjunction: (*conjunction).min(1),
            unused: 0,
        };
        Some((info, rest))
    }
}
