//! Keys of names: the same for all spellings of one name.
//!
//! Foreign names are written in Arabic in many ways (ديميتريف, دميترييف; غوغل, جوجل): long vowels and hamza
//! come and go, the sound g is ج, غ or ق. A key keeps the consonants, in Latin letters. Arabic names differ from each
//! other by long vowels alone (سالم, سليم), so that short roots, words with the article and known given names keep them.

use khabar_arabic::hash;

use crate::lexicon::Lexicon;

/// Consonants from which on a word without the article counts as a transliteration.
const FOREIGN: usize = 4;

/// Appends the key of a folded word, which has this hash.
pub(crate) fn push_key<'a>(lexicon: &'a Lexicon, mut word: &'a str, mut hashed: u64, key: &mut String) {
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

/// The letters from U+0620 to U+064F as one or two Latin ones, then NUL; [`OTHER`] where a character is none of the letters of
/// folded words. A table, since no processor foresees which letter comes next.
static LATIN: [[u8; 2]; 48] = {
    let letters = [
        ('ا', *b"a\0"),
        ('ء', *b"\0\0"),
        ('ؤ', *b"u\0"),
        ('و', *b"u\0"),
        ('ئ', *b"i\0"),
        ('ي', *b"i\0"),
        ('ب', *b"b\0"),
        ('ت', *b"t\0"),
        ('ث', *b"th"),
        ('ج', *b"g\0"),
        ('غ', *b"g\0"),
        ('ق', *b"g\0"),
        ('ح', *b"7\0"),
        ('خ', *b"kh"),
        ('د', *b"d\0"),
        ('ذ', *b"dh"),
        ('ر', *b"r\0"),
        ('ز', *b"z\0"),
        ('س', *b"s\0"),
        ('ش', *b"sh"),
        ('ص', *b"9\0"),
        ('ض', *b"9d"),
        ('ط', *b"6\0"),
        ('ظ', *b"6z"),
        ('ع', *b"3\0"),
        ('ف', *b"f\0"),
        ('ك', *b"k\0"),
        ('ل', *b"l\0"),
        ('م', *b"m\0"),
        ('ن', *b"n\0"),
        ('ه', *b"h\0"),
    ];
    let mut table = [[OTHER; 2]; 48];
    let mut at = 0;
    while at < letters.len() {
        table[letters[at].0 as usize - FIRST_LETTER] = letters[at].1;
        at += 1;
    }
    table
};
const FIRST_LETTER: usize = 0x620;
const OTHER: u8 = 0xff;

fn push_letter(c: char, first: bool, key: &mut String) {
    match LATIN.get((c as usize).wrapping_sub(FIRST_LETTER)) {
        Some([b'u', _]) if first => key.push('w'),
        Some(letters) if letters[0] != OTHER => {
            letters.iter().take_while(|letter| **letter != 0).for_each(|letter| key.push(char::from(*letter)));
        }
        _ => key.extend(c.to_lowercase()),
    }
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
            push_key(&lexicon, word, hash(word), &mut key);
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
