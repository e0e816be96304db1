//! A table for terminals.

use std::str::FromStr;

use khabar_arabic::{Cursor, Unit};
use khabar_extractor::Scratch;
use serde_json::Value as Json;

use super::summary::summary;
use super::{Frame, Writer, jsonl};
use crate::Annotated;
use crate::plan::layer_of;

/// The most characters of a cell.
const WIDEST: usize = 60;

/// One row per annotation: kind, value, text. The text is in logical order; the terminal reorders it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table {
    /// With ANSI colours.
    pub colour: bool,
    /// How right-to-left text is isolated from its surroundings.
    pub bidi: Bidi,
}

/// How right-to-left text is isolated from its surroundings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bidi {
    /// Unicode isolates (FSI, PDI) around each text, for terminals that know the bidirectional algorithm.
    #[default]
    Isolate,
    /// No marks, for terminals that would show them.
    None,
}

impl FromStr for Bidi {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "isolate" => Ok(Self::Isolate),
            "none" => Ok(Self::None),
            _ => Err(format!("unknown value {text:?}: expected isolate or none")),
        }
    }
}

impl Writer for Table {
    fn extension(&self) -> &'static str {
        "txt"
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        self.styled(out, "1", |out| self.isolated(out, doc.document.id));
        if let Some(date) = date_of(doc) {
            out.extend_from_slice(format!("  {date}").as_bytes());
        }
        out.push(b'\n');
        let mut value = Vec::new();
        let mut inner = Cursor::new(text, Unit::Char);
        for annotation in doc.annotations() {
            value.clear();
            jsonl::value(&mut value, &annotation, text, &mut inner);
            out.extend_from_slice(b"  ");
            self.styled(out, colour_of(annotation.kind), |out| {
                out.extend_from_slice(format!("{:<17}", annotation.kind).as_bytes());
            });
            out.push(b' ');
            let covered = annotation.span.of(text).unwrap_or_default();
            self.isolated(out, covered);
            let gist = summary(&value);
            if !gist.is_empty() && gist != covered {
                out.extend_from_slice("  → ".as_bytes());
                self.isolated(out, &gist);
            }
            out.push(b'\n');
        }
        for issue in doc.issues {
            out.extend_from_slice(b"  ");
            self.styled(out, "31", |out| out.extend_from_slice(format!("{:<17}", "error").as_bytes()));
            out.push(b' ');
            self.isolated(out, &issue.to_string());
            out.push(b'\n');
        }
    }

    fn frame(&self) -> Frame {
        Frame { between: "\n", ..Frame::default() }
    }
}

impl Table {
    fn styled(self, out: &mut Vec<u8>, style: &str, write: impl FnOnce(&mut Vec<u8>)) {
        if self.colour {
            out.extend_from_slice(format!("\u{1b}[{style}m").as_bytes());
        }
        write(out);
        if self.colour {
            out.extend_from_slice(b"\x1b[0m");
        }
    }

    /// Appends text of any origin: shortened, in one line, with control characters escaped.
    fn isolated(self, out: &mut Vec<u8>, text: &str) {
        let mut buffer = [0; 4];
        let mut put = |out: &mut Vec<u8>, c: char| out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        if self.bidi == Bidi::Isolate {
            put(out, FIRST_STRONG_ISOLATE);
        }
        for (at, c) in text.chars().enumerate() {
            if at == WIDEST {
                put(out, '…');
                break;
            }
            match c {
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => put(out, ' '),
                // An unpaired one would affect what follows the text.
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                c if c.is_control() => put(out, '\u{fffd}'),
                c => put(out, c),
            }
        }
        if self.bidi == Bidi::Isolate {
            put(out, POP_DIRECTIONAL_ISOLATE);
        }
    }
}

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_DIRECTIONAL_ISOLATE: char = '\u{2069}';

/// One colour per layer, of the sixteen that every theme makes legible.
fn colour_of(kind: &str) -> &'static str {
    match layer_of(kind) {
        "number" => "36",
        "timex" => "32",
        "entity" => "35",
        "quote" => "33",
        _ => "34",
    }
}

/// The document's date and where it is from, in a few words.
fn date_of(doc: &Annotated<'_>) -> Option<String> {
    let Some(date) = doc.date() else { return doc.given_date().map(|date| date.to_string()) };
    let value: Json = serde_json::from_slice(date.value).unwrap_or_default();
    let text = |key: &str| value[key].as_str();
    let day = match (text("value"), text("earliest"), text("latest")) {
        (Some(day), ..) => day.to_owned(),
        (None, Some(earliest), Some(latest)) => format!("{earliest} to {latest}"),
        (None, Some(earliest), None) => format!("from {earliest}"),
        (None, None, Some(latest)) => format!("until {latest}"),
        (None, None, None) => text("weekday")?.to_owned(),
    };
    Some(if text("source") == Some("inferred") { format!("{day} (inferred)") } else { day })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;

    #[test]
    fn a_row_an_annotation() {
        let text = "⟦entity.person;id=Q1;name=ستيف ويتكوف|ويتكوف⟧ ⟦number.percent=100|100%⟧ ⟦quote.speech;speaker={\"start\":0,\"end\":12}|نعم⟧";
        let plain = Table { colour: false, bidi: Bidi::None };
        let wanted = "d0  2025-08-06\n  entity.person     ويتكوف  → ستيف ويتكوف [Q1]\n  number.percent    100%  → 100\n  quote.speech      نعم  → ويتكوف\n";
        assert_eq!(written(&[text], &plain).0, wanted);
        let (isolated, _) = written(&["⟦number.percent=100|100%⟧"], &Table { colour: true, bidi: Bidi::Isolate });
        assert_eq!(
            isolated,
            "\u{1b}[1m\u{2068}d0\u{2069}\u{1b}[0m  2025-08-06\n  \u{1b}[36mnumber.percent   \u{1b}[0m \u{2068}100%\u{2069}  → \u{2068}100\u{2069}\n"
        );
    }

    #[test]
    fn no_text_steers_the_terminal() {
        let text = format!("⟦quote.term:a\u{1b}]0;x\u{7}\n\u{202e}b{}⟧", "x".repeat(99));
        let (shown, _) = written(&[&text], &Table { colour: false, bidi: Bidi::None });
        let row = shown.lines().nth(1).unwrap_or_default();
        assert!(row.starts_with("  quote.term        a\u{fffd}]0;x\u{fffd} b"), "{row:?}");
        assert!(row.ends_with('…') && !row.contains('\u{202e}'));
    }
}
