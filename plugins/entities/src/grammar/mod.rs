//! The grammar of titles, names of organisations, places and events: a head and its complements.
//!
//! [`RULES`](rules::RULES) lists the productions. Each is a recursive descent over segments that looks at a bounded number of
//! them, and recursion is bounded before it begins, so that the whole is linear in any text. Only a name is as long as it is,
//! and the grammar does not look into it.

mod complement;
pub(crate) mod names;
mod organisation;
pub(crate) mod rules;
mod thing;
mod title;

use khabar_core::TokenClass;
use khabar_extractor::{DisabledRules, Doc};
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::{has_nisba_shape, without_article};

use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};
use crate::mention::RuleId;
use crate::segments::{Segment, folded};
use rules::RULES;

/// How deep complements nest: نائب رئيس لجنة مجلس النواب.
const DEPTH: usize = 4;
/// How deep a title stands at most: as the complement of an organisation that stands at the limit itself, one deeper than all
/// else (رئيس مجلس إدارة مؤسسة قطر).
const DEEPEST: usize = DEPTH + 1;
/// How many definite words in a row may make a complement.
const RUN: usize = 4;
/// Most words such as عام, سابق, مساعد behind an indefinite head, and most adjectives of nationality or rank behind a
/// complement: news has two or three (مدير عام مساعد سابق), and a hundred of them are no title.
const MODIFIERS: usize = 8;
/// Bytes of one letter, which is no noun behind an article.
const LETTER: usize = 2;

/// A document as the grammar sees it.
pub(crate) struct Grammar<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) segments: &'a [Segment],
    /// For each segment the end and kind of the name that begins there, if any.
    pub(crate) names: &'a [Option<(u32, Kind)>],
    /// Whether a bare الحكومة is an organisation.
    pub(crate) bare: bool,
    pub(crate) disabled: DisabledRules,
}

/// A phrase that the grammar found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// What found it.
    pub(crate) rule: RuleId,
}

impl Grammar<'_> {
    fn segment(&self, at: usize) -> Option<&Segment> {
        self.segments.get(at)
    }

    fn flags(&self, at: usize) -> TriggerFlags {
        self.segment(at).map(|segment| segment.known.flags).unwrap_or_default()
    }

    fn has(&self, at: usize, flag: TriggerFlag) -> bool {
        self.flags(at).contains(flag)
    }

    /// The segment stands without a proclitic.
    fn is_plain(&self, at: usize) -> bool {
        self.segment(at).is_some_and(|segment| segment.known.skip == 0)
    }

    fn class(&self, at: usize) -> Option<TokenClass> {
        self.segment(at).map(|segment| segment.class)
    }

    fn text(&self, at: usize) -> &str {
        self.segment(at).map_or("", |segment| folded(self.doc, segment))
    }

    /// A word with the article and no proclitic.
    fn is_definite(&self, at: usize) -> bool {
        self.class(at) == Some(TokenClass::Arabic)
            && without_article(self.text(at)).is_some_and(|noun| LETTER < noun.len())
            && !self.has(at, TriggerFlag::Stop)
            && self.is_plain(at)
    }

    /// A definite adjective: one that is known, or one that is formed as a nisba.
    fn is_adjective(&self, at: usize) -> bool {
        self.is_definite(at) && (self.is_known_as_adjective(at) || has_nisba_shape(self.text(at)))
    }

    /// An adjective that says whose the thing is, or which of several: its nationality, or one of the known list.
    fn is_known_adjective(&self, at: usize) -> bool {
        self.is_definite(at) && self.is_known_as_adjective(at)
    }

    fn is_known_as_adjective(&self, at: usize) -> bool {
        const NATIONALITY: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Norp, TriggerFlag::Definite]);
        let flags = self.flags(at);
        flags.contains(TriggerFlag::Adjective) || flags.contains_all(NATIONALITY)
    }

    /// The end of the definite adjectives from a place on, at most so many that they and the head are a run.
    fn run_of_adjectives(&self, head: usize, mut at: usize) -> usize {
        while at < head + RUN && self.is_adjective(at) {
            at += 1;
        }
        at
    }

    /// The end of the known adjectives from a place on.
    fn known_adjectives(&self, mut at: usize) -> usize {
        let last = at + MODIFIERS;
        while at < last && self.is_known_adjective(at) {
            at += 1;
        }
        at
    }

    /// The end of a name that begins at `at`; the segment may bear a proclitic.
    fn name(&self, at: usize) -> Option<(usize, Kind)> {
        let (end, kind) = (*self.names.get(at)?)?;
        Some((end as usize, kind))
    }

    fn is_person(&self, at: usize) -> bool {
        matches!(self.name(at), Some((_, Kind::Person)))
    }

    /// The title, organisation, place or event whose head is at `at`.
    pub(crate) fn phrase(&self, at: usize) -> Option<Phrase> {
        if !self.flags(at).intersects(rules::PHRASE_STARTS) {
            return None;
        }
        if let Some(title) = self.title(at, 0) {
            return Some(title);
        }
        self.organisation(at, 0).or_else(|| self.apply(rules::THINGS, at, 0))
    }

    /// A title whose head is at `at`.
    fn title(&self, at: usize, depth: usize) -> Option<Phrase> {
        let too_deep = depth == DEPTH || DEEPEST < depth;
        if too_deep || !self.has(at, TriggerFlag::Title) { None } else { self.apply(rules::TITLES, at, depth) }
    }

    /// An organisation whose head is at `at`.
    fn organisation(&self, at: usize, depth: usize) -> Option<Phrase> {
        if DEPTH < depth || !self.flags(at).intersects(rules::ORGANISATION_STARTS) || self.is_presided(at) {
            None
        } else {
            self.apply(rules::ORGANISATIONS, at, depth)
        }
    }

    /// ب and the head of what somebody presides over: برئاسة.
    fn is_presided(&self, at: usize) -> bool {
        self.has(at, TriggerFlag::Presiding) && self.text(at).starts_with(Proclitic::Ba.letter()) && !self.is_plain(at)
    }

    /// What the first of some rules finds that finds anything.
    fn apply(&self, rules: std::ops::Range<usize>, at: usize, depth: usize) -> Option<Phrase> {
        let flags = self.flags(at);
        rules.filter(|rule| !self.disabled.contains(*rule)).find_map(|rule| {
            let (kind, production) = RULES[rule].parse.production().filter(|_| flags.intersects(RULES[rule].begins))?;
            let end = production(self, at, depth)?;
            Some(Phrase { end, kind: kind.unwrap_or_else(|| thing::kind(flags)), rule: RuleId::at(rule) })
        })
    }
}
