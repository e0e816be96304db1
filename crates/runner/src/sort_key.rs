//! The order of the output: annotations of several layers in one list.

use khabar_core::Record;

/// The sort key of an annotation in the output, as a number: start, end descending, rank of its kind and source, and the
/// index of its record in the layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SortKey(u128);

impl SortKey {
    pub(crate) fn new(record: &Record, rank: u32, index: u32) -> Self {
        let pair = |high: u32, low: u32| u128::from(u64::from(high) << 32 | u64::from(low));
        Self(pair(record.start, !record.end) << 64 | pair(rank, index))
    }

    /// The rank of its kind and source.
    pub(crate) fn rank(self) -> u32 {
        (self.0 >> 32) as u32
    }

    /// The index of its record.
    pub(crate) fn index(self) -> usize {
        self.0 as u32 as usize
    }
}

/// Merges sorted keys into sorted keys.
pub(crate) fn merge(sorted: &mut Vec<SortKey>, added: &[SortKey]) {
    let (mut old, mut new) = (sorted.len(), added.len());
    sorted.extend_from_slice(added);
    // Merged from the end, so that no key is overwritten before it is moved; without branches, which would be mispredicted.
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
