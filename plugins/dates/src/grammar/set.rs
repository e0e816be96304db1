//! What recurs: `كل يوم`, `يوميا`, `مرتين في الأسبوع`, `أيام الأحد`.

use khabar_core::Decimal;

use super::Grammar;
use crate::point::{Expr, Unit};
use crate::timex;
use crate::word::{Class, Word};

impl Grammar<'_> {
    /// A set that begins at a token.
    pub(super) fn set(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let word = text.word(at);
        match word.class {
            Class::SetAdverb => Some((period(Unit::new(word.value)?, 1), at + 1)),
            Class::Every => self.every(at + 1),
            Class::Times => self.times(at + 1),
            Class::UnitPlural if word.value == 4 && text.joined(at + 1) => self.weekdays(at + 1),
            _ => {
                let num = text.num(at).filter(|n| n.within(2, 100).is_some())?;
                (text.is(num.end, Class::Times) && text.joined(num.end)).then_some(())?;
                self.times(num.end + 1)
            }
        }
    }

    /// After `كل`: a unit, so many units, a weekday, a part of the day.
    pub(super) fn every(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if !text.joined(at) || word.skip != 0 {
            return None;
        }
        let (set, end) = match word.class {
            Class::Unit if word.value == 4 && self.weekday_word(at + 1).is_some() => {
                let (weekday, end) = self.weekday_word(at + 1)?;
                (format!("XXXX-WXX-{weekday}"), end)
            }
            Class::Unit if !word.has(Word::DEFINITE) => (period_value(Unit::new(word.value)?, 1), at + 1),
            Class::UnitDual => (period_value(Unit::new(word.value)?, 2), at + 1),
            Class::Weekday | Class::WeekdayWord => (format!("XXXX-WXX-{}", word.value), at + 1),
            Class::Part if word.len == 1 => (format!("XXXX-XX-XX{}", timex::part_code(word.value as u8)), at + 1),
            Class::Season | Class::SeasonWord => (format!("XXXX-{}", timex::season_code(word.value as u8)), at + 1),
            Class::Month | Class::MonthWord => (format!("XXXX-{:02}", word.value), at + 1),
            _ => {
                let num = text.num(at)?;
                let unit = text.word(num.end);
                let counted =
                    matches!(unit.class, Class::Unit | Class::UnitPlural) && text.joined(num.end) && unit.skip == 0;
                let count = num.within(1, 10_000).filter(|_| counted)?;
                (period_value(Unit::new(unit.value)?, count), num.end + 1)
            }
        };
        // `كل صباح في الساعة 9`, `كل يوم اثنين الساعة 4 مساء`
        let next = if text.is(end, Class::In) && self.style.plans { end + 1 } else { end };
        if text.joined(next)
            && (text.is(next, Class::Clock) || self.style.plans)
            && let Some((point, end)) = self.clock(next)
            && let Some(clock) = point.clock
        {
            return Some((Expr::Set(format!("XXXX-XX-XX{}", timex::clock_code(&clock, point.part))), end));
        }
        Some((Expr::Set(set), end))
    }

    fn weekday_word(&self, at: usize) -> Option<(i16, usize)> {
        let word = self.text.word(at);
        let weekday = matches!(word.class, Class::Weekday | Class::WeekdayWord) && word.skip == 0;
        (weekday && self.text.joined(at)).then_some((word.value, at + 1))
    }

    /// After `مرتين`: `في الأسبوع`, `كل شهر`, `يوميا`.
    fn times(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        if !text.joined(at) {
            return None;
        }
        match text.class(at) {
            Class::In => {
                let word = text.word(at + 1);
                let unit = matches!(word.class, Class::Unit | Class::Today | Class::Clock) && text.joined(at + 1);
                let value = if word.is(Class::Today) { 4 } else { word.value };
                let unit = Unit::new(value).filter(|_| unit && (word.has(Word::DEFINITE)))?;
                let single = text.is(at + 2, Class::Single) || text.folded(at + 2) == "الواحد";
                Some((period(unit, 1), if single { at + 3 } else { at + 2 }))
            }
            Class::Every => self.every(at + 1),
            Class::SetAdverb => Some((period(Unit::new(text.word(at).value)?, 1), at + 1)),
            _ => None,
        }
    }

    /// `أيام الأحد`; a list of several weekdays is one set.
    fn weekdays(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let first = text.word(at);
        if !first.is(Class::Weekday) || first.skip != 0 {
            return None;
        }
        let value = format!("XXXX-WXX-{}", first.value);
        // More than one: single weeks are meant more often than all of them.
        let more = text.word(at + 1);
        if more.is(Class::Weekday) && more.has(Word::AND)
            || text.is_mark(at + 1, &['،', ',']) && text.is(at + 2, Class::Weekday)
        {
            return None;
        }
        let date = text.num(at + 1).is_some() || text.is(at + 1, Class::Dir);
        (!date).then_some((Expr::Set(value), at + 1))
    }

    /// `من كل عام` behind a date.
    pub(super) fn of_every(&self, at: usize) -> Option<(Unit, usize)> {
        let text = &self.text;
        let from = if text.is(at, Class::From) || text.is(at, Class::In) { at + 1 } else { at };
        if !(text.is(from, Class::Every) && text.joined(from) && text.joined(from + 1)) {
            return None;
        }
        let unit = text.word(from + 1);
        Some((Unit::new(unit.value).filter(|_| unit.is(Class::Unit))?, from + 2))
    }
}

fn period_value(unit: Unit, count: i64) -> String {
    timex::duration(&[crate::point::Amount { count: Some(Decimal::from(count)), unit }])
}

fn period(unit: Unit, count: i64) -> Expr {
    Expr::Set(period_value(unit, count))
}
