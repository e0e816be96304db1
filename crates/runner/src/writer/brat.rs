//! brat's standoff format.

use khabar_arabic::{Cursor, Unit};
use khabar_core::Span;
use khabar_extractor::Scratch;

use super::{Writer, jsonl};
use crate::Annotated;

/// An `.ann` file for the `.txt` file beside it: text-bound annotations with offsets in characters, and a note with the
/// value of each. Dots of a kind become underscores, since brat does not allow dots in names. A span over a line break or a
/// tab is written in parts, as the format requires.
#[derive(Clone, Copy, Debug, Default)]
pub struct Brat;

impl Writer for Brat {
    fn extension(&self) -> &'static str {
        "ann"
    }

    fn text_beside(&self) -> bool {
        true
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        let mut cursor = Cursor::new(text, Unit::Char);
        let mut number = 0_usize;
        let mut inner = Cursor::new(text, Unit::Char);
        for annotation in doc.annotations() {
            let lines = lines(text, annotation.span);
            if lines.is_empty() {
                continue;
            }
            number += 1;
            out.push(b'T');
            jsonl::json(out, &number);
            out.push(b'\t');
            out.extend(annotation.kind.bytes().map(|b| if b.is_ascii_alphanumeric() { b } else { b'_' }));
            for (at, line) in lines.iter().enumerate() {
                out.push(if at == 0 { b' ' } else { b';' });
                jsonl::json(out, &cursor.at(line.start as usize));
                out.push(b' ');
                jsonl::json(out, &cursor.at(line.end as usize));
            }
            out.push(b'\t');
            for (at, line) in lines.iter().enumerate() {
                if at != 0 {
                    out.push(b' ');
                }
                out.extend_from_slice(line.of(text).unwrap_or_default().as_bytes());
            }
            out.extend_from_slice(b"\n#");
            jsonl::json(out, &number);
            out.extend_from_slice(b"\tAnnotatorNotes T");
            jsonl::json(out, &number);
            out.push(b'\t');
            jsonl::value(out, &annotation, text, &mut inner);
            out.push(b'\n');
        }
    }
}

/// The parts of a span between line breaks and tabs.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let covered = span.of(text).unwrap_or_default();
    let start = |line: &str| span.start + (line.as_ptr() as usize - covered.as_ptr() as usize) as u32;
    let lines = covered.split(['\t', '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']);
    lines.filter(|line| !line.is_empty()).map(|line| Span::new(start(line), start(line) + line.len() as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;
    use crate::writer::read_back;

    #[test]
    fn what_is_written_is_read_back() {
        let text = "😀 و⟦entity.person;id=Q1|ويتكوف⟧ ⟦number.percent=100|⟦number.cardinal=100|100⟧%⟧\n⟦quote.speech:سطر\r\nآخر⟧";
        let (ann, marked) = written(&[text], &Brat);
        let read = read_back::brat(&ann, &marked[0].text);
        let at = |byte: u32| marked[0].text[..byte as usize].chars().count();
        let wanted: Vec<_> =
            marked[0].marks.iter().map(|m| (m.kind.replace('.', "_"), at(m.span.start), at(m.span.end))).collect();
        assert_eq!(read, wanted);
        assert!(ann.contains("\n#1\tAnnotatorNotes T1\t{\"id\":\"Q1\"}\n"), "{ann}");
    }

    #[test]
    fn no_tab_beside_those_between_columns() {
        let (ann, marked) = written(&["⟦quote.term:أ\tب\t\tج⟧"], &Brat);
        assert!(ann.lines().all(|line| line.matches('\t').count() == 2), "{ann}");
        assert_eq!(ann.lines().next(), Some("T1\tquote_term 0 1;2 3;5 6\tأ ب ج"));
        assert_eq!(read_back::brat(&ann, &marked[0].text), [("quote_term".to_owned(), 0, 6)]);
    }
}
