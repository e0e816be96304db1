//! The lexicon as an extractor of khabar.

use khabar_core::Value;
use khabar_extractor::{Doc, Example, ExtractError, Extractor, Output, Plugin, Scratch};
use serde::Deserialize;

use crate::lexicon::{Agency, Entry, Lexicon, embedded_entries};

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

impl Extractor for Template {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let mut token = 0;
        while let Some((span, agency)) = self.lexicon.find(doc, &mut token) {
            out.push(span, 1.0, agency)?;
        }
        Ok(())
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

    type Config = Config;

    fn create(Config { mut agencies }: Config) -> Result<Self, ExtractError> {
        agencies.extend(embedded_entries()?);
        Ok(Self { lexicon: Lexicon::new(&agencies)? })
    }
}
