//! The stable hash of a folded word.

/// Odd constants with as many ones as zeros, as wyhash's: each letter of a word reaches every bit of the product.
const FIRST: u64 = 0xa076_1d64_78bd_642f;
const LAST: u64 = 0xe703_7ed1_a0b4_28db;

/// A 64-bit hash of a folded word. It is the same in every build, on every machine and over the C interface, so that
/// lexicons can be keyed by it.
///
/// Eight bytes at a time, low byte first, each group folded in by a multiplication to 128 bits whose halves are joined
/// (as wyhash and rapidhash do), the length at the end. It is fast and spreads well; it does not resist somebody who
/// looks for two words of one hash, so look-ups compare the word as well.
#[must_use]
pub const fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (mut state, mut at) = (LAST, 0);
    while at < bytes.len() {
        let (mut group, mut byte) = (0, 0);
        while byte < 8 && at + byte < bytes.len() {
            group |= (bytes[at + byte] as u64) << (8 * byte);
            byte += 1;
        }
        state = mix(state ^ group, FIRST);
        at += 8;
    }
    mix(state ^ bytes.len() as u64, LAST)
}

/// [`hash`] of `bytes[from..to]`, which must be within `bytes`; whole groups are read where there are bytes left.
#[inline]
pub(crate) fn hash_within(bytes: &[u8], from: usize, to: usize) -> u64 {
    let (mut state, mut at) = (LAST, from);
    while at < to {
        let group = match bytes.get(at..at + 8).and_then(|group| group.try_into().ok()) {
            Some(group) => u64::from_le_bytes(group),
            None => {
                let mut group = [0; 8];
                let rest = &bytes[at..];
                group[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(group)
            }
        };
        let group = if 8 <= to - at { group } else { group & !(u64::MAX << (8 * (to - at))) };
        state = mix(state ^ group, FIRST);
        at += 8;
    }
    mix(state ^ (to - from) as u64, LAST)
}

#[inline]
const fn mix(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_never_changes() {
        const AT_COMPILE_TIME: u64 = hash("خبر");
        assert_eq!(AT_COMPILE_TIME, hash("خبر"));
        assert_eq!(format!("{:016x} {:016x}", hash(""), hash("المتحده")), "8212b59bbdbcc094 944430ef2e94271e");
        assert_ne!(hash("خبر"), hash("خبره"));
    }

    proptest! {
        #[test]
        fn within_a_longer_text_it_is_the_same(before in "\\PC{0,9}", word in "\\PC{0,12}", after in "\\PC{0,9}") {
            let text = format!("{before}{word}{after}");
            let (from, to) = (before.len(), before.len() + word.len());
            prop_assert_eq!(hash_within(text.as_bytes(), from, to), hash(&word));
        }
    }
}
