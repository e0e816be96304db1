//! The words of time, from the data files, with every proclitic they may carry.

use std::collections::HashMap;
use std::sync::LazyLock;

use khabar_arabic::{WordFilter, WordTable, fold, hash};
use khabar_core::TokenFlags;
use khabar_extractor::Doc;
use serde::Deserialize;

use crate::offices;
use crate::word::{Class, Word};

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

/// An entry of several words behind its first: where the hashes of the words that follow stand among all, and what the whole
/// is. Those that begin with one word stand together, the longest first.
#[derive(Clone, Copy, Debug)]
struct Longer {
    /// The hash of the second word.
    second: u64,
    /// The hashes of those after it.
    rest: (u32, u32),
    word: Word,
}

/// A word that stands alone, or only begins longer entries: then its class is [`Class::None`].
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    word: Word,
    /// Which of the [`Lexicon::starts`] is that of the [`Lexicon::longer`] that begin with it, plus one; 0 for none.
    longer: u16,
}

/// All words of time.
pub(crate) struct Lexicon {
    heads: WordTable<Head>,
    /// The words that [`Class::leads`] is true of, alone or with those that follow them, and those of [`Word::HOLDER`].
    leads: WordFilter,
    /// The hashes of the forms of `من` that may open an interval, and which others are sent away at once.
    from: (WordFilter, Vec<u64>),
    /// Some words are figures.
    has_figures: bool,
    /// The words of [`Class::Future`] and [`Class::Coming`], alone or with those that follow them.
    ahead: WordFilter,
    longer: Vec<Longer>,
    /// The second words of [`Lexicon::longer`].
    seconds: WordFilter,
    /// Where the entries that begin with one word start among [`Lexicon::longer`], and at the end how many there are.
    starts: Vec<u32>,
    /// The hashes of the third and further words of all entries.
    rests: Vec<u64>,
    pub(crate) holidays: Vec<Holiday>,
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

    fn index(mut single: Vec<(String, Word)>, mut multi: Entries, holidays: Vec<Holiday>) -> Self {
        // Later entries and entries with fewer proclitics win, so that a word is never read as a proclitic and another
        // word where it is an entry itself.
        let firsts = single.iter().map(|(word, _)| word).chain(multi.iter().filter_map(|(words, _)| words.first()));
        let has_figures = firsts.into_iter().any(|word| word.starts_with(|c: char| c.is_numeric()));
        single.sort_by_key(|(_, word)| std::cmp::Reverse(word.skip));
        multi.sort_by_key(|(words, word)| (std::cmp::Reverse(words.len()), word.skip));
        let mut groups: Vec<Vec<(Vec<u64>, Word)>> = Vec::new();
        let mut numbers: HashMap<String, u16> = HashMap::new();
        for (words, word) in multi {
            let mut words = words.into_iter();
            let Some(first) = words.next() else { continue };
            let rest = (words.map(|word| hash(&word)).collect(), word);
            match numbers.get(&first).and_then(|number| groups.get_mut(usize::from(*number) - 1)) {
                Some(entries) => entries.push(rest),
                None => {
                    groups.push(vec![rest]);
                    numbers.insert(first, groups.len() as u16);
                }
            }
        }
        let (mut longer, mut starts, mut rests) = (Vec::new(), vec![0], Vec::new());
        for (words, word) in groups.iter().flatten() {
            let Some((second, more)) = words.split_first() else { continue };
            let from = rests.len() as u32;
            rests.extend(more);
            longer.push(Longer { second: *second, rest: (from, rests.len() as u32), word: *word });
        }
        for group in &groups {
            starts.push(starts.last().copied().unwrap_or_default() + group.len() as u32);
        }
        let alone = numbers.iter().map(|(first, number)| (first.clone(), Head { longer: *number, ..Head::default() }));
        let words = single.into_iter().map(|(form, word)| {
            let longer = numbers.get(&form).copied().unwrap_or_default();
            (form, Head { word, longer })
        });
        let keyed = alone.chain(words).map(|(form, head)| (hash(&fold(&form)), head));
        let mut heads: HashMap<u64, Head> = keyed.collect();
        for name in offices::last_names() {
            heads.entry(hash(name)).or_default().word.flags |= Word::HOLDER;
        }
        let any = |head: &Head, which: &dyn Fn(Class) -> bool| {
            let longer = usize::from(head.longer).checked_sub(1).and_then(|number| groups.get(number));
            which(head.word.class) || longer.is_some_and(|entries| entries.iter().any(|(_, word)| which(word.class)))
        };
        let leads = |head: &Head| any(head, &|class| class.leads()) || head.word.has(Word::HOLDER);
        let ahead = |head: &Head| any(head, &|class| matches!(class, Class::Future | Class::Coming));
        let opens = |head: &Head| head.word.is(Class::From) && !head.word.has(Word::AND);
        let keys = |which: &dyn Fn(&Head) -> bool| -> Vec<u64> {
            heads.iter().filter(|(_, head)| which(head)).map(|(key, _)| *key).collect()
        };
        let seconds = WordFilter::new(&longer.iter().map(|entry| entry.second).collect::<Vec<_>>());
        let (leads, ahead) = (WordFilter::new(&keys(&leads)), WordFilter::new(&keys(&ahead)));
        let from = (WordFilter::new(&keys(&opens)), keys(&opens));
        let heads = WordTable::new(heads);
        Self { heads, leads, from, has_figures, ahead, longer, seconds, starts, rests, holidays }
    }

