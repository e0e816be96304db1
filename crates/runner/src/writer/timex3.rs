//! TimeML: the text with its time expressions as TIMEX3 elements.

use khabar_extractor::Scratch;
use serde_json::Value as Json;

use super::Writer;
use super::flat::outermost;
use crate::Annotated;

/// TimeML: one `TimeML` element per document within a `TimeMLs` element, or one file each. The document's date is `t0`; of
/// overlapping time expressions the outermost is an element.
///
/// Characters that XML does not allow become U+FFFD, one for one, so that offsets stay valid.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timex3;

const HEAD: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Fields of a value and their TimeML attributes.
const ATTRIBUTES: [(&str, &str); 2] = [("value", "value"), ("mod", "mod")];

impl Writer for Timex3 {
    fn extension(&self) -> &'static str {
        "tml"
    }

    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(HEAD);
        out.extend_from_slice(b"<TimeMLs>\n");
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        out.extend_from_slice(b"<TimeML><DOCID>");
        escape(out, doc.document.id);
        out.extend_from_slice(b"</DOCID><DCT>");
        if let Some(date) = date_of(doc) {
            out.extend_from_slice(b"<TIMEX3 tid=\"t0\" type=\"DATE\" functionInDocument=\"CREATION_TIME\" value=\"");
            escape(out, &date);
            out.extend_from_slice(b"\">");
            escape(out, &date);
            out.extend_from_slice(b"</TIMEX3>");
        }
        out.extend_from_slice(b"</DCT><TEXT>");
        let mut at = 0;
        let timexes = outermost(doc.annotations(), |a| kind_of(a.kind).is_some());
        for (number, annotation) in timexes.enumerate() {
            let span = annotation.span.range();
            escape(out, &text[at..span.start]);
            out.extend_from_slice(format!("<TIMEX3 tid=\"t{}\" type=\"", number + 1).as_bytes());
            out.extend_from_slice(kind_of(annotation.kind).unwrap_or_default().as_bytes());
            out.push(b'"');
            let value: Json = serde_json::from_slice(annotation.value).unwrap_or_default();
            for (field, attribute) in ATTRIBUTES {
                if let Some(content) = value[field].as_str() {
                    out.extend_from_slice(format!(" {attribute}=\"").as_bytes());
                    escape(out, content);
                    out.push(b'"');
                }
            }
            out.push(b'>');
            escape(out, &text[span.clone()]);
            out.extend_from_slice(b"</TIMEX3>");
            at = span.end;
        }
        escape(out, &text[at..]);
        out.extend_from_slice(b"</TEXT></TimeML>\n");
    }

    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"</TimeMLs>\n");
    }

    fn file(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
        out.extend_from_slice(HEAD);
        self.document(doc, scratch, out);
    }
}

/// TIMEX3's type of a kind.
fn kind_of(kind: &str) -> Option<&'static str> {
    match kind {
        "timex.date" => Some("DATE"),
        "timex.time" => Some("TIME"),
        "timex.duration" => Some("DURATION"),
        "timex.set" => Some("SET"),
        _ => None,
    }
}

/// The document's date, from the extractor or as it was given.
fn date_of(doc: &Annotated<'_>) -> Option<String> {
    let found = doc.date().and_then(|date| {
        let value: Json = serde_json::from_slice(date.value).ok()?;
        value["value"].as_str().map(str::to_owned)
    });
    found.or_else(|| doc.given_date().map(|date| date.to_string()))
}

/// Appends text as XML content or attribute value.
fn escape(out: &mut Vec<u8>, text: &str) {
    let mut buffer = [0; 4];
    for c in text.chars() {
        out.extend_from_slice(match c {
            '&' => b"&amp;",
            '<' => b"&lt;",
            '>' => b"&gt;",
            '"' => b"&quot;",
            // Escaped, since a parser turns it into a line break, and \r\n into one.
            '\r' => b"&#13;",
            '\t' | '\n' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => {
                c.encode_utf8(&mut buffer).as_bytes()
            }
            _ => "\u{fffd}".as_bytes(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::written;
    use crate::writer::read_back;

    #[test]
    fn what_is_written_is_read_back() {
        let texts = [
            "😀 <قال> & \"نعم\"\r\n ⟦timex.date=2025-08;mod=START|⟦timex.date=2025-08-01|مطلع⟧ آب⟧ ⟦timex.set=P1D|يوميا⟧ ⟦number.cardinal=1|1⟧",
            "\u{0}\u{202e}",
        ];
        let (xml, marked) = written(&texts, &Timex3);
        let read = read_back::timex3(&xml);
        assert_eq!(read[0].0, marked[0].text);
        assert_eq!(read[1], ("\u{fffd}\u{202e}".to_owned(), vec![]));
        let chars: Vec<char> = marked[0].text.chars().collect();
        let shown: Vec<String> = (read[0].1.iter())
            .map(|((kind, start, end), [value, modifier])| {
                format!("{kind} {value} {modifier} {}", chars[*start..*end].iter().collect::<String>())
            })
            .collect();
        assert_eq!(shown, ["timex.date 2025-08 START مطلع آب", "timex.set P1D  يوميا"]);
        assert!(xml.contains("functionInDocument=\"CREATION_TIME\" value=\"2025-08-06\">2025-08-06</TIMEX3></DCT>"));
    }
}
