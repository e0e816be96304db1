//! Points in time put together: a day word, weekday, date, part of the day and clock time that stand side by side.

use khabar_core::kinds::TimexModifier;

use super::Grammar;
use super::rules::{RuleIds, id};
use crate::lexicon::Cue;
use crate::point::{Part, Point, Unit};
use crate::word::WordClass;

/// How many parts one date may be made of; more than there are kinds of part is never right.
const MOST_PARTS: usize = 8;
/// Most signs between `الموافق` and the date: `الموافق لـ: (`.
const MOST_BETWEEN: usize = 4;

/// The value of the word of a half.
const HALF: i16 = 30;

/// Rules that may stand behind another point, by what each of them tells.
const BOUNDED: RuleIds = RuleIds::of(&["bound.middle", "bound.edge", "bound.late"]);
const LATE: RuleIds = RuleIds::of(&["bound.late"]);
const DAYS: RuleIds = RuleIds::of(&[
    "day.deictic",
    "day.figures",
    "day.of_month",
    "day.weekday",
    "day.behind_month",
    "day.holiday",
    "day.headed",
]);
const RELATIVE: RuleIds = RuleIds::of(&["period.relative"]);
const CLOCK: RuleIds = RuleIds::of(&["time.clock"]);
const PART_OF_DAY: RuleIds = RuleIds::of(&["time.part_of_day"]);
const MONTH: RuleIds = RuleIds::of(&["month.name"]);

