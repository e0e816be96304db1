//! In which sets a token is: a byte each, from which the sets of 64 tokens are read at once.

use wide::u8x64;

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
        Self(facts.bits() | (tags_of(facts) as u64) << TAGS)
    }

    /// The same of a token that is no more than a letter, if it is: a phrase may end before it, whatever it is.
    #[inline]
    pub(crate) const fn short_if(self, is_short: bool) -> Self {
        Self(self.0 | (is_short as u64) << (TAGS + STOP))
    }

    #[inline]
    pub(crate) const fn facts(self) -> Facts {
        Facts::of_bits(self.0)
    }

    #[inline]
    pub(crate) const fn tags(self) -> u8 {
        (self.0 >> TAGS) as u8
    }
}

/// Where the tags stand in a [`Tagged`]: a byte, the lowest bit of which is a fact.
const TAGS: u32 = Facts::MOST - 1;
const _: () = assert!(TAGS == 56);

// The sets, as the numbers of bits.
pub(crate) const BEGIN: u32 = 1;
pub(crate) const OPENING: u32 = 2;
pub(crate) const BREAK: u32 = 3;
pub(crate) const SIGN: u32 = 4;
/// Words that are known without looking behind proclitics.
pub(crate) const KNOWN: u32 = 5;
pub(crate) const SPELLED: u32 = 6;
pub(crate) const STOP: u32 = 7;

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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tags([u8; 64]);

impl Tags {
    /// In none.
    pub(crate) const NONE: Self = Self([0; 64]);

    #[inline(always)]
    pub(crate) fn set(&mut self, at: usize, tags: u8) {
        self.0[at % 64] = tags;
    }

    /// The tokens that are in a set, a bit each.
    #[inline(always)]
    pub(crate) fn with(&self, tag: u32) -> u64 {
        let bit = u8x64::splat(1 << tag);
        (u8x64::new(self.0) & bit).simd_eq(bit).to_bitmask()
    }
}
