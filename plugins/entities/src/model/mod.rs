//! The statistical model of names: a linear-chain conditional random field over words.
//!
//! [`analyse`] tells what is known of a word by its letters and by [`Vocabulary`]; features are hashes
//! ([`each_of_word`], [`each_of_sentence`]); [`Tagger`] adds their int8 weights and finds the best labels with integer
//! arithmetic. Training, in `khabar-entities-train`, extracts its features with the same code and writes the file that
//! [`Model::parse`] reads.

mod chain;
mod context;
mod dense;
mod features;
mod file;
mod huge;
mod known;
mod memory;
mod remembered;
mod sentences;
mod table;
mod tagger;
#[cfg(test)]
mod tests;
mod vocabulary;
mod word;

pub use context::each_of_sentence;
pub use features::{Offset, bigram, boundary, cluster_pair, each_of_word, phrase, shapes};
pub use file::{Contents, Model, ModelError};
pub(crate) use memory::AHEAD;
pub use table::{MOST_FEATURES, Row, Weights};
pub use tagger::{Label, Tagger};
pub use vocabulary::{Gazetteer, PhraseLen, Vocabulary, VocabularyBuilder, WordEntry};
pub use word::{Shape, WordForm, analyse};

/// Labels of the chain, in the order of their weights.
pub const LABELS: [&str; 9] = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"];

/// How many labels there are.
pub const N: usize = LABELS.len();
