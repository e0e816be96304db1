//! The order of the output: annotations of several layers in one list.

use khabar_core::Record;

/// Where an annotation stands, as a number in the order of the output: start, end from behind, the place of its kind and
/// source, and which record of its layer it is, one below the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey(u128);

impl SortKey {
    pub(crate) fn new(record: &Record, rank: u32, index: u32) -> Self {
        let pair = |high: u32, low: u32| u128::from(u64::from(high) << 32 | u64::from(low));
        Self(pair(record.start, !record.end) << 64 | pair(rank, index))
    }

    /// The place of its kind and source.
    pub(crate) fn rank(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// Its record.
    pub(crate) fn index(self) -> usize {
        self.0 as u32 as usize
    }
}

/// Merges annotations into others; both are sorted.
pub(crate) fn merge(sorted: &mut Vec<SortKey>, added: &[SortKey]) {
    let (mut old, mut new) = (sorted.len(), added.len());
    sorted.extend_from_slice(added);
    // From behind, so that none is overwritten that is still to be moved; without a branch, for none is foreseen.
    while let (Some(last), Some(next)) = (old.checked_sub(1), new.checked_sub(1)) {
        let (last, next) = (sorted[last], added[next]);
        let moves = next < last;
        sorted[old + new - 1] = if moves { last } else { next };
        old -= usize::from(moves);
        new -= usize::from(!moves);
    }
    sorted[..new].copy_from_slice(&added[..new]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn merged_layers_are_sorted(layers in prop::collection::vec(prop::collection::vec(0..20_u128, 0..9), 0..5)) {
            let (mut found, mut all): (Vec<SortKey>, Vec<SortKey>) = Default::default();
            for (at, layer) in (0..).zip(layers) {
                let mut added: Vec<SortKey> = (0..).zip(layer).map(|(index, key)| SortKey(key << 64 | at << 32 | index)).collect();
                all.extend_from_slice(&added);
                added.sort_unstable();
                merge(&mut found, &added);
            }
            all.sort_unstable();
            prop_assert_eq!(found, all);
        }
    }
}
