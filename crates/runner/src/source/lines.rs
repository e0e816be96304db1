//! Lines of any length from a stream, in bounded memory.

use std::io::{self, BufRead};

/// The result of [`read_line`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineRead {
    /// The stream is at its end.
    End,
    /// The line was appended without its line break.
    Kept {
        /// Bytes read from the stream, including the line break.
        consumed: u64,
    },
    /// The line was longer than the limit; it was read to its end and dropped.
    TooLong {
        /// Bytes read from the stream, including the line break.
        consumed: u64,
    },
}

/// Appends the next line to `raw`, if it has at most `limit` bytes.
pub(super) fn read_line(stream: &mut impl BufRead, raw: &mut Vec<u8>, limit: usize) -> io::Result<LineRead> {
    let start = raw.len();
    let (mut consumed, mut dropped) = (0, false);
    loop {
        let buffer = match stream.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() && consumed == 0 {
            return Ok(LineRead::End);
        }
        let newline = memchr::memchr(b'\n', buffer);
        let part = &buffer[..newline.unwrap_or(buffer.len())];
        if limit < raw.len() - start + part.len() {
            raw.truncate(start);
            dropped = true;
        }
        if !dropped {
            raw.extend_from_slice(part);
        }
        let taken = part.len() + usize::from(newline.is_some());
        let at_end = buffer.is_empty() || newline.is_some();
        stream.consume(taken);
        consumed += taken as u64;
        if at_end {
            return Ok(if dropped { LineRead::TooLong { consumed } } else { LineRead::Kept { consumed } });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    fn lines(text: &[u8], limit: usize, buffer: usize) -> Vec<Option<String>> {
        let mut stream = BufReader::with_capacity(buffer, text);
        let (mut raw, mut found, mut total) = (b"before".to_vec(), Vec::new(), 0);
        loop {
            raw.truncate(6);
            match read_line(&mut stream, &mut raw, limit).expect("reads from memory") {
                LineRead::End => break,
                LineRead::Kept { consumed } => {
                    total += consumed;
                    found.push(Some(String::from_utf8_lossy(&raw[6..]).into_owned()));
                }
                LineRead::TooLong { consumed } => {
                    total += consumed;
                    found.push(None);
                }
            }
        }
        assert_eq!(total, text.len() as u64);
        found
    }

    #[test]
    fn lines_of_any_length() {
        let some = |text: &str| Some(text.to_owned());
        for buffer in [1, 2, 3, 64] {
            assert_eq!(lines(b"ab\n\ncdef", 9, buffer), [some("ab"), some(""), some("cdef")]);
            assert_eq!(lines(b"abcd\nabc\nabcde\nx\n", 3, buffer), [None, some("abc"), None, some("x")]);
            assert_eq!(lines(b"", 3, buffer), []);
        }
    }
}
