//! People, titles, organisations and places in Arabic text.
//!
//! ```
//! use khabar_entities::{Entities, Kind};
//!
//! let entities = Entities::default();
//! let text = "وصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت";
//! let found: Vec<_> = entities.find_iter(text).map(|m| (m.kind, m.span.of(text).unwrap_or_default())).collect();
//! assert_eq!(found, [
//!     (Kind::Title, "الرئيس الفرنسي"),
//!     (Kind::Norp, "الفرنسي"),
//!     (Kind::Person, "إيمانويل ماكرون"),
//!     (Kind::Gpe, "بيروت"),
//! ]);
//! ```
//!
//! Known names, a grammar of titles and organisations, and what a document says of its own names work together; every
//! mention gets an id that all mentions of one thing share.

#![forbid(unsafe_code)]

mod find;
mod grammar;
mod hashes;
mod identity;
mod kind;
mod lexicon;
mod mention;
pub mod model;
mod pieces;
mod statistical;
mod units;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use khabar_arabic::Analysis;
use khabar_core::kinds::Entity;
use khabar_core::{Span, Value};
use khabar_extractor::{Cancel, Doc, Example, ExtractError, Extractor, Output, Plugin, Reason, Scratch};
use serde::Deserialize;

use find::Work;
pub use kind::Kind;
use lexicon::Lexicon;
pub use lexicon::{Dictionary, LexiconError, RegisterEntry};
use model::Model;

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

/// The entities of a text with the default configuration, by start, longest first: see [`Entities::find_iter`].
pub fn find_iter(text: &str) -> impl Iterator<Item = Mention> + use<> {
    static DEFAULT: LazyLock<Entities> = LazyLock::new(Entities::default);
    DEFAULT.find_iter(text)
}

/// A mention of an entity in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// What it is.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
    /// Which one it is.
    pub entity: Entity<'static>,
    /// How sure that is: 0 to 1.
    pub confidence: f32,
}

/// What the finding needs to know of the configuration.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) anercorp: bool,
    pub(crate) misc: bool,
}

/// The extractor of entities.
pub struct Entities {
    lexicon: Lexicon,
    model: Arc<Model>,
    settings: Settings,
}

/// The model that is built in, checked once a process; its weights are read where they lie. That it can be read is tested.
fn built_in() -> Arc<Model> {
    static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| Arc::new(Model::parse(MODEL_FILE).unwrap_or_default()));
    MODEL.clone()
}

/// A model from a file.
fn load(path: &Path) -> Result<Arc<Model>, ExtractError> {
    let refused = |reason: String| ExtractError::Config(format!("model: {}: {reason}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    Ok(Arc::new(Model::parse(&bytes).map_err(|error| refused(error.to_string()))?))
}

/// See `data/model/README.md` for its making, its scores and its licence.
static MODEL_FILE: &[u8] = include_bytes!("../data/model/entities.khm");

impl Default for Entities {
    fn default() -> Self {
        Self::with(&Config::default(), &Dictionary::default(), built_in())
    }
}

impl Entities {
    /// An extractor with a configuration.
    ///
    /// # Errors
    /// [`ExtractError::Config`] when the model or the register cannot be read or an entry cannot be used, with file and
    /// line.
    pub fn new(config: &Config) -> Result<Self, ExtractError> {
        let refused = |reason: String| ExtractError::Config(reason);
        let mut dictionary = match &config.register {
            Some(path) => Dictionary::read(path).map_err(|error| refused(error.to_string()))?,
            None => Dictionary::default(),
        };
        dictionary.add(&config.dictionary).map_err(refused)?;
        let model = match &config.model {
            Some(path) => load(path)?,
            None => built_in(),
        };
        Ok(Self::with(config, &dictionary, model))
    }

    fn with(config: &Config, dictionary: &Dictionary, model: Arc<Model>) -> Self {
        let settings = Settings { anercorp: config.scheme == Scheme::Anercorp, misc: config.misc };
        Self { lexicon: Lexicon::new(dictionary), model, settings }
    }

    /// The entities of a text, by start, longest first. A name's identity needs the whole text, so that nothing is
    /// found before all is.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = Mention> + use<> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        let mut work = Work::default();
        // Nobody cancels it, so that it does not fail.
        let (mentions, identities) = self.find(&doc, &mut work, Cancel::NEVER).unwrap_or_default();
        let made = mentions.iter().zip(identities).map(|(m, identity)| Mention {
            kind: m.kind,
            span: m.span,
            entity: identity.into_owned(),
            confidence: m.confidence,
        });
        let made: Vec<Mention> = made.filter(|m| self.settings.misc || m.kind != Kind::Misc).collect();
        made.into_iter()
    }

    /// The mentions of a document, by start, longest first, and what each is, unless it is cancelled.
    fn find<'a>(
        &'a self,
        doc: &Doc<'a>,
        work: &'a mut Work,
        cancel: Cancel<'_>,
    ) -> Result<(&'a [mention::Mention], Vec<Entity<'a>>), ExtractError> {
        find::find(doc, &self.lexicon, &self.model, &self.settings, work, cancel)?;
        let Work { units, mentions, keys, .. } = work;
        let identities = identity::resolve(doc, &self.lexicon, units, mentions, keys, cancel)?;
        Ok((mentions, identities))
    }
}

impl Extractor for Entities {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let (mentions, identities) = self.find(doc, scratch.get::<Work>(), out.cancel())?;
        for (mention, identity) in mentions.iter().zip(identities) {
            if self.settings.misc || mention.kind != Kind::Misc {
                mention.kind.push(out, mention.span, mention.confidence, identity)?;
            }
        }
        Ok(())
    }

    fn reasons(&self, doc: &Doc<'_>) -> Vec<Reason> {
        let mut work = Work::default();
        let (mentions, _) = self.find(doc, &mut work, Cancel::NEVER).unwrap_or_default();
        let reason = |m: &mention::Mention| Reason {
            span: m.span,
            kind: format!("entity.{}", m.kind.name()),
            evidence: m.source.evidence(),
        };
        mentions.iter().map(reason).collect()
    }
}

impl Plugin for Entities {
    const NAME: &'static str = "entities";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[
        khabar_core::kinds::Person::KIND,
        khabar_core::kinds::Title::KIND,
        khabar_core::kinds::Org::KIND,
        khabar_core::kinds::Gpe::KIND,
        khabar_core::kinds::Loc::KIND,
        khabar_core::kinds::Fac::KIND,
        khabar_core::kinds::Norp::KIND,
        khabar_core::kinds::Event::KIND,
        khabar_core::kinds::Product::KIND,
        khabar_core::kinds::Misc::KIND,
    ];
    const EXAMPLES: &'static [Example] = &[
        Example::new("وصل ⟦entity.person;id=Q7747|بوتين⟧ إلى ⟦entity.gpe;id=Q956|بكين⟧"),
        Example::new("أعلن ⟦entity.title:المتحدث باسم ⟦entity.fac:الكرملين⟧⟧ موقف ⟦entity.gpe:موسكو⟧"),
        Example::new("بيان ل⟦entity.org:لأمم المتحدة⟧ بشأن ⟦entity.loc:الشرق الأوسط⟧"),
    ];
    const LEXICONS: &'static [khabar_extractor::LexiconFile] = lexicon::FILES;
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Self::new(&config)
    }
}
