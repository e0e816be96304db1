//! The number words: one look-up a token, proclitics included.

use std::sync::LazyLock;

use khabar_arabic::{WordTable, fold, hash};

/// What a number word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Class {
    /// `صفر`.
    #[default]
    Zero,
    /// `واحد`, `واحدة`.
    One,
    /// `أحد`, `إحدى`: one, but only inside of a compound.
    Eleven,
    /// `اثنا`, `اثنتي`: two, but only before `عشر`.
    Twelve,
    /// 2 to 9.
    Unit(u8),
    /// `عشر`, `عشرة`: 10, and the second half of 11 to 19.
    Ten,
    /// 11 to 19 in one word.
    Teen(u8),
    /// 20, 30, … 90.
    Tens(u8),
    /// `مئة`: 100, and the second half of `ثلاث مئة`.
    Hundred,
    /// 200, 300, … 900 in one word.
    Hundreds(u16),
    /// A power of ten from a thousand on; a plural alone has no value.
    Scale { power: u8, form: Form },
    /// `عشرات`, `مئات`: the power of ten, of no definite number.
    Some(u8),
    /// `دزينة`; the plural counts only after a number.
    Dozen { plural: bool, count: u8 },
    /// `أول` to `عاشر`.
    Ordinal(u8),
    /// `حادي`: first, but only inside of a compound.
    First,
    /// `نصف`, `ثلث`: one part of so many.
    Part(u8),
    /// `ثلثان`: two parts.
    Parts(u8),
    /// `أرباع`: parts after a number.
    Many(u8),
    /// `فاصلة`: the decimal point in words.
    Point,
    /// `سالب`, `ناقص`.
    Minus,
    /// `جزء` in `جزء من مئة`.
    Share,
    /// `هدف`, `ثلاثية`: so many goals, where a score follows.
    Tally(u8),
    /// Digits; the lexicon has none of these.
    Digits,
}

/// Number and state of a scale word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `ألف`.
    Singular,
    /// `ألفا`: the accusative, or the dual before its genitive.
    Accusative,
    /// `ألفان`, `ألفين`, `ألفي`.
    Dual,
    /// `آلاف`.
    Plural,
}

/// A preposition written with the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Preposition {
    #[default]
    None,
    Ba,
    Lam,
    Kaf,
}

/// A number word with the proclitics that stand before it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    pub class: Class,
    /// Bytes of the folded form before the span.
    pub skip: u8,
    /// `و` or `ف` stands before it.
    pub conjunction: bool,
    pub preposition: Preposition,
    /// The article is part of the word.
    pub article: bool,
    /// Not of the written standard.
    pub colloquial: bool,
}

/// The words.
#[derive(Debug)]
pub(crate) struct Words(WordTable<Word>);

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("../data/words.txt")));

impl Words {
    /// The built-in lexicon, made when it is first asked for.
    pub(crate) fn get() -> &'static Self {
        &WORDS
    }

    fn read(data: &str) -> Self {
        let mut forms = Vec::new();
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, spellings)) = line.split_once(": ") else { continue };
            let Some(class) = head.split_once(' ').and_then(|(class, value)| Class::read(class, value)) else {
                continue;
            };
            for spelling in spellings.split(' ') {
                let (colloquial, word) = match spelling.strip_prefix('~') {
                    Some(word) => (true, word),
                    None => (false, spelling),
                };
                add_forms(&mut forms, class, word, colloquial);
            }
        }
        // A bare word counts before the same letters read as a proclitic and a shorter word (`واحد`, `و` + `أحد`), and
        // of two entries for one form the later one counts.
        forms.sort_by_key(|(_, word): &(String, Word)| std::cmp::Reverse((word.skip, word.article)));
        Self(WordTable::new(forms.iter().map(|(form, word)| (hash(&fold(form)), *word))))
    }

    /// Which words with these hashes, 64 at the most, may be number words, a bit each: what most tokens end at.
    #[inline]
    pub(crate) fn among(&self, hashes: &[u64]) -> u64 {
        self.0.among(hashes)
    }

    /// The number word with this hash.
    #[inline]
    pub(crate) fn find(&self, hash: u64) -> Option<Word> {
        self.0.find(hash)
    }
}

