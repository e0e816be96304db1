//! The format of displaCy for manual rendering.

use khabar_arabic::{Cursor, Unit};
use khabar_extractor::Scratch;

use super::flat::outermost;
use super::{Frame, Writer, jsonl::json};
use crate::Annotated;

/// One array of `{"text","ents":[{"start","end","label"}],"title"}`, for `displacy.render(docs, style="ent", manual=True)`.
/// Offsets are characters. displaCy cannot nest, so of overlapping annotations it gets the outermost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Displacy;

impl Writer for Displacy {
    fn extension(&self) -> &'static str {
        "json"
    }

    fn frame(&self) -> Frame {
        Frame::ARRAY
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        out.extend_from_slice(b"{\"text\":");
        json(out, text);
        out.extend_from_slice(b",\"ents\":[");
        let mut cursor = Cursor::new(text, Unit::Char);
        for (at, annotation) in outermost(doc.annotations(), |_| true).enumerate() {
            out.extend_from_slice(if at == 0 { b"{\"start\":" } else { b",{\"start\":" });
            json(out, &cursor.at(annotation.span.start as usize));
            out.extend_from_slice(b",\"end\":");
            json(out, &cursor.at(annotation.span.end as usize));
            out.extend_from_slice(b",\"label\":");
            json(out, annotation.kind);
            out.push(b'}');
        }
        out.extend_from_slice(b"],\"title\":");
        json(out, doc.document.id);
        out.push(b'}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;
    use crate::writer::read_back;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = ["😀 و⟦entity.person:ويتكوف⟧ ⟦number.percent:⟦number.cardinal:100⟧%⟧", ""];
        let (json, marked) = written(&texts, &Displacy);
        let read: serde_json::Value = serde_json::from_str(&json).expect("is JSON");
        assert_eq!(read[1], serde_json::json!({"text": "", "ents": [], "title": "d1"}));
        let chars: Vec<char> = marked[0].text.chars().collect();
        let ents: Vec<(String, String)> = read_back::displacy(&read[0], &marked[0].text)
            .into_iter()
            .map(|(kind, start, end)| (kind, chars[start..end].iter().collect()))
            .collect();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(ents, [pair("entity.person", "ويتكوف"), pair("number.percent", "100%")]);
    }
}
