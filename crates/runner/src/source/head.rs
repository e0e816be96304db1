//! The first bytes of a stream, which determine how it is read.
//!
//! The decision depends on the bytes alone, not on how many each read returned: a pipe that delivers one line at a time is
//! read like the file. So either a fixed number of bytes decides, or as few as settle the decision whatever follows.

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use super::InputFormat;
use super::detect_encoding::LETTERS;

/// The most bytes that decide.
pub(super) const WINDOW: usize = 1 << 16;

/// A stream whose first bytes were read ahead; reading it returns them first.
pub(super) struct Peeked<R> {
    head: Vec<u8>,
    /// How many of them decide.
    deciding: usize,
    /// Bytes of `head` that were read again.
    taken: usize,
    /// The error that ended the head early, reported at its place.
    error: Option<io::Error>,
    stream: R,
}

impl<R: BufRead> Peeked<R> {
    /// Reads until `enough` returns how many bytes decide, or the stream ends or fails; then all of them decide.
    ///
    /// # Errors
    /// If the stream fails at its first byte.
    pub(super) fn new(mut stream: R, mut enough: impl FnMut(&[u8]) -> Option<usize>) -> io::Result<Self> {
        let (mut head, mut error) = (Vec::new(), None);
        let deciding = loop {
            if let Some(deciding) = enough(&head) {
                break deciding;
            }
            match stream.fill_buf() {
                Ok([]) => break head.len(),
                Ok(bytes) => {
                    head.extend_from_slice(bytes);
                    let taken = bytes.len();
                    stream.consume(taken);
                }
                Err(failed) if failed.kind() == io::ErrorKind::Interrupted => {}
                Err(failed) if head.is_empty() => return Err(failed),
                Err(failed) => {
                    error = Some(failed);
                    break head.len();
                }
            }
        };
        Ok(Self { deciding: deciding.min(head.len()), head, taken: 0, error, stream })
    }

    /// The bytes that decide.
    pub(super) fn head(&self) -> &[u8] {
        &self.head[..self.deciding]
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken == self.head.len() && self.error.is_none() {
            return self.stream.read(buffer);
        }
        let given = self.fill_buf()?.read(buffer)?;
        self.consume(given);
        Ok(given)
    }
}

impl<R: BufRead> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.head.len() {
            return Ok(&self.head[self.taken..]);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.stream.fill_buf(),
        }
    }

    fn consume(&mut self, taken: usize) {
        if self.taken < self.head.len() {
            self.taken += taken;
        } else {
            self.stream.consume(taken);
        }
    }
}

/// Determines how many bytes decide the format and the encoding.
///
/// Lines may arrive one by one and are read at once. So the first lines decide as soon as they are UTF-8 with some non-ASCII
/// letters, written or escaped; or the first line, if the encoding is given. For everything else it is [`WINDOW`].
pub(super) struct Settling {
    form: InputFormat,
    is_given: bool,
    /// Bytes of the lines seen so far.
    seen: usize,
    /// Characters beyond ASCII in them.
    letters: usize,
    /// Whether a line was seen that is not blank.
    begun: bool,
    /// Whether lines cannot settle the decision.
    is_open: bool,
}

impl Settling {
    /// For a stream in this format, whose encoding is given or not.
    pub(super) fn new(form: InputFormat, is_given: bool) -> Self {
        let is_open = matches!(form, InputFormat::Text | InputFormat::Html);
        Self { form, is_given, seen: 0, letters: 0, begun: false, is_open }
    }

    /// How many bytes decide, if `head` is enough to tell.
    pub(super) fn decide(&mut self, head: &[u8]) -> Option<usize> {
        let window = &head[..head.len().min(WINDOW)];
        while !self.is_open {
            let Some(end) = memchr::memchr(b'\n', &window[self.seen..]) else { break };
            let line = &window[self.seen..=self.seen + end];
            self.seen += line.len();
            self.line(line);
            if !self.is_open && self.begun && (self.is_given || LETTERS <= self.letters) {
                return Some(self.seen);
            }
        }
        (WINDOW <= head.len()).then_some(WINDOW)
    }

