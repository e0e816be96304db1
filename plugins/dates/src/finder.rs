//! The stages over one document: words, phrases, meaning.

use jiff::civil;
use khabar_core::Span;
use khabar_core::kinds::DocumentDate;
use khabar_extractor::{Cancel, Doc, ExtractError};

use crate::config::{Calendar, Dates};
use crate::document::Inferred;
use crate::evidence::document_date;
use crate::grammar::{DOCUMENT_BOUNDS, DOCUMENT_TODAY, Grammar, RuleId, Style};
use crate::point::{Expr, Phrase};
use crate::quote_tracker::QuoteTracker;
use crate::reference::{Direction, Reference};
use crate::resolve::{Resolved, State};
use crate::tense;
use crate::text::{Buffers, Text};
use crate::word::WordClass;

/// Buffers that the next document reuses.
#[derive(Default)]
pub(crate) struct Work {
    buffers: Buffers,
    phrases: Vec<Phrase>,
    quoted: Vec<bool>,
    /// What a [`QuoteTracker`] takes note of.
    days: Vec<(usize, civil::Date)>,
}

/// What was found, with the rule that found it.
pub(crate) enum Finding {
    /// A time expression.
    Timex { span: Span, resolved: Resolved, rule: Option<RuleId> },
    /// What the document tells of its own day.
    Document { record: DocumentDate, rule: RuleId },
}

impl Dates {
    /// Finds all of a document, unless it is cancelled.
    pub(crate) fn find_all(
        &self,
        doc: &Doc<'_>,
        work: &mut Work,
        cancel: Cancel<'_>,
        mut found: impl FnMut(Finding) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        let Work { buffers, phrases, quoted, days } = work;
        let text = Text::new(doc, buffers, self.plans(), cancel)?;
        self.phrases(text, phrases, cancel)?;
        if phrases.is_empty() && doc.date.is_some() {
            return Ok(());
        }
        let given = doc.date.map_or_else(Reference::default, Reference::from);
        let inferred = document_date(&text, phrases, quoted, days, cancel)?.filter(|inferred| self.allows(inferred));
        let reference = Reference {
            date: given.date.or(inferred.as_ref().and_then(|i| i.date)),
            direction: self.direction,
            country: doc.country,
            week_start: self.week_start.number(),
            ..given
        };
        each(&text, phrases, reference, days, cancel, &mut found)?;
        let Some(inferred) = inferred else { return Ok(()) };
        let rule = rule_of(&inferred);
        let record = match given.date {
            Some(given) => inferred.against(given),
            None => Some(inferred.record()),
        };
        record.map_or(Ok(()), |record| found(Finding::Document { record, rule }))
    }

    /// All time expressions of a document by a reference of the caller's.
    pub(crate) fn find_timexes(
        &self,
        doc: &Doc<'_>,
        reference: Reference,
        found: impl FnMut(Finding) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        let Work { buffers, phrases, days, .. } = &mut Work::default();
        let text = Text::new(doc, buffers, self.plans(), Cancel::NEVER)?;
        self.phrases(text, phrases, Cancel::NEVER)?;
        each(&text, phrases, reference, days, Cancel::NEVER, found)
    }

    /// What a document tells of its own day.
    pub(crate) fn infer(&self, doc: &Doc<'_>) -> Result<Option<Inferred>, ExtractError> {
        let Work { buffers, phrases, quoted, days } = &mut Work::default();
        let text = Text::new(doc, buffers, self.plans(), Cancel::NEVER)?;
        self.phrases(text, phrases, Cancel::NEVER)?;
        document_date(&text, phrases, quoted, days, Cancel::NEVER)
    }

    /// Whether the rule that infers a date is not switched off.
    fn allows(&self, inferred: &Inferred) -> bool {
        self.enabled.contains(rule_of(inferred))
    }

    /// Whether texts speak of plans.
    fn plans(&self) -> bool {
        self.direction == Direction::Future
    }

    fn phrases(&self, text: Text<'_>, phrases: &mut Vec<Phrase>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        phrases.clear();
        let style = Style { plans: self.plans(), gregorian: self.calendar == Calendar::Gregorian };
        Grammar::new(text, style, self.enabled).phrases(phrases, cancel)
    }
}

/// The rule by which a document's day was inferred.
fn rule_of(inferred: &Inferred) -> RuleId {
    if inferred.date.is_some() { DOCUMENT_TODAY } else { DOCUMENT_BOUNDS }
}

/// Resolves phrase after phrase, with what the text said before, unless it is cancelled; `days` is memory for it.
fn each(
    text: &Text<'_>,
    phrases: &[Phrase],
    reference: Reference,
    days: &mut Vec<(usize, civil::Date)>,
    cancel: Cancel<'_>,
    mut found: impl FnMut(Finding) -> Result<(), ExtractError>,
) -> Result<(), ExtractError> {
    let mut state = State::new(reference);
    let mut walk = QuoteTracker::new(*text, days);
    for phrase in phrases {
        cancel.check()?;
        // Neither what was said when nor the tense tells anything where no day is known to count from.
        state.today = reference.date.map(|date| walk.said_on(phrase.first).unwrap_or(date));
        state.future = state.today.is_some()
            && phrase.expr.needs_tense()
            && (tense::future(text, phrase.first) || is_listed(text, phrase));
        let Some(resolved) = state.resolve(phrase) else { continue };
        if let Some(day) = resolved.day {
            state.names(day, resolved.fine);
            if resolved.fine && near(reference.date, day) {
                walk.names(phrase.first, day);
            }
        }
        found(Finding::Timex { span: text.span(phrase.first, phrase.end), resolved, rule: phrase.rule })?;
    }
    Ok(())
}

/// A weekday with its hour at the start of a line is an entry of a programme.
fn is_listed(text: &Text<'_>, phrase: &Phrase) -> bool {
    let Expr::Point(point) = &phrase.expr else { return false };
    point.clock.is_some() && text.is(phrase.first, WordClass::Weekday) && !text.joined(phrase.first)
}

/// Whether a day is one on which what the text quotes may have been said.
fn near(today: Option<civil::Date>, day: civil::Date) -> bool {
    today.is_some_and(|today| (-14..=0).contains(&crate::calendar::days_between(today, day)))
}
