//! JSON Lines: the stable output format for other programs.

use khabar_arabic::{Cursor, Unit};
use khabar_core::kinds::DocumentDate;
use khabar_extractor::Scratch;
use serde::Serialize;

use super::Writer;
use crate::spans::{Piece, pieces};
use crate::{Annotated, Annotation};

/// The version of the format, `schema` of each line.
const SCHEMA: u32 = 1;

/// One document per line: `{"schema","id","date","offset_unit","annotations","errors"}`.
///
/// Values are copied as the extractors wrote them; only those with spans are scanned, to convert the spans.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl {
    /// The unit of offsets.
    pub unit: Unit,
}

impl Writer for Jsonl {
    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        self.object(doc, out);
        out.push(b'\n');
    }
}

impl Jsonl {
    /// Appends the document's object without a line break.
    pub(super) fn object(&self, doc: &Annotated<'_>, out: &mut Vec<u8>) {
        let text = doc.document.text;
        // Starts only grow, and ends nearly so: each has its own cursor.
        let (mut starts, mut ends) = (Cursor::new(text, self.unit), Cursor::new(text, self.unit));
        let mut inner = Cursor::new(text, self.unit);
        out.extend_from_slice(b"{\"schema\":");
        json(out, &SCHEMA);
        out.extend_from_slice(b",\"id\":");
        string(out, doc.document.id);
        out.extend_from_slice(b",\"date\":");
        match (doc.date(), doc.given_date()) {
            (Some(date), _) => value(out, &date, text, &mut inner),
            (None, Some(given)) => json(out, &DocumentDate::given(given)),
            (None, None) => out.extend_from_slice(b"null"),
        }
        if !doc.document.extra.is_empty() {
            out.extend_from_slice(b",\"meta\":{");
            for (at, extra) in doc.document.extra.iter().enumerate() {
                if at != 0 {
                    out.push(b',');
                }
                json(out, &*extra.name);
                out.push(b':');
                raw(out, extra.value.as_bytes());
            }
            out.push(b'}');
        }
        if doc.document.is_made {
            out.extend_from_slice(b",\"text\":");
            string(out, text);
        }
        out.extend_from_slice(b",\"offset_unit\":");
        json(out, unit_name(self.unit));
        out.extend_from_slice(b",\"annotations\":[");
        for (at, annotation) in doc.annotations().enumerate() {
            if at != 0 {
                out.push(b',');
            }
            let Annotation { span, confidence, kind_json, source_json, .. } = annotation;
            out.extend_from_slice(b"{\"kind\":");
            out.extend_from_slice(kind_json.as_bytes());
            out.extend_from_slice(b",\"start\":");
            json(out, &starts.at(span.start as usize));
            out.extend_from_slice(b",\"end\":");
            json(out, &ends.at(span.end as usize));
            out.extend_from_slice(b",\"text\":");
            string(out, span.of(text).unwrap_or_default());
            out.extend_from_slice(b",\"value\":");
            value(out, &annotation, text, &mut inner);
            out.extend_from_slice(b",\"confidence\":");
            json(out, &confidence);
            out.extend_from_slice(b",\"source\":");
            out.extend_from_slice(source_json.as_bytes());
            out.push(b'}');
        }
        out.extend_from_slice(b"],\"errors\":");
        json(out, doc.issues);
        out.push(b'}');
    }
}

/// Appends a value, with its spans converted and their text added. All values of a document share the cursor: the distance
/// from one to the next is short, that from the start of the text is not.
pub(crate) fn value(out: &mut Vec<u8>, annotation: &Annotation<'_>, text: &str, cursor: &mut Cursor<'_>) {
    if !annotation.has_spans {
        return raw(out, annotation.value);
    }
    for piece in pieces(annotation.value) {
        match piece {
            Piece::Raw(bytes) => raw(out, bytes),
            Piece::Span(span) => {
                out.extend_from_slice(b"{\"start\":");
                json(out, &cursor.at(span.start as usize));
                out.extend_from_slice(b",\"end\":");
                json(out, &cursor.at(span.end as usize));
                out.extend_from_slice(b",\"text\":");
                string(out, span.of(text).unwrap_or_default());
                out.push(b'}');
            }
        }
    }
}

/// Appends JSON from an extractor, without line breaks, which can only be white space and would end the line.
fn raw(out: &mut Vec<u8>, json: &[u8]) {
    let start = out.len();
    out.extend_from_slice(json);
    if memchr::memchr2(b'\n', b'\r', json).is_some() {
        out[start..].iter_mut().filter(|b| matches!(b, b'\n' | b'\r')).for_each(|b| *b = b' ');
    }
}

/// Appends a string. Few strings need escapes, and scanning all bytes first is much faster than deciding at each: a third of
/// this writer's time went to strings.
fn string(out: &mut Vec<u8>, text: &str) {
    let plain = |byte: &u8| (b' ' <= *byte) & (*byte != b'"') & (*byte != b'\\');
    // Scans eight bytes at a time, since most strings are short.
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let all_plain = |eight: &[u8; 8]| eight.iter().fold(true, |all, byte| all & plain(byte));
    if eights.iter().all(all_plain) && rest.iter().all(plain) {
        out.reserve(text.len() + 2);
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        json(out, text);
    }
}

/// Appends a value as JSON; writing to memory cannot fail, and there are no maps with keys other than strings.
pub(super) fn json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

/// The name of a unit in outputs and on the command line.
pub const fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Char => "char",
        Unit::Utf16 => "utf16",
        _ => "byte",
    }
}

#[cfg(test)]
mod tests;
