//! Texts that nobody writes: they end neither the process nor the day, and an extractor that is cancelled comes back.

use khabar_entities::{Entities, Kind, find_iter};
use khabar_extractor::ExtractError;
use khabar_extractor::testing::{Rig, Sample};

/// The words of the longest mention of a kind.
fn longest(text: &str, kind: Kind) -> usize {
    let words = |span: khabar_core::Span| span.of(text).map_or(0, |words| words.split_whitespace().count());
    find_iter(text).filter(|mention| mention.kind == kind).map(|mention| words(mention.span)).max().unwrap_or(0)
}

/// Each of these would take more of the stack than there is, if anything went as deep as the text is long.
#[test]
fn heads_of_heads() {
    for text in [
        "مؤسسة ".repeat(15_000),
        format!("رئيس مجلس مجلس {}", "رئيس ".repeat(15_000)),
        format!("رئيس مجلس مجلس مجلس {}", "مدير وزير نائب ".repeat(5_000)),
        "شؤون ".repeat(15_000),
        "رئيس مجلس إدارة مؤسسة ".repeat(4_000),
    ] {
        assert!(longest(&text, Kind::Title) < 40);
    }
}

/// A phrase is as long as phrases are; else each of a row of heads would go over the whole row.
#[test]
fn rows_within_a_phrase_end() {
    let few = |n: usize| format!("قال مدير {}الشركة", "عام ".repeat(n));
    assert_eq!(longest(&few(2), Kind::Title), 4);
    assert!(longest(&few(200), Kind::Title) < 20);
    let adjectives = |n: usize| format!("قال رئيس الوزراء {}", "السابق ".repeat(n));
    assert_eq!(longest(&adjectives(2), Kind::Title), 4);
    assert!(longest(&adjectives(200), Kind::Title) < 20);
    let quoted = |n: usize| format!("قال مدير قنوات {}\"ب\" أمس", "\"أ\" و".repeat(n));
    assert!(longest(&quoted(200), Kind::Title) < 100);
    // Each word would go over all behind it, and each عمان over all names for those that tell which one it is.
    for word in ["مساعد ", "عام ", "السابق ", "مدير عام مساعد ", "\"أ\" و", "زار عمان أمس. "]
    {
        find_iter(&word.repeat(20_000)).count();
    }
}

#[test]
fn one_that_is_cancelled_comes_back_though_it_finds_nothing() {
    let mut rig = Rig::default().with::<Entities>();
    let text = "كلمة أخرى ".repeat(100);
    let sample = Sample { text: &text, ..Sample::default() };
    assert_eq!(rig.run(&sample).expect("runs"), []);
    assert!(matches!(rig.cancelled(&sample), Err(ExtractError::Cancelled)));
    assert_eq!(rig.run(&sample).expect("runs"), []);
}
