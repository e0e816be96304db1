//! From what a phrase says to its TIMEX3 value: document date, direction, tense, the dates before it, quotations.

mod day;
mod period;
mod point;

use jiff::civil::Date;
use khabar_core::kinds::{Anchor, Timex, TimexModifier};

use crate::calendar;
use crate::point::{Amount, Expr, Phrase, Point, Unit};
use crate::reference::{Direction, Reference};
use crate::timex;

/// The sort of a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Date,
    Time,
    Duration,
    Set,
}

/// A value with what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) kind: Kind,
    pub(crate) timex: Timex,
    pub(crate) confidence: f32,
    /// The first day that it is of.
    pub(crate) day: Option<Date>,
    /// It is a day or finer.
    pub(crate) fine: bool,
}

/// What a document says so far.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    pub(crate) reference: Reference,
    /// The day that deictic words count from: the document's, or that of what was said.
    pub(crate) today: Option<Date>,
    /// The last day named.
    pub(crate) last: Option<Date>,
    /// The last year named.
    pub(crate) last_year: Option<i32>,
    /// The clause looks ahead.
    pub(crate) future: bool,
}

/// What a point resolves to.
#[derive(Clone, Debug, Default)]
struct Found {
    value: String,
    /// First day.
    day: Option<Date>,
    hijri: Option<String>,
    alternatives: Vec<String>,
    confidence: f32,
}

impl Found {
    fn new(value: String, day: Option<Date>) -> Self {
        Self { value, day, confidence: 1.0, ..Self::default() }
    }

    fn sure(self, confidence: f32) -> Self {
        Self { confidence: self.confidence * confidence, ..self }
    }
}

impl State {
    pub(crate) fn new(reference: Reference) -> Self {
        Self { reference, today: reference.date, last: None, last_year: None, future: false }
    }

    /// Takes note of a day that the text names; `fine` when it names the day and no longer time.
    pub(crate) fn names(&mut self, day: Date, fine: bool) {
        if fine {
            self.last = Some(day);
        }
        self.last_year = Some(i32::from(day.year()));
    }

    /// Whether a bare weekday or month is a coming one.
    fn ahead(&self) -> bool {
        self.reference.direction == Direction::Future || self.future
    }

    /// The value of a phrase; `None` when it has none, such as 31 فبراير.
    pub(crate) fn resolve(&self, phrase: &Phrase) -> Option<Resolved> {
        let timex = |value: String| Timex::new(value).with_modifier(phrase.modifier);
        match &phrase.expr {
            Expr::Point(point) => self.point(point).map(|(kind, found)| Resolved {
                kind,
                timex: Timex::new(found.value)
                    .with_modifier(phrase.modifier.or(point.modifier))
                    .with_hijri(found.hijri)
                    .with_alternatives(found.alternatives),
                confidence: found.confidence,
                day: found.day,
                fine: point.tells_day() || point.clock.is_some() || point.part.is_some(),
            }),
            Expr::Interval(left, right) => self.interval(left, right),
            Expr::Duration(amounts, anchor) => self.duration(amounts, *anchor, phrase.modifier),
            Expr::Shift(amounts, direction) => self.shift(amounts, *direction, phrase.modifier),
            Expr::Offset(from, amounts, direction) => {
                let day = self.point(from)?.1.day?;
                Self { today: Some(day), ..*self }.shift(amounts, *direction, phrase.modifier)
            }
            Expr::Set(value) => Some(Resolved {
                kind: Kind::Set,
                timex: timex(value.clone()),
                confidence: 0.95,
                day: None,
                fine: false,
            }),
            Expr::Yearly(point) => Some(self.yearly(point)),
            Expr::Reference(way) => {
                let value = match way {
                    -1 => "PAST_REF",
                    0 => "PRESENT_REF",
                    _ => "FUTURE_REF",
                };
                Some(Resolved {
                    kind: Kind::Date,
                    timex: timex(value.into()),
                    confidence: 0.95,
                    day: None,
                    fine: false,
                })
            }
        }
    }

    fn duration(
        &self,
        amounts: &[Amount],
        anchor: Option<Anchor>,
        modifier: Option<TimexModifier>,
    ) -> Option<Resolved> {
        // Nothing that news tells of lasts a million of anything but seconds and years.
        let absurd =
            amounts.iter().any(|a| a.count.is_some_and(|c| 1_000_000 < i64::try_from(c.trunc()).unwrap_or(i64::MAX)));
        let geological = amounts.iter().all(|a| matches!(a.unit, Unit::Second | Unit::Year));
        if absurd && !geological {
            return None;
        }
        let timex = Timex::new(timex::duration(amounts)).with_modifier(modifier).with_anchor(anchor);
        Some(Resolved {
            kind: Kind::Duration,
            timex,
            confidence: if absurd { 0.5 } else { 0.95 },
            day: None,
            fine: false,
        })
    }

