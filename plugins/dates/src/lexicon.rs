//! The words of time, from the data files, with every proclitic they may carry.

use std::sync::LazyLock;

use khabar_arabic::{WordMap, fold};
use serde::Deserialize;

/// What sort of word of time a word is; the data files say which words are in each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Class {
    /// Not a word of time.
    #[default]
    None,
    Month,
    MonthWord,
    HijriMonth,
    HijriWord,
    Weekday,
    WeekdayWord,
    Season,
    SeasonWord,
    Chapter,
    Era,
    Unit,
    UnitDual,
    UnitPlural,
    Clock,
    DayPair,
    PartYear,
    Share,
    Decade,
    SetAdverb,
    Today,
    Deictic,
    Yesterday,
    Dir,
    Recent,
    Follow,
    Same,
    This,
    ThatSame,
    Part,
    PartLate,
    PartAdverb,
    Tonight,
    Midnight,
    Late,
    Early,
    Bound,
    FirstDay,
    Rest,
    Approx,
    More,
    Less,
    Few,
    Several,
    Whole,
    Single,
    From,
    To,
    Between,
    In,
    On,
    By,
    Before,
    After,
    Since,
    Except,
    And,
    Article,
    Every,
    Times,
    Corresponding,
    Dated,
    Sharp,
    ZoneHead,
    Zone,
    Length,
    OfLife,
    SeasonHead,
    Weekend,
    Reference,
    Holiday,
    NameHead,
    Said,
    SaidOn,
    Future,
    Coming,
    Function,
}

/// What is known of a token: its class, and what is written together with the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) class: Class,
    /// Number of the month, days from today and so on, as the data files say for each class.
    pub(crate) value: i16,
    /// Bytes of the folded token that are proclitics.
    pub(crate) skip: u8,
    /// Tokens that the word takes, 0 for none.
    pub(crate) len: u8,
    /// [`Word::DEFINITE`] and the proclitics.
    pub(crate) flags: u8,
}

impl Word {
    /// The word has the article.
    pub(crate) const DEFINITE: u8 = 1;
    /// و or ف stands before the word.
    pub(crate) const AND: u8 = 2;
    /// ب, ل or ك stands before the word.
    pub(crate) const PREPOSITION: u8 = 4;
    /// `شهر` is written together with the month.
    pub(crate) const HEADED: u8 = 16;
    /// Longer entries begin with this word.
    const MULTI: u8 = 8;

    pub(crate) fn is(self, class: Class) -> bool {
        self.class == class
    }

    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// When a holiday is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// Month and day.
    Gregorian(u8, u8),
    /// Month and day by Umm al-Qura.
    Hijri(u8, u8),
    /// Days after Western Easter.
    Easter(i16),
    /// The n-th weekday of a month.
    Nth(u8, u8, u8),
}

/// Entries of several words.
type Entries = Vec<(Vec<String>, Word)>;

/// The entries that begin with one word: the hashes of the words that follow, and what the whole is.
type Continuations = Vec<(Vec<u64>, Word)>;

/// Bits of the filter that most words never pass; 32 KiB stay in the first cache.
const FILTER_BITS: usize = 1 << 18;

/// All words of time.
pub(crate) struct Lexicon {
    words: WordMap<Word>,
    /// By first word: the entries of more words, longest first.
    multi: WordMap<Continuations>,
    pub(crate) holidays: Vec<Holiday>,
    /// A bit for the hash of every word that is known: a miss costs one load.
    filter: Vec<u64>,
}

#[derive(Deserialize)]
struct Words {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    class: Class,
    #[serde(default)]
    value: i16,
    words: Vec<String>,
    /// The words take no preposition as a proclitic.
    #[serde(default)]
    bare: bool,
}

#[derive(Deserialize)]
struct Holidays {
    holiday: Vec<HolidayEntry>,
}

#[derive(Deserialize)]
struct HolidayEntry {
    names: Vec<String>,
    date: Option<String>,
    hijri: Option<String>,
    easter: Option<i16>,
    nth: Option<[u8; 3]>,
}

#[derive(Deserialize)]
struct Zones {
    zone: Vec<ZoneEntry>,
}

#[derive(Deserialize)]
struct ZoneEntry {
    names: Vec<String>,
    offset: Option<i16>,
}

/// The value of a [`Class::Zone`] word whose offset is not known.
pub(crate) const NO_OFFSET: i16 = i16::MAX;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

