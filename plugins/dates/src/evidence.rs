//! What the phrases of a text say of the day on which it was written: the evidence for [`document::infer`].

use jiff::civil;
use khabar_core::kinds::Anchor;
use khabar_extractor::{Cancel, ExtractError};

use crate::document::{self, DateEvidence, Inferred};
use crate::lexicon::Cue;
use crate::offices;
use crate::point::{Expr, Phrase};
use crate::quote_tracker::QuoteTracker;
use crate::text::Text;
use crate::word::WordClass;

/// What a document tells of its own date, unless it is cancelled.
pub(crate) fn document_date(
    text: &Text<'_>,
    phrases: &[Phrase],
    quoted: &mut Vec<bool>,
    days: &mut Vec<(usize, civil::Date)>,
    cancel: Cancel<'_>,
) -> Result<Option<Inferred>, ExtractError> {
    // Who holds an office only bounds the date, which nobody needs who has it.
    let office = if text.doc.date.is_none() { offices::latest(text, cancel)? } else { None };
    let since = |phrase: &Phrase| {
        let before = phrase.first.checked_sub(1).filter(|_| text.joined(phrase.first));
        before.is_some_and(|at| text.is(at, WordClass::Since))
    };
    if !phrases.iter().any(|phrase| phrase.expr.tells_today() || phrase.expr.names_year() && since(phrase)) {
        return Ok(document::infer(&[], office));
    }
    quoted.clear();
    quoted.reserve(phrases.len());
    let mut walk = QuoteTracker::new(*text, days);
    for (step, phrase) in phrases.iter().enumerate() {
        cancel.check_at(step)?;
        quoted.push(walk.quotes(phrase.first));
    }
    // Only where a length is counted from an event does it matter which events are named.
    let counts = phrases.iter().any(|phrase| matches!(phrase.expr, Expr::Duration(_, Some(Anchor::After))));
    let event = |phrase: &Phrase| {
        if !counts {
            return None;
        }
        let of = matches!(text.class(phrase.end), WordClass::From | WordClass::On);
        (of && text.joined(phrase.end + 1)).then(|| text.folded(phrase.end + 1))
    };
    let counted = phrases.iter().find_map(event);
    let clues: Vec<DateEvidence<'_>> = phrases
        .iter()
        .zip(quoted.iter())
        .map(|(phrase, quoted)| DateEvidence {
            phrase,
            span: text.span(phrase.first, phrase.end),
            quoted: *quoted,
            event: event(phrase),
            dates_event: counted.is_some_and(|event| names_event(text, phrase.first, event)),
            since: phrase.expr.names_year() && since(phrase),
        })
        .collect();
    cancel.check()?;
    Ok(document::infer(&clues, office))
}

/// Whether an event is named shortly before a phrase.
fn names_event(text: &Text<'_>, at: usize, event: &str) -> bool {
    let war = text.cues_word(event, Cue::War);
    (at.saturating_sub(12)..at).any(|i| {
        let word = text.folded(i);
        word == event || war && text.cues(i, Cue::War)
    })
}
