//! The format of word lists: one schema of TOML for all of them.
//!
//! ```toml
//! source = "Unicode CLDR 47, ar: months/gregorian"
//! defaults = { class = "month" }
//!
//! entry = [
//!   { value = 1, words = ["يناير", "كانون الثاني"] },
//!   { value = 2, words = ["فبراير", "شباط"], clitics = "وف" },
//! ]
//! ```
//!
//! | key | what it says |
//! | --- | --- |
//! | `source` | where the list comes from: a line, or several; required |
//! | `order` | how the entries are sorted, where they are |
//! | `defaults` | `class`, `clitics`, `inflect` of the entries that do not say it themselves |
//! | `entry.class` | what sort of words they are; the reader's type of meanings knows which there are |
//! | `entry.value` | what they mean within their class: a number, a text, a table |
//! | `entry.id` | the id of the thing that the words name |
//! | `entry.words` | the words or phrases, in any spelling; those that fold to the same are one; required |
//! | `entry.clitics` | the proclitics that they take: letters, `"all"` (the default) or `"none"` |
//! | `entry.inflect` | which forms follow from each word: see [`Inflection`] |
//! | `entry.present`, `participle`, `verbal_noun` | the principal parts of a verb |
//! | `entry.plural` | the broken plurals of a noun |
//!
//! An unknown key, class or value is an error that names the file, the line and the column.

use khabar_extractor::LexiconFile;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::clitics::Takes;
use crate::error::LexiconError;
use crate::inflect::{Form, Inflection, Lemma};

/// A word list as it is read.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WordList<M> {
    /// Where the list comes from.
    pub source: Vec<String>,
    /// The entries in their order.
    pub entries: Vec<Entry<M>>,
}

/// An entry of a word list: words that mean the same.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Entry<M> {
    /// Their class and value.
    pub meaning: M,
    /// The id of the thing that they name.
    pub id: Option<String>,
    /// The words as the file spells them, the usual one first; at least one.
    pub words: Vec<String>,
    /// Which proclitics they take.
    pub takes: Takes,
    /// Which forms follow from each.
    pub inflection: Inflection,
    /// The principal parts beside the words.
    pub lemma: Lemma,
    /// The place of the entry in its file.
    at: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    file: &'static str,
    line: usize,
    column: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    source: OneOrMany,
    #[serde(default, rename = "order")]
    _order: Option<String>,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    entry: Vec<Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Defaults {
    class: Option<String>,
    clitics: Option<Takes>,
    inflect: Option<Inflection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    class: Option<String>,
    value: Option<toml::Value>,
    id: Option<String>,
    words: Vec<String>,
    clitics: Option<Takes>,
    inflect: Option<Inflection>,
    present: Option<String>,
    participle: Option<String>,
    verbal_noun: Option<String>,
    #[serde(default)]
    plural: Vec<String>,
}

impl<M: DeserializeOwned> WordList<M> {
    /// Reads a word list. The meaning of an entry is read from a table of its `class` and its `value`, if it has one: an
    /// enum with `#[serde(tag = "class", content = "value", rename_all = "snake_case")]` says which values each class has.
    ///
    /// # Errors
    /// Where the text is not TOML of this format: the place, and what is expected.
    pub fn read(file: &LexiconFile) -> Result<Self, LexiconError> {
        let LexiconFile { file, text } = *file;
        let raw: RawList = toml::from_str(text).map_err(|error| {
            LexiconError::at(file, text, error.span().map_or(0, |span| span.start), one_line(error.message()))
        })?;
        let source = match raw.source {
            OneOrMany::One(line) => vec![line],
            OneOrMany::Many(lines) => lines,
        };
        let entries = raw.entry.into_iter().map(|entry| Entry::new(file, text, &raw.defaults, entry));
        Ok(Self { source, entries: entries.collect::<Result<_, _>>()? })
    }
}

impl<M: DeserializeOwned> Entry<M> {
    fn new(
        file: &'static str,
        text: &str,
        defaults: &Defaults,
        entry: Spanned<RawEntry>,
    ) -> Result<Self, LexiconError> {
        let byte = entry.span().start;
        let raw = entry.into_inner();
        let fail = |reason: String| LexiconError::at(file, text, byte, reason);
        let mut meaning = toml::Table::new();
        if let Some(class) = raw.class.or_else(|| defaults.class.clone()) {
            meaning.insert("class".into(), class.into());
        }
        if let Some(value) = raw.value {
            meaning.insert("value".into(), value);
        }
        let meaning = M::deserialize(toml::Value::Table(meaning)).map_err(|error| fail(one_line(error.message())))?;
        if raw.words.is_empty() || raw.words.iter().any(|word| word.trim().is_empty()) {
            return Err(fail("`words` needs at least one word, and no empty one".into()));
        }
        let place = LexiconError::at(file, text, byte, "");
        Ok(Self {
            meaning,
            id: raw.id,
            words: raw.words,
            takes: raw.clitics.or(defaults.clitics).unwrap_or_default(),
            inflection: raw.inflect.or(defaults.inflect).unwrap_or_default(),
            lemma: Lemma {
                present: raw.present,
                participle: raw.participle,
                verbal_noun: raw.verbal_noun,
                plural: raw.plural,
            },
            at: Place { file, line: place.line, column: place.column },
        })
    }
}

