//! The words of time: which lists there are, and the taggers that are made of them.

use std::sync::LazyLock;

use jiff::civil::Date;
use khabar_extractor::{Doc, LexiconFile};
use khabar_lexicon::shared::calendar::{CALENDAR, Calendar};
use khabar_lexicon::shared::future::FutureVerbs;
use khabar_lexicon::shared::saying::SAYING;
use khabar_lexicon::{
    BackwardTagger, Entry, Feature, Features, LexiconError, Meaning, Tagger, TaggerBuilder, Takes, TokenFilter,
    WordList, classes,
};
use serde::Deserialize;

use crate::point::Unit;
use crate::word::{Sense, Value, Word, WordClass, WordClasses};

macro_rules! file {
    ($name:literal) => {
        LexiconFile { file: concat!("plugins/dates/data/", $name), text: include_str!(concat!("../data/", $name)) }
    };
}

const CUES: LexiconFile = file!("cues.toml");
const FUNCTIONS: LexiconFile = file!("functions.toml");
const HOLIDAYS: LexiconFile = file!("holidays.toml");
const OFFICES: LexiconFile = file!("offices.toml");
const UNITS: LexiconFile = file!("units.toml");
const WORDS: LexiconFile = file!("words.toml");
const ZONES: LexiconFile = file!("zones.toml");

/// All lists that the extractor reads, shared ones among them.
pub(crate) const FILES: &[LexiconFile] = &[
    khabar_lexicon::shared::calendar::FILE,
    khabar_lexicon::shared::saying::FILE,
    CUES,
    FUNCTIONS,
    HOLIDAYS,
    OFFICES,
    UNITS,
    WORDS,
    ZONES,
];

classes! {
    /// A word that decides a reading beside a word of time, and is none itself.
    pub(crate) enum Cue {
        Approximately,
        MostFamous,
        General,
        Term,
        AccusativeOfTime,
        Period,
        Only,
        HourLetter,
        TimeLetter,
        GreenwichLetter,
        Utc,
        ThatFeminine,
        ThatMasculine,
        Dividing,
        Relative,
        TheOne,
        OfIt,
        Limit,
        Moment,
        Hours,
        Numbered,
        ThatIs,
        Last,
        FirstOrLast,
        FewAdjective,
        ForLetter,
        BeforeYear,
        AdLetter,
        DinarLetter,
        Born,
        Complementizer,
        War,
        EventNoun,
    }
    /// A set of cues: a word may be several.
    pub(crate) struct Cues(u64);
}

impl Meaning for Cues {
    fn merge(self, later: Self) -> Self {
        self.union(later)
    }
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
pub(crate) enum Holiday {
    /// Month and day.
    Gregorian(u8, u8),
    /// Month and day by Umm al-Qura.
    Hijri(u8, u8),
    /// Days after Western Easter.
    Easter(i16),
    /// The n-th weekday of a month: n, weekday, month.
    NthWeekday(u8, u8, u8),
}

/// An entry of the list of offices.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum Office {
    /// What stands before the name of who holds an office.
    Title(String),
    /// Who holds an office, and since when.
    Holder {
        office: String,
        #[serde(deserialize_with = "date")]
        since: Date,
    },
}

/// Reads a day as ISO 8601 writes it.
fn date<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// The day since when somebody is called as the text calls them. Where two people share name and title, the earlier counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Since(pub(crate) Date);