impl Grammar<'_> {
    /// The longest point that begins at a token.
    pub(super) fn point(&self, at: usize) -> Option<(Point, usize)> {
        let (read_at, read) = self.point.get();
        if read_at == at {
            return read;
        }
        let read = self.whole_point(at);
        self.point.set((at, read));
        read
    }

    fn whole_point(&self, at: usize) -> Option<(Point, usize)> {
        let rules = self.rules(at).and(RuleIds::POINTS);
        let (mut point, mut end) = self.first_point(rules, at, &Point::default())?;
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
        let before = at.checked_sub(1).map_or(WordClass::None, |b| self.text.class(b));
        let planned =
            matches!(word.class, WordClass::DayPart | WordClass::DayPartAdverb | WordClass::Late | WordClass::Bound);
        // `بعد الظهر`, and the adverbs `ليلا`, `صباحا`, are of the day that the text speaks of.
        let afternoon = word.is(WordClass::DayPart) && word.value == 3 && word.len == 2;
        // `طوال الليل`
        let whole = before == WordClass::Length && word.is(WordClass::DayPart) && word.is_definite();
        whole
            || self.style.plans && planned
            || word.is(WordClass::Late)
            || !word.is_prefixed() && (afternoon || word.is(WordClass::DayPartAdverb) && before != WordClass::Every)
    }

    /// `نصف شهر مارس`: its middle.
    pub(super) fn middle(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if word.value != HALF || word.is_prefixed() || !text.joined(at + 1) {
            return None;
        }
        let (point, end) = self.month(at + 1).filter(|(p, _)| p.modifier.is_none())?;
        Some((Point { modifier: Some(TimexModifier::Mid), ..point }, end))
    }

    /// `مطلع`, `منتصف`, `نهاية` and what they are of.
    pub(super) fn edge(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let mut next = at + usize::from(word.len);
        if text.is(next, WordClass::From) && text.is(next.wrapping_sub(1), WordClass::Late) {
            next += 1;
        }
        if !text.joined(next) || text.word(next).is_prefixed() {
            return None;
        }
        let (mut point, end) = self.unbounded(next).or_else(|| self.bounded_loose(next, word.value))?;
        let modifier = match word.value {
            0 => TimexModifier::Start,
            1 => TimexModifier::Mid,
            _ => TimexModifier::End,
        };
        // `أول` and `آخر` before a day are an ordinal of it, not its beginning.
        let ordinal = text.cues(at, Cue::FirstOrLast) && !point.month.is_some();
        if ordinal || point.modifier.is_some() {
            return None;
        }
        point.modifier = Some(modifier);
        Some((point, end))
    }

    /// `ساعة متأخرة من` and what it is of.
    pub(super) fn late(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let mut next = at + usize::from(word.len);
        if text.is(next, WordClass::From) || text.is(next, WordClass::In) {
            next += 1;
        }
        if !text.joined(next) {
            return None;
        }
        let (mut point, end) = self.unbounded(next)?;
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

    /// After a boundary word a unit may stand bare: `نهاية الأسبوع`, `منتصف العام`, `نهاية الشهر`.
    fn bounded_loose(&self, at: usize, bound: i16) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let definite = word.is(WordClass::Unit) && word.is_definite() && !word.is_prefixed();
        let known = text.is(at.wrapping_sub(1), WordClass::Bound) || text.is(at.wrapping_sub(1), WordClass::Rest);
        if !definite || !known || text.cues(at - 1, Cue::FirstOrLast) {
            return None;
        }
        let mut point = Point::default();
        match word.unit() {
            Some(Unit::Week) if bound != 1 => point.week = Part::From(0),
            Some(Unit::Month) => point.month = Part::From(0),
            Some(Unit::Year) => point.year = crate::point::Year::From(0),
            _ => return None,
        }
        Some((point, at + 1))
    }

    /// Any one part but those with a boundary before them.
    fn unbounded(&self, at: usize) -> Option<(Point, usize)> {
        let rules = self.rules(at).and(RuleIds::POINTS).without(BOUNDED);
        self.first_point(rules, at, &Point::default())
    }

    pub(super) fn weekend(&self, at: usize) -> (Point, usize) {
        let text = &self.text;
        let point = Point { weekend: true, week: Part::From(0), ..Point::default() };
        let end = at + usize::from(text.word(at).len);
        let after = text.word(end);
        let told = text.joined(end) && matches!(after.class, WordClass::Direction | WordClass::Follow);
        let week = Part::From(after.value);
        if told { (Point { week, ..point }, end + 1) } else { (point, end) }
    }

    /// A further part right behind the last.
    fn beside(&self, point: &Point, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        if !text.joined(at) || text.word(at).is_prefixed() && !text.is(at, WordClass::Clock) {
            return None;
        }
        if text.num(at).is_some_and(|n| n.and) {
            return None;
        }
        // `ليل الجمعة السبت` is the night between the two.
        let night = point.part == Some(5) || point.clock.is_some_and(|c| c.hour == 0);
        let second = text.word(at);
        if night && second.is(WordClass::Weekday) && point.weekday.is_some_and(|w| i16::from(w % 7 + 1) == second.value)
        {
            return Some((*point, at + 1));
        }
        let (more, end) = self.further(point, at)?;
        Some((point.merge(&more)?, end))
    }

    /// What may follow a point: a day, a clock time, a part of the day, a week.
    fn further(&self, point: &Point, at: usize) -> Option<(Point, usize)> {
        let rules = self.rules(at).and(RuleIds::POINTS);
        if rules.is_empty() {
            return None;
        }
        let read = |which: RuleIds| self.first_point(rules.and(which), at, point);
        self.clock_beside(point, at)
            .or_else(|| read(LATE))
            .or_else(|| read(DAYS))
            .or_else(|| read(RELATIVE))
            .or_else(|| {
                let alone = self.text.is(at, WordClass::Clock) || self.style.plans || point.only_time();
                if alone { read(CLOCK) } else { None }
            })
            .or_else(|| read(PART_OF_DAY))
            .or_else(|| {
                let day = point.day.is_some() || point.weekday.is_some();
                if day { read(MONTH) } else { None }
            })
            .or_else(|| {
                let dateless = point.month.is_some() && point.dir.is_none() && rules.contains(id("year.number"));
                let name = if dateless { self.year(at, false)? } else { return None };
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
            WordClass::From if !text.word(at).is_prefixed() => |point, more| {
                (point.part.is_some() || point.clock.is_some()) && more.tells_day()
                    || point.clock.is_some() && more.part.is_some()
                    || (point.weekday.is_some() || point.day.is_some()) && (more.week.is_some() || more.month.is_some())
                    || more.year != crate::point::Year::None && point.month.is_some()
            },
            WordClass::Corresponding => {
                next = at + usize::from(text.word(at).len);
                for _ in 0..MOST_BETWEEN {
                    next += usize::from(text.is_mark(next, &[':', '(']) || text.cues(next, Cue::ForLetter));
                }
                |point, more| more.tells_day() && (point.weekday.is_some() || point.deictic.is_some())
            }
            WordClass::In | WordClass::Sharp if self.style.plans || class == WordClass::In => {
                next = at + usize::from(text.word(at).len);
                if self.style.plans {
                    |_, _| true
                } else {
                    |point, more| point.weekday.is_some() && more.day.is_some() && more.month.is_some()
                }
            }
            WordClass::Approximately | WordClass::On if self.style.plans => {
                |point, more| point.tells_day() && more.clock.is_some()
            }
            _ if matches!(mark, Some('،' | ',' | '-' | '–')) => |point, more| {
                (point.weekday.is_some() || point.deictic.is_some()) && (more.day.is_some() && more.month.is_some())
                    || point.deictic == Some(0) && more.weekday.is_some()
                    || point.part.is_some() && point.only_time() && point.clock.is_none() && more.deictic == Some(0)
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
