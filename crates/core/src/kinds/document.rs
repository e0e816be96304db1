//! `document.*`: what is known of a whole document.

use serde::{Deserialize, Serialize};

use crate::Span;

/// Where a document's date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// It came with the document.
    Given,
    /// The text gives it away.
    Inferred,
}

/// A day of the week, as ISO 8601 orders them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days of the week")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// `document.date`: the date of the document itself. The runner lifts it into the document's `date` object.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentDate {
    /// ISO 8601 date; `None` where only bounds or the weekday are known.
    pub value: Option<String>,
    /// Where it comes from.
    pub source: DateSource,
    /// 0 to 1; 1 for a given date.
    pub confidence: f32,
    /// The first day that it can be, ISO 8601.
    pub earliest: Option<String>,
    /// The last day that it can be, ISO 8601.
    pub latest: Option<String>,
    /// The day of the week.
    pub weekday: Option<Weekday>,
    /// The phrases that tell.
    #[serde(default)]
    pub evidence: Vec<Span>,
    /// The text contradicts the date given.
    #[serde(default)]
    pub conflict: bool,
}
