//! Marked text: a text with its annotations written into it, so that nobody has to count bytes in right-to-left text.
//!
//! `⟦KIND:SURFACE⟧` marks a span. `⟦KIND=VALUE;KEY=VALUE…|SURFACE⟧` also gives fields of its value (`=VALUE` is the field
//! `value`; `null` is a null or missing field). Marks can be nested:
//!
//! ```
//! use khabar_extractor::marked::Marked;
//!
//! let marked = Marked::parse("بنسبة ⟦number.percent=100|⟦number.cardinal:100⟧%⟧").unwrap();
//! assert_eq!(marked.text, "بنسبة 100%");
//! assert_eq!(marked.marks[0].kind, "number.percent");
//! assert_eq!(marked.marks[1].span.of(&marked.text), Some("100"));
//! ```

use khabar_core::Span;
use serde_json::Value as Json;
use thiserror::Error;

/// A text and the annotations written into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text without the marks.
    pub text: String,
    /// The annotations, by start, longest first, then in order of writing.
    pub marks: Vec<Mark>,
}

/// One annotation of a marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The kind.
    pub kind: String,
    /// The bytes of [`Marked::text`] that it covers.
    pub span: Span,
    /// Fields of the value and what they hold, as text.
    pub fields: Vec<(String, String)>,
}

/// A marked text is not well formed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("marked text: {what} at byte {at}")]
pub struct MarkedError {
    what: &'static str,
    at: usize,
}

impl Marked {
    /// Reads a marked text.
    ///
    /// # Errors
    /// A mark that is not closed, not opened, or has no kind or no surface.
    pub fn parse(source: &str) -> Result<Self, MarkedError> {
        let mut marked = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(found) = source[at..].find(['⟦', '⟧']) {
            let mark = at + found;
            marked.text.push_str(&source[at..mark]);
            at = mark + '⟦'.len_utf8();
            let here = marked.text.len() as u32;
            if source[mark..].starts_with('⟦') {
                let head = source[at..].find(['|', ':', '=', ';', '⟦', '⟧']).map(|end| at + end);
                let Some(end) = head.filter(|&end| end != at && !source[end..].starts_with(['⟦', '⟧'])) else {
                    return Err(MarkedError { what: "mark without a kind", at: mark });
                };
                let kind = source[at..end].to_owned();
                let mut fields = Vec::new();
                at = end + 1;
                if source[end..].starts_with(['=', ';']) {
                    let Some(close) = source[end..].find('|').map(|close| end + close) else {
                        return Err(MarkedError { what: "fields without the closing |", at: end });
                    };
                    for field in source[end..close].trim_start_matches(';').split(';') {
                        let (key, value) = field.split_once('=').unwrap_or((field, "null"));
                        fields.push((if key.is_empty() { "value" } else { key }.to_owned(), value.to_owned()));
                    }
                    at = close + 1;
                }
                open.push(marked.marks.len());
                marked.marks.push(Mark { kind, span: Span::new(here, here), fields });
            } else {
                let Some(last) = open.pop() else {
                    return Err(MarkedError { what: "⟧ without ⟦", at: mark });
                };
                marked.marks[last].span.end = here;
                if marked.marks[last].span.is_empty() {
                    return Err(MarkedError { what: "empty mark", at: mark });
                }
            }
        }
        if !open.is_empty() {
            return Err(MarkedError { what: "⟦ without ⟧", at: source.len() });
        }
        marked.text.push_str(&source[at..]);
        marked.marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
        Ok(marked)
    }
}

impl Mark {
    /// Whether a value holds the fields that this mark names. Strings, numbers and booleans compare as text, a missing
    /// field is `null`.
    pub fn holds(&self, value: &Json) -> bool {
        self.fields.iter().all(|(key, wanted)| field_text(value, key) == *wanted)
    }
}

/// A field of a value as a mark writes it.
pub fn field_text(value: &Json, key: &str) -> String {
    match &value[key] {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_nesting() {
        let marked = Marked::parse("ا ⟦number.range;low=3;high=5|بين ⟦number.cardinal:3⟧ و⟦number.cardinal:5⟧⟧ ب")
            .expect("parses");
        assert_eq!(marked.text, "ا بين 3 و5 ب");
        let shown: Vec<_> = marked.marks.iter().map(|m| (m.kind.as_str(), m.span.of(&marked.text))).collect();
        assert_eq!(
            shown,
            [("number.range", Some("بين 3 و5")), ("number.cardinal", Some("3")), ("number.cardinal", Some("5"))]
        );
        assert!(marked.marks[0].holds(&serde_json::json!({"low": "3", "high": "5"})));
        assert!(!marked.marks[0].holds(&serde_json::json!({"low": "3"})));
        let time = Marked::parse("⟦timex.time=2025-08-06T15:30;mod=null|15:30⟧").expect("parses");
        assert!(time.marks[0].holds(&serde_json::json!({"value": "2025-08-06T15:30"})));
    }

    #[test]
    fn what_is_not_well_formed() {
        for text in ["⟦a:b", "b⟧", "⟦a:⟧", "⟦:b⟧", "⟦a=1 b⟧", "⟦⟦a:b⟧"] {
            assert!(Marked::parse(text).is_err(), "{text}");
        }
    }
}
