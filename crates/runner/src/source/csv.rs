//! Tables: a document a row, under a head that names the columns.

use std::borrow::Cow;
use std::io::{self, BufRead, Cursor, Read};
use std::ops::Range;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::lines::{LineRead, read_line};
use super::record::{Fields, Record, Scalar, is_kept};
use super::{Feed, Origin, Stopped, too_large, unreadable};
use crate::batch::{Body, Item};
use crate::{Extra, Issue, IssueCode};

/// The column that holds the texts.
const TEXT: &str = "text";
/// What may part the cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// UTF-8's byte order mark.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// Bytes of a row that are unescaped at once.
const STEP: usize = 1 << 12;

/// The head of a table.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    names: Vec<String>,
    text: usize,
    id: Option<usize>,
    date: Option<usize>,
    country: Option<usize>,
}

/// A row, whose cells stand one after the other in the bytes of its item.
#[derive(Debug)]
pub(crate) struct Row {
    columns: Arc<Columns>,
    /// Where each cell ends.
    ends: Box<[usize]>,
}

/// A document a row; returns why reading ended early.
pub(super) fn read(
    stream: &mut impl BufRead,
    origin: &Arc<Origin>,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<Option<io::Error>, Stopped> {
    let mut rows = match Rows::begin(stream, limit) {
        Ok(Some(rows)) => rows,
        Ok(None) => return feed.item(too_large(origin, 1, limit)).map(|()| None),
        Err(error) => return feed.item(unreadable(origin, 1, &error)).map(|()| Some(error)),
    };
    let mut columns = None;
    loop {
        let raw = feed.raw();
        let start = raw.len();
        let (line, ends) = match rows.next(raw, limit) {
            Ok(RowRead::Kept { line, ends }) => (line, ends),
            Ok(RowRead::End) => return Ok(None),
            Ok(RowRead::TooLong { line }) => {
                feed.item(too_large(origin, line, limit))?;
                continue;
            }
            Ok(RowRead::Unclosed { line }) => return feed.item(refused(origin, line, UNCLOSED)).map(|()| None),
            Err(error) => {
                raw.truncate(start);
                return feed.item(unreadable(origin, rows.line, &error)).map(|()| Some(error));
            }
        };
        match &columns {
            None => {
                let head = Columns::of(&raw[start..], &ends);
                raw.truncate(start);
                match head {
                    Ok(head) => columns = Some(Arc::new(head)),
                    Err(message) => {
                        feed.item(refused(origin, line, &message))?;
                        return Ok(Some(io::Error::new(io::ErrorKind::InvalidData, message)));
                    }
                }
            }
            // What spreadsheets leave behind the last row.
            Some(_) if raw[start..].trim_ascii().is_empty() => raw.truncate(start),
            Some(columns) => {
                let range = start..raw.len();
                let body = Body::Row(Row { columns: Arc::clone(columns), ends });
                feed.item(Item { origin: Arc::clone(origin), line, base: 0, range, body })?;
            }
        }
    }
}

const UNCLOSED: &str =
    "a quotation mark that opens a cell of this row is never closed; a mark inside of a cell is written twice";

fn refused(origin: &Arc<Origin>, line: u64, message: &str) -> Item {
    Item::failed(origin, line, Issue::new(IssueCode::NotCsv, message))
}

/// What parts the cells of a head: what leaves one that is `text`, else what there is most of.
fn delimiter_of(head: &[u8]) -> u8 {
    let named = |delimiter: &u8| {
        head.split(|byte| byte == delimiter).any(|cell| {
            let cell = cell.trim_ascii();
            let bare = cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell);
            bare.trim_ascii().eq_ignore_ascii_case(TEXT.as_bytes())
        })
    };
    let often = |delimiter: &u8| head.iter().filter(|byte| *byte == delimiter).count();
    // Of several that come to the same, `max_by_key` takes the last.
    let likely = DELIMITERS.iter().rev().max_by_key(|delimiter| (named(delimiter), often(delimiter)));
    likely.copied().unwrap_or(b',')
}

/// What reading a row comes to.
enum RowRead {
    End,
    Kept {
        line: u64,
        ends: Box<[usize]>,
    },
    /// It is larger than the limit; it was read to its end and dropped.
    TooLong {
        line: u64,
    },
    /// The table ends inside of quotation marks.
    Unclosed {
        line: u64,
    },
}

/// The rows of a stream.
struct Rows<R> {
    stream: R,
    reader: Reader,
    /// Line of the next byte, counted from 1.
    line: u64,
}

impl<'a, R: BufRead> Rows<io::Chain<Cursor<Vec<u8>>, &'a mut R>> {
    /// The rows of a stream, whose first line tells what parts the cells; `None` if it is longer than the limit.
    fn begin(stream: &'a mut R, limit: usize) -> io::Result<Option<Self>> {
        let mut first = Vec::new();
        if let LineRead::TooLong { .. } = read_line(stream, &mut first, limit)? {
            return Ok(None);
        }
        if first.starts_with(MARK) {
            first.drain(..MARK.len());
        }
        let reader = ReaderBuilder::new().delimiter(delimiter_of(&first)).build();
        first.push(b'\n');
        Ok(Some(Self { stream: Cursor::new(first).chain(stream), reader, line: 1 }))
    }
}

