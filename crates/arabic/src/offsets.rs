//! Offsets in the units that other tools count in: bytes inside khabar, characters in Python, UTF-16 in Java, JavaScript
//! and .NET, lines and columns for people.
//!
//! [`Cursor`] walks: it is the one for the annotations of a document in order, without memory of its own as long as they
//! are. [`Offsets`] jumps: an index made once for a text that is asked about in any order, in both directions.
//!
//! ```
//! use khabar_arabic::{Cursor, Offsets, Unit};
//!
//! let text = "خبر 😀\nعاجل";
//! let mut cursor = Cursor::new(text, Unit::Char);
//! assert_eq!(cursor.at(7), 4, "the smiley is the fifth character");
//! assert_eq!(cursor.at(12), 6);
//!
//! let offsets = Offsets::new(text);
//! assert_eq!(offsets.utf16(12), 7, "and two units of UTF-16");
//! assert_eq!(offsets.byte(Unit::Utf16, 7), 12);
//! assert_eq!(offsets.place(Unit::Char, 14).to_string(), "2:2");
//! ```

use std::fmt;

/// What offsets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// Bytes of UTF-8.
    #[default]
    Byte,
    /// Unicode scalar values.
    Char,
    /// UTF-16 code units.
    Utf16,
}

impl Unit {
    /// How many units a text has.
    pub fn count(self, text: &str) -> usize {
        match self {
            Self::Byte => text.len(),
            Self::Char => chars(text.as_bytes()),
            Self::Utf16 => utf16(text.as_bytes()),
        }
    }

    fn of(self, bytes: &[u8]) -> usize {
        match self {
            Self::Byte => bytes.len(),
            Self::Char => chars(bytes),
            Self::Utf16 => utf16(bytes),
        }
    }
}

/// Characters that begin among these bytes. Written so that the compiler vectorises it: short sums of bytes.
fn chars(bytes: &[u8]) -> usize {
    bytes.chunks(255).map(|chunk| usize::from(chunk.iter().map(|b| u8::from(!is_continuation(*b))).sum::<u8>())).sum()
}

/// UTF-16 units of the characters that begin among these bytes: four bytes of UTF-8 make two.
fn utf16(bytes: &[u8]) -> usize {
    let pairs: usize =
        bytes.chunks(255).map(|chunk| usize::from(chunk.iter().map(|b| u8::from(0xf0 <= *b)).sum::<u8>())).sum();
    chars(bytes) + pairs
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

/// The greatest place that is no place inside of a character, at or before `byte`.
fn floor(text: &str, byte: usize) -> usize {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How many times the length of the text a [`Cursor`] walks before it makes an index. Offsets nearly in order take one or
/// two; with each time more a hostile order of offsets costs more before the index ends it.
const WALKS: usize = 4;

/// Turns byte offsets into another unit by walking from each to the next; the cost is the way between the two, so that
/// offsets in order cost one walk over the text. It goes backwards as well.
///
/// The cost is linear for any order of offsets: a cursor that has walked four times the length of the text makes an index
/// ([`Offsets`]) and jumps from then on.
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    text: &'a str,
    unit: Unit,
    byte: usize,
    count: usize,
    /// Bytes walked so far.
    walked: usize,
    index: Option<Box<Offsets<'a>>>,
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of a text.
    pub const fn new(text: &'a str, unit: Unit) -> Self {
        Self { text, unit, byte: 0, count: 0, walked: 0, index: None }
    }

    /// The offset in the cursor's unit of the character at byte `byte`. A byte inside of a character counts as the
    /// character's first, one after the text as its end.
    pub fn at(&mut self, byte: usize) -> usize {
        if self.unit == Unit::Byte {
            return floor(self.text, byte);
        }
        if let Some(index) = &self.index {
            return index.count(self.unit, byte);
        }
        let (byte, bytes) = (floor(self.text, byte), self.text.as_bytes());
        let way = if self.byte <= byte {
            self.count += self.unit.of(&bytes[self.byte..byte]);
            byte - self.byte
        } else if byte < self.byte / 2 {
            self.count = self.unit.of(&bytes[..byte]);
            byte
        } else {
            self.count -= self.unit.of(&bytes[byte..self.byte]);
            self.byte - byte
        };
        self.byte = byte;
        self.walked += way;
        // A short text is walked over sooner than an index of it is made.
        if WALKS * bytes.len().max(STEP) < self.walked {
            self.index = Some(Box::new(Offsets::new(self.text)));
        }
        self.count
    }

    /// The unit.
    pub const fn unit(&self) -> Unit {
        self.unit
    }
}

/// A place in a text for people and editors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Counted from 1. A line ends at `\n`, `\r\n` or `\r`.
    pub line: usize,
    /// Counted from 1, in the unit asked for.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Bytes between two checkpoints of an index: a look-up counts at most this many.
const STEP: usize = 512;

/// An index from bytes to characters, UTF-16 units, lines and back, in any order; 16 bytes for each 512 bytes of text and
/// 8 for each line.
#[derive(Clone, Debug)]
pub struct Offsets<'a> {
    text: &'a str,
    /// Characters and UTF-16 units that begin before byte `n * STEP`.
    steps: Vec<(usize, usize)>,
    lines: Vec<usize>,
}

