//! The configuration.

use std::path::PathBuf;

use khabar_extractor::DisabledRules;
use serde::Deserialize;

use crate::kind::Kind;
use crate::lexicon::RegisterEntry;

/// The configuration.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Whether names that are of no other kind are given as `entity.misc`.
    pub misc: bool,
    /// Whose conventions are followed where corpora differ.
    pub scheme: Scheme,
    /// A model file in place of the one that is built in.
    pub model: Option<PathBuf>,
    /// A register of the user's entities, a TOML file; it wins over what is built in.
    pub register: Option<PathBuf>,
    /// Entities of the user; they win over the register.
    pub dictionary: Vec<RegisterEntry>,
    /// Names of rules that are switched off.
    pub disable: Vec<String>,
}

/// Conventions of annotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Scheme {
    /// khabar's own guidelines.
    #[default]
    Khabar,
    /// The corpus ANERcorp: no bare الحكومة, no government bodies, no buildings beyond its own.
    Anercorp,
}

/// What the finding needs to know of the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) anercorp: bool,
    pub(crate) misc: bool,
    pub(crate) disabled: DisabledRules,
}

impl Settings {
    /// Whether mentions of a kind are given.
    pub(crate) fn gives(&self, kind: Kind) -> bool {
        self.misc || kind != Kind::Misc
    }
}
