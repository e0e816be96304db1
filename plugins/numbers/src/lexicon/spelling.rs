//! Numbers as they are written in words.

use khabar_lexicon::{LexiconError, WordList};
use serde::Deserialize;

use super::SPELLING;

/// The gender of what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// `كتاب`: `ثلاثة`.
    Masculine,
    /// `مدينة`: `ثلاث`.
    Feminine,
}

/// The case that the number stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// `عشرون`, `مئتان`.
    Nominative,
    /// `عشرين`, `مئتين`, `ألفا`.
    Accusative,
    /// `عشرين`, `مئتين`.
    Genitive,
}

/// What a number word is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WordUse {
    /// The number itself.
    Alone,
    /// The unit of 11 to 19.
    BeforeTen,
    /// The ten of 11 to 19.
    AfterUnit,
    /// The hundreds before a scale.
    OfScale,
    /// One of a scale.
    One,
    /// One of it in the accusative, and nothing else.
    LoneAccusative,
    /// One of it in the accusative, or 11 to 99.
    Accusative,
    /// Two of it.
    Two,
    /// 3 to 10 of it.
    Few,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    class: WordUse,
    value: Form,
}

/// Which number, for what; without a gender or a case it is of any.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    n: u64,
    gender: Option<Gender>,
    case: Option<Case>,
}

/// The words of numbers.
#[derive(Debug)]
pub(crate) struct Spelling(Vec<(Row, String)>);

impl Spelling {
    pub(super) fn read() -> Result<Self, LexiconError> {
        let entries = WordList::<Row>::read(&SPELLING)?.entries;
        let rows = entries.into_iter().map(|entry| {
            let word = entry.usual().to_owned();
            (entry.meaning, word)
        });
        Ok(Self(rows.collect()))
    }

    /// The word of a number; empty if it has none.
    pub(crate) fn word(&self, class: WordUse, n: u64, gender: Gender, case: Case) -> &str {
        let fits = |row: &Row| {
            row.class == class
                && row.value.n == n
                && row.value.gender.is_none_or(|of| of == gender)
                && row.value.case.is_none_or(|of| of == case)
        };
        self.0.iter().find(|(row, _)| fits(row)).map_or("", |(_, word)| word)
    }
}
