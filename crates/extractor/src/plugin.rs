//! The two traits.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{Doc, ExtractError, Output, RuleInfo, Scratch, Span};

/// Finds things in documents. Shared by all threads; what changes lives in [`Scratch`].
pub trait Extractor: Send + Sync {
    /// Finds what there is in one document and pushes it to `out`, in any order.
    ///
    /// # Errors
    /// When this document could not be done; its layer is then dropped and the rest of the document goes on. A text
    /// with nothing in it, or a strange one, is no error.
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError>;

    /// Says by what it finds each annotation of a document, for `khabar explain`, which nobody runs over a corpus: an
    /// extractor with [`Plugin::RULES`] has a reason for every annotation. A shared library's reasons do not cross to the
    /// host.
    fn reasons(&self, _doc: &Doc<'_>) -> Vec<Reason> {
        Vec::new()
    }
}

/// By what an annotation came to be. An annotation may have several reasons, the one that decided first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Where the annotation stands.
    pub span: Span,
    /// Its kind.
    pub kind: String,
    /// By what it was found.
    pub evidence: Evidence,
}

/// What speaks for an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Evidence {
    /// A rule, by its name in [`Plugin::RULES`].
    Rule(&'static str),
    /// An entry of a lexicon: its place, `plugins/entities/data/people.toml:12`, or the key of the configuration that it
    /// stands in.
    Lexicon(String),
    /// A statistical model, by its name.
    Model(&'static str),
}

/// A file of what a plugin knows, an entry a line, such as its `data/` has: for `khabar explain`, which looks words up in
/// it. Lines that begin with `#` are comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LexiconFile {
    /// Its path, as whoever wants to change it looks for it.
    pub file: &'static str,
    /// Its content.
    pub text: &'static str,
}

/// An extractor with a name, a version, the kinds that it gives and needs, and a configuration.
pub trait Plugin: Extractor + Sized + 'static {
    /// Unique name, lower case: `numbers`, `acme.tickers`.
    const NAME: &'static str;
    /// Semantic version; `env!("CARGO_PKG_VERSION")` as a rule.
    const VERSION: &'static str;
    /// The kinds that it may give, [`Value::KIND`](crate::Value::KIND)s.
    const PROVIDES: &'static [&'static str];
    /// The kinds of other extractors that it reads with [`Doc::inputs`]; their providers run before it.
    const REQUIRES: &'static [&'static str] = &[];
    /// Marked texts that hold with the default configuration: documentation, `khabar explain` and test in one.
    const EXAMPLES: &'static [Example] = &[];
    /// Its rules, in the order in which they are tried; each example fires its rule, which [`conformance`] tests. A
    /// configuration that has the key `disable` switches them off by name: see [`DisabledRules`].
    ///
    /// [`conformance`]: https://docs.rs/khabar-extractor
    /// [`DisabledRules`]: crate::DisabledRules
    const RULES: &'static [RuleInfo] = &[];
    /// What it knows, file by file; what of it is empty is not shown.
    const LEXICONS: &'static [LexiconFile] = &[];

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

/// What an extractor says of itself, built in or loaded.
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

    /// Whether names, version and kinds are what every part of khabar can rely on.
    ///
    /// # Errors
    /// [`ExtractError::Other`] says what is wrong: an empty name or version, or one with other signs than letters,
    /// digits, `.`, `_`, `-`, `+`; no kind; a kind that is not lower case in two or more parts; a kind declared twice.
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
