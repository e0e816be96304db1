//! In which sets a token is: a byte each, from which the sets of 64 tokens are read at once.

use crate::facts::Facts;
use crate::phrase::{ENDS_BEHIND, IN_PHRASE};

/// The words that may begin a report.
pub(crate) const BEGINS: Facts = Facts::CUE.with(Facts::LIMIT).with(Facts::ACCORDING);
pub(crate) const OPENINGS: Facts = Facts::THAT.with(Facts::COLON).with(Facts::OPEN);
pub(crate) const BREAKS: Facts = Facts::CLAUSE.with(Facts::THAT).with(Facts::COMMA);
pub(crate) const SIGNS: Facts = OPENINGS
    .with(Facts::STOP)
    .with(Facts::ACCORDING)
    .with(Facts::CONTRAST)
    .with(Facts::CUE)
    .with(Facts::OUTLET)
    .with(Facts::OUTLET_NAME)
    .with(Facts::CORRESPONDENT);

/// What is known of a token, and which of the sets of the tagger it is in, in one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tagged(u64);

impl Tagged {
    /// A word of which nothing is known.
    pub(crate) const WORD: Self = Self::new(Facts::WORD);

    pub(crate) const fn new(facts: Facts) -> Self {
        Self::with(facts, tags_of(facts))
    }

    /// The facts with tags of one's own.
    #[inline]
    pub(crate) const fn with(facts: Facts, tags: u8) -> Self {
        Self(facts.bits() | (tags as u64) << Facts::MOST)
    }

    #[inline]
    pub(crate) const fn facts(self) -> Facts {
        Facts::of_bits(self.0)
    }

    #[inline]
    pub(crate) const fn tags(self) -> u8 {
        (self.0 >> Facts::MOST) as u8
    }
}

// The sets, as the numbers of bits.
pub(crate) const BEGIN: u32 = 0;
pub(crate) const OPENING: u32 = 1;
pub(crate) const BREAK: u32 = 2;
pub(crate) const SIGN: u32 = 3;
/// Words that are known without looking behind proclitics.
pub(crate) const KNOWN: u32 = 4;
pub(crate) const SPELLED: u32 = 5;
pub(crate) const STOP: u32 = 6;

/// In which sets a token is of which this is known.
pub(crate) const fn tags_of(facts: Facts) -> u8 {
    (facts.is(BEGINS) as u8) << BEGIN
        | (facts.is(OPENINGS) as u8) << OPENING
        | (facts.is(BREAKS) as u8) << BREAK
        | (facts.is(SIGNS) as u8) << SIGN
        | (facts.is(Facts::CLASSES.with(Facts::CUE)) as u8) << KNOWN
        | (facts.is(Facts::SPELLED) as u8) << SPELLED
        | ((!facts.is(IN_PHRASE) || facts.is(ENDS_BEHIND)) as u8) << STOP
}

/// In which sets each of 64 tokens is.
pub(crate) struct Tags(pub(crate) [u8; 64]);

impl Tags {
    #[inline(always)]
    pub(crate) fn set(&mut self, at: usize, tags: u8) {
        self.0[at % 64] = tags;
    }

    /// The tokens that are in a set. One copy of it, since code that comes from far away takes longer than a call.
    #[inline(never)]
    pub(crate) fn with(&self, tag: u32) -> Some64 {
        let (eights, _) = self.0.as_chunks();
        let bits = |eight: &[u8; 8]| {
            // The product brings the lowest bits of eight bytes together in the highest byte.
            let lowest = u64::from_le_bytes(*eight) >> tag & 0x0101_0101_0101_0101;
            lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
        };
        Some64(eights.iter().rev().fold(0, |all, eight| all << 8 | bits(eight)))
    }
}

/// Some of 64 tokens, a bit each. Sets are written without a branch: which tokens are in one, no processor foresees.
#[derive(Clone, Copy, Default)]
pub(crate) struct Some64(pub(crate) u64);

impl Some64 {
    /// Adds a token where `holds`.
    #[inline(always)]
    pub(crate) fn add(&mut self, at: usize, holds: bool) {
        self.0 |= u64::from(holds) << (at & 63);
    }

    /// Takes a token out where `holds`.
    #[inline(always)]
    pub(crate) fn remove(&mut self, at: usize, holds: bool) {
        self.0 &= !(u64::from(holds) << (at & 63));
    }

    #[inline(always)]
    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl Iterator for Some64 {
    type Item = usize;

    /// Takes the first out.
    #[inline(always)]
    fn next(&mut self) -> Option<usize> {
        let first = (self.0 != 0).then(|| self.0.trailing_zeros() as usize);
        self.0 &= self.0.wrapping_sub(1);
        first
    }
}