impl<'a> Offsets<'a> {
    /// Indexes a text, in one walk over it.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut steps = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut counted = (0, 0);
        for chunk in bytes.chunks(STEP) {
            steps.push(counted);
            counted = (counted.0 + chars(chunk), counted.1 + utf16(chunk));
        }
        steps.push(counted);
        let mut lines = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                lines.push(at + 1);
            }
        }
        Self { text, steps, lines }
    }

    /// Characters before byte `byte`.
    pub fn chars(&self, byte: usize) -> usize {
        self.count(Unit::Char, byte)
    }

    /// UTF-16 units before byte `byte`.
    pub fn utf16(&self, byte: usize) -> usize {
        self.count(Unit::Utf16, byte)
    }

    /// Units before byte `byte`. A byte inside of a character counts as its first, one after the text as its end.
    pub fn count(&self, unit: Unit, byte: usize) -> usize {
        let byte = floor(self.text, byte);
        if unit == Unit::Byte {
            return byte;
        }
        let step = byte / STEP;
        self.before(unit, step) + unit.of(&self.text.as_bytes()[step * STEP..byte])
    }

    /// The byte at which the character with offset `offset` begins; an offset inside of a character (half of a surrogate
    /// pair) is the character's first byte, one after the text its end.
    pub fn byte(&self, unit: Unit, offset: usize) -> usize {
        if unit == Unit::Byte {
            return floor(self.text, offset);
        }
        let mut range = 0..self.steps.len();
        while 1 < range.len() {
            let middle = usize::midpoint(range.start, range.end);
            if self.before(unit, middle) <= offset {
                range.start = middle;
            } else {
                range.end = middle;
            }
        }
        // The checkpoint may stand inside of a character, which begins before it.
        let from = floor(self.text, range.start * STEP);
        let mut count = self.count(unit, from);
        for (at, c) in self.text[from..].char_indices() {
            count += if unit == Unit::Utf16 { c.len_utf16() } else { 1 };
            if offset < count {
                return from + at;
            }
        }
        self.text.len()
    }

    /// Line and column of byte `byte`, the column in `unit`.
    pub fn place(&self, unit: Unit, byte: usize) -> Place {
        let byte = floor(self.text, byte);
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines[line - 1];
        Place { line, column: self.count(unit, byte) - self.count(unit, start) + 1 }
    }

    /// The byte of a place; a column after its line's end is the line's end, a line after the last the text's.
    pub fn byte_of(&self, unit: Unit, place: Place) -> usize {
        let Some(start) = self.lines.get(place.line.saturating_sub(1)) else { return self.text.len() };
        let end = self.lines.get(place.line).map_or(self.text.len(), |next| next - 1);
        let at = self.byte(unit, self.count(unit, *start) + place.column.saturating_sub(1));
        at.clamp(*start, end.max(*start))
    }

    /// How many lines the text has; an empty text has one.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    fn before(&self, unit: Unit, step: usize) -> usize {
        let (chars, utf16) = self.steps[step];
        if unit == Unit::Utf16 { utf16 } else { chars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_and_columns() {
        let text = "أول\r\nثان\rثالث\n";
        let offsets = Offsets::new(text);
        assert_eq!(offsets.lines(), 4);
        for (word, place) in [("أول", "1:1"), ("ثان", "2:1"), ("ثالث", "3:1"), ("لث", "3:3")] {
            let byte = text.find(word).unwrap();
            let found = offsets.place(Unit::Char, byte);
            assert_eq!(found.to_string(), place);
            assert_eq!(offsets.byte_of(Unit::Char, found), byte);
        }
        assert_eq!(offsets.place(Unit::Char, text.len()).to_string(), "4:1");
        assert_eq!(offsets.byte_of(Unit::Char, Place { line: 9, column: 1 }), text.len());
    }

    #[test]
    fn what_is_outside_or_inside_of_a_character() {
        let text = "م😀";
        let mut cursor = Cursor::new(text, Unit::Utf16);
        assert_eq!([cursor.at(1), cursor.at(3), cursor.at(99), cursor.at(0)], [0, 1, 3, 0]);
        let offsets = Offsets::new(text);
        assert_eq!(offsets.byte(Unit::Utf16, 2), 2, "between the surrogates");
        assert_eq!(offsets.byte(Unit::Char, 9), 6);
        assert_eq!(Offsets::new("").byte(Unit::Char, 0), 0);
    }

    #[test]
    fn a_cursor_is_linear_in_any_order() {
        let text = "خبر 😀 ".repeat(1_000);
        let mut cursor = Cursor::new(&text, Unit::Char);
        let (speaker, offsets) = (0, Offsets::new(&text));
        for at in (0..text.len()).step_by(13) {
            assert_eq!(cursor.at(at), offsets.chars(at));
            assert_eq!(cursor.at(speaker), 0);
        }
        assert!(cursor.walked <= (WALKS + 1) * text.len(), "walked {} bytes of {}", cursor.walked, text.len());
        let mut in_order = Cursor::new(&text, Unit::Char);
        (0..text.len()).for_each(|at| assert_eq!(in_order.at(at), offsets.chars(at)));
        assert!(in_order.index.is_none());
    }

    proptest! {
        #[test]
        fn a_cursor_agrees_with_an_index_in_any_order(
            text in "(\\PC|[\u{620}-\u{64a}\n😀]){1,40}",
            times in 1_usize..60,
            places in prop::collection::vec(0..10_000_usize, 0..200),
        ) {
            let text = text.repeat(times);
            let offsets = Offsets::new(&text);
            let (mut chars, mut pairs) = (Cursor::new(&text, Unit::Char), Cursor::new(&text, Unit::Utf16));
            for place in places {
                let at = place % (text.len() + 2);
                prop_assert_eq!((chars.at(at), pairs.at(at)), (offsets.chars(at), offsets.utf16(at)));
            }
        }

        #[test]
        fn units_agree_with_std(text in "(\\PC|[\u{620}-\u{64a}\n\r😀]){0,40}", times in 1_usize..60) {
            let text = text.repeat(times);
            let offsets = Offsets::new(&text);
            let (mut chars, mut pairs) = (Cursor::new(&text, Unit::Char), Cursor::new(&text, Unit::Utf16));
            let all: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (mut n, mut wide) = (0, 0);
            for at in all.iter().copied() {
                prop_assert_eq!((offsets.chars(at), offsets.utf16(at)), (n, wide));
                prop_assert_eq!((chars.at(at), pairs.at(at)), (n, wide));
                prop_assert_eq!((offsets.byte(Unit::Char, n), offsets.byte(Unit::Utf16, wide)), (at, at));
                let c = text[at..].chars().next();
                n += 1;
                wide += c.map_or(0, char::len_utf16);
            }
            for at in all.into_iter().rev().step_by(7) {
                prop_assert_eq!(chars.at(at), text[..at].chars().count());
            }
        }
    }
}
