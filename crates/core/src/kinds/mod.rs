//! The kinds of value that khabar's own extractors give; other crates add theirs by implementing [`Value`].
//!
//! The names and the meaning of every field follow khabar's annotation guidelines: TIMEX3 (ISO-TimeML) for time,
//! OntoNotes 5 and Wojood for entity types, ISO 4217 for currencies, CLDR for unit names. Decimals are written as
//! exact strings. A reader ignores fields that it does not know; a missing field is `None`.

mod document;
mod entity;
mod number;
mod quote;
mod timex;

pub use document::{DateSource, DocumentDate, Weekday};
pub use entity::{Entity, EntityRef, Event, Fac, Gpe, Loc, Misc, Norp, Org, Person, Product, Title};
pub use number::{Cardinal, Fraction, Modifier, Money, Ordinal, Percent, Quantity, Range, Ratio, Score};
pub use quote::{Indirect, Quote, QuoteRef, Speech, Term};
pub use timex::{Anchor, Date, Duration, Set, Time, Timex, TimexModifier};

use crate::{Span, Value};

/// Implements [`Value`] for types whose JSON is their serde form; `json` names a method that writes it faster, `spans` one
/// that lists the spans of a type that has any.
macro_rules! values {
    ($($type:ident = $kind:literal $(, spans = $spans:ident)? $(, json = $json:ident)?;)*) => {
        $(impl Value for $type {
            const KIND: &'static str = $kind;
            $(const HAS_SPANS: bool = true;

            fn list_spans(&self, out: &mut Vec<Span>) -> bool {
                self.$spans(out)
            })?
            $(fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
                self.$json(out)
            })?
        })*
    };
}

values! {
    Cardinal = "number.cardinal", json = write;
    Ordinal = "number.ordinal", json = write;
    Fraction = "number.fraction";
    Percent = "number.percent", json = write;
    Money = "number.money", json = write;
    Quantity = "number.quantity", json = write;
    Range = "number.range";
    Score = "number.score";
    Ratio = "number.ratio";
    Date = "timex.date", json = write;
    Time = "timex.time", json = write;
    Duration = "timex.duration", json = write;
    Set = "timex.set", json = write;
    Person = "entity.person", json = write;
    Title = "entity.title", json = write;
    Org = "entity.org", json = write;
    Gpe = "entity.gpe", json = write;
    Loc = "entity.loc", json = write;
    Fac = "entity.fac", json = write;
    Norp = "entity.norp", json = write;
    Event = "entity.event", json = write;
    Product = "entity.product", json = write;
    Misc = "entity.misc", json = write;
    Speech = "quote.speech", spans = list, json = write;
    Term = "quote.term", json = write;
    Indirect = "quote.indirect", spans = list, json = write;
    DocumentDate = "document.date", spans = list, json = write;
}
