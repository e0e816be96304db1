//! Annotations: each kind's value.

use khabar_core::Span;
use khabar_core::kinds::{Entity, Event, Fac, Gpe, Loc, Misc, Norp, Org, Person, Product, Title};
use khabar_extractor::{ExtractError, Output};

use crate::kind::Kind;

/// Emits a mention of a kind.
pub(crate) fn push(
    kind: Kind,
    out: &mut Output<'_>,
    span: Span,
    confidence: f32,
    value: Entity<'_>,
) -> Result<(), ExtractError> {
    match kind {
        Kind::Person => out.push(span, confidence, &Person(value)),
        Kind::Title => out.push(span, confidence, &Title(value)),
        Kind::Org => out.push(span, confidence, &Org(value)),
        Kind::Gpe => out.push(span, confidence, &Gpe(value)),
        Kind::Loc => out.push(span, confidence, &Loc(value)),
        Kind::Fac => out.push(span, confidence, &Fac(value)),
        Kind::Norp => out.push(span, confidence, &Norp(value)),
        Kind::Event => out.push(span, confidence, &Event(value)),
        Kind::Product => out.push(span, confidence, &Product(value)),
        Kind::Misc => out.push(span, confidence, &Misc(value)),
    }
}
