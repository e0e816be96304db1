//! Texts that would cost too much if anything were not linear; each would take minutes if it were quadratic.

#![expect(clippy::expect_used, reason = "tests end with the first thing that is not as it should be")]

use khabar_quotes::{Quotation, find_iter};

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
