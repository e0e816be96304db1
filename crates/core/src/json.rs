//! Values as JSON, without serde for those that every document has many of.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::Span;

/// Bytes of the longest key.
const LONGEST_KEY: usize = 24;

/// Writes one JSON object member by member; what comes out is what `serde_json` writes for the same members.
pub(crate) struct Object<'a> {
    out: &'a mut Vec<u8>,
    /// Before the next member: `{` or `,`.
    before: u8,
}

impl<'a> Object<'a> {
    pub(crate) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, before: b'{' }
    }

    /// Starts a member; its value is written next. Inlined, so that the length of the key is known.
    #[inline(always)]
    fn key(&mut self, key: &str) -> &mut Vec<u8> {
        self.key_before(key, *b"")
    }

    /// The same and the first bytes of the value, all at once.
    #[inline(always)]
    fn key_before<const N: usize>(&mut self, key: &str, value: [u8; N]) -> &mut Vec<u8> {
        let (mut bytes, len) = ([0; LONGEST_KEY + 8], key.len());
        assert!(len <= LONGEST_KEY && N <= 4, "keys are literals of this crate");
        bytes[0] = self.before;
        bytes[1] = b'"';
        bytes[2..2 + len].copy_from_slice(key.as_bytes());
        bytes[2 + len..4 + len].copy_from_slice(b"\":");
        bytes[4 + len..4 + len + N].copy_from_slice(&value);
        self.out.extend_from_slice(&bytes[..4 + len + N]);
        self.before = b',';
        self.out
    }

    #[inline(always)]
    pub(crate) fn null(&mut self, key: &str) {
        self.key_before(key, *b"null");
    }

    #[inline(always)]
    pub(crate) fn string(&mut self, key: &str, value: &str) -> Result<(), serde_json::Error> {
        let out = self.key(key);
        write_string(out, value)
    }

    /// A string that is copied as it stands in another JSON text, between its marks.
    #[inline(always)]
    pub(crate) fn raw_string(&mut self, key: &str, escaped: &[u8]) {
        let out = self.key_before(key, *b"\"");
        out.extend_from_slice(escaped);
        out.push(b'"');
    }

    #[inline]
    pub(crate) fn string_or_null(&mut self, key: &str, value: Option<&str>) -> Result<(), serde_json::Error> {
        match value {
            Some(value) => self.string(key, value),
            None => {
                self.null(key);
                Ok(())
            }
        }
    }

    /// A decimal as an exact string: most are small whole numbers.
    #[inline(always)]
    pub(crate) fn decimal(&mut self, key: &str, value: Decimal) -> Result<(), serde_json::Error> {
        let out = self.key(key);
        match u64::try_from(value.mantissa()) {
            Ok(small @ ..10_000) if value.scale() == 0 => {
                let (digits, len) = few_digits(small as u32);
                // Eight bytes at once, of which only the quoted digits stay.
                let quoted = u64::from(b'"') | u64::from(digits) << 8 | u64::from(b'"') << (8 * (len + 1));
                let end = out.len() + len + 2;
                out.extend_from_slice(&quoted.to_le_bytes());
                out.truncate(end);
                Ok(())
            }
            _ => write_decimal(out, value),
        }
    }

    #[inline(always)]
    pub(crate) fn span(&mut self, key: &str, span: Option<Span>) {
        match span {
            Some(span) => self::span(span, self.key(key)),
            None => self.null(key),
        }
    }

    #[inline(always)]
    pub(crate) fn spans(&mut self, key: &str, spans: &[Span]) {
        // Most lists are empty.
        if spans.is_empty() {
            self.key_before(key, *b"[]");
            return;
        }
        let out = self.key_before(key, *b"[");
        for (at, span) in spans.iter().enumerate() {
            if at != 0 {
                out.push(b',');
            }
            self::span(*span, out);
        }
        out.push(b']');
    }

    /// Any other value, by serde.
    pub(crate) fn other(&mut self, key: &str, value: &impl Serialize) -> Result<(), serde_json::Error> {
        serde_json::to_writer(self.key(key), value)
    }

    pub(crate) fn end(self) {
        // An object without members is not begun yet.
        if self.before == b'{' {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }
}

