//! What khabar sees of it.

use khabar_core::Value;
use khabar_core::kinds::{Event, Fac, Gpe, Loc, Misc, Norp, Org, Person, Product, Title};
use khabar_extractor::{
    Cancel, Doc, Evidence, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Reason, RuleInfo, Scratch,
};

use crate::api::Entities;
use crate::config::Config;
use crate::emit;
use crate::find::Work;
use crate::grammar::rules;
use crate::lexicon;
use crate::mention::{Mention, Source};

/// The name of the model that is built in.
const MODEL: &str = "entities.khm";

impl Extractor for Entities {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let (mentions, identities) = self.mentions(doc, scratch.get::<Work>(), out.cancel())?;
        for (mention, identity) in mentions.iter().zip(identities) {
            if self.settings.gives(mention.kind) {
                emit::push(mention.kind, out, mention.span, mention.confidence, identity)?;
            }
        }
        Ok(())
    }

    fn reasons(&self, doc: &Doc<'_>) -> Vec<Reason> {
        let mut work = Work::default();
        let (mentions, _) = self.mentions(doc, &mut work, Cancel::NEVER).unwrap_or_default();
        let given = mentions.iter().filter(|mention| self.settings.gives(mention.kind));
        given.flat_map(|mention| self.evidence(mention)).collect()
    }
}

impl Entities {
    /// What speaks for a mention: the rule or the model that found it, then the line of the lexicon that knows it.
    fn evidence(&self, mention: &Mention) -> impl Iterator<Item = Reason> {
        let found = match (mention.source, mention.source.rule()) {
            (Source::User, _) => None,
            (_, Some(rule)) => Some(Evidence::Rule(rules::name(rule))),
            (_, None) => Some(Evidence::Model(MODEL)),
        };
        let known = mention.thing.map(|thing| Evidence::Lexicon(self.lexicon.place(thing)));
        let (span, kind) = (mention.span, mention.kind.annotation());
        found.into_iter().chain(known).map(move |evidence| Reason { span, kind: kind.to_owned(), evidence })
    }
}

impl Plugin for Entities {
    const NAME: &'static str = "entities";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[
        Person::KIND,
        Title::KIND,
        Org::KIND,
        Gpe::KIND,
        Loc::KIND,
        Fac::KIND,
        Norp::KIND,
        Event::KIND,
        Product::KIND,
        Misc::KIND,
    ];
    const EXAMPLES: &'static [Example] = &[
        Example::new("وصل ⟦entity.person;id=Q7747|بوتين⟧ إلى ⟦entity.gpe;id=Q956|بكين⟧"),
        Example::new("أعلن ⟦entity.title:المتحدث باسم ⟦entity.fac:الكرملين⟧⟧ موقف ⟦entity.gpe:موسكو⟧"),
        Example::new("بيان ل⟦entity.org:لأمم المتحدة⟧ بشأن ⟦entity.loc:الشرق الأوسط⟧"),
    ];
    const RULES: &'static [RuleInfo] = &rules::INFOS;
    const LEXICONS: &'static [LexiconFile] = lexicon::FILES;
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Self::new(config)
    }
}
