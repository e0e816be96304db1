//! The grammar of time phrases: hand-written, left to right, longest phrase first. Every rule looks at a bounded number
//! of tokens, so that the whole is linear.

mod amount;
mod clock;
mod day;
mod interval;
mod month;
mod offset;
mod period;
mod phrase;
mod point;
mod rules;
mod set;
mod year;

use std::cell::Cell;

use khabar_extractor::{Cancel, ExtractError};

use crate::lexicon::Cue;
use crate::point::{Phrase, Point};
use crate::text::Text;
use crate::word::{WordClass, WordClasses};
pub(crate) use rules::{DOCUMENT_BOUNDS, DOCUMENT_TODAY, RULES, RuleId, RuleIds};

/// What decides between readings that only the sort of text can tell apart.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// The text speaks of plans (`direction = "future"`): bare hours, days of the month and parts of a day are times.
    pub(crate) plans: bool,
    /// Years without an era are never Hijri.
    pub(crate) gregorian: bool,
}

/// Reads phrases off a text.
pub(crate) struct Grammar<'a> {
    pub(crate) text: Text<'a>,
    pub(crate) style: Style,
    /// The rules that are not switched off.
    enabled: RuleIds,
    /// The token at which a point was read last, and that point: several sorts of phrase begin with one.
    point: Cell<(usize, Option<(Point, usize)>)>,
}

impl<'a> Grammar<'a> {
    pub(crate) fn new(text: Text<'a>, style: Style, enabled: RuleIds) -> Self {
        Self { text, style, enabled, point: Cell::new((usize::MAX, None)) }
    }

    /// Finds all phrases, in order, unless it is cancelled.
    pub(crate) fn phrases(&self, out: &mut Vec<Phrase>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let mut next = 0;
        while let Some(at) = self.text.opening(next) {
            cancel.check()?;
            next = at + 1;
            if !self.begins(at) {
                continue;
            }
            if let Some(end) = self.phrase(at, out).filter(|end| at < *end) {
                next = end;
            }
        }
        Ok(())
    }

    /// Whether a phrase can begin with a token: most tokens end here.
    #[inline]
    fn begins(&self, at: usize) -> bool {
        let word = self.text.word(at);
        if !word.class.opens() {
            return self.text.num_begins(at) && (self.style.plans || self.number_of_time(at))
                || self.style.plans && word.is(WordClass::In);
        }
        // `العام`, `عام` are "general" more often than a year.
        let unit = word.is(WordClass::Unit);
        !(unit || word.is_in(WordClasses::LEADS))
            || self.time_follows(at)
            || unit && (self.style.plans || self.length_expected(at))
    }

    /// Whether a word of time, a number or a bracket stands behind a word.
    #[inline]
    fn time_follows(&self, at: usize) -> bool {
        let next = at + usize::from(self.text.word(at).len.max(1));
        match self.text.class(next) {
            WordClass::None => self.text.num_begins(next) || self.text.mark(next).is_some(),
            WordClass::Function
            | WordClass::Said
            | WordClass::Says
            | WordClass::SaidOn
            | WordClass::Future
            | WordClass::Coming
            | WordClass::NameHead => self.text.num_begins(next),
            _ => true,
        }
    }

    /// Whether a unit without a number can be a length of time: by the word before it, or as an adverb.
    #[inline]
    fn length_expected(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(WordClass::None, |before| self.text.class(before));
        !matches!(before, WordClass::None | WordClass::Function | WordClass::NameHead)
            || self.text.cues(at, Cue::AccusativeOfTime)
            || at != 0 && self.text.cues(at - 1, Cue::Period)
            || self.by_one(at)
    }

    /// Whether a number has a neighbour that can make it a time: a quick refusal of what counts other things.
    fn number_of_time(&self, at: usize) -> bool {
        let Some(num) = self.text.num(at) else { return true };
        if num.digits == 4 {
            return true;
        }
        match self.text.class(num.end) {
            WordClass::None => self.text.num_begins(num.end) || self.text.mark(num.end).is_some(),
            WordClass::Function
            | WordClass::NameHead
            | WordClass::Said
            | WordClass::Says
            | WordClass::SaidOn
            | WordClass::Future
            | WordClass::Coming => false,
            _ => true,
        }
    }
}
