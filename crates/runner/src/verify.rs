//! Checks an output against its texts.

use std::fmt;
use std::io::{self, BufRead};

use khabar_arabic::{Offsets, Unit};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::batch::Item;
use crate::source::{self, Feed, Stopped, document};
use crate::{Document, Inputs, PathProblem};

/// The result of a check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Documents of the input.
    pub documents: u64,
    /// Annotations whose text was compared.
    pub annotations: u64,
    /// Spans within values whose text was compared.
    pub spans: u64,
    /// The number of faults.
    pub faults: u64,
    /// Named paths that could not be read.
    pub unreadable: u64,
}

/// A disagreement between output and input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line of the output, counted from 1.
    pub line: u64,
    /// The document's id, if known.
    pub document: String,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: {}", self.line, self.document, self.message)
    }
}

/// Receives faults and problems.
pub trait Listener {
    /// Called for every fault.
    fn fault(&mut self, fault: &Fault);
    /// Called for every named path that cannot be read.
    fn problem(&mut self, problem: &PathProblem);
}

/// Compares an output in JSON Lines with its inputs, line by line: the same documents and ids, annotations in order, and the
/// same text under every span, including spans within values.
///
/// # Errors
/// If the output cannot be read.
pub fn verify(
    output: &mut dyn BufRead,
    inputs: &Inputs,
    limit: usize,
    listener: &mut dyn Listener,
) -> io::Result<Verified> {
    let mut check = Check { output, listener, raw: Vec::new(), line: 0, found: Verified::default(), failed: None };
    let read = source::read(inputs, limit, &mut check);
    while read.is_ok() && check.failed.is_none() {
        let Some(line) = check.next_line() else { break };
        let id = parse(&line).map_or_else(|_| String::new(), |line| line.id);
        check.fault(&id, "unexpected document: the input does not have it".to_owned());
    }
    match check.failed {
        Some(error) => Err(error),
        None => Ok(check.found),
    }
}

/// A line of an output.
#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    text: Option<String>,
    offset_unit: String,
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    kind: String,
    start: usize,
    end: usize,
    text: String,
    value: Json,
    source: String,
}

fn parse(line: &str) -> Result<Line, serde_json::Error> {
    serde_json::from_str(line)
}

struct Check<'a> {
    output: &'a mut dyn BufRead,
    listener: &'a mut dyn Listener,
    raw: Vec<u8>,
    line: u64,
    found: Verified,
    failed: Option<io::Error>,
}

impl Feed for Check<'_> {
    fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.raw
    }

    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        let raw = std::mem::take(&mut self.raw);
        match document::read(&item, raw.get(item.range.clone()).unwrap_or_default()) {
            Ok((read, _)) => self.document(&read.as_document()),
            // A document that could not be read has a line without annotations, which an empty text verifies.
            Err((id, _)) => self.document(&Document { id: &id, ..Document::default() }),
        }
        self.raw = raw;
        self.raw.clear();
        if self.failed.is_some() { Err(Stopped) } else { Ok(()) }
    }

    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped> {
        self.found.unreadable += 1;
        self.listener.problem(&problem);
        Ok(())
    }
}

