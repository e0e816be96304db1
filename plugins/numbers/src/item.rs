//! What the grammar of number words builds and the later steps read.

use khabar_core::Decimal;
use khabar_extractor::Span;

use crate::words::{Preposition, Word};

/// A token that may be part of a number: a number word, or digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub token: u32,
    pub word: Word,
}

/// What sort of number an [`Item`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A cardinal with its value.
    Cardinal,
    /// An ordinal.
    Ordinal,
    /// A fraction: `value` over `denominator`.
    Fraction,
    /// `آلاف`: no definite number, `value` is the power counted.
    Plural,
    /// A dual noun; `value` is 2.
    Dual,
    /// So many goals: part of a score or nothing.
    Tally,
}

/// A number alone: words or digits that stand together, without what they count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item {
    pub sort: Sort,
    pub value: Decimal,
    pub denominator: Decimal,
    /// First and last token.
    pub first: u32,
    pub last: u32,
    pub span: Span,
    /// The power of the last scale word (`ملايين` 1000000), else 1: what `5` borrows in `5 و6 ملايين`.
    pub scale: Decimal,
    /// The first token is digits.
    pub digits: bool,
    /// Bytes of the first token's folded form that are proclitics.
    pub skip: u8,
    /// `و` is written with the first token.
    pub conjunction: bool,
    /// A preposition is written with the first token.
    pub preposition: Preposition,
}
