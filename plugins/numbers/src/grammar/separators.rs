//! Which mark separates thousands and which decimals, where three digits follow it.

use khabar_core::Decimal;
use khabar_extractor::Country;
use serde::{Deserialize, Serialize};

use super::digits::Reading;

/// How `1.250` and `1,250` are read, where nothing else tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Separators {
    /// By the document's country, by what follows (`2,803 مليار`) and by the shape of the number.
    #[default]
    Auto,
    /// The full stop separates decimals, the comma thousands: `1,250.5`.
    Point,
    /// The comma separates decimals, the full stop thousands: `1.250,5`.
    Comma,
}

/// What stands after an ambiguous number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// A scale word or a percent sign: nobody writes 120.000 million for 120 thousand million.
    Scaled,
    /// A currency whose thousandths are coins (`دينار`), in which prices have three decimals.
    Thousandths,
    /// A noun that is counted, in the accusative: `4٫032 فردا`.
    Counted,
    /// Anything else.
    Other,
}

impl Separators {
    /// `Auto` resolved by the country. In the Maghreb, French custom has the comma for decimals.
    pub(crate) fn in_country(self, country: Option<Country>) -> Self {
        match (self, country) {
            (Self::Auto, Some(country)) if matches!(country.code(), "TN" | "DZ" | "MA" | "MR") => Self::Comma,
            (chosen, _) => chosen,
        }
    }

    /// The value of a number, its ambiguous group decided.
    pub(crate) fn resolve(self, reading: Reading, after: After) -> Decimal {
        let Some(thousands) = reading.thousands else { return reading.value };
        let as_thousands = match (self, after) {
            (_, After::Scaled) => false,
            (_, after) if thousands.arabic => after == After::Counted,
            (Self::Point, _) => !thousands.dot,
            (Self::Comma, After::Thousandths) => thousands.dot && thousands.round,
            (Self::Auto, After::Thousandths) if thousands.dot => thousands.round,
            // A single digit before a full stop is a measure (1.618) more often than thousands.
            (Self::Comma, After::Other | After::Counted) if thousands.dot => thousands.round || 1 < thousands.leading,
            (Self::Auto, _) if thousands.dot => thousands.round || 1 < thousands.leading,
            // Even where the comma is for decimals, three of them are thousands unless a price says otherwise.
            _ => true,
        };
        if as_thousands { thousands.value } else { reading.value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::digits::number;

    #[test]
    fn by_country_and_by_what_follows() {
        let value = |text, separators: Separators, after| {
            separators.resolve(number(text).expect("a number"), after).normalize().to_string()
        };
        let tunisia = Separators::Auto.in_country("TN".parse().ok());
        assert_eq!(tunisia, Separators::Comma);
        assert_eq!(value("120.000", tunisia, After::Other), "120000");
        assert_eq!(value("2,803", tunisia, After::Scaled), "2.803");
        assert_eq!(value("18,096", tunisia, After::Thousandths), "18.096");
        assert_eq!(value("5.000", tunisia, After::Thousandths), "5000");
        assert_eq!(value("4.800", Separators::Auto, After::Other), "4.8");
        assert_eq!(value("10.500", Separators::Auto, After::Other), "10500");
        assert_eq!(value("1,250", Separators::Auto, After::Other), "1250");
        assert_eq!(value("1,250", Separators::Comma, After::Other), "1250");
        assert_eq!(value("1.250", Separators::Point, After::Other), "1.25");
    }
}
