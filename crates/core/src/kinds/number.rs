//! `number.*`: numbers, shares, amounts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::json::Object;

/// How a number is hedged; the approximator itself stays outside of the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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
    pub const fn new(value: Decimal) -> Self {
        Self { value: Some(value), magnitude: None, unit: None, modifier: None }
    }

    /// Appends what serde gives.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let Self { value, magnitude, unit, modifier } = self;
        let mut object = Object::new(out);
        match value {
            Some(value) => object.decimal("value", *value)?,
            None => object.null("value"),
        }
        if let Some(magnitude) = magnitude {
            object.decimal("magnitude", *magnitude)?;
        }
        if let Some(unit) = unit {
            object.string("unit", unit)?;
        }
        if let Some(modifier) = modifier {
            object.other("mod", modifier)?;
        }
        object.end();
        Ok(())
    }
}

/// `number.ordinal`: `الثامن` 8, `أول` 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ordinal {
    /// An integer.
    pub value: Decimal,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Ordinal {
    /// Appends what serde gives.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let mut object = Object::new(out);
        object.decimal("value", self.value)?;
        if let Some(modifier) = &self.modifier {
            object.other("mod", modifier)?;
        }
        object.end();
        Ok(())
    }
}

/// `number.fraction`: `نصف` 1/2, `واحد ونصف` 3/2.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fraction {
    /// `p/q` as written or spoken, not reduced beyond that.
    pub value: String,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

/// `number.percent`: `100%`, `خمسة بالمئة`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Percent {
    /// 100 is 100 %.
    pub value: Decimal,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Percent {
    /// Appends what serde gives.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let Self { value, modifier } = self;
        let mut object = Object::new(out);
        object.decimal("value", *value)?;
        if let Some(modifier) = modifier {
            object.other("mod", modifier)?;
        }
        object.end();
        Ok(())
    }
}

/// `number.money`: `3 ملايين دولار` is 3000000 USD.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// The amount in the currency's main unit (`231 مليما` is 0.231 TND); `None` where it is indefinite.
    pub value: Option<Decimal>,
    /// ISO 4217; `None` where nothing tells which dinar or pound is meant.
    pub currency: Option<String>,
    /// How the number is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

impl Money {
    /// Appends what serde gives.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let Self { value, currency, modifier } = self;
        let mut object = Object::new(out);
        match value {
            Some(value) => object.decimal("value", *value)?,
            None => object.null("value"),
        }
        object.string_or_null("currency", currency.as_deref())?;
        if let Some(modifier) = modifier {
            object.other("mod", modifier)?;
        }
        object.end();
        Ok(())
    }
}

/// `number.quantity`: `5 كيلومترات` is 5 kilometer. Not of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// Appends what serde gives.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let Self { value, unit, modifier } = self;
        let mut object = Object::new(out);
        match value {
            Some(value) => object.decimal("value", *value)?,
            None => object.null("value"),
        }
        object.string("unit", unit)?;
        if let Some(modifier) = modifier {
            object.other("mod", modifier)?;
        }
        object.end();
        Ok(())
    }
}

/// `number.range`: `بين 3 و5`. Both bounds are inclusive as far as the text tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Range {
    /// The lower bound.
    pub low: Decimal,
    /// The upper bound.
    pub high: Decimal,
    /// ISO 4217, of a range of money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// CLDR unit name (`percent` for shares), of a range of quantities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How the range is hedged.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
}

/// `number.score`: `2-1`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Score {
    /// `a-b` in the order of the text.
    pub value: String,
}

/// `number.ratio`: `7 من جملة 22` is 7/22.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ratio {
    /// `a/b`.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn numbers_are_written_as_serde_writes_them() {
        let written = |value: &dyn Fn(&mut Vec<u8>) -> Result<(), serde_json::Error>| {
            let mut out = Vec::new();
            value(&mut out).expect("written");
            String::from_utf8(out).expect("UTF-8")
        };
        let decimals = ["0", "7", "-7", "1250", "18446744073709551615", "18446744073709551616", "4.75", "-0.5", "0.0"];
        for decimal in decimals {
            let value: Decimal = decimal.parse().expect("a decimal");
            for modifier in [None, Some(Modifier::Approx), Some(Modifier::EqualOrMore)] {
                let ordinal = Ordinal { value, modifier };
                assert_eq!(written(&|out| ordinal.write_json(out)), serde_json::to_string(&ordinal).expect("JSON"));
                let percent = Percent { value, modifier };
                assert_eq!(written(&|out| percent.write_json(out)), serde_json::to_string(&percent).expect("JSON"));
                for (value, currency) in [(Some(value), Some("TND".to_owned())), (None, None)] {
                    let money = Money { value, currency, modifier };
                    assert_eq!(written(&|out| money.write_json(out)), serde_json::to_string(&money).expect("JSON"));
                    let quantity = Quantity { value, unit: "square-meter".to_owned(), modifier };
                    let json = serde_json::to_string(&quantity).expect("JSON");
                    assert_eq!(written(&|out| quantity.write_json(out)), json);
                }
                for unit in [None, Some("شخص".to_owned()), Some("\"\\\n\u{1}".to_owned())] {
                    for value in [Some(value), None] {
                        let number = Cardinal { value, magnitude: value, unit: unit.clone(), modifier };
                        assert_eq!(
                            written(&|out| number.write_json(out)),
                            serde_json::to_string(&number).expect("JSON")
                        );
                    }
                }
            }
        }
    }
}