impl Class {
    fn read(class: &str, value: &str) -> Option<Self> {
        let number: u16 = value.parse().ok()?;
        let small = u8::try_from(number).unwrap_or_default();
        Some(match class {
            "zero" => Self::Zero,
            "one" => Self::One,
            "eleven" => Self::Eleven,
            "twelve" => Self::Twelve,
            "unit" => Self::Unit(small),
            "ten" => Self::Ten,
            "teen" => Self::Teen(small),
            "tens" => Self::Tens(small),
            "hundred" => Self::Hundred,
            "hundreds" => Self::Hundreds(number),
            "scale" => Self::Scale { power: small, form: Form::Singular },
            "accusative" => Self::Scale { power: small, form: Form::Accusative },
            "dual" => Self::Scale { power: small, form: Form::Dual },
            "plural" if small < 3 => Self::Some(small),
            "plural" => Self::Scale { power: small, form: Form::Plural },
            "dozen" => Self::Dozen { plural: false, count: small },
            "dozens" => Self::Dozen { plural: true, count: small },
            "ordinal" => Self::Ordinal(small),
            "first" => Self::First,
            "part" => Self::Part(small),
            "parts" => Self::Parts(small),
            "many" => Self::Many(small),
            "point" => Self::Point,
            "minus" => Self::Minus,
            "share" => Self::Share,
            "tally" => Self::Tally(small),
            _ => return None,
        })
    }
}

/// A word with every chain of proclitics: `و` or `ف`, then `ب`, `ل` or `ك`, then the article; `ل` swallows its alef.
fn add_forms(forms: &mut Vec<(String, Word)>, class: Class, word: &str, colloquial: bool) {
    use Preposition::{Ba, Kaf, Lam, None};
    for conjunction in ["", "و", "ف"] {
        for (letter, preposition) in [("", None), ("ب", Ba), ("ل", Lam), ("ك", Kaf)] {
            // `كمية` is a quantity, not "like a hundred".
            if colloquial && preposition == Kaf {
                continue;
            }
            let skip = (conjunction.len() + letter.len()) as u8;
            for article in [false, true] {
                let definite = match (article, preposition) {
                    (false, _) => "",
                    (true, Lam) => "ل",
                    (true, _) => "ال",
                };
                let conjunction_there = !conjunction.is_empty();
                forms.push((
                    format!("{conjunction}{letter}{definite}{word}"),
                    Word { class, skip, conjunction: conjunction_there, preposition, article, colloquial },
                ));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(word: &str) -> Option<Word> {
        let folded = fold(word);
        Words::get().find(hash(&folded))
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        for line in include_str!("../data/words.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (head, spellings) = line.split_once(": ").expect("class value: spellings");
            let (class, value) = head.split_once(' ').expect("class and value");
            assert!(Class::read(class, value).is_some(), "{line}");
            for word in spellings.split(' ') {
                assert!(find(word.trim_start_matches('~')).is_some(), "{word}");
            }
        }
    }

    #[test]
    fn proclitics_are_taken_off() {
        let word = find("وبثلاثة").expect("known");
        assert_eq!((word.class, word.skip, word.conjunction), (Class::Unit(3), 4, true));
        let word = find("للثلاثة").expect("known");
        assert_eq!((word.skip, word.article, word.preposition), (2, true, Preposition::Lam));
        assert_eq!(find("واحد").map(|w| (w.class, w.skip)), Some((Class::One, 0)));
        assert_eq!(find("بالمئة").map(|w| (w.class, w.preposition)), Some((Class::Hundred, Preposition::Ba)));
        assert!(find("كتاب").is_none());
    }
}
