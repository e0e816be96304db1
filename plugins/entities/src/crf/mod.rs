//! The statistical model of names: a linear-chain conditional random field over words.
//!
//! [`analyse`] tells what is known of a word by its letters and by [`Vocabulary`]; features are hashes
//! ([`each_of_word`], [`each_of_sentence`]); [`Decoder`] adds their int8 weights and finds the best labels with integer
//! arithmetic. Training, in `khabar-entities-train`, extracts its features with the same code and writes the file that
//! [`Model::parse`] reads.

mod cache;
mod consistency;
mod context;
mod decoder;
mod features;
mod file;
mod hash_set;
mod huge_page_vec;
mod labels;
mod packed;
mod parameters;
mod precomputed;
mod sentences;
mod viterbi;
mod vocabulary;
mod weight_tables;
mod weights;
mod word_form;
mod word_info;

pub use context::each_of_sentence;
pub use decoder::Decoder;
pub(crate) use decoder::Words;
pub use features::{Offset, bigram, boundary, cluster_pair, each_of_word, phrase, shapes};
pub use file::{Contents, Model, ModelError};
pub(crate) use hash_set::HashSet64;
pub use labels::{LABELS, Label, N};
pub(crate) use sentences::LONGEST as LONGEST_SENTENCE;
pub use vocabulary::{Gazetteer, PhraseLen, Vocabulary, VocabularyBuilder, WordEntry};
pub use weights::{MOST_FEATURES, Row, Weights};
pub use word_form::{Shape, WordForm, analyse};
