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
//! **Invariant:** this crate names nobody: who people are is the entity layer's to say.

#![forbid(unsafe_code)]

mod according;
mod attribute;
mod context;
mod cue;
mod facts;
mod few;
mod finder;
mod found;
mod judge;
mod lexicon;
mod mention;
mod phrase;
mod report;
mod sets;
mod signs;
mod sources;
mod subject;
mod table;
mod tagger;
mod tags;
mod way;

use khabar_arabic::Analysis;
pub use khabar_core::kinds::{Indirect, Quote, Speech, Term};
use khabar_extractor::{
    Cancel, Doc, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Scratch, Span, Value,
};
use serde::Deserialize;

use finder::Finder;

/// What words are.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Quotation {
    /// Words between marks that somebody said or wrote.
    Speech(Quote),
    /// A name or term between marks.
    Term,
    /// What somebody said, without marks.
    Indirect(Quote),
}

/// Finds the quotations of a text, in order, without knowing its entities.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, Quotation)> {
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let mut found = Vec::new();
    find_in(&Doc::new("", text, &analysis), |span, _, quotation| found.push((span, quotation)));
    found.into_iter()
}

/// Finds the quotations of an analysed document, with its entities where they are among the inputs, and hands each to
/// `f` with its confidence (0 to 1), ordered by start, longest first.
pub fn find_in(doc: &Doc<'_>, mut f: impl FnMut(Span, f32, Quotation)) {
    // Nobody cancels it, so that it does not fail.
    if let Ok(found) = Finder::default().find(doc, true, Cancel::NEVER) {
        found.quotations().for_each(|(span, confidence, quotation)| f(span, confidence, quotation));
    }
}

/// The extractor of `quote.speech`, `quote.term` and `quote.indirect`.
#[derive(Clone, Debug)]
pub struct Quotes {
    config: Config,
}

/// What can be set.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Whether indirect speech is given.
    pub indirect: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { indirect: true }
    }
}

impl Extractor for Quotes {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        scratch.get::<Finder>().find(doc, self.config.indirect, out.cancel())?.push(out)
    }
}

impl Plugin for Quotes {
    const NAME: &'static str = "quotes";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[Speech::KIND, Term::KIND, Indirect::KIND];
    const REQUIRES: &'static [&'static str] = &[
        "entity.person",
        "entity.title",
        "entity.org",
        "entity.gpe",
        "entity.fac",
        "entity.norp",
        "entity.event",
        "entity.product",
        "entity.loc",
    ];
    const EXAMPLES: &'static [Example] = &[
        Example::new("وقال الوزير: \"⟦quote.speech:لن نقبل هذه الشروط أبدا⟧\"."),
        Example::new("قناة \"⟦quote.term:الأفق⟧\""),
    ];
    const LEXICONS: &'static [LexiconFile] = &[
        LexiconFile { file: "plugins/quotes/data/verbs.toml", text: include_str!("../data/verbs.toml") },
        LexiconFile { file: "plugins/quotes/data/words.toml", text: include_str!("../data/words.toml") },
    ];
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Ok(Self { config })
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
