//! How often words occur in open Arabic text: 178,871 folded forms that occur twice or more in 8.8 million words of
//! Wikipedia (CC BY-SA 4.0) and of the ANT corpus (Apache-2.0).
//!
//! `data/frequency.bin` holds the sum of all counts (eight bytes), then an open-addressed table of four-byte entries, all
//! little-endian: the upper 26 bits are the low bits of the word's [`hash`](crate::hash), the lower 6 are `3 log2(count)`,
//! 0 is an empty slot. A word's first slot is given by the highest bits of its hash. The table is read where it lies:
//! nothing is built at start-up. An unknown word is taken for a known one once in ten million look-ups.
//! `examples/count_words.rs` makes it.

use crate::hash;

static DATA: &[u8] = include_bytes!("../data/frequency.bin");

/// Bytes before the table.
const HEAD: usize = 8;
const SLOTS: usize = (DATA.len() - HEAD) / 4;
const SHIFT: u32 = 64 - SLOTS.trailing_zeros();
const _: () = assert!(SLOTS.is_power_of_two(), "the table's size is a power of two");

/// About how often a folded word occurs in the 8.8 million words that were counted, to a tenth of the count; 0 for a word
/// that occurs once or never.
///
/// ```
/// use khabar_arabic::frequency;
///
/// assert!(100_000 < frequency("في"));
/// assert!(100 < frequency("اوكرانيا"));
/// assert_eq!(frequency("موسكووواشنطن"), 0);
/// ```
pub fn frequency(folded: &str) -> u32 {
    match level(hash(folded)) {
        0 => 0,
        level => (f64::from(level) / 3.0).exp2().round() as u32,
    }
}

/// Asks for the memory that [`level`] of this hash reads.
#[inline]
pub(crate) fn prefetch(key: u64) {
    khabar_simd::prefetch(DATA, HEAD + (key >> SHIFT) as usize * 4);
}

/// `3 log2(count)` of the word with this hash, 0 when it is unknown.
#[inline]
pub(crate) fn level(key: u64) -> u8 {
    let mut slot = (key >> SHIFT) as usize;
    // The table always has empty slots; the bound is for the reader.
    for _ in 0..SLOTS {
        let at = HEAD + slot * 4;
        let entry = match DATA.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()) {
            Some(bytes) => u32::from_le_bytes(bytes),
            None => 0,
        };
        if entry == 0 {
            return 0;
        }
        if entry >> 6 == key as u32 & (u32::MAX >> 6) {
            return (entry & 0x3f) as u8;
        }
        slot = (slot + 1) & (SLOTS - 1);
    }
    0
}

/// `3 log2(count)`, for thresholds.
pub(crate) const fn level_of(count: u32) -> u8 {
    // log2 in steps of a third by the cube.
    let cube = (count as u128) * (count as u128) * (count as u128);
    cube.ilog2() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_near() {
        for (word, count) in [("في", 346_000), ("موسكو", 521), ("واشنطن", 480), ("اوكرانيا", 389), ("المتحده", 8606)]
        {
            let found = frequency(word);
            assert!(found.abs_diff(count) < count / 7, "{word}: {found}");
        }
        assert_eq!([level_of(1), level_of(2), level_of(8), level_of(20)], [0, 3, 9, 12]);
    }
}
