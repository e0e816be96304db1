//! `document.*`: what is known of a whole document.

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::json::Object;

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

impl DocumentDate {
    /// Appends what serde gives.
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let Self { value, source, confidence, earliest, latest, weekday, evidence, conflict } = self;
        let mut object = Object::new(out);
        object.string_or_null("value", value.as_deref())?;
        object.other("source", source)?;
        object.other("confidence", confidence)?;
        object.string_or_null("earliest", earliest.as_deref())?;
        object.string_or_null("latest", latest.as_deref())?;
        object.other("weekday", weekday)?;
        object.spans("evidence", evidence);
        object.other("conflict", conflict)?;
        object.end();
        Ok(())
    }

    /// Appends the spans that it holds.
    pub(super) fn list(&self, out: &mut Vec<Span>) -> bool {
        out.extend_from_slice(&self.evidence);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn dates_of_documents_are_written_as_serde_writes_them() {
        let day = || Some("2025-08-06".to_owned());
        let told = DocumentDate {
            value: day(),
            source: DateSource::Inferred,
            confidence: 0.95,
            earliest: day(),
            latest: day(),
            weekday: Some(Weekday::Wednesday),
            evidence: vec![Span::new(0, 8), Span::new(12, 40)],
            conflict: false,
        };
        let given = DocumentDate { source: DateSource::Given, confidence: 1.0, conflict: true, ..told.clone() };
        let vague = DocumentDate { value: None, earliest: None, latest: None, weekday: None, ..told.clone() };
        for date in [told, given, DocumentDate { evidence: Vec::new(), ..vague }] {
            let mut out = Vec::new();
            date.write_json(&mut out).expect("written");
            assert_eq!(String::from_utf8(out).expect("UTF-8"), serde_json::to_string(&date).expect("JSON"));
        }
    }
}
