//! What stands before a number and hedges it or opens a range, and what hedges it from behind.

use khabar_core::kinds::Modifier;
use khabar_lexicon::shared::hedges::{HEDGES, Hedge};
use khabar_lexicon::{BackwardTagger, LexiconError, Meaning, Tagger, TaggerBuilder, WordList};
use serde::Deserialize;

use super::OPENERS;

/// What opens a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Hash)]
#[serde(tag = "class", rename_all = "snake_case")]
pub(crate) enum Opener {
    /// `بين`.
    Between,
    /// `من`.
    From,
    /// A word of time: no range, but a time.
    Clock,
}

impl Meaning for Opener {}

/// The hedges and openers.
#[derive(Debug)]
pub(crate) struct Hedges {
    pub before: BackwardTagger<Modifier>,
    pub after: Tagger<Modifier>,
    pub openers: BackwardTagger<Opener>,
}

impl Hedges {
    pub(super) fn read() -> Result<Self, LexiconError> {
        let (mut before, mut after) = (TaggerBuilder::default(), TaggerBuilder::default());
        for entry in HEDGES.entries()? {
            match entry.meaning {
                Hedge::Before(modifier) => before.entry(entry, |_| Some(modifier)),
                Hedge::After(modifier) => after.entry(entry, |_| Some(modifier)),
                _ => {}
            }
        }
        let mut openers = TaggerBuilder::default();
        for entry in WordList::<Opener>::read(&OPENERS)?.entries {
            openers.entry(&entry, |_| Some(entry.meaning));
        }
        Ok(Self { before: before.build_backward(), after: after.build(), openers: openers.build_backward() })
    }
}
