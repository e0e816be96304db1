//! CoNLL: one token per line, one IOB2 column per layer.

use std::iter::Peekable;

use khabar_arabic::{Cursor, Unit};
use khabar_core::Span;
use khabar_extractor::Scratch;

use super::flat::of_layer;
use super::pieces::{Edges, sentences};
use super::{Writer, jsonl::json};
use crate::{Annotated, Annotation};

/// One token per line in columns separated by tabs: form, start, end (exclusive), then IOB2 of each layer in the order of
/// the `# columns` line. A blank line ends a sentence.
///
/// Tokens are split where an annotation begins or ends inside them, so that no span is lost to a proclitic. A column cannot
/// nest: of overlapping annotations of one layer it has the outermost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conll;

impl Writer for Conll {
    fn extension(&self) -> &'static str {
        "conll"
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        out.extend_from_slice(b"# newdoc id = ");
        // Writes the id as a JSON string without its quotes, since it may have a line break.
        let id = out.len();
        json(out, doc.document.id);
        out.remove(id);
        out.pop();
        out.extend_from_slice(b"\n# columns = form start end");
        let layers = doc.layers();
        for layer in &layers {
            out.push(b' ');
            out.extend_from_slice(layer.as_bytes());
        }
        out.push(b'\n');
        let column = |layer| Column { annotations: of_layer(doc.annotations(), layer).peekable(), begun: false };
        let mut columns: Vec<_> = layers.iter().copied().map(column).collect();
        let edges = Edges::of(doc);
        let mut cursor = Cursor::new(text, Unit::Char);
        for sentence in sentences(doc) {
            for cut in sentence.iter().map(|token| edges.cut(token)) {
                for piece in cut.pieces() {
                    out.extend_from_slice(piece.of(text).unwrap_or_default().as_bytes());
                    for at in [piece.start, piece.end] {
                        out.push(b'\t');
                        json(out, &cursor.at(at as usize));
                    }
                    for column in &mut columns {
                        out.push(b'\t');
                        column.cell(piece, out);
                    }
                    out.push(b'\n');
                }
            }
            out.push(b'\n');
        }
    }
}

/// The state of a column.
struct Column<'a, A: Iterator<Item = Annotation<'a>>> {
    annotations: Peekable<A>,
    /// Whether the `B-` of the current annotation was written.
    begun: bool,
}

impl<'a, A: Iterator<Item = Annotation<'a>>> Column<'a, A> {
    fn cell(&mut self, piece: Span, out: &mut Vec<u8>) {
        while self.annotations.next_if(|a| a.span.end <= piece.start).is_some() {
            self.begun = false;
        }
        match self.annotations.peek().filter(|a| a.span.overlaps(piece)) {
            Some(annotation) => {
                out.extend_from_slice(if self.begun { b"I-" } else { b"B-" });
                out.extend_from_slice(annotation.kind.as_bytes());
                self.begun = true;
            }
            None => out.push(b'O'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;
    use crate::writer::read_back;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "😀 قال ⟦quote.indirect:و⟦entity.person:ويتكوف⟧ ⟦number.percent:⟦number.cardinal:100⟧%⟧. ثم⟧ ⟦entity.gpe:ب⟧⟦entity.gpe:ج⟧";
        let (conll, marked) = written(&[text], &Conll);
        let chars = |at: u32| marked[0].text[..at as usize].chars().count();
        let mut wanted: Vec<_> =
            marked[0].marks.iter().map(|m| (m.kind.clone(), chars(m.span.start), chars(m.span.end))).collect();
        wanted.retain(|(kind, ..)| kind != "number.cardinal");
        assert_eq!(read_back::conll(&conll), wanted);
        assert!(
            conll.starts_with("# newdoc id = d0\n# columns = form start end entity number quote\n😀\t0\t1\tO\tO\tO\n")
        );
        assert!(
            conll.contains("\nو\t6\t7\tO\tO\tB-quote.indirect\nويتكوف\t7\t13\tB-entity.person\tO\tI-quote.indirect\n")
        );
        assert!(conll.contains("\n.\t18\t19\tO\tO\tI-quote.indirect\n\nثم\t"), "a sentence ends within: {conll}");
    }

    #[test]
    fn nothing_found_is_written_too() {
        assert_eq!(written(&["نص"], &Conll).0, "# newdoc id = d0\n# columns = form start end\nنص\t0\t2\n\n");
    }
}