fn write_string(out: &mut Vec<u8>, value: &str) -> Result<(), serde_json::Error> {
    if is_escaped(value.as_bytes()) {
        return serde_json::to_writer(out, value);
    }
    out.reserve(value.len() + 2);
    out.push(b'"');
    out.extend_from_slice(value.as_bytes());
    out.push(b'"');
    Ok(())
}

#[inline(never)]
fn write_decimal(out: &mut Vec<u8>, value: Decimal) -> Result<(), serde_json::Error> {
    let Ok(mantissa) = u64::try_from(value.mantissa()) else { return serde_json::to_writer(out, &value) };
    let Some(one) = 10_u64.checked_pow(value.scale()) else { return serde_json::to_writer(out, &value) };
    let mut tail = Tail::default();
    tail.put(b"\"");
    if one != 1 {
        let behind = tail.first - value.scale() as usize;
        tail.put_digits(mantissa % one);
        while behind < tail.first {
            tail.put(b"0");
        }
        tail.put(b".");
    }
    tail.put_digits(mantissa / one);
    tail.put(b"\"");
    out.extend_from_slice(tail.bytes());
    Ok(())
}

fn span(span: Span, out: &mut Vec<u8>) {
    if span.start.max(span.end) < 10_000 {
        small_span(span, out);
        return;
    }
    let mut tail = Tail::default();
    tail.put(b"}");
    tail.put_digits(span.end.into());
    tail.put(b",\"end\":");
    tail.put_digits(span.start.into());
    tail.put(b"{\"start\":");
    out.extend_from_slice(tail.bytes());
}

/// A span of numbers below 10,000, as most texts have no others: without a branch, and what stands behind it is taken off again.
fn small_span(span: Span, out: &mut Vec<u8>) {
    const END: &[u8; 7] = b",\"end\":";
    let mut bytes = *b"{\"start\":                       ";
    let ((start, start_len), (end, end_len)) = (few_digits(span.start), few_digits(span.end));
    let mut at = 9;
    bytes[at..at + 4].copy_from_slice(&start.to_le_bytes());
    at += start_len;
    bytes[at..at + 7].copy_from_slice(END);
    at += END.len();
    let end = u64::from(end) | u64::from(b'}') << (8 * end_len);
    bytes[at..at + 8].copy_from_slice(&end.to_le_bytes());
    let len = out.len() + at + end_len + 1;
    out.extend_from_slice(&bytes);
    out.truncate(len);
}

/// Whether a character of a string is escaped in JSON: a control character, a quotation mark or a backslash.
#[inline]
fn is_escaped(string: &[u8]) -> bool {
    let of_eight = |bytes: &[u8; 8]| escaped_of_eight(u64::from_le_bytes(*bytes));
    let (eights, rest) = string.as_chunks();
    let any = eights.iter().fold(0, |any, bytes| any | of_eight(bytes));
    let last = match string.last_chunk() {
        // Some of them were seen already.
        Some(bytes) => of_eight(bytes),
        None => {
            let mut bytes = [b' '; 8];
            bytes.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
            of_eight(&bytes)
        }
    };
    any | last != 0
}

/// Of eight bytes at once, not 0 if any of them is escaped.
#[inline]
const fn escaped_of_eight(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    /// Sets the highest bit of the first byte below `limit`, and of no byte if none is.
    const fn below(bytes: u64, limit: u64) -> u64 {
        bytes.wrapping_sub(limit * ONES) & !bytes
    }
    let quote = below(bytes ^ (b'"' as u64 * ONES), 1);
    let backslash = below(bytes ^ (b'\\' as u64 * ONES), 1);
    (below(bytes, b' ' as u64) | quote | backslash) & (0x80 * ONES)
}

