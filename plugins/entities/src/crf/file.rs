//! The model file: magic, version, checksum, sections.

use std::ops::Range;

use thiserror::Error;

use super::features::is_pair;
use super::labels::N;
use super::parameters::{PRECOMPUTED, Parameters, SECTIONS, STORAGE, WORDS};
use super::precomputed::PrecomputedScores;
use super::viterbi::Viterbi;
use super::vocabulary::Vocabulary;
use super::weights::{self, Weights};

const MAGIC: [u8; 8] = *b"KHABARNE";
const VERSION: u32 = 4;
const HEADER: usize = 8 + 4 + 4 + 8 + SECTIONS * 8;

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
    /// Feature hashes and their weights, from -127 to 127; at most [`MOST_FEATURES`](super::MOST_FEATURES).
    pub features: Vec<(u64, Weights)>,
    /// Folded words that are worked out beforehand, the most frequent first; of more than 65,000 the first.
    pub frequent: Vec<String>,
}

/// A model, ready for use; the default one knows no names.
#[derive(Debug, Default)]
pub struct Model {
    pub(super) parameters: Parameters,
    pub(super) viterbi: Viterbi,
    pub(super) precomputed: PrecomputedScores,
}

impl Contents {
    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let transitions: Vec<u8> = self.transitions.iter().flatten().flat_map(|score| score.to_le_bytes()).collect();
        let [words, phrases, tree] = &self.vocabulary;
        let (of_pairs, of_words): (Vec<_>, Vec<_>) =
            self.features.iter().copied().partition(|(feature, _)| is_pair(*feature));
        let [of_words, of_pairs] = [of_words, of_pairs].map(|features| weights::build(&features));
        let file = |frequent: &[u8]| {
            let head: [&[u8]; WORDS] = [&transitions, words, phrases, tree];
            let tables = [&of_words, &of_pairs].map(|table| [&*table.tags, &*table.entries, &*table.rows]);
            let sections = head.into_iter().chain(tables.into_iter().flatten()).chain([frequent]);
            let sections: Vec<Vec<u8>> =
                sections.zip(STORAGE).map(|(section, storage)| storage.pack(section)).collect();
            let mut bytes = MAGIC.to_vec();
            bytes.extend(VERSION.to_le_bytes());
            bytes.extend(self.scale.to_le_bytes());
            bytes.extend(0_u64.to_le_bytes());
            sections.iter().for_each(|section| bytes.extend((section.len() as u64).to_le_bytes()));
            sections.iter().for_each(|section| bytes.extend_from_slice(section));
            let sum = checksum(&bytes[24..]) ^ u64::from(self.scale);
            bytes[16..24].copy_from_slice(&sum.to_le_bytes());
            bytes
        };
        // What the model says of a word is computed by the model without it.
        let bytes = file(&[]);
        match Model::parse(&bytes) {
            Ok(model) if !self.frequent.is_empty() => {
                file(&PrecomputedScores::section(&model.parameters, &self.frequent))
            }
            _ => bytes,
        }
    }
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
    /// Reads a model. The file is checked and unpacked to memory that is read faster, with what is computed from it, in a few
    /// milliseconds.
    ///
    /// # Errors
    /// The bytes are no model, or one of another version, or not what was written.
    pub fn parse(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read(bytes, true)
    }

    /// Reads the model that the program was compiled with. Its bytes are a part of the program, so their sum is not taken again
    /// at every start: that is a sixth of the instructions of a start. A test takes it.
    ///
    /// # Errors
    /// As [`Model::parse`], but for damage that leaves the tables readable.
    pub fn embedded(bytes: &'static [u8]) -> Result<Self, ModelError> {
        Self::read(bytes, false)
    }

    fn read(bytes: &[u8], with_sum: bool) -> Result<Self, ModelError> {
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(ModelError::Magic);
        }
        let number = |at: usize| bytes.get(at..at + 8).map(|b| u64::from_le_bytes(std::array::from_fn(|i| b[i])));
        let short = || ModelError::Length { expected: HEADER as u64, found: bytes.len() as u64 };
        let version_and_scale = number(8).ok_or_else(short)?;
        let version = version_and_scale as u32;
        if version != VERSION {
            return Err(ModelError::Version { found: version });
        }
        let mut end = HEADER as u64;
        let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
        for (at, section) in sections.iter_mut().enumerate() {
            let len = number(24 + at * 8).ok_or_else(short)?;
            let start = end;
            end = end.saturating_add(len);
            *section = usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
        }
        if end != bytes.len() as u64 {
            return Err(ModelError::Length { expected: end, found: bytes.len() as u64 });
        }
        if with_sum && number(16) != Some(checksum(&bytes[24..]) ^ version_and_scale >> 32) {
            return Err(ModelError::Checksum);
        }
        let flat = &bytes[sections[0].clone()];
        if flat.len() != (N + 1) * N * 2 {
            return Err(ModelError::Malformed("the table of transitions has another size"));
        }
        let mut scores = flat.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]]));
        let transitions = std::array::from_fn(|_| std::array::from_fn(|_| scores.next().unwrap_or(0)));
        let scale = (version_and_scale >> 32) as f32 / 1_000.0;
        let viterbi = Viterbi::new(&transitions);
        let precomputed = PrecomputedScores::parse(&bytes[sections[PRECOMPUTED].clone()])
            .ok_or(ModelError::Malformed("the table of frequent words has another size"))?;
        let parameters = Parameters::new(bytes, &sections, scale)
            .ok_or(ModelError::Malformed("the tables of features have other sizes"))?;
        Ok(Self { parameters, viterbi, precomputed })
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> Vocabulary<'_> {
        self.parameters.vocabulary()
    }

    /// The weights of a feature, zero if it is not known.
    pub fn weights(&self, feature: u64) -> Weights {
        self.parameters.weights(feature)
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
            frequent: vec!["في".into()],
        }
        .to_bytes()
    }

    #[test]
    fn weights_survive() {
        let model = Model::parse(&file()).expect("a model");
        assert_eq!(model.weights(7 << 40 | 3), [5; N - 1]);
        assert_eq!(model.weights(9 << 60 | 9), [-5; N - 1]);
        assert_eq!(model.weights(7 << 40 | 4), [0; N - 1]);
    }

    #[test]
    fn damage_is_named() {
        let damaged = |at: usize| {
            let mut bytes = file();
            bytes[at] ^= 0x40;
            Model::parse(&bytes).expect_err("damaged")
        };
        assert_eq!(damaged(0), ModelError::Magic);
        assert_eq!(damaged(8), ModelError::Version { found: VERSION ^ 0x40 });
        assert_eq!(damaged(HEADER + 3), ModelError::Checksum);
        assert!(matches!(damaged(26), ModelError::Length { .. }));
        let full = file();
        for len in 0..full.len() {
            assert!(Model::parse(&full[..len]).is_err(), "cut at {len}");
        }
        assert_eq!(Model::parse(&[]).expect_err("empty"), ModelError::Magic);
    }
}
