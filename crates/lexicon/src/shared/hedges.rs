//! Hedges: what makes a number or an amount of time one that is near, more or less.

use khabar_core::kinds::Modifier;
use khabar_extractor::LexiconFile;
use serde::Deserialize;

use super::{SharedList, read};
use crate::Meaning;

/// On which side of what it hedges a phrase stands, and how it hedges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Hedge {
    /// Before it: `نحو خمسين`.
    Before(Modifier),
    /// Behind it: `خمسون على الأقل`.
    After(Modifier),
}

impl Meaning for Modifier {}

/// Its file.
pub const FILE: LexiconFile =
    LexiconFile { file: "crates/lexicon/data/hedges.toml", text: include_str!("../../data/hedges.toml") };

/// The hedges.
pub static HEDGES: SharedList<Hedge> = SharedList::new(FILE, || read(&FILE));