/// The digits of a number below 10,000, the first in the lowest byte, and how many there are: without a branch, both halves
/// at once.
const fn few_digits(number: u32) -> (u32, usize) {
    let halves = (number / 100) | ((number % 100) << 16);
    // 103 / 1024 is close enough to a tenth for all below 100.
    let tens = (halves * 103) >> 10 & 0x000f_000f;
    let all = (tens | (halves - 10 * tens) << 8) | 0x3030_3030;
    let len = 1 + (10 <= number) as usize + (100 <= number) as usize + (1000 <= number) as usize;
    (all >> (8 * (4 - len)), len)
}

/// A few bytes that are written from behind, as digits are found.
struct Tail {
    bytes: [u8; 40],
    first: usize,
}

impl Default for Tail {
    fn default() -> Self {
        Self { bytes: [0; 40], first: 40 }
    }
}

impl Tail {
    /// Puts bytes before the others.
    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: &[u8; N]) {
        self.first -= N;
        self.bytes[self.first..self.first + N].copy_from_slice(bytes);
    }

    /// Puts a number before the others, two digits at a time.
    #[inline(always)]
    fn put_digits(&mut self, number: u64) {
        /// The digits of 0 to 99.
        const PAIRS: [[u8; 2]; 100] = {
            let (mut pairs, mut at) = ([[0; 2]; 100], 0);
            while at < 100 {
                pairs[at] = [b'0' + at as u8 / 10, b'0' + at as u8 % 10];
                at += 1;
            }
            pairs
        };
        let mut rest = number;
        while 10 <= rest {
            self.put(&PAIRS[(rest % 100) as usize]);
            rest /= 100;
        }
        if rest != 0 || number == 0 {
            self.put(&[b'0' + rest as u8]);
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[self.first..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_seen_wherever_they_stand() {
        for byte in 0..=255_u8 {
            for len in 1..=20 {
                for at in 0..len {
                    for around in [b'a', b'!', 0xd8, 0xff] {
                        let mut string = vec![around; len];
                        string[at] = byte;
                        let expected = byte < b' ' || matches!(byte, b'"' | b'\\');
                        assert_eq!(is_escaped(&string), expected, "{byte} at {at} of {len} between {around}");
                    }
                }
            }
        }
        assert!(!is_escaped(b""));
    }

    #[test]
    fn few_digits_are_those_of_the_number() {
        for number in 0..10_000_u32 {
            let (digits, len) = few_digits(number);
            assert_eq!(&digits.to_le_bytes()[..len], number.to_string().as_bytes());
        }
    }

    #[test]
    fn spans_are_written_as_serde_writes_them() {
        let places = [0, 7, 10, 99, 100, 999, 1_000, 9_999, 10_000, 123_456, u32::MAX];
        for (start, end) in places.into_iter().flat_map(|start| places.map(|end| (start, end))) {
            let (span, mut out) = (Span::new(start, end), b"[".to_vec());
            super::span(span, &mut out);
            let expected = format!("[{}", serde_json::to_string(&span).expect("JSON"));
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
    }

    #[test]
    fn decimals_are_written_as_serde_writes_them() {
        let mantissas = (0..2000).chain([9999, 10_000, 99_999, 100_001, u64::from(u32::MAX), u64::MAX]);
        for mantissa in mantissas.map(i128::from).chain([-1, -120, i128::from(u64::MAX) + 1]) {
            for scale in (0..=28).step_by(if mantissa < 300 { 1 } else { 3 }) {
                let value = Decimal::from_i128_with_scale(mantissa, scale);
                let mut out = Vec::new();
                write_decimal(&mut out, value).expect("written");
                assert_eq!(String::from_utf8_lossy(&out), serde_json::to_string(&value).expect("JSON"));
            }
        }
    }
}
