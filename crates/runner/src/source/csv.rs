//! Tables: one document per row, with a header row.

mod cells;
mod rows;

use std::io;
use std::sync::Arc;

use super::decode::Opened;
use super::record::{Fields, Record, Scalar, is_kept};
use super::{Feed, Origin, Stopped, ended, replaced, too_large, unreadable};
use crate::batch::{Body, Item};
use crate::{Extra, InputFormat, Issue, IssueCode};
use cells::{Dialect, MARK, TEXT};
use rows::{RowRead, Rows};

/// The maximum number of columns.
const COLUMNS: usize = 1 << 20;
/// The most columns named in a message.
const NAMED: usize = 50;

/// The header row of a table.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
    text: usize,
    id: Option<usize>,
    date: Option<usize>,
    country: Option<usize>,
    dialect: Dialect,
}

/// A row; its bytes are those of its item.
#[derive(Debug)]
pub(crate) struct Row {
    columns: Arc<Columns>,
}

/// Reads one document per row, in the given format; returns why reading ended early.
pub(super) fn read(
    opened: &mut Opened<'_>,
    form: InputFormat,
    origin: &Arc<Origin>,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<Option<io::Error>, Stopped> {
    let mut rows = match Rows::begin(&mut opened.stream, form, limit) {
        Ok(Some(rows)) => rows,
        Ok(None) => {
            feed.item(too_large(origin, 1, limit))?;
            return Ok(Some(unusable("the header row is too large")));
        }
        Err(error) => return feed.item(unreadable(origin, 1, &error)).map(|()| Some(error)),
    };
    let mut columns: Option<Arc<Columns>> = None;
    loop {
        let read = match rows.seek() {
            Ok(false) => return ended(&opened.trailing, origin, rows.line(), feed),
            Ok(true) => {
                let line = rows.line();
                let fits = |row: &[u8]| columns.as_ref().is_none_or(|columns| columns.fit(row));
                rows.next(fits).map(|read| (read, line))
            }
            Err(error) => Err(error),
        };
        let (read, line) = match read {
            Ok(read) => read,
            Err(error) => return feed.item(unreadable(origin, rows.line(), &error)).map(|()| Some(error)),
        };
        let broken = opened.replaced.before(rows.position());
        let head = match (read, &columns) {
            (RowRead::Kept(row), Some(columns)) => {
                let row = rows.bytes(row);
                // Blank rows that spreadsheets leave after the last one.
                if !columns.is_blank(row) {
                    let raw = feed.raw();
                    let range = raw.len()..raw.len() + row.len();
                    raw.extend_from_slice(row);
                    let body = Body::Row(Row { columns: Arc::clone(columns) });
                    feed.item(Item { origin: origin.telling(replaced(broken)), line, base: 0, range, body })?;
                }
                continue;
            }
            (RowRead::Kept(row), None) => Columns::of(rows.bytes(row), rows.dialect),
            (RowRead::TooLong, _) => {
                feed.item(too_large(origin, line, limit))?;
                continue;
            }
            (RowRead::Unclosed, Some(_)) => {
                feed.item(refused(origin, line, UNCLOSED))?;
                continue;
            }
            (RowRead::Unclosed, None) => Err(UNCLOSED.to_owned()),
        };
        match head {
            Ok(head) => columns = Some(Arc::new(head)),
            Err(message) => {
                feed.item(refused(origin, line, &message))?;
                return Ok(Some(unusable(&message)));
            }
        }
    }
}

const UNCLOSED: &str =
    "the quotation mark that opens a cell of this row is never closed; write a mark within a cell twice";

fn unusable(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

fn refused(origin: &Arc<Origin>, line: u64, message: &str) -> Item {
    Item::failed(origin, line, Issue::new(IssueCode::NotCsv, message))
}

impl Columns {
    /// The columns of a header row, or what is wrong with it.
    fn of(row: &[u8], dialect: Dialect) -> Result<Self, String> {
        if dialect.cells(row).nth(COLUMNS).is_some() {
            return Err(format!("the header row has more than {COLUMNS} columns"));
        }
        let row = String::from_utf8_lossy(row);
        let names: Vec<String> = dialect.cells(row.as_bytes()).map(|cell| cell.text(&row).trim().to_owned()).collect();
        let column = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        let Some(text) = column(TEXT) else {
            let more = if NAMED < names.len() { ", …" } else { "" };
            let names = names[..NAMED.min(names.len())].join(", ") + more;
            return Err(format!(
                "missing column `{TEXT}`: the header row has {names}; rename the column that holds the texts"
            ));
        };
        if names[text + 1..].iter().any(|name| name.eq_ignore_ascii_case(TEXT)) {
            return Err(format!("two columns `{TEXT}` in the header row: rename one of them"));
        }
        Ok(Self { text, id: column("id"), date: column("date"), country: column("country"), names, dialect })
    }

    /// Whether a row has no more cells than columns.
    fn fit(&self, row: &[u8]) -> bool {
        self.dialect.cells(row).skip(self.names.len()).all(|cell| row[cell.range].trim_ascii().is_empty())
    }

    /// Whether all cells of a row are blank.
    fn is_blank(&self, row: &[u8]) -> bool {
        let Dialect { delimiter, .. } = self.dialect;
        row.iter().all(|byte| *byte == delimiter || *byte == MARK || byte.is_ascii_whitespace())
            && self.dialect.cells(row).all(|cell| row[cell.range].trim_ascii().is_empty())
    }
}

impl Row {
    /// The row as a document, with the other columns that `keep` names.
    pub(super) fn parse<'a>(&'a self, row: &'a str, keep: &[String]) -> Record<'a> {
        let columns = &*self.columns;
        let head = columns.names.len();
        let (mut fields, mut extra) = (Fields::default(), Vec::new());
        let (mut wide, mut has_more) = (0, false);
        for (at, cell) in columns.dialect.cells(row.as_bytes()).enumerate() {
            wide = at + 1;
            let Some(name) = columns.names.get(at) else {
                has_more |= !cell.text(row).trim().is_empty();
                continue;
            };
            if is_kept(name, keep) {
                extra.push(Extra::of_text(name, &cell.text(row)));
            }
            let scalar = || Some(Scalar::Text(cell.text(row)));
            let is_said = |column: Option<usize>| column == Some(at) && !cell.text(row).trim().is_empty();
            if at == columns.text {
                fields.text = scalar();
            } else if is_said(columns.id) {
                fields.id = scalar();
            } else if is_said(columns.date) {
                fields.date = scalar();
            } else if is_said(columns.country) {
                fields.country = scalar();
            }
        }
        if has_more {
            let message = format!(
                "the row has {wide} cells, the header row {head}; put a cell with a comma in \"quotation marks\""
            );
            return Record::refused(Issue::new(IssueCode::NotCsv, message));
        }
        if wide <= columns.text {
            let message = format!("the row has {wide} cells, but `{TEXT}` is column {}", columns.text + 1);
            return Record::refused(Issue::new(IssueCode::NoText, message));
        }
        let mut record = fields.into_record();
        record.extra = extra;
        record
    }
}

#[cfg(test)]
mod tests;
