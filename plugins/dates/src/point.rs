//! What a phrase says of a point in time, before anything is resolved.

use khabar_core::Decimal;
use khabar_core::kinds::{Anchor, TimexModifier};
use serde::Deserialize;
use smallvec::SmallVec;

/// A year as a phrase gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Year {
    #[default]
    None,
    /// A number.
    Is(i32),
    /// Years from this one.
    From(i32),
    /// The year of the date before it in the text.
    Same,
}

/// A unit smaller than a year, by number or relative to the present one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Part {
    #[default]
    None,
    /// A number; -1 is the last one.
    Is(i8),
    /// So many from the present one.
    From(i16),
    /// The one of the date before it in the text.
    Same,
}

impl Part {
    pub(crate) fn is_some(self) -> bool {
        self != Self::None
    }
}

/// A clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: Option<u8>,
    /// Minutes east of UTC.
    pub(crate) zone: Option<i16>,
    /// The hour is of twenty-four.
    pub(crate) of_24: bool,
}

/// What a phrase says of a point in time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    /// Year, month and day are Hijri.
    pub(crate) hijri: bool,
    pub(crate) year: Year,
    pub(crate) month: Part,
    /// Day of the month.
    pub(crate) day: Part,
    /// ISO week: relative, or the n-th of the month or year.
    pub(crate) week: Part,
    pub(crate) weekday: Option<u8>,
    /// Which of the month's weekdays: 1 the first, -1 the last.
    pub(crate) nth: Option<i8>,
    /// Days from today.
    pub(crate) deictic: Option<i16>,
    /// Days from the date before it in the text.
    pub(crate) follow: Option<i16>,
    /// -1 past, 0 present, 1 coming: `الماضي`, `الجاري`, `المقبل`.
    pub(crate) dir: Option<i8>,
    /// Part of the day: 1 morning, 2 noon, 3 afternoon, 4 evening, 5 night.
    pub(crate) part: Option<u8>,
    pub(crate) clock: Option<Clock>,
    /// Quarter, 1 to 4.
    pub(crate) quarter: Option<u8>,
    /// Half of a year or month, 1 or 2.
    pub(crate) half: Option<u8>,
    /// 1 spring to 4 winter.
    pub(crate) season: Option<u8>,
    /// Tens of the century.
    pub(crate) decade: Part,
    /// The century's number, or relative to this one.
    pub(crate) century: Part,
    /// Index of a holiday.
    pub(crate) holiday: Option<u16>,
    pub(crate) weekend: bool,
    /// Before Christ.
    pub(crate) bc: bool,
    pub(crate) modifier: Option<TimexModifier>,
    /// A second reading of a numeric date: month and day.
    pub(crate) or: Option<(u8, u8)>,
    /// The rule that read its first part, as a place in the grammar's table.
    pub(crate) rule: Option<u8>,
}

impl Point {
    /// Something that tells a day or a span of a few.
    pub(crate) fn tells_day(&self) -> bool {
        self.day.is_some()
            || self.weekday.is_some()
            || self.deictic.is_some()
            || self.follow.is_some()
            || self.holiday.is_some()
            || self.weekend
    }

    /// A part of a day or a clock time, and nothing else.
    pub(crate) fn only_time(&self) -> bool {
        !self.tells_day() && !self.tells_period()
    }

    fn tells_period(&self) -> bool {
        self.year != Year::None
            || self.month.is_some()
            || self.week.is_some()
            || self.quarter.is_some()
            || self.half.is_some()
            || self.season.is_some()
            || self.decade.is_some()
            || self.century.is_some()
    }

