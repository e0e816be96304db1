//! Sets of hashes that are asked for far more than they hold.

/// Tells most hashes that are not in a set of a few dozen from those that may be, without a look at the set: a Bloom filter of
/// one bit a hash.
#[derive(Clone, Copy, Debug, Default)]
struct Sieve([u64; 16]);

impl Sieve {
    fn insert(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= bit;
    }

    /// False for no hash that was inserted.
    #[inline]
    fn may_hold(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] & bit != 0
    }

    #[inline]
    fn place(hash: u64) -> (usize, u64) {
        let spread = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((spread >> 60) as usize, 1 << (spread >> 54 & 63))
    }
}

/// A set of hashes that is filled once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hashes {
    sieve: Sieve,
    sorted: Vec<u64>,
}

impl Hashes {
    /// Takes the place of what was in the set.
    pub(crate) fn fill(&mut self, hashes: impl Iterator<Item = u64>) {
        self.sorted.clear();
        self.sorted.extend(hashes);
        self.sorted.sort_unstable();
        self.sorted.dedup();
        self.sieve = Sieve::default();
        self.sorted.iter().for_each(|hash| self.sieve.insert(*hash));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.sorted.len()
    }

    /// The place of a hash among all in their order.
    #[inline]
    pub(crate) fn position(&self, hash: u64) -> Option<usize> {
        if self.sieve.may_hold(hash) { self.sorted.binary_search(&hash).ok() } else { None }
    }

    #[inline]
    pub(crate) fn contains(&self, hash: u64) -> bool {
        self.position(hash).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_is_found_and_nothing_else() {
        let hash = |at: u64| at.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mut hashes = Hashes::default();
        assert!(hashes.is_empty());
        hashes.fill((0..50).map(hash));
        assert!((0..50).all(|at| hashes.contains(hash(at))));
        assert!(!(50..1_050).any(|at| hashes.contains(hash(at))));
        assert!((50..1_050).filter(|at| hashes.sieve.may_hold(hash(*at))).count() < 100);
        hashes.fill(std::iter::once(7));
        assert!(hashes.contains(7) && !hashes.contains(hash(3)));
    }
}
