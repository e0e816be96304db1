//! Texts that would cost too much if anything were not linear; each would take minutes if it were quadratic.

#![expect(clippy::expect_used, reason = "tests end with the first thing that is not as it should be")]

use khabar_extractor::ExtractError;
use khabar_extractor::testing::{Rig, Sample};
use khabar_quotes::{Quotation, Quotes, find_iter};

/// The quotations of a text, checked to end in the lines in which they may.
fn count(text: &str, most_lines: usize) -> usize {
    let mut found = 0;
    for (span, _) in find_iter(text).filter(|(_, q)| !matches!(q, Quotation::Indirect(_))) {
        let words = span.of(text).expect("a span of the text");
        assert!(words.lines().count() <= most_lines, "{} lines", words.lines().count());
        found += 1;
    }
    found
}

#[test]
fn a_hundred_thousand_marks() {
    assert_eq!(count(&"قال \"نعم\" ".repeat(50_000), 1), 50_000);
    assert_eq!(count(&"\"!\" ".repeat(50_000), 1), 0, "a full stop or exclamation mark alone is nothing");
    count(&"\"".repeat(100_000), 1);
    count(&"» «".repeat(50_000), 1);
    count(&"وفق \"أ\" ما ".repeat(25_000), 1);
}

#[test]
fn a_thousand_marks_nested() {
    let text = format!("قال {}نعم هذا{}", "«".repeat(1_000), "»".repeat(1_000));
    assert!(1 <= count(&text, 1));
    let text = format!("قال {}نعم هذا{}", "« ب ".repeat(30_000), "»".repeat(30_000));
    assert!(1 <= count(&text, 1));
}

#[test]
fn a_mark_that_never_closes() {
    let text = format!("قال \"{}\n", "نعم هذا هو القرار ".repeat(20_000)).repeat(3);
    assert_eq!(count(&text, 1), 0);
    let lines = format!("قال «{}", "نعم هذا هو القرار\n".repeat(50_000));
    assert_eq!(count(&lines, 5), 0);
}

#[test]
fn cues_without_end() {
    for text in ["قال أكد ", "مشيرا إلى أن ", "بحسب ", "الذي قال ", "نقلت عن ", "قال اليوم ", "لوكالة ", "قال ، "]
    {
        count(&text.repeat(40_000), 1);
    }
}

/// What stands before a report is looked at once for all reports of a sentence, and only as far as a sentence of news goes.
#[test]
fn reports_behind_a_long_row() {
    for (row, reports) in [
        ("_", "سنة القاهرة “وفقا ل"),
        (": ", "بحسب محمد "),
        ("، ", "بحسب محمد، "),
        ("قد ", "بحسب محمد "),
        ("كان ", "ذكر "),
        ("اليوم ", "ذكر "),
    ] {
        let row = row.repeat(150_000 / row.chars().count());
        count(&format!("{row}{}: نعم", reports.repeat(400_000 / reports.len())), 1);
    }
}

/// The sources of a quotation, as they stand in the text.
fn sources(text: &str) -> Vec<Vec<&str>> {
    let quotes = find_iter(text).filter_map(|(_, quotation)| match quotation {
        Quotation::Speech(quote) | Quotation::Indirect(quote) => Some(quote.source),
        _ => None,
    });
    quotes.map(|sources| sources.iter().map(|source| source.of(text).expect("a span of the text")).collect()).collect()
}

#[test]
fn a_source_is_named_once_in_a_value() {
    let text = |n: usize| {
        let report = "قوله لوكالة رويترز إن الأمر جيد، ";
        format!("ونقلت وكالة رويترز عن محمد علي {}", report.repeat(n))
    };
    let text = text(2_000);
    let found = sources(&text);
    assert_eq!(found.len(), 2_000);
    // The first may have a name of its own beside it: `وكالة رويترز`.
    assert!(found.iter().all(|sources| sources.len() <= 2 && sources.contains(&"رويترز")), "{:?}", found.last());
    // A report takes over the sources of the one before it, and no more than some.
    let outlets: String = (0..50).map(|n| format!("قوله لوكالة «خبر{n}» إن الأمر جيد، ")).collect();
    let text = format!("ونقلت وكالة رويترز عن محمد علي {outlets}");
    let found = sources(&text);
    assert!(found.iter().all(|sources| sources.len() <= 8));
    assert!(found.iter().any(|sources| sources.len() == 8), "so many are taken over");
}

#[test]
fn one_that_is_cancelled_comes_back_though_it_finds_nothing() {
    let mut rig = Rig::default().with::<Quotes>();
    let text = "كلمة أخرى ".repeat(100);
    let sample = Sample { text: &text, ..Sample::default() };
    assert_eq!(rig.run(&sample).expect("runs"), []);
    assert!(matches!(rig.cancelled(&sample), Err(ExtractError::Cancelled)));
    assert_eq!(rig.run(&sample).expect("runs"), []);
}
