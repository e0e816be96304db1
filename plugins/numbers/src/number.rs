//! The typed values of this crate.

use khabar_core::kinds::{Cardinal, Fraction, Money, Ordinal, Percent, Quantity, Range, Ratio, Score};
use khabar_core::{Decimal, Value};
use khabar_extractor::{ExtractError, Output, Span};

/// A number of any kind with its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Number {
    /// `ثلاث`, `3.5 مليون`, the dual `شخصين`, the indefinite plural `آلاف`.
    Cardinal(Cardinal),
    /// `الثامن`.
    Ordinal(Ordinal),
    /// `نصف`, `واحد ونصف`.
    Fraction(Fraction),
    /// `100%`.
    Percent(Percent),
    /// `3 ملايين دولار`.
    Money(Money),
    /// `5 كيلومترات`.
    Quantity(Quantity),
    /// `بين 3 و5`.
    Range(Range),
    /// `2-1`.
    Score(Score),
    /// `7 من جملة 22`.
    Ratio(Ratio),
}

impl Number {
    /// The kind's name, `number.cardinal` and so on.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Cardinal(_) => Cardinal::KIND,
            Self::Ordinal(_) => Ordinal::KIND,
            Self::Fraction(_) => Fraction::KIND,
            Self::Percent(_) => Percent::KIND,
            Self::Money(_) => Money::KIND,
            Self::Quantity(_) => Quantity::KIND,
            Self::Range(_) => Range::KIND,
            Self::Score(_) => Score::KIND,
            Self::Ratio(_) => Ratio::KIND,
        }
    }

    /// Place among the numbers of one span: the plain ones first.
    pub(crate) const fn rank(&self) -> u8 {
        match self {
            Self::Cardinal(_) => 0,
            Self::Ordinal(_) => 1,
            Self::Fraction(_) => 2,
            Self::Percent(_) => 3,
            Self::Money(_) => 4,
            Self::Quantity(_) => 5,
            Self::Range(_) => 6,
            Self::Score(_) => 7,
            Self::Ratio(_) => 8,
        }
    }

    /// The one exact value, where there is one: none for a fraction that is no finite decimal, for indefinite plurals,
    /// ranges, scores and ratios.
    pub fn value(&self) -> Option<Decimal> {
        match self {
            Self::Cardinal(n) => n.value,
            Self::Ordinal(n) => Some(n.value),
            Self::Percent(n) => Some(n.value),
            Self::Money(n) => n.value,
            Self::Quantity(n) => n.value,
            Self::Fraction(n) => n.value.to_decimal(),
            Self::Range(_) | Self::Score(_) | Self::Ratio(_) => None,
        }
    }

    pub(crate) fn push(&self, span: Span, confidence: f32, out: &mut Output<'_>) -> Result<(), ExtractError> {
        match self {
            Self::Cardinal(n) => out.push(span, confidence, n),
            Self::Ordinal(n) => out.push(span, confidence, n),
            Self::Fraction(n) => out.push(span, confidence, n),
            Self::Percent(n) => out.push(span, confidence, n),
            Self::Money(n) => out.push(span, confidence, n),
            Self::Quantity(n) => out.push(span, confidence, n),
            Self::Range(n) => out.push(span, confidence, n),
            Self::Score(n) => out.push(span, confidence, n),
            Self::Ratio(n) => out.push(span, confidence, n),
        }
    }
}
