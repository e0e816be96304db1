//! Names of organisations: a head and its complement (مجلس الأمن الروسي), or a definite head and adjectives (الجيش الروسي).
//!
//! Each production gives the end of the name whose head is at `at`.

use super::Grammar;
use crate::kind::Kind;
use crate::lexicon::TriggerFlag;

impl Grammar<'_> {
    /// A head that belongs to the name of what it is head of, and has an article or not.
    fn is_head(&self, at: usize, definite: bool) -> bool {
        self.has(at, TriggerFlag::Phrase) && self.has(at, TriggerFlag::Definite) == definite
    }

    /// A head that is read together with the word behind it, which stands in no quotation marks.
    fn is_construct(&self, at: usize) -> bool {
        self.is_head(at, false) && self.is_plain(at + 1) && self.quoted(at + 1).is_none()
    }
}

/// قناتي "العربية" و"الحدث", as the complement of a title.
pub(super) fn quoted(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if depth == 0 || grammar.has(at, TriggerFlag::Phrase) { None } else { grammar.quoted(at + 1) }
}

/// الجيش الروسي, المكتب الصحفي للكرملين; an ordinal makes no name: المركز الثاني.
pub(super) fn definite_adjective(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    if !grammar.is_head(at, true) {
        return None;
    }
    let end = grammar.run_of_adjectives(at, at + 1);
    let names = |i: usize| grammar.has(i, TriggerFlag::Norp) || !grammar.has(i, TriggerFlag::Ordinary);
    if !(at + 1..end).any(names) {
        return None;
    }
    let of = grammar.is_lam_and_article(end);
    Some(if of { grammar.name(end).map_or(end, |(end, _)| end) } else { end })
}

/// الحكومة.
pub(super) fn definite_alone(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    (grammar.bare && grammar.is_head(at, true) && grammar.has(at, TriggerFlag::Bare)).then_some(at + 1)
}

/// سفارة فرنسا. Of وكالة رويترز the agency's name is the second word alone.
pub(super) fn head_name(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let (end, kind) = grammar.name(at + 1).filter(|_| grammar.is_construct(at))?;
    let is_name_alone = grammar.has(at, TriggerFlag::Name) && kind == Kind::Org;
    (!is_name_alone).then(|| grammar.known_adjectives(end))
}

/// وزارة الصحة اللبنانية, لجنة الانتخابات الروسية; لجنة التحقيق is no name without a nisba.
pub(super) fn head_complement(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.is_construct(at) || grammar.name(at + 1).is_some() {
        return None;
    }
    let end = grammar.complement(at + 1, depth + 1)?;
    let end = grammar.known_adjectives(grammar.joined(end, grammar.flags(at)));
    let names = |i: usize| grammar.has(i, TriggerFlag::Norp) || grammar.name(i).is_some();
    (!grammar.has(at, TriggerFlag::Strict) || (at + 1..end).any(names)).then_some(end)
}
