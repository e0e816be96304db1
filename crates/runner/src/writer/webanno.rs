//! W3C Web Annotation, as JSON-LD.

use khabar_arabic::{Cursor, Unit};
use khabar_extractor::Scratch;

use super::{Frame, Writer, jsonl::json};
use crate::Annotated;

/// Characters of context on both sides of a quotation.
const CONTEXT: usize = 32;

/// One array with an annotation page per document. Every annotation has a `TextPositionSelector`, in code points as the
/// recommendation requires, and a `TextQuoteSelector` with 32 characters of context; its body has kind and value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Webanno;

impl Writer for Webanno {
    fn extension(&self) -> &'static str {
        "jsonld"
    }

    fn frame(&self) -> Frame {
        Frame::ARRAY
    }

    /// The names of its properties are long, and the id, which may be escaped, occurs twice.
    fn around(&self, id: &str) -> usize {
        400 + 2 * escape(id).len()
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        let urn = format!("urn:khabar:{}", escape(doc.document.id));
        out.extend_from_slice(b"{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":");
        json(out, &format!("{urn}#annotations"));
        out.extend_from_slice(b",\"type\":\"AnnotationPage\",\"items\":[");
        let mut cursor = Cursor::new(text, Unit::Char);
        let mut inner = Cursor::new(text, Unit::Char);
        for (at, annotation) in doc.annotations().enumerate() {
            out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            out.extend_from_slice(b"{\"id\":");
            json(out, &format!("{urn}#a{}", at + 1));
            out.extend_from_slice(b",\"type\":\"Annotation\",\"motivation\":\"tagging\",\"generator\":");
            json(out, annotation.source);
            out.extend_from_slice(b",\"body\":[{\"type\":\"TextualBody\",\"purpose\":\"tagging\",\"value\":");
            json(out, annotation.kind);
            out.extend_from_slice(
                b"},{\"type\":\"TextualBody\",\"purpose\":\"describing\",\"format\":\"application/json\",\"value\":",
            );
            let mut value = Vec::new();
            super::jsonl::value(&mut value, &annotation, text, &mut inner);
            json(out, &*String::from_utf8_lossy(&value));
            out.extend_from_slice(b"}],\"target\":{\"source\":");
            json(out, &urn);
            let span = annotation.span.range();
            out.extend_from_slice(b",\"selector\":[{\"type\":\"TextPositionSelector\",\"start\":");
            json(out, &cursor.at(span.start));
            out.extend_from_slice(b",\"end\":");
            json(out, &cursor.at(span.end));
            let (before, after) = (&text[..span.start], &text[span.end..]);
            let prefix = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
            let suffix = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
            out.extend_from_slice(b"},{\"type\":\"TextQuoteSelector\",\"exact\":");
            json(out, &text[span]);
            out.extend_from_slice(b",\"prefix\":");
            json(out, &before[prefix..]);
            out.extend_from_slice(b",\"suffix\":");
            json(out, &after[..suffix]);
            out.extend_from_slice(b"}]}}");
        }
        out.extend_from_slice(b"]}");
    }

    fn file(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
        self.document(doc, scratch, out);
        out.push(b'\n');
    }
}

/// The characters of an id that are allowed in a URN; all others are escaped as in any URI.
fn escape(id: &str) -> String {
    let mut escaped = String::with_capacity(id.len());
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b':') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;
    use crate::writer::read_back;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "😀 و⟦entity.person;id=Q1|ويتكوف⟧ ⟦number.percent=100|⟦number.cardinal=100|100⟧%⟧ \"\u{202e}<b>";
        let (json, marked) = written(&[text, "لا شيء"], &Webanno);
        let read: serde_json::Value = serde_json::from_str(&json).expect("is JSON");
        assert_eq!(read[1]["items"], serde_json::json!([]));
        let kinds: Vec<String> =
            read_back::webanno(&read[0], &marked[0].text).into_iter().map(|found| found.0).collect();
        assert_eq!(kinds, ["entity.person", "number.percent", "number.cardinal"]);
        assert_eq!(read[0]["items"][0]["body"][1]["value"], "{\"id\":\"Q1\"}");
        assert_eq!(escape("a/ب c#"), "a/%D8%A8%20c%23");
    }
}
