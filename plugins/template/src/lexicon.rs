//! The agencies that are known, and how one is found.

use khabar_arabic::{Analysis, WordMap, proclitics};
use khabar_core::{Span, Value};
use khabar_extractor::{Doc, ExtractError};
use serde::{Deserialize, Serialize};

/// `template.agency`: a news agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Agency {
    /// A short id, the same for every spelling: `afp`.
    pub id: String,
    /// The agency's full name in Arabic.
    pub name: String,
}

impl Value for Agency {
    const KIND: &'static str = "template.agency";
}

/// An agency with its spellings, as data files and configurations have it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// [`Agency::id`].
    pub id: String,
    /// [`Agency::name`].
    pub name: String,
    /// How texts write it; spellings that fold to the same are one.
    pub spellings: Vec<String>,
}

/// The agencies that are known.
#[derive(Debug)]
pub struct Lexicon {
    agencies: Vec<Agency>,
    /// By the first word of a spelling: the words that follow it, the longest spelling first.
    spellings: WordMap<Vec<Spelling>>,
}

#[derive(Clone, Debug)]
struct Spelling {
    rest: Vec<Box<str>>,
    agency: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    agency: Vec<Entry>,
}

impl Lexicon {
    /// The agencies of `data/agencies.toml`.
    ///
    /// # Errors
    /// [`ExtractError::Other`] when the data cannot be read, which a test rules out.
    pub fn embedded() -> Result<Self, ExtractError> {
        Self::new(&embedded_entries()?)
    }

    /// The agencies of some entries; the first to claim a spelling keeps it.
    ///
    /// # Errors
    /// [`ExtractError::Config`] for an entry without a spelling or a spelling without a word.
    pub fn new(entries: &[Entry]) -> Result<Self, ExtractError> {
        let mut agencies = Vec::new();
        let mut by_first_word: Vec<(Box<str>, Vec<Spelling>)> = Vec::new();
        let mut analysis = Analysis::default();
        for entry in entries {
            if entry.spellings.is_empty() {
                return Err(ExtractError::Config(format!("agencies: {:?} has no spelling", entry.id)));
            }
            for spelling in &entry.spellings {
                analysis.analyze(spelling);
                let mut words = analysis.tokens().iter().map(|token| &analysis.folded()[token.folded_span().range()]);
                let Some(first) = words.next() else {
                    let what = format!("agencies: {:?} has a spelling without a word: {spelling:?}", entry.id);
                    return Err(ExtractError::Config(what));
                };
                let spelling = Spelling { rest: words.map(Into::into).collect(), agency: agencies.len() };
                match by_first_word.iter_mut().find(|(known, _)| **known == *first) {
                    Some((_, known)) => known.push(spelling),
                    None => by_first_word.push((first.into(), vec![spelling])),
                }
            }
            agencies.push(Agency { id: entry.id.clone(), name: entry.name.clone() });
        }
        for (_, spellings) in &mut by_first_word {
            spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.rest.len()));
        }
        Ok(Self { agencies, spellings: WordMap::new(by_first_word) })
    }

    /// The first agency at or after `*token`, and moves `*token` behind it.
    pub fn find(&self, doc: &Doc<'_>, token: &mut usize) -> Option<(Span, &Agency)> {
        while *token < doc.tokens.len() {
            let at = *token;
            if let Some((skip, spelling)) = self.at(doc, at) {
                let last = at + spelling.rest.len();
                *token = last + 1;
                let span = Span::new(doc.part(at, skip, 0).start, doc.tokens[last].end);
                return Some((span, &self.agencies[spelling.agency]));
            }
            *token += 1;
        }
        None
    }

    /// The longest spelling that begins with this token, and how many bytes of its folded form are proclitics.
    fn at(&self, doc: &Doc<'_>, token: usize) -> Option<(usize, &Spelling)> {
        let folded = doc.folded(token);
        // Every token carries the hash of its folded form: most are done with this one probe.
        let whole = self.spellings.get_hashed(doc.hashes[token], folded).map(|spellings| (0, spellings));
        // A word may stand behind و, ب, ل and the like, written with it. The lexicon decides.
        let parts = proclitics(folded).filter_map(|p| Some((p.len, self.spellings.get(&folded[p.len..])?)));
        whole.into_iter().chain(parts).find_map(|(skip, spellings)| {
            let follows = |spelling: &&Spelling| {
                let rest = spelling.rest.iter().enumerate();
                token + spelling.rest.len() < doc.tokens.len() && { rest }
                    .all(|(i, word)| doc.folded(token + 1 + i) == &**word)
            };
            Some((skip, spellings.iter().find(follows)?))
        })
    }
}

/// The entries of `data/agencies.toml`.
pub(crate) fn embedded_entries() -> Result<Vec<Entry>, ExtractError> {
    let file: Result<File, _> = toml::from_str(include_str!("../data/agencies.toml"));
    file.map(|file| file.agency).map_err(|error| ExtractError::Other(format!("data/agencies.toml: {error}")))
}