    /// So long from now; the value is as fine as the unit.
    fn shift(&self, amounts: &[Amount], direction: i64, modifier: Option<TimexModifier>) -> Option<Resolved> {
        let resolved = |kind, value: String, confidence, day| {
            Some(Resolved { kind, timex: Timex::new(value).with_modifier(modifier), confidence, day, fine: false })
        };
        let vague = if direction < 0 { "PAST_REF" } else { "FUTURE_REF" };
        if amounts.iter().any(|a| a.count.is_none()) {
            return resolved(Kind::Date, vague.into(), 0.9, None);
        }
        let finest = amounts.iter().map(|a| a.unit).min()?;
        let Some(today) = self.today else {
            return resolved(if finest < Unit::Day { Kind::Time } else { Kind::Date }, vague.into(), 0.5, None);
        };
        if finest < Unit::Day {
            return self.shift_clock(amounts, direction, modifier, today);
        }
        let mut day = today;
        for amount in amounts {
            let count = amount.count?;
            // Half a month is fifteen days.
            let tenths =
                i64::try_from((count * khabar_core::Decimal::from(10)).trunc()).ok().filter(|t| t.abs() < 1_000_000)?;
            let (whole, rest) = (tenths / 10 * direction, tenths % 10 * direction);
            day = match amount.unit {
                Unit::Day => calendar::add_days(day, whole)?,
                Unit::Week => calendar::add_days(day, whole * 7 + rest * 7 / 10)?,
                Unit::Month => calendar::add_days(calendar::add_months_to(day, whole)?, rest * 3)?,
                Unit::Year => calendar::add_months_to(day, whole * 12 + rest * 12 / 10)?,
                Unit::Decade => calendar::add_months_to(day, tenths * direction * 12)?,
                _ => calendar::add_months_to(day, tenths * direction * 120)?,
            };
        }
        let value = match finest {
            Unit::Day | Unit::Week => timex::date(day),
            Unit::Month => timex::month(i32::from(day.year()), day.month() as u8),
            _ => timex::year(i32::from(day.year()), false),
        };
        resolved(Kind::Date, value, 0.9, Some(day))
    }

    fn shift_clock(
        &self,
        amounts: &[Amount],
        direction: i64,
        modifier: Option<TimexModifier>,
        today: Date,
    ) -> Option<Resolved> {
        let mut seconds = 0_i64;
        for amount in amounts {
            let unit = match amount.unit {
                Unit::Second => 1,
                Unit::Minute => 60,
                Unit::Hour => 3600,
                Unit::Day => 86_400,
                Unit::Week => 604_800,
                _ => return None,
            };
            let tenths = i64::try_from((amount.count? * khabar_core::Decimal::from(10)).trunc()).ok()?;
            seconds = seconds.checked_add(tenths.checked_mul(unit)? / 10)?;
        }
        let resolved = |value: String, confidence, day| {
            let timex = Timex::new(value).with_modifier(modifier);
            Some(Resolved { kind: Kind::Time, timex, confidence, day: Some(day), fine: true })
        };
        let Some((hour, minute, second)) = self.reference.time else {
            return resolved(timex::date(today), 0.4, today);
        };
        let now = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
        let then = now.checked_add(seconds.checked_mul(direction)?)?;
        let day = calendar::add_days(today, then.div_euclid(86_400))?;
        let of_day = then.rem_euclid(86_400);
        let value = format!("{}T{:02}:{:02}", timex::date(day), of_day / 3600, of_day % 3600 / 60);
        resolved(value, 0.8, day)
    }

    fn interval(&self, left: &Point, right: &Point) -> Option<Resolved> {
        let (right_kind, mut end) = self.point(right)?;
        let mut state = *self;
        // The bound without a year is of the year of the other one.
        if let Some(day) = end.day {
            state.last_year = Some(i32::from(day.year()));
        }
        let (kind, mut begin) = state.point_before(left, end.day)?;
        if let (Some(a), Some(b)) = (begin.day, end.day)
            && b < a
        {
            // `من 4 سبتمبر إلى 8 سبتمبر` of two years, or a weekday that comes after the first one.
            let mut later = state;
            later.future = true;
            later.today = begin.day;
            let again = later.point(right)?.1;
            if again.day.is_some_and(|d| d < a) {
                return None;
            }
            end = again;
        }
        if right_kind != kind {
            return None;
        }
        let hijri = match (begin.hijri.take(), end.hijri.take()) {
            (Some(a), Some(b)) => Some(format!("{a}/{b}")),
            _ => None,
        };
        let first = begin.value.split('/').next().unwrap_or_default();
        let last = end.value.rsplit('/').next().unwrap_or_default();
        let timex = Timex::new([first, "/", last].concat()).with_hijri(hijri);
        Some(Resolved { kind, timex, confidence: begin.confidence.min(end.confidence), day: begin.day, fine: false })
    }

    fn yearly(&self, point: &Point) -> Resolved {
        use crate::point::Part;
        let value = match (point.month, point.day, point.weekday, &point.clock) {
            (Part::Is(month), Part::Is(day), ..) if 0 < day => timex::day_of_some_year(month as u8, day as u8),
            (Part::Is(month), ..) => timex::month_of_some_year(month as u8),
            (_, Part::Is(day), ..) if 0 < day => timex::day_of_some_month(day as u8),
            (_, _, Some(weekday), _) => timex::day_of_some_week(weekday),
            (_, _, _, Some(clock)) => format!("XXXX-XX-XX{}", timex::clock_code(clock, point.part)),
            _ => "P1Y".to_owned(),
        };
        let hijri = point.hijri.then(|| value.clone());
        let timex = Timex::new(value).with_hijri(hijri);
        Resolved { kind: Kind::Set, timex, confidence: 0.95, day: None, fine: false }
    }
}
