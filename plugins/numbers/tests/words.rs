//! What is spelt is read again, in every gender, case and spelling, and keeps its span in running text.

use khabar_numbers::{Case, Gender, Number, find_iter, parse, spell};
use proptest::prelude::*;

fn gender() -> impl Strategy<Value = Gender> {
    prop_oneof![Just(Gender::Masculine), Just(Gender::Feminine)]
}

fn case() -> impl Strategy<Value = Case> {
    prop_oneof![Just(Case::Nominative), Just(Case::Accusative), Just(Case::Genitive)]
}

/// Numbers of every length, so that small ones are not rare.
fn number() -> impl Strategy<Value = u64> {
    (0_u32..=15).prop_flat_map(|digits| 0..=10_u64.pow(digits))
}

/// Other spellings of the same words.
fn respelt(words: &str, how: u8) -> String {
    match how {
        0 => words.to_owned(),
        1 => words.replace("مئ", "مائ"),
        2 => words.replace(['أ', 'إ', 'آ'], "ا"),
        3 => words.replace('ة', "ه").replace('ى', "ي"),
        4 => words.replace(" و", " و "),
        5 => words.chars().flat_map(|c| [Some(c), (c == 'ث').then_some('َ')]).flatten().collect(),
        6 => words.replace("ثمئة", "ث مئة").replace("عمئة", "ع مئة").replace("سمئة", "س مئة").replace("تمئة", "ت مئة"),
        _ => words.replace('ا', "اـ"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spelt_numbers_are_read(n in number(), gender in gender(), case in case(), how in 0_u8..8) {
        let words = respelt(&spell(n, gender, case, false), how);
        let read = parse(&words);
        let cardinal = matches!(read, Some(Number::Cardinal(_)));
        prop_assert!(cardinal && read.and_then(|number| number.value()) == Some(n.into()), "{}: {}", n, words);
    }

    /// Tens and hundreds with the article are ordinals as well: the value is the same.
    #[test]
    fn definite_numbers_are_read(n in number(), gender in gender(), case in case()) {
        // الاثنين is Monday.
        prop_assume!(n != 2);
        let words = spell(n, gender, case, true);
        prop_assert_eq!(parse(&words).and_then(|number| number.value()), Some(n.into()), "{}", words);
    }

    #[test]
    fn a_number_keeps_its_span_in_a_text(
        n in 3_u64..1_000_000_000_000,
        gender in gender(),
        case in case(),
        before in "(قال|أعلن|شارك|في|بلغ عددهم|نقلت)",
        proclitic in "(|و|ب|ل)",
        after in "(كتابا|مشاركا|رجلا|في المدينة|أمس|)",
    ) {
        let words = spell(n, gender, case, false);
        let text = format!("{before} {proclitic}{words} {after}.");
        let from = before.len() + 1 + proclitic.len();
        let found = find_iter(&text).find(|(span, _)| span.start as usize == from);
        let (span, number) = found.ok_or_else(|| TestCaseError::fail(text.clone()))?;
        prop_assert_eq!(span.of(&text), Some(words.as_str()));
        prop_assert_eq!(number.value(), Some(n.into()));
    }

    #[test]
    fn digits_are_read(n in any::<u64>(), script in 0_u8..3, grouped in any::<bool>()) {
        let mut text = n.to_string();
        if grouped {
            let mut at = text.len();
            while 3 < at {
                at -= 3;
                text.insert(at, ',');
            }
        }
        let zero = ['0', '٠', '۰'][usize::from(script)];
        let text: String = text
            .chars()
            .map(|c| c.to_digit(10).and_then(|d| char::from_u32(zero as u32 + d)).unwrap_or(if script == 0 { c } else { '٬' }))
            .collect();
        prop_assert_eq!(parse(&text).and_then(|number| number.value()), Some(n.into()), "{}", text);
    }
}
