//! JSON: one array of documents.

use khabar_arabic::Unit;
use khabar_extractor::Scratch;

use super::{Frame, Jsonl, Writer};
use crate::Annotated;

/// One array of the documents that [`Jsonl`] writes one per line.
#[derive(Clone, Copy, Debug)]
pub struct Json {
    /// The unit of offsets.
    pub unit: Unit,
}

impl Writer for Json {
    fn extension(&self) -> &'static str {
        "json"
    }

    fn frame(&self) -> Frame {
        Frame::ARRAY
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        Jsonl { unit: self.unit }.object(doc, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;

    #[test]
    fn an_array_of_lines() {
        let texts = ["⟦number.percent=100|100%⟧", "لا شيء"];
        let (json, _) = written(&texts, &Json { unit: Unit::Utf16 });
        let read: Vec<serde_json::Value> = serde_json::from_str(&json).expect("is JSON");
        let (lines, _) = written(&texts, &Jsonl { unit: Unit::Utf16 });
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect();
        assert_eq!(read, lines);
        let (none, _) = written(&[], &Json { unit: Unit::Char });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&none).ok(), Some(serde_json::json!([])));
    }
}
