//! Bad input: a value or nothing, and no panic.

use khabar_numbers::{find_iter, parse};
use proptest::prelude::*;

#[test]
fn numbers_that_nothing_can_hold() {
    assert_eq!(parse(&"9".repeat(10_000)), None);
    assert_eq!(parse(&format!("0.{}1", "0".repeat(10_000))), None);
    assert_eq!(parse("1e400"), None);
    assert_eq!(parse(&"كوادريليون ".repeat(50)), None);
}

#[test]
fn separators_without_digits() {
    for text in ["، ٫ ٬ . , - / %", "٪٪٪", "--- ... ,,,", "٫٫٫٫", "من إلى بين و", "على الأقل"]
    {
        assert_eq!(find_iter(text).count(), 0, "{text}");
    }
}

#[test]
fn digits_of_mixed_scripts() {
    assert_eq!(parse("1٢۳").and_then(|n| n.value()), Some(123.into()));
    assert_eq!(parse("١٢,345").and_then(|n| n.value()), Some(12_345.into()));
}

/// Texts on which an hour would pass if the time grew with the square of their length.
#[test]
fn long_rows_of_the_same() {
    let pieces = [
        "مليون ",
        "خمسة و",
        "5 (5 (",
        "واحد من ",
        "بين 3 و",
        "1 234 ",
        "سالب ",
        "ثلاثة أرباع ",
        "5 من 6 ",
        "10 دنانير ",
        "درجتين تحت ",
        "12-13 ",
        "آلاف ",
        "هدف لهدف ",
        "0.1e",
        "٣",
        "المئة بعد ",
        "فاصلة خمسة ",
    ];
    for piece in pieces {
        let text = piece.repeat(10_000);
        for (span, _) in find_iter(&text) {
            assert!(span.of(&text).is_some(), "{piece}: {span}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_heap_of_number_words_is_read(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "مليون", "ألف", "آلاف", "مئة", "خمسة", "وعشرون", "و", "عشر", "أحد", "نصف", "وثلث", "أرباع", "سالب",
                "فاصلة", "من", "على", "إلى", "بين", "بالمئة", "دينار", "كم", "5", "٣٫٥", "1,000", "(", ")", "-", "%",
                "$", "الثالث", "والعشرين", "بعد", "المئة", "هدفين", "لهدف", "مقابل", "واحد", "1/0", "0-0", "e", "\n",
            ]),
            0..40,
        ),
        glue in "( |)",
    ) {
        let text = words.join(&glue);
        for (span, _) in find_iter(&text) {
            prop_assert!(span.of(&text).is_some_and(|part| !part.trim().is_empty()), "{:?}", span);
        }
    }
}

#[test]
fn one_that_is_cancelled_comes_back_though_it_finds_nothing() {
    let mut rig = khabar_extractor::testing::Rig::default().with::<khabar_numbers::Numbers>();
    let text = "كلمة أخرى ".repeat(100);
    let sample = khabar_extractor::testing::Sample { text: &text, ..Default::default() };
    assert_eq!(rig.run(&sample).expect("runs"), []);
    assert!(matches!(rig.cancelled(&sample), Err(khabar_extractor::ExtractError::Cancelled)));
    assert_eq!(rig.run(&sample).expect("runs"), []);
}
