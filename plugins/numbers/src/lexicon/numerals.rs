//! Number words, and the nouns whose duals count: one look-up a token tells both.

use khabar_lexicon::inflect::{dual, dual_stem};
use khabar_lexicon::{Entry, Inflection, LexiconError, Meaning, Tagger, TaggerBuilder, Takes, WordList};
use serde::Deserialize;

use super::measures::{Measure, Measures};
use super::{COLLOQUIAL, NOUNS, WORDS};

/// What a number word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Hash)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
pub(crate) enum Numeral {
    /// `صفر`.
    Zero,
    /// `واحد`, `واحدة`.
    One,
    /// `أحد`, `إحدى`: one, but only inside of a compound.
    OneOfEleven,
    /// `اثنا`, `اثنتي`: two, but only before `عشر`.
    TwoOfTwelve,
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
    Scale { power: u8, form: ScaleForm },
    /// `عشرات`, `مئات`: the power of ten, of no definite number.
    Indefinite(u8),
    /// `دزينة`: so many.
    Dozen(u8),
    /// `دزينات`, which count only after a number.
    Dozens,
    /// `أول` to `عاشر`.
    Ordinal(u8),
    /// `حادي`: first, but only inside of a compound.
    FirstOfCompound,
    /// `نصف`, `ثلث`: one part of so many.
    Part(u8),
    /// `ثلثا`: one part of so many in the accusative, or two before a genitive.
    PartOrTwo(u8),
    /// `ثلثان`: two parts.
    TwoParts(u8),
    /// `أرباع`: parts after a number.
    Parts(u8),
    /// `فاصلة`: the decimal point in words.
    DecimalPoint,
    /// `سالب`, `ناقص`.
    Minus,
    /// `جزء` in `جزء من مئة`.
    Share,
    /// `هدف`, `ثلاثية`: so many goals, where a score follows.
    Goals(u8),
    /// Digits; no list has them.
    #[serde(skip)]
    Digits,
}

khabar_lexicon::classes! {
    /// What a number word or digits begin.
    pub(crate) enum Opening {
        /// Digits.
        Digits,
        /// `سالب`.
        Minus,
        /// An ordinal.
        Ordinal,
        /// `نصف`.
        Part,
        /// `آلاف`, `عشرات`.
        Indefinite,
        /// `جزء`.
        Share,
        /// `هدف`.
        Goals,
        /// A cardinal.
        Cardinal,
        /// Nothing: it only goes on.
        Nothing,
    }
    /// A set of them.
    pub(crate) struct Openings(u16);
}

impl Numeral {
    /// What it begins.
    pub(crate) const fn opening(self) -> Opening {
        match self {
            Self::Digits => Opening::Digits,
            Self::Minus => Opening::Minus,
            Self::Ordinal(_) | Self::FirstOfCompound => Opening::Ordinal,
            Self::Part(_) | Self::PartOrTwo(_) | Self::TwoParts(_) => Opening::Part,
            Self::Indefinite(_) | Self::Scale { form: ScaleForm::Plural, .. } => Opening::Indefinite,
            Self::Share => Opening::Share,
            Self::Goals(_) => Opening::Goals,
            Self::Dozens | Self::Parts(_) | Self::DecimalPoint => Opening::Nothing,
            _ => Opening::Cardinal,
        }
    }
}

/// Number and state of a scale word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ScaleForm {
    /// `ألف`.
    Singular,
    /// `ألفا`: the accusative, or the dual before its genitive.
    Accusative,
    /// `ألفان`, `ألفين`, `ألفي`.
    Dual,
    /// `آلاف`.
    Plural,
}

/// What a token may be of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum NumberWord {
    /// A number word; `colloquial` says that it is not of the written standard.
    Numeral { numeral: Numeral, colloquial: bool },
    /// The dual of a noun.
    Dual(NounId),
    /// What may be the dual of a noun, or its plural: only `two` behind it tells.
    DualOrPlural(NounId),
}

