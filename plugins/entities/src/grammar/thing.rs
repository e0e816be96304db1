//! Buildings, landscapes, events and products: a head and a name (مطار بيروت, حرب العراق), or a definite head and a nisba (الحرب
//! الأهلية السورية).
//!
//! Each production gives the end of the name whose head is at `at`.

use super::Grammar;
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};

/// What such heads are of, the first that a head has.
const KINDS: [(TriggerFlag, Kind); 4] = [
    (TriggerFlag::Fac, Kind::Fac),
    (TriggerFlag::Loc, Kind::Loc),
    (TriggerFlag::Event, Kind::Event),
    (TriggerFlag::Product, Kind::Product),
];

/// The kind of what a head with these flags is head of.
pub(super) fn kind(flags: TriggerFlags) -> Kind {
    KINDS.into_iter().find(|(flag, _)| flags.contains(*flag)).map_or(Kind::Misc, |(_, kind)| kind)
}

impl Grammar<'_> {
    fn is_construct_of_thing(&self, at: usize) -> bool {
        self.has(at, TriggerFlag::Phrase) && !self.has(at, TriggerFlag::Definite) && self.is_plain(at + 1)
    }

    /// A name that a place or event may be called by.
    fn place_name(&self, at: usize) -> Option<usize> {
        let (end, kind) = self.name(at)?;
        matches!(kind, Kind::Gpe | Kind::Loc | Kind::Person | Kind::Org).then_some(end)
    }
}

/// الحرب الروسية الأوكرانية.
pub(super) fn definite_nisba(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let is_head = grammar.has(at, TriggerFlag::Phrase) && grammar.has(at, TriggerFlag::Definite);
    if !is_head || kind(grammar.flags(at)) != Kind::Event {
        return None;
    }
    let end = grammar.run_of_adjectives(at, at + 1);
    (at + 1..end).any(|i| grammar.has(i, TriggerFlag::Norp)).then_some(end)
}

/// الحرب الروسية على أوكرانيا, حرب إسرائيل على غزة.
pub(super) fn against(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    let end = definite_nisba(grammar, at, depth).or_else(|| head_name(grammar, at, depth))?;
    let whom = grammar.has(end, TriggerFlag::Against) && grammar.is_plain(end) && grammar.is_plain(end + 1);
    if whom { grammar.place_name(end + 1) } else { None }
}

/// مطار بيروت, حرب العراق.
pub(super) fn head_name(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let end = grammar.place_name(at + 1).filter(|_| grammar.is_construct_of_thing(at))?;
    if grammar.has(at, TriggerFlag::Verbal) && grammar.is_person(at + 1) {
        return None;
    }
    let is_event = kind(grammar.flags(at)) == Kind::Event;
    Some(if is_event { end } else { grammar.known_adjectives(end) })
}

/// جسر الشهداء, جبل الشيخ.
pub(super) fn head_definite(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let is_event = kind(grammar.flags(at)) == Kind::Event;
    let fits = !is_event
        && !grammar.has(at, TriggerFlag::Verbal)
        && grammar.is_construct_of_thing(at)
        && grammar.place_name(at + 1).is_none();
    (fits && grammar.is_definite(at + 1)).then(|| grammar.run_of_adjectives(at, at + 2))
}
