//! Intervals: `من 4 إلى 11 نوفمبر`, `بين عامي 2004 و2007`, `يومي 29 و30 أفريل`, `2011-2015`.

use super::Grammar;
use crate::point::{Clock, Expr, Part, Phrase, Point, Unit, Year};
use crate::word::WordClass;

/// A bound that may still lack what the other bound says.
#[derive(Clone, Copy, Debug)]
enum Bound {
    /// A number alone: a day, an hour or a year.
    Number(i64),
    Point(Point),
}

/// A sort of interval, by the word that it begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    FromTo,
    Between,
    Pair,
    Years,
    /// Without a word before it.
    Joined,
    /// `يومين` is a length.
    None,
}

impl Grammar<'_> {
    /// Which sort of interval may begin at a token.
    fn interval_sort(&self, at: usize) -> Sort {
        let text = &self.text;
        let word = text.word(at);
        let next = at + usize::from(word.len.max(1));
        let two_years = || text.figures(next).is_some_and(|figures| figures.parts().len() == 2);
        match word.class {
            _ if !text.joined(next) => Sort::Joined,
            WordClass::From if !word.has_and() => Sort::FromTo,
            WordClass::Between => Sort::Between,
            WordClass::DayPair if word.unit() == Some(Unit::Day) => Sort::Pair,
            WordClass::UnitDual if word.unit() == Some(Unit::Day) => Sort::None,
            WordClass::Unit if word.unit() == Some(Unit::Year) && two_years() => Sort::Years,
            WordClass::SeasonYear => Sort::Years,
            _ => Sort::Joined,
        }
    }

    /// An interval of any sort that begins at a token.
    pub(super) fn interval(&self, at: usize) -> Option<(Expr, usize)> {
        let next = at + usize::from(self.text.word(at).len.max(1));
        match self.interval_sort(at) {
            Sort::FromTo => self.between(next, false),
            Sort::Between => self.between(next, true).or_else(|| self.joined_days(next)),
            Sort::Pair => self.pair(next),
            Sort::Years => self.years(next),
            Sort::Joined => self.joined_days(at).or_else(|| self.open_interval(at)),
            Sort::None => None,
        }
    }

    fn interval_of(&self, sort: Sort, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let (expr, end) = if self.interval_sort(at) == sort { self.interval(at)? } else { return None };
        out.push(Phrase::new(at, end, expr, None));
        Some(end)
    }

    pub(super) fn interval_from_to(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        self.interval_of(Sort::FromTo, at, out)
    }

    pub(super) fn interval_between(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        self.interval_of(Sort::Between, at, out)
    }

    pub(super) fn interval_pair(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        self.interval_of(Sort::Pair, at, out)
    }

    pub(super) fn interval_years(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        self.interval_of(Sort::Years, at, out)
    }

    pub(super) fn interval_joined(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        self.interval_of(Sort::Joined, at, out)
    }

    /// `X إلى Y` or `X وY`, after `من` or `بين`.
    fn between(&self, at: usize, and: bool) -> Option<(Expr, usize)> {
        let text = &self.text;
        // `بين عامي 2004 و2007`, `بين يومي 3 و5 مارس`, `بين الساعة 8 و10`
        let head = text.word(at);
        let paired = if head.is(WordClass::DayPair) { at + 1 } else { at };
        if and && let Some(found) = self.dated_weekdays(paired) {
            return Some(found);
        }
        if and
            && !head.is_prefixed()
            && (head.is(WordClass::UnitDual) || head.is(WordClass::DayPair))
            && text.joined(at + 1)
        {
            let (left, next) = self.bound(at + 1)?;
            let (right, end) = self.bound(self.after_and(next)?)?;
            return self.join(left, right, end, head.unit() == Some(Unit::Year));
        }
        let (left, next) = self.bound(at)?;
        let next = if and { self.after_and(next).or_else(|| self.after_to(next))? } else { self.after_to(next)? };
        let (right, end) = self.bound(next)?;
        self.join(left, right, end, false)
    }

    /// `13 الى 15 تموز`, `2 أكتوبر إلى 22 أكتوبر`: without `من`, both ends must be days.
    fn open_interval(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let num = text.num(at);
        let days = num
            .is_some_and(|n| n.within(1, 31).is_some() && (self.to(n.end) || text.is(n.end, WordClass::From)))
            || num.is_some()
            || self.style.plans;
        if !days {
            return None;
        }
        // What stands behind a number that is no point tells sooner than what sort of bound it is.
        if num.is_some_and(|num| self.point(at).is_none() && !self.may_go_on(num.end)) {
            return None;
        }
        let (left, next) = self.bound(at)?;
        let dash = text.is_mark(next, &['-', '–']) && self.style.plans;
        let next = if dash { next + 1 } else { self.after_to(next)? };
        let (right, end) = self.bound(next)?;
        if let (Bound::Number(_), Bound::Point(point)) = (left, right)
            && point.clock.is_some()
            && !self.style.plans
        {
            return None;
        }
        self.join(left, right, end, false)
    }

    /// `يومي 29 و30 أفريل`, `يومي السبت والأحد`.
    fn pair(&self, at: usize) -> Option<(Expr, usize)> {
        if let Some(found) = self.dated_weekdays(at) {
            return Some(found);
        }
        let (left, next) = self.bound(at)?;
        let next = self.after_and(next).or_else(|| self.after_to(next))?;
        let (right, end) = self.bound(next)?;
        if self.style.plans && matches!((left, right), (Bound::Point(_), Bound::Point(_))) {
            return None;
        }
        self.join(left, right, end, false)
    }

    /// `الأربعاء والخميس 12 و13 نيسان`
    fn dated_weekdays(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let weekday = |at: usize| Some(text.word(at)).filter(|w| w.is(WordClass::Weekday)).map(|w| w.value as u8);
        let begin = weekday(at)?;
        let second = self.after_and(at + 1)?;
        let end = weekday(second)?;
        let num = text.num(second + 1).filter(|n| !n.and && 0 < n.digits && text.joined(second + 1))?;
        let (right, after) = self.day_and_month(self.after_and(num.end)?, &Point::default())?;
        let first = Part::Is(num.within(1, 31)? as i8);
        let left = Point { day: first, weekday: Some(begin), modifier: None, ..right };
        Some((Expr::Interval(left, Point { weekday: Some(end), ..right }), after))
    }

    /// Whether an interval may go on right behind a number, or behind the era of a year.
    fn may_go_on(&self, at: usize) -> bool {
        matches!(self.text.class(at), WordClass::To | WordClass::Era) || self.text.is_mark(at, &['-', '–', '('])
    }

    fn to(&self, at: usize) -> bool {
        self.text.joined(at) && self.text.is(at, WordClass::To)
    }

    fn after_to(&self, at: usize) -> Option<usize> {
        let text = &self.text;
        if text.is_mark(at, &['-', '–']) && text.joined(at + 1) {
            return Some(at + 1);
        }
        let word = text.word(at);
        let to = self.to(at) && text.joined(at + usize::from(word.len));
        to.then(|| at + usize::from(word.len))
    }

    /// The token after a separate `و`, or a word that carries it.
    fn after_and(&self, at: usize) -> Option<usize> {
        let text = &self.text;
        if !text.joined(at) {
            return None;
        }
        if text.is(at, WordClass::And) {
            return text.joined(at + 1).then_some(at + 1);
        }
        let carried = text.word(at).has_and() || text.num(at).is_some_and(|n| n.and);
        carried.then_some(at)
    }

    fn bound(&self, at: usize) -> Option<(Bound, usize)> {
        let text = &self.text;
        let mut from = at;
        if text.is(at, WordClass::Article) {
            from += 1;
        }
        if !text.joined(from) {
            return None;
        }
        if let Some((point, end)) = self.point(from).or_else(|| self.year_bound(from)) {
            return Some((Bound::Point(point), end));
        }
        // `يوم 4`, a number alone
        let head = text.word(from).is_unit(WordClass::Unit, Unit::Day) || text.is(from, WordClass::Clock);
        let clock = text.is(from, WordClass::Clock);
        let num = text.num(if head { from + 1 } else { from })?;
        if clock {
            let hour = num.within(0, 24)? as u8;
            let clock = Clock { hour: hour % 24, minute: 0, second: None, zone: None, of_24: 12 < hour };
            return Some((Bound::Point(Point { clock: Some(clock), ..Point::default() }), num.end));
        }
        let value = num.within(0, 2999)?;
        Some((Bound::Number(value), num.end))
    }

    fn year_bound(&self, at: usize) -> Option<(Point, usize)> {
        let name = self.year(at, false)?;
        let is = matches!(name.year, Year::Is(1000..=2100)) && !self.counts_noun(name.end);
        is.then_some((
            Point { year: name.year, hijri: name.hijri == Some(true), bc: name.bc, ..Point::default() },
            name.end,
        ))
    }

    /// Two bounds as an interval, when each can be completed by the other.
    fn join(&self, left: Bound, right: Bound, end: usize, years: bool) -> Option<(Expr, usize)> {
        let (left, right) = match (left, right) {
            (Bound::Point(left), Bound::Point(right)) => (left, right),
            (Bound::Number(value), Bound::Point(right)) => (self.as_other(value, &right)?, right),
            (Bound::Point(left), Bound::Number(value)) => (left, self.as_other(value, &left)?),
            (Bound::Number(a), Bound::Number(b)) if years => {
                let year = |v: i64| Some(Point { year: Year::Is(i32::try_from(v).ok()?), ..Point::default() });
                (year(a).filter(|_| 100 < a)?, year(b).filter(|_| a < b)?)
            }
            _ => return None,
        };
        let mut left = complete(left, &right);
        let mut right = complete(right, &left);
        // `من الساعة 4 إلى 5 مساء`: one half of the day for both.
        if left.clock.is_some() && right.clock.is_some() {
            left.part = left.part.or(right.part);
            right.part = right.part.or(left.part);
        }
        compatible(&left, &right).then_some((Expr::Interval(left, right), end))
    }

    /// A number read as the same sort of thing as the other bound.
    fn as_other(&self, value: i64, other: &Point) -> Option<Point> {
        let blank = Point { modifier: None, or: None, dir: None, weekday: None, ..*other };
        if let Some(clock) = other.clock {
            let hour = u8::try_from(value).ok().filter(|h| *h <= 24)?;
            let clock = Clock { hour: hour % 24, minute: 0, second: None, of_24: 12 < hour, ..clock };
            return Some(Point { clock: Some(clock), ..blank });
        }
        if let Part::Is(_) = other.day {
            let day = i8::try_from(value).ok().filter(|d| (1..=31).contains(d))?;
            return Some(Point { day: Part::Is(day), ..blank });
        }
        let year = matches!(other.year, Year::Is(_)) && !other.month.is_some() && (1000..=2999).contains(&value);
        if year {
            return Some(Point { year: Year::Is(value as i32), ..blank });
        }
        // `نوفمبر بين 19 و20`
        let day = i8::try_from(value).ok().filter(|d| (1..=31).contains(d) && other.month.is_some())?;
        Some(Point { day: Part::Is(day), ..blank })
    }

    /// `2011-2015`, `2016/2017`, `2016 - 2017`, and days of a month in one token: `4-22 يناير`.
    fn years(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let mut figures = text.figures(at)?;
        let mut end = at + 1;
        if figures.parts().len() == 1
            && let Some(mark) = text.mark(end).filter(|m| matches!(m, '/' | '-' | '–') && text.joined(end))
            && let Some(more) = text.figures(end + 1).filter(|_| text.joined(end + 1))
        {
            figures = figures.join(mark, &more)?;
            end += 2;
        }
        let &[a, b] = figures.parts() else {
            // `موسم 2017`
            if !text.season_head_before(at) {
                return None;
            }
            let (point, end) = self.year_bound(at)?;
            return Some((Expr::Point(point), end));
        };
        let &[da, db] = figures.digits() else { return None };
        let dash = figures.separator() == Some(b'-');
        if da <= 2 && db <= 2 && a < b && b <= 31 && dash {
            return self.days_of_month(a, b, end);
        }
        let season = text.season_head_before(at);
        if da == 4 && db <= 2 && a.is_multiple_of(100) == (b == 0) && (season || !dash) && b == (a + 1) % 100 {
            // `موسم 2016-17`
            return years_expr(a, a + 1, season).map(|e| (e, end));
        }
        if da == 4 && db <= 2 && (1..=12).contains(&b) && self.style.plans {
            return Some((month_expr(a, b), end));
        }
        if db == 4 && da <= 2 && (1..=12).contains(&a) && self.style.plans {
            return Some((month_expr(b, a), end));
        }
        if da != 4 || db != 4 || b <= a {
            return None;
        }
        let consecutive = b == a + 1;
        let fits = (1000..2100).contains(&a) && b < 2101 && (consecutive || dash || season);
        if !fits || !consecutive && !season && self.counts_noun(end) && !text.is(end, WordClass::Era) {
            return None;
        }
        let era = text.joined(end) && text.is(end, WordClass::Era) && text.word(end).value != 3;
        years_expr(a, b, season).map(|e| (e, if era { end + 1 } else { end }))
    }

    fn days_of_month(&self, a: u32, b: u32, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        let from = if text.is(at, WordClass::From) { at + 1 } else { at };
        if text.joined(from) {
            let month = self.month(from).or_else(|| self.relative_unit(from).filter(|(p, _)| p.month.is_some()));
            if let Some((month, end)) = month {
                let day = |d: u32| Point { day: Part::Is(d as i8), ..month };
                return Some((Expr::Interval(day(a), day(b)), end));
            }
            // `1-3 مساء`
            let word = text.word(at);
            if matches!(word.class, WordClass::DayPart | WordClass::DayPartAdverb) && !word.is_prefixed() && b <= 12 {
                let hour = |h: u32| Point {
                    clock: Some(Clock { hour: h as u8, minute: 0, second: None, zone: None, of_24: false }),
                    part: Some(word.value as u8),
                    ..Point::default()
                };
                return Some((Expr::Interval(hour(a), hour(b)), at + usize::from(word.len)));
            }
        }
        None
    }

    /// `في 29-30 أفريل` in words with a slash or dash between: `29 - 30 أفريل`.
    fn joined_days(&self, at: usize) -> Option<(Expr, usize)> {
        let text = &self.text;
        if let Some(found) = self.years(at) {
            return Some(found);
        }
        let first = text.num(at).filter(|n| n.digits != 0)?.within(1, 31)?;
        if !text.is_mark(at + 1, &['-', '–']) || !text.joined(at + 2) {
            return None;
        }
        let second = text.num(at + 2).filter(|n| n.digits != 0)?.within(1, 31).filter(|s| first < *s)?;
        self.days_of_month(first as u32, second as u32, at + 3)
    }
}

