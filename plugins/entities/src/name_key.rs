//! Keys of names: the same for all spellings of one name.
//!
//! Foreign names are written in Arabic in many ways (ديميتريف, دميترييف; غوغل, جوجل): long vowels and hamza
//! come and go, the sound g is ج, غ or ق. A key keeps the consonants, in Latin letters. Arabic names differ from each
//! other by long vowels alone (سالم, سليم), so that short roots, words with the article and known given names keep them.

use khabar_arabic::{WordMap, fold, hash};
use khabar_extractor::LexiconFile;
use khabar_lexicon::inflect::{has_article, without_article};
use khabar_lexicon::{LexiconError, WordList};
use serde::Deserialize;

pub(crate) const GIVEN_NAMES: LexiconFile =
    LexiconFile { file: "plugins/entities/data/given-names.toml", text: include_str!("../data/given-names.toml") };
pub(crate) const LETTERS: LexiconFile =
    LexiconFile { file: "plugins/entities/data/letters.toml", text: include_str!("../data/letters.toml") };

/// Consonants from which on a word without the article counts as a transliteration.
const FOREIGN: usize = 4;
/// Most bytes behind what looks like an article that are part of a name with it, two letters: الن.
const SHORT: usize = 4;
/// A letter that a vowel of the class u is at the head of a word.
const SEMIVOWEL: char = 'w';

/// An entry of the list of given names.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum GivenName {
    /// A short or variant name, and the one that it counts as.
    ShortOf(String),
    /// What may be written in one word with the article behind it.
    BeforeArticle,
    /// One that differs from another by a long vowel alone.
    Vowelled,
}

/// An entry of the list of letters.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum Letter {
    /// A vowel, which a transliteration may have or lack, and what it counts as: at most two ASCII letters.
    Vowel(String),
    /// The same of a consonant.
    Consonant(String),
    /// What a name may have at its end or not.
    SilentEnding,
}

/// What a letter counts as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sound {
    /// One or two letters, then NUL.
    latin: [u8; 2],
    is_vowel: bool,
}

/// What makes keys of names.
#[derive(Debug)]
pub(crate) struct NameKeys {
    /// Variant given names, folded, and the name that they count as.
    short: WordMap<String>,
    /// What may be written in one word with the article behind it: عبد.
    before_article: Vec<String>,
    /// Given names whose long vowels tell them from others.
    vowelled: WordMap<()>,
    /// The sounds of the letters from [`FIRST_LETTER`] on.
    sounds: Vec<Option<Sound>>,
    silent_endings: Vec<char>,
}

/// The first letter of the Arabic alphabet in Unicode.
const FIRST_LETTER: usize = 0x620;
/// Letters and signs from there on that the list may have.
const LAST_LETTER: usize = 0x64f;

impl NameKeys {
    /// By the word lists.
    ///
    /// # Errors
    /// Where one of them cannot be read, which a test rules out.
    pub(crate) fn new() -> Result<Self, LexiconError> {
        let (mut short, mut vowelled, mut before_article) = (Vec::new(), Vec::new(), Vec::new());
        for entry in WordList::<GivenName>::read(&GIVEN_NAMES)?.entries {
            match entry.meaning {
                GivenName::ShortOf(name) => {
                    short.extend(entry.words.into_iter().map(|word| (word, fold(&name).into_owned())));
                }
                GivenName::BeforeArticle => {
                    before_article.extend(entry.words.iter().map(|word| fold(word).into_owned()));
                }
                GivenName::Vowelled => vowelled.extend(entry.words.into_iter().map(|word| (word, ()))),
            }
        }
        let mut sounds = vec![None; LAST_LETTER - FIRST_LETTER + 1];
        let mut silent_endings = Vec::new();
        for entry in WordList::<Letter>::read(&LETTERS)?.entries {
            let (latin, is_vowel) = match &entry.meaning {
                Letter::Vowel(latin) => (latin, true),
                Letter::Consonant(latin) => (latin, false),
                Letter::SilentEnding => {
                    silent_endings.extend(entry.words.iter().flat_map(|word| word.chars()));
                    continue;
                }
            };
            let sound = match latin.as_bytes() {
                [] => Sound { latin: [0, 0], is_vowel },
                [one] if one.is_ascii() => Sound { latin: [*one, 0], is_vowel },
                [one, two] if latin.is_ascii() => Sound { latin: [*one, *two], is_vowel },
                _ => return Err(entry.error(format!("{latin:?}: expected at most two ASCII letters"))),
            };
            for letter in entry.words.iter().flat_map(|word| word.chars()) {
                let place = (letter as usize).checked_sub(FIRST_LETTER).and_then(|at| sounds.get_mut(at));
                let Some(place) = place else { return Err(entry.error(format!("{letter:?} is no Arabic letter"))) };
                *place = Some(sound);
            }
        }
        Ok(Self {
            short: WordMap::new(short),
            vowelled: WordMap::new(vowelled),
            before_article,
            sounds,
            silent_endings,
        })
    }

