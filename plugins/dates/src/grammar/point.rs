//! Points in time put together: a day word, weekday, date, part of the day and clock time that stand side by side.

use khabar_core::kinds::TimexModifier;

use super::Grammar;
use super::first::Rules;
use crate::point::{Part, Point};
use crate::word::{Class, Word};

/// How many parts one date may be made of; more than there are kinds of part is never right.
const MOST_PARTS: usize = 8;
/// Most signs between `الموافق` and the date: `الموافق لـ: (`.
const MOST_BETWEEN: usize = 4;

impl Grammar<'_> {
    /// The longest point that begins at a token.
    pub(super) fn point(&self, at: usize) -> Option<(Point, usize)> {
        let (read_at, read) = self.point.get();
        if read_at == at {
            return read;
        }
        let read = self.rules(at).read(Rules::POINT, || self.whole_point(at));
        self.point.set((at, read));
        read
    }

    fn whole_point(&self, at: usize) -> Option<(Point, usize)> {
        let (mut point, mut end) = self.bounded(at)?;
        for _ in 0..MOST_PARTS {
            let Some((more, next)) = self.beside(&point, end).or_else(|| self.linked(&point, end)) else { break };
            (point, end) = (more, next);
        }
        // A part of the day needs a day, or says of itself that it is of today.
        let lone_part = point.only_time() && point.clock.is_none() && !self.part_stands_here(at);
        (!lone_part).then_some((point, end))
    }

    /// Whether a part of a day stands for today's: always in talk of plans, else only `بعد الظهر`.
    fn part_stands_here(&self, at: usize) -> bool {
        let word = self.text.word(at);
        let before = at.checked_sub(1).map_or(Class::None, |b| self.text.class(b));
        let planned = matches!(word.class, Class::Part | Class::PartAdverb | Class::Late | Class::Bound);
        // `بعد الظهر`, and the adverbs `ليلا`, `صباحا`, are of the day that the text speaks of.
        let afternoon = word.is(Class::Part) && word.value == 3 && word.len == 2;
        self.style.plans && planned
            || word.is(Class::Late)
            || word.skip == 0 && (afternoon || word.is(Class::PartAdverb) && before != Class::Every)
    }

    /// One part, with `مطلع`, `نهاية` or `ساعة متأخرة من` before it.
    fn bounded(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        match word.class {
            // `في نصف شهر مارس`
            Class::Share if word.value == 30 && word.skip == 0 && text.joined(at + 1) => {
                if let Some(found) = self.part_of_day_or_period(at) {
                    return Some(found);
                }
                let (point, end) = self.month(at + 1).filter(|(p, _)| p.modifier.is_none())?;
                Some((Point { modifier: Some(TimexModifier::Mid), ..point }, end))
            }
            Class::Bound | Class::Rest => {
                if let Some(found) = self.part_of_day_or_period(at) {
                    return Some(found);
                }
                let mut next = at + usize::from(word.len);
                if text.is(next, Class::From) && text.is(next.wrapping_sub(1), Class::Late) {
                    next += 1;
                }
                if !text.joined(next) || text.word(next).has(Word::AND | Word::PREPOSITION) {
                    return None;
                }
                let (mut point, end) =
                    self.part_of_day_or_period(next).or_else(|| self.bounded_loose(next, word.value))?;
                let modifier = match word.value {
                    0 => TimexModifier::Start,
                    1 => TimexModifier::Mid,
                    _ => TimexModifier::End,
                };
                // `أول` and `آخر` before a day are an ordinal of it, not its beginning.
                let ordinal = matches!(text.folded(at), "اول" | "اخر") && !point.month.is_some();
                if ordinal || point.modifier.is_some() {
                    return None;
                }
                point.modifier = Some(modifier);
                Some((point, end))
            }
            Class::Late => {
                let mut next = at + usize::from(word.len);
                if text.is(next, Class::From) || text.is(next, Class::In) {
                    next += 1;
                }
                if !text.joined(next) {
                    return None;
                }
                let (mut point, end) = self.part_of_day_or_period(next)?;
                let fits = point.part.is_some() || point.tells_day() || word.value == 3;
                if !fits {
                    return None;
                }
                point.modifier = match word.value {
                    0 => Some(TimexModifier::Start),
                    2 => Some(TimexModifier::End),
                    _ => point.modifier,
                };
                Some((point, end))
            }
            _ => self.part_of_day_or_period(at),
        }
    }

    /// After a boundary word a unit may stand bare: `نهاية الأسبوع`, `منتصف العام`, `نهاية الشهر`.
    fn bounded_loose(&self, at: usize, bound: i16) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let definite = word.is(Class::Unit) && word.has(Word::DEFINITE) && word.skip == 0;
        let known = text.is(at.wrapping_sub(1), Class::Bound) || text.is(at.wrapping_sub(1), Class::Rest);
        if !definite || !known || matches!(text.folded(at - 1), "اول" | "اخر") {
            return None;
        }
        let mut point = Point::default();
        match word.value {
            5 if bound != 1 => point.week = Part::From(0),
            6 => point.month = Part::From(0),
            7 => point.year = crate::point::Year::From(0),
            _ => return None,
        }
        Some((point, at + 1))
    }

    /// Any one part.
    fn part_of_day_or_period(&self, at: usize) -> Option<(Point, usize)> {
        let rules = self.rules(at);
        if rules.any(Rules::WEEKEND) {
            return Some(self.weekend(at));
        }
        rules
            .read(Rules::NTH_WEEK, || self.nth_week(at))
            .or_else(|| self.day(at, rules, &Point::default()))
            .or_else(|| rules.read(Rules::MONTH, || self.month(at)))
            .or_else(|| rules.read(Rules::RELATIVE_UNIT, || self.relative_unit(at)))
            .or_else(|| rules.read(Rules::CENTURY, || self.century(at)))
            .or_else(|| rules.read(Rules::DECADE, || self.decade(at)))
            .or_else(|| rules.read(Rules::PART_OF_YEAR, || self.part_of_year(at)))
            .or_else(|| rules.read(Rules::SEASON, || self.season(at)))
            .or_else(|| rules.read(Rules::CLOCK, || self.clock(at)))
            .or_else(|| rules.read(Rules::YEAR, || self.year_alone(at)))
            .or_else(|| rules.read(Rules::PART, || self.part(at)))
    }

    fn weekend(&self, at: usize) -> (Point, usize) {
        let text = &self.text;
        let point = Point { weekend: true, week: Part::From(0), ..Point::default() };
        let end = at + usize::from(text.word(at).len);
        let after = text.word(end);
        let told = text.joined(end) && matches!(after.class, Class::Dir | Class::Follow);
        let week = Part::From(after.value);
        if told { (Point { week, ..point }, end + 1) } else { (point, end) }
    }

    /// A further part right behind the last.
    fn beside(&self, point: &Point, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        if !text.joined(at) || text.word(at).skip != 0 && !text.is(at, Class::Clock) {
            return None;
        }
        if text.num(at).is_some_and(|n| n.and) {
            return None;
        }
        // `ليل الجمعة السبت` is the night between the two.
        let night = point.part == Some(5) || point.clock.is_some_and(|c| c.hour == 0);
        let second = text.word(at);
        if night && second.is(Class::Weekday) && point.weekday.is_some_and(|w| i16::from(w % 7 + 1) == second.value) {
            return Some((*point, at + 1));
        }
        let (more, end) = self.further(point, at)?;
        Some((point.merge(&more)?, end))
    }

    /// What may follow a point: a day, a clock time, a part of the day, a week.
    fn further(&self, point: &Point, at: usize) -> Option<(Point, usize)> {
        let rules = self.rules(at);
        if !rules.any(Rules::POINT) {
            return None;
        }
        self.clock_beside(point, at)
            .or_else(|| if self.text.is(at, Class::Late) { self.bounded(at) } else { None })
            .or_else(|| self.day(at, rules, point))
            .or_else(|| rules.read(Rules::RELATIVE_UNIT, || self.relative_unit(at)))
            .or_else(|| {
                let alone = self.text.is(at, Class::Clock) || self.style.plans || point.only_time();
                if alone { rules.read(Rules::CLOCK, || self.clock(at)) } else { None }
            })
            .or_else(|| rules.read(Rules::PART, || self.part(at)))
            .or_else(|| {
                let day = point.day.is_some() || point.weekday.is_some();
                if day { rules.read(Rules::MONTH, || self.month(at)) } else { None }
            })
            .or_else(|| {
                let dateless = point.month.is_some() && point.dir.is_none();
                let name = if dateless { rules.read(Rules::YEAR, || self.year(at, false))? } else { return None };
                Some((Point { year: name.year, ..Point::default() }, name.end))
            })
    }

    /// A clock time in figures behind a day: `غدا 8:00`.
    fn clock_beside(&self, point: &Point, at: usize) -> Option<(Point, usize)> {
        let clock = self.text.figures(at).is_some_and(|f| f.clock(false).is_some());
        if clock && point.tells_day() { self.clock(at) } else { None }
    }

    /// A further part behind a connective or in brackets.
    fn linked(&self, point: &Point, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        if !text.joined(at) {
            return None;
        }
        let mark = text.mark(at);
        if matches!(mark, Some('(' | '[')) {
            let (more, end) = self.further(point, at + 1)?;
            let closed = text.is_mark(end, &[')', ']']) && (more.tells_day() || more.clock.is_some());
            return closed.then_some(()).and_then(|()| Some((point.merge(&more)?, end + 1)));
        }
        let mut next = at + 1;
        let class = text.class(at);
        let allowed: fn(&Point, &Point) -> bool = match class {
            Class::From if text.word(at).skip == 0 => |point, more| {
                (point.part.is_some() || point.clock.is_some()) && more.tells_day()
                    || point.clock.is_some() && more.part.is_some()
                    || (point.weekday.is_some() || point.day.is_some()) && (more.week.is_some() || more.month.is_some())
                    || more.year != crate::point::Year::None && point.month.is_some()
            },
            Class::Corresponding => {
                next = at + usize::from(text.word(at).len);
                for _ in 0..MOST_BETWEEN {
                    next += usize::from(text.is_mark(next, &[':', '(']) || text.folded(next) == "ل");
                }
                |point, more| more.tells_day() && (point.weekday.is_some() || point.deictic.is_some())
            }
            Class::In | Class::Sharp if self.style.plans || class == Class::In => {
                next = at + usize::from(text.word(at).len);
                if self.style.plans {
                    |_, _| true
                } else {
                    |point, more| point.weekday.is_some() && more.day.is_some() && more.month.is_some()
                }
            }
            Class::Approx | Class::On if self.style.plans => |point, more| point.tells_day() && more.clock.is_some(),
            _ if matches!(mark, Some('،' | ',' | '-' | '–')) => |point, more| {
                (point.weekday.is_some() || point.deictic.is_some()) && (more.day.is_some() && more.month.is_some())
                    || point.deictic == Some(0) && more.weekday.is_some()
                    || point.tells_day() && more.clock.is_some()
            },
            _ => return None,
        };
        if !text.joined(next) {
            return None;
        }
        let (more, end) = self.further(point, next)?;
        if !allowed(point, &more) {
            return None;
        }
        Some((point.merge(&more)?, end))
    }
}
