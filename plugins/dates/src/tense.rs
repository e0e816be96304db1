//! Whether the clause around a phrase looks ahead.

use crate::lexicon::Cue;
use crate::point::Unit;
use khabar_core::{TokenClass, TokenFlags};

use crate::text::Text;
use crate::word::{Word, WordClass};

/// How many tokens before and after a phrase may decide its tense.
const BEFORE: usize = 24;
const AFTER: usize = 8;

/// Whether the clause around token `at` speaks of what is to come: `سيعقد`, `سوف`, `من المقرر`, `المزمع`.
///
/// The nearest word before the phrase decides, as in `قال الثلاثاء إنه سيعود الأربعاء`; without one, a future verb that
/// follows in the same clause. Quotations have a tense of their own.
pub(crate) fn future(text: &Text<'_>, at: usize) -> bool {
    // `ليتم` tells what came next, or what for.
    looks_ahead(text, at, |word| word.is(WordClass::Future) || word.is(WordClass::Coming) && !word.has_preposition())
}

/// The same without the imperfects of arranged events, which stories have for what is over, too.
pub(crate) fn plainly_future(text: &Text<'_>, at: usize) -> bool {
    looks_ahead(text, at, |word| word.is(WordClass::Future))
}

/// Whether a future verb or a word that says so is what decides.
fn looks_ahead(text: &Text<'_>, at: usize, says_so: impl Fn(Word) -> bool) -> bool {
    let tokens = text.doc.tokens;
    let quote = |i: usize| matches!(tokens[i].class(), TokenClass::QuoteOpen | TokenClass::QuoteClose);
    // `إلى يوم الإثنين`, `حتى السبت`
    let day = text.is(at, WordClass::Weekday) || text.word(at).is_unit(WordClass::Unit, Unit::Day);
    if at != 0 && day && text.is(at - 1, WordClass::To) && text.joined(at) {
        return true;
    }
    if at != 0 && text.is(at - 1, WordClass::Since) && text.joined(at) {
        return false;
    }
    for i in (at.saturating_sub(BEFORE)..at).rev() {
        if tokens[i + 1].has(TokenFlags::SENTENCE_START) || quote(i) {
            break;
        }
        if text.looks_ahead(i).is_some_and(&says_so) || text.is_future_verb(i) {
            return true;
        }
        if text.reports(i).is_some_and(|class| class != WordClass::Says) {
            return false;
        }
    }
    let end = tokens.len().min(at + AFTER);
    for (i, token) in tokens.iter().enumerate().take(end).skip(at + 1) {
        let that = text.cues(i, Cue::Complementizer);
        if token.has(TokenFlags::SENTENCE_START) || quote(i) || that || text.mark(i).is_some() {
            break;
        }
        if text.looks_ahead(i).is_some_and(&says_so) || text.is_future_verb(i) {
            return true;
        }
    }
    false
}