impl Meaning for NumberWord {
    /// `مليونين` is a number word, though its noun is in the other list as well.
    fn merge(self, later: Self) -> Self {
        if matches!(self, Self::Numeral { .. }) && !matches!(later, Self::Numeral { .. }) { self } else { later }
    }
}

/// A noun of [`Numerals::noun`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NounId(u16);

/// A noun whose dual counts.
#[derive(Clone, Debug)]
pub(crate) struct Noun {
    /// Its singular as the list spells it.
    pub singular: String,
    /// What it measures, if it is a unit or a currency.
    pub measure: Option<Measure>,
    /// Whether it is what scores count: `هدف`.
    pub is_goal: bool,
}

#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum NounClass {
    /// Both endings of its dual count.
    Noun,
    /// `ـين` alone.
    NounWithYeh,
    /// `ـان` alone.
    NounWithAlef,
    /// The words are duals of this singular.
    Dual(String),
}

/// The number words and nouns.
#[derive(Debug)]
pub(crate) struct Numerals {
    tagger: Tagger<NumberWord>,
    nouns: Vec<Noun>,
}

/// A dual of fewer letters without its ending is more often something else: `سنتين` are two years, not two cents. Those that
/// count stand in the list of nouns.
const SHORTEST_STEM_OF_MEASURE: usize = 4;

impl Numerals {
    pub(super) fn read(measures: &Measures) -> Result<Self, LexiconError> {
        let mut builder = Builder::default();
        // Of two entries for one form the later one counts: the written standard.
        for (file, colloquial) in [(&COLLOQUIAL, true), (&WORDS, false)] {
            for entry in WordList::<Numeral>::read(file)?.entries {
                if let Numeral::Goals(1) = entry.meaning {
                    builder.goals.extend(entry.words.iter().cloned());
                }
                builder.tagger.entry(&entry, |_| Some(NumberWord::Numeral { numeral: entry.meaning, colloquial }));
            }
        }
        for entry in measures.entries().iter().filter(|entry| entry.inflection == Inflection::Noun) {
            builder.measure(entry);
        }
        for entry in WordList::<NounClass>::read(&NOUNS)?.entries {
            builder.nouns_of(&entry, measures);
        }
        Ok(Self { tagger: builder.tagger.build(), nouns: builder.nouns })
    }

    /// The words of numbers.
    #[inline]
    pub(crate) fn tagger(&self) -> &Tagger<NumberWord> {
        &self.tagger
    }

    /// The number word that a token is without proclitics; it may have the article.
    pub(crate) fn bare(&self, hash: u64) -> Option<Numeral> {
        let tag = self.tagger.hashed(hash).filter(|tag| tag.clitics.is_empty())?;
        match tag.meaning {
            NumberWord::Numeral { numeral, .. } => Some(numeral),
            NumberWord::Dual(_) | NumberWord::DualOrPlural(_) => None,
        }
    }

    /// A noun whose dual counts.
    pub(crate) fn noun(&self, id: NounId) -> Option<&Noun> {
        self.nouns.get(usize::from(id.0))
    }

    /// The singulars of all nouns whose duals count.
    pub(super) fn singulars(&self) -> impl Iterator<Item = &str> {
        self.nouns.iter().map(|noun| noun.singular.as_str())
    }
}

#[derive(Default)]
struct Builder {
    tagger: TaggerBuilder<NumberWord>,
    nouns: Vec<Noun>,
    /// What scores count.
    goals: Vec<String>,
}

impl Builder {
    /// Adds duals of a noun.
    fn add(&mut self, singular: &str, duals: &[String], measure: Option<Measure>) -> NounId {
        let id = NounId(self.nouns.len() as u16);
        let is_goal = self.goals.iter().any(|goal| goal == singular);
        self.nouns.push(Noun { singular: singular.to_owned(), measure, is_goal });
        for dual in duals {
            self.tagger.word(dual, NumberWord::Dual(id), Takes::ALL);
        }
        id
    }

