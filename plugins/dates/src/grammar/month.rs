//! Months by name, with their other name beside them, and the month that was named before.

use super::Grammar;
use crate::point::{Part, Point};
use crate::word::{Class, Word};

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
        let glued = text.word(at).has(Word::HEADED);
        let headed = text.is(at, Class::Unit) && text.word(at).value == 6;
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
        if headed && word.flags & (Word::PREPOSITION | Word::AND) != 0 {
            return None;
        }
        let (hijri, ambiguous) = match word.class {
            Class::Month => (false, false),
            Class::MonthWord => (false, true),
            Class::HijriMonth => (true, false),
            Class::HijriWord => (true, true),
            _ => return None,
        };
        let month = word.value as u8;
        // Folding makes `آب` and `اب` ("father") one.
        let father = month == 8 && ambiguous && !hijri && !text.doc.surface(from).contains('آ');
        from += usize::from(word.len);
        let same = |at: usize| {
            let other = text.word(at);
            let name = matches!(other.class, Class::Month | Class::MonthWord) && !hijri;
            (name && other.value == word.value && !other.has(Word::AND)).then(|| at + usize::from(other.len))
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
            word.is(Class::Unit) && word.value == 6 && word.has(Word::DEFINITE) && text.joined(at)
        };
        let same = text.is(at, Class::ThatSame) && month(at + 1) || month(at) && text.is(at + 1, Class::Same);
        same.then_some(at + 2)
    }

    /// A month without a day.
    pub(super) fn month(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let this = text.is(at, Class::This);
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
        let listed = text.joined(name.end) && next.has(Word::AND) && !next.has(Word::PREPOSITION) && !name.hijri;
        if listed && word.skip == 0 && matches!(next.class, Class::Month) {
            return true;
        }
        // `أفريل وماي`
        if word.has(Word::AND) && !word.has(Word::PREPOSITION) && !name.hijri {
            return matches!(class, Class::Month | Class::MonthWord);
        }
        if word.has(Word::PREPOSITION | Word::AND) {
            return false;
        }
        if name.hijri {
            // `النصف الثاني من رمضان`
            let part = class == Class::From && before.checked_sub(2).is_some_and(|b| text.is(b, Class::Share));
            let ramadan = name.month == 9
                && (part
                    || matches!(
                        class,
                        Class::In
                            | Class::Length
                            | Class::To
                            | Class::Since
                            | Class::Bound
                            | Class::Before
                            | Class::After
                    ));
            return ramadan || self.style.plans && class == Class::In;
        }
        matches!(
            class,
            Class::In
                | Class::Since
                | Class::To
                | Class::Length
                | Class::Bound
                | Class::Before
                | Class::After
                | Class::UnitDual
                | Class::DayPair
                | Class::UnitPlural
        ) || class == Class::From && text.num(before.wrapping_sub(1)).is_some()
    }
}
