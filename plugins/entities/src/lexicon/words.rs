//! The word lists and what their entries say.

use khabar_extractor::LexiconFile;
use khabar_lexicon::shared::countries;
use serde::Deserialize;

use super::flags::{HeadUse, TitleUse, TriggerFlag, TriggerFlags};
use crate::kind::Kind;
use crate::name_key;

macro_rules! data {
    ($($name:ident = $file:literal;)*) => {
        $(pub(super) const $name: LexiconFile = LexiconFile {
            file: concat!("plugins/entities/data/", $file),
            text: include_str!(concat!("../../data/", $file)),
        };)*

        /// All word lists, for whoever wants to look a word up.
        pub(crate) const FILES: &[LexiconFile] =
            &[countries::FILE, $($name,)* name_key::GIVEN_NAMES, name_key::LETTERS];
    };
}

data! {
    NORPS = "norps.toml";
    PLACES = "places.toml";
    ORGANISATIONS = "organisations.toml";
    EVENTS = "events.toml";
    PEOPLE = "people.toml";
    TITLES = "titles.toml";
    TITLE_WORDS = "title-words.toml";
    TRIGGERS = "triggers.toml";
}

/// An entry of the lists of names: a thing that is known by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownThing {
    #[serde(rename = "class")]
    pub(super) kind: Kind,
    #[serde(default)]
    pub(super) value: Notes,
}

/// What there is to say of a thing beside its names.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Notes {
    /// Those of its names that are other words as well: they count only where the context says that they are names.
    pub(super) weak: Vec<String>,
    /// Of a city that has a country's name as well: the country that it is in, by id and code.
    pub(super) of: Option<(String, String)>,
    /// Of a person: the id of the country whose president they are.
    pub(super) heads: Option<String>,
}

/// An entry of the list of peoples, religions and creeds.
#[derive(Deserialize)]
#[serde(tag = "class", rename_all = "snake_case")]
pub(super) enum People {
    Norp,
}

/// An entry of the list of titles.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
pub(super) enum TitleHead {
    Title(Vec<TitleUse>),
}

/// An entry of the list of words inside titles.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
pub(super) enum TitleWord {
    Adjective,
    Indefinite,
    Former,
    Portfolio,
    Field,
    Occasion,
    Initial,
    Preposition(Vec<TitleUse>),
    And,
    Against,
    Currency,
    Scale,
    AlsoAdjective,
    Luck,
    Kin,
    Place,
    Inside,
    Team,
    Language,
    Stop,
    Ordinary,
}

impl TitleWord {
    pub(super) fn flags(&self) -> TriggerFlags {
        match self {
            Self::Adjective => TriggerFlags::of(&[TriggerFlag::Adjective, TriggerFlag::Definite]),
            Self::Indefinite => TriggerFlag::Indefinite.set(),
            Self::Former => TriggerFlag::Former.set(),
            Self::Portfolio => TriggerFlag::Portfolio.set(),
            Self::Field => TriggerFlag::Field.set(),
            Self::Occasion => TriggerFlag::Occasion.set(),
            Self::Initial => TriggerFlag::Initial.set(),
            Self::Preposition(uses) => {
                uses.iter().fold(TriggerFlag::Preposition.set(), |all, one| all.union(one.flags()))
            }
            Self::And => TriggerFlag::And.set(),
            Self::Currency => TriggerFlag::Currency.set(),
            Self::Scale => TriggerFlag::Scale.set(),
            Self::Against => TriggerFlag::Against.set(),
            Self::AlsoAdjective => TriggerFlag::AlsoAdjective.set(),
            Self::Kin => TriggerFlag::Kin.set(),
            Self::Luck => TriggerFlag::Luck.set(),
            Self::Place => TriggerFlag::Place.set(),
            Self::Inside => TriggerFlags::of(&[TriggerFlag::Place, TriggerFlag::Inside]),
            Self::Team => TriggerFlag::Team.set(),
            Self::Language => TriggerFlag::Language.set(),
            Self::Stop => TriggerFlag::Stop.set(),
            Self::Ordinary => TriggerFlag::Ordinary.set(),
        }
    }
}

/// An entry of the list of heads of names.
#[derive(Deserialize)]
#[serde(tag = "class", content = "value", rename_all = "snake_case")]
pub(super) enum NameHead {
    Org(Vec<HeadUse>),
    Fac(Vec<HeadUse>),
    Loc(Vec<HeadUse>),
    Gpe(Vec<HeadUse>),
    Event(Vec<HeadUse>),
    Product(Vec<HeadUse>),
}

impl NameHead {
    pub(super) fn flags(&self) -> TriggerFlags {
        let (of, uses) = match self {
            Self::Org(uses) => (TriggerFlag::Org, uses),
            Self::Fac(uses) => (TriggerFlag::Fac, uses),
            Self::Loc(uses) => (TriggerFlag::Loc, uses),
            Self::Gpe(uses) => (TriggerFlag::Gpe, uses),
            Self::Event(uses) => (TriggerFlag::Event, uses),
            Self::Product(uses) => (TriggerFlag::Product, uses),
        };
        uses.iter().fold(of.set(), |all, one| all.union(one.flags()))
    }
}
