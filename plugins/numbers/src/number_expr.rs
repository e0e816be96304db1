//! A number between grammar and meaning: what is said, before what it counts is known.

use khabar_core::Decimal;
use khabar_extractor::Span;
use khabar_lexicon::Clitics;

use crate::lexicon::NounId;

/// What kind of number a [`NumberExpr`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A cardinal with its value.
    Cardinal,
    /// An ordinal.
    Ordinal,
    /// A fraction: `value` over `denominator`.
    Fraction,
    /// `آلاف`: no definite number, `value` is the power counted.
    Indefinite,
    /// A dual noun, if the lexicon knows it; `value` is 2.
    Dual(Option<NounId>),
    /// So many goals: part of a score or nothing.
    GoalCount,
}

impl Kind {
    /// Whether it is a dual noun.
    pub(crate) const fn is_dual(self) -> bool {
        matches!(self, Self::Dual(_))
    }
}

/// A number alone: words or digits that stand together, without what they count.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberExpr {
    pub kind: Kind,
    /// The name of the rule that found it.
    pub rule: &'static str,
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
    /// What is written together with the front of the first token, outside of the span.
    pub clitics: Clitics,
}

impl NumberExpr {
    /// The decimal value; fractions that are no finite decimal have none here, nor have ordinals and indefinite plurals.
    pub(crate) fn decimal(&self) -> Option<Decimal> {
        match self.kind {
            Kind::Cardinal | Kind::Dual(_) => Some(self.value),
            Kind::Fraction => {
                let quotient = self.value.checked_div(self.denominator)?;
                (quotient.checked_mul(self.denominator) == Some(self.value)).then_some(quotient)
            }
            Kind::Ordinal | Kind::Indefinite | Kind::GoalCount => None,
        }
    }
}
