//! The sample corpus from end to end: what the program finds in seeds/, in which units, and how much of the gold.

use std::fs;
use std::process::Command;

use khabar_eval::{Options, parse, read, score};
use khabar_tests::{program, root, seeds};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// What the gold of two articles says of the pipeline, in per cent: at least this F1 of exact spans, and at least this
/// share of gold found with the right value. A little below what was measured; whoever gets better raises them.
const FLOORS: &[(&str, f64, f64)] =
    &[("number", 99.0, 99.0), ("timex", 97.0, 97.0), ("entity", 98.0, 98.0), ("quote", 97.0, 97.0)];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpus {
    document: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    file: String,
    sha256: String,
    language: String,
    date: Option<String>,
}

/// Runs `khabar annotate` in the repository's root and returns its output.
fn annotate(arguments: &[&str]) -> String {
    let output = Command::new(program()).current_dir(root()).arg("annotate").args(arguments).output();
    let output = output.expect("khabar starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_articles_are_those_of_the_manifest() {
    let manifest = fs::read_to_string(root().join("seeds/corpus.toml")).expect("a manifest");
    let corpus: Corpus = toml::from_str(&manifest).expect("the manifest's form");
    let articles = seeds();
    assert_eq!(corpus.document.len(), articles.len());
    for (entry, (name, text)) in corpus.document.iter().zip(&articles) {
        let sum: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((&entry.id, &entry.file, &entry.sha256), (name, &format!("{name}.txt"), &sum));
        assert_eq!((entry.language.as_str(), &entry.date), ("ar", &None));
    }
}

#[test]
fn what_is_found_is_what_was_reviewed() {
    let found = annotate(&["seeds", "--format", "jsonl"]);
    let expected = fs::read_to_string(root().join("tests/expected/corpus.jsonl")).expect("an expected output");
    let place = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    assert!(
        found == expected,
        "line {place:?} of tests/expected/corpus.jsonl differs; `cargo xtask corpus --check` shows where, \
        `cargo xtask corpus --bless` accepts it"
    );
    assert_eq!(annotate(&["seeds", "--format", "jsonl", "--jobs", "1"]), found, "a second run, on one thread");
}

#[test]
fn the_tariffs_are_a_hundred_per_cent_in_every_unit() {
    let articles = seeds();
    for unit in ["char", "byte", "utf16"] {
        let found = parse_lines(&annotate(&["seeds", "--format", "jsonl", "--offsets", unit]));
        for id in ["000_cef36ac05013edca", "003_e1c5321300ed54d8"] {
            let document = found.iter().find(|document| document["id"] == id).expect("a line for each article");
            assert_eq!(document["offset_unit"], unit);
            let annotations = document["annotations"].as_array().expect("annotations");
            let tariff = annotations.iter().find(|a| a["kind"] == "number.percent").expect("a percentage");
            assert_eq!((&tariff["text"], &tariff["value"]), (&json!("100%"), &json!({"value": "100"})), "{id}");
            let (_, text) = articles.iter().find(|(name, _)| name == id).expect("the article");
            let offset = |key: &str| tariff[key].as_u64().and_then(|at| usize::try_from(at).ok()).expect("an offset");
            assert_eq!(slice(text, offset("start"), offset("end"), unit), "100%", "{id} in {unit}");
        }
    }
}

fn parse_lines(lines: &str) -> Vec<Json> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// A part of a text as a program would take it that counts in this unit.
fn slice(text: &str, start: usize, end: usize, unit: &str) -> String {
    match unit {
        "char" => text.chars().skip(start).take(end - start).collect(),
        "byte" => text[start..end].to_owned(),
        _ => String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[start..end]).expect("whole characters"),
    }
}

#[test]
fn accuracy_on_gold_stays() {
    let gold = read(root().join("tests/data/gold/seeds.jsonl")).expect("gold");
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("seeds.jsonl");
    let line = |d: &khabar_eval::Document| json!({"id": d.id, "text": d.text, "date": d.date}).to_string() + "\n";
    fs::write(&input, gold.iter().map(line).collect::<String>()).expect("written");
    let found = annotate(&[input.to_str().expect("UTF-8"), "--format", "jsonl"]);
    // What the marks set off is told from what was said, but counted together.
    let map = [("quote.term".to_owned(), "quote.speech".to_owned())].into();
    let report = score(&gold, &parse("khabar", &found).expect("JSON Lines"), &Options { map, ..Options::default() });
    println!("{report}");
    for (layer, f1, right) in FLOORS {
        let counts = report.layer(layer);
        let measured = (100.0 * counts.f1(), 100.0 * counts.right());
        assert!(
            *f1 <= measured.0 && *right <= measured.1,
            "{layer}: F1 {:.2} and {:.2} right, at least {f1} and {right} wanted",
            measured.0,
            measured.1
        );
    }
}
