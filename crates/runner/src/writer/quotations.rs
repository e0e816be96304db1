//! One row per quotation: who said what, according to whom.

use std::borrow::Cow;
use std::collections::HashMap;

use khabar_core::Span;
use khabar_core::kinds::{Entity, Quote};
use khabar_extractor::Scratch;
use serde::Serialize;

use super::Writer;
use super::jsonl::json;
use crate::{Annotated, shown};

/// The quotations of a corpus, one per row, in the order of the documents.
#[derive(Clone, Copy, Debug)]
pub struct Quotations {
    /// How a row is written.
    pub form: RowForm,
    /// Whether to include terms, which are not speech.
    pub terms: bool,
}

/// How a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowForm {
    /// One JSON object per line.
    Jsonl,
    /// Cells separated by tabs, with a header row. White space in a cell becomes single spaces, control characters become
    /// escapes, several sources are separated by ` > `.
    Tsv,
}

/// A row.
#[derive(Serialize)]
struct Row<'a> {
    document: &'a str,
    kind: &'a str,
    speaker_id: Option<&'a str>,
    speaker_name: Option<&'a str>,
    speaker: Option<&'a str>,
    cue: Option<&'a str>,
    source: Vec<&'a str>,
    text: &'a str,
}

const COLUMNS: [&str; 8] = ["document", "kind", "speaker_id", "speaker_name", "speaker", "cue", "source", "text"];

impl Writer for Quotations {
    fn extension(&self) -> &'static str {
        match self.form {
            RowForm::Jsonl => "jsonl",
            RowForm::Tsv => "tsv",
        }
    }

    fn begin(&self, out: &mut Vec<u8>) {
        if self.form == RowForm::Tsv {
            out.extend_from_slice(COLUMNS.join("\t").as_bytes());
            out.push(b'\n');
        }
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        let text = doc.document.text;
        let names = names(doc);
        for annotation in doc.annotations().filter(|a| a.kind.starts_with("quote.")) {
            let term = annotation.kind == "quote.term";
            if term && !self.terms {
                continue;
            }
            let quote: Quote =
                if term { Quote::default() } else { serde_json::from_slice(annotation.value).unwrap_or_default() };
            let speaker_id = quote.speaker_id.as_deref();
            let surface = |span: &Span| span.of(text);
            self.row(
                &Row {
                    document: doc.document.id,
                    kind: annotation.kind,
                    speaker_id,
                    speaker_name: speaker_id.and_then(|id| names.get(id)).map(Cow::as_ref),
                    speaker: quote.speaker.as_ref().and_then(surface),
                    cue: quote.cue.as_ref().and_then(surface),
                    source: quote.source.iter().filter_map(surface).collect(),
                    text: annotation.span.of(text).unwrap_or_default(),
                },
                out,
            );
        }
    }
}

impl Quotations {
    fn row(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        match self.form {
            RowForm::Jsonl => json(out, row),
            RowForm::Tsv => {
                let sources = row.source.join(" > ");
                let empty = Option::unwrap_or_default;
                let cells = [
                    row.document,
                    row.kind,
                    empty(row.speaker_id),
                    empty(row.speaker_name),
                    empty(row.speaker),
                    empty(row.cue),
                    sources.as_str(),
                    row.text,
                ];
                for (at, cell) in cells.iter().enumerate() {
                    if at != 0 {
                        out.push(b'\t');
                    }
                    for (at, word) in cell.split_whitespace().enumerate() {
                        if at != 0 {
                            out.push(b' ');
                        }
                        out.extend_from_slice(shown(word).as_bytes());
                    }
                }
            }
        }
        out.push(b'\n');
    }
}

/// The usual names of the entities of a document by id.
fn names<'a>(doc: &'a Annotated<'_>) -> HashMap<Cow<'a, str>, Cow<'a, str>> {
    let entities = doc.annotations().filter(|a| a.kind.starts_with("entity."));
    let read = entities.filter_map(|a| serde_json::from_slice::<Entity<'a>>(a.value).ok());
    read.map(|entity| (entity.id, entity.name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Document, Plan, Worker};

    fn rows(form: RowForm, terms: bool, text: &str) -> String {
        let plan = Plan::new(&Config::default(), &[], &["quote".to_owned(), "entity".to_owned()]).expect("a plan");
        let mut worker = Worker::new(&plan);
        let (mut out, mut scratch) = (Vec::new(), Scratch::default());
        let writer = Quotations { form, terms };
        writer.begin(&mut out);
        let document = Document { id: "a", text, ..Document::default() };
        writer.document(&worker.annotate(document), &mut scratch, &mut out);
        String::from_utf8(out).expect("rows are UTF-8")
    }

    #[test]
    fn a_row_a_quotation() {
        let text = "وقال متحدث باسم الشركة لقناة \"السهل\":\n\"لن\tنتراجع عن القرار\".";
        let rows = rows(RowForm::Tsv, false, text);
        let cells: Vec<&str> = rows.lines().nth(1).expect("a row").split('\t').collect();
        assert_eq!(cells.len(), COLUMNS.len());
        assert_eq!((cells[0], cells[1]), ("a", "quote.speech"));
        assert_eq!(cells[4], "متحدث باسم الشركة");
        assert_eq!((cells[5], cells[6], cells[7]), ("قال", "السهل", "لن نتراجع عن القرار"));
    }

    #[test]
    fn terms_are_given_when_asked_for() {
        let text = "تابع الجمهور برنامج \"صباح المدينة\".";
        assert_eq!(rows(RowForm::Jsonl, false, text), "");
        let row: serde_json::Value = serde_json::from_str(&rows(RowForm::Jsonl, true, text)).expect("JSON");
        assert_eq!((row["kind"].as_str(), row["text"].as_str()), (Some("quote.term"), Some("صباح المدينة")));
        assert!(row["speaker"].is_null());
    }
}
