//! The parameters of the model, lent from its file: the vocabulary and the weights.

use std::ops::Range;

use super::features::is_pair;
use super::huge_page_vec::HugePageVec;
use super::packed::Storage::{self, Rows, Table as Slots, Whole};
use super::vocabulary::Vocabulary;
use super::weight_tables::WeightTables;
use super::weights::{Table, Weights};

/// Sections of a model file.
pub(super) const SECTIONS: usize = 11;
/// The sections of the vocabulary: words, phrases, tree.
const VOCABULARY: usize = 1;
/// The sections of the two tables of weights: what words say, what pairs of stems say.
pub(super) const WORDS: usize = 4;
const PAIRS: usize = 7;
/// The section of the words that are worked out beforehand.
pub(super) const PRECOMPUTED: usize = 10;
/// How each section is stored. Of the words, the last bytes are there for those alone with which a name of a gazetteer
/// goes on.
pub(super) const STORAGE: [Storage; SECTIONS] =
    [Whole, Slots(&[8, 2]), Slots(&[5]), Whole, Slots(&[1]), Slots(&[4]), Rows, Slots(&[1]), Slots(&[4]), Rows, Whole];

/// The parameters.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    /// The sections up to the words that are worked out beforehand, unpacked.
    bytes: HugePageVec<u8>,
    sections: [Range<usize>; SECTIONS],
    /// Units of the integers for one unit of log-probability.
    pub(super) scale: f32,
    pub(super) tables: WeightTables,
}

impl Parameters {
    /// Those of a file with these sections; none if the sizes of its tables do not agree.
    pub(super) fn new(file: &[u8], stored: &[Range<usize>; SECTIONS], scale: f32) -> Option<Self> {
        let mut sections: [Range<usize>; SECTIONS] = std::array::from_fn(|_| 0..0);
        let mut end = 0;
        for (at, section) in sections.iter_mut().enumerate().take(PRECOMPUTED) {
            let stored = file.get(stored[at].clone())?;
            let len = STORAGE[at].unpacked_len(stored)?;
            *section = end..end + len;
            end += len;
        }
        let mut bytes = HugePageVec::new(end);
        for (at, section) in sections.iter().enumerate().take(PRECOMPUTED) {
            let (stored, section) = (file.get(stored[at].clone())?, bytes.get_mut(section.clone())?);
            STORAGE[at].unpack(stored, section)?;
        }
        let mut parameters = Self { bytes, sections, scale, tables: WeightTables::default() };
        let tables = (parameters.features_from(WORDS), parameters.features_from(PAIRS));
        let (Some(table), Some(_)) = tables else { return None };
        parameters.tables = WeightTables::new(&table, &parameters.vocabulary());
        Some(parameters)
    }

    fn section(&self, at: usize) -> &[u8] {
        self.bytes.get(self.sections[at].clone()).unwrap_or_default()
    }

    /// The vocabulary.
    pub(super) fn vocabulary(&self) -> Vocabulary<'_> {
        Vocabulary::new(self.section(VOCABULARY), self.section(VOCABULARY + 1), self.section(VOCABULARY + 2))
    }

    fn features_from(&self, section: usize) -> Option<Table<'_>> {
        Table::new(self.section(section), self.section(section + 1), self.section(section + 2))
    }

    /// The table of what words say.
    #[inline]
    pub(super) fn table(&self) -> Table<'_> {
        // The sizes were checked when the model was read.
        self.features_from(WORDS).unwrap_or_default()
    }

    /// The table of what pairs of stems say.
    #[inline]
    pub(super) fn pairs(&self) -> Table<'_> {
        self.features_from(PAIRS).unwrap_or_default()
    }

    /// Units of log-probability as the integers that scores are.
    #[inline]
    pub(super) fn bias(&self, weight: f32) -> i16 {
        (weight * self.scale) as i16
    }

    /// The weights of a feature, zero if it is not known.
    pub(super) fn weights(&self, feature: u64) -> Weights {
        let table = if is_pair(feature) { self.pairs() } else { self.table() };
        table.weights(feature)
    }
}
