//! The fields of a document, from JSON Lines and other formats.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use khabar_core::{Country, DocDate};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::{Extra, Issue, IssueCode};

/// A document as an input gives it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    /// `id`, a string or a number.
    pub(crate) id: Option<Cow<'a, str>>,
    /// `text`, or what is wrong with it or with the whole line.
    pub(crate) text: Result<Cow<'a, str>, Issue>,
    /// `date`.
    pub(crate) date: Option<DocDate>,
    /// `date` where it is not as ISO 8601 has it.
    pub(crate) unread_date: Option<Cow<'a, str>>,
    /// `country`.
    pub(crate) country: Option<Country>,
    /// Issues about invalid fields, without which the document is annotated.
    pub(crate) ignored: Vec<Issue>,
    /// Other fields that are wanted.
    pub(crate) extra: Vec<Extra<'a>>,
}

impl<'a> Record<'a> {
    /// A document that has only a text.
    pub(super) fn of_text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = Ok(text.into());
        Self { id: None, text, date: None, unread_date: None, country: None, ignored: Vec::new(), extra: Vec::new() }
    }

    /// An invalid document.
    pub(super) fn refused(issue: Issue) -> Self {
        Self { text: Err(issue), ..Self::of_text("") }
    }
}

/// Stands for all fields that khabar does not use itself.
const ALL: &str = "*";

/// Parses a line, with the other fields named in `keep`. Borrows from it unless a string is escaped.
pub(crate) fn parse<'a>(line: &'a str, keep: &[String]) -> Record<'a> {
    let mut record = parse_own(line);
    if !keep.is_empty() && record.text.is_ok() {
        // The line is JSON, so this cannot fail. It is parsed a second time only if fields are kept.
        let fields: BTreeMap<String, &'a RawValue> = serde_json::from_str(line).unwrap_or_default();
        let kept = fields.into_iter().filter(|(name, _)| is_kept(name, keep));
        record.extra.extend(kept.map(|(name, value)| Extra { name: name.into(), value: value.get().into() }));
    }
    record
}

/// Whether a field is copied to the output.
pub(super) fn is_kept(name: &str, keep: &[String]) -> bool {
    let own = matches!(name, "id" | "text" | "date" | "country");
    keep.iter().any(|kept| kept == name || !own && kept == ALL)
}

fn parse_own(line: &str) -> Record<'_> {
    // Serde would also read a struct from a JSON list.
    if line.trim_ascii_start().starts_with(['[', '"']) {
        return Record::refused(Issue::new(IssueCode::NotJson, "not a JSON object with `text`"));
    }
    match serde_json::from_str::<Fields<'_>>(line) {
        Ok(fields) => fields.into_record(),
        Err(error) => {
            let reason = error.to_string();
            // The parser counts lines within the text, which is one line.
            let reason = reason.replace("line 1 column", "column");
            let message = if error.is_data() { reason } else { format!("not JSON: {reason}") };
            Record::refused(Issue::new(IssueCode::NotJson, message))
        }
    }
}

impl<'a> Fields<'a> {
    pub(super) fn into_record(self) -> Record<'a> {
        let mut ignored = Vec::new();
        let id = match self.id {
            Some(Scalar::Text(id)) => Some(id),
            Some(Scalar::Number(id)) => Some(Cow::Owned(id)),
            _ => None,
        };
        let text = match self.text {
            Some(Scalar::Text(text)) => Ok(text),
            None | Some(Scalar::Null) => Err(Issue::new(IssueCode::NoText, "missing field `text`")),
            Some(other) => {
                Err(Issue::new(IssueCode::NoText, format!("invalid `text`: expected a string, found {other}")))
            }
        };
        let written = match &self.date {
            Some(Scalar::Text(date)) => Some(date.clone()),
            _ => None,
        };
        let date = read_field(self.date, "date", IssueCode::BadDate, &mut ignored);
        let country = read_field(self.country, "country", IssueCode::BadCountry, &mut ignored);
        let unread_date = written.filter(|_| date.is_none());
        Record { id, text, date, unread_date, country, ignored, extra: Vec::new() }
    }
}

fn read_field<T>(field: Option<Scalar<'_>>, name: &str, code: IssueCode, ignored: &mut Vec<Issue>) -> Option<T>
where
    T: std::str::FromStr,
    T::Err: fmt::Display,
{
    let refusal = match field {
        None | Some(Scalar::Null) => return None,
        // Exporters write this for "unknown".
        Some(Scalar::Text(text)) if text.trim().is_empty() => return None,
        Some(Scalar::Text(text)) => match text.parse() {
            Ok(value) => return Some(value),
            Err(error) => format!("`{name}` ignored: {error}"),
        },
        Some(other) => format!("`{name}` ignored: expected a string, found {other}"),
    };
    ignored.push(Issue::new(code, refusal));
    None
}

/// The fields that khabar uses, before their values are checked.
#[derive(Default, serde::Deserialize)]
#[serde(expecting = "a JSON object with `text`")]
pub(super) struct Fields<'a> {
    #[serde(borrow, default, deserialize_with = "as_written")]
    pub(super) id: Option<Scalar<'a>>,
    #[serde(borrow, default)]
    pub(super) text: Option<Scalar<'a>>,
    #[serde(borrow, default, deserialize_with = "as_written")]
    pub(super) date: Option<Scalar<'a>>,
    #[serde(borrow, default, deserialize_with = "as_written")]
    pub(super) country: Option<Scalar<'a>>,
}

