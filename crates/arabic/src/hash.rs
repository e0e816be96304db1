//! The stable hash of a folded word.

/// A 64-bit hash of a folded word. It is the same in every build, on every machine and over the C interface, so that
/// lexicons can be keyed by it.
///
/// FNV-1a with a final mix (the finaliser of MurmurHash3), which spreads short words over the high bits.
pub const fn hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        state = (state ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    state ^= state >> 33;
    state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^ (state >> 33)
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_never_changes() {
        const AT_COMPILE_TIME: u64 = hash("خبر");
        assert_eq!(AT_COMPILE_TIME, hash("خبر"));
        assert_ne!(hash("خبر"), hash("خبره"));
    }
}