    /// Appends the key of a folded word, which has this hash.
    pub(crate) fn push<'a>(&'a self, mut word: &'a str, mut hashed: u64, key: &mut String) {
        let apart = |first: &String| word.strip_prefix(first.as_str()).filter(|rest| has_article(rest));
        if let Some(rest) = self.before_article.iter().find_map(apart) {
            let first = &word[..word.len() - rest.len()];
            self.push(first, hash(first), key);
            key.push('.');
            (word, hashed) = (rest, hash(rest));
        }
        if let Some(name) = self.short.get_hashed(hashed, word) {
            (word, hashed) = (name, hash(name));
        }
        let noun = without_article(word).filter(|noun| SHORT < noun.len());
        let has_article = noun.is_some();
        word = noun.unwrap_or(word);
        let few = || word.chars().filter(|c| !self.is_vowel(*c)).take(FOREIGN).count() < FOREIGN;
        let keep = has_article || few() || self.vowelled.get_hashed(hashed, word).is_some();
        let from = key.len();
        let letters = word.strip_suffix(&*self.silent_endings).unwrap_or(word);
        for (at, c) in letters.chars().enumerate() {
            if keep || at == 0 || !self.is_vowel(c) {
                self.push_letter(c, at == 0, key);
            }
        }
        if key.len() == from {
            key.push_str(word);
        }
    }

    #[inline]
    fn sound(&self, c: char) -> Option<Sound> {
        self.sounds.get((c as usize).wrapping_sub(FIRST_LETTER)).copied().flatten()
    }

    #[inline]
    fn is_vowel(&self, c: char) -> bool {
        self.sound(c).is_some_and(|sound| sound.is_vowel)
    }

    #[inline]
    fn push_letter(&self, c: char, first: bool, key: &mut String) {
        match self.sound(c) {
            Some(Sound { latin: [b'u', _], .. }) if first => key.push(SEMIVOWEL),
            Some(Sound { latin, .. }) => {
                latin.iter().take_while(|letter| **letter != 0).for_each(|letter| key.push(char::from(*letter)));
            }
            None => key.extend(c.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> String {
        let keys = NameKeys::new().expect("word lists");
        let mut key = String::new();
        for word in fold(name).split(' ') {
            keys.push(word, hash(word), &mut key);
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

    #[test]
    fn keys_are_latin() {
        for (name, expected) in [
            ("واشنطن", "wshn6n"),
            ("نيويورك", "niuiurk"),
            ("الكرملين", "krmlin"),
            ("الن", "aln"),
            ("البن", "albn"),
            ("البيت", "bit"),
            ("بوتين", "butin"),
            ("ماكرون", "mkrn"),
            ("ظافر", "6zafr"),
            ("نينوى", "ninui"),
            ("Reuters", "reuters"),
            ("جمعه", "gm3"),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }
}
