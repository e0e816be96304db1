//! Which annotations count, case by case: gold and output as JSON Lines, the rows that must come of them.

use khabar_eval::{Document, Options, Report, parse, score};
use proptest::prelude::*;

fn documents(lines: &str) -> Vec<Document> {
    parse("test", lines).unwrap_or_else(|error| panic!("{error}"))
}

fn report(gold: &str, found: &str, options: &Options) -> Report {
    score(&documents(gold), &documents(found), options)
}

/// `name hits+extra-missed`, and `values/right` where gold has values.
fn rows(gold: &str, found: &str, options: &Options) -> Vec<String> {
    let shown = |row: &khabar_eval::Row| {
        let c = row.counts;
        let values = if c.values == 0 { String::new() } else { format!(" {}/{}", c.right_values, c.values) };
        format!("{} {}+{}-{}{values}", row.name, c.hits, c.extra, c.missed)
    };
    report(gold, found, options).rows.iter().map(shown).collect()
}

const GOLD: &str = r#"{"id":"a","text":"في 3 مدن و5 قرى","annotations":[{"kind":"number.cardinal","start":3,"end":4,"value":{"value":"3"}},{"kind":"number.cardinal","start":10,"end":11,"value":{"value":"5"}},{"kind":"entity.gpe","start":5,"end":8}]}"#;

#[test]
fn exact_spans_and_their_values() {
    let found = r#"{"id":"a","annotations":[{"kind":"number.cardinal","start":3,"end":4,"value":{"value":"4"}},{"kind":"number.cardinal","start":9,"end":11,"value":{"value":"5"}},{"kind":"entity.gpe","start":5,"end":8}]}"#;
    let plain = Options::default();
    assert_eq!(rows(GOLD, found, &plain), ["entity.gpe 1+0-0", "number.cardinal 1+1-1 0/1", "(all) 2+1-1 0/1"]);
    let shown: Vec<String> = report(GOLD, found, &plain).differences.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            r#"value  a number.cardinal 3..4 "3" gold {"value":"3"} found {"value":"4"}"#,
            r#"missed a number.cardinal 10..11 "5" {"value":"5"}"#,
            r#"extra  a number.cardinal 9..11 "و5" {"value":"5"}"#,
        ]
    );
    let overlap = Options { overlap: true, ..plain.clone() };
    assert_eq!(rows(GOLD, found, &overlap)[1], "number.cardinal 2+0-0 1/2");
    let tokens = Options { tokens: true, ..plain };
    assert_eq!(rows(GOLD, found, &tokens)[1], "number.cardinal 2+0-0 1/2", "the second is the word و5 on both sides");
}

#[test]
fn percentages() {
    let found = r#"{"id":"a","annotations":[{"kind":"number.cardinal","start":3,"end":4,"value":"3"}]}"#;
    let report = report(GOLD, found, &Options { only: vec!["number".into()], ..Options::default() });
    assert_eq!(
        report.to_string(),
        "number.cardinal      P 100.00  R  50.00  F1  66.67  n     2  value 100.00  right  50.00\n"
    );
    assert_eq!(report.layer("number").right(), 0.5);
    assert_eq!(report.layer("timex").f1(), 0.0);
}

#[test]
fn a_missing_document_is_missed() {
    let report = report(GOLD, r#"{"id":"b"}"#, &Options::default());
    assert_eq!(report.missing, ["a"]);
    assert_eq!(report.row("(all)").map(|row| row.counts.missed), Some(3));
    assert!(report.to_string().starts_with("1 of 1 gold documents have no output\n"));
}

#[test]
fn optional_gold_is_neither_rewarded_nor_missed() {
    let gold =
        r#"{"id":"a","text":"ab cd","annotations":[{"kind":"x.y","start":0,"end":2,"optional":true,"value":"1"}]}"#;
    assert_eq!(rows(gold, r#"{"id":"a"}"#, &Options::default()), [""; 0]);
    let found = r#"{"id":"a","annotations":[{"kind":"x.y","start":0,"end":2,"value":"2"}]}"#;
    assert_eq!(rows(gold, found, &Options::default()), [""; 0]);
    let twice = r#"{"id":"a","annotations":[{"kind":"x.y","start":0,"end":2},{"kind":"x.y","start":0,"end":2}]}"#;
    assert_eq!(rows(gold, twice, &Options::default()), ["x.y 0+1-0"], "the same span twice: the second is extra");
}

#[test]
fn scope_same_and_map() {
    let gold = r#"{"id":"a","text":"ab cd","scope":["x"],"same":{"x.y":"x.z"},"annotations":[{"kind":"x.z","start":0,"end":2}]}"#;
    let found = r#"{"id":"a","annotations":[{"kind":"x.y","start":0,"end":2},{"kind":"xx.y","start":3,"end":5},{"kind":"x.w","start":3,"end":5}]}"#;
    assert_eq!(rows(gold, found, &Options::default()), ["x.w 0+1-0", "x.z 1+0-0", "x (all) 1+1-0"]);
    let map = [("x.w", "-"), ("x.z", "Z")].map(|(from, to)| (from.to_owned(), to.to_owned()));
    assert_eq!(rows(gold, found, &Options { map: map.into(), ..Options::default() }), ["Z 1+0-0"]);
}

#[test]
fn an_overlap_is_used_once_and_exact_ones_first() {
    let gold =
        r#"{"id":"a","text":"abcdef","annotations":[{"kind":"k","start":0,"end":4},{"kind":"k","start":2,"end":6}]}"#;
    let found = r#"{"id":"a","annotations":[{"kind":"k","start":2,"end":6},{"kind":"k","start":4,"end":5}]}"#;
    let overlap = Options { overlap: true, ..Options::default() };
    assert_eq!(rows(gold, found, &overlap), ["k 1+1-1"], "4..5 doesn't touch 0..4, and 2..6 is taken");
}

proptest! {
    /// Gold scored against itself is perfect, and no offsets make it panic.
    #[test]
    fn itself_is_perfect(
        text in "[ab \u{1c}خ😀]{0,12}",
        spans in proptest::collection::vec((0_usize..20, 0_usize..20, "[ab]\\.[xy]"), 0..12),
        tokens: bool, overlap: bool,
    ) {
        let annotation = |(start, end, kind): &(usize, usize, String)| khabar_eval::Annotation {
            kind: kind.clone(), start: *start, end: *end, ..Default::default()
        };
        let document = Document {
            id: "a".into(), text: Some(text), annotations: spans.iter().map(annotation).collect(), ..Document::default()
        };
        let options = Options { tokens, overlap, ..Options::default() };
        let report = score(std::slice::from_ref(&document), std::slice::from_ref(&document), &options);
        prop_assert!(report.rows.iter().all(|row| row.counts.extra == 0 && row.counts.missed == 0));
        if !tokens {
            let hits: usize = report.rows.iter().filter(|row| !row.total).map(|row| row.counts.hits).sum();
            prop_assert_eq!(hits, spans.len());
        }
    }
}
