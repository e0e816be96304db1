//! Keys of names: the same for all spellings of one name.
//!
//! Foreign names are written in Arabic in many ways (ديميتريف, دميترييف; غوغل, جوجل): long vowels and hamza
//! come and go, the sound g is ج, غ or ق. A key keeps the consonants, in Latin letters. Arabic names differ from each
//! other by long vowels alone (سالم, سليم), so that short roots, words with the article and known given names keep them.

use khabar_arabic::hash;

use crate::lexicon::Lexicon;

/// Consonants from which on a word without the article counts as a transliteration.
const FOREIGN: usize = 4;

/// Appends the key of a folded word.
pub(crate) fn push_key(lexicon: &Lexicon, word: &str, key: &mut String) {
    let mut hashed = hash(word);
    let mut word = word;
    if let Some(name) = lexicon.nicknames.get_hashed(hashed, word) {
        (word, hashed) = (name, hash(name));
    }
    let article = word.starts_with("ال") && 8 < word.len();
    if article {
        word = &word[4..];
    }
    let few = || word.chars().filter(|c| !is_vowel(*c)).take(FOREIGN).count() < FOREIGN;
    let keep = article || few() || lexicon.given.get_hashed(hashed, word).is_some();
    let from = key.len();
    let letters = word.strip_suffix('ه').unwrap_or(word);
    for (at, c) in letters.chars().enumerate() {
        if keep || at == 0 || !is_vowel(c) {
            push_letter(c, at == 0, key);
        }
    }
    if key.len() == from {
        key.push_str(word);
    }
}

/// Letters that a transliteration may have or lack.
fn is_vowel(c: char) -> bool {
    matches!(c, 'ا' | 'و' | 'ي' | 'ء' | 'ؤ' | 'ئ')
}

fn push_letter(c: char, first: bool, key: &mut String) {
    let letters = match c {
        'ا' => "a",
        'ء' => "",
        'ؤ' | 'و' if first => "w",
        'ؤ' | 'و' => "u",
        'ئ' | 'ي' => "i",
        'ب' => "b",
        'ت' => "t",
        'ث' => "th",
        'ج' | 'غ' | 'ق' => "g",
        'ح' => "7",
        'خ' => "kh",
        'د' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' => "z",
        'س' => "s",
        'ش' => "sh",
        'ص' => "9",
        'ض' => "9d",
        'ط' => "6",
        'ظ' => "6z",
        'ع' => "3",
        'ف' => "f",
        'ك' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'ه' => "h",
        _ => {
            key.extend(c.to_lowercase());
            return;
        }
    };
    // One by one: to push one or two letters is less work than to call for a copy.
    letters.chars().for_each(|letter| key.push(letter));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Dictionary;
    use khabar_arabic::fold;

    fn key(name: &str) -> String {
        let lexicon = Lexicon::new(&Dictionary::default());
        let mut key = String::new();
        for word in fold(name).split(' ') {
            push_key(&lexicon, word, &mut key);
        }
        key
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for (a, b) in [
            ("ديميتريف", "دميترييف"),
            ("ديميتري", "دميتري"),
            ("ستيف", "ستيفن"),
            ("سانت بطرسبرغ", "سان بطرسبورج"),
            ("غولدشتاين", "جولدشتاين"),
            ("ڤولكسڤاغن", "فولكسفاغن"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for (a, b) in
            [("محمد", "محمود"), ("سالم", "سليم"), ("حسن", "حسين"), ("سلمان", "سليمان"), ("المحمودي", "المحمدي")]
        {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }
}
