//! CSV: one row per annotation, for spreadsheets.

use std::borrow::Cow;

use khabar_arabic::{Cursor, Unit};
use khabar_extractor::Scratch;

use super::summary::summary;
use super::{Writer, jsonl, unit_name};
use crate::Annotated;
use crate::limits::WRITTEN_AROUND;

/// One row per annotation, as in RFC 4180, with a header row. `value` is a summary, `json` the whole value.
///
/// A possible formula, at the start of a cell or after a `;` in it, is prefixed with an apostrophe, which spreadsheets do
/// not show.
#[derive(Clone, Copy, Debug)]
pub struct Csv {
    /// The unit of offsets.
    pub unit: Unit,
    /// Start with a byte order mark, so that Excel detects UTF-8.
    pub bom: bool,
}

impl Writer for Csv {
    fn extension(&self) -> &'static str {
        "csv"
    }

    /// The id is in every row.
    fn around(&self, id: &str) -> usize {
        WRITTEN_AROUND + id.len()
    }

    fn begin(&self, out: &mut Vec<u8>) {
        if self.bom {
            out.extend_from_slice("\u{feff}".as_bytes());
        }
        out.extend_from_slice(b"id,date,kind,start,end,offset_unit,text,value,json,confidence,source\r\n");
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        let (mut starts, mut ends) = (Cursor::new(text, self.unit), Cursor::new(text, self.unit));
        let date = doc.given_date().map(|date| date.to_string()).unwrap_or_default();
        let mut value = Vec::new();
        let mut inner = Cursor::new(text, self.unit);
        for annotation in doc.annotations() {
            value.clear();
            jsonl::value(&mut value, &annotation, text, &mut inner);
            let cells = [
                doc.document.id,
                &date,
                annotation.kind,
                &starts.at(annotation.span.start as usize).to_string(),
                &ends.at(annotation.span.end as usize).to_string(),
                unit_name(self.unit),
                annotation.span.of(text).unwrap_or_default(),
                &summary(&value),
                &String::from_utf8_lossy(&value),
                &annotation.confidence.to_string(),
                annotation.source,
            ];
            for (at, content) in cells.iter().enumerate() {
                if at != 0 {
                    out.push(b',');
                }
                cell(out, content);
            }
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Appends a cell, quoted if necessary.
fn cell(out: &mut Vec<u8>, content: &str) {
    let content = marked(content);
    if content.contains(['"', ',', '\n', '\r']) || content.starts_with(' ') || content.ends_with(' ') {
        out.push(b'"');
        out.extend_from_slice(content.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(content.as_bytes());
    }
}

/// Prefixes possible formulas in a cell with an apostrophe: at its start, and after each `;`, which separates cells in
/// countries with decimal commas.
fn marked(content: &str) -> Cow<'_, str> {
    if !content.split(';').any(is_formula) {
        return content.into();
    }
    let mut marked = String::with_capacity(content.len() + 1);
    for (at, part) in content.split(';').enumerate() {
        marked.push_str(if at == 0 { "" } else { ";" });
        marked.push_str(if is_formula(part) { "'" } else { "" });
        marked.push_str(part);
    }
    marked.into()
}

fn is_formula(cell: &str) -> bool {
    let is_number = || cell.len() < 40 && cell.parse::<f64>().is_ok_and(f64::is_finite);
    let begins = cell.trim_start_matches(is_blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    (begins || cell.starts_with(['\t', '\r', '\n'])) && !is_number()
}

/// Whether a character is invisible, so that a spreadsheet may skip it: white space, control and format characters, and
/// fillers.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;
    use crate::writer::read_back;

    #[test]
    fn what_is_written_is_read_back() {
        let text =
            "😀 قال \"⟦entity.person;id=Q1;name=ستيف|ويتكوف، \"أ\"⟧\" ⟦number.percent=100|100%⟧\n⟦quote.term:سطر\nثان⟧";
        let (csv, marked) = written(&[text], &Csv { unit: Unit::Char, bom: false });
        let rows = read_back::csv(&csv);
        let kinds: Vec<String> = read_back::of_rows(&rows, &marked[0].text).into_iter().map(|found| found.0).collect();
        assert_eq!(kinds, ["entity.person", "number.percent", "quote.term"]);
        assert_eq!(rows[0][7..9], ["ستيف [Q1]", r#"{"id":"Q1","name":"ستيف"}"#]);
        assert_eq!(
            rows[1],
            [
                "d0",
                "2025-08-06",
                "number.percent",
                "20",
                "24",
                "char",
                "100%",
                "100",
                r#"{"value":"100"}"#,
                "1",
                "marks@1"
            ]
        );
    }

    #[test]
    fn no_cell_runs_as_a_formula() {
        let texts = ["⟦quote.term:=cmd|' /C calc'!A0⟧ ⟦quote.term:@SUM(1,2)⟧ ⟦number.cardinal=-5|-5⟧ ⟦quote.term:-x⟧"];
        let (csv, _) = written(&texts, &Csv { unit: Unit::Byte, bom: true });
        assert!(csv.starts_with("\u{feff}id,"));
        let cells: Vec<String> = read_back::csv(&csv).into_iter().map(|row| row[6].clone()).collect();
        assert_eq!(cells, ["'=cmd|' /C calc'!A0", "'@SUM(1,2)", "-5", "'-x"]);
    }
    #[test]
    fn no_blank_and_no_semicolon_hides_a_formula() {
        for blank in
            ["", " ", "\u{a0}", "\u{200b}", "\u{200f}", "\u{feff}", "\u{3000}", "\u{202e}", "\u{1}", " \u{ad}\u{2060}"]
        {
            for sign in "=+-@＝＋－＠".chars() {
                let formula = format!("{blank}{sign}1+1");
                assert_eq!(marked(&formula), format!("'{formula}"));
                assert_eq!(marked(&format!("أ;{formula};ب")), format!("أ;'{formula};ب"));
            }
        }
        for cell in ["-5", "+2.5", "5;-3;x", "أ=ب", "قال؛ -", "a;b", "", ";", "\u{200f}نعم"] {
            assert!(matches!(marked(cell), Cow::Borrowed(same) if same == cell), "{cell}");
        }
    }
}
