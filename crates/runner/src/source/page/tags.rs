//! Detects tags and texts that would take a parser or serialiser too long.

use memchr::{memchr, memchr2_iter};

/// The number of attributes from which a tag is refused: a parser compares each with all before it.
const MOST: usize = 2_000;

/// The limit for special characters of a text times its bytes, summed over all texts: a serialiser scans the rest of a text
/// for each character that may need an escape.
const COSTLIEST: usize = 20_000_000_000;

/// Whether a tag of a page has too many attributes, or its texts too many special characters, in linear time.
pub(super) fn are_crowded(html: &str) -> bool {
    let mut rest = html.as_bytes();
    let mut cost = 0_usize;
    while !rest.is_empty() {
        let (text, tag) = rest.split_at(memchr(b'<', rest).unwrap_or(rest.len()));
        // A no-break space begins with the byte C2, like guillemets.
        cost = cost.saturating_add(memchr2_iter(b'&', 0xc2, text).count().saturating_mul(text.len()));
        if COSTLIEST < cost {
            return true;
        }
        rest = tag.get(1..).unwrap_or_default();
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let name = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let (name, tag) = rest.split_at(name);
        let (len, words) = extent(tag);
        if MOST < words {
            return true;
        }
        rest = &tag[len..];
        // Comments and raw text have no tags.
        if [&b"script"[..], b"style", b"textarea", b"title"].iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
            rest = after_end(rest, name);
        }
    }
    false
}

/// The bytes to the end of a tag, and the number of words in it, each of which may be an attribute.
fn extent(tag: &[u8]) -> (usize, usize) {
    let (mut words, mut quote, mut before) = (0, None, b' ');
    for (at, &byte) in tag.iter().enumerate() {
        match (byte, quote) {
            (_, Some(mark)) if byte != mark => {}
            (_, Some(_)) => quote = None,
            (b'"' | b'\'', None) if before == b'=' => quote = Some(byte),
            (b'>', None) => return (at, words),
            (b'/' | b' ' | b'\t' | b'\n' | b'\r' | b'\x0c', None) => words += 1,
            (_, None) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    (tag.len(), words)
}

/// The rest after the end tag of an element.
fn after_end<'a>(html: &'a [u8], name: &[u8]) -> &'a [u8] {
    let mut rest = html;
    while let Some(found) = memchr(b'<', rest) {
        rest = &rest[found + 1..];
        let end = rest.strip_prefix(b"/").and_then(|end| end.get(..name.len()));
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_tag_by_tag() {
        let many = |attribute: &str| format!("<p>x<p {}>", attribute.repeat(MOST + 1));
        for crowded in ["a=x ", "a/", "a='>' ", "a\n"] {
            assert!(are_crowded(&many(crowded)), "{crowded}");
        }
        let script = format!("<script>if (a <b) {}</script><p a=\"{}\">", "x = 1; ".repeat(MOST), "/ ".repeat(MOST));
        assert!(!are_crowded(&script), "neither scripts nor values are attributes");
        assert!(!are_crowded(&"<p a=x b='y'>< <3 ".repeat(MOST)));
        assert!(are_crowded(&format!("<SCRIPT></x></Script >{}", many("a "))));
        assert!(are_crowded(&"&amp;".repeat(200_000)) && are_crowded(&"«".repeat(200_000)));
        assert!(!are_crowded(&"<p>&amp; «نعم»</p>".repeat(20_000)));
        for cut in ["<", "<p", "<p a='", "<script", "<script>", "</"] {
            assert!(!are_crowded(cut));
        }
    }
}
