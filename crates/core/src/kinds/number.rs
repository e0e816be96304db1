//! `number.*`: numbers, shares, amounts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{CurrencyCode, Points, Quotient};

/// How a number is hedged; the approximator itself stays outside of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Modifier {
    /// `نحو`, `حوالي`, `ما يقارب`.
    Approx,
    /// `أكثر من`, `تجاوز`.
    MoreThan,
    /// `أقل من`.
    LessThan,
    /// `ما لا يقل عن`.
    EqualOrMore,
    /// `ما لا يزيد عن`, `حتى`.
    EqualOrLess,
}

/// `number.cardinal`: `ثلاث` 3, `3.5 مليون` 3500000, the dual `شخصين` 2, the indefinite plural `آلاف`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cardinal {
    /// The number; `None` for indefinite plurals.
    pub value: Option<Decimal>,
    /// Of an indefinite plural: the power that it counts (`آلاف` 1000).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub magnitude: Option<Decimal>,
    /// Of a dual noun: its singular (`شخصين` → `شخص`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Cardinal {
    /// A plain number.
    pub fn new(value: impl Into<Decimal>) -> Self {
        Self { value: Some(value.into()), magnitude: None, unit: None, modifier: None }
    }

    /// An indefinite plural of a power: `آلاف` is of 1000.
    pub fn indefinite(magnitude: impl Into<Decimal>) -> Self {
        Self { value: None, magnitude: Some(magnitude.into()), unit: None, modifier: None }
    }

    /// The same with the singular of a dual noun.
    #[must_use]
    pub fn with_unit(self, unit: impl Into<Option<String>>) -> Self {
        Self { unit: unit.into(), ..self }
    }
}

/// `number.ordinal`: `الثامن` 8, `أول` 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ordinal {
    /// An integer.
    pub value: Decimal,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Ordinal {
    /// An ordinal without a hedge.
    pub fn new(value: impl Into<Decimal>) -> Self {
        Self { value: value.into(), modifier: None }
    }
}

/// `number.fraction`: `نصف` 1/2, `واحد ونصف` 3/2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fraction {
    /// As written or spoken, not reduced beyond that.
    pub value: Quotient,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Fraction {
    /// A fraction without a hedge.
    pub const fn new(value: Quotient) -> Self {
        Self { value, modifier: None }
    }
}

/// `number.percent`: `100%`, `خمسة بالمئة`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Percent {
    /// 100 is 100 %.
    pub value: Decimal,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Percent {
    /// A share without a hedge; 100 is 100 %.
    pub fn new(value: impl Into<Decimal>) -> Self {
        Self { value: value.into(), modifier: None }
    }
}

/// `number.money`: `3 ملايين دولار` is 3000000 USD.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Money {
    /// The amount in the currency's main unit (`231 مليما` is 0.231 TND); `None` where it is indefinite.
    pub value: Option<Decimal>,
    /// `None` where nothing tells which dinar or pound is meant.
    pub currency: Option<CurrencyCode>,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Money {
    /// An amount without a hedge, in the currency's main unit.
    pub fn new(value: impl Into<Option<Decimal>>, currency: impl Into<Option<CurrencyCode>>) -> Self {
        Self { value: value.into(), currency: currency.into(), modifier: None }
    }
}

/// `number.quantity`: `5 كيلومترات` is 5 kilometer. Not of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quantity {
    /// How many of the unit; `None` where it is indefinite.
    pub value: Option<Decimal>,
    /// The unit's CLDR name (`kilometer`, `tonne`, `celsius`).
    pub unit: String,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Quantity {
    /// So many of a unit, without a hedge.
    pub fn new(value: impl Into<Option<Decimal>>, unit: impl Into<String>) -> Self {
        Self { value: value.into(), unit: unit.into(), modifier: None }
    }
}

/// `number.range`: `بين 3 و5`. Both bounds are inclusive as far as the text tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Range {
    /// The lower bound.
    pub low: Decimal,
    /// The upper bound.
    pub high: Decimal,
    /// Of a range of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<CurrencyCode>,
    /// CLDR unit name (`percent` for shares), of a range of quantities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How the range is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Range {
    /// A range of plain numbers without a hedge.
    pub fn new(low: impl Into<Decimal>, high: impl Into<Decimal>) -> Self {
        Self { low: low.into(), high: high.into(), currency: None, unit: None, modifier: None }
    }

    /// The same of money.
    #[must_use]
    pub fn with_currency(self, currency: impl Into<Option<CurrencyCode>>) -> Self {
        Self { currency: currency.into(), ..self }
    }

    /// The same of quantities.
    #[must_use]
    pub fn with_unit(self, unit: impl Into<Option<String>>) -> Self {
        Self { unit: unit.into(), ..self }
    }
}

/// `number.score`: `2-1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Score {
    /// In the order of the text.
    pub value: Points,
}

impl Score {
    /// The score of a match.
    pub const fn new(value: Points) -> Self {
        Self { value }
    }
}

/// `number.ratio`: `7 من جملة 22` is 7/22.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ratio {
    /// The part over the whole.
    pub value: Quotient,
}

impl Ratio {
    /// A part of a whole.
    pub const fn new(value: Quotient) -> Self {
        Self { value }
    }
}

/// Gives types with a `modifier` a method that sets it.
macro_rules! hedged {
    ($($type:ident),*) => {
        $(impl $type {
            /// The same with a hedge.
            #[must_use]
            pub fn with_modifier(self, modifier: impl Into<Option<Modifier>>) -> Self {
                Self { modifier: modifier.into(), ..self }
            }
        })*
    };
}

hedged!(Cardinal, Ordinal, Fraction, Percent, Money, Quantity, Range);
