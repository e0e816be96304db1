//! A few words that a rule asks for by themselves.

use khabar_arabic::hash;

/// A few folded words, told by their hashes: without a branch, and without reading the text.
pub(crate) struct Few<const N: usize>([u64; N]);

impl<const N: usize> Few<N> {
    /// These words, which must be written as folding leaves them.
    pub(crate) const fn of(words: [&str; N]) -> Self {
        let (mut keys, mut at) = ([0; N], 0);
        while at < N {
            keys[at] = hash(words[at]);
            at += 1;
        }
        Self(keys)
    }

    /// Whether the word of a hash is one of them.
    #[inline]
    pub(crate) fn has(&self, key: u64) -> bool {
        self.0.iter().fold(false, |found, known| found | (*known == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        const FEW: Few<2> = Few::of(["لا", "لم"]);
        assert!(FEW.has(hash("لا")) && FEW.has(hash("لم")));
        assert!(!FEW.has(hash("لن")) && !FEW.has(hash("")) && !FEW.has(0));
    }
}
