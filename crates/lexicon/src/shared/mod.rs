//! Closed classes of words that several extractors need: each fact stands in one file of `data/`, once.
//!
//! A grammar takes what it needs of a list and gives it classes of its own. The lists are read when they are first asked for.

pub mod calendar;
pub mod countries;
pub mod future;
pub mod hedges;
pub mod saying;

use std::sync::LazyLock;

use khabar_extractor::LexiconFile;

use crate::{Entry, LexiconError, WordList};

/// A list that is part of this crate, read once.
pub struct SharedList<M: 'static> {
    /// Its file.
    pub file: LexiconFile,
    list: LazyLock<Result<Vec<Entry<M>>, LexiconError>>,
}

impl<M: serde::de::DeserializeOwned> SharedList<M> {
    const fn new(file: LexiconFile, read: fn() -> Result<Vec<Entry<M>>, LexiconError>) -> Self {
        Self { file, list: LazyLock::new(read) }
    }

    /// The entries in their order.
    ///
    /// # Errors
    /// Where the file cannot be read, which a test rules out.
    pub fn entries(&self) -> Result<&[Entry<M>], LexiconError> {
        self.list.as_deref().map_err(Clone::clone)
    }
}

/// Reads a list: what a [`SharedList`] is made with.
fn read<M: serde::de::DeserializeOwned>(file: &LexiconFile) -> Result<Vec<Entry<M>>, LexiconError> {
    WordList::read(file).map(|list| list.entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_read() {
        assert!(countries::COUNTRIES.entries().is_ok_and(|entries| !entries.is_empty()));
        assert!(calendar::CALENDAR.entries().is_ok_and(|entries| !entries.is_empty()));
        assert!(hedges::HEDGES.entries().is_ok_and(|entries| !entries.is_empty()));
        assert!(saying::SAYING.entries().is_ok_and(|entries| !entries.is_empty()));
        assert!(hedges::HEDGES.entries().is_ok_and(|entries| !entries.is_empty()));
    }
}
