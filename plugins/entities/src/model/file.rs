//! The model file: magic, version, checksum, sections; read where it lies.

use std::borrow::Cow;
use std::ops::Range;

use thiserror::Error;

use super::N;
use super::features::{cluster_pair, shapes};
use super::vocabulary::Vocabulary;
use super::word::Shape;

/// Weights of a feature, or sums of weights: those of every label but `O`, less that of `O`.
pub type Row = [i16; N - 1];

const MAGIC: [u8; 8] = *b"KHABARNE";
const VERSION: u32 = 1;
const SECTIONS: usize = 5;
const HEADER: usize = 8 + 4 + 4 + 8 + SECTIONS * 8;
/// Two bytes of fingerprint and a weight for every label but `O`.
const SLOT: usize = 2 + N - 1;

/// Slots of the feature table for each row: a load of one half, at which four slots are read for a feature that is not there.
pub const FEATURE_SLOTS_PER_ROW: f64 = 2.0;

/// Clusters of 100, and none.
const CLUSTERS: usize = 101;

/// A model file that cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// It does not begin as a model does.
    #[error("not a model of names: the file does not begin with KHABARNE")]
    Magic,
    /// It is of another version.
    #[error("the model is of version {found}, this program reads version {VERSION}")]
    Version {
        /// The version of the file.
        found: u32,
    },
    /// It is shorter or longer than it says.
    #[error("the model is truncated or has grown: {found} bytes instead of {expected}")]
    Length {
        /// The bytes that the header announces.
        expected: u64,
        /// The bytes that there are.
        found: u64,
    },
    /// Its bytes are not those that were written.
    #[error("the model is corrupt: its checksum does not hold")]
    Checksum,
    /// It holds no usable table.
    #[error("the model is malformed: {0}")]
    Malformed(&'static str),
}

/// What a model file holds, to write one.
#[derive(Debug, Default)]
pub struct Contents {
    /// How many units of the integers are one unit of log-probability, in thousandths.
    pub scale: u32,
    /// Score of going from a label (the last row: from the start of a sentence) to a label.
    pub transitions: Vec<[i16; N]>,
    /// The sections of the vocabulary: words, phrases, tree.
    pub vocabulary: [Vec<u8>; 3],
    /// Feature hashes and their weights, from -127 to 127.
    pub features: Vec<(u64, [i8; N - 1])>,
}

/// A model, ready for use.
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    sections: [Range<usize>; SECTIONS],
    /// Units of the integers for one unit of log-probability.
    pub(crate) scale: f32,
    pub(super) transitions: [[i16; N]; N + 1],
    pairs: Vec<[Row; 3]>,
    shapes: Vec<Row>,
}

impl Contents {
    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let transitions: Vec<u8> = self.transitions.iter().flatten().flat_map(|score| score.to_le_bytes()).collect();
        let [words, phrases, tree] = &self.vocabulary;
        let sections: [&[u8]; SECTIONS] = [&transitions, words, phrases, tree, &feature_table(&self.features)];
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(self.scale.to_le_bytes());
        bytes.extend(0_u64.to_le_bytes());
        sections.iter().for_each(|section| bytes.extend((section.len() as u64).to_le_bytes()));
        sections.iter().for_each(|section| bytes.extend_from_slice(section));
        let sum = checksum(&bytes[24..]) ^ u64::from(self.scale);
        bytes[16..24].copy_from_slice(&sum.to_le_bytes());
        bytes
    }
}

