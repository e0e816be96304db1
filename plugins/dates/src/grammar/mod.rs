//! The grammar of time phrases: hand-written, left to right, longest phrase first. Every rule looks at a bounded number
//! of tokens, so that the whole is linear.

mod amount;
mod clock;
mod day;
mod first;
mod interval;
mod month;
mod period;
mod phrase;
mod point;
mod set;
mod year;

use std::cell::Cell;

use khabar_extractor::{Cancel, ExtractError};

use crate::point::{Phrase, Point};
use crate::text::Text;
use crate::word::{Class, Word};

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
    /// The token at which a point was read last, and that point: several sorts of phrase begin with one.
    point: Cell<(usize, Option<(Point, usize)>)>,
}

impl<'a> Grammar<'a> {
    pub(crate) fn new(text: Text<'a>, style: Style) -> Self {
        Self { text, style, point: Cell::new((usize::MAX, None)) }
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
            let before = out.len();
            match self.phrase(at, out) {
                Some(end) if at < end => next = end,
                _ => out.truncate(before),
            }
        }
        Ok(())
    }

    /// Whether a phrase can begin with a token: most tokens end here.
    #[inline]
    fn begins(&self, at: usize) -> bool {
        let word = self.text.word(at);
        if !word.has(Word::OPENS) {
            return self.text.num_begins(at) && (self.style.plans || self.number_of_time(at))
                || self.style.plans && word.is(Class::In);
        }
        // `العام`, `عام` are "general" more often than a year.
        let unit = word.is(Class::Unit);
        !(unit || word.has(Word::LEADS))
            || self.time_follows(at)
            || unit && (self.style.plans || self.length_expected(at))
    }

    /// Whether a word of time, a number or a bracket stands behind a word.
    #[inline]
    fn time_follows(&self, at: usize) -> bool {
        let next = at + usize::from(self.text.word(at).len.max(1));
        match self.text.class(next) {
            Class::None => self.text.num_begins(next) || self.text.mark(next).is_some(),
            Class::Function | Class::Said | Class::SaidOn | Class::Future | Class::Coming | Class::NameHead => {
                self.text.num_begins(next)
            }
            _ => true,
        }
    }

    /// Whether a unit without a number can be a length of time: by the word before it, or as an adverb.
    #[inline]
    fn length_expected(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(Class::None, |before| self.text.class(before));
        !matches!(before, Class::None | Class::Function | Class::NameHead)
            || matches!(self.text.folded(at), "شهرا" | "اسبوعا")
            || at != 0 && matches!(self.text.folded(at - 1), "المده" | "مده")
            || self.by_one(at)
    }

    /// Whether a number has a neighbour that can make it a time: a quick refusal of what counts other things.
    fn number_of_time(&self, at: usize) -> bool {
        let Some(num) = self.text.num(at) else { return true };
        if num.digits == 4 {
            return true;
        }
        match self.text.class(num.end) {
            Class::None => self.text.num_begins(num.end) || self.text.mark(num.end).is_some(),
            Class::Function | Class::NameHead | Class::Said | Class::SaidOn | Class::Future | Class::Coming => false,
            _ => true,
        }
    }
}