/// Keeps a number as its digits were written: no Rust type holds all JSON numbers, and two ids must not become equal.
fn as_written<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Scalar<'a>>, D::Error> {
    let Some(raw) = Option::<&'a RawValue>::deserialize(deserializer)? else { return Ok(None) };
    if raw.get().starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return Ok(Some(Scalar::Number(raw.get().to_owned())));
    }
    // The position is reported for the whole line.
    let refuse = |error: serde_json::Error| {
        let reason = error.to_string();
        D::Error::custom(format_args!("not JSON: {}", reason.split(" at line ").next().unwrap_or(&reason)))
    };
    serde_json::from_str(raw.get()).map(Some).map_err(refuse)
}

/// Any JSON value or the content of a cell, as far as it matters for a field.
pub(super) enum Scalar<'a> {
    Null,
    Text(Cow<'a, str>),
    Number(String),
    Bool,
    List,
    Object,
}

impl fmt::Display for Scalar<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Text(_) => "a string",
            Self::Number(_) => "a number",
            Self::Bool => "a boolean",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Bool)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Number(number.to_string()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Scalar<'de>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Scalar<'de>, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(line: &str) -> String {
        parse(line, &[]).text.expect_err("refused").to_string()
    }

    #[test]
    fn a_document() {
        let record = parse(r#"{"id":"a","text":"نص","date":"2025-08-06","country":"tn","more":[1,{"x":null}]}"#, &[]);
        assert_eq!((record.id.as_deref(), record.text.as_deref()), (Some("a"), Ok("نص")));
        assert!(matches!(record.text, Ok(Cow::Borrowed(_))));
        assert_eq!(record.date.map(|d| d.to_string()).as_deref(), Some("2025-08-06"));
        assert_eq!(record.country.map(|c| c.to_string()).as_deref(), Some("TN"));
        assert_eq!(record.ignored, []);
        let escaped = parse(r#"{"text":"\u0646\u0635\n","id":7}"#, &[]);
        assert_eq!((escaped.text.as_deref(), escaped.id.as_deref()), (Ok("نص\n"), Some("7")));
    }

    #[test]
    fn numbers_stay_as_they_are_written() {
        let ids =
            ["18446744073709551616", "18446744073709551617", "-0", "1.0", "1.10", "1e400", "-9223372036854775809"];
        for id in ids {
            let line = format!("{{\"id\":{id},\"text\":\"a\",\"date\":1e400,\"country\":[1e400]}}");
            let record = parse(&line, &[]);
            assert_eq!((record.id.as_deref(), record.text.as_deref()), (Some(id), Ok("a")));
            assert_eq!(record.ignored.len(), 2, "a bad date costs the date alone");
        }
        let escaped = parse(r#"{"id":"\u0646 ","text":"a"}"#, &[]);
        assert_eq!(escaped.id.as_deref(), Some("ن "));
        assert!(
            refusal(r#"{"id":"\ud800","text":"a"}"#).starts_with("not JSON: unexpected end of hex escape at column 14")
        );
        for none in ["null", "true", "[1]", "{\"a\":1}"] {
            assert_eq!(parse(&format!("{{\"id\":{none},\"text\":\"a\"}}"), &[]).id, None);
        }
    }

    #[test]
    fn what_is_no_document() {
        assert!(refusal("{").starts_with("not JSON: EOF while parsing an object at column 1"));
        assert!(refusal(r#"{"text":"\ud800"}"#).starts_with("not JSON: "));
        assert!(refusal(r#"{"text":"a"} x"#).starts_with("not JSON: trailing characters"));
        assert!(refusal(r#"{"text":"a","text":"b"}"#).starts_with("duplicate field `text`"));
        assert_eq!(refusal(" [1]"), "not a JSON object with `text`");
        assert!(refusal("7").contains("expected a JSON object with `text`"), "{}", refusal("7"));
        assert_eq!(refusal("{}"), "missing field `text`");
        assert_eq!(refusal(r#"{"text":5}"#), "invalid `text`: expected a string, found a number");
        assert_eq!(refusal(r#"{"text":null}"#), "missing field `text`");
    }

    #[test]
    fn a_bad_date_costs_the_date_alone() {
        let record = parse(r#"{"text":"a","date":"yesterday","country":["TN"]}"#, &[]);
        assert_eq!(record.text.as_deref(), Ok("a"));
        let messages: Vec<String> = record.ignored.iter().map(ToString::to_string).collect();
        assert_eq!(messages.len(), 2);
        assert!(messages[0].starts_with("`date` ignored: invalid date \"yesterday\": expected ISO 8601"));
        assert_eq!(messages[1], "`country` ignored: expected a string, found a list");
        assert!(parse(r#"{"text":"a","date":null,"country":""}"#, &[]).ignored.is_empty());
    }

    #[test]
    fn other_fields_are_kept_when_asked_for() {
        let line = r#"{"url":"a\u0062","text":"x","tags":[1, {"b":2}],"id":"i","date":"2025"}"#;
        let kept = |keep: &[&str]| {
            let keep: Vec<String> = keep.iter().map(ToString::to_string).collect();
            let extra = parse(line, &keep).extra;
            extra.into_iter().map(|e| format!("{}={}", e.name, e.value)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(kept(&["url", "none"]), r#"url="a\u0062""#);
        assert_eq!(kept(&["*"]), r#"tags=[1, {"b":2}] url="a\u0062""#);
        assert_eq!(kept(&["*", "date"]), r#"date="2025" tags=[1, {"b":2}] url="a\u0062""#);
        assert_eq!(kept(&[]), "");
    }
}