    /// Both together, when nothing is said twice and the parts make one date.
    pub(crate) fn merge(&self, other: &Self) -> Option<Self> {
        fn one<T>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
            match (a, b) {
                (Some(_), Some(_)) => None,
                (a, b) => Some(a.or(b)),
            }
        }
        fn part(a: Part, b: Part) -> Option<Part> {
            match (a, b) {
                (a, Part::None) => Some(a),
                (Part::None, b) => Some(b),
                _ => None,
            }
        }
        let calendars = self.tells_calendar() && other.tells_calendar();
        if calendars && self.hijri != other.hijri || !self.goes_with(other) {
            return None;
        }
        Some(Self {
            hijri: self.hijri || other.hijri,
            year: match (self.year, other.year) {
                (year, Year::None) | (Year::None, year) => year,
                _ => return None,
            },
            month: part(self.month, other.month)?,
            day: part(self.day, other.day)?,
            week: part(self.week, other.week)?,
            weekday: one(self.weekday, other.weekday)?,
            nth: one(self.nth, other.nth)?,
            deictic: one(self.deictic, other.deictic)?,
            follow: one(self.follow, other.follow)?,
            // `السبت المقبل 11 مارس الجاري`: the date says more than its weekday.
            dir: if self.weekday.is_some() && other.month.is_some() {
                other.dir.or(self.dir)
            } else {
                one(self.dir, other.dir)?
            },
            part: self.part.or(other.part),
            clock: one(self.clock, other.clock)?,
            quarter: one(self.quarter, other.quarter)?,
            half: one(self.half, other.half)?,
            season: one(self.season, other.season)?,
            decade: part(self.decade, other.decade)?,
            century: part(self.century, other.century)?,
            holiday: one(self.holiday, other.holiday)?,
            weekend: self.weekend || other.weekend,
            bc: self.bc || other.bc,
            modifier: self.modifier.or(other.modifier),
            or: self.or.or(other.or),
            rule: self.rule.or(other.rule),
        })
    }

    fn tells_calendar(&self) -> bool {
        self.year != Year::None || self.month.is_some()
    }

    /// Whether the two can describe one time: a year needs a month or period before it, a part of a day needs a day.
    fn goes_with(&self, other: &Self) -> bool {
        if self.part.is_some() && other.part.is_some() && (self.clock.is_none() && other.clock.is_none()) {
            return false;
        }
        if other.only_time() {
            return self.tells_day() || self.only_time();
        }
        if self.only_time() {
            return other.tells_day();
        }
        if other.tells_day() {
            // A day in a week or month named before it, a date after its weekday or its day word.
            let dated = |p: &Self| p.day.is_some() && p.month.is_some() || p.day.is_some();
            return if self.deictic.is_some() || self.follow.is_some() {
                other.weekday.is_some() || dated(other)
            } else if self.weekday.is_some() {
                dated(other) || other.deictic.is_some() && self.dir.is_none()
            } else if dated(self) {
                other.weekday.is_some() && other.day == Part::None
            } else {
                self.week.is_some() && other.weekday.is_some() || self.weekend
            };
        }
        if other.year != Year::None && !other.month.is_some() && !other.week.is_some() {
            return self.month.is_some()
                || self.quarter.is_some()
                || self.half.is_some()
                || self.season.is_some()
                || self.week.is_some()
                || self.holiday.is_some();
        }
        if other.week.is_some() {
            return self.weekday.is_some() || self.weekend;
        }
        if other.month.is_some() {
            return !self.month.is_some()
                && (self.day.is_some() || self.week.is_some() || self.nth.is_some() || self.half.is_some());
        }
        other.century.is_some() && self.decade.is_some()
    }
}

/// A unit of time, ordered from small to large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Hash)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

/// How many of a unit; `None` is an unknown count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Amount {
    pub(crate) count: Option<Decimal>,
    pub(crate) unit: Unit,
}

/// Amounts that make one length; most lengths have one.
pub(crate) type Amounts = SmallVec<[Amount; 1]>;

/// What a phrase means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expr {
    Point(Point),
    /// Begin and end, both inclusive.
    Interval(Point, Point),
    Duration(Amounts, Option<Anchor>),
    /// So long before (-1) or after (1) now.
    Shift(Amounts, i64),
    /// So long before (-1) or after (1) a day.
    Offset(Point, Amounts, i64),
    /// The TIMEX3 value of what recurs.
    Set(String),
    /// A date that recurs every year.
    Yearly(Point),
    /// -1 past, 0 present, 1 future.
    Reference(i8),
}

/// A phrase of time in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Phrase {
    /// First token.
    pub(crate) first: usize,
    /// The token after the last.
    pub(crate) end: usize,
    pub(crate) expr: Expr,
    pub(crate) modifier: Option<TimexModifier>,
    /// The rule that read it, as a place in the grammar's table.
    pub(crate) rule: Option<u8>,
}

impl Phrase {
    /// A phrase of which nobody said yet by which rule it was read.
    pub(crate) const fn new(first: usize, end: usize, expr: Expr, modifier: Option<TimexModifier>) -> Self {
        Self { first, end, expr, modifier, rule: None }
    }
}

impl Expr {
    /// Whether the tense decides which time is meant.
    pub(crate) fn needs_tense(&self) -> bool {
        let open = |p: &Point| p.deictic.is_none() && !matches!(p.year, Year::Is(_)) && p.follow.is_none();
        match self {
            Self::Point(point) => open(point),
            Self::Interval(left, right) => open(left) || open(right),
            _ => false,
        }
    }

    /// Whether the phrase is a date with its year.
    pub(crate) fn names_year(&self) -> bool {
        matches!(self, Self::Point(point) if matches!(point.year, Year::Is(_)))
    }

    /// Whether the phrase can tell something of the document's own date.
    pub(crate) fn tells_today(&self) -> bool {
        let present_month = |p: &Point| p.dir == Some(0) && p.month.is_some();
        let dated = |p: &Point| p.weekday.is_some() || p.month.is_some() && p.day.is_some();
        match self {
            Self::Point(point) => present_month(point) || point.deictic.is_some() && dated(point),
            Self::Interval(_, right) => present_month(right),
            Self::Duration(amounts, anchor) => {
                *anchor == Some(Anchor::After) && matches!(amounts.as_slice(), [amount] if amount.unit == Unit::Year)
            }
            _ => false,
        }
    }
}
