//! Mentions: what was found, before it has an identity; which of several that overlap stay.

use khabar_core::Span;
use khabar_extractor::Evidence;

use crate::kind::Kind;

/// A stretch of units that names something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mention {
    /// First unit.
    pub(crate) start: u32,
    /// Unit after the last.
    pub(crate) end: u32,
    /// Bytes of proclitics of the first unit that stay outside.
    pub(crate) skip: u16,
    pub(crate) kind: Kind,
    /// The lexicon's entry, if the name is known.
    pub(crate) entry: Option<u32>,
    pub(crate) confidence: f32,
    /// Who found it; of two mentions of the same units the higher source stays.
    pub(crate) source: Source,
    /// Its place in the original text.
    pub(crate) span: Span,
    /// Of a title: the mention of its holder, an index into the sorted mentions.
    pub(crate) holder: Option<u32>,
}

/// Who found a mention, the least reliable first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// A nisba adjective.
    Norp,
    /// The statistical model.
    Model,
    /// A head and its complements.
    Grammar,
    /// A name that is known.
    Lexicon,
    /// Quotation marks after a head.
    Quoted,
    /// A user's entry.
    User,
}

impl Source {
    /// What it goes by, in words.
    pub(crate) fn evidence(self) -> Evidence {
        match self {
            Self::Norp => Evidence::Lexicon("a word of nationality, religion or politics".into()),
            Self::Model => Evidence::Model("entities.khm"),
            Self::Grammar => Evidence::Lexicon("the head of a title or a name".into()),
            Self::Lexicon => Evidence::Lexicon("a name".into()),
            Self::Quoted => Evidence::Lexicon("a head before quotation marks".into()),
            Self::User => Evidence::Lexicon("`dictionary` or `register` of the configuration".into()),
        }
    }
}

/// Sorts by start, longest first, and removes what another mention excludes: a phrase of the grammar that cuts a name; of
/// two that cross, the later; of two that nest, the inner one where its kind cannot stand inside the outer's. A user's
/// entry excludes all that disagree.
pub(crate) fn select(mentions: &mut Vec<Mention>, units: usize) {
    let rank = |m: &Mention| (m.start, std::cmp::Reverse(m.end), std::cmp::Reverse(m.source));
    mentions.sort_by_key(rank);
    drop_disagreeing(mentions);
    drop_cutting(mentions, units);
    let mut open: Vec<Mention> = Vec::new();
    mentions.retain(|m| {
        while open.last().is_some_and(|outer| outer.end <= m.start) {
            open.pop();
        }
        let fits = open.iter().all(|outer| {
            m.end <= outer.end
                && outer.kind.may_hold(m.kind)
                && (outer.start, outer.end, outer.skip) != (m.start, m.end, m.skip)
        });
        if fits {
            open.push(*m);
        }
        fits
    });
}

/// Removes what the grammar found where it begins or ends inside a name.
fn drop_cutting(mentions: &mut Vec<Mention>, units: usize) {
    let mut inside = vec![false; units + 1];
    for m in mentions.iter().filter(|m| !matches!(m.source, Source::Grammar | Source::Norp)) {
        inside[m.start as usize + 1..m.end as usize].fill(true);
    }
    mentions.retain(|m| m.source != Source::Grammar || !(inside[m.start as usize] || inside[m.end as usize]));
}

/// Removes all that cross or lie inside a user's entry or share its units, and names that lie around it unless they may hold it.
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