fn feature_table(features: &[(u64, [i8; N - 1])]) -> Vec<u8> {
    let slots = ((features.len() as f64 * FEATURE_SLOTS_PER_ROW) as usize).max(4);
    let mut table = vec![0; slots * SLOT];
    for (hash, weights) in features {
        let mut slot = (((hash >> 32) * slots as u64) >> 32) as usize;
        while table[slot * SLOT..slot * SLOT + 2] != [0; 2] {
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
        table[slot * SLOT..slot * SLOT + 2].copy_from_slice(&fingerprint(*hash).to_le_bytes());
        for (at, weight) in weights.iter().enumerate() {
            table[slot * SLOT + 2 + at] = weight.to_le_bytes()[0];
        }
    }
    table
}

/// The lower 16 bits; never 0, which marks an empty slot.
fn fingerprint(hash: u64) -> u16 {
    (hash as u16).max(1)
}

/// A sum over eight bytes at a time in four lanes, which keeps up with memory.
fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [0x9e37_79b9_7f4a_7c15_u64, 0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb, 0x2545_f491_4f6c_dd1d];
    let mut chunks = bytes.chunks_exact(32);
    for chunk in &mut chunks {
        for (lane, word) in lanes.iter_mut().zip(chunk.chunks_exact(8)) {
            let word = u64::from_le_bytes(std::array::from_fn(|i| word[i]));
            *lane = (lane.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
    let tail = chunks.remainder().iter().fold(bytes.len() as u64, |sum, byte| {
        (sum.rotate_left(9) ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    lanes.iter().fold(tail, |sum, lane| (sum ^ lane).rotate_left(31).wrapping_mul(0x94d0_49bb_1331_11eb))
}

impl Model {
    /// Reads a model. The file is checked and not copied; what is computed from it takes a millisecond.
    ///
    /// # Errors
    /// The bytes are no model, or one of another version, or not what was written.
    pub fn parse(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(ModelError::Magic);
        }
        let number = |at: usize| bytes.get(at..at + 8).map(|b| u64::from_le_bytes(std::array::from_fn(|i| b[i])));
        let short = |found: &[u8]| ModelError::Length { expected: HEADER as u64, found: found.len() as u64 };
        let version_and_scale = number(8).ok_or_else(|| short(&bytes))?;
        let version = version_and_scale as u32;
        if version != VERSION {
            return Err(ModelError::Version { found: version });
        }
        let mut end = HEADER as u64;
        let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
        for (at, section) in sections.iter_mut().enumerate() {
            let len = number(24 + at * 8).ok_or_else(|| short(&bytes))?;
            let start = end;
            end = end.saturating_add(len);
            *section = usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
        }
        if end != bytes.len() as u64 {
            return Err(ModelError::Length { expected: end, found: bytes.len() as u64 });
        }
        if number(16) != Some(checksum(&bytes[24..]) ^ version_and_scale >> 32) {
            return Err(ModelError::Checksum);
        }
        let flat = &bytes[sections[0].clone()];
        if flat.len() != (N + 1) * N * 2 {
            return Err(ModelError::Malformed("the table of transitions has another size"));
        }
        let mut scores = flat.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]));
        let transitions = std::array::from_fn(|_| std::array::from_fn(|_| scores.next().unwrap_or(0)));
        let scale = (version_and_scale >> 32) as f32 / 1_000.0;
        let mut model = Self { bytes, scale, sections, transitions, pairs: Vec::new(), shapes: Vec::new() };
        model.compute_tables();
        Ok(model)
    }

    /// Pairs of clusters and triples of shapes are few: their weights are laid out in arrays.
    fn compute_tables(&mut self) {
        let pairs = (0..CLUSTERS * CLUSTERS).map(|at| {
            let (first, second) = ((at / CLUSTERS) as u8, (at % CLUSTERS) as u8);
            std::array::from_fn(|which| self.weights(cluster_pair(which as u8, first, second)))
        });
        self.pairs = pairs.collect();
        let n = Shape::COUNT;
        let triples = (0..n * n * n).map(|at| {
            let [a, b, c] = [at / n / n, at / n % n, at % n].map(|shape| Shape(shape as u8));
            self.weights(shapes(a, b, c))
        });
        self.shapes = triples.collect();
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> Vocabulary<'_> {
        let section = |at: usize| &self.bytes[self.sections[at].clone()];
        Vocabulary::new(section(1), section(2), section(3))
    }

    /// The weights of a feature, zero if it is not known.
    pub fn weights(&self, hash: u64) -> Row {
        let mut row = [0; N - 1];
        self.add(hash, &mut row);
        row
    }

    /// Adds the weights of a feature.
    #[inline]
    pub(super) fn add(&self, hash: u64, sum: &mut Row) {
        self.scan(hash, |found, weights| {
            if found == fingerprint(hash) {
                add_weights(weights, sum);
                return true;
            }
            false
        });
    }

    /// Reads the first byte of the slot of each feature. The reads do not wait for each other, so that the features are
    /// in the processor's cache together when they are looked up one by one.
    #[inline]
    pub(super) fn touch(&self, hashes: impl Iterator<Item = u64>) {
        let table = &self.bytes[self.sections[4].clone()];
        let slots = (table.len() / SLOT) as u64;
        let sum = hashes.fold(0_u8, |sum, hash| {
            let at = (((hash >> 32) * slots) >> 32) as usize * SLOT;
            sum ^ table.get(at).copied().unwrap_or(0)
        });
        std::hint::black_box(sum);
    }

    /// Calls `f` with fingerprint and weights of the slots at which a feature may stand, until it says true.
    #[inline]
    fn scan(&self, hash: u64, mut f: impl FnMut(u16, &[u8]) -> bool) {
        let table = &self.bytes[self.sections[4].clone()];
        let slots = table.len() / SLOT;
        let mut slot = (((hash >> 32) * slots as u64) >> 32) as usize;
        for _ in 0..slots {
            let Some(bytes) = table.get(slot * SLOT..(slot + 1) * SLOT) else { return };
            let found = u16::from_le_bytes([bytes[0], bytes[1]]);
            if found == 0 || f(found, &bytes[2..]) {
                return;
            }
            slot = if slot + 1 == slots { 0 } else { slot + 1 };
        }
    }

    /// Calls `add` with the place and the weights of each known feature among those that differ from `hash` in the upper
    /// `BITS` bits of the fingerprint alone.
    #[inline]
    pub(super) fn family<const BITS: u32>(&self, hash: u64, mut add: impl FnMut(usize, &[u8])) {
        let shift = 16 - BITS;
        let mask = (1 << shift) - 1;
        let (base, first) = (hash as u16 & mask, hash as u16 >> shift);
        self.scan(hash, |found, weights| {
            if found & mask == base {
                add(usize::from(found >> shift ^ first), weights);
            }
            false
        });
    }

    /// The weights of a pair of clusters for its three places.
    #[inline]
    pub(super) fn pair(&self, first: u8, second: u8) -> &[Row; 3] {
        &self.pairs[(usize::from(first) * CLUSTERS + usize::from(second)).min(CLUSTERS * CLUSTERS - 1)]
    }

    /// The weights of three shapes.
    #[inline]
    pub(super) fn shape(&self, before: Shape, here: Shape, after: Shape) -> &Row {
        let n = Shape::COUNT;
        let at = (usize::from(before.0) * n + usize::from(here.0)) * n + usize::from(after.0);
        &self.shapes[at.min(n * n * n - 1)]
    }
}

/// Adds eight int8 weights.
#[inline]
pub(super) fn add_weights(weights: &[u8], sum: &mut Row) {
    for (total, weight) in sum.iter_mut().zip(weights) {
        *total += i16::from(*weight as i8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        Contents {
            scale: 40_000,
            transitions: vec![[1; N]; N + 1],
            vocabulary: Default::default(),
            features: vec![(7 << 40 | 3, [5; N - 1]), (9 << 60 | 9, [-5; N - 1])],
        }
        .to_bytes()
    }

    #[test]
    fn weights_survive() {
        let model = Model::parse(file()).expect("a model");
        assert_eq!(model.weights(7 << 40 | 3), [5; N - 1]);
        assert_eq!(model.weights(9 << 60 | 9), [-5; N - 1]);
        assert_eq!(model.weights(7 << 40 | 4), [0; N - 1]);
    }

    #[test]
    fn damage_is_named() {
        let damaged = |at: usize| {
            let mut bytes = file();
            bytes[at] ^= 0x40;
            Model::parse(bytes).expect_err("damaged")
        };
        assert_eq!(damaged(0), ModelError::Magic);
        assert_eq!(damaged(8), ModelError::Version { found: VERSION ^ 0x40 });
        assert_eq!(damaged(HEADER + 3), ModelError::Checksum);
        assert!(matches!(damaged(26), ModelError::Length { .. }));
        let full = file();
        for len in 0..full.len() {
            assert!(Model::parse(full[..len].to_vec()).is_err(), "cut at {len}");
        }
        assert_eq!(Model::parse(Vec::new()).expect_err("empty"), ModelError::Magic);
    }
}
