//! What is measured. Each row goes over all documents and says how much it found, which keeps the compiler honest and
//! shows that the rows do comparable work.

use charabia::Tokenize;
use icu_normalizer::ComposingNormalizer;
use icu_segmenter::options::{SentenceBreakInvariantOptions, WordBreakInvariantOptions};
use icu_segmenter::{SentenceSegmenter, WordSegmenter};
use khabar_arabic::{Analysis, validate};
use khabar_extractor::{Doc, Extractor, Info, Layer, Output, Plugin, Scratch};
use khabar_numbers::Numbers;
use khabar_runner::{Config, Document, Plan, Worker};
use unicode_segmentation::UnicodeSegmentation;

/// One line of the table.
pub struct Row {
    /// What it does.
    pub name: &'static str,
    /// What it counts.
    pub unit: &'static str,
    /// The row that the ratios refer to.
    pub reference: bool,
    /// What it adds to the row of the stage before it.
    pub stage: Option<&'static str>,
    /// Goes over the documents and counts.
    pub run: Box<dyn FnMut(&[String]) -> usize>,
    /// What it counted last.
    pub found: usize,
}

fn row(name: &'static str, unit: &'static str, run: impl FnMut(&[String]) -> usize + 'static) -> Row {
    Row { name, unit, reference: false, stage: None, run: Box::new(run), found: 0 }
}

/// The stages of the pipeline in their order; the row of the last is the whole of it.
pub const STAGES: [&str; 5] = ["analysis", "numbers", "dates", "entities", "quotes"];

fn stage(stage: &'static str, row: Row) -> Row {
    Row { stage: Some(stage), ..row }
}

/// The pipeline of the runner without reading and writing; `only` as on the command line.
fn pipeline(name: &'static str, only: &[&str]) -> Row {
    let only: Vec<String> = only.iter().map(ToString::to_string).collect();
    // A worker borrows its plan; both live as long as the program.
    let plan = Plan::new(&Config::default(), &[], &only).map(Box::new).map(Box::leak);
    let mut worker = plan.ok().map(|plan| Worker::new(plan));
    row(name, "annotations", move |documents| {
        let Some(worker) = &mut worker else { return 0 };
        let valid = documents.iter().filter_map(|text| validate(text.as_bytes()).ok());
        let mut found = 0;
        let documents = valid.map(|text| Document { id: "bench", text, ..Document::default() });
        worker.annotate_all(documents, |annotated| found += annotated.annotations().len());
        found
    })
}

/// All rows, in the order of the table.
pub fn all() -> Vec<Row> {
    let words = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
    let sentences = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let nfkc = ComposingNormalizer::new_nfkc();
    let mut analysis = Analysis::default();
    let mut copy = Vec::new();
    vec![
        stage(
            "analysis",
            row(
                "khabar: validate, fold, tokens, hashes, sentences, quotations, lost spaces",
                "tokens",
                move |documents| {
                    let each = documents.iter().map(|text| match validate(text.as_bytes()) {
                        Ok(text) => {
                            analysis.analyze(text);
                            analysis.tokens().len()
                        }
                        Err(_) => 0,
                    });
                    each.sum()
                },
            ),
        ),
        stage(
            "numbers",
            row("khabar: the same and numbers", "numbers", {
                let numbers = Numbers::create(khabar_numbers::Config::default());
                let (info, mut scratch) = (Info::of::<Numbers>(), Scratch::default());
                let (mut analysis, mut layer) = (Analysis::default(), Layer::default());
                move |documents| {
                    let Ok(numbers) = &numbers else { return 0 };
                    let each = documents.iter().map(|text| {
                        let Ok(text) = validate(text.as_bytes()) else { return 0 };
                        analysis.analyze(text);
                        layer.clear();
                        let doc = Doc::new("bench", text, &analysis);
                        let done = numbers.extract(&doc, &mut Output::new(&mut layer, &info), &mut scratch);
                        if done.is_ok() { layer.records().len() } else { 0 }
                    });
                    each.sum()
                }
            }),
        ),
        stage("dates", pipeline("khabar: the same and dates", &["number", "timex"])),
        stage("entities", pipeline("khabar: the same and entities", &["number", "timex", "entity"])),
        stage("quotes", pipeline("khabar: the same and quotations: all", &[])),
        Row {
            reference: true,
            ..row("ICU4X in series: validate, words, sentences, NFKC", "words and gaps", move |documents| {
                let mut normal = String::new();
                let each = documents.iter().map(|text| {
                    let Ok(text) = std::str::from_utf8(text.as_bytes()) else { return 0 };
                    let found = words.segment_str(text).count();
                    let ends = sentences.segment_str(text).count();
                    normal.clear();
                    // Writing into a string does not fail.
                    let _ = nfkc.normalize_to(text, &mut normal);
                    found - 1 + usize::from(ends + normal.len() == usize::MAX)
                });
                each.sum()
            })
        },
        row("icu_segmenter: words", "words and gaps", {
            let words = WordSegmenter::new_auto(WordBreakInvariantOptions::default());
            move |documents| documents.iter().map(|text| words.segment_str(text).count() - 1).sum()
        }),
        row("unicode-segmentation: words", "words", |documents| {
            documents.iter().map(|text| text.unicode_words().count()).sum()
        }),
        row("charabia: tokens, normalised", "tokens and gaps", |documents| {
            documents.iter().map(|text| text.as_str().tokenize().count()).sum()
        }),
        row("validation by std", "bytes", |documents| {
            documents.iter().map(|text| std::str::from_utf8(text.as_bytes()).map_or(0, str::len)).sum()
        }),
        row("validation by simdutf8", "bytes", |documents| {
            documents.iter().map(|text| simdutf8::basic::from_utf8(text.as_bytes()).map_or(0, str::len)).sum()
        }),
        row("memcpy", "bytes", move |documents| {
            let each = documents.iter().map(|text| {
                copy.clear();
                copy.extend_from_slice(text.as_bytes());
                std::hint::black_box(&copy).len()
            });
            each.sum()
        }),
    ]
}
