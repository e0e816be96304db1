//! Strange and hostile text: no panic, and time that grows with the length alone.

use std::time::{Duration, Instant};

use khabar_arabic::{Analysis, fold, original_at, quotations, validate};

/// Far more than a linear analysis of these texts takes in a debug build on a busy machine, far less than a quadratic
/// one would.
const PATIENCE: Duration = Duration::from_secs(60);

fn analyze(text: &str) -> Analysis {
    let start = Instant::now();
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let mut found = Vec::new();
    quotations(text, analysis.tokens(), &mut found);
    assert!(start.elapsed() < PATIENCE, "{:.20}… took {:?}", text, start.elapsed());
    let mut last = 0;
    for token in analysis.tokens() {
        assert!(last <= token.start && token.start < token.end && token.end as usize <= text.len());
        last = token.end;
    }
    analysis
}

#[test]
fn much_of_one_thing() {
    for piece in [
        "م",
        "مم ",
        "\u{64b}",
        "a",
        "a.",
        "a@",
        "1",
        "1.",
        "-",
        "\"",
        "« ",
        "“",
        "\"م",
        "#",
        "@a",
        "\u{200f}",
        "م\u{200f}",
        "\u{0}",
        " ",
        "\n",
        " \n",
        "ﻻ",
        "👩‍🚒",
        "www.",
        "x'",
        "؟",
        "م.",
        "م.م",
        "الوو",
        "أيضاأ",
        "(\"",
        "\u{feff}\u{64b} ",
    ] {
        analyze(&piece.repeat(200_000 / piece.len()));
    }
}

#[test]
fn ten_megabytes_without_a_space() {
    let text = "كلمة".repeat(1_250_000);
    let analysis = analyze(&text);
    assert_eq!(analysis.tokens().iter().map(|t| usize::from(t.folded_len)).sum::<usize>(), analysis.folded().len());
    assert_eq!(analysis.sentences().len(), 1);
}

#[test]
fn a_hundred_thousand_marks_on_one_letter() {
    let text = format!("خَبَر{}عاجل", "\u{64b}".repeat(100_000));
    let analysis = analyze(&text);
    assert_eq!(analysis.folded(), "خبرعاجل");
    assert_eq!(original_at(&text, fold(&text).len()), text.len());
}

#[test]
fn what_is_no_text() {
    let mut bytes = "سطر أول\nسطر ثان\n".as_bytes().to_vec();
    bytes.extend(b"\xff");
    bytes.extend("بقية".as_bytes());
    let error = validate(&bytes).expect_err("no UTF-8");
    assert_eq!((error.offset, error.line), (bytes.len() - 9, 3));
    // A lone surrogate cannot reach us as text; as bytes it is refused, as an escape in JSON by whoever reads that.
    assert!(validate(b"\xed\xa0\x80").is_err());
    let analysis = analyze("خبر\u{0}عاجل\u{fffd}\u{10ffff}");
    assert_eq!(analysis.tokens().len(), 4);
}