impl Check<'_> {
    fn next_line(&mut self) -> Option<String> {
        let mut line = String::new();
        self.line += 1;
        match self.output.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => Some(line),
            Err(error) => {
                self.failed = Some(error);
                None
            }
        }
    }

    fn fault(&mut self, document: &str, message: String) {
        self.found.faults += 1;
        self.listener.fault(&Fault { line: self.line, document: document.to_owned(), message });
    }

    fn document(&mut self, document: &Document<'_>) {
        self.found.documents += 1;
        let Some(line) = self.next_line() else {
            if self.failed.is_none() {
                self.fault(document.id, "the output ends before this document".to_owned());
            }
            return;
        };
        let line = match parse(&line) {
            Ok(line) => line,
            Err(error) => {
                return self
                    .fault(document.id, format!("invalid line: expected JSON Lines of `khabar annotate`: {error}"));
            }
        };
        if line.id != document.id {
            return self.fault(document.id, format!("expected this document, found {}", line.id));
        }
        if line.text.is_some_and(|text| text != document.text) {
            let message =
                "the text differs from the input; another version of khabar may have read the page differently"
                    .to_owned();
            return self.fault(document.id, message);
        }
        let unit = match line.offset_unit.as_str() {
            "char" => Unit::Char,
            "byte" => Unit::Byte,
            "utf16" => Unit::Utf16,
            other => {
                return self.fault(document.id, format!("unknown offset_unit {other:?}: expected char, byte or utf16"));
            }
        };
        let offsets = Offsets::new(document.text);
        let mut last = None;
        for annotation in &line.annotations {
            let Annotation { kind, start, end, text, value, source } = annotation;
            self.found.annotations += 1;
            self.compare(document, &offsets, unit, kind, (*start, *end), text);
            self.values(document, &offsets, unit, kind, value);
            let place = (*start, std::cmp::Reverse(*end), kind, source);
            if last.is_some_and(|last| place < last) {
                self.fault(document.id, format!("{kind} {start}..{end} is not in the order of the output"));
            }
            last = Some(place);
        }
    }

    /// Compares every span within a value. A value may have other objects with a `start`; only objects with a `text` are
    /// compared.
    fn values(&mut self, document: &Document<'_>, offsets: &Offsets<'_>, unit: Unit, kind: &str, value: &Json) {
        match value {
            Json::Object(fields) => {
                let number = |key: &str| fields.get(key).and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
                let text = fields.get("text").and_then(Json::as_str);
                if let (Some(start), Some(end), Some(text), 3) = (number("start"), number("end"), text, fields.len()) {
                    self.found.spans += 1;
                    return self.compare(document, offsets, unit, kind, (start, end), text);
                }
                fields.values().for_each(|value| self.values(document, offsets, unit, kind, value));
            }
            Json::Array(items) => items.iter().for_each(|value| self.values(document, offsets, unit, kind, value)),
            _ => {}
        }
    }

    fn compare(
        &mut self,
        document: &Document<'_>,
        offsets: &Offsets<'_>,
        unit: Unit,
        kind: &str,
        (start, end): (usize, usize),
        said: &str,
    ) {
        let (from, to) = (offsets.byte(unit, start), offsets.byte(unit, end));
        // An offset inside a character or past the end does not round-trip.
        let exact = offsets.count(unit, from) == start && offsets.count(unit, to) == end;
        match document.text.get(from..to).filter(|_| exact) {
            Some(text) if text == said => {}
            Some(text) => {
                let message = format!("{kind} {start}..{end}: the text is {text:?}, the output has {said:?}");
                self.fault(document.id, message);
            }
            None => self.fault(document.id, format!("{kind} {start}..{end} is outside the text or splits a character")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plan;
    use crate::writer::Jsonl;
    use crate::{RunSettings, Worker, Writer};
    use proptest::prelude::*;

    #[derive(Default)]
    struct Heard(Vec<String>);

    impl Listener for Heard {
        fn fault(&mut self, fault: &Fault) {
            self.0.push(fault.to_string());
        }

        fn problem(&mut self, problem: &PathProblem) {
            self.0.push(problem.to_string());
        }
    }

    fn output(texts: &[&str], unit: Unit) -> String {
        let plan = plan(RunSettings::default());
        let (mut worker, mut out) = (Worker::new(&plan), Vec::new());
        for (number, text) in texts.iter().enumerate() {
            let id = format!("in:{}", number + 1);
            let doc = worker.annotate(Document { id: &id, text, ..Document::default() });
            Jsonl { unit }.document(&doc, &mut khabar_extractor::Scratch::default(), &mut out);
        }
        String::from_utf8(out).expect("is text")
    }

    fn check(texts: &[&str], output: &str) -> (Verified, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("in.jsonl");
        let lines: Vec<String> = texts.iter().map(|text| serde_json::json!({"text": text}).to_string()).collect();
        std::fs::write(&path, lines.join("\n")).expect("written");
        let inputs = Inputs { paths: vec![path], ..Inputs::default() };
        let mut heard = Heard::default();
        let verified = verify(&mut output.as_bytes(), &inputs, 1 << 20, &mut heard).expect("is read");
        (verified, heard.0)
    }

    const TEXTS: [&str; 3] = ["😀 نعم", "", "boom"];

    #[test]
    fn what_the_writer_writes_is_true() {
        for unit in [Unit::Char, Unit::Byte, Unit::Utf16] {
            let (verified, heard) = check(&TEXTS, &output(&TEXTS, unit));
            assert_eq!(heard, [""; 0]);
            assert_eq!((verified.documents, verified.annotations, verified.spans), (3, 4, 2));
        }
    }

    #[test]
    fn what_is_wrong_is_found() {
        let good = output(&TEXTS, Unit::Char);
        let fault = |output: &str| check(&TEXTS, output).1.join("; ");
        let wrong = fault(
            &good.replace(r#""start":2,"end":5,"text":"نعم","value""#, r#""start":1,"end":5,"text":"نعم","value""#),
        );
        assert!(
            wrong.starts_with(r#"line 1: in:1: test.word 1..5: the text is " نعم", the output has "نعم""#),
            "{wrong}"
        );
        let inner = fault(&good.replace(r#""at":{"start":2,"end":5"#, r#""at":{"start":2,"end":6"#));
        assert_eq!(inner, "line 1: in:1: test.word 2..6 is outside the text or splits a character");
        assert!(fault(&good.replace("\"char\"", "\"utf16\"")).contains("is outside the text or splits a character"));
        let lines: Vec<&str> = good.lines().collect();
        assert_eq!(fault(&lines[..2].join("\n")), "line 3: in:3: the output ends before this document");
        assert!(
            fault(&format!("{good}{}", lines[2]))
                .ends_with("line 4: in:3: unexpected document: the input does not have it")
        );
        assert_eq!(
            fault(&[lines[1], lines[1], lines[2]].join("\n")),
            "line 1: in:1: expected this document, found in:2"
        );
        assert!(
            fault(&good.replacen("{\"schema\"", "{schema", 1))
                .starts_with("line 1: in:1: invalid line: expected JSON Lines of `khabar annotate`: ")
        );
    }

    proptest! {
        #[test]
        fn any_text_proves_true(text in "(\\PC|[\u{600}-\u{6ff}]|😀| |\n){0,40}") {
            for unit in [Unit::Char, Unit::Byte, Unit::Utf16] {
                let (verified, heard) = check(&[&text], &output(&[&text], unit));
                prop_assert_eq!(heard, Vec::<String>::new());
                prop_assert_eq!(verified.documents, 1);
            }
        }
    }
}