impl Lexicon {
    /// The embedded lexicon, read once.
    pub(crate) fn get() -> &'static Self {
        &LEXICON
    }

    fn load() -> Self {
        let mut single: Vec<(String, Word)> = Vec::new();
        let mut multi: Entries = Vec::new();
        // Of two entries for one word the later counts: a word of time is never only a function word.
        for source in [
            include_str!("../data/functions.toml"),
            include_str!("../data/calendar.toml"),
            include_str!("../data/units.toml"),
            include_str!("../data/words.toml"),
        ] {
            // The data files are part of the crate, and a test reads each of them.
            let Ok(Words { entry }) = toml::from_str(source) else { continue };
            for Entry { class, value, words, bare } in entry {
                for word in &words {
                    add(word, Word { class, value, ..Word::default() }, bare, &mut single, &mut multi);
                }
            }
        }
        let mut holidays = Vec::new();
        if let Ok(Holidays { holiday }) = toml::from_str(include_str!("../data/holidays.toml")) {
            for entry in holiday {
                let Some(rule) = rule(&entry) else { continue };
                let word = Word { class: Class::Holiday, value: holidays.len() as i16, ..Word::default() };
                holidays.push(rule);
                for name in &entry.names {
                    add(name, word, false, &mut single, &mut multi);
                }
            }
        }
        if let Ok(Zones { zone }) = toml::from_str(include_str!("../data/zones.toml")) {
            for entry in zone {
                let word = Word { class: Class::Zone, value: entry.offset.unwrap_or(NO_OFFSET), ..Word::default() };
                for name in &entry.names {
                    add(name, word, true, &mut single, &mut multi);
                }
            }
        }
        Self::index(single, multi, holidays)
    }

    fn index(single: Vec<(String, Word)>, mut multi: Entries, holidays: Vec<Holiday>) -> Self {
        // Later entries and entries with fewer proclitics win in WordMap::new, so that a word is never read as a
        // proclitic and another word where it is an entry itself.
        let mut single = single;
        single.sort_by_key(|(_, word)| std::cmp::Reverse(word.skip));
        multi.sort_by_key(|(words, word)| (std::cmp::Reverse(words.len()), word.skip));
        let mut heads: Vec<(String, Continuations)> = Vec::new();
        for (words, word) in multi {
            let Some((first, rest)) = words.split_first() else { continue };
            let hashes = |rest: &[String]| rest.iter().map(|word| khabar_arabic::hash(word)).collect();
            match heads.iter_mut().find(|(head, _)| head == first) {
                Some((_, entries)) => entries.push((hashes(rest), word)),
                None => heads.push((first.clone(), vec![(hashes(rest), word)])),
            }
        }
        let alone = |head: &str| !single.iter().any(|(word, _)| word == head);
        let markers: Vec<(String, Word)> = heads
            .iter()
            .filter(|(head, _)| alone(head))
            .map(|(head, _)| (head.clone(), Word { flags: Word::MULTI, ..Word::default() }))
            .collect();
        for (word, value) in &mut single {
            if heads.iter().any(|(head, _)| head == word) {
                value.flags |= Word::MULTI;
            }
        }
        let mut filter = vec![0; FILTER_BITS / 64];
        for (word, _) in single.iter().chain(&markers) {
            let bit = filter_bit(khabar_arabic::hash(word));
            filter[bit / 64] |= 1 << (bit % 64);
        }
        let words = WordMap::new(single.into_iter().chain(markers));
        Self { words, multi: WordMap::new(heads), holidays, filter }
    }

    /// What a token is; `next` gives the hashes of the following tokens while they stand in the same line.
    #[inline]
    pub(crate) fn word<'a>(
        &self,
        hash: u64,
        folded: impl Fn() -> &'a str,
        next: impl Fn(usize) -> Option<u64>,
    ) -> Word {
        let bit = filter_bit(hash);
        if self.filter[bit / 64] >> (bit % 64) & 1 == 0 {
            return Word::default();
        }
        self.known(hash, folded(), next)
    }

    #[inline(never)]
    fn known(&self, hash: u64, folded: &str, next: impl Fn(usize) -> Option<u64>) -> Word {
        let Some(&word) = self.words.get_hashed(hash, folded) else { return Word::default() };
        if word.flags & Word::MULTI != 0 {
            for (rest, long) in self.multi.get_hashed(hash, folded).into_iter().flatten() {
                if rest.iter().enumerate().all(|(at, wanted)| next(at + 1) == Some(*wanted)) {
                    return *long;
                }
            }
        }
        Word { flags: word.flags & !Word::MULTI, ..word }
    }
}

