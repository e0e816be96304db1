//! CoNLL-U: words with their offsets and annotations in MISC.

use std::cmp::Reverse;

use khabar_arabic::{Cursor, Unit};
use khabar_core::{Span, Token};
use khabar_extractor::Scratch;

use super::pieces::{Edges, sentences};
use super::{Writer, jsonl::json};
use crate::{Annotated, Annotation};

/// CoNLL-U with the columns FORM and MISC: `TokenRange=START:END` in characters of the document, `SpaceAfter=No`, and `Ann`
/// with brackets. `(entity.person` begins an annotation, `entity.person)` ends it, `(entity.gpe)` is one of a single word;
/// several are separated by commas, and may nest or cross.
///
/// A token with an annotation that begins or ends inside it is a multiword token, as UD writes proclitics.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conllu;

impl Writer for Conllu {
    fn extension(&self) -> &'static str {
        "conllu"
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        out.extend_from_slice(b"# newdoc id = ");
        one_line(out, doc.document.id);
        out.push(b'\n');
        let edges = Edges::of(doc);
        let brackets = brackets(doc, &edges);
        let mut sheet = Sheet { text, cursor: Cursor::new(text, Unit::Char), edges, brackets, next: 0 };
        let ends = sentences(doc).skip(1).map(|s| s.first().map(|token| token.start)).chain([None]);
        for (number, (sentence, next)) in sentences(doc).zip(ends).enumerate() {
            let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
            out.extend_from_slice(b"# sent_id = ");
            one_line(out, doc.document.id);
            out.push(b'-');
            json(out, &(number + 1));
            out.extend_from_slice(b"\n# text = ");
            one_line(out, Span::new(first.start, last.end).of(text).unwrap_or_default());
            out.push(b'\n');
            sheet.sentence(sentence, next, out);
            out.push(b'\n');
        }
    }
}

/// `(kind`, `kind)` or `(kind)`, sorted by piece; at one piece first ends, the last begun first, then starts, the longest
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Bracket<'a> {
    /// The start of the piece.
    at: u32,
    opens: bool,
    /// Greater keys come first.
    first: Reverse<u32>,
    kind: &'a str,
    closes: bool,
}

impl Bracket<'_> {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.opens { b"(" } else { b"" });
        out.extend_from_slice(self.kind.as_bytes());
        out.extend_from_slice(if self.closes { b")" } else { b"" });
    }
}

struct Sheet<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    edges: Edges,
    brackets: Vec<Bracket<'a>>,
    next: usize,
}

impl Sheet<'_> {
    fn sentence(&mut self, sentence: &[Token], after: Option<u32>, out: &mut Vec<u8>) {
        let edges = std::mem::take(&mut self.edges);
        let mut id = 1;
        for (number, token) in sentence.iter().enumerate() {
            let cut = edges.cut(token);
            let following = sentence.get(number + 1).map(|token| token.start).or(after);
            let glued = following.is_some_and(|start| start == cut.token.end);
            let many = 1 < cut.len();
            if many {
                json(out, &id);
                out.push(b'-');
                json(out, &(id + cut.len() - 1));
                self.line(cut.token, glued, false, out);
            }
            for piece in cut.pieces() {
                json(out, &id);
                self.line(piece, glued && !many, true, out);
                id += 1;
            }
        }
        self.edges = edges;
    }

    /// All columns but the first.
    fn line(&mut self, span: Span, glued: bool, annotated: bool, out: &mut Vec<u8>) {
        out.push(b'\t');
        out.extend_from_slice(span.of(self.text).unwrap_or_default().as_bytes());
        out.extend_from_slice(b"\t_\t_\t_\t_\t_\t_\t_\t");
        if annotated {
            let mut mark: &[u8] = b"Ann=";
            while let Some(bracket) = self.brackets.get(self.next).filter(|bracket| bracket.at <= span.start) {
                out.extend_from_slice(mark);
                bracket.write(out);
                self.next += 1;
                mark = b",";
            }
            if mark == b"," {
                out.push(b'|');
            }
        }
        if glued {
            out.extend_from_slice(b"SpaceAfter=No|");
        }
        out.extend_from_slice(b"TokenRange=");
        json(out, &self.cursor.at(span.start as usize));
        out.push(b':');
        json(out, &self.cursor.at(span.end as usize));
        out.push(b'\n');
    }
}

/// The brackets of all annotations, in order.
fn brackets<'a>(doc: &Annotated<'a>, edges: &Edges) -> Vec<Bracket<'a>> {
    // The starts of the first and the last piece of an annotation.
    let ends = |span: Span| {
        let first = doc.tokens.get(doc.tokens.partition_point(|token| token.end <= span.start))?;
        let last = doc.tokens.get(doc.tokens.partition_point(|token| token.start < span.end).checked_sub(1)?)?;
        let from = edges.cut(first).pieces().find(|piece| span.start < piece.end)?.start;
        let to = edges.cut(last).pieces().rfind(|piece| piece.start < span.end)?.start;
        Some((from, to)).filter(|(from, to)| from <= to)
    };
    let mut brackets = Vec::new();
    for Annotation { kind, span, .. } in doc.annotations() {
        let Some((from, to)) = ends(span) else { continue };
        brackets.push(Bracket { at: from, opens: true, first: Reverse(span.end), kind, closes: from == to });
        if from != to {
            brackets.push(Bracket { at: to, opens: false, first: Reverse(span.start), kind, closes: true });
        }
    }
    brackets.sort_unstable();
    brackets
}

/// Appends a text without characters that end the line.
fn one_line(out: &mut Vec<u8>, text: &str) {
    let mut buffer = [0; 4];
    for c in text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }) {
        out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
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
        let (conllu, marked) = written(&[text], &Conllu);
        let chars = |at: u32| marked[0].text[..at as usize].chars().count();
        let wanted: Vec<_> =
            marked[0].marks.iter().map(|m| (m.kind.clone(), chars(m.span.start), chars(m.span.end))).collect();
        assert_eq!(read_back::conllu(&conllu), wanted);
        assert!(conllu.contains("\n# text = 😀 قال وويتكوف 100%.\n"), "{conllu}");
        assert!(conllu.contains("\n3-4\tوويتكوف\t_\t_\t_\t_\t_\t_\t_\tTokenRange=6:13\n3\tو\t"), "{conllu}");
        assert!(conllu.contains(
            "\n5\t100\t_\t_\t_\t_\t_\t_\t_\tAnn=(number.percent,(number.cardinal)|SpaceAfter=No|TokenRange=14:17\n"
        ));
    }

    #[test]
    fn an_id_stays_in_its_line() {
        let mut out = Vec::new();
        one_line(&mut out, "a\n# b\u{2028}c");
        assert_eq!(out, "a # b c".as_bytes());
    }
}