    /// Which tokens with these hashes, 64 at the most, may be words of time that [`Class::leads`], or with `all` any words
    /// of time, a bit each: most are sent away here.
    #[inline]
    pub(crate) fn among(&self, hashes: &[u64], all: bool) -> u64 {
        if all { self.heads.among(hashes) } else { self.leads.among(hashes) }
    }

    /// Which tokens with these hashes, 64 at the most, may be `من` before what may be an interval, a bit each.
    #[inline]
    pub(crate) fn among_from(&self, hashes: &[u64]) -> u64 {
        self.from.0.among(hashes)
    }

    /// Whether a token with this hash is `من` before what may be an interval.
    pub(crate) fn is_from(&self, hash: u64) -> bool {
        self.from.1.contains(&hash)
    }

    /// Whether any word of time is a token of figures.
    pub(crate) fn has_figures(&self) -> bool {
        self.has_figures
    }

    /// Whether a token with this hash may be a word of [`Class::Future`] or [`Class::Coming`]: most are not.
    #[inline]
    pub(crate) fn may_look_ahead(&self, hash: u64) -> bool {
        self.ahead.may_hold(hash)
    }

    /// The word of time that begins at a token.
    #[inline]
    pub(crate) fn word(&self, doc: &Doc<'_>, at: usize) -> Word {
        self.whole(doc, at, self.heads.get(doc.hashes[at]))
    }

    /// The word of time with the hash of a token that [`Lexicon::among`] let pass, and which entries of several words begin
    /// with it, for [`Lexicon::extended`]; 0 for none.
    #[inline]
    pub(crate) fn passed(&self, hash: u64) -> (Word, u16) {
        let Head { word, longer } = self.heads.find(hash).unwrap_or_default();
        (word, longer)
    }

    /// Whether a token may be the second word of an entry: most are not.
    #[inline]
    pub(crate) fn may_be_second(&self, doc: &Doc<'_>, at: usize) -> bool {
        self.seconds.may_hold(doc.hashes.get(at).copied().unwrap_or_default())
    }

    /// The longest entry that there is in the line of a token among those that begin with its word.
    pub(crate) fn extended(&self, doc: &Doc<'_>, at: usize, word: Word, longer: u16) -> Word {
        let longer = self.longer_word(doc, at, longer);
        longer.map_or(word, |longer| Word { flags: longer.flags | word.flags & Word::HOLDER, ..*longer })
    }

    /// The longest entry that there is in the line of a token with this head.
    #[inline]
    fn whole(&self, doc: &Doc<'_>, at: usize, head: Option<Head>) -> Word {
        let Some(Head { word, longer }) = head else { return Word::default() };
        if longer == 0 { word } else { self.extended(doc, at, word, longer) }
    }

    fn longer_word(&self, doc: &Doc<'_>, at: usize, number: u16) -> Option<&Word> {
        let follows = |next: usize, wanted: u64| {
            doc.hashes.get(next) == Some(&wanted) && !doc.tokens[next].has(TokenFlags::LINE_START)
        };
        let second = doc.hashes.get(at + 1).copied().filter(|second| self.seconds.may_hold(*second))?;
        let number = usize::from(number);
        let (from, to) = (*self.starts.get(number - 1)?, *self.starts.get(number)?);
        let entries = self.longer.get(from as usize..to as usize)?;
        let whole = entries.iter().find(|entry| {
            let rest = self.rests.get(entry.rest.0 as usize..entry.rest.1 as usize).unwrap_or_default();
            entry.second == second
                && follows(at + 1, second)
                && rest.iter().zip(at + 2..).all(|(word, next)| follows(next, *word))
        });
        whole.map(|entry| &entry.word)
    }
}

/// Adds an entry with all proclitics that it may carry.
fn add(entry: &str, word: Word, bare: bool, single: &mut Vec<(String, Word)>, multi: &mut Entries) {
    let folded = fold(entry);
    let mut parts = folded.split(' ');
    let Some(first) = parts.next() else { return };
    let rest: Vec<String> = parts.map(str::to_owned).collect();
    let definite = if first.starts_with("ال") { Word::DEFINITE } else { 0 };
    let word = Word { len: rest.len() as u8 + 1, flags: definite | word.class.flags(), ..word };
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
        let mut analysis = khabar_arabic::Analysis::default();
        analysis.analyze(text);
        let lexicon = Lexicon::get();
        lexicon.word(&Doc::new("", text, &analysis), 0)
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
