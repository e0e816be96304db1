//! The rows of a stream: where each one ends.
//!
//! A line break ends a row, unless it is in a cell in quotation marks. A mark that was never closed would take everything
//! after it into its cell. So a cell over several lines must be well formed: its closing mark is before a delimiter, a line
//! break or the end, and within the limit of a document; and the row has no more cells than the header row. Otherwise the
//! row ends at the line break and is refused, and what follows is read as rows.
//!
//! Lines that are read again have no mark open over several of them, unless the second rule applies, which it does once per
//! place. So no byte is read more than a few times.

use std::io::{self, BufRead};
use std::ops::Range;

use super::cells::{Dialect, MARK};
use crate::InputFormat;

/// UTF-8's byte order mark.
const ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The result of reading a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowRead {
    /// Its bytes in [`Rows::bytes`].
    Kept(Range<usize>),
    /// It is larger than the limit; it was skipped.
    TooLong,
    /// A mark that opens a cell is never closed.
    Unclosed,
}

/// The rows of a stream.
pub(super) struct Rows<R> {
    stream: R,
    pub(super) dialect: Dialect,
    /// Bytes that were read; those before `at` are consumed.
    buffer: Vec<u8>,
    at: usize,
    /// Line of the next byte, counted from 1. A line ends at `\n`, `\r\n` or `\r`.
    line: u64,
    /// Whether the last consumed byte is `\r`.
    is_after_return: bool,
    /// Bytes of the stream before `buffer`.
    before: u64,
    /// The place from which reading went back; see [`Rows::next`].
    sent_back: u64,
    limit: usize,
}

/// How far a row was scanned.
#[derive(Default)]
struct Scan {
    place: Place,
    /// Bytes scanned.
    at: usize,
    /// The first line break within the row.
    row_break: Option<usize>,
    /// The first line break within a cell in quotation marks.
    cell_break: Option<usize>,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Default)]
enum Place {
    /// The first byte of a cell.
    #[default]
    Begin,
    /// A cell without quotation marks.
    Plain,
    /// A cell in quotation marks.
    Marked,
    /// The byte after a quotation mark within such a cell.
    Closing,
}

/// Where a row ends.
#[derive(Clone, Copy)]
enum Ended {
    At(usize),
    Unclosed(usize),
}

impl<R: BufRead> Rows<R> {
    /// The rows of a stream, whose first line gives the dialect; `None` if that line is longer than the limit.
    pub(super) fn begin(stream: R, form: InputFormat, limit: usize) -> io::Result<Option<Self>> {
        let dialect = Dialect::default();
        let mut rows = Self {
            stream,
            dialect,
            buffer: Vec::new(),
            at: 0,
            line: 1,
            is_after_return: false,
            before: 0,
            sent_back: 0,
            limit,
        };
        let mut seen = 0;
        let end = loop {
            match memchr::memchr2(b'\n', b'\r', &rows.buffer[seen..]) {
                Some(at) => break seen + at,
                None if limit < rows.buffer.len() => return Ok(None),
                None => seen = rows.buffer.len(),
            }
            if !rows.fill()? {
                break rows.buffer.len();
            }
        };
        if limit < end {
            return Ok(None);
        }
        if rows.buffer.starts_with(ORDER_MARK) {
            rows.at = ORDER_MARK.len();
        }
        rows.dialect = Dialect::of(&rows.buffer[rows.at.min(end)..end], form);
        Ok(Some(rows))
    }

    /// The line of the next byte, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Bytes of the stream consumed.
    pub(super) fn position(&self) -> u64 {
        self.before + self.at as u64
    }

