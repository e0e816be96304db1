//! Which mentions stay: names that are known beside those of the model, then all that overlap.

use std::cmp::Reverse;

use khabar_extractor::DisabledRules;

use crate::config::Settings;
use crate::grammar::rules;
use crate::kind::Kind;
use crate::lexicon::{Lexicon, TriggerFlag, TriggerFlags};
use crate::mention::{Mention, RuleId, Source};
use crate::segments::Segment;

/// What becomes of a mention of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decision {
    /// It stands as it is.
    Keep,
    /// It becomes what is known of these segments.
    Replace,
    /// It is none.
    Drop,
}

/// What decides.
pub(crate) struct Merger<'a> {
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) settings: &'a Settings,
    pub(crate) segments: &'a [Segment],
}

impl Merger<'_> {
    /// Brings what the model found together with the names that are known, and appends it to them; both lists are sorted. A
    /// known name that the model found as well is given once, as the model's mention with what is known of it.
    pub(crate) fn merge(&self, known: &mut Vec<Mention>, modelled: &mut Vec<Mention>) {
        let lexical = std::mem::take(known);
        let same = |list: &[Mention], m: &Mention| -> Option<Mention> {
            let (from, to) = (list.partition_point(|l| l.end <= m.start), list.partition_point(|l| l.start < m.end));
            list.get(from..to)?.iter().find(|l| (l.start, l.end) == (m.start, m.end)).copied()
        };
        let stays = |l: &Mention| {
            let is_marked = matches!(l.source, Source::Quoted(_) | Source::User);
            is_marked || !self.settings.anercorp && same(modelled, l).is_none()
        };
        known.extend(lexical.iter().filter(|l| stays(l)));
        for mut m in modelled.drain(..) {
            let twin = same(&lexical, &m);
            match (self.decide(&m, twin.as_ref()), twin) {
                (Decision::Drop, _) => continue,
                (Decision::Replace, Some(l)) => {
                    (m.kind, m.thing, m.skip, m.source) = (l.kind, l.thing, l.skip, l.source)
                }
                (Decision::Keep, None) => self.adopt_weak(&mut m),
                (Decision::Keep, Some(_)) | (Decision::Replace, None) => {}
            }
            known.push(m);
        }
    }

    /// What becomes of a mention of the model, where the lexicon knows a name of these segments or not.
    fn decide(&self, m: &Mention, known: Option<&Mention>) -> Decision {
        let has = |flag| self.segments[m.start as usize].known.has(flag);
        let one_word_person = m.kind == Kind::Person && m.is_one_word();
        let is_person_here = |known: &Mention| {
            one_word_person
                && matches!(known.source, Source::Lexicon(_))
                && !has(TriggerFlag::Definite)
                && self.is_on(rules::PERSON)
        };
        match known {
            Some(known) if agrees(known.kind, m.kind) => Decision::Replace,
            // A city's name that is a person's here: context decides.
            Some(known) if !is_person_here(known) => {
                if self.settings.anercorp {
                    Decision::Keep
                } else {
                    Decision::Replace
                }
            }
            // One word that is a nisba is a people rather than a person, unless a full name says otherwise.
            _ if !self.settings.anercorp
                && one_word_person
                && has(TriggerFlag::Norp)
                && self.is_on(rules::NORP_NOT_PERSON) =>
            {
                Decision::Drop
            }
            _ => Decision::Keep,
        }
    }

    fn is_on(&self, rule: RuleId) -> bool {
        let disabled: &DisabledRules = &self.settings.disabled;
        !disabled.contains(rule.place())
    }

    /// A name that is also another word is known after all, where the model says that it is a name.
    fn adopt_weak(&self, m: &mut Mention) {
        let first = &self.segments[m.start as usize];
        let rest = &self.segments[m.start as usize + 1..m.end as usize];
        if let Some(name) = self.lexicon.whole_name(first.known.form, rest.iter().map(|segment| segment.hash)) {
            let kind = self.lexicon.kind(name.thing);
            if agrees(kind, m.kind) {
                (m.kind, m.thing, m.skip) = (kind, Some(name.thing), first.known.skip.into());
            }
        }
    }

    /// A title inside a title counts where it stands for a person, with the article or a pronoun: the الرئيس الروسي of مبعوث
    /// الرئيس الروسي, but not the رئيس مجلس الأمن of نائب رئيس مجلس الأمن.
    pub(crate) fn drop_inner_titles(&self, mentions: &mut Vec<Mention>) {
        const PERSONAL: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Definite, TriggerFlag::Pronoun]);
        if !self.is_on(rules::INNER) {
            return;
        }
        let mut end = 0;
        mentions.retain(|m| {
            if m.kind != Kind::Title {
                return true;
            }
            let is_inner = m.end <= end;
            end = end.max(m.end);
            !is_inner || self.segments[m.start as usize].known.flags.intersects(PERSONAL)
        });
    }
}

/// Whether a known kind is a finer form of what the model says.
fn agrees(known: Kind, modelled: Kind) -> bool {
    match modelled {
        Kind::Gpe | Kind::Loc | Kind::Fac => matches!(known, Kind::Gpe | Kind::Loc | Kind::Fac),
        Kind::Misc => matches!(known, Kind::Event | Kind::Product | Kind::Loc),
        kind => known == kind,
    }
}

