//! Words around numbers that tell what a number is.

use khabar_extractor::Doc;
use khabar_lexicon::shared::calendar::{CALENDAR, Calendar};
use khabar_lexicon::{LexiconError, Meaning, Tagger, TaggerBuilder, Takes, WordList};
use serde::Deserialize;

use super::CONTEXT;
use super::numerals::Numerals;

khabar_lexicon::classes! {
    /// What a word or phrase beside a number is.
    pub(crate) enum WordClass {
        /// A month.
        Month,
        /// `عام`, `موسم`: a year follows, or an era.
        Year,
        /// `م` after a year.
        EraLetter,
        /// `الساعة`: a clock time follows.
        Clock,
        /// `بتاريخ`: a day follows.
        BeforeDate,
        /// `ثانية`, which is second as well.
        SecondOfTime,
        /// `من عمره`.
        OfAge,
        /// `و`.
        And,
        /// `من`.
        Of,
        /// `في`.
        In,
        /// `على`.
        Over,
        /// `بعد`.
        Beyond,
        /// `مقابل`.
        Against,
        /// `واحد` behind what it counts.
        One,
        /// `إلى`.
        To,
        /// `أن`.
        That,
        /// `بين`.
        Between,
        /// `أصل`, `جملة`: the whole that a number is out of.
        Whole,
        /// `تحت`, `فوق`.
        UnderOrOver,
        /// A proclitic that is a token of its own.
        Detached,
        /// What joins the bounds of a range.
        Dash,
        /// What parts the two sides of a score.
        ScoreMark,
        /// `%`.
        PercentSign,
        /// A function word: no noun that is counted.
        Function,
        /// A plural whose letters don't tell that it is.
        Plural,
        /// A singular that looks like a plural.
        Singular,
        /// A plural of which one takes a share as of a singular.
        Collective,
        /// A number word that is a share as well.
        MayBeShare,
        /// `ابن`: a name follows.
        NameHead,
        /// The singular of a noun that is counted.
        CountableNoun,
        /// `مربع`.
        Square,
        /// `مكعب`.
        Cubic,
        /// `في الساعة`.
        PerHour,
        /// `في الثانية`.
        PerSecond,
        /// `مئويتين`.
        Centigrade,
        /// `فهرنهايت`.
        Fahrenheit,
        /// `تحت الصفر`.
        BelowZero,
        /// The text speaks of heat.
        Temperature,
        /// A unit whose power is a digit.
        PoweredUnit,
        /// `بتوقيت`: a zone follows a clock time.
        ZoneHead,
        /// `كأس العالم`: the year behind it tells which one.
        Edition,
        /// `الرقم الموحد`: the digits behind it are called.
        Service,
        /// A telephone number is near.
        Phone,
        /// The text speaks of sport.
        Sport,
        /// `أهداف`.
        Goals,
        /// `نظيفة`, `دون رد`: the other side scored nothing.
        Unanswered,
        /// `لمثلهما`: the other side scored as much.
        SameScore,
    }
    /// A set of them.
    pub(crate) struct WordClasses(u64);
}

impl Meaning for WordClasses {
    fn merge(self, later: Self) -> Self {
        self.union(later)
    }
}

/// The words of the lists have no value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    class: WordClass,
}

/// The words around numbers.
#[derive(Debug)]
pub(crate) struct Context {
    words: Tagger<WordClasses>,
    phrases: Tagger<WordClasses>,
}

impl Context {
    pub(super) fn read(numerals: &Numerals) -> Result<Self, LexiconError> {
        let (mut words, mut phrases) = (TaggerBuilder::default(), TaggerBuilder::default());
        let mut add = |word: &str, class: WordClass, takes: Takes| {
            let builder = if word.contains(' ') { &mut phrases } else { &mut words };
            builder.word(word, class.set(), takes);
        };
        for entry in WordList::<Row>::read(&CONTEXT)?.entries {
            for form in entry.forms() {
                add(&form.text, entry.meaning.class, entry.takes);
            }
        }
        for entry in CALENDAR.entries()? {
            let is_month = matches!(
                entry.meaning,
                Calendar::Month(_) | Calendar::MonthWord(_) | Calendar::HijriMonth(_) | Calendar::HijriWord(_)
            );
            for word in entry.words.iter().filter(|_| is_month) {
                add(word, WordClass::Month, entry.takes);
            }
        }
        for singular in numerals.singulars() {
            add(singular, WordClass::CountableNoun, Takes::ALL);
        }
        Ok(Self { words: words.build(), phrases: phrases.build() })
    }

    /// What a token is; nothing past either end of the document.
    #[inline]
    pub(crate) fn classes(&self, doc: &Doc<'_>, token: u32) -> WordClasses {
        let tag = doc.hashes.get(token as usize).and_then(|hash| self.words.hashed(*hash));
        tag.map_or(WordClasses::EMPTY, |tag| tag.meaning)
    }

    /// What a folded word is.
    pub(crate) fn word(&self, folded: &str) -> WordClasses {
        self.words.word(folded).map_or(WordClasses::EMPTY, |tag| tag.meaning)
    }

    /// How many tokens the word or phrase of a class takes that begins with a token.
    pub(crate) fn len_of(&self, doc: &Doc<'_>, token: u32, class: WordClass) -> Option<u32> {
        let phrase = self.phrases.tag(doc, token as usize).filter(|tag| tag.meaning.contains(class));
        match phrase {
            Some(tag) => Some(tag.len.into()),
            None => self.classes(doc, token).contains(class).then_some(1),
        }
    }
}
