//! A set of hashes that may hold a few others as well, asked for up to 64 of them at once.

use crate::{Kernel, Path};

/// A Bloom filter over 64-bit hashes: each sets two bits of one block of 64, so that one load tells.
#[derive(Clone, Debug)]
pub struct Filter {
    /// A power of two of them.
    blocks: Vec<u64>,
    kernel: Kernel,
}

/// Bits for each hash at the least; so one foreign hash in thirty passes.
const BITS: usize = 12;

/// Two bits of the 64 in the block of a hash.
#[inline]
const fn bits(hash: u64) -> u64 {
    1 << (hash >> 32 & 63) | 1 << (hash >> 40 & 63)
}

impl Filter {
    /// A filter of these hashes, which passes all of them.
    pub fn new(hashes: &[u64]) -> Self {
        Self::with_kernel(hashes, Kernel::default())
    }

    /// The same with a kernel of one's choice; all give the same.
    pub fn with_kernel(hashes: &[u64], kernel: Kernel) -> Self {
        // There is a block even where there is no hash.
        let size = (hashes.len() * BITS).div_ceil(64).next_power_of_two();
        let mut blocks = vec![0; size];
        for hash in hashes {
            blocks[*hash as usize & (size - 1)] |= bits(*hash);
        }
        Self { blocks, kernel }
    }

    /// Whether a hash may be among those of the filter: one load, without a branch.
    #[inline]
    pub fn may_hold(&self, hash: u64) -> bool {
        let bits = bits(hash);
        self.blocks[hash as usize & (self.blocks.len() - 1)] & bits == bits
    }

    /// [`Filter::may_hold`] for the first 64 hashes, a bit each, the first of them the lowest.
    #[inline]
    pub fn among(&self, hashes: &[u64]) -> u64 {
        let hashes = hashes.get(..64).unwrap_or(hashes);
        match self.kernel.0 {
            Path::Scalar => (0..).zip(hashes).fold(0, |all, (at, hash)| all | u64::from(self.may_hold(*hash)) << at),
            // SAFETY: the paths are made on machines that have the instructions, the blocks are a power of two, and the
            // hashes are no more than 64.
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 => unsafe { crate::avx2::among(&self.blocks, hashes) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 => unsafe { crate::avx512::among(&self.blocks, hashes) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look like hashes.
    fn hashes(from: u64, count: u64) -> Vec<u64> {
        (from..from + count).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(17)).collect()
    }

    #[test]
    fn all_kernels_pass_the_same() {
        for size in [0, 1, 100, 5_000] {
            let known = hashes(0, size);
            let simple = Filter::with_kernel(&known, Kernel(Path::Scalar));
            for kernel in Kernel::all() {
                let filter = Filter::with_kernel(&known, *kernel);
                assert!(known.chunks(64).all(|some| filter.among(some).count_ones() as usize == some.len()));
                for len in 0..=130 {
                    let some = hashes(size.saturating_sub(20), len);
                    assert_eq!(filter.among(&some), simple.among(&some), "{}: {len} of {size}", kernel.name());
                }
            }
        }
    }

    #[test]
    fn most_others_are_sent_away() {
        let filter = Filter::new(&hashes(0, 5_000));
        let passed = hashes(5_000, 10_000).into_iter().filter(|hash| filter.may_hold(*hash)).count();
        assert!(passed < 600, "{passed} of 10000");
    }
}
