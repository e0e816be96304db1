//! Months, weekdays, seasons and eras.

use khabar_extractor::LexiconFile;
use serde::Deserialize;

use super::{SharedList, read};

/// What a word of the calendar means. The classes with `Word` in their names are other words as well, and need more around
/// them: `مارس` is March, and "he practised".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Calendar {
    /// A Gregorian month, 1 to 12.
    Month(u8),
    /// The same where the word is another one too.
    MonthWord(u8),
    /// A Hijri month, 1 to 12.
    HijriMonth(u8),
    /// The same where the word is a name, a number or a season too.
    HijriWord(u8),
    /// A weekday with its article, 1 (Monday) to 7 (Sunday).
    Weekday(u8),
    /// The same without.
    WeekdayWord(u8),
    /// A season with its article: 1 spring, 2 summer, 3 autumn, 4 winter.
    Season(u8),
    /// The same without.
    SeasonWord(u8),
    /// The word before a season: `فصل`.
    SeasonHead,
    /// An era: 1 Gregorian, 2 Hijri, 3 before Christ.
    Era(u8),
}

/// Its file.
pub const FILE: LexiconFile =
    LexiconFile { file: "crates/lexicon/data/calendar.toml", text: include_str!("../../data/calendar.toml") };

/// The words of the calendar.
pub static CALENDAR: SharedList<Calendar> = SharedList::new(FILE, || read(&FILE));