impl Meaning for Since {
    fn merge(self, later: Self) -> Self {
        Self(self.0.min(later.0))
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zone {
    #[serde(rename = "class")]
    _class: ZoneClass,
    value: Option<i16>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ZoneClass {
    Zone,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    class: Cue,
}

/// The value of a [`WordClass::Zone`] word whose offset is not known.
pub(crate) const NO_OFFSET: i16 = i16::MAX;

/// All words of time.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: Tagger<Sense>,
    cues: Tagger<Cues>,
    /// By the end of a name: the titles and names of those who hold an office.
    pub(crate) offices: BackwardTagger<Since>,
    pub(crate) holidays: Vec<Holiday>,
    pub(crate) future_verbs: FutureVerbs,
    /// Words that are looked for in every text.
    pub(crate) sought: TokenFilter,
    /// The forms of `من` that may open an interval.
    pub(crate) from: TokenFilter,
    /// Words that speak of what is to come.
    ahead: TokenFilter,
}

static LEXICON: LazyLock<Result<Lexicon, LexiconError>> = LazyLock::new(Lexicon::load);

impl Lexicon {
    /// The embedded lexicon, read once.
    ///
    /// # Errors
    /// Where a list cannot be read.
    pub(crate) fn get() -> Result<&'static Self, LexiconError> {
        LEXICON.as_ref().map_err(Clone::clone)
    }

    fn load() -> Result<Self, LexiconError> {
        let mut words = TaggerBuilder::default();
        // Of two entries for one word the later counts.
        add_words(&mut words, &FUNCTIONS)?;
        let units = WordList::<Sense>::read(&UNITS)?.entries;
        let month = |entry: &&Entry<Sense>| {
            entry.meaning.class == WordClass::Unit && entry.meaning.value == Value::Unit(Unit::Month)
        };
        add_calendar(&mut words, units.iter().find(month).map_or("", Entry::usual))?;
        for entry in &units {
            words.entry(entry, |_| Some(entry.meaning));
        }
        add_saying(&mut words)?;
        add_words(&mut words, &WORDS)?;
        let mut holidays = Vec::new();
        for entry in WordList::<Holiday>::read(&HOLIDAYS)?.entries {
            let sense = Sense::number(WordClass::Holiday, holidays.len() as i16);
            words.entry(&entry, |_| Some(sense));
            holidays.push(entry.meaning);
        }
        for entry in WordList::<Zone>::read(&ZONES)?.entries {
            let sense = Sense::number(WordClass::Zone, entry.meaning.value.unwrap_or(NO_OFFSET));
            words.entry(&entry, |_| Some(sense));
        }
        let mut cues = TaggerBuilder::default();
        for entry in WordList::<CueEntry>::read(&CUES)?.entries {
            cues.entry(&entry, |_| Some(entry.meaning.class.set()));
        }
        let words = words.build();
        let from = words.filter(|tag| tag.meaning.class == WordClass::From && !tag.clitics.has_conjunction());
        Ok(Self {
            sought: words.filter(|tag| tag.meaning.class.is_sought()),
            ahead: words.filter(|tag| WordClasses::AHEAD.contains(tag.meaning.class)),
            from,
            words,
            cues: cues.build(),
            offices: offices()?,
            holidays,
            future_verbs: FutureVerbs::new()?,
        })
    }

    /// The word of time that begins at a token.
    #[inline]
    pub(crate) fn word(&self, doc: &Doc<'_>, at: usize) -> Word {
        self.words.tag(doc, at).map_or_else(Word::default, Word::from)
    }

    /// What a token cues, as it stands.
    #[inline]
    pub(crate) fn cues(&self, hash: u64) -> Cues {
        self.cues.hashed(hash).map_or(Cues::EMPTY, |tag| tag.meaning)
    }

    /// Whether a token with this hash may speak of what is to come: most do not.
    #[inline]
    pub(crate) fn may_look_ahead(&self, hash: u64) -> bool {
        self.ahead.may_hold(hash)
    }

    /// Whether a token with this hash may be a word of time; `false` is certain.
    #[inline]
    pub(crate) fn candidates(&self, hashes: &[u64], all: bool) -> khabar_lexicon::Candidates {
        if all { self.words.candidates(hashes) } else { self.sought.candidates(hashes) }
    }
}

fn add_words(words: &mut TaggerBuilder<Sense>, file: &LexiconFile) -> Result<(), LexiconError> {
    for entry in WordList::<Sense>::read(file)?.entries {
        words.entry(&entry, |_| Some(entry.meaning));
    }
    Ok(())
}

/// `month` is the word before a month, whose space is often lost: `شهرجانفي`.
fn add_calendar(words: &mut TaggerBuilder<Sense>, month: &str) -> Result<(), LexiconError> {
    for entry in CALENDAR.entries()? {
        let (class, value) = match entry.meaning {
            Calendar::Month(month) => (WordClass::Month, month),
            Calendar::MonthWord(month) => (WordClass::MonthWord, month),
            Calendar::HijriMonth(month) => (WordClass::HijriMonth, month),
            Calendar::HijriWord(month) => (WordClass::HijriWord, month),
            Calendar::Weekday(day) => (WordClass::Weekday, day),
            Calendar::WeekdayWord(day) => (WordClass::WeekdayWord, day),
            Calendar::Season(season) => (WordClass::Season, season),
            Calendar::SeasonWord(season) => (WordClass::SeasonWord, season),
            Calendar::SeasonHead => (WordClass::SeasonHead, 0),
            Calendar::Era(era) => (WordClass::Era, era),
            // A class that dates does not need.
            _ => continue,
        };
        let sense = Sense::number(class, value.into());
        words.entry(entry, |_| Some(sense));
        if matches!(class, WordClass::Month | WordClass::MonthWord) {
            for name in &entry.words {
                words.word(&format!("{month}{name}"), Sense { headed: true, ..sense }, Takes::NONE);
            }
        }
    }
    Ok(())
}

/// The verbs that surely report, in their finite forms and participles.
fn add_saying(words: &mut TaggerBuilder<Sense>) -> Result<(), LexiconError> {
    const NO_REPORT: Features = Features::of(&[Feature::VerbalNoun, Feature::Pronoun]);
    for entry in SAYING.entries()?.iter().filter(|entry| !entry.meaning.frame.weak) {
        words.entry(entry, |form| {
            let class = match entry.meaning.frame.continues {
                true => WordClass::SaidOn,
                false if form.features.contains(Feature::Present) => WordClass::Says,
                false => WordClass::Said,
            };
            (!form.features.intersects(NO_REPORT)).then_some(Sense::number(class, 0))
        });
    }
    Ok(())
}

fn offices() -> Result<BackwardTagger<Since>, LexiconError> {
    let list = WordList::<Office>::read(&OFFICES)?;
    let mut builder = TaggerBuilder::default();
    for entry in &list.entries {
        let Office::Holder { office, since } = &entry.meaning else { continue };
        let titles = list.entries.iter().filter(|entry| matches!(&entry.meaning, Office::Title(of) if of == office));
        let titles: Vec<&String> = titles.flat_map(|entry| &entry.words).collect();
        if titles.is_empty() {
            return Err(entry.error(format!("no title of the office {office:?}")));
        }
        for title in titles {
            for name in &entry.words {
                builder.word(&format!("{title} {name}"), Since(*since), entry.takes);
            }
        }
    }
    Ok(builder.build_backward())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        let mut analysis = khabar_arabic::Analysis::default();
        analysis.analyze(text);
        let lexicon = Lexicon::get().expect("the lists");
        lexicon.word(&Doc::new("", text, &analysis), 0)
    }

