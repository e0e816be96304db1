//! The agencies that are known, and how one is found.

use khabar_core::{Span, Value};
use khabar_extractor::{Doc, ExtractError, LexiconFile};
use khabar_lexicon::{LexiconError, Meaning, Tagger, TaggerBuilder, Takes, WordList};
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

/// An agency with its spellings, as configurations have it.
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

/// The word list of the agencies.
pub(crate) const AGENCIES: LexiconFile =
    LexiconFile { file: "data/agencies.toml", text: include_str!("../data/agencies.toml") };

/// What an entry of the word list means: an agency, by its full name.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
enum Class {
    Agency(String),
}

/// The agencies that are known.
#[derive(Debug)]
pub struct Lexicon {
    agencies: Vec<Agency>,
    tagger: Tagger<AgencyIndex>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct AgencyIndex(usize);

impl Meaning for AgencyIndex {
    /// The first to claim a spelling keeps it.
    fn merge(self, _later: Self) -> Self {
        self
    }
}

impl Lexicon {
    /// The agencies of `data/agencies.toml`, and before them some more.
    ///
    /// # Errors
    /// [`ExtractError::Config`] for an entry without a spelling or an empty spelling. A test rules out that the word list
    /// cannot be read.
    pub fn new(more: &[Entry]) -> Result<Self, ExtractError> {
        let mut agencies = Vec::new();
        let mut builder = TaggerBuilder::default();
        for Entry { id, name, spellings } in more {
            if spellings.is_empty() || spellings.iter().any(|spelling| spelling.trim().is_empty()) {
                let what = format!("agencies: {id:?} needs spellings, and no empty one");
                return Err(ExtractError::Config(what));
            }
            // A spelling may stand behind و, ب, ل and the like, written with it.
            spellings.iter().for_each(|spelling| builder.word(spelling, AgencyIndex(agencies.len()), Takes::ALL));
            agencies.push(Agency { id: id.clone(), name: name.clone() });
        }
        for entry in WordList::<Class>::read(&AGENCIES)?.entries {
            builder.entry(&entry, |_form| Some(AgencyIndex(agencies.len())));
            agencies.push(agency(&entry)?);
        }
        Ok(Self { agencies, tagger: builder.build() })
    }

    /// The agencies that a document names, in order, none within another.
    pub fn find<'a>(&'a self, doc: &'a Doc<'a>) -> impl Iterator<Item = (Span, &'a Agency)> {
        let mut free_from = 0;
        self.tagger.tags(doc).filter_map(move |(token, tag)| {
            let last = token + usize::from(tag.len) - 1;
            if token < free_from {
                return None;
            }
            free_from = last + 1;
            let start = doc.part(token, tag.clitics.len(), 0).start;
            Some((Span::new(start, doc.tokens[last].end), self.agencies.get(tag.meaning.0)?))
        })
    }
}

fn agency(entry: &khabar_lexicon::Entry<Class>) -> Result<Agency, LexiconError> {
    let Class::Agency(name) = &entry.meaning;
    let id = entry.id.clone().ok_or_else(|| entry.error("an agency needs an `id`"))?;
    Ok(Agency { id, name: name.clone() })
}
