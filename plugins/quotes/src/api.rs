//! The typed face: a text or a document in, quotations out, no layers.

use std::sync::LazyLock;

use khabar_arabic::Analysis;
use khabar_extractor::{Cancel, DisabledRules, Doc, ExtractError, Span};
use khabar_lexicon::LexiconError;
use khabar_lexicon::rule::Switches;
use khabar_lexicon::shared::future::FutureVerbs;
use serde::Deserialize;

use crate::classify::WEIGHTS;
use crate::emit;
use crate::finder::{Finder, Setting};
use crate::finding::Quotation;
use crate::lexicon::LEXICON;
use crate::rules::RULES;

/// The extractor of `quote.speech`, `quote.term` and `quote.indirect`.
#[derive(Clone, Debug)]
pub struct Quotes {
    pub(crate) setting: Setting,
}

/// What can be set.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// Whether indirect speech is given.
    pub indirect: bool,
    /// The names of rules that are switched off.
    pub disable: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { indirect: true, disable: Vec::new() }
    }
}

/// Verbs of the future, which stand in clauses.
static FUTURE: LazyLock<Result<FutureVerbs, LexiconError>> = LazyLock::new(FutureVerbs::new);

impl Quotes {
    /// Makes the extractor.
    ///
    /// # Errors
    /// [`ExtractError::Config`] for an unknown rule in `disable`; [`ExtractError::Other`] where a word list cannot be read.
    pub fn new(config: &Config) -> Result<Self, ExtractError> {
        let Config { indirect, disable } = config;
        let setting = Setting {
            tagger: LEXICON.as_ref()?,
            future: FUTURE.as_ref()?,
            weights: WEIGHTS.as_ref().map_err(|error| ExtractError::Other(error.clone()))?,
            indirect: *indirect,
            switches: Switches::new(DisabledRules::new(&RULES, disable)?),
        };
        Ok(Self { setting })
    }

    /// The quotations of an analysed document, with its entities where they are among the inputs, each with its confidence
    /// (0 to 1), ordered by start, longest first.
    pub fn find(&self, doc: &Doc<'_>) -> Vec<(Span, f32, Quotation)> {
        let mut finder = Finder::default();
        // Nobody cancels it, so that it does not fail.
        let Ok((found, mentions)) = finder.find(doc, &self.setting, false, Cancel::NEVER) else { return Vec::new() };
        let quotation = |finding| emit::quotation(finding, &mentions);
        found.iter().map(|finding| (finding.span, finding.confidence, quotation(finding))).collect()
    }
}

/// Finds the quotations of a text, in order, without knowing its entities.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, Quotation)> {
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let doc = Doc::new("", text, &analysis);
    // The data files are part of the crate, and a test reads them.
    let found = Quotes::new(&Config::default()).map(|quotes| quotes.find(&doc)).unwrap_or_default();
    found.into_iter().map(|(span, _, quotation)| (span, quotation))
}
