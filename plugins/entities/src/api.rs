//! The typed face.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use khabar_arabic::Analysis;
use khabar_core::Span;
use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, DisabledRules, Doc, ExtractError};

use crate::confidence;
use crate::config::{Config, Scheme, Settings};
use crate::crf::Model;
use crate::find::{self, Work};
use crate::grammar::rules;
use crate::kind::Kind;
use crate::lexicon::{Lexicon, UserEntries};
use crate::mention;
use crate::resolve;

/// A mention of an entity in a text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
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

/// The extractor of entities.
pub struct Entities {
    pub(crate) lexicon: Lexicon,
    model: Arc<Model>,
    pub(crate) settings: Settings,
}

/// See `data/model/README.md` for its making, its scores and its licence.
static MODEL_FILE: &[u8] = include_bytes!("../data/model/entities.khm");

/// The model that is built in, read once a process. A test checks its sum.
fn built_in() -> Arc<Model> {
    static MODEL: LazyLock<Arc<Model>> = LazyLock::new(|| Arc::new(Model::embedded(MODEL_FILE).unwrap_or_default()));
    MODEL.clone()
}

/// A model from a file.
fn load(path: &Path) -> Result<Arc<Model>, ExtractError> {
    let refused = |reason: String| ExtractError::Config(format!("model: {}: {reason}", path.display()));
    let bytes = std::fs::read(path).map_err(|error| refused(error.to_string()))?;
    Ok(Arc::new(Model::parse(&bytes).map_err(|error| refused(error.to_string()))?))
}

impl Entities {
    /// An extractor with a configuration.
    ///
    /// # Errors
    /// [`ExtractError::Config`] when the model or the register cannot be read or an entry cannot be used, with file and
    /// line.
    pub fn new(config: Config) -> Result<Self, ExtractError> {
        let mut user = UserEntries::default();
        if let Some(path) = &config.register {
            user.read_register(path)?;
        }
        user.add_dictionary(&config.dictionary)?;
        let model = match &config.model {
            Some(path) => load(path)?,
            None => built_in(),
        };
        let settings = Settings {
            anercorp: config.scheme == Scheme::Anercorp,
            misc: config.misc,
            disabled: DisabledRules::new(&rules::INFOS, &config.disable)?,
        };
        Ok(Self { lexicon: Lexicon::new(&user)?, model, settings })
    }

    /// The entities of a document, by start, longest first.
    pub fn find(&self, doc: &Doc<'_>) -> Vec<Mention> {
        let mut work = Work::default();
        // Nobody cancels it, so that it does not fail.
        let (mentions, identities) = self.mentions(doc, &mut work, Cancel::NEVER).unwrap_or_default();
        let made = mentions.iter().zip(identities).map(|(m, identity)| Mention {
            kind: m.kind,
            span: m.span,
            entity: identity.into_owned(),
            confidence: m.confidence,
        });
        made.filter(|m| self.settings.gives(m.kind)).collect()
    }

    /// The entities of a text, by start, longest first. A name's identity needs the whole text, so that nothing is
    /// found before all is.
    pub fn find_iter(&self, text: &str) -> impl Iterator<Item = Mention> + use<> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        self.find(&Doc::new("", text, &analysis)).into_iter()
    }

    /// The mentions of a document, by start, longest first, and what each is, unless it is cancelled.
    pub(crate) fn mentions<'a>(
        &'a self,
        doc: &Doc<'a>,
        work: &'a mut Work,
        cancel: Cancel<'_>,
    ) -> Result<(&'a [mention::Mention], Vec<Entity<'a>>), ExtractError> {
        find::find(doc, &self.lexicon, &self.model, &self.settings, work, cancel)?;
        let Work { segments, mentions, keys, .. } = work;
        let identities = resolve::resolve(doc, &self.lexicon, segments, mentions, keys, cancel)?;
        confidence::rate(mentions);
        Ok((mentions, identities))
    }
}

/// The entities of a text with the default configuration, by start, longest first: see [`Entities::find_iter`].
pub fn find_iter(text: &str) -> impl Iterator<Item = Mention> + use<> {
    // A test sees to it that what is built in can be read.
    static DEFAULT: LazyLock<Option<Entities>> = LazyLock::new(|| Entities::new(Config::default()).ok());
    DEFAULT.as_ref().map(|entities| entities.find_iter(text)).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_model_is_what_was_written() {
        assert_eq!(Model::parse(MODEL_FILE).err(), None);
    }
}
