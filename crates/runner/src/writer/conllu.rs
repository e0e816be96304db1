//! CoNLL-U: words with their offsets and annotations in MISC.

use khabar_arabic::{Cursor, Unit};
use khabar_core::Span;
use khabar_extractor::Scratch;

use super::pieces::{Cut, sentences};
use super::{Writer, jsonl::json};
use crate::{Annotated, Annotation};

/// CoNLL-U with the columns FORM and MISC filled: `TokenRange=START:END` in characters of the document, `SpaceAfter=No`,
/// and `Ann` with brackets: `(entity.person` begins an annotation, `entity.person)` ends it, `(entity.gpe)` is one of one
/// word; several are parted by commas, and may nest or cross.
///
/// A token with an annotation that begins or ends inside of it is a multiword token, as UD writes proclitics.
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
        let mut sheet = Sheet { text, cursor: Cursor::new(text, Unit::Char), brackets: brackets(doc), next: 0 };
        let sentences = sentences(doc);
        let ends = sentences.iter().skip(1).map(|s| s.first().map(|cut| cut.token.start)).chain([None]);
        for (number, (sentence, next)) in sentences.iter().zip(ends).enumerate() {
            let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
            out.extend_from_slice(b"# sent_id = ");
            one_line(out, doc.document.id);
            out.push(b'-');
            json(out, &(number + 1));
            out.extend_from_slice(b"\n# text = ");
            one_line(out, Span::new(first.token.start, last.token.end).of(text).unwrap_or_default());
            out.push(b'\n');
            sheet.sentence(sentence, next, out);
            out.push(b'\n');
        }
    }
}

/// `(kind`, `kind)` or `(kind)`, and at which piece's start it stands.
type Bracket = (u32, String);

struct Sheet<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    brackets: Vec<Bracket>,
    next: usize,
}

impl Sheet<'_> {
    fn sentence(&mut self, sentence: &[Cut], after: Option<u32>, out: &mut Vec<u8>) {
        let mut id = 1;
        for (number, cut) in sentence.iter().enumerate() {
            let following = sentence.get(number + 1).map(|cut| cut.token.start).or(after);
            let glued = following.is_some_and(|start| start == cut.token.end);
            let many = 1 < cut.pieces.len();
            if many {
                json(out, &id);
                out.push(b'-');
                json(out, &(id + cut.pieces.len() - 1));
                self.line(cut.token, glued, false, out);
            }
            for piece in &cut.pieces {
                json(out, &id);
                self.line(*piece, glued && !many, true, out);
                id += 1;
            }
        }
    }

    /// All columns but the first.
    fn line(&mut self, span: Span, glued: bool, annotated: bool, out: &mut Vec<u8>) {
        out.push(b'\t');
        out.extend_from_slice(span.of(self.text).unwrap_or_default().as_bytes());
        out.extend_from_slice(b"\t_\t_\t_\t_\t_\t_\t_\t");
        if annotated {
            let mut mark: &[u8] = b"Ann=";
            while let Some((_, bracket)) = self.brackets.get(self.next).filter(|(at, _)| *at <= span.start) {
                out.extend_from_slice(mark);
                out.extend_from_slice(bracket.as_bytes());
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

/// The brackets of all annotations in the order of the pieces that they stand at.
fn brackets(doc: &Annotated<'_>) -> Vec<Bracket> {
    let pieces: Vec<Span> = sentences(doc).into_iter().flatten().flat_map(|cut| cut.pieces).collect();
    let mut brackets: Vec<(u32, u8, u32, String)> = Vec::new();
    for Annotation { kind, span, .. } in doc.annotations() {
        let first = pieces.partition_point(|piece| piece.end <= span.start);
        let last = pieces.partition_point(|piece| piece.start < span.end);
        let Some(covered) = pieces.get(first..last).filter(|covered| !covered.is_empty()) else { continue };
        let (from, to) = (covered[0].start, covered[covered.len() - 1].start);
        // At one piece: what ends, first what began last; then what begins, the longest first.
        if from == to {
            brackets.push((from, 1, u32::MAX - span.end, format!("({kind})")));
        } else {
            brackets.push((from, 1, u32::MAX - span.end, format!("({kind}")));
            brackets.push((to, 0, u32::MAX - span.start, format!("{kind})")));
        }
    }
    brackets.sort();
    brackets.into_iter().map(|(at, _, _, bracket)| (at, bracket)).collect()
}

/// Appends a text of which no character may end the line.
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