/// Sorts by start, longest first, and removes what another mention excludes: a phrase of the grammar that cuts a name; of
/// two that cross, the later; of two that nest, the inner one where its kind cannot stand inside the outer's: a body stands
/// in another where `bodies_nest`. A user's entry excludes all that disagree.
pub(crate) fn select(mentions: &mut Vec<Mention>, segments: usize, bodies_nest: bool) {
    mentions.sort_by_key(|m| (m.start, Reverse(m.end), Reverse(m.source.rank())));
    drop_disagreeing(mentions);
    drop_cutting(mentions, segments);
    let mut open: Vec<Mention> = Vec::new();
    mentions.retain(|m| {
        while open.last().is_some_and(|outer| outer.end <= m.start) {
            open.pop();
        }
        let fits = open.iter().all(|outer| {
            m.end <= outer.end
                && (outer.kind.may_hold(m.kind) || bodies_nest && is_known_body(outer, m))
                && (outer.start, outer.end, outer.skip) != (m.start, m.end, m.skip)
        });
        if fits {
            open.push(*m);
        }
        fits
    });
}

/// A body that is known, inside the name of another one that the grammar found: مكتب الأمم المتحدة لتنسيق الشؤون الإنسانية.
fn is_known_body(outer: &Mention, m: &Mention) -> bool {
    // جماعة أنصار الله is one name.
    let is_rest = (outer.start + 1, outer.end) == (m.start, m.end);
    let inside = outer.start < m.start && !is_rest;
    inside
        && (outer.kind, m.kind) == (Kind::Org, Kind::Org)
        && m.thing.is_some()
        && matches!(outer.source, Source::Grammar(_))
}

/// Removes what the grammar found where it begins or ends inside a name.
fn drop_cutting(mentions: &mut Vec<Mention>, segments: usize) {
    let is_phrase = |m: &Mention| matches!(m.source, Source::Grammar(_));
    let mut inside = vec![false; segments + 1];
    for m in mentions.iter().filter(|m| !is_phrase(m) && !matches!(m.source, Source::Norp(_) | Source::Repeated(_))) {
        inside[m.start as usize + 1..m.end as usize].fill(true);
    }
    mentions.retain(|m| !is_phrase(m) || !(inside[m.start as usize] || inside[m.end as usize]));
}

/// Removes all that cross or lie inside a user's entry or share its segments, and names that lie around it unless they may
/// hold it.
fn drop_disagreeing(mentions: &mut Vec<Mention>) {
    let user: Vec<Mention> = mentions.iter().filter(|m| m.source == Source::User).copied().collect();
    if user.is_empty() {
        return;
    }
    mentions.retain(|m| {
        // Users' entries do not overlap each other, so the one that matters ends after m's start.
        let at = user.partition_point(|u| u.end <= m.start);
        m.source == Source::User
            || user[at..].iter().take_while(|u| u.start < m.end).all(|u| {
                m.start <= u.start && u.end <= m.end && (m.start, m.end) != (u.start, u.end) && m.kind.may_hold(u.kind)
            })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(start: usize, end: usize, kind: Kind, source: Source) -> Mention {
        Mention::new(start..end, 0, kind, source)
    }

    fn selected(mentions: &[Mention]) -> Vec<(u32, u32, Kind)> {
        let mut mentions = mentions.to_vec();
        select(&mut mentions, 9, true);
        mentions.iter().map(|m| (m.start, m.end, m.kind)).collect()
    }

    #[test]
    fn of_two_that_cross_the_first_stays() {
        let (a, b) = (mention(0, 3, Kind::Org, Source::Model), mention(2, 4, Kind::Gpe, Source::Model));
        assert_eq!(selected(&[b, a]), [(0, 3, Kind::Org)]);
        assert_eq!(selected(&[mention(1, 2, Kind::Gpe, Source::Model), a]), [(0, 3, Kind::Org), (1, 2, Kind::Gpe)]);
        assert_eq!(selected(&[mention(1, 2, Kind::Org, Source::Model), a]), [(0, 3, Kind::Org)], "it holds none");
        assert_eq!(selected(&[mention(3, 4, Kind::Gpe, Source::Model), a]), [(0, 3, Kind::Org), (3, 4, Kind::Gpe)]);
    }

    #[test]
    fn of_two_of_the_same_segments_the_more_reliable_stays() {
        let known = mention(0, 2, Kind::Fac, Source::Lexicon(rules::KNOWN));
        let phrase = mention(0, 2, Kind::Org, Source::Grammar(rules::KNOWN));
        assert_eq!(selected(&[phrase, known]), [(0, 2, Kind::Fac)]);
        let title = mention(0, 2, Kind::Title, Source::Grammar(rules::KNOWN));
        assert_eq!(selected(&[title, mention(0, 2, Kind::Org, Source::Quoted(rules::QUOTED))]), [(0, 2, Kind::Org)]);
    }

    #[test]
    fn a_phrase_cuts_no_name() {
        let name = mention(2, 5, Kind::Person, Source::Model);
        for (start, end, stays) in [(0, 3, false), (0, 2, true), (0, 5, true), (3, 6, false), (2, 4, false)] {
            let found = selected(&[mention(start, end, Kind::Title, Source::Grammar(rules::KNOWN)), name]);
            assert_eq!(found.iter().any(|m| m.2 == Kind::Title), stays, "{start}..{end}");
        }
    }

    #[test]
    fn a_users_entry_excludes_what_disagrees() {
        let user = mention(2, 4, Kind::Org, Source::User);
        let others =
            [(0, 2), (0, 3), (2, 4), (2, 3), (3, 5), (4, 6)].map(|(s, e)| mention(s, e, Kind::Gpe, Source::Model));
        for other in others {
            let kept = selected(&[other, user]).contains(&(other.start, other.end, Kind::Gpe));
            assert_eq!(kept, other.end <= 2 || 4 <= other.start, "{other:?}");
        }
        assert_eq!(selected(&[mention(1, 5, Kind::Title, Source::Model), user]).len(), 2, "a title holds it");
        assert_eq!(selected(&[mention(1, 5, Kind::Person, Source::Model), user]).len(), 1, "a person doesn't");
    }
}
