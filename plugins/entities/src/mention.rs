//! Mentions: what was found, before it has an identity.

use std::ops::Range;

use khabar_core::Span;

use crate::kind::Kind;

/// A stretch of segments that names something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mention {
    /// First segment.
    pub(crate) start: u32,
    /// Segment after the last.
    pub(crate) end: u32,
    /// Bytes of proclitics of the first segment that stay outside.
    pub(crate) skip: u16,
    pub(crate) kind: Kind,
    /// The lexicon's thing, if the name is known.
    pub(crate) thing: Option<u32>,
    /// How sure it is: rated when all are found.
    pub(crate) confidence: f32,
    /// Who found it; of two mentions of the same segments the one of the higher rank stays.
    pub(crate) source: Source,
    /// Its place in the original text.
    pub(crate) span: Span,
    /// Of a title: the mention of its holder, an index into the sorted mentions.
    pub(crate) holder: Option<u32>,
}

/// A rule of the grammar, by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RuleId(u8);

impl RuleId {
    /// The rule at a place.
    pub(crate) const fn at(place: usize) -> Self {
        Self(place as u8)
    }

    /// Its place.
    pub(crate) const fn place(self) -> usize {
        self.0 as usize
    }
}

/// Who found a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A nisba.
    Norp(RuleId),
    /// A name that the document has elsewhere.
    Repeated(RuleId),
    /// The statistical model.
    Model,
    /// A head and its complements: a production.
    Grammar(RuleId),
    /// A name that is known, by one of two rules.
    Lexicon(RuleId),
    /// Quotation marks after a head.
    Quoted(RuleId),
    /// A user's entry.
    User,
}

impl Source {
    /// How reliable it is beside the others.
    pub(crate) const fn rank(self) -> u8 {
        match self {
            Self::Norp(_) | Self::Repeated(_) => 0,
            Self::Model => 1,
            Self::Grammar(_) => 2,
            Self::Lexicon(_) => 3,
            Self::Quoted(_) => 4,
            Self::User => 5,
        }
    }

    /// The rule, where one found it.
    pub(crate) const fn rule(self) -> Option<RuleId> {
        match self {
            Self::Norp(rule)
            | Self::Repeated(rule)
            | Self::Grammar(rule)
            | Self::Lexicon(rule)
            | Self::Quoted(rule) => Some(rule),
            Self::Model | Self::User => None,
        }
    }
}

impl Mention {
    /// A mention of some segments, with so many bytes of proclitics in front.
    pub(crate) fn new(segments: Range<usize>, skip: u8, kind: Kind, source: Source) -> Self {
        Self {
            start: segments.start as u32,
            end: segments.end as u32,
            skip: skip.into(),
            kind,
            thing: None,
            confidence: 0.0,
            source,
            span: Span::default(),
            holder: None,
        }
    }

    /// The same of a thing of the lexicon.
    #[must_use]
    pub(crate) fn of(self, thing: u32) -> Self {
        Self { thing: Some(thing), ..self }
    }

    /// Whether it is one segment.
    pub(crate) fn is_one_word(&self) -> bool {
        self.end == self.start + 1
    }
}
