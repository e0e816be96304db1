//! Consistency of a document: a word that is a name of one type in one place is most often one in others.

use khabar_extractor::{Cancel, ExtractError};

use super::hash_set::HashSet64;
use super::labels::Label;
use super::word_info::StemInfo;

/// People, places, organisations, others.
const TYPES: usize = 4;

/// What the labels of a piece say of its stems.
#[derive(Debug, Default)]
pub(super) struct Consistency {
    /// The stems that are part of a name.
    stems: HashSet64,
    counts: Vec<Counts>,
    /// The words that have such a stem, and which it is.
    at: Vec<(u32, u32)>,
}

/// How often a stem is there: its occurrences, and those with each type.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    all: u16,
    of_type: [u16; TYPES],
}

impl Counts {
    /// The occurrences of the stem.
    pub(super) const fn all(&self) -> u16 {
        self.all
    }

    /// Whether all have the type of this label.
    pub(super) fn agree_with(&self, label: Label) -> bool {
        type_of(label).is_some_and(|which| self.of_type[which] == self.all)
    }

    /// The types that some have, and their shares of a weight.
    pub(super) fn shares(&self, weight: f32) -> impl Iterator<Item = (usize, f32)> {
        let all = f32::from(self.all);
        let counts = self.of_type.into_iter().enumerate().filter(|(_, count)| *count != 0);
        counts.map(move |(which, count)| (which, weight * f32::from(count) / all))
    }
}

/// The type of a label; none of `O`.
fn type_of(label: Label) -> Option<usize> {
    usize::from(label.div_ceil(2)).checked_sub(1).filter(|which| *which < TYPES)
}

impl Consistency {
    /// Counts the labels of a piece; says whether there are any stems of names.
    pub(super) fn count(
        &mut self,
        known: &[StemInfo],
        labels: &[Label],
        common: u16,
        cancel: Cancel<'_>,
    ) -> Result<bool, ExtractError> {
        self.at.clear();
        let named = known.iter().zip(labels).filter(|(known, label)| **label != 0 && known.stem_count < common);
        self.stems.fill(named.map(|(known, _)| known.stem));
        if self.stems.is_empty() {
            return Ok(false);
        }
        self.counts.clear();
        self.counts.resize(self.stems.len(), Counts::default());
        for (at, (known, label)) in known.iter().zip(labels).enumerate() {
            cancel.check_at(at)?;
            if let Some(stem) = self.stems.position(known.stem) {
                let count = &mut self.counts[stem];
                count.all = count.all.saturating_add(1);
                if let Some(which) = type_of(*label).filter(|_| known.stem_count < common) {
                    count.of_type[which] = count.of_type[which].saturating_add(1);
                }
                self.at.push((at as u32, stem as u32));
            }
        }
        Ok(true)
    }

    /// The words of the piece whose stems are part of a name, in their order.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, Counts)> {
        self.at.iter().filter_map(|(at, stem)| Some((*at as usize, *self.counts.get(*stem as usize)?)))
    }

    #[cfg(test)]
    pub(super) fn capacity(&self) -> usize {
        self.at.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_labels_of_a_piece_say() {
        let info = |stem| StemInfo { stem, stem_count: stem as u16, ..StemInfo::default() };
        let known = [1, 2, 1, 3, 1, 9, 9].map(info);
        let mut consistency = Consistency::default();
        assert!(!consistency.count(&known, &[0; 7], 5, Cancel::NEVER).expect("nobody cancels"));
        let counted = consistency.count(&known, &[3, 0, 1, 0, 0, 1, 1], 5, Cancel::NEVER).expect("nobody cancels");
        let words: Vec<(usize, Counts)> = consistency.words().collect();
        assert!(counted && words.iter().map(|(at, _)| *at).eq([0, 2, 4]), "9 is common, 2 and 3 are no names");
        let counts = words[0].1;
        assert_eq!((counts.all(), counts.shares(6.0).map(|(which, _)| which).collect::<Vec<_>>()), (3, vec![0, 1]));
        assert!(counts.shares(6.0).all(|(_, share)| share == 2.0));
        assert!(!counts.agree_with(0) && !counts.agree_with(1));
        let all = Counts { all: 2, of_type: [0, 2, 0, 0] };
        assert_eq!([0, 1, 3, 4, 5].map(|label| all.agree_with(label)), [false, false, true, true, false]);
    }
}
