//! Quotations in Arabic news: who said what, according to whom.
//!
//! A stretch between quotation marks is [`Speech`] when somebody is reported to have said or written it, and a
//! [`Term`] when the marks only set off a name. Speech carries its speaker, the verb or noun of saying, and the
//! outlets that handed it on. What somebody is reported to have said without marks, after `أن`, is [`Indirect`].
//!
//! ```
//! use khabar_quotes::{Quotation, find_iter};
//!
//! let text = "قال المتحدث باسم الوزارة لوكالة «رويترز»: «لن نتراجع عن هذا القرار».";
//! let found: Vec<_> = find_iter(text).filter_map(|(span, quotation)| Some((span.of(text)?, quotation))).collect();
//! assert!(matches!(found[0], ("رويترز", Quotation::Term)));
//! let ("لن نتراجع عن هذا القرار", Quotation::Speech(quote)) = &found[1] else { panic!() };
//! assert_eq!(quote.speaker.and_then(|s| s.of(text)), Some("المتحدث باسم الوزارة"));
//! assert_eq!(quote.cue.and_then(|s| s.of(text)), Some("قال"));
//! assert_eq!(quote.source[0].of(text), Some("رويترز"));
//! ```
//!
//! With the layer of entities among its inputs the extractor names speakers more exactly and gives their ids; without
//! it, noun phrases serve.
//!
//! | stage | what it does |
//! | --- | --- |
//! | `lexicon` | which words are known: `data/words.toml`, and the verbs of saying of `khabar-lexicon` |
//! | `document` | what each token is |
//! | `grammar` | reports: a cue, its subject, and where the words begin; the rules `report.…` and `attribution.…` |
//! | `resolve` | who speaks where nobody is named, and which reports are about a quotation |
//! | `classify` | speech or term: observations and what they weigh; the rules `speech.…` and `term.…` |
//! | `emit` | the values |
//!
//! **Invariant:** this crate names nobody: who people are is the entity layer's to say.

#![forbid(unsafe_code)]

mod api;
mod classify;
mod document;
mod emit;
mod finder;
mod finding;
mod grammar;
mod lexicon;
mod mention;
mod plugin;
mod report;
mod resolve;
mod rules;

pub use api::{Config, Quotes, find_iter};
pub use finding::Quotation;
pub use khabar_core::kinds::{Indirect, Quote, Speech, Term};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
