//! Extractors for this crate's tests.

use khabar_core::{Record, Span, Value};
use khabar_extractor::marked::Marked;
use khabar_extractor::{Doc, ExtractError, Extractor, Info, Output, Scratch};
use serde::Serialize;

use crate::{Document, Plan, RunSettings, Worker, Writer};

/// A word and where it stands, spans and all.
#[derive(Serialize)]
pub(crate) struct Word {
    pub(crate) word: String,
    pub(crate) at: Span,
}

impl Value for Word {
    const KIND: &'static str = "test.word";
    const HAS_SPANS: bool = true;
}

/// Marks every word; panics on `boom`, fails on `fail`, waits to be cancelled on `hang`, breaks a promise on `lie`, names a
/// span outside of the text in its value on `stray`.
pub(crate) struct Words;

impl Extractor for Words {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        *scratch.get::<u32>() += 1;
        for (i, token) in doc.tokens.iter().enumerate() {
            match doc.surface(i) {
                "boom" => panic!("boom in {}", doc.id),
                "fail" => return Err(ExtractError::Other("cannot do this".into())),
                "hang" => loop {
                    out.check_cancelled()?;
                    std::thread::yield_now();
                },
                "lie" => out.push(Span::new(0, u32::MAX), 1.0, &Word { word: String::new(), at: token.span() })?,
                "all" => {
                    out.push(Span::new(0, doc.text.len() as u32), 1.0, &Word { word: String::new(), at: token.span() })?
                }
                "stray" => out.push(token.span(), 1.0, &Word { word: String::new(), at: Span::new(0, u32::MAX) })?,
                word => out.push(token.span(), 0.5, &Word { word: word.into(), at: token.span() })?,
            }
        }
        Ok(())
    }
}

/// Gives one annotation over the whole text, if there are words.
pub(crate) struct Whole;

#[derive(Serialize)]
struct Count {
    words: usize,
}

impl Value for Count {
    const KIND: &'static str = "test.count";
}

impl Extractor for Whole {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let words = doc.inputs::<Word>().count();
        out.push(Span::new(0, doc.text.len() as u32), 1.0, &Count { words })
    }
}

/// `words`, and `whole` that requires it.
pub(crate) fn plan(settings: RunSettings) -> Plan {
    let info = |name: &str, provides: &[&str], requires: &[&str]| Info {
        name: name.into(),
        version: "1".into(),
        provides: provides.iter().map(ToString::to_string).collect(),
        requires: requires.iter().map(ToString::to_string).collect(),
    };
    Plan::given(
        vec![
            (info("words", &[Word::KIND], &[]), Box::new(Words)),
            (info("whole", &["test.count"], &[Word::KIND]), Box::new(Whole)),
        ],
        settings,
    )
}

/// Finds what is marked in a text.
struct Marks {
    marked: Marked,
    kinds: Vec<String>,
}

impl Extractor for Marks {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let (mut records, mut heap) = (Vec::new(), Vec::new());
        for mark in &self.marked.marks {
            let fields = mark.fields.iter().map(|(key, value)| {
                let json = value.starts_with(['{', '[']).then(|| serde_json::from_str(value).expect("a JSON field"));
                (key.clone(), json.unwrap_or_else(|| serde_json::Value::from(value.as_str())))
            });
            let value = serde_json::Value::Object(fields.collect()).to_string();
            records.push(Record {
                start: mark.span.start,
                end: mark.span.end,
                kind: self.kinds.iter().position(|kind| *kind == mark.kind).expect("is declared") as u32,
                value_at: heap.len() as u32,
                value_len: value.len() as u32,
                confidence: 1.0,
                flags: Record::HAS_SPANS,
                reserved: 0,
            });
            heap.extend(value.into_bytes());
        }
        out.append(doc.text, &records, &heap)
    }
}

/// What a writer makes of marked texts, as documents `d0`, `d1`, …, and the texts without the marks.
pub(crate) fn written(marked: &[&str], writer: &dyn Writer) -> (String, Vec<Marked>) {
    let (out, marked) = written_bytes(marked, writer);
    (String::from_utf8(out).expect("writers write UTF-8"), marked)
}

/// The same for what is no text.
pub(crate) fn written_bytes(marked: &[&str], writer: &dyn Writer) -> (Vec<u8>, Vec<Marked>) {
    let (mut out, mut scratch, mut all) = (Vec::new(), Scratch::default(), Vec::new());
    writer.begin(&mut out);
    for (number, marked) in marked.iter().enumerate() {
        let marked = Marked::parse(marked).expect("is marked text");
        let mut kinds: Vec<String> = marked.marks.iter().map(|mark| mark.kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        let info = Info { name: "marks".into(), version: "1".into(), provides: kinds.clone(), requires: Vec::new() };
        let extractor = Marks { marked: marked.clone(), kinds };
        let plan = Plan::given(vec![(info, Box::new(extractor))], RunSettings::default());
        let mut worker = Worker::new(&plan);
        let id = format!("d{number}");
        let date = "2025-08-06".parse().ok();
        let doc = worker.annotate(Document { id: &id, text: &marked.text, date, ..Document::default() });
        assert_eq!(doc.issues, []);
        if number != 0 {
            out.extend_from_slice(writer.between());
        }
        writer.document(&doc, &mut scratch, &mut out);
        all.push(marked);
    }
    writer.end(&mut out);
    (out, all)
}
