//! What can be set of the extractor, and the extractor as it is set.

use khabar_extractor::{DisabledRules, ExtractError};
use serde::Deserialize;

use crate::grammar::{RULES, RuleIds};
use crate::lexicon::Lexicon;
use crate::reference::Direction;

/// Configuration of [`Dates`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// Which way bare weekdays, months and days of a month point.
    pub direction: Direction,
    /// Which calendar a year without an era is of, where both are possible.
    pub calendar: Calendar,
    /// The day that weeks begin on, Monday 1 to Sunday 7.
    pub week_start: WeekStart,
    /// The names of rules that are switched off.
    pub disable: Vec<String>,
}

/// Which calendar a year without an era is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// Years from 1300 to 1599 in figures of a date, and from 1400 to 1460 after `عام`, are Hijri.
    #[default]
    Auto,
    /// All years without `هـ` are Gregorian.
    Gregorian,
}

/// The day that weeks begin on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in the Gulf and the Levant.
    Saturday,
    /// As in Egypt's and Saudi Arabia's week of work.
    Sunday,
}

impl WeekStart {
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Monday => 1,
            Self::Saturday => 6,
            Self::Sunday => 7,
        }
    }
}

/// Finds every time expression of a document, and the date of the document itself.
#[derive(Clone, Debug)]
pub struct Dates {
    pub(crate) direction: Direction,
    pub(crate) calendar: Calendar,
    pub(crate) week_start: WeekStart,
    /// The rules that are not switched off.
    pub(crate) enabled: RuleIds,
}

impl Dates {
    /// Makes the extractor.
    ///
    /// # Errors
    /// [`ExtractError::Config`] for an unknown rule in `disable`, and where a word list cannot be read.
    pub fn new(config: &Config) -> Result<Self, ExtractError> {
        Lexicon::get()?;
        let enabled = RuleIds::enabled(&DisabledRules::new(&RULES, &config.disable)?);
        let Config { direction, calendar, week_start, .. } = *config;
        Ok(Self { direction, calendar, week_start, enabled })
    }
}