fn month_expr(year: u32, month: u32) -> Expr {
    Expr::Point(Point { year: Year::Is(year as i32), month: Part::Is(month as i8), ..Point::default() })
}

fn years_expr(a: u32, b: u32, _season: bool) -> Option<Expr> {
    let hijri = (1300..1460).contains(&a);
    let year = |y: u32| Point { year: Year::Is(y as i32), hijri, ..Point::default() };
    Some(Expr::Interval(year(a), year(b)))
}

/// What one bound leaves to the other: month, year, calendar, day of a clock time, direction.
fn complete(point: Point, other: &Point) -> Point {
    let mut point = point;
    let day = matches!(point.day, Part::Is(_));
    if day && !point.month.is_some() && other.month.is_some() {
        (point.month, point.hijri) = (other.month, other.hijri);
    }
    let dated = point.month.is_some() || point.quarter.is_some();
    // A month that comes later than the other bound's is of another year, which resolution finds.
    let turns = matches!((point.month, other.month), (Part::Is(a), Part::Is(b)) if b < a);
    if dated && !turns && point.year == Year::None && other.year != Year::None && point.hijri == other.hijri {
        point.year = other.year;
    }
    if point.dir.is_none() && (point.month.is_some() || point.weekday.is_some()) && point.year == Year::None {
        point.dir = other.dir;
    }
    if point.only_time() && other.tells_day() && point.clock.is_some() {
        let clock = point.clock;
        point = Point { clock, part: point.part, modifier: None, ..*other };
    }
    if point.deictic.is_some() && point.clock.is_none() && other.only_time() {
        return point;
    }
    point
}

/// Both bounds are of one sort.
fn compatible(left: &Point, right: &Point) -> bool {
    if left.clock.is_some() != right.clock.is_some() {
        return false;
    }
    let day = |p: &Point| p.tells_day() || p.clock.is_some() || p.part.is_some();
    if day(left) != day(right) {
        return false;
    }
    match (left.day, right.day, left.month == right.month && left.year == right.year) {
        (Part::Is(a), Part::Is(b), true) if left.clock.is_none() => a < b || b == -1,
        _ => left != right,
    }
}