    /// Adds the duals of a unit, currency or coin.
    fn measure(&mut self, entry: &Entry<Measure>) {
        for word in entry.words.iter().filter(|word| !word.contains(' ')) {
            let duals = dual(word);
            let is_long =
                |dual: &String| dual_stem(dual).is_some_and(|stem| SHORTEST_STEM_OF_MEASURE <= stem.chars().count());
            if duals.iter().all(is_long) {
                self.add(word, &duals, Some(entry.meaning));
            }
        }
    }

    /// Adds the duals of the nouns of an entry.
    fn nouns_of(&mut self, entry: &Entry<NounClass>, measures: &Measures) {
        if let NounClass::Dual(singular) = &entry.meaning {
            self.add(singular, &entry.words, measures.word(singular));
            return;
        }
        for word in &entry.words {
            let [with_alef, with_yeh] = dual(word);
            let (counts, may_count) = match entry.meaning {
                NounClass::NounWithYeh => (vec![with_yeh], with_alef),
                NounClass::NounWithAlef => (vec![with_alef], with_yeh),
                NounClass::Noun | NounClass::Dual(_) => {
                    self.add(word, &[with_alef, with_yeh], measures.word(word));
                    continue;
                }
            };
            let id = self.add(word, &counts, measures.word(word));
            self.tagger.word(&may_count, NumberWord::DualOrPlural(id), Takes::ALL);
        }
    }
}

#[cfg(test)]
mod tests {
    use khabar_arabic::{fold, hash};
    use khabar_lexicon::{Proclitic, Tag};

    use super::*;
    use crate::lexicon::Lexicon;

    fn find(word: &str) -> Option<Tag<NumberWord>> {
        Lexicon::get().expect("is read").numerals.tagger.word(&fold(word))
    }

    fn numeral(word: &str) -> Option<(Numeral, usize)> {
        let tag = find(word)?;
        match tag.meaning {
            NumberWord::Numeral { numeral, .. } => Some((numeral, tag.clitics.len())),
            NumberWord::Dual(_) | NumberWord::DualOrPlural(_) => None,
        }
    }

    #[test]
    fn number_words_with_their_proclitics() {
        assert_eq!(numeral("وبثلاثة"), Some((Numeral::Unit(3), 4)));
        let tag = find("للثلاثة").expect("known");
        assert!(tag.clitics.has_article() && tag.clitics.has(Proclitic::Lam) && tag.clitics.len() == 2);
        assert_eq!(numeral("واحد"), Some((Numeral::One, 0)));
        assert_eq!(numeral("كمية"), None, "a quantity");
        assert_eq!(numeral("كتاب"), None);
    }

    #[test]
    fn which_endings_of_a_dual_count() {
        let singular = |dual: &str| {
            let lexicon = Lexicon::get().expect("is read");
            match find(dual)?.meaning {
                NumberWord::Dual(id) => lexicon.numerals.noun(id).map(|noun| noun.singular.clone()),
                NumberWord::Numeral { .. } | NumberWord::DualOrPlural(_) => None,
            }
        };
        let count = |dual: &str| singular(dual).is_some();
        assert!(count("شخصين") && count("شخصان") && count("ساعتين") && count("كيلومتران"));
        assert!(count("بلدين") && !count("بلدان"), "countries");
        assert!(!count("مسلحين") && count("مسلحان"), "a plural");
        assert!(!count("سنتان") || singular("سنتان").as_deref() == Some("سنة"), "no cents");
        assert_eq!(singular("أخوين").as_deref(), Some("أخ"));
    }

    #[test]
    fn bare_words() {
        let numerals = &Lexicon::get().expect("is read").numerals;
        let bare = |word: &str| numerals.bare(hash(&fold(word)));
        assert_eq!((bare("واحدة"), bare("بواحدة"), bare("الواحد")), (Some(Numeral::One), None, Some(Numeral::One)));
    }
}
