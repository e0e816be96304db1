//! The kinds of value that khabar's own extractors give; other crates add theirs by implementing [`Value`].
//!
//! The names and the meaning of every field follow khabar's annotation guidelines: TIMEX3 (ISO-TimeML) for time,
//! OntoNotes 5 and Wojood for entity types, ISO 4217 for currencies, CLDR for unit names. Decimals are written as
//! exact strings. A reader ignores fields that it does not know; a missing field is `None`.

mod currency;
mod document;
mod entity;
mod number;
mod pair;
mod quote;
mod timex;

pub use currency::CurrencyCode;
pub use document::{DateSource, DocumentDate, Weekday};
pub use entity::{Entity, Event, Fac, Gpe, Loc, Misc, Norp, Org, Person, Product, Title};
pub use number::{Cardinal, Fraction, Modifier, Money, Ordinal, Percent, Quantity, Range, Ratio, Score};
pub use pair::{Points, Quotient};
pub use quote::{Indirect, Quote, Speech, Term};
pub use timex::{Anchor, Date, Duration, Set, Time, Timex, TimexModifier};

use crate::Value;

/// Gives types the names of their kinds; `spans` says that the values hold spans.
macro_rules! values {
    ($($type:ty = $kind:literal $($spans:ident)?;)*) => {
        $(impl Value for $type {
            const KIND: &'static str = $kind;
            $(values!($spans);)?
        })*
    };
    (spans) => {
        const HAS_SPANS: bool = true;
    };
}

values! {
    Cardinal = "number.cardinal";
    Ordinal = "number.ordinal";
    Fraction = "number.fraction";
    Percent = "number.percent";
    Money = "number.money";
    Quantity = "number.quantity";
    Range = "number.range";
    Score = "number.score";
    Ratio = "number.ratio";
    Date = "timex.date";
    Time = "timex.time";
    Duration = "timex.duration";
    Set = "timex.set";
    Person<'_> = "entity.person";
    Title<'_> = "entity.title";
    Org<'_> = "entity.org";
    Gpe<'_> = "entity.gpe";
    Loc<'_> = "entity.loc";
    Fac<'_> = "entity.fac";
    Norp<'_> = "entity.norp";
    Event<'_> = "entity.event";
    Product<'_> = "entity.product";
    Misc<'_> = "entity.misc";
    Speech = "quote.speech" spans;
    Term = "quote.term";
    Indirect = "quote.indirect" spans;
    DocumentDate = "document.date" spans;
}