/// The filter's bit for a hash: high bits, which the map does not use.
const fn filter_bit(hash: u64) -> usize {
    (hash >> 44) as usize % FILTER_BITS
}

/// Adds an entry with all proclitics that it may carry.
fn add(entry: &str, word: Word, bare: bool, single: &mut Vec<(String, Word)>, multi: &mut Entries) {
    let folded = fold(entry);
    let mut parts = folded.split(' ');
    let Some(first) = parts.next() else { return };
    let rest: Vec<String> = parts.map(str::to_owned).collect();
    let definite = if first.starts_with("ال") { Word::DEFINITE } else { 0 };
    let word = Word { len: rest.len() as u8 + 1, flags: definite, ..word };
    let mut put = |form: String, skip: usize, flags: u8| {
        let word = Word { skip: skip as u8, flags: word.flags | flags, ..word };
        if rest.is_empty() {
            single.push((form, word));
        } else {
            multi.push((std::iter::once(form).chain(rest.iter().cloned()).collect(), word));
        }
    };
    put(first.to_owned(), 0, 0);
    if matches!(word.class, Class::Month | Class::MonthWord) {
        // `شهرجانفي`: the space is often lost.
        put(format!("شهر{first}"), 0, Word::HEADED);
    }
    if word.class == Class::Era || word.class == Class::And {
        return;
    }
    for and in ["و", "ف"] {
        put(format!("{and}{first}"), and.len(), Word::AND);
    }
    if bare || word.class == Class::MonthWord && first == "اب" {
        return;
    }
    for (and, flag) in [("", 0), ("و", Word::AND), ("ف", Word::AND)] {
        for preposition in ["ب", "ل", "ك"] {
            let skip = and.len() + preposition.len();
            let form = match first.strip_prefix("ال").filter(|_| preposition == "ل") {
                // للكرملين: the article loses its alef, and the span starts after the first lam.
                Some(noun) => format!("{and}لل{noun}"),
                None => format!("{and}{preposition}{first}"),
            };
            put(form, skip, flag | Word::PREPOSITION);
        }
    }
}

fn rule(entry: &HolidayEntry) -> Option<Holiday> {
    let month_day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        Some((month.parse().ok()?, day.parse().ok()?))
    };
    if let Some((month, day)) = entry.date.as_deref().and_then(month_day) {
        return Some(Holiday::Gregorian(month, day));
    }
    if let Some((month, day)) = entry.hijri.as_deref().and_then(month_day) {
        return Some(Holiday::Hijri(month, day));
    }
    let nth = entry.nth.map(|[n, weekday, month]| Holiday::Nth(n, weekday, month));
    nth.or(entry.easter.map(Holiday::Easter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        let words: Vec<String> = text.split(' ').map(|w| fold(w).into_owned()).collect();
        Lexicon::get().word(
            khabar_arabic::hash(&words[0]),
            || &words[0],
            |at| words.get(at).map(|w| khabar_arabic::hash(w)),
        )
    }

    #[test]
    fn every_data_file_is_read() {
        for source in [
            include_str!("../data/calendar.toml"),
            include_str!("../data/units.toml"),
            include_str!("../data/words.toml"),
            include_str!("../data/functions.toml"),
        ] {
            let read = toml::from_str::<Words>(source);
            assert!(read.is_ok(), "{:?}", read.err());
            assert!(source.starts_with("# source: "));
        }
        let holidays = toml::from_str::<Holidays>(include_str!("../data/holidays.toml")).expect("parses").holiday;
        assert!(holidays.iter().all(|entry| rule(entry).is_some()));
        assert!(toml::from_str::<Zones>(include_str!("../data/zones.toml")).is_ok());
    }

    #[test]
    fn words_with_proclitics() {
        assert_eq!((word("وفيفري").class, word("وفيفري").value, word("وفيفري").skip), (Class::Month, 2, 2));
        assert_eq!((word("كانون الثاني").class, word("كانون الثاني").len), (Class::Month, 2));
        assert_eq!((word("لليوم").class, word("لليوم").skip), (Class::Today, 2));
        assert_eq!(word("باب").class, Class::NameHead, "a door, not ب and آب");
        assert_eq!(word("بعد غد").class, Class::Deictic);
        assert_eq!(word("بعد").class, Class::After);
        assert_eq!(word("كتاب").class, Class::None);
    }
}