impl<R: BufRead> Rows<R> {
    /// Appends the unescaped cells of the next row to `raw`, if they have at most `limit` bytes.
    fn next(&mut self, raw: &mut Vec<u8>, limit: usize) -> io::Result<RowRead> {
        self.skip_blank()?;
        let (start, line) = (raw.len(), self.line);
        let (mut ends, mut cells, mut written) = (vec![0; 16], 0, 0);
        let (mut dropped, mut begun) = (false, false);
        let result = loop {
            let buffer = fill(&mut self.stream)?;
            let at_end = buffer.is_empty();
            if at_end && !begun {
                break ReadRecordResult::End;
            }
            begun = true;
            dropped |= limit < written;
            // What is dropped is still gone through, over and over the same place.
            let at = if dropped { start } else { start + written };
            raw.resize(at + STEP, 0);
            // A line break that is added to the end does not end a row whose marks are open.
            let input = if at_end { b"\n" } else { buffer };
            let (result, taken, put, ended) = self.reader.read_record(input, &mut raw[at..], &mut ends[cells..]);
            if at_end && matches!(result, ReadRecordResult::InputEmpty) {
                raw.truncate(start);
                return Ok(RowRead::Unclosed { line });
            }
            if !at_end {
                self.line += memchr::memchr_iter(b'\n', &buffer[..taken]).count() as u64;
                self.stream.consume(taken);
            }
            (written, cells) = (written + put, cells + ended);
            match result {
                ReadRecordResult::OutputEndsFull if dropped => cells = 0,
                ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => break result,
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull => {}
            }
        };
        let kept = !dropped && written <= limit;
        raw.truncate(if kept { start + written } else { start });
        ends.truncate(cells);
        Ok(match result {
            ReadRecordResult::End => RowRead::End,
            _ if kept => RowRead::Kept { line, ends: ends.into() },
            _ => RowRead::TooLong { line },
        })
    }

    /// Passes over line breaks, so that the next row begins at the line that is told.
    fn skip_blank(&mut self) -> io::Result<()> {
        loop {
            let buffer = fill(&mut self.stream)?;
            let blank = buffer.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if blank == 0 {
                return Ok(());
            }
            self.line += memchr::memchr_iter(b'\n', &buffer[..blank]).count() as u64;
            self.stream.consume(blank);
        }
    }
}

fn fill(stream: &mut impl BufRead) -> io::Result<&[u8]> {
    // Twice, since a buffer that is handed out keeps the stream borrowed.
    while let Err(error) = stream.fill_buf() {
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    stream.fill_buf()
}

impl Columns {
    /// The columns that a head names, or what is wrong with it.
    fn of(raw: &[u8], ends: &[usize]) -> Result<Self, String> {
        let names: Vec<String> =
            cells(ends).map(|cell| String::from_utf8_lossy(&raw[cell]).trim().to_owned()).collect();
        let column = |wanted: &str| names.iter().position(|name| name.eq_ignore_ascii_case(wanted));
        let Some(text) = column(TEXT) else {
            let names = names.join(", ");
            return Err(format!("no column `{TEXT}` in the head ({names}); name the one that holds the texts so"));
        };
        if names[text + 1..].iter().any(|name| name.eq_ignore_ascii_case(TEXT)) {
            return Err(format!(
                "two columns `{TEXT}` in the head; name the one that does not hold the texts otherwise"
            ));
        }
        Ok(Self { text, id: column("id"), date: column("date"), country: column("country"), names })
    }
}

/// The places of cells.
fn cells(ends: &[usize]) -> impl ExactSizeIterator<Item = Range<usize>> {
    ends.iter().enumerate().map(|(at, end)| if at == 0 { 0..*end } else { ends[at - 1]..*end })
}

impl Row {
    /// The row as a document, with the other columns that `keep` names. `cells` holds its cells.
    pub(super) fn parse<'a>(&'a self, content: &'a str, keep: &[String]) -> Record<'a> {
        let Self { columns, ends } = self;
        let cells: Vec<&'a str> = cells(ends).map(|cell| content.get(cell).unwrap_or_default()).collect();
        let (wide, head) = (cells.len(), columns.names.len());
        if cells.iter().skip(head).any(|cell| !cell.trim().is_empty()) {
            let message = format!("the row has {wide} cells, the head {head}: a cell with a comma stands in \"marks\"");
            return Record::refused(Issue::new(IssueCode::NotCsv, message));
        }
        if wide <= columns.text {
            let message =
                format!("the row has {wide} cells, `{TEXT}` stands in the head as number {}", columns.text + 1);
            return Record::refused(Issue::new(IssueCode::NoText, message));
        }
        let cell = |column: Option<usize>| {
            let cell = cells.get(column?).filter(|cell| !cell.trim().is_empty())?;
            Some(Scalar::Text(Cow::Borrowed(cell)))
        };
        let text = Some(Scalar::Text(cells[columns.text].into()));
        let (id, date, country) = (cell(columns.id), cell(columns.date), cell(columns.country));
        let mut record = Fields { id, text, date, country }.into_record();
        for (name, cell) in columns.names.iter().zip(&cells).filter(|(name, _)| is_kept(name, keep)) {
            record.extra.push(Extra::of_text(name, cell));
        }
        record
    }
}

#[cfg(test)]
mod tests;
