//! The values in which findings leave.

use khabar_core::kinds::{Indirect, Quote, Speech, Term};
use khabar_extractor::{Evidence, ExtractError, Output, Reason, Value};

use crate::finding::{Finding, Kind, Quotation};
use crate::mention::Mention;

/// The value of a finding.
pub(crate) fn quotation(finding: &Finding, mentions: &[Mention<'_>]) -> Quotation {
    let quote = || {
        let Finding { speaker, cue, ref sources, .. } = *finding;
        let id = speaker.and_then(|speaker| mentions.get(speaker.mention?)).and_then(Mention::id);
        Quote::new(speaker.map(|speaker| speaker.span), cue)
            .with_speaker_id(id)
            .with_speaker_confidence(speaker.map(|speaker| speaker.confidence()))
            .with_source(sources.clone())
    };
    match finding.kind {
        Kind::Speech => Quotation::Speech(quote()),
        Kind::Term => Quotation::Term,
        Kind::Indirect => Quotation::Indirect(quote()),
    }
}

/// Hands a finding to a writer.
pub(crate) fn push(out: &mut Output<'_>, finding: &Finding, mentions: &[Mention<'_>]) -> Result<(), ExtractError> {
    let Finding { span, confidence, .. } = *finding;
    match quotation(finding, mentions) {
        Quotation::Speech(quote) => out.push(span, confidence, &Speech(quote)),
        Quotation::Term => out.push(span, confidence, &Term::default()),
        Quotation::Indirect(quote) => out.push(span, confidence, &Indirect(quote)),
    }
}

/// The rules by which it was found.
pub(crate) fn reasons(finding: &Finding) -> impl Iterator<Item = Reason> {
    let kind = match finding.kind {
        Kind::Speech => Speech::KIND,
        Kind::Term => Term::KIND,
        Kind::Indirect => Indirect::KIND,
    };
    finding.rules.iter().map(move |rule| Reason {
        span: finding.span,
        kind: kind.into(),
        evidence: Evidence::Rule(rule),
    })
}
