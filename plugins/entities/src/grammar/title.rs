//! Titles: a head, adjectives, a complement, adjectives, a complement with a preposition.
//!
//! Each production gives the end of the title whose head is at `at`.

use khabar_lexicon::Proclitic;
use khabar_lexicon::spelling::{ends_in_tatweel, ends_in_teh_marbuta};

use super::{Grammar, MODIFIERS, RUN, rules};
use crate::lexicon::TriggerFlag;

/// How many words before نظيره a team may stand.
const TEAM_REACH: usize = 30;

impl Grammar<'_> {
    /// The head bears a pronoun: رئيسه. Folded, it is like the feminine رئيسة, which the spelling tells.
    fn is_possessed(&self, at: usize) -> bool {
        self.has(at, TriggerFlag::Pronoun)
            && self.segment(at).is_some_and(|segment| {
                let surface = self.doc.surface(segment.token as usize);
                !ends_in_teh_marbuta(surface) && !ends_in_tatweel(surface)
            })
    }

    fn is_definite_head(&self, at: usize) -> bool {
        self.has(at, TriggerFlag::Definite) && !self.has(at, TriggerFlag::TitlePronounOnly) && !self.is_possessed(at)
    }

    fn is_indefinite_head(&self, at: usize) -> bool {
        !self.has(at, TriggerFlag::Definite)
            && !self.has(at, TriggerFlag::TitlePronounOnly)
            && (!self.has(at, TriggerFlag::TitleLone) || self.has(at, TriggerFlag::TitleConstruct))
            && !self.has(at, TriggerFlag::TitlePredicate)
            && !self.is_possessed(at)
    }

    /// The end of the definite adjectives behind a head. One that is only formed like one counts next to a known one: الرئيس
    /// الفنزويلي الاشتراكي السابق.
    fn title_adjectives(&self, first: usize) -> usize {
        let counts = |at: usize| at == first || self.is_known_adjective(at) || self.is_known_adjective(at + 1);
        let mut at = first;
        while at < first + RUN && self.is_adjective(at) && counts(at) {
            at += 1;
        }
        at
    }

    /// The sentence speaks of teams before this: نظيره is another team.
    fn is_among_teams(&self, at: usize) -> bool {
        let before = (at.saturating_sub(TEAM_REACH)..at).rev();
        let mut of_sentence = before.take_while(|at| self.segment(at + 1).is_some_and(|next| !next.starts_sentence));
        self.is_on(rules::COUNTERPART_TEAM) && of_sentence.any(|at| self.has(at, TriggerFlag::Team))
    }

    /// The end of words such as عام, سابق behind an indefinite head: مدير عام.
    fn modifiers(&self, head: usize) -> usize {
        let mut end = head + 1;
        while end < head + 1 + MODIFIERS && self.has(end, TriggerFlag::Indefinite) && self.is_plain(end) {
            end += 1;
        }
        end
    }
}

/// رئيسه, نظيره التركي.
pub(super) fn possessed(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.is_possessed(at) || grammar.has(at, TriggerFlag::TitlePronounOnly) && grammar.is_among_teams(at) {
        return None;
    }
    let end = grammar.title_adjectives(at + 1);
    let alone = end == at + 1 && !grammar.is_person(end);
    if grammar.has(at, TriggerFlag::TitlePronounOnly) && alone {
        return None;
    }
    Some(grammar.title_prepositional(end, grammar.flags(at), depth).unwrap_or(end))
}

/// المتحدث باسم البيت الأبيض, السفير الفرنسي في لبنان.
pub(super) fn definite_preposition(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.is_definite_head(at) {
        return None;
    }
    // مساعد الرئيس للأمن القومي: that is what the assistant is for.
    let of_other = at
        .checked_sub(1)
        .is_some_and(|before| grammar.has(before, TriggerFlag::Title) && !grammar.has(before, TriggerFlag::Definite));
    let depth = if of_other { depth.max(1) } else { depth };
    grammar.title_prepositional(grammar.title_adjectives(at + 1), grammar.flags(at), depth)
}

/// الرئيس الفرنسي. كبير alone is no title, and الدكتور is none unless a person follows.
pub(super) fn definite_adjective(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let end = grammar.title_adjectives(at + 1);
    let is_qualified = at + 1 < end && !grammar.has(at, TriggerFlag::TitleComplement);
    let is_lone = grammar.has(at, TriggerFlag::TitleLone) && !(grammar.is_person(end) && grammar.is_plain(end));
    (grammar.is_definite_head(at) && is_qualified && !is_lone).then_some(end)
}

/// الدكتور أحمد زويل, المدير العام محمد علي.
pub(super) fn before_person(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    let end = grammar.title_adjectives(at + 1);
    (grammar.is_definite_head(at) && grammar.is_person(end) && grammar.is_plain(end)).then_some(end)
}

/// الرئيس.
pub(super) fn definite_alone(grammar: &Grammar<'_>, at: usize, _depth: usize) -> Option<usize> {
    (grammar.is_definite_head(at) && grammar.has(at, TriggerFlag::TitleBare)).then(|| grammar.title_adjectives(at + 1))
}

/// نائب رئيس مجلس الدولة المصري, وزير الزراعة والري.
pub(super) fn head_complement(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.is_indefinite_head(at) {
        return None;
    }
    let of = grammar.modifiers(at);
    if grammar.has(at, TriggerFlag::TitleGiven) && grammar.is_person(of) {
        return None;
    }
    let complement = grammar.complement(of, depth)?;
    let head = grammar.flags(at);
    let end = grammar.known_adjectives(grammar.joined(complement, head));
    Some(grammar.title_prepositional(end, head, depth).unwrap_or(end))
}

/// رئيس سابق للوزراء, مستشار في الكرملين.
pub(super) fn head_preposition(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.is_indefinite_head(at) {
        return None;
    }
    grammar.title_prepositional(grammar.modifiers(at), grammar.flags(at), depth)
}

/// رئيسا للبرلمان, نائبا لقائد الوحدة.
pub(super) fn predicate(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    let of = grammar.modifiers(at);
    let joins = grammar.has(at, TriggerFlag::TitlePredicate) && grammar.text(of).starts_with(Proclitic::Lam.letter());
    if joins { grammar.title_prepositional(of, grammar.flags(at), depth) } else { None }
}

/// رائدا الفضاء before the names of both.
pub(super) fn of_two(grammar: &Grammar<'_>, at: usize, depth: usize) -> Option<usize> {
    if !grammar.has(at, TriggerFlag::TitlePredicate) {
        return None;
    }
    let end = grammar.complement(at + 1, depth)?;
    let end = grammar.joined(end, grammar.flags(at));
    (grammar.is_person(end) && grammar.is_plain(end)).then_some(end)
}
