//! From what was found to annotations.

use khabar_core::kinds::{Date, Duration, Set, Time};
use khabar_core::{Span, Value};
use khabar_extractor::{Evidence, ExtractError, Output, Reason};

use crate::finder::Finding;
use crate::grammar::RULES;
use crate::resolve::{Kind, Resolved};

/// Adds an annotation.
pub(crate) fn push(out: &mut Output<'_>, finding: Finding) -> Result<(), ExtractError> {
    match finding {
        Finding::Document { record, .. } => {
            let span = evidence_of(&record.evidence);
            out.push(span, record.confidence, &record)
        }
        Finding::Timex { span, resolved: Resolved { kind, timex, confidence, .. }, .. } => match kind {
            Kind::Date => out.push(span, confidence, &Date(timex)),
            Kind::Time => out.push(span, confidence, &Time(timex)),
            Kind::Duration => out.push(span, confidence, &Duration(timex)),
            Kind::Set => out.push(span, confidence, &Set(timex)),
        },
    }
}

/// By which rule it was found.
pub(crate) fn reason(finding: &Finding) -> Option<Reason> {
    let (span, kind, rule) = match finding {
        Finding::Document { record, rule } => {
            (evidence_of(&record.evidence), khabar_core::kinds::DocumentDate::KIND, Some(*rule))
        }
        Finding::Timex { span, resolved, rule } => (*span, kind_of(resolved.kind), *rule),
    };
    let evidence = Evidence::Rule(RULES.get(usize::from(rule?))?.name);
    Some(Reason { span, kind: kind.to_owned(), evidence })
}

/// Where the day of a document is annotated: at the first of its evidence.
fn evidence_of(evidence: &[Span]) -> Span {
    evidence.first().copied().unwrap_or_default()
}

const fn kind_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => Date::KIND,
        Kind::Time => Time::KIND,
        Kind::Duration => Duration::KIND,
        Kind::Set => Set::KIND,
    }
}
