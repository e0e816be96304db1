//! The extractor as khabar sees it.

use khabar_core::Value;
use khabar_core::kinds::{Indirect, Speech, Term};
use khabar_extractor::{
    Cancel, Doc, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Reason, RuleInfo, Scratch,
};
use khabar_lexicon::shared::saying;

use crate::api::{Config, Quotes};
use crate::classify;
use crate::emit;
use crate::finder::Finder;
use crate::lexicon::WORDS;
use crate::rules::RULES;

impl Extractor for Quotes {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let (found, mentions) = scratch.get::<Finder>().find(doc, &self.setting, false, out.cancel())?;
        found.iter().try_for_each(|finding| emit::push(out, finding, &mentions))
    }

    fn reasons(&self, doc: &Doc<'_>) -> Vec<Reason> {
        let mut finder = Finder::default();
        // Nobody cancels it, so that it does not fail.
        let Ok((found, _)) = finder.find(doc, &self.setting, true, Cancel::NEVER) else { return Vec::new() };
        found.iter().flat_map(emit::reasons).collect()
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
    const RULES: &'static [RuleInfo] = &RULES;
    const LEXICONS: &'static [LexiconFile] = &[saying::FILE, WORDS, classify::FILE];
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Self::new(&config)
    }
}
