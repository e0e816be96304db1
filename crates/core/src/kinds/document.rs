//! `document.*`: what is known of a whole document.

use serde::{Deserialize, Serialize};

use crate::{DocDate, Span};

/// Where a document's date comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
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
#[non_exhaustive]
pub struct DocumentDate {
    /// The day; `None` where only bounds or the weekday are known.
    pub value: Option<DocDate>,
    /// Where it comes from.
    pub source: DateSource,
    /// 0 to 1; 1 for a given date.
    pub confidence: f32,
    /// The first day that it can be.
    pub earliest: Option<DocDate>,
    /// The last day that it can be.
    pub latest: Option<DocDate>,
    /// The day of the week.
    pub weekday: Option<Weekday>,
    /// The phrases that tell.
    #[serde(default)]
    pub evidence: Vec<Span>,
    /// The text contradicts the date given.
    #[serde(default)]
    pub conflict: bool,
}

impl DocumentDate {
    /// A date of which nothing is known but where it comes from.
    pub const fn new(source: DateSource, confidence: f32) -> Self {
        Self {
            value: None,
            source,
            confidence,
            earliest: None,
            latest: None,
            weekday: None,
            evidence: Vec::new(),
            conflict: false,
        }
    }

    /// The date that came with a document.
    pub fn given(date: DocDate) -> Self {
        let day = Some(DocDate { time: None, offset: None, ..date });
        let weekday = Some(date.weekday());
        Self { value: day, earliest: day, latest: day, weekday, ..Self::new(DateSource::Given, 1.0) }
    }

    /// The same with a day.
    #[must_use]
    pub fn with_value(self, value: impl Into<Option<DocDate>>) -> Self {
        Self { value: value.into(), ..self }
    }

    /// The same between two days, each of which may be unknown.
    #[must_use]
    pub fn with_bounds(self, earliest: impl Into<Option<DocDate>>, latest: impl Into<Option<DocDate>>) -> Self {
        Self { earliest: earliest.into(), latest: latest.into(), ..self }
    }

    /// The same with a day of the week.
    #[must_use]
    pub fn with_weekday(self, weekday: impl Into<Option<Weekday>>) -> Self {
        Self { weekday: weekday.into(), ..self }
    }

    /// The same with the phrases that tell.
    #[must_use]
    pub fn with_evidence(self, evidence: Vec<Span>) -> Self {
        Self { evidence, ..self }
    }

    /// The same, contradicted by the text or not.
    #[must_use]
    pub fn with_conflict(self, conflict: bool) -> Self {
        Self { conflict, ..self }
    }
}
