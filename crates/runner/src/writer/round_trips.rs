//! Every form is read back to the same spans and kinds, over the whole sample corpus with an emoji in front, which is one
//! character, two UTF-16 units and four bytes.

#![cfg(feature = "builtin")]

use std::fs;
use std::path::Path;

use super::read_back::{self, Found, outermost};
use super::*;
use crate::plan::layer_of;
use crate::{Config, Document, Plan, Unit, Worker};

/// The texts, and what each writer makes of each.
struct Corpus {
    texts: Vec<String>,
    plan: Plan,
}

impl Corpus {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
        let mut files: Vec<_> = fs::read_dir(folder).expect("seeds/ is there").flatten().map(|f| f.path()).collect();
        files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
        files.sort();
        let text = |file: &_| format!("😀 {}", fs::read_to_string(file).expect("an article in UTF-8"));
        let plan = Plan::new(&Config::default(), &[], &[]).expect("a plan");
        Self { texts: files.iter().map(text).collect(), plan }
    }

    /// What a writer makes of each document by itself.
    fn files(&self, writer: &dyn Writer) -> Vec<String> {
        let (mut worker, mut scratch) = (Worker::new(&self.plan), Scratch::default());
        let date = "2025-08-06".parse().ok();
        let file = |text: &String| {
            let mut out = Vec::new();
            let doc = worker.annotate(Document { id: "seed", text, date, ..Document::default() });
            assert_eq!(doc.issues, []);
            writer.file(&doc, &mut scratch, &mut out);
            String::from_utf8(out).expect("writers write UTF-8")
        };
        self.texts.iter().map(file).collect()
    }

    /// Compares what `read` finds in the file of each document with `shown` of its annotations.
    fn check(
        &self,
        writer: &dyn Writer,
        read: impl Fn(&str, &str) -> Vec<Found>,
        shown: impl Fn(&[Found]) -> Vec<Found>,
    ) {
        let lines = self.files(&Jsonl { unit: Unit::Char });
        for ((file, text), line) in self.files(writer).iter().zip(&self.texts).zip(&lines) {
            let all = read_back::json(&parsed(line), text);
            assert!(50 < all.len(), "an article has much to find: {}", all.len());
            assert_eq!(read(file, text), shown(&all));
        }
    }
}

fn parsed(json: &str) -> serde_json::Value {
    serde_json::from_str(json).expect("is JSON")
}

/// The outermost annotations of each layer, in the order of the output.
fn by_layer(all: &[Found]) -> Vec<Found> {
    let mut layers: Vec<&str> = all.iter().map(|found| layer_of(&found.0)).collect();
    layers.sort_unstable();
    layers.dedup();
    layers.iter().flat_map(|layer| outermost(all, |kind| layer_of(kind) == *layer)).collect()
}

/// Without an order of what stands at one place, which these forms do not keep.
fn unordered(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| (a.1, b.2, &a.0).cmp(&(b.1, a.2, &b.0)));
    found
}

#[test]
fn json() {
    Corpus::new().check(
        &Json { unit: Unit::Char },
        |file, text| read_back::json(&parsed(file)[0], text),
        <[_]>::to_vec,
    );
}

#[test]
fn csv() {
    let read = |file: &str, text: &str| read_back::of_rows(&read_back::csv(file), text);
    Corpus::new().check(&Csv { unit: Unit::Char, bom: false }, read, <[_]>::to_vec);
}

#[test]
fn conll() {
    let read = |file: &str, _: &str| unordered(read_back::conll(file));
    Corpus::new().check(&Conll, read, |all| unordered(by_layer(all)));
}

#[test]
fn conllu() {
    let read = |file: &str, _: &str| unordered(read_back::conllu(file));
    Corpus::new().check(&Conllu, read, |all| unordered(all.to_vec()));
}

#[test]
fn brat() {
    let underscored =
        |all: &[Found]| all.iter().map(|(kind, start, end)| (kind.replace('.', "_"), *start, *end)).collect();
    Corpus::new().check(&Brat, read_back::brat, underscored);
}

#[test]
fn webanno() {
    Corpus::new().check(&Webanno, |file, text| read_back::webanno(&parsed(file), text), <[_]>::to_vec);
}

#[test]
fn displacy() {
    let read = |file: &str, text: &str| read_back::displacy(&parsed(file)[0], text);
    Corpus::new().check(&Displacy, read, |all| outermost(all, |_| true));
}

#[test]
fn timex3() {
    let read = |file: &str, text: &str| {
        let (read, timexes) = read_back::timex3(file).remove(0);
        assert_eq!(read, text);
        timexes.into_iter().map(|(found, _)| found).collect()
    };
    Corpus::new().check(&Timex3, read, |all| outermost(all, |kind| layer_of(kind) == "timex"));
}
