//! `entity.*`: people, titles, organisations, places, names.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What all entities carry. The strings may be borrowed: from an extractor's lexicon or text when an entity is written,
/// from a layer when it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Entity<'a> {
    /// One key for all mentions of one thing, in every document: a Wikidata id (`Q7747`) where it is known, else a key
    /// made of the name, which begins with [`Entity::KEY`]. It depends on the document, the register and the configuration
    /// alone.
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    /// The thing's usual full name.
    #[serde(borrow)]
    pub name: Cow<'a, str>,
    /// Whether the id is one of a known thing, not a key of the name.
    #[serde(default)]
    pub linked: bool,
    /// Of a title: the id of the person who holds it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<Cow<'a, str>>,
}

impl<'a> Entity<'a> {
    /// What ids begin with that are keys of names: `khabar:person/smir.khuri`.
    pub const KEY: &'static str = "khabar:";

    /// An entity without a holder, linked if the id is no key.
    pub fn new(id: impl Into<Cow<'a, str>>, name: impl Into<Cow<'a, str>>) -> Self {
        let id = id.into();
        Self { linked: !id.starts_with(Self::KEY), id, name: name.into(), holder: None }
    }

    /// The same with the id of the person who holds the title.
    #[must_use]
    pub fn with_holder(self, holder: impl Into<Cow<'a, str>>) -> Self {
        Self { holder: Some(holder.into()), ..self }
    }

    /// The same with strings of its own.
    pub fn into_owned(self) -> Entity<'static> {
        let owned = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Entity { id: owned(self.id), name: owned(self.name), linked: self.linked, holder: self.holder.map(owned) }
    }
}

macro_rules! entities {
    ($($(#[$doc:meta])* $type:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type<'a>(#[serde(borrow)] pub Entity<'a>);

        impl<'a> From<Entity<'a>> for $type<'a> {
            fn from(entity: Entity<'a>) -> Self {
                Self(entity)
            }
        })*
    };
}

entities! {
    /// `entity.person`: names of people, without titles.
    Person;
    /// `entity.title`: the office or role that stands with, or for, a person; the whole phrase.
    Title;
    /// `entity.org`: government bodies, parties, alliances, companies, media, armies, administrations.
    Org;
    /// `entity.gpe`: countries, cities, regions with a government, also when they stand for it.
    Gpe;
    /// `entity.loc`: places with no government: continents, seas, regions.
    Loc;
    /// `entity.fac`: named buildings and installations.
    Fac;
    /// `entity.norp`: adjectives and nouns of nationality, religion, politics.
    Norp;
    /// `entity.event`: named wars, conferences, disasters.
    Event;
    /// `entity.product`: named weapons, platforms, programmes.
    Product;
    /// `entity.misc`: what four-class corpora call MISC and the other kinds do not know; given only when asked for.
    Misc;
}
