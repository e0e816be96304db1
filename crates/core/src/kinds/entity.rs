//! `entity.*`: people, titles, organisations, places, names.

use serde::{Deserialize, Serialize};

use crate::json::Object;

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

/// An [`Entity`] that is lent, for extractors that have its parts elsewhere; it is written the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntityRef<'a> {
    /// See [`Entity::id`].
    pub id: &'a str,
    /// See [`Entity::name`].
    pub name: &'a str,
    /// See [`Entity::holder`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<&'a str>,
}

impl Entity {
    /// The same, lent.
    pub fn lend(&self) -> EntityRef<'_> {
        EntityRef { id: &self.id, name: &self.name, holder: self.holder.as_deref() }
    }
}

impl EntityRef<'_> {
    /// Appends it as JSON, byte for byte as [`Serialize`] gives it.
    ///
    /// # Errors
    /// None happen: strings can always be JSON.
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let mut object = Object::new(out);
        object.string("id", self.id)?;
        object.string("name", self.name)?;
        if let Some(holder) = self.holder {
            object.string("holder", holder)?;
        }
        object.end();
        Ok(())
    }
}

macro_rules! entities {
    ($($(#[$doc:meta])* $type:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(pub Entity);

        impl $type {
            pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
                self.0.lend().write_json(out)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn what_is_written_by_hand_is_what_serde_writes() {
        for (id, name, holder) in [("Q7747", "فلاديمير بوتين", None), ("title:رئيس.Q159", "a \"b\"\\\n", Some("Q\u{1}"))]
        {
            let entity = Entity { id: id.into(), name: name.into(), holder: holder.map(str::to_owned) };
            let mut written = Vec::new();
            Person(entity.clone()).write_json(&mut written).expect("written");
            assert_eq!(String::from_utf8(written).expect("UTF-8"), serde_json::to_string(&entity).expect("JSON"));
            assert_eq!(
                serde_json::to_string(&entity.lend()).expect("JSON"),
                serde_json::to_string(&entity).expect("JSON")
            );
        }
    }
}
