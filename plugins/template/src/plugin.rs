//! The lexicon as an extractor of khabar.

use khabar_core::{Span, Value};
use khabar_extractor::{Doc, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Scratch};
use serde::Deserialize;

use crate::lexicon::{AGENCIES, Agency, Entry, Lexicon};

/// Finds news agencies.
#[derive(Debug)]
pub struct Template {
    lexicon: Lexicon,
}

/// The `config` table of khabar.toml.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// More agencies; they win over the embedded ones.
    pub agencies: Vec<Entry>,
}

impl Template {
    /// The agencies that a document names, in order.
    pub fn find(&self, doc: &Doc<'_>) -> Vec<(Span, Agency)> {
        self.lexicon.find(doc).map(|(span, agency)| (span, agency.clone())).collect()
    }
}

impl Extractor for Template {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        self.lexicon.find(doc).try_for_each(|(span, agency)| out.push(span, 1.0, agency))
    }
}

impl Plugin for Template {
    const NAME: &'static str = "template";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[Agency::KIND];
    const EXAMPLES: &'static [Example] = &[
        Example::new("ونقلت ⟦template.agency;id=reuters|رويترز⟧ عن مسؤول أميركي قوله"),
        Example::new("وقال شهود ل⟦template.agency;id=afp|فرانس برس⟧ إن القصف توقف"),
    ];
    const LEXICONS: &'static [LexiconFile] = &[AGENCIES];

    type Config = Config;

    fn create(Config { agencies }: Config) -> Result<Self, ExtractError> {
        Ok(Self { lexicon: Lexicon::new(&agencies)? })
    }
}
