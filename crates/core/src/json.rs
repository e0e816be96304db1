//! Values as JSON, without serde for those that every document has many of.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::Span;

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

    /// Starts a member; its value is written next.
    #[inline]
    fn key(&mut self, key: &str) -> &mut Vec<u8> {
        self.out.extend_from_slice(&[self.before, b'"']);
        self.before = b',';
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }

    pub(crate) fn null(&mut self, key: &str) {
        self.key(key).extend_from_slice(b"null");
    }

    #[inline]
    pub(crate) fn string(&mut self, key: &str, value: &str) -> Result<(), serde_json::Error> {
        let out = self.key(key);
        // Without a branch for each byte, so that many are looked at at once.
        let special = |byte: u8| (byte < b' ') | (byte == b'"') | (byte == b'\\');
        if value.bytes().fold(false, |any, byte| any | special(byte)) {
            return serde_json::to_writer(out, value);
        }
        out.push(b'"');
        out.extend_from_slice(value.as_bytes());
        out.push(b'"');
        Ok(())
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
    #[inline]
    pub(crate) fn decimal(&mut self, key: &str, value: Decimal) -> Result<(), serde_json::Error> {
        let out = self.key(key);
        match u64::try_from(value.mantissa()) {
            Ok(whole) if value.scale() == 0 => {
                out.push(b'"');
                digits(whole, out);
                out.push(b'"');
                Ok(())
            }
            _ => serde_json::to_writer(out, &value),
        }
    }

    pub(crate) fn span(&mut self, key: &str, span: Option<Span>) {
        let out = self.key(key);
        match span {
            Some(span) => self::span(span, out),
            None => out.extend_from_slice(b"null"),
        }
    }

    pub(crate) fn spans(&mut self, key: &str, spans: &[Span]) {
        let out = self.key(key);
        out.push(b'[');
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
        self.out.extend_from_slice(if self.before == b'{' { b"{}" } else { b"}" });
    }
}

fn span(span: Span, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"start\":");
    digits(span.start.into(), out);
    out.extend_from_slice(b",\"end\":");
    digits(span.end.into(), out);
    out.push(b'}');
}

fn digits(number: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut first = digits.len();
    let mut rest = number;
    loop {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[first..]);
}
