//! Months by name, with their other name beside them, and the month that was named before.

use super::Grammar;
use crate::point::{Part, Point, Unit};
use crate::word::WordClass;
use khabar_lexicon::spelling::has_madda;

/// A month as the text names it.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthName {
    pub(super) month: u8,
    pub(super) hijri: bool,
    /// `شهر` stands before it, or a second name of the same month beside it.
    pub(super) sure: bool,
    /// The word may be another word.
    pub(super) word: bool,
    pub(super) end: usize,
}

impl Grammar<'_> {
    /// A month with `شهر` before it or not, and with its other name: `شباط/فبراير`, `أغسطس (آب)`, `آب - أغسطس`.
    pub(super) fn month_name(&self, at: usize) -> Option<MonthName> {
        let text = &self.text;
        let glued = text.word(at).headed;
        let headed = text.word(at).is_unit(WordClass::Unit, Unit::Month);
        let mut from = if headed { at + 1 } else { at };
        if headed && !text.joined(from) {
            return None;
        }
        // A number of the month: `شهر عشرة`, `الشهر التاسع`.
        if headed && let Some(num) = text.num(from).filter(|_| self.style.plans) {
            let month = num.within(1, 12)? as u8;
            return Some(MonthName { month, hijri: false, sure: true, word: false, end: num.end });
        }
        let word = text.word(from);
        if headed && word.is_prefixed() {
            return None;
        }
        let (hijri, ambiguous) = match word.class {
            WordClass::Month => (false, false),
            WordClass::MonthWord => (false, true),
            WordClass::HijriMonth => (true, false),
            WordClass::HijriWord => (true, true),
            _ => return None,
        };
        let month = word.value as u8;
        // Folding makes `آب` and `اب` ("father") one.
        let father = month == 8 && ambiguous && !hijri && !has_madda(text.doc.surface(from));
        from += usize::from(word.len);
        let same = |at: usize| {
            let other = text.word(at);
            let name = matches!(other.class, WordClass::Month | WordClass::MonthWord) && !hijri;
            (name && other.value == word.value && !other.has_and()).then(|| at + usize::from(other.len))
        };
        let mut end = from;
        if text.is_mark(from, &['/', '-', '\\', '–', '|']) && text.joined(from + 1) {
            end = same(from + 1).unwrap_or(from);
        } else if text.is_mark(from, &['(', '[']) {
            let close = same(from + 1).filter(|close| text.is_mark(*close, &[')', ']']));
            end = close.map_or(from, |close| close + 1);
        } else if text.joined(from) {
            end = same(from).unwrap_or(from);
        }
        let sure = headed || glued || end != from;
        (sure || !father).then_some(MonthName { month, hijri, sure, word: ambiguous, end })
    }

    /// Month and what says which one: direction, year.
    pub(super) fn month_after(&self, at: usize) -> Option<(Point, usize)> {
        if !self.text.joined(at) {
            return None;
        }
        if let Some(name) = self.month_name(at) {
            let point = Point { month: Part::Is(name.month as i8), hijri: name.hijri, ..Point::default() };
            return Some(self.with_year(point, name.end));
        }
        if let Some(end) = self.same_month(at) {
            return Some((Point { month: Part::Same, ..Point::default() }, end));
        }
        let (point, end) = self.relative_unit(at)?;
        point.month.is_some().then_some((point, end))
    }

    /// `نفس الشهر`, `الشهر ذاته`.
    fn same_month(&self, at: usize) -> Option<usize> {
        let text = &self.text;
        let month = |at: usize| {
            let word = text.word(at);
            word.is_unit(WordClass::Unit, Unit::Month) && word.is_definite() && text.joined(at)
        };
        let same = text.is(at, WordClass::ThatSame) && month(at + 1) || month(at) && text.is(at + 1, WordClass::Same);
        same.then_some(at + 2)
    }

    /// A month without a day.
    pub(super) fn month(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let this = text.is(at, WordClass::This);
        let name = self.month_name(if this { at + 1 } else { at })?;
        let point = Point { month: Part::Is(name.month as i8), hijri: name.hijri, ..Point::default() };
        let (mut point, end) = self.with_year(point, name.end);
        if this {
            point.dir = Some(0);
        }
        let told = name.sure || end != name.end || this;
        if name.word && !told && !self.month_stands_here(at, &name) {
            return None;
        }
        Some((point, end))
    }

    /// Whether a word that may be no month is one: a preposition of time stands before it.
    fn month_stands_here(&self, at: usize, name: &MonthName) -> bool {
        let text = &self.text;
        let Some(before) = at.checked_sub(1).filter(|_| text.joined(at)) else {
            return self.style.plans;
        };
        let word = text.word(at);
        let class = text.class(before);
        // `دورتي مارس وأفريل`
        let next = text.word(name.end);
        let listed = text.joined(name.end) && next.has_and() && !next.has_preposition() && !name.hijri;
        if listed && !word.is_prefixed() && matches!(next.class, WordClass::Month) {
            return true;
        }
        // `أفريل وماي`
        if word.has_and() && !word.has_preposition() && !name.hijri {
            return matches!(class, WordClass::Month | WordClass::MonthWord);
        }
        if word.is_prefixed() {
            return false;
        }
        if name.hijri {
            // `النصف الثاني من رمضان`
            let part = class == WordClass::From && before.checked_sub(2).is_some_and(|b| text.is(b, WordClass::Share));
            let ramadan = name.month == 9
                && (part
                    || matches!(
                        class,
                        WordClass::In
                            | WordClass::Length
                            | WordClass::To
                            | WordClass::Since
                            | WordClass::Bound
                            | WordClass::Before
                            | WordClass::After
                    ));
            return ramadan || self.style.plans && class == WordClass::In;
        }
        matches!(
            class,
            WordClass::In
                | WordClass::Since
                | WordClass::To
                | WordClass::Length
                | WordClass::Bound
                | WordClass::Before
                | WordClass::After
                | WordClass::UnitDual
                | WordClass::DayPair
                | WordClass::UnitPlural
        ) || class == WordClass::From && text.num(before.wrapping_sub(1)).is_some()
    }
}
