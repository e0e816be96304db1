//! Verbs of the future: `سيعقد`.

use khabar_extractor::LexiconFile;
use serde::Deserialize;

use super::{SharedList, read};
use crate::clitics::Proclitic;
use crate::error::LexiconError;

/// What looks like a verb of the future and is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "class", rename_all = "snake_case")]
#[non_exhaustive]
pub enum NotFuture {
    /// A stem of nouns: `سيار`.
    NounStem,
}

/// Its file.
pub const FILE: LexiconFile =
    LexiconFile { file: "crates/lexicon/data/future.toml", text: include_str!("../../data/future.toml") };

/// The stems of nouns that begin like a verb of the future.
pub static NOT_FUTURE: SharedList<NotFuture> = SharedList::new(FILE, || read(&FILE));

/// Tells verbs of the future from nouns that begin like one.
#[derive(Debug)]
pub struct FutureVerbs {
    /// Folded and sorted; none begins with another.
    stems: Vec<String>,
}

/// The prefixes of the imperfect that follow س in the third person and the first of the plural.
const PERSONS: [char; 3] = ['ي', 'ت', 'ن'];
/// The shortest verb with its س: `سيتم`.
const SHORTEST: usize = 4;

impl FutureVerbs {
    /// The verbs of the future by [`NOT_FUTURE`].
    ///
    /// # Errors
    /// Where that list cannot be read.
    pub fn new() -> Result<Self, LexiconError> {
        let words = NOT_FUTURE.entries()?.iter().flat_map(|entry| &entry.words);
        let mut stems: Vec<String> = words.map(|word| khabar_arabic::fold(word).into_owned()).collect();
        stems.sort();
        stems.dedup_by(|longer, stem| longer.starts_with(stem.as_str()));
        Ok(Self { stems })
    }

    /// Whether a folded word is س with an imperfect, و or ف before it or not.
    pub fn contains(&self, folded: &str) -> bool {
        let bare = folded.strip_prefix([Proclitic::Wa.letter(), Proclitic::Fa.letter()]).unwrap_or(folded);
        let Some(verb) = bare.strip_prefix(Proclitic::Sin.letter()) else { return false };
        if !verb.starts_with(PERSONS) || bare.chars().nth(SHORTEST - 1).is_none() {
            return false;
        }
        // The stem that it begins with, if any, is the last that is not behind it.
        let at = self.stems.partition_point(|stem| stem.as_str() <= bare);
        !at.checked_sub(1).is_some_and(|at| bare.starts_with(self.stems[at].as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_nouns() {
        let verbs = FutureVerbs::new().expect("a list");
        for verb in ["سيعقد", "وستقام", "فسنعود", "سيتم"] {
            assert!(verbs.contains(verb), "{verb}");
        }
        for noun in ["سياره", "والسيارات", "سنوات", "وسنه", "ستين", "سيف", "سين", "سلام", ""]
        {
            assert!(!verbs.contains(noun), "{noun}");
        }
    }
}
