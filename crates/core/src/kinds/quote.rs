//! `quote.*`: who said what.

use serde::{Deserialize, Serialize};

use crate::Span;

/// What quotations carry. The spans are in bytes here; writers convert them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The shortest name or noun phrase that says who speaks.
    pub speaker: Option<Span>,
    /// The entity id of the speaker, where the phrase is an entity or leads to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<String>,
    /// The verb or noun of saying (`قال`, `بحسب`).
    pub cue: Option<Span>,
    /// The chain by which the words came, outlet → agency, in order.
    #[serde(default)]
    pub source: Vec<Span>,
}

/// `quote.speech`: words between marks that somebody is reported to have said or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speech(pub Quote);

/// `quote.indirect`: what somebody is reported to have said without marks, after `أن`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Indirect(pub Quote);

/// `quote.term`: marks that only set off a name or term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {}
