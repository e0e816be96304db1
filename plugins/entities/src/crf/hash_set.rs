//! Sets of hashes that are asked for far more than they hold.

/// A set of hashes that is filled once: open addressing, with slots so many that most hashes that are not in the set meet an
/// empty one first.
#[derive(Clone, Debug, Default)]
pub(crate) struct HashSet64 {
    /// For each place the number of a hash from 1; 0 where there is none.
    slots: Vec<u32>,
    /// How far a spread hash is shifted to give its place.
    shift: u32,
    hashes: Vec<u64>,
}

/// Slots for each hash, at least.
const SLOTS: usize = 8;
/// Fewest slots.
const FEWEST: usize = 64;

impl HashSet64 {
    /// Takes the place of what was in the set.
    pub(crate) fn fill(&mut self, hashes: impl Iterator<Item = u64>) {
        self.hashes.clear();
        self.hashes.extend(hashes);
        let slots = (self.hashes.len() * SLOTS).max(FEWEST).next_power_of_two();
        self.shift = u64::BITS - slots.trailing_zeros();
        self.slots.clear();
        self.slots.resize(slots, 0);
        let mut count = 0;
        for at in 0..self.hashes.len() {
            let hash = self.hashes[at];
            let (slot, found) = self.slot(hash);
            if found.is_none() {
                self.hashes[count] = hash;
                count += 1;
                self.slots[slot] = count as u32;
            }
        }
        self.hashes.truncate(count);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.hashes.len()
    }

    /// The number of a hash, in the order in which they came.
    #[inline]
    pub(crate) fn position(&self, hash: u64) -> Option<usize> {
        if self.hashes.is_empty() { None } else { self.slot(hash).1 }
    }

    #[inline]
    pub(crate) fn contains(&self, hash: u64) -> bool {
        self.position(hash).is_some()
    }

    /// Where the search for a hash ends, and its number if it is there.
    #[inline]
    fn slot(&self, hash: u64) -> (usize, Option<usize>) {
        let mask = self.slots.len() - 1;
        let mut slot = (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize & mask;
        loop {
            let Some(number) = (self.slots[slot] as usize).checked_sub(1) else { return (slot, None) };
            if self.hashes[number] == hash {
                return (slot, Some(number));
            }
            slot = (slot + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_is_found_and_nothing_else() {
        let hash = |at: u64| at.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mut hashes = HashSet64::default();
        assert!(hashes.is_empty() && !hashes.contains(0));
        for count in [1, 50, 5_000] {
            hashes.fill((0..count).chain(0..count / 2).map(hash));
            assert_eq!(hashes.len(), count as usize);
            assert!((0..count).all(|at| hashes.position(hash(at)) == Some(at as usize)));
            assert!(!(count..count + 1_000).any(|at| hashes.contains(hash(at))));
        }
        hashes.fill(std::iter::once(7));
        assert!(hashes.contains(7) && !hashes.contains(hash(3)));
        hashes.fill(std::iter::empty());
        assert!(!hashes.contains(7));
    }
}
