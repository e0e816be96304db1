//! What a text's times are reckoned from.

use jiff::civil::Date;
use khabar_core::{Country, DocDate};
use serde::Deserialize;

/// Which way bare weekdays, months and days of a month point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// To the past, unless the clause looks ahead: news.
    #[default]
    Past,
    /// To the future: plans, invitations, talk with an assistant.
    Future,
}

/// What a text's times are reckoned from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The day on which the text was written.
    pub date: Option<Date>,
    /// Hour, minute and second at which it was written.
    pub time: Option<(u8, u8, u8)>,
    /// Which way bare weekdays and months point.
    pub direction: Direction,
    /// Where it was written.
    pub country: Option<Country>,
    /// The day that weeks begin on, Monday 1 to Sunday 7; 0 is Monday.
    pub(crate) week_start: u8,
}

impl Reference {
    /// A text written on a day.
    pub fn new(date: Date) -> Self {
        Self { date: Some(date), ..Self::default() }
    }

    /// The same, looking another way.
    #[must_use]
    pub fn looking(self, direction: Direction) -> Self {
        Self { direction, ..self }
    }

    /// The same, from a country.
    #[must_use]
    pub fn from_country(self, country: Country) -> Self {
        Self { country: Some(country), ..self }
    }

    pub(crate) fn first_weekday(&self) -> u8 {
        if (1..=7).contains(&self.week_start) { self.week_start } else { 1 }
    }
}

impl From<DocDate> for Reference {
    fn from(date: DocDate) -> Self {
        let day = Date::new(date.year, i8::try_from(date.month).unwrap_or(0), i8::try_from(date.day).unwrap_or(0)).ok();
        Self { date: day, time: date.time, ..Self::default() }
    }
}
