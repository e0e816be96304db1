//! Names of organisations: a head and its complement (مجلس الأمن الروسي), or a definite head and adjectives (الجيش الروسي).
//!
//! Each production gives the end of the name whose head is at `at`.

use khabar_core::TokenClass;
use khabar_lexicon::inflect::{has_feminine_shape, without_article};

use super::Grammar;
use super::complement::FIELDS;
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};

/// The article apart from its noun: الـ 12.
fn is_article(word: &str) -> bool {
    without_article(word) == Some("")
}

impl Grammar<'_> {
    /// A head that belongs to the name of what it is head of, and has an article or not.
    fn is_head(&self, at: usize, definite: bool) -> bool {
        self.has(at, TriggerFlag::Phrase) && self.has(at, TriggerFlag::Definite) == definite
    }

    /// The end of a body's name that ends at `end`, with what it is concerned with behind ل: مكتب الأمم المتحدة لتنسيق الشؤون
    /// الإنسانية.
    fn with_field(&self, head: usize, end: usize) -> usize {
        if self.has(head, TriggerFlag::Bare) || self.name(end).is_some() {
            return end;
        }
        self.field(end, FIELDS).map_or(end, |end| self.known_adjectives(end))
    }

    /// A head that is read together with the word behind it, which stands in no quotation marks.
    fn is_construct(&self, at: usize) -> bool {
        self.is_head(at, false) && self.is_plain(at + 1) && self.quoted(at + 1).is_none()
    }
}

/// قناتي "العربية" و"الحدث", as the complement of a title.
pub(super) fn quoted(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if depth == 0 || grammar.is_head(at, true) {
        None
    } else {
        Some(grammar.quoted_adjectives(grammar.quoted(at + 1)?))
    }
}

/// الجيش الروسي, المكتب الصحفي للكرملين; an ordinal makes no name: المركز الثاني.
pub(super) fn definite_adjective(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    if !grammar.is_head(at, true) {
        return None;
    }
    let end = grammar.run_of_adjectives(at, at + 1);
    // الشركة الألمانية is any of that country; a common noun needs an adjective that tells it from others.
    let strict = grammar.has(at, TriggerFlag::Common);
    let names = |i: usize| {
        let (norp, ordinary) = (grammar.has(i, TriggerFlag::Norp), grammar.has(i, TriggerFlag::Ordinary));
        if strict { !norp && !ordinary } else { norp || !ordinary }
    };
    if !(at + 1..end).any(names) {
        return None;
    }
    let of = grammar.is_lam_and_article(end);
    Some(if of { grammar.name(end).map_or(end, |(end, _)| end) } else { end })
}

/// المركز الوطني للبحوث الجيولوجية, الهيئة العامة للاستعلامات المصرية, الاتحاد الليبي لكرة السلة.
pub(super) fn definite_field(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    const OTHERS: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Bare, TriggerFlag::Team]);
    if !grammar.is_head(at, true) || grammar.flags(at).intersects(OTHERS) {
        return None;
    }
    let end = grammar.run_of_adjectives(at, at + 1);
    // A known name behind ل is the name's: المكتب الصحفي للكرملين.
    match grammar.name(end) {
        Some((name, Kind::Org)) if !grammar.is_plain(end) => return Some(name),
        Some(_) => return None,
        None => {}
    }
    if grammar.name(at).is_some() {
        return None;
    }
    Some(grammar.known_adjectives(grammar.field(end, TriggerFlags::EMPTY)?))
}

/// القناة 12, الوحدة 840.
pub(super) fn numbered(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    if !grammar.has(at, TriggerFlag::Numbered) {
        return None;
    }
    // القناة الـ 12
    let article = grammar.class(at + 1) == Some(TokenClass::Arabic) && is_article(grammar.text(at + 1));
    let number = if article { at + 2 } else { at + 1 };
    (grammar.class(number) == Some(TokenClass::Number)).then_some(number + 1)
}

/// مولودية بجاية, شباب بلوزداد.
pub(super) fn club(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    if !grammar.has(at, TriggerFlag::Club) || !grammar.is_plain(at + 1) {
        return None;
    }
    let local = grammar.has(at, TriggerFlag::Local);
    match grammar.name(at + 1) {
        Some((end, Kind::Gpe | Kind::Loc)) if !(local && grammar.has(at + 1, TriggerFlag::Country)) => Some(end),
        _ => None,
    }
}

/// الخارجية التونسية.
pub(super) fn portfolio(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    const OTHERS: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Title, TriggerFlag::Org, TriggerFlag::Portfolio]);
    let adjective = |at: usize| grammar.is_definite(at) && grammar.has(at, TriggerFlag::Norp);
    let feminine = |at: usize| has_feminine_shape(grammar.text(at));
    // السياسة الخارجية الأميركية, وزير الخارجية.
    let is_other = |before: usize| grammar.is_definite(before) || grammar.flags(before).intersects(OTHERS);
    let is_body = grammar.has(at, TriggerFlag::Portfolio)
        && !grammar.has(at, TriggerFlag::Norp)
        && grammar.is_definite(at)
        && feminine(at)
        && adjective(at + 1)
        && feminine(at + 1);
    (is_body && !at.checked_sub(1).is_some_and(is_other)).then_some(at + 2)
}

/// الحكومة.
pub(super) fn definite_alone(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    (grammar.bare && grammar.is_head(at, true) && grammar.has(at, TriggerFlag::Bare)).then_some(at + 1)
}

/// سفارة فرنسا. Of وكالة رويترز the agency's name is the second word alone.
pub(super) fn head_name(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let (end, kind) = grammar.name(at + 1).filter(|_| grammar.is_construct(at))?;
    let is_name_alone = grammar.has(at, TriggerFlag::Name) && kind == Kind::Org;
    // مديرية الشيخ عثمان is the place.
    let is_place = grammar.has(at, TriggerFlag::Gpe) && kind == Kind::Gpe;
    if is_name_alone || is_place {
        return None;
    }
    let end = grammar.known_adjectives(end);
    Some(grammar.with_field(at, end))
}

/// وزارة الصحة اللبنانية, لجنة الانتخابات الروسية; لجنة التحقيق is no name without a nisba.
pub(super) fn head_complement(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.is_construct(at) || grammar.name(at + 1).is_some() {
        return None;
    }
    let end = grammar.complement(at + 1, depth + 1)?;
    let joined = if grammar.has(at + 1, TriggerFlag::Field) {
        grammar.joined_field(end)
    } else {
        grammar.joined(end, grammar.flags(at))
    };
    let end = grammar.known_adjectives(joined);
    // حركة الفلسطينيين is what they do; مركز دراسات الوحدة works on that.
    let names = |i: usize| at + 1 < i && grammar.has(i, TriggerFlag::Norp) || grammar.name(i).is_some();
    // لجنة التحقيق is any.
    let is_any = grammar.has(at, TriggerFlag::Strict) || grammar.has(at + 1, TriggerFlag::Occasion);
    let is_named =
        !is_any || grammar.has(at + 1, TriggerFlag::Field) && !grammar.is_definite(at + 1) || (at + 1..end).any(names);
    is_named.then(|| grammar.with_field(at, end))
}