    #[test]
    fn words_with_proclitics() {
        let february = word("وفيفري");
        assert_eq!((february.class, february.value, february.skip()), (WordClass::Month, 2, 2));
        assert_eq!((word("كانون الثاني").class, word("كانون الثاني").len), (WordClass::Month, 2));
        assert_eq!((word("لليوم").class, word("لليوم").skip()), (WordClass::Today, 2));
        assert_eq!(word("باب").class, WordClass::NameHead, "a door, not ب and آب");
        assert_eq!(word("بعد غد").class, WordClass::Deictic);
        assert_eq!(word("بعد").class, WordClass::After);
        assert_eq!(word("كتاب").class, WordClass::None);
        assert!(word("شهرجانفي").headed && word("جانفي").class == word("شهرجانفي").class);
    }

    #[test]
    fn verbs_of_saying_are_those_that_all_extractors_know() {
        for verb in ["نفى", "شددت", "وحذر", "مؤكدا"] {
            assert_eq!(word(verb).class, WordClass::Said, "{verb}");
        }
        assert_eq!(word("ويقول").class, WordClass::Says);
        assert_eq!(word("وأضافت").class, WordClass::SaidOn);
        assert_eq!(word("إعلان").class, WordClass::None, "a verbal noun reports nothing by itself");
    }
}
