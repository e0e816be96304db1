//! The kinds of entity, as this crate passes them around.

use khabar_core::Value;
use khabar_core::kinds::{Entity, Event, Fac, Gpe, Loc, Misc, Norp, Org, Person, Product, Title};
use serde::{Deserialize, Serialize};

/// A kind of entity; the names are those of the annotation kinds without `entity.`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// People, without titles.
    Person,
    /// Offices and roles.
    Title,
    /// Organisations.
    Org,
    /// Places with a government.
    Gpe,
    /// Places without one.
    Loc,
    /// Buildings and installations.
    Fac,
    /// Nationalities, religions, creeds.
    Norp,
    /// Named events.
    Event,
    /// Named things that are made.
    Product,
    /// Names of other sorts.
    Misc,
}

impl Kind {
    /// What the keys of names of this kind begin with: `khabar:person/`.
    pub(crate) fn push_key(self, key: &mut String) {
        key.extend([Entity::KEY, self.name(), "/"]);
    }

    /// Every kind, in the order of [`Kind`].
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Title,
        Self::Org,
        Self::Gpe,
        Self::Loc,
        Self::Fac,
        Self::Norp,
        Self::Event,
        Self::Product,
        Self::Misc,
    ];

    /// The kind's name without its layer: `person`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Title => "title",
            Self::Org => "org",
            Self::Gpe => "gpe",
            Self::Loc => "loc",
            Self::Fac => "fac",
            Self::Norp => "norp",
            Self::Event => "event",
            Self::Product => "product",
            Self::Misc => "misc",
        }
    }

    /// The annotation kind: `entity.person`.
    pub const fn annotation(self) -> &'static str {
        match self {
            Self::Person => Person::KIND,
            Self::Title => Title::KIND,
            Self::Org => Org::KIND,
            Self::Gpe => Gpe::KIND,
            Self::Loc => Loc::KIND,
            Self::Fac => Fac::KIND,
            Self::Norp => Norp::KIND,
            Self::Event => Event::KIND,
            Self::Product => Product::KIND,
            Self::Misc => Misc::KIND,
        }
    }

    /// The kind with this name without its layer.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether an annotation of this kind may hold one of kind `inner`.
    pub(crate) fn may_hold(self, inner: Self) -> bool {
        use Kind::{Event, Fac, Gpe, Loc, Norp, Org, Person, Title};
        match self {
            Title => true,
            Org => matches!(inner, Norp | Gpe | Loc | Person | Fac),
            Event => matches!(inner, Norp | Gpe | Loc),
            Fac => matches!(inner, Norp | Gpe | Person),
            _ => false,
        }
    }
}
