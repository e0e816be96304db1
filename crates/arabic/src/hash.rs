//! The stable hash of a folded word.

/// Odd constants with as many ones as zeros, as wyhash's: each letter of a word reaches every bit of the product.
const FIRST: u64 = 0xa076_1d64_78bd_642f;
const SECOND: u64 = 0xe703_7ed1_a0b4_28db;
const LAST: u64 = 0x8ebc_6af0_9c88_c6e3;

/// Which bits of three groups are a word's of so many bytes, and whether it has a third group.
const MASKS: [[u64; 4]; 25] = {
    let mut masks = [[0; 4]; 25];
    let mut len = 0;
    while len < masks.len() {
        let mut byte = 0;
        while byte < len {
            masks[len][byte / 8] |= 0xff << (8 * (byte % 8));
            byte += 1;
        }
        masks[len][3] = if 16 < len { u64::MAX } else { 0 };
        len += 1;
    }
    masks
};

/// A 64-bit hash of a folded word. It is the same in every build, on every machine and over the C interface, so that
/// lexicons can be keyed by it.
///
/// Eight bytes at a time, low byte first, zeros after the end: a multiplication to 128 bits, whose halves are joined, of
/// the first two groups, one for each further group, one with the length (as wyhash and rapidhash do). It is fast, since
/// nine words of ten have no more than two groups, and spreads well; it does not resist somebody who looks for two words
/// of one hash, so [`WordMap`](crate::WordMap) compares the word as well.
#[must_use]
pub const fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut state = mix(group(bytes, 0) ^ FIRST, group(bytes, 8) ^ SECOND);
    let mut at = 16;
    while at < bytes.len() {
        state = mix(state ^ group(bytes, at), FIRST);
        at += 8;
    }
    mix(state ^ bytes.len() as u64, LAST)
}

/// Eight bytes from `at` on, zeros after the end.
const fn group(bytes: &[u8], at: usize) -> u64 {
    if bytes.len() <= at {
        return 0;
    }
    let (_, rest) = bytes.split_at(at);
    if let Some(group) = rest.first_chunk() {
        return u64::from_le_bytes(*group);
    }
    // Fewer than eight, without a loop whose end nobody foresees: those before them are shifted out, or reads overlap.
    let len = rest.len() as u32;
    if let Some(last) = bytes.last_chunk() {
        return u64::from_le_bytes(*last) >> (64 - 8 * len);
    }
    if let (Some(first), Some(last)) = (rest.first_chunk(), rest.last_chunk()) {
        return u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*last) as u64) << (8 * len - 32);
    }
    let half = len / 2;
    rest[0] as u64 | (rest[half as usize] as u64) << (8 * half) | (rest[len as usize - 1] as u64) << (8 * (len - 1))
}

/// [`hash`] of the word `bytes[from..to]`, which must be within `bytes`: of a word within a longer text, where whole groups
/// may be read, it is much faster than [`hash`].
#[must_use]
#[inline(always)]
pub fn hash_within(bytes: &[u8], from: usize, to: usize) -> u64 {
    let len = to - from;
    let Some(head) = bytes.get(from..).and_then(|rest| rest.first_chunk::<24>()) else {
        return at_the_end(bytes, from, to);
    };
    // No branch, since nobody foresees how long the words of a text are.
    let masks = &MASKS[len.min(MASKS.len() - 1)];
    let group = |n: usize| head[8 * n..].first_chunk().map_or(0, |group| u64::from_le_bytes(*group)) & masks[n];
    let mut state = mix(group(0) ^ FIRST, group(1) ^ SECOND);
    let longer = mix(state ^ group(2), FIRST);
    state ^= (state ^ longer) & masks[3];
    let mut at = from + 24;
    while at < to {
        let Some(group) = bytes.get(at..).and_then(|rest| rest.first_chunk()) else {
            return at_the_end(bytes, from, to);
        };
        let group = u64::from_le_bytes(*group);
        let group = if 8 <= to - at { group } else { group & !(u64::MAX << (8 * (to - at))) };
        state = mix(state ^ group, FIRST);
        at += 8;
    }
    mix(state ^ len as u64, LAST)
}

/// The same a byte at a time, for the last words of a text.
#[cold]
fn at_the_end(bytes: &[u8], from: usize, to: usize) -> u64 {
    let word = bytes.get(from..to).unwrap_or_default();
    let mut state = mix(group(word, 0) ^ FIRST, group(word, 8) ^ SECOND);
    for at in (16..word.len()).step_by(8) {
        state = mix(state ^ group(word, at), FIRST);
    }
    mix(state ^ word.len() as u64, LAST)
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
        assert_eq!(format!("{:016x} {:016x}", hash(""), hash("المتحده")), "a5506ff52926ac13 7f7d627d80d7e9b1");
        assert_ne!(hash("خبر"), hash("خبره"));
    }

    proptest! {
        #[test]
        fn within_a_longer_text_it_is_the_same(before in "\\PC{0,9}", word in "\\PC{0,24}", after in "\\PC{0,9}") {
            let text = format!("{before}{word}{after}");
            let (from, to) = (before.len(), before.len() + word.len());
            prop_assert_eq!(hash_within(text.as_bytes(), from, to), hash(&word));
        }
    }
}