impl<M> Entry<M> {
    /// The usual word.
    pub fn usual(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// All forms of its words, as its inflection gives them: the words themselves first.
    pub fn forms(&self) -> Vec<Form> {
        self.inflection.forms(&self.words, &self.lemma)
    }

    /// An error at this entry: for what only its reader can tell.
    pub fn error(&self, reason: impl Into<String>) -> LexiconError {
        let Place { file, line, column } = self.at;
        LexiconError { file: file.to_owned(), line, column, reason: reason.into() }
    }

    /// The place of the entry, `data/words.toml:12`: what `khabar explain` names.
    pub fn place(&self) -> String {
        format!("{}:{}", self.at.file, self.at.line)
    }

    /// The same entry with another meaning, or without: how a reader takes what it needs of a list that is shared.
    pub fn map<N>(&self, meaning: N) -> Entry<N> {
        Entry {
            meaning,
            id: self.id.clone(),
            words: self.words.clone(),
            takes: self.takes,
            inflection: self.inflection,
            lemma: self.lemma.clone(),
            at: self.at.clone(),
        }
    }
}

fn one_line(message: &str) -> String {
    message.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "class", content = "value", rename_all = "snake_case")]
    enum Meaning {
        Month(u8),
        From,
    }

    fn read(text: &'static str) -> Result<WordList<Meaning>, LexiconError> {
        WordList::read(&LexiconFile { file: "data/test.toml", text })
    }

    #[test]
    fn a_list_is_read() {
        let list = read(
            "source = \"CLDR\"\ndefaults = { class = \"month\" }\nentry = [\n  { value = 1, words = [\"يناير\"] },\n  { class = \"from\", words = [\"من\"], clitics = \"و\" },\n]\n",
        )
        .expect("a list");
        assert_eq!(list.source, ["CLDR"]);
        let meanings: Vec<_> =
            list.entries.iter().map(|entry| (&entry.meaning, entry.usual(), entry.place())).collect();
        assert_eq!(
            meanings,
            [
                (&Meaning::Month(1), "يناير", "data/test.toml:4".to_owned()),
                (&Meaning::From, "من", "data/test.toml:5".to_owned()),
            ]
        );
        assert_eq!(list.entries[1].error("no").to_string(), "data/test.toml:5:3: no");
    }

    #[test]
    fn what_is_wrong_has_a_place() {
        for (text, place, reason) in [
            ("entry = []", "1:1", "missing field `source`"),
            (
                "source = \"x\"\nentry = [\n  { class = \"form\", words = [\"من\"] },\n]",
                "3:3",
                "unknown variant `form`",
            ),
            ("source = \"x\"\nentry = [\n  { class = \"from\", word = [\"من\"] },\n]", "3:21", "unknown field `word`"),
            ("source = \"x\"\nentry = [{ class = \"month\", words = [\"من\"] }]", "2:10", "missing field `value`"),
            ("source = \"x\"\nentry = [{ class = \"month\", value = 300, words = [\"من\"] }]", "2:10", "300"),
            ("source = \"x\"\nentry = [{ class = \"from\", words = [] }]", "2:10", "at least one word"),
            ("source = \"x\"\nentry = [{ class = \"from\", words = [\"\"] }]", "2:10", "no empty one"),
            (
                "source = \"x\"\nentry = [{ class = \"from\", words = [\"من\"], clitics = \"x\" }]",
                "2:54",
                "'x' in `clitics`",
            ),
            ("source = \"x\"\nentry = [{ class = \"from\" words }]", "2:27", "expected"),
            ("source = \"x\"\nentry = [{ words = [\"من\"] }]", "2:10", "missing field `class`"),
        ] {
            let error = read(text).expect_err(text);
            assert_eq!(
                (error.file.as_str(), format!("{}:{}", error.line, error.column)),
                ("data/test.toml", place.to_owned()),
                "{error}"
            );
            assert!(error.reason.contains(reason), "{error}");
        }
    }
}
