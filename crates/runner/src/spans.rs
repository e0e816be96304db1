//! Finds spans inside values, objects of exactly `start` and `end`, without parsing the rest.

use khabar_core::Span;
use memchr::memchr_iter;

/// A piece of a value's JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Anything else than a span.
    Raw(&'a [u8]),
    /// An object `{"start":…,"end":…}`.
    Span(Span),
}

/// Splits the JSON text of a value into spans and the text between them, in linear time.
///
/// A string is never mistaken for a span: a quotation mark within it follows a backslash, and the mark at its end is not
/// followed by a name.
pub(crate) fn pieces(json: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = json;
    let mut span = None;
    std::iter::from_fn(move || {
        if let Some(span) = span.take() {
            return Some(Piece::Span(span));
        }
        for at in memchr_iter(b'{', rest) {
            let (raw, object) = rest.split_at(at);
            if let Some((found, len)) = span_object(object) {
                rest = &object[len..];
                if raw.is_empty() {
                    return Some(Piece::Span(found));
                }
                span = Some(found);
                return Some(Piece::Raw(raw));
            }
        }
        let raw = std::mem::take(&mut rest);
        (!raw.is_empty()).then_some(Piece::Raw(raw))
    })
}

/// The spans among [`pieces`].
pub(crate) fn spans(json: &[u8]) -> impl Iterator<Item = Span> {
    // A span contains no other span.
    memchr_iter(b'{', json).filter_map(|at| span_object(&json[at..])).map(|(span, _)| span)
}

/// The span that `json` begins with, and the length of its object.
fn span_object(json: &[u8]) -> Option<(Span, usize)> {
    let (span, rest) = plain_span(json).or_else(|| any_span(json))?;
    Some((span, json.len() - rest.len()))
}

/// Parses a span as khabar writes it, and returns the rest.
fn plain_span(json: &[u8]) -> Option<(Span, &[u8])> {
    let (start, rest) = number(json.strip_prefix(br#"{"start":"#)?)?;
    let (end, rest) = number(rest.strip_prefix(br#","end":"#)?)?;
    Some((Span::new(start, end), rest.strip_prefix(b"}")?))
}

/// Parses a span in any order, with any white space, and returns the rest.
fn any_span(json: &[u8]) -> Option<(Span, &[u8])> {
    let mut rest = json.strip_prefix(b"{")?;
    let (mut start, mut end) = (None, None);
    for last in [false, true] {
        rest = rest.trim_ascii_start();
        let field = if let Some(after) = rest.strip_prefix(b"\"start\"") {
            rest = after;
            &mut start
        } else {
            rest = rest.strip_prefix(b"\"end\"")?;
            &mut end
        };
        let (value, after) = number(rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start())?;
        if field.replace(value).is_some() {
            return None;
        }
        rest = after.trim_ascii_start().strip_prefix(if last { b"}" } else { b"," })?;
    }
    Some((Span::new(start?, end?), rest))
}

/// Parses the number at the start of `json`, of at most eleven digits, and returns the rest.
fn number(json: &[u8]) -> Option<(u32, &[u8])> {
    match json.first_chunk() {
        Some(eight) => short_number(*eight).map(|(number, len)| (number, &json[len..])),
        None => None,
    }
    .or_else(|| any_number(json))
}

/// Parses a number of one to seven digits and its length without branches, which would be mispredicted.
fn short_number(eight: [u8; 8]) -> Option<(u32, usize)> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let values = u64::from_le_bytes(eight) ^ (b'0' as u64 * ONES);
    // The highest bit of each byte that is not a digit; bits after the first may be wrong.
    let others = (values.wrapping_add(0x76 * ONES) | values) & (0x80 * ONES);
    let len = others.trailing_zeros() as usize / 8;
    if len == 0 || len == 8 {
        return None;
    }
    // Shifts the last digit into the highest byte, with zeros before the first.
    let ones = values << (64 - 8 * len);
    // Combines digits to pairs in every other byte, then pairs by a multiplication.
    let pairs = 10 * ones + (ones >> 8);
    let (even, odd) = (pairs & 0xff_0000_00ff, pairs >> 16 & 0xff_0000_00ff);
    let number = even.wrapping_mul(100 + (1_000_000 << 32)).wrapping_add(odd.wrapping_mul(1 + (10_000 << 32))) >> 32;
    Some((number as u32, len))
}

/// Parses a number digit by digit.
fn any_number(json: &[u8]) -> Option<(u32, &[u8])> {
    let (mut value, mut digits) = (0_u64, 0);
    while let Some(digit) = json.get(digits).filter(|byte| byte.is_ascii_digit() && digits < 11) {
        value = 10 * value + u64::from(digit - b'0');
        digits += 1;
    }
    let number = u32::try_from(value).ok().filter(|_| digits != 0)?;
    Some((number, &json[digits..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn show(json: &str) -> String {
        pieces(json.as_bytes())
            .map(|piece| match piece {
                Piece::Raw(raw) => String::from_utf8_lossy(raw).into_owned(),
                Piece::Span(span) => format!("<{span}>"),
            })
            .collect()
    }

    #[test]
    fn spans_are_found_wherever_they_stand() {
        assert_eq!(show(r#"{"speaker":{"start":3,"end":7},"source":[]}"#), r#"{"speaker":<3..7>,"source":[]}"#);
        assert_eq!(show(r#"[{"start":1,"end":2},{ "end" : 4 , "start" : 3 }]"#), "[<1..2>,<3..4>]");
        assert_eq!(show(r#"{"start":0,"end":0}"#), "<0..0>");
    }

    #[test]
    fn what_is_no_span_stays() {
        for json in [
            r#"{"a":"{\"start\":1,\"end\":2}"}"#,
            r#"{"start":1}"#,
            r#"{"start":1,"end":2,"more":3}"#,
            r#"{"start":1,"start":2}"#,
            r#"{"start":-1,"end":2}"#,
            r#"{"start":1.5,"end":2}"#,
            r#"{"start":99999999999,"end":2}"#,
            r#""\\""#,
            "null",
            "{",
            "\"",
        ] {
            assert_eq!(show(json), json);
        }
    }

    proptest! {
        #[test]
        fn numbers_are_read_in_two_ways(json in "([0-9]{0,12}|[!-~]{0,3}[0-9]{0,3}|\\PC{0,9})[!-~]{0,9}") {
            prop_assert_eq!(number(json.as_bytes()), any_number(json.as_bytes()));
        }

        #[test]
        fn spans_are_those_of_the_pieces(
            json in "(\\{\"start\":[0-9]{1,9},\"end\":[0-9]{1,9}\\}|[{}\\[\\]\",:\\\\ 0-9start end]{0,9}){0,9}",
        ) {
            let found: Vec<Span> = pieces(json.as_bytes())
                .filter_map(|piece| match piece {
                    Piece::Raw(_) => None,
                    Piece::Span(span) => Some(span),
                })
                .collect();
            prop_assert_eq!(spans(json.as_bytes()).collect::<Vec<_>>(), found);
        }

        #[test]
        fn nothing_is_lost(json in "[{}\\[\\]\",:\\\\ 0-9start end]{0,60}") {
            let joined: Vec<u8> = pieces(json.as_bytes())
                .flat_map(|piece| match piece {
                    Piece::Raw(raw) => raw.to_vec(),
                    Piece::Span(_) => Vec::new(),
                })
                .collect();
            prop_assert!(joined.len() <= json.len());
            if !pieces(json.as_bytes()).any(|p| matches!(p, Piece::Span(_))) {
                prop_assert_eq!(joined, json.into_bytes());
            }
        }
    }
}
