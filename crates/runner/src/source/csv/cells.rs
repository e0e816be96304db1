//! The cells of a row.

use std::borrow::Cow;
use std::ops::Range;

use crate::InputFormat;

/// The column of the texts.
pub(super) const TEXT: &str = "text";
/// Possible delimiters, the most likely first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// The quotation mark around a cell with a delimiter, a line break or a quotation mark in it.
pub(super) const MARK: u8 = b'"';

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// The delimiter.
    pub(super) delimiter: u8,
    /// Whether a cell may be in quotation marks; otherwise they are ordinary characters.
    pub(super) has_marks: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',', has_marks: true }
    }
}

impl Dialect {
    /// The dialect of a table with this first line, in this format.
    ///
    /// Most programs write tables with tabs without quotation marks. So they count there only if a name in the header row
    /// has them, or the format is given as CSV.
    pub(super) fn of(head: &[u8], form: InputFormat) -> Self {
        if form == InputFormat::Tsv {
            return Self { delimiter: b'\t', has_marks: false };
        }
        let delimiter = delimiter_of(head);
        let mut names = head.split(|byte| *byte == delimiter).map(<[u8]>::trim_ascii);
        let has_marks = delimiter != b'\t' || form == InputFormat::Csv || names.any(|name| bare(name).is_some());
        Self { delimiter, has_marks }
    }

    /// The cells of a whole row.
    pub(super) fn cells(self, row: &[u8]) -> Cells<'_> {
        Cells { row, next: Some(0), dialect: self }
    }
}

/// The delimiter of a header row: the one that gives a cell `text`, else the most frequent.
fn delimiter_of(head: &[u8]) -> u8 {
    let named = |delimiter: &u8| {
        head.split(|byte| byte == delimiter).any(|cell| {
            let cell = cell.trim_ascii();
            bare(cell).unwrap_or(cell).trim_ascii().eq_ignore_ascii_case(TEXT.as_bytes())
        })
    };
    let often = |delimiter: &u8| head.iter().filter(|byte| *byte == delimiter).count();
    // `max_by_key` takes the last of equal ones.
    let likely = DELIMITERS.iter().rev().max_by_key(|delimiter| (named(delimiter), often(delimiter)));
    likely.copied().unwrap_or(b',')
}

/// The content of quotation marks.
fn bare(cell: &[u8]) -> Option<&[u8]> {
    cell.strip_prefix(&[MARK])?.strip_suffix(&[MARK])
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its bytes in the row, without the quotation marks around it.
    pub(super) range: Range<usize>,
    /// Whether it is in quotation marks, so that marks within are doubled.
    is_marked: bool,
}

impl Cell {
    /// Its content. If other characters follow its closing mark, everything is kept.
    pub(super) fn text<'a>(&self, row: &'a str) -> Cow<'a, str> {
        let text = row.get(self.range.clone()).unwrap_or_default();
        if self.is_marked && text.contains('"') { text.replace("\"\"", "\"").into() } else { text.into() }
    }
}

/// The cells of a row, one after another.
pub(super) struct Cells<'a> {
    row: &'a [u8],
    next: Option<usize>,
    dialect: Dialect,
}

impl Iterator for Cells<'_> {
    type Item = Cell;

    fn next(&mut self) -> Option<Cell> {
        let Self { row, next, dialect: Dialect { delimiter, has_marks } } = self;
        let start = next.take()?;
        let mut from = start;
        if *has_marks && row.get(start) == Some(&MARK) {
            let close = closing(row, start + 1);
            match row.get(close + 1) {
                Some(byte) if byte != delimiter => from = close + 1,
                after if close < row.len() => {
                    *next = after.map(|_| close + 2);
                    return Some(Cell { range: start + 1..close, is_marked: true });
                }
                _ => from = row.len(),
            }
        }
        let end = memchr::memchr(*delimiter, &row[from..]).map(|at| from + at);
        *next = end.map(|end| end + 1);
        Some(Cell { range: start..end.unwrap_or(row.len()), is_marked: false })
    }
}

/// The place of the mark that closes a cell; the end, if there is none.
fn closing(row: &[u8], mut from: usize) -> usize {
    while let Some(at) = memchr::memchr(MARK, &row[from..]) {
        from += at;
        if row.get(from + 1) != Some(&MARK) {
            return from;
        }
        from += 2;
    }
    row.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str, dialect: Dialect) -> Vec<String> {
        dialect.cells(row.as_bytes()).map(|cell| cell.text(row).into_owned()).collect()
    }

    #[test]
    fn cells_in_marks_and_without() {
        let csv = |row| cells(row, Dialect::default());
        assert_eq!(csv("a,\"b,\"\"c\"\"\n\",,\"\""), ["a", "b,\"c\"\n", "", ""]);
        assert_eq!(csv(""), [""]);
        assert_eq!(csv("\"\"\"\",x,"), ["\"", "x", ""]);
        assert_eq!(
            csv("\"خبر\" عاجل,b\"c\",\"d,e\" f\""),
            ["\"خبر\" عاجل", "b\"c\"", "\"d,e\" f\""],
            "nothing is repaired"
        );
        assert_eq!(csv("a,\"b,c"), ["a", "\"b,c"]);
        let tsv = Dialect { delimiter: b'\t', has_marks: false };
        assert_eq!(cells("\"a\tb\"\t\"c\"\"\"", tsv), ["\"a", "b\"", "\"c\"\"\""]);
    }

    #[test]
    fn the_head_tells_the_dialect() {
        let dialect = |head: &str, form| {
            let Dialect { delimiter, has_marks } = Dialect::of(head.as_bytes(), form);
            (char::from(delimiter), has_marks)
        };
        let auto = InputFormat::Auto;
        assert_eq!(dialect("id,text", auto), (',', true));
        assert_eq!(dialect("a,b;text", auto), (';', true));
        assert_eq!(dialect("id\ttext", auto), ('\t', false));
        assert_eq!(dialect("id\t\"text\"", auto), ('\t', true), "the head uses marks");
        assert_eq!(dialect("id\ttext", InputFormat::Csv), ('\t', true), "the user says so");
        assert_eq!(dialect("a,\"text\",b", InputFormat::Tsv), ('\t', false));
        assert_eq!(dialect("id\tte,xt\ttext", auto), ('\t', false));
        assert_eq!(dialect("", auto), (',', true));
    }
}