    fn line(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        if !self.is_given && (matches!(text, Cow::Owned(_)) || text.contains('\0')) {
            // An older encoding, or UTF-16.
            self.is_open = true;
            return;
        }
        if !self.begun {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_start();
            self.begun = !text.is_empty();
            self.is_open = self.begun && self.form == InputFormat::Auto && !text.starts_with('{');
        }
        self.letters += text.chars().filter(|c| !c.is_ascii()).count() + text.matches("\\u").count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    /// Gives so many bytes a read, an interruption before each.
    struct Slow<'a> {
        bytes: &'a [u8],
        step: usize,
        interrupted: bool,
    }

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.interrupted = !self.interrupted;
            if self.interrupted {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let step = self.step.min(buffer.len()).min(self.bytes.len());
            let (now, later) = self.bytes.split_at(step);
            buffer[..step].copy_from_slice(now);
            self.bytes = later;
            Ok(step)
        }
    }

    fn deciding(bytes: &[u8], form: InputFormat, is_given: bool) -> usize {
        let found: Vec<usize> = [1, 2, 64, 8192, 1 << 20]
            .map(|step| {
                let slow = BufReader::with_capacity(1 << 20, Slow { bytes, step, interrupted: false });
                let mut settling = Settling::new(form, is_given);
                let mut peeked = Peeked::new(slow, |head| settling.decide(head)).expect("reads");
                let deciding = peeked.head().len();
                let mut all = Vec::new();
                peeked.read_to_end(&mut all).expect("reads");
                assert!(all == bytes, "nothing is lost");
                deciding
            })
            .into();
        assert!(found.iter().all(|other| *other == found[0]), "{found:?}");
        found[0]
    }

    #[test]
    fn as_many_bytes_decide_however_they_come() {
        let (auto, csv) = (InputFormat::Auto, InputFormat::Csv);
        let arabic = "{\"text\":\"قال وزير الخارجية الروسي\"}\n";
        let escaped = format!("{{\"text\":\"{}\"}}\n", "\\u0642".repeat(16));
        let ascii = "{\"text\":\"a\"}\n";
        let long = ascii.repeat(WINDOW / 4);
        for first in [arabic, &escaped] {
            assert_eq!(deciding(format!("{first}{long}").as_bytes(), auto, false), first.len(), "one line is enough");
            let later = format!("\n \n{ascii}{first}{long}");
            assert_eq!(deciding(later.as_bytes(), auto, false), later.len() - long.len());
        }
        assert_eq!(deciding(long.as_bytes(), auto, false), WINDOW, "ASCII may become anything");
        assert_eq!(deciding(long.as_bytes(), auto, true), ascii.len());
        let text = format!("{}{long}", arabic.replace('{', "("));
        assert_eq!(deciding(text.as_bytes(), auto, false), WINDOW);
        assert_eq!(deciding(text.as_bytes(), csv, false), arabic.len());
        assert_eq!(deciding(text.as_bytes(), InputFormat::Text, true), WINDOW);
        let broken = [b"{\"\xd9\"}\n", long.as_bytes()].concat();
        assert_eq!(deciding(&broken, auto, false), WINDOW);
        assert_eq!(deciding(b"", auto, false), 0);
        assert_eq!(deciding(b"{", auto, false), 1);
    }

    #[test]
    fn what_was_read_before_a_failure_comes_first() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let stream = BufReader::new(b"{}\n".chain(Failing));
        let mut peeked = Peeked::new(stream, |head| (99 <= head.len()).then_some(99)).expect("something is there");
        let mut all = Vec::new();
        assert_eq!(peeked.read_to_end(&mut all).expect_err("broken").to_string(), "broken");
        assert_eq!((&all[..], peeked.head()), (&b"{}\n"[..], &b"{}\n"[..]));
        assert!(Peeked::new(BufReader::new(Failing), |_| None).is_err());
    }
}
