//! Decodes streams in other encodings than UTF-8.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// Bytes decoded at once.
const BUFFER: usize = 1 << 16;

/// The replacement for invalid bytes.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// The places of replacement characters in a decoded stream.
#[derive(Clone, Debug, Default)]
pub(super) struct Replaced(Rc<RefCell<VecDeque<u64>>>);

impl Replaced {
    /// How many are before byte `end` of the stream; each is counted once.
    pub(super) fn before(&self, end: u64) -> usize {
        let mut places = self.0.borrow_mut();
        let count = places.partition_point(|place| *place < end);
        places.drain(..count);
        count
    }

    fn add(&self, place: u64) {
        self.0.borrow_mut().push_back(place);
    }
}

/// A stream, decoded.
pub(super) struct Transcoded<R> {
    stream: R,
    decoder: Decoder,
    buffer: Box<[u8]>,
    /// The unread bytes of `buffer`.
    start: usize,
    end: usize,
    /// Bytes decoded before those.
    before: u64,
    replaced: Replaced,
    ended: bool,
}

impl<R: BufRead> Transcoded<R> {
    /// Decodes a stream without its byte order mark; `replaced` records invalid characters.
    pub(super) fn new(stream: R, encoding: &'static Encoding, replaced: Replaced) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let buffer = vec![0; BUFFER].into();
        Self { stream, decoder, buffer, start: 0, end: 0, before: 0, replaced, ended: false }
    }
}

impl<R: BufRead> BufRead for Transcoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !self.ended {
            let input = self.stream.fill_buf()?;
            let last = input.is_empty();
            let room = BUFFER - REPLACEMENT.len();
            let (result, taken, mut given) =
                self.decoder.decode_to_utf8_without_replacement(input, &mut self.buffer[..room], last);
            self.stream.consume(taken);
            self.before += self.end as u64;
            if let DecoderResult::Malformed(..) = result {
                self.replaced.add(self.before + given as u64);
                self.buffer[given..given + REPLACEMENT.len()].copy_from_slice(REPLACEMENT);
                given += REPLACEMENT.len();
            }
            (self.start, self.end) = (0, given);
            self.ended = last && matches!(result, DecoderResult::InputEmpty);
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, taken: usize) {
        self.start = self.end.min(self.start + taken);
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let given = self.fill_buf()?.read(buffer)?;
        self.consume(given);
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16LE, WINDOWS_1256};
    use std::io::BufReader;

    #[test]
    fn what_is_no_character_is_counted_where_it_stands() {
        let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
        let lone = [&units("\u{feff}خبر")[..], &[0xd800], &units("a😀\n"), &[0xdc00, 0xdc00], &units("ب")].concat();
        let mut bytes: Vec<u8> = lone.into_iter().flat_map(u16::to_le_bytes).collect();
        bytes.push(b'x');
        for size in [1, 3, 1 << 16] {
            let replaced = Replaced::default();
            let stream = BufReader::with_capacity(size, &bytes[..]);
            let mut text = String::new();
            Transcoded::new(stream, UTF_16LE, replaced.clone()).read_to_string(&mut text).expect("UTF-8");
            assert_eq!(text, "خبر\u{fffd}a😀\n\u{fffd}\u{fffd}ب\u{fffd}");
            let line = text.find('\n').map_or(0, |at| at + 1) as u64;
            assert_eq!([replaced.before(line), replaced.before(line), replaced.before(text.len() as u64)], [1, 0, 3]);
        }
    }

    #[test]
    fn more_than_a_buffer() {
        let text = "خبر عاجل، ".repeat(20_000);
        let (bytes, ..) = WINDOWS_1256.encode(&text);
        let mut found = String::new();
        Transcoded::new(&bytes[..], WINDOWS_1256, Replaced::default()).read_to_string(&mut found).expect("UTF-8");
        assert!(found == text);
    }
}
