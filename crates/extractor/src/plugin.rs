//! The two traits.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Doc, ExtractError, Output, Scratch};

/// Finds things in documents. Shared by all threads; what changes lives in [`Scratch`].
pub trait Extractor: Send + Sync {
    /// Finds what there is in one document and pushes it to `out`, in any order.
    ///
    /// # Errors
    /// When this document could not be done; its layer is then dropped and the rest of the document goes on. A text
    /// with nothing in it, or a strange one, is no error.
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError>;
}

/// An extractor with a name, a version, the kinds that it gives and needs, and a configuration.
pub trait Plugin: Extractor + Sized + 'static {
    /// Unique name, lower case: `numbers`, `acme.tickers`.
    const NAME: &'static str;
    /// Semantic version; `env!("CARGO_PKG_VERSION")` as a rule.
    const VERSION: &'static str;
    /// The kinds that it may give, [`Value::KIND`](crate::Value::KIND)s.
    const PROVIDES: &'static [&'static str];
    /// The kinds of other extractors that it reads with [`Doc::each`]; their providers run before it.
    const REQUIRES: &'static [&'static str] = &[];
    /// Marked texts that hold with the default configuration: documentation, `khabar explain` and test in one.
    const EXAMPLES: &'static [Example] = &[];

    /// Derive it with `#[serde(default, deny_unknown_fields)]`, so that a missing key has its default and a misspelt
    /// one is refused.
    type Config: DeserializeOwned;

    /// Makes the extractor; the place to compile lexicons.
    ///
    /// # Errors
    /// [`ExtractError::Config`] names the key that cannot be used.
    fn create(config: Self::Config) -> Result<Self, ExtractError>;
}

/// Makes a plugin from its configuration in JSON, the way of every face of a plugin, so that all refuse a bad
/// configuration in the same words.
///
/// # Errors
/// [`ExtractError::Config`], which begins with the path of the key at fault (`terms[0].kind: …`) where there is one.
pub fn configure<P: Plugin>(json: &[u8]) -> Result<P, ExtractError> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let config = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        // The place in the JSON text means nothing to whoever wrote the configuration in TOML.
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        ExtractError::Config(if path == "." { reason.to_owned() } else { format!("{path}: {reason}") })
    })?;
    P::create(config)
}

/// A text with what is found in it, as [`marked`](crate::marked) text: `بلغت ⟦number.cardinal=1250|١٢٥٠⟧ ريال`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The marked text.
    pub text: &'static str,
    /// The document's date, ISO 8601.
    pub date: Option<&'static str>,
    /// The document's country, ISO 3166.
    pub country: Option<&'static str>,
}

impl Example {
    /// An example without date and country.
    pub const fn new(text: &'static str) -> Self {
        Self { text, date: None, country: None }
    }

    /// The same in a document of this date.
    #[must_use]
    pub const fn on(self, date: &'static str) -> Self {
        Self { date: Some(date), ..self }
    }

    /// The same in a document from this country.
    #[must_use]
    pub const fn from_country(self, country: &'static str) -> Self {
        Self { country: Some(country), ..self }
    }
}

/// What an extractor says of itself, linked in or loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// [`Plugin::NAME`].
    pub name: String,
    /// [`Plugin::VERSION`].
    pub version: String,
    /// [`Plugin::PROVIDES`]; a record's kind is an index into it.
    pub provides: Vec<String>,
    /// [`Plugin::REQUIRES`].
    #[serde(default)]
    pub requires: Vec<String>,
}

impl Info {
    /// What a plugin says of itself.
    pub fn of<P: Plugin>() -> Self {
        let owned = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect();
        Self {
            name: P::NAME.into(),
            version: P::VERSION.into(),
            provides: owned(P::PROVIDES),
            requires: owned(P::REQUIRES),
        }
    }

    /// The `source` of its annotations: `numbers@0.1.0`.
    pub fn source(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}
