//! Verbs of saying.

use khabar_extractor::LexiconFile;
use serde::Deserialize;

use super::{SharedList, read};

/// A verb of saying. Its forms come from its principal parts: see [`Inflection::Verb`](crate::Inflection::Verb).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Saying {
    /// How it takes the words.
    pub class: SayingClass,
    /// More of its frame.
    #[serde(default, rename = "value")]
    pub frame: Frame,
}

/// How a verb takes the words that it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub enum SayingClass {
    /// With أن, a colon or the words themselves; its subject speaks.
    Say,
    /// With an object or a preposition that names what was said; its subject speaks.
    Attitude,
    /// What follows ب, بأنه or كـ is the subject's own word for something.
    Describe,
    /// As [`SayingClass::Say`], but the subject may be an outlet that hands on the words of another.
    Relay,
}

/// What a verb of saying takes, and how sure a sign of a report it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Frame {
    /// The preposition that brings in what was said: a bare noun behind the verb is its subject.
    pub with: Option<Preposition>,
    /// It counts only with that preposition.
    pub strict: bool,
    /// It takes no pronoun as an object.
    pub bare: bool,
    /// It has a common other reading, and counts only with أن, a colon or a quotation mark after its subject.
    pub weak: bool,
    /// It goes on with the speaker of the report before it: `أضاف`.
    pub continues: bool,
}

/// A preposition that brings in what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Preposition {
    /// ب
    #[serde(rename = "ب")]
    Ba,
    /// عن
    #[serde(rename = "عن")]
    About,
    /// على
    #[serde(rename = "على")]
    On,
    /// إلى
    #[serde(rename = "إلى")]
    To,
    /// في
    #[serde(rename = "في")]
    In,
}

/// Its file.
pub const FILE: LexiconFile =
    LexiconFile { file: "crates/lexicon/data/saying.toml", text: include_str!("../../data/saying.toml") };

/// The verbs of saying.
pub static SAYING: SharedList<Saying> = SharedList::new(FILE, || read(&FILE));
