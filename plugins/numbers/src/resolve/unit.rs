//! Units with their powers and rates.

use khabar_core::Decimal;

use super::amount::Amounts;
use crate::lexicon::{Dimension, Measure, Measures, UnitId, WordClass};
use crate::number_expr::NumberExpr;

/// A unit with its power and rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnitExpr {
    pub id: UnitId,
    power: Power,
    per: Per,
}

/// Whether a unit is one of lengths, areas or volumes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Power {
    One,
    Square,
    Cubic,
}

impl Power {
    /// As CLDR writes it before the unit.
    const fn cldr(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Square => "square-",
            Self::Cubic => "cubic-",
        }
    }
}

/// The time that a unit of speed is reckoned by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Per {
    None,
    Hour,
    Second,
}

impl Per {
    /// As CLDR writes it behind the unit.
    const fn cldr(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Hour => "-per-hour",
            Self::Second => "-per-second",
        }
    }
}

impl UnitExpr {
    /// A unit alone.
    pub(crate) const fn new(id: UnitId) -> Self {
        Self { id, power: Power::One, per: Per::None }
    }

    /// Its CLDR name: `square-meter`, `kilometer-per-hour`.
    pub(crate) fn cldr(self, measures: &Measures) -> String {
        let name = measures.unit(self.id).map_or("", |unit| unit.name.as_str());
        format!("{}{name}{}", self.power.cldr(), self.per.cldr())
    }

    /// How many of another unit one of these is, if both measure the same.
    pub(crate) fn in_units_of(self, other: Self, measures: &Measures) -> Option<Decimal> {
        let (dimension, size) = measures.unit(self.id)?.size?;
        let (other, unit) = measures.unit(other.id)?.size?;
        if dimension == other { Decimal::from(size).checked_div(Decimal::from(unit)) } else { None }
    }
}

impl Amounts<'_> {
    /// A unit with what stands after its noun, `مربع`, `في الساعة`, and its last token.
    pub(super) fn unit(&mut self, measure: Measure, end: u32) -> Option<(UnitExpr, u32)> {
        let (id, mut end) = match measure {
            Measure::Unit(id) => (id, end),
            Measure::Degree => self.degree(end)?,
            _ => return None,
        };
        let mut unit = UnitExpr::new(id);
        if self.doc.same_line(end + 1) {
            if id == self.doc.lexicon.measures.celsius && self.doc.is_word(end + 1, WordClass::Centigrade) {
                end += 1;
            }
            let classes = self.doc.classes(end + 1);
            if classes.contains(WordClass::Square) {
                (unit.power, end) = (Power::Square, end + 1);
            } else if classes.contains(WordClass::Cubic) {
                (unit.power, end) = (Power::Cubic, end + 1);
            }
        }
        let size = self.doc.lexicon.measures.unit(id).and_then(|unit| unit.size);
        if size.is_some_and(|(dimension, _)| dimension == Dimension::Length) {
            if let Some(len) = self.doc.len_of(end + 1, WordClass::PerHour) {
                (unit.per, end) = (Per::Hour, end + len);
            } else if let Some(len) = self.doc.len_of(end + 1, WordClass::PerSecond) {
                (unit.per, end) = (Per::Second, end + len);
            }
        }
        Some((unit, end))
    }

    /// The scale of `درجة` and its last token, if the degrees are of temperature.
    fn degree(&mut self, end: u32) -> Option<(UnitId, u32)> {
        let measures = &self.doc.lexicon.measures;
        if self.doc.is_word(end + 1, WordClass::Fahrenheit) {
            return Some((measures.fahrenheit, end + 1));
        }
        let is_named = self.below_zero(end).0 || self.doc.is_word(end + 1, WordClass::Centigrade);
        (is_named || self.speaks_of_temperature()).then_some((measures.celsius, end))
    }

    /// Whether `تحت الصفر` follows a token, and the last token with it.
    pub(super) fn below_zero(&self, end: u32) -> (bool, u32) {
        match self.doc.len_of(end + 1, WordClass::BelowZero) {
            Some(len) => (true, end + len),
            None => (false, end),
        }
    }

    /// Degrees are of temperature where the document speaks of it.
    fn speaks_of_temperature(&mut self) -> bool {
        let doc = self.doc;
        let tokens = doc.doc.tokens.len() as u32;
        *self.temperature.get_or_insert_with(|| (0..tokens).any(|token| doc.is_word(token, WordClass::Temperature)))
    }

    /// `سنة 1963 م`, `61 هـ (680 م)`: the letter behind a number is an era's, not that of metres.
    pub(super) fn is_year_of_era(&self, number: &NumberExpr, letter: u32) -> bool {
        /// Numbers from the first on are years whatever stands before them, and none beyond the last is one.
        const YEARS: [u32; 2] = [1000, 2100];
        /// How far before it a word of years or a month may stand.
        const REACH: u32 = 4;
        let is_at = |n: u32, class: WordClass| self.doc.len_of(number.first.wrapping_sub(n), class).is_some();
        let is_near = |class: WordClass| (1..=REACH).any(|n| is_at(n, class));
        self.doc.is_word(letter, WordClass::EraLetter)
            && number.value.is_integer()
            && number.value <= YEARS[1].into()
            && (Decimal::from(YEARS[0]) <= number.value || is_near(WordClass::Year) || is_near(WordClass::Month))
    }
}
