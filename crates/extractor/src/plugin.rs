//! The two traits.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Doc, ExtractError, Output, RuleInfo, Scratch, Span};

/// Annotates documents. It is shared by all threads; mutable state belongs in [`Scratch`].
pub trait Extractor: Send + Sync {
    /// Annotates one document by pushing annotations to `out`, in any order.
    ///
    /// # Errors
    /// If this document could not be processed; its layer is dropped and the other extractors go on. An empty or unusual
    /// text is not an error.
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError>;

    /// Gives the reason for each annotation of a document, for `khabar explain`; it need not be fast. An extractor with
    /// [`Plugin::RULES`] has a reason for every annotation. The C interface does not pass reasons on.
    fn reasons(&self, _doc: &Doc<'_>) -> Vec<Reason> {
        Vec::new()
    }
}

/// Why an annotation was found. An annotation may have several reasons, the decisive one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Where the annotation stands.
    pub span: Span,
    /// Its kind.
    pub kind: String,
    /// The rule, lexicon entry or model behind it.
    pub evidence: Evidence,
}

/// The evidence for an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// A rule, by its name in [`Plugin::RULES`].
    Rule(&'static str),
    /// An entry of a lexicon: its file and line, `plugins/entities/data/people.toml:12`, or the configuration key that has
    /// it.
    Lexicon(String),
    /// A statistical model, by its name.
    Model(&'static str),
}

/// A lexicon file of a plugin, with one entry per line, in which `khabar explain` looks words up. Lines that begin with `#`
/// are comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LexiconFile {
    /// Its path in the repository.
    pub file: &'static str,
    /// Its content.
    pub text: &'static str,
}

/// An extractor with a name, a version, the kinds that it provides and requires, and a configuration.
pub trait Plugin: Extractor + Sized + 'static {
    /// Unique name, lower case: `numbers`, `acme.tickers`.
    const NAME: &'static str;
    /// Semantic version, usually `env!("CARGO_PKG_VERSION")`.
    const VERSION: &'static str;
    /// The kinds that it can give, [`Value::KIND`](crate::Value::KIND)s.
    const PROVIDES: &'static [&'static str];
    /// The kinds of other extractors that it reads with [`Doc::inputs`]; their providers run before it.
    const REQUIRES: &'static [&'static str] = &[];
    /// Marked texts that hold with the default configuration. They serve as documentation, in `khabar explain`, and as
    /// tests.
    const EXAMPLES: &'static [Example] = &[];
    /// Its rules, in the order in which they are tried. Each example fires its rule, which [`conformance`] tests. A
    /// configuration key `disable` switches rules off by name: see [`DisabledRules`].
    ///
    /// [`conformance`]: https://docs.rs/khabar-extractor
    /// [`DisabledRules`]: crate::DisabledRules
    const RULES: &'static [RuleInfo] = &[];
    /// Its lexicon files; empty ones are not shown.
    const LEXICONS: &'static [LexiconFile] = &[];

    /// The configuration. Derive it with `#[serde(default, deny_unknown_fields)]`, so that a missing key gets its default
    /// and a misspelt one is refused.
    type Config: DeserializeOwned;

    /// Creates the extractor and compiles its lexicons.
    ///
    /// # Errors
    /// [`ExtractError::Config`], which names the invalid key.
    fn create(config: Self::Config) -> Result<Self, ExtractError>;
}

/// Creates a plugin from its configuration in JSON. Every face of a plugin uses it, so that all report an invalid
/// configuration in the same words.
///
/// # Errors
/// [`ExtractError::Config`], which begins with the path of the invalid key (`terms[0].kind: …`) if there is one.
pub fn configure<P: Plugin>(json: &[u8]) -> Result<P, ExtractError> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let config = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let reason = error.into_inner().to_string();
        // A position in the JSON text does not help the author of a TOML file.
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason);
        ExtractError::Config(if path == "." { reason.to_owned() } else { format!("{path}: {reason}") })
    })?;
    P::create(config)
}

/// A text with its annotations as [`marked`](crate::marked) text: `بلغت ⟦number.cardinal=1250|١٢٥٠⟧ ريال`.
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

    /// Sets the document's date.
    #[must_use]
    pub const fn on(self, date: &'static str) -> Self {
        Self { date: Some(date), ..self }
    }

    /// Sets the document's country.
    #[must_use]
    pub const fn from_country(self, country: &'static str) -> Self {
        Self { country: Some(country), ..self }
    }
}

/// The description of an extractor, built in or loaded.
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
    /// The description of a plugin.
    pub fn of<P: Plugin>() -> Self {
        let owned = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect();
        Self {
            name: P::NAME.into(),
            version: P::VERSION.into(),
            provides: owned(P::PROVIDES),
            requires: owned(P::REQUIRES),
        }
    }

    /// Checks that name, version and kinds are well formed.
    ///
    /// # Errors
    /// [`ExtractError::Other`] for an empty name or version, or one with characters other than letters, digits, `.`, `_`,
    /// `-`, `+`; no kinds; a kind that is not lower case in two or more parts; a kind declared twice.
    pub fn check(&self) -> Result<(), ExtractError> {
        let Self { name, version, provides, requires } = self;
        let plain = |text: &str, more: &[u8]| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || more.contains(&b))
        };
        let lower = |text: &str| plain(text, b"_") && !text.bytes().any(|b| b.is_ascii_uppercase());
        let is_kind = |kind: &&String| kind.contains('.') && kind.split('.').all(lower);
        let twice = provides.iter().enumerate().find(|(at, kind)| provides[..*at].contains(kind));
        Err(ExtractError::Other(if !plain(name, b"._-") {
            format!("invalid extractor name {name:?}: expected letters, digits, `.`, `_` and `-`")
        } else if !plain(version, b".+-") {
            format!("{name}: invalid version {version:?}: expected letters, digits, `.`, `+` and `-`")
        } else if provides.is_empty() {
            format!("{name} provides no kinds: expected at least one")
        } else if let Some(kind) = provides.iter().chain(requires).find(|kind| !is_kind(kind)) {
            format!("{name}: invalid kind {kind:?}: expected lower case, two or more parts joined by dots")
        } else if let Some((_, kind)) = twice {
            format!("{name} declares the kind {kind} twice")
        } else {
            return Ok(());
        }))
    }

    /// The `source` of its annotations: `numbers@0.1.0`.
    pub fn source(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_plugin_may_say_of_itself() {
        let owned = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect();
        let told = |name: &str, version: &str, provides: &[&str], requires: &[&str]| {
            let (provides, requires) = (owned(provides), owned(requires));
            let info = Info { name: name.into(), version: version.into(), provides, requires };
            info.check().err().map(|error| error.to_string())
        };
        assert_eq!(told("acme.tickers", "0.1.0-beta+5", &["acme.ticker", "acme.a.b_2"], &["number.money"]), None);
        for (name, version, provides, requires) in [
            ("", "1", &["a.b"][..], &[][..]),
            ("a b", "1", &["a.b"], &[]),
            ("a", "", &["a.b"], &[]),
            ("a", "1\n", &["a.b"], &[]),
            ("a", "1", &[], &[]),
            ("a", "1", &["a"], &[]),
            ("a", "1", &["A.b"], &[]),
            ("a", "1", &["a..b"], &[]),
            ("a", "1", &["a.b"], &["a.\""]),
            ("a", "1", &["a.b", "a.b"], &[]),
        ] {
            assert!(
                told(name, version, provides, requires).is_some(),
                "{name:?} {version:?} {provides:?} {requires:?}"
            );
        }
    }
}
