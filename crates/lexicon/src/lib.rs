//! How khabar knows words. Every extractor of the house is built on this crate, and anybody else's can be.
//!
//! | part | what it is |
//! | --- | --- |
//! | [`mod@format`] | one TOML schema of word lists, with errors that name file, line and column |
//! | [`inflect`] | from a lemma its forms |
//! | [`spelling`] | what folding hides |
//! | [`clitics`] | what is written together with the front of a word |
//! | [`classes!`] | the classes of words of a grammar, and sets of them |
//! | [`Tagger`] | what a token is: the longest word or phrase that begins with it, by one look-up |
//! | [`PhraseTree`] | the matcher of phrases that the tagger stands on |
//! | [`shared`] | closed classes that several extractors need |
//! | [`rule`] | a table of rules with names |
//!
//! ```
//! use khabar_arabic::Analysis;
//! use khabar_extractor::{Doc, LexiconFile};
//! use khabar_lexicon::{Meaning, Tagger, TaggerBuilder, WordList};
//!
//! #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
//! #[serde(tag = "class", content = "value", rename_all = "snake_case")]
//! enum Word { Month(u8), Currency([char; 3]) }
//! impl Meaning for Word {}
//!
//! const WORDS: LexiconFile = LexiconFile { file: "data/words.toml", text: r#"
//! source = "Unicode CLDR 47, ar"
//! entry = [
//!   { class = "month", value = 1, words = ["يناير", "كانون الثاني"] },
//!   { class = "currency", value = ["P", "L", "N"], words = ["زلوتي"], inflect = "noun" },
//! ]"# };
//!
//! # fn main() -> Result<(), khabar_lexicon::LexiconError> {
//! let mut builder = TaggerBuilder::default();
//! for entry in WordList::<Word>::read(&WORDS)?.entries {
//!     builder.entry(&entry, |_| Some(entry.meaning));
//! }
//! let tagger: Tagger<Word> = builder.build();
//!
//! let text = "وفي كانون الثاني دفع 20 زلوتيا";
//! let mut analysis = Analysis::default();
//! analysis.analyze(text);
//! let doc = Doc::new("", text, &analysis);
//! let found: Vec<_> = tagger.tags(&doc).map(|(at, tag)| (at, tag.meaning, tag.len)).collect();
//! assert_eq!(found, [(1, Word::Month(1), 2), (5, Word::Currency(['P', 'L', 'N']), 1)]);
//! # Ok(())
//! # }
//! ```
//!
//! **Invariant:** it knows words and their forms; what they mean together is the grammars'. Nothing of a word list is skipped
//! in silence.

#![forbid(unsafe_code)]

#[macro_use]
#[doc(hidden)]
pub mod classes;
mod block;
pub mod clitics;
mod error;
pub mod format;
pub mod inflect;
mod phrases;
pub mod rule;
pub mod shared;
pub mod spelling;
mod tagger;

pub use block::{Candidates, TokenFilter};
pub use clitics::{Clitics, Proclitic, Takes};
pub use error::LexiconError;
pub use format::{Entry, WordList};
pub use inflect::{Feature, Features, Form, Inflection, Lemma};
pub use phrases::{PhraseNode, PhraseTree};
pub use tagger::{BackwardTagger, Meaning, Tag, Tagger, TaggerBuilder};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
