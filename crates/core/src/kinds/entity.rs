//! `entity.*`: people, titles, organisations, places, names.

use serde::{Deserialize, Serialize};

/// What all entities carry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entity {
    /// One key for all mentions of one thing, in every document: a Wikidata id (`Q7747`) where it is known, else a key
    /// made of the name. It depends on the document, the register and the configuration alone.
    pub id: String,
    /// The thing's usual full name.
    pub name: String,
    /// Of a title: the id of the person who holds it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

macro_rules! entities {
    ($($(#[$doc:meta])* $type:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(pub Entity);)*
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
