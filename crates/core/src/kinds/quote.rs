//! `quote.*`: who said what.

use serde::{Deserialize, Serialize};

use crate::Span;

/// What quotations carry. The spans are in bytes here; writers convert them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Quote {
    /// The shortest name or noun phrase that says who speaks.
    pub speaker: Option<Span>,
    /// The entity id of the speaker, where the phrase is an entity or leads to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<String>,
    /// How sure the speaker is, 0 to 1, whatever is said of the words; none without a speaker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_confidence: Option<f32>,
    /// The verb or noun of saying (`قال`, `بحسب`).
    pub cue: Option<Span>,
    /// The chain by which the words came, outlet → agency, in order.
    #[serde(default)]
    pub source: Vec<Span>,
}

impl Quote {
    /// A quotation of a speaker, by a verb or noun of saying.
    pub fn new(speaker: impl Into<Option<Span>>, cue: impl Into<Option<Span>>) -> Self {
        Self { speaker: speaker.into(), cue: cue.into(), ..Self::default() }
    }

    /// The same with the entity id of the speaker.
    #[must_use]
    pub fn with_speaker_id(self, id: impl Into<Option<String>>) -> Self {
        Self { speaker_id: id.into(), ..self }
    }

    /// The same with how sure the speaker is.
    #[must_use]
    pub fn with_speaker_confidence(self, confidence: impl Into<Option<f32>>) -> Self {
        Self { speaker_confidence: confidence.into(), ..self }
    }

    /// The same with the chain by which the words came.
    #[must_use]
    pub fn with_source(self, source: Vec<Span>) -> Self {
        Self { source, ..self }
    }
}

/// `quote.speech`: words between marks that somebody is reported to have said or written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speech(pub Quote);

/// `quote.indirect`: what somebody is reported to have said without marks, after `أن`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Indirect(pub Quote);

/// `quote.term`: marks that only set off a name or term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Term {}
