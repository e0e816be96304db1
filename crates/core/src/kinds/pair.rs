//! Two numbers that make one value: a quotient, the points of a match.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::ParseValueError;
use crate::text::serde_as_text;

/// One number over another as the text has them, not reduced. Written as `num/den`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quotient {
    /// The number above.
    pub num: Decimal,
    /// The number below.
    pub den: Decimal,
}

impl Quotient {
    /// `num/den`.
    pub fn new(num: impl Into<Decimal>, den: impl Into<Decimal>) -> Self {
        Self { num: num.into(), den: den.into() }
    }

    /// The exact decimal; `None` where it has no end, as of 1/3, or the number below is 0.
    pub fn to_decimal(self) -> Option<Decimal> {
        let decimal = self.num.checked_div(self.den)?;
        (decimal.checked_mul(self.den) == Some(self.num)).then_some(decimal)
    }
}

/// What each of two sides has, in the order of the text. Written as `first-second`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Points {
    /// Of the side named first.
    pub first: Decimal,
    /// Of the other side.
    pub second: Decimal,
}

impl Points {
    /// `first-second`.
    pub fn new(first: impl Into<Decimal>, second: impl Into<Decimal>) -> Self {
        Self { first: first.into(), second: second.into() }
    }
}

impl fmt::Display for Quotient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.num, self.den)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.second)
    }
}

impl FromStr for Quotient {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let read = || {
            let (num, den) = text.split_once('/')?;
            Some(Self { num: num.parse().ok()?, den: den.parse().ok()? })
        };
        read().ok_or_else(|| ParseValueError::new("quotient", "two numbers with a slash between them: 3/2", text))
    }
}

impl FromStr for Points {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        // A minus may stand before the first number.
        let read = || {
            let between = 1 + text.get(1..)?.find('-')?;
            Some(Self { first: text[..between].parse().ok()?, second: text[between + 1..].parse().ok()? })
        };
        read().ok_or_else(|| ParseValueError::new("score", "two numbers with a hyphen between them: 2-1", text))
    }
}

serde_as_text!(Quotient, Points);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_that_are_decimals() {
        let decimal = |text: &str| text.parse::<Quotient>().ok().and_then(Quotient::to_decimal);
        assert_eq!(decimal("3/2"), Some(Decimal::new(15, 1)));
        assert_eq!(decimal("-1.5/0.5"), Some((-3).into()));
        assert_eq!((decimal("1/3"), decimal("1/0")), (None, None));
    }

    #[test]
    fn what_is_no_pair_is_refused() {
        for text in ["", "3", "/", "3/", "/2", "a/b", "1/2/3"] {
            assert!(text.parse::<Quotient>().is_err(), "{text}");
        }
        for text in ["", "-", "-2", "2-", "2-1-3", "م-1"] {
            assert!(text.parse::<Points>().is_err(), "{text}");
        }
        assert_eq!("-2--1".parse(), Ok(Points::new(-2, -1)));
        let refused = "1:2".parse::<Quotient>().expect_err("a colon").to_string();
        assert_eq!(refused, "invalid quotient \"1:2\": expected two numbers with a slash between them: 3/2");
    }
}
