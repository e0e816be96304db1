//! Words beside which a number word is no number.

use khabar_extractor::Doc;
use khabar_lexicon::{Clitics, LexiconError, Meaning, Tagger, TaggerBuilder, Takes, WordList};
use serde::Deserialize;

use super::EXCLUSIONS;

/// A row of the list: its number words are none beside its other words.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum Row {
    /// Where they stand before one of them.
    StandsBefore(Vec<String>),
    /// Where they stand after one.
    StandsAfter(Vec<String>),
}

/// Rows of the list, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Rows(u64);

impl Meaning for Rows {
    fn merge(self, later: Self) -> Self {
        Self(self.0 | later.0)
    }
}

/// The most rows that the list can have.
const MOST_ROWS: usize = u64::BITS as usize;

/// The idioms, names and dates in which a number word is no number.
#[derive(Debug)]
pub(crate) struct Exclusions {
    /// The rows of a number word.
    numbers: Tagger<Rows>,
    /// The rows that have a word behind their number words.
    behind: Tagger<Rows>,
    /// The rows that have a word before their number words.
    before: Tagger<Rows>,
}

impl Exclusions {
    pub(super) fn read() -> Result<Self, LexiconError> {
        let mut numbers = TaggerBuilder::default();
        let (mut behind, mut before) = (TaggerBuilder::default(), TaggerBuilder::default());
        for (at, entry) in WordList::<Row>::read(&EXCLUSIONS)?.entries.iter().enumerate() {
            if at == MOST_ROWS {
                return Err(entry.error(format!("more than {MOST_ROWS} entries: put words into those that are there")));
            }
            let row = Rows(1 << at);
            let (words, beside) = match &entry.meaning {
                Row::StandsBefore(words) => (words, &mut behind),
                Row::StandsAfter(words) => (words, &mut before),
            };
            words.iter().for_each(|word| numbers.word(word, row, Takes::ALL));
            beside.entry(entry, |_| Some(row));
        }
        Ok(Self { numbers: numbers.build(), behind: behind.build(), before: before.build() })
    }

    /// Whether the number words from one token to another, which have these proclitics, are no number for what stands beside
    /// them.
    pub(crate) fn hold(&self, doc: &Doc<'_>, (first, last): (u32, u32), clitics: Clitics, begins_line: bool) -> bool {
        let tag = self.numbers.tag(doc, first as usize);
        let is_whole = |len: u8| first + u32::from(len) == last + 1;
        let Some(tag) = tag.filter(|tag| is_whole(tag.len) && tag.clitics.len() == clitics.len()) else { return false };
        let rows = |tag: Option<khabar_lexicon::Tag<Rows>>| tag.map_or(0, |tag| tag.meaning.0);
        let before = first.checked_sub(1).filter(|_| !begins_line);
        let before = before.and_then(|before| self.before.hashed(*doc.hashes.get(before as usize)?));
        (rows(before) | rows(self.behind.tag(doc, last as usize + 1))) & tag.meaning.0 != 0
    }
}
