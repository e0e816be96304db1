//! Folding: one form for all spellings of a word, for look-ups only.
//!
//! Dropped: harakat and Quranic marks, superscript alef, tatweel, bidi and zero-width controls. Changed: alef forms to
//! `ا`, `ى` to `ي`, `ة` to `ه`, Persian and Urdu letters to their Arabic neighbours, digits of all scripts in use to
//! ASCII, presentation forms to letters. Hamza on و and ي stays, since it tells words apart.

use std::borrow::Cow;

/// What a character becomes: itself, nothing, or others.
pub(crate) enum Folded {
    Same,
    Drop,
    One(char),
    Two(char, char),
}

/// Folds one character.
pub(crate) fn fold_char(c: char) -> Folded {
    use Folded::{Drop, One, Same, Two};
    match c {
        '\u{0}'..='\u{7f}' => Same,
        'أ' | 'إ' | 'آ' | 'ٱ' => One('ا'),
        'ى' | 'ی' | 'ې' | 'ے' => One('ي'),
        'ة' | 'ە' | 'ہ' | 'ھ' => One('ه'),
        'ک' | 'ڪ' => One('ك'),
        'گ' => One('ك'),
        'ڤ' => One('ف'),
        'پ' => One('ب'),
        'چ' => One('ج'),
        'ژ' => One('ز'),
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{610}'..='\u{61a}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e8}'
        | '\u{6ea}'..='\u{6ed}'
        | '\u{640}' => Drop,
        _ if is_control(c) => Drop,
        'ﻵ' | 'ﻶ' | 'ﻷ' | 'ﻸ' | 'ﻹ' | 'ﻺ' | 'ﻻ' | 'ﻼ' => Two('ل', 'ا'),
        '\u{fe80}'..='\u{fef4}' => presentation(c),
        _ => Same,
    }
}

/// Bidi and zero-width controls, the byte order mark.
pub(crate) const fn is_control(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

fn digit(c: char, zero: char) -> Folded {
    char::from_u32(u32::from('0') + u32::from(c) - u32::from(zero)).map_or(Folded::Same, Folded::One)
}

/// Arabic Presentation Forms-B, U+FE80..=U+FEF4, to letters already folded (Unicode Character Database, decompositions).
fn presentation(c: char) -> Folded {
    let letter = match u32::from(c) {
        0xfe80 => 'ء',
        0xfe81..=0xfe84 | 0xfe87..=0xfe88 | 0xfe8d..=0xfe8e => 'ا',
        0xfe85..=0xfe86 => 'ؤ',
        0xfe89..=0xfe8c => 'ئ',
        0xfe8f..=0xfe92 => 'ب',
        0xfe93..=0xfe94 => 'ه',
        0xfe95..=0xfe98 => 'ت',
        0xfe99..=0xfe9c => 'ث',
        0xfe9d..=0xfea0 => 'ج',
        0xfea1..=0xfea4 => 'ح',
        0xfea5..=0xfea8 => 'خ',
        0xfea9..=0xfeaa => 'د',
        0xfeab..=0xfeac => 'ذ',
        0xfead..=0xfeae => 'ر',
        0xfeaf..=0xfeb0 => 'ز',
        0xfeb1..=0xfeb4 => 'س',
        0xfeb5..=0xfeb8 => 'ش',
        0xfeb9..=0xfebc => 'ص',
        0xfebd..=0xfec0 => 'ض',
        0xfec1..=0xfec4 => 'ط',
        0xfec5..=0xfec8 => 'ظ',
        0xfec9..=0xfecc => 'ع',
        0xfecd..=0xfed0 => 'غ',
        0xfed1..=0xfed4 => 'ف',
        0xfed5..=0xfed8 => 'ق',
        0xfed9..=0xfedc => 'ك',
        0xfedd..=0xfee0 => 'ل',
        0xfee1..=0xfee4 => 'م',
        0xfee5..=0xfee8 => 'ن',
        0xfee9..=0xfeec => 'ه',
        0xfeed..=0xfeee => 'و',
        0xfeef..=0xfef4 => 'ي',
        _ => return Folded::Same,
    };
    Folded::One(letter)
}

/// The folded form of a text; borrowed when nothing changes.
pub fn fold(text: &str) -> Cow<'_, str> {
    match text.char_indices().find(|&(_, c)| !matches!(fold_char(c), Folded::Same)) {
        None => Cow::Borrowed(text),
        Some((at, _)) => {
            let mut folded = String::with_capacity(text.len());
            folded.push_str(&text[..at]);
            fold_into(&text[at..], &mut folded);
            Cow::Owned(folded)
        }
    }
}

/// Appends the folded form of a text.
pub fn fold_into(text: &str, folded: &mut String) {
    for c in text.chars() {
        push_folded(c, folded);
    }
}

/// Appends the folded form of a character; tells whether it changed.
pub(crate) fn push_folded(c: char, folded: &mut String) -> bool {
    match fold_char(c) {
        Folded::Same => {
            folded.push(c);
            return false;
        }
        Folded::Drop => {}
        Folded::One(one) => folded.push(one),
        Folded::Two(one, two) => {
            folded.push(one);
            folded.push(two);
        }
    }
    true
}

/// Bytes of the folded form of a character, and whether it is another.
pub(crate) fn folded_len(c: char) -> (usize, bool) {
    match fold_char(c) {
        Folded::Same => (c.len_utf8(), false),
        Folded::Drop => (0, true),
        Folded::One(one) => (one.len_utf8(), true),
        Folded::Two(one, two) => (one.len_utf8() + two.len_utf8(), true),
    }
}

/// The byte of `original` at which its folded form is `folded_bytes` long: the way back from a place inside a folded
/// word to the text. Marks that follow a letter belong to it, so that the answer never parts a letter from its harakat;
/// a place inside a ligature is the ligature's start.
pub fn original_at(original: &str, folded_bytes: usize) -> usize {
    let mut length = 0;
    for (at, c) in original.char_indices() {
        let grown = length + folded_len(c).0;
        if folded_bytes < grown {
            return at;
        }
        length = grown;
    }
    original.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn forms_of_one_word() {
        for (text, folded) in
            [("أَحْمَدُ", "احمد"), ("مؤسســة", "مؤسسه"), ("إلى", "الي"), ("١٢۳", "123"), ("ﻻ", "لا"), ("ﺍﻟﻌﺮﺑﻴﺔ", "العربيه")]
        {
            assert_eq!(fold(text), folded);
        }
        assert!(matches!(fold("خبر"), Cow::Borrowed(_)));
    }

    #[test]
    fn back_to_the_original() {
        let text = "وَويتكوف";
        assert_eq!(&text[original_at(text, 2)..], "ويتكوف");
        assert_eq!(original_at(text, fold(text).len()), text.len());
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*|[\u{600}-\u{6ff}\u{fe80}-\u{fefc}\u{200b}-\u{200f} 0-9a-z]{0,40}") {
            let once = fold(&text).into_owned();
            let twice = fold(&once);
            prop_assert_eq!(twice.as_ref(), once.as_str());
        }

        #[test]
        fn every_folded_place_has_an_original(text in "[\u{600}-\u{6ff}\u{fe80}-\u{fefc}\u{640}a-z]{0,20}") {
            let folded = fold(&text);
            let mut last = 0;
            for at in (0..=folded.len()).filter(|at| folded.is_char_boundary(*at)) {
                let original = original_at(&text, at);
                prop_assert!(text.is_char_boundary(original) && last <= original);
                last = original;
            }
        }
    }
}