    /// The bytes that [`RowRead::Kept`] points into, valid until the next row is read.
    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        &self.buffer[range]
    }

    /// Goes to the next row, skipping blank lines; [`Rows::line`] is then its line. `false` at the end.
    pub(super) fn seek(&mut self) -> io::Result<bool> {
        loop {
            let blank = self.buffer[self.at..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.pass(blank);
            if self.at < self.buffer.len() {
                return Ok(true);
            }
            if !self.fill()? {
                return Ok(false);
            }
        }
    }

    /// Reads the row that [`Rows::seek`] found, if it is within the limit. `fits` tells whether it has no more cells than
    /// the header row; it is called only for a row over several lines.
    pub(super) fn next(&mut self, fits: impl Fn(&[u8]) -> bool) -> io::Result<RowRead> {
        let mut scan = Scan::default();
        let ended = loop {
            // Not beyond, so that the result does not depend on how many bytes were buffered.
            let row = &self.buffer[self.at..self.buffer.len().min(self.at + self.limit + 1)];
            if let Some(ended) = scan.go_on(row, self.dialect) {
                break ended;
            }
            if self.limit < row.len() {
                match scan.cell_break {
                    Some(at) => break Ended::Unclosed(at),
                    None => return self.drop_row(),
                }
            }
            if !self.fill()? {
                break scan.end(self.buffer.len() - self.at);
            }
        };
        let start = self.at;
        let end = match (ended, scan.row_break) {
            (Ended::At(end), Some(row_break))
                if self.sent_back <= self.position() && !fits(&self.buffer[start..start + end]) =>
            {
                self.sent_back = self.position() + end as u64;
                Ended::Unclosed(row_break)
            }
            (ended, _) => ended,
        };
        Ok(match end {
            Ended::At(end) => {
                self.pass(end);
                RowRead::Kept(start..start + end)
            }
            Ended::Unclosed(end) => {
                self.pass(end);
                RowRead::Unclosed
            }
        })
    }

    /// Skips the rest of a row that is too long: to the next line break, in quotation marks or not.
    fn drop_row(&mut self) -> io::Result<RowRead> {
        loop {
            let rest = &self.buffer[self.at..];
            let end = memchr::memchr2(b'\n', b'\r', rest);
            self.pass(end.unwrap_or(rest.len()));
            if end.is_some() || !self.fill()? {
                return Ok(RowRead::TooLong);
            }
        }
    }

    /// Consumes bytes.
    fn pass(&mut self, bytes: usize) {
        let passed = &self.buffer[self.at..self.at + bytes];
        for at in memchr::memchr2_iter(b'\n', b'\r', passed) {
            let is_after_return = at.checked_sub(1).map_or(self.is_after_return, |before| passed[before] == b'\r');
            self.line += u64::from(passed[at] == b'\r' || !is_after_return);
        }
        self.is_after_return = passed.last().map_or(self.is_after_return, |last| *last == b'\r');
        self.at += bytes;
    }

    /// Reads more; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        // Done rarely, so that the rest is not moved again and again.
        if self.buffer.len() <= 2 * self.at {
            self.buffer.drain(..self.at);
            self.before += std::mem::take(&mut self.at) as u64;
        }
        let taken = loop {
            match self.stream.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => {
                    let bytes = other?;
                    self.buffer.extend_from_slice(bytes);
                    break bytes.len();
                }
            }
        };
        self.stream.consume(taken);
        Ok(taken != 0)
    }
}

impl Scan {
    /// Scans the buffered bytes of a row.
    fn go_on(&mut self, row: &[u8], dialect: Dialect) -> Option<Ended> {
        while let Some(&byte) = row.get(self.at) {
            let is_break = matches!(byte, b'\n' | b'\r');
            match self.place {
                Place::Begin if byte == MARK && dialect.has_marks => {
                    (self.place, self.cell_break) = (Place::Marked, None);
                }
                Place::Marked => {
                    let rest = &row[self.at..];
                    let close = if self.cell_break.is_some() {
                        memchr::memchr(MARK, rest)
                    } else {
                        memchr::memchr3(MARK, b'\n', b'\r', rest)
                    };
                    let Some(found) = close else {
                        self.at = row.len();
                        break;
                    };
                    self.at += found;
                    if row[self.at] == MARK {
                        self.place = Place::Closing;
                    } else {
                        self.cell_break = Some(self.at);
                        self.row_break = self.row_break.or(self.cell_break);
                    }
                }
                Place::Closing if byte == MARK => self.place = Place::Marked,
                _ if is_break => return Some(Ended::At(self.at)),
                _ if byte == dialect.delimiter => self.place = Place::Begin,
                Place::Closing => match self.cell_break {
                    Some(at) => return Some(Ended::Unclosed(at)),
                    None => self.place = Place::Plain,
                },
                Place::Begin | Place::Plain => {
                    self.place = Place::Plain;
                    let next = memchr::memchr3(dialect.delimiter, b'\n', b'\r', &row[self.at..]);
                    self.at = next.map_or(row.len(), |next| self.at + next);
                    continue;
                }
            }
            self.at += 1;
        }
        None
    }

    /// The end of a row at the end of the stream.
    fn end(&self, len: usize) -> Ended {
        match self.place {
            Place::Marked => Ended::Unclosed(self.cell_break.unwrap_or(len)),
            Place::Begin | Place::Plain | Place::Closing => Ended::At(len),
        }
    }
}
