//! Spans inside values: objects of exactly `start` and `end`, found without parsing the rest.

use khabar_core::Span;

/// A piece of a value's JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Anything that is no span.
    Raw(&'a [u8]),
    /// An object `{"start":…,"end":…}`.
    Span(Span),
}

/// Cuts the JSON text of a value into spans and what stands between them. Linear time.
pub(crate) fn pieces(json: &[u8]) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    let mut span = None;
    std::iter::from_fn(move || {
        if let Some(span) = span.take() {
            return Some(Piece::Span(span));
        }
        let from = at;
        while let Some(&byte) = json.get(at) {
            match byte {
                b'"' => at = after_string(json, at),
                b'{' => match span_object(&json[at..]) {
                    Some((found, len)) => {
                        let raw = &json[from..at];
                        at += len;
                        if raw.is_empty() {
                            return Some(Piece::Span(found));
                        }
                        span = Some(found);
                        return Some(Piece::Raw(raw));
                    }
                    None => at += 1,
                },
                _ => at += 1,
            }
        }
        (from < at).then(|| Piece::Raw(&json[from..]))
    })
}

/// The byte after the string that begins at `at`.
fn after_string(json: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    loop {
        match json.get(at) {
            None => return json.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at = (at + 2).min(json.len()),
            Some(_) => at += 1,
        }
    }
}

/// The span that `json` begins with, and the length of its object.
fn span_object(json: &[u8]) -> Option<(Span, usize)> {
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
        rest = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        let digits = rest.iter().take(11).take_while(|b| b.is_ascii_digit()).count();
        let value = rest[..digits].iter().fold(0_u64, |value, digit| 10 * value + u64::from(digit - b'0'));
        let number = u32::try_from(value).ok().filter(|_| digits != 0)?;
        if field.replace(number).is_some() {
            return None;
        }
        rest = rest[digits..].trim_ascii_start().strip_prefix(if last { b"}" } else { b"," })?;
    }
    Some((Span::new(start?, end?), json.len() - rest.len()))
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
