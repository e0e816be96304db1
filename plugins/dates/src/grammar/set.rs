//! What recurs: `كل يوم`, `يوميا`, `مرتين في الأسبوع`, `أيام الأحد`.

use crate::lexicon::Cue;
use khabar_core::Decimal;

use super::Grammar;
use crate::point::{Expr, Phrase, Unit};
use crate::timex;
use crate::word::WordClass;

impl Grammar<'_> {
    /// `يوميا`.
    pub(super) fn set_adverb(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let word = self.text.word(at);
        let unit = word.unit().filter(|_| word.is(WordClass::SetAdverb))?;
        push(out, at, (period(unit, 1), at + 1))
    }

    /// `كل يوم`.
    pub(super) fn set_every(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        push(out, at, if self.text.is(at, WordClass::Every) { self.every(at + 1)? } else { return None })
    }

    /// `مساء كل سبت`, `صباح كل يوم`.
    pub(super) fn set_part_of_every(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let word = text.word(at);
        let every = at + usize::from(word.len);
        if !text.is(every, WordClass::Every) || !text.joined(every) || text.word(every).is_prefixed() {
            return None;
        }
        let (expr, end) = self.every(every + 1)?;
        let set = with_part(expr, word.value as u8)?;
        push(out, at, (set, end))
    }

    /// `مرتين في الأسبوع`, `ثلاث مرات كل شهر`.
    pub(super) fn set_times(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        if text.is(at, WordClass::Times) {
            return push(out, at, self.times(at + 1)?);
        }
        let num = text.num(at).filter(|n| n.within(2, 100).is_some())?;
        (text.is(num.end, WordClass::Times) && text.joined(num.end)).then_some(())?;
        push(out, at, self.times(num.end + 1)?)
    }

    /// `أيام الأحد`.
    pub(super) fn set_weekdays(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let days = self.text.word(at).is_unit(WordClass::UnitPlural, Unit::Day) && self.text.joined(at + 1);
        push(out, at, if days { self.weekdays(at + 1)? } else { return None })
    }

    /// After `كل`: a unit, so many units, a weekday, a part of the day.
    pub(super) fn every(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if !text.joined(at) || word.is_prefixed() {
            return None;
        }
        let (set, end) = match word.class {
            WordClass::Unit if word.unit() == Some(Unit::Day) && self.weekday_word(at + 1).is_some() => {
                let (weekday, end) = self.weekday_word(at + 1)?;
                (format!("XXXX-WXX-{weekday}"), end)
            }
            WordClass::Unit if !word.is_definite() => (period_value(word.unit()?, 1), at + 1),
            WordClass::UnitDual => (period_value(word.unit()?, 2), at + 1),
            WordClass::Weekday | WordClass::WeekdayWord => (format!("XXXX-WXX-{}", word.value), at + 1),
            WordClass::DayPart if word.len == 1 => {
                (format!("XXXX-XX-XX{}", timex::part_code(word.value as u8)), at + 1)
            }
            WordClass::Season | WordClass::SeasonWord => {
                (format!("XXXX-{}", timex::season_code(word.value as u8)), at + 1)
            }
            WordClass::Month | WordClass::MonthWord => (format!("XXXX-{:02}", word.value), at + 1),
            _ => {
                let num = text.num(at)?;
                let unit = text.word(num.end);
                let counted = matches!(unit.class, WordClass::Unit | WordClass::UnitPlural)
                    && text.joined(num.end)
                    && !unit.is_prefixed();
                let count = num.within(1, 10_000).filter(|_| counted)?;
                (period_value(unit.unit()?, count), num.end + 1)
            }
        };
        // `كل صباح في الساعة 9`, `كل يوم اثنين الساعة 4 مساء`
        let next = if text.is(end, WordClass::In) && self.style.plans { end + 1 } else { end };
        if text.joined(next)
            && (text.is(next, WordClass::Clock) || self.style.plans)
            && let Some((point, end)) = self.clock(next)
            && let Some(clock) = point.clock
        {
            return Some((Expr::Set(format!("XXXX-XX-XX{}", timex::clock_code(&clock, point.part))), end));
        }
        // `كل يوم جمعة مساء`
        let part = text.word(end);
        let behind = matches!(part.class, WordClass::DayPart | WordClass::DayPartAdverb) && part.len == 1;
        let is_of_next = text.joined(end + 1) && self.tells_day_at(end + 1);
        if behind
            && text.joined(end)
            && !part.is_prefixed()
            && !is_of_next
            && let Some(set) = with_part(Expr::Set(set.clone()), part.value as u8)
        {
            return Some((set, end + 1));
        }
        Some((Expr::Set(set), end))
    }

    /// Whether a day stands at a token, which a part before it is of.
    fn tells_day_at(&self, at: usize) -> bool {
        self.point(at).is_some_and(|(point, _)| point.tells_day())
    }

    fn weekday_word(&self, at: usize) -> Option<(i16, usize)> {
        let word = self.text.word(at);
        let weekday = matches!(word.class, WordClass::Weekday | WordClass::WeekdayWord) && !word.is_prefixed();
        (weekday && self.text.joined(at)).then_some((word.value, at + 1))
    }

    /// After `مرتين`: `في الأسبوع`, `كل شهر`, `يوميا`.
    fn times(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        if !text.joined(at) {
            return None;
        }
        match text.class(at) {
            WordClass::In => {
                let word = text.word(at + 1);
                let unit =
                    matches!(word.class, WordClass::Unit | WordClass::Today | WordClass::Clock) && text.joined(at + 1);
                let named = if word.is(WordClass::Today) { Some(Unit::Day) } else { word.unit() };
                let unit = named.filter(|_| unit && word.is_definite())?;
                let single = text.is(at + 2, WordClass::Single) || text.cues(at + 2, Cue::TheOne);
                Some((period(unit, 1), if single { at + 3 } else { at + 2 }))
            }
            WordClass::Every => self.every(at + 1),
            WordClass::SetAdverb => Some((period(text.word(at).unit()?, 1), at + 1)),
            _ => None,
        }
    }

    /// `أيام الأحد`; a list of several weekdays is one set.
    fn weekdays(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let first = text.word(at);
        if !first.is(WordClass::Weekday) || first.is_prefixed() {
            return None;
        }
        let value = format!("XXXX-WXX-{}", first.value);
        // More than one: single weeks are meant more often than all of them.
        let more = text.word(at + 1);
        if more.is(WordClass::Weekday) && more.has_and()
            || text.is_mark(at + 1, &['،', ',']) && text.is(at + 2, WordClass::Weekday)
        {
            return None;
        }
        let date = text.num(at + 1).is_some() || text.is(at + 1, WordClass::Direction);
        (!date).then_some((Expr::Set(value), at + 1))
    }

    /// `من كل عام` behind a date.
    pub(super) fn of_every(&self, at: usize) -> Option<(Unit, usize)> {
        let text = &self.text;
        let from = if text.is(at, WordClass::From) || text.is(at, WordClass::In) { at + 1 } else { at };
        if !(text.is(from, WordClass::Every) && text.joined(from) && text.joined(from + 1)) {
            return None;
        }
        let unit = text.word(from + 1);
        Some((unit.unit().filter(|_| unit.is(WordClass::Unit))?, from + 2))
    }
}

/// Each weekday or day, in a part of it.
fn with_part(set: Expr, part: u8) -> Option<Expr> {
    let Expr::Set(set) = set else { return None };
    let day = match set.as_str() {
        "P1D" => "XXXX-XX-XX",
        weekday if weekday.starts_with("XXXX-WXX-") && !weekday.contains('T') => weekday,
        _ => return None,
    };
    Some(Expr::Set(format!("{day}{}", timex::part_code(part))))
}

fn push(out: &mut Vec<Phrase>, at: usize, (expr, end): (Expr, usize)) -> Option<usize> {
    out.push(Phrase::new(at, end, expr, None));
    Some(end)
}

fn period_value(unit: Unit, count: i64) -> String {
    timex::duration(&[crate::point::Amount { count: Some(Decimal::from(count)), unit }])
}

fn period(unit: Unit, count: i64) -> Expr {
    Expr::Set(period_value(unit, count))
}
