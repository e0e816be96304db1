//! Days.

use jiff::civil::Date;

use super::{Found, State};
use crate::calendar;
use crate::lexicon::{Holiday, Lexicon};
use crate::point::{Part, Point, Year};
use crate::timex;

/// How sure a weekday or month is whose direction only the habit of news tells.
const BY_HABIT: f32 = 0.8;

impl State {
    /// The value of a point that tells a day.
    pub(super) fn day(&self, point: &Point, until: Option<Date>) -> Option<Found> {
        if let Some(holiday) = point.holiday {
            return self.holiday(point, holiday);
        }
        if point.weekend {
            return self.weekend(point);
        }
        if point.nth.is_some() {
            return self.nth_weekday(point);
        }
        if point.month.is_some() && point.day.is_some() {
            return self.calendar_day(point, until);
        }
        if let Some(days) = point.follow {
            let from = self.last.or(self.today);
            let Some(day) = from.and_then(|day| calendar::add_days(day, i64::from(days))) else {
                return Some(unknown());
            };
            return Some(Found::new(timex::date(day), Some(day)).sure(0.8));
        }
        if let Some(days) = point.deictic {
            let Some(day) = self.today.and_then(|day| calendar::add_days(day, i64::from(days))) else {
                return Some(unknown());
            };
            let agrees = point.weekday.is_none_or(|w| w == calendar::weekday_number(day));
            let fits = match point.day {
                Part::Is(number) => day.day() == number,
                _ => true,
            };
            // A weekday that is not today's: the text speaks of another day than the document's.
            let other = point.weekday.filter(|_| !agrees).and_then(|w| nearest_weekday(day, w));
            let found = Found::new(timex::date(other.unwrap_or(day)), Some(other.unwrap_or(day)));
            return Some(if agrees && fits { found } else { found.sure(0.5) });
        }
        if let Some(weekday) = point.weekday {
            return self.weekday(point, weekday);
        }
        self.day_of_this_month(point)
    }

    /// A weekday alone, or with a week or a direction.
    fn weekday(&self, point: &Point, weekday: u8) -> Option<Found> {
        let Some(today) = self.today else {
            return Some(Found::new(timex::day_of_some_week(weekday), None).sure(0.6));
        };
        if let Part::Is(day) = point.day
            && let Some(found) = self.weekday_and_day(today, weekday, day)
        {
            return Some(found);
        }
        let day = |date: Option<Date>, sure: f32| date.map(|d| Found::new(timex::date(d), Some(d)).sure(sure));
        if let Part::From(weeks) = point.week {
            let monday = calendar::weekday_until(today, 1)?;
            let first = calendar::add_days(monday, i64::from(weeks) * 7)?;
            return day(calendar::weekday_from(first, weekday), 0.9);
        }
        match point.dir {
            Some(-1) => day(calendar::weekday_until(calendar::add_days(today, -1)?, weekday), 0.95),
            Some(1) => day(calendar::weekday_from(calendar::add_days(today, 1)?, weekday), 0.95),
            // `الأحد الجاري` is of this week or of the last days: the tense tells.
            Some(_) | None => {
                let past = calendar::weekday_until(today, weekday);
                let coming = calendar::weekday_from(today, weekday);
                let strictly = self.reference.direction == crate::Direction::Future && past == Some(today);
                let coming = if strictly { calendar::add_days(today, 7) } else { coming };
                let (first, second) = if self.ahead() { (coming, past) } else { (past, coming) };
                let mut found = day(first, BY_HABIT)?;
                found.alternatives.extend(second.filter(|s| Some(*s) != first).map(timex::date));
                Some(found)
            }
        }
    }

    /// `الأربعاء 27`: the nearest 27th that is a Wednesday.
    fn weekday_and_day(&self, today: Date, weekday: u8, day: i8) -> Option<Found> {
        let (year, month) = (i32::from(today.year()), today.month() as u8);
        let order: [i64; 7] = if self.ahead() { [0, 1, -1, 2, -2, 3, -3] } else { [0, -1, 1, -2, 2, -3, 3] };
        let found = order.into_iter().find_map(|by| {
            let (year, month) = calendar::add_months(year, month, by)?;
            calendar::day(year, month, u8::try_from(day).ok()?).filter(|d| calendar::weekday_number(*d) == weekday)
        })?;
        Some(Found::new(timex::date(found), Some(found)).sure(0.9))
    }

    /// `يوم 27` alone.
    fn day_of_this_month(&self, point: &Point) -> Option<Found> {
        let Part::Is(number) = point.day else { return None };
        let Some(today) = self.today else {
            return (0 < number).then(|| Found::new(timex::day_of_some_month(number as u8), None).sure(0.6));
        };
        let (year, month) = (i32::from(today.year()), today.month() as u8);
        let this = calendar::day(year, month, u8::try_from(number).ok()?);
        let by = match this {
            Some(day) if self.ahead() && day < today => 1,
            Some(day) if !self.ahead() && today < day => -1,
            Some(_) => 0,
            None => 1,
        };
        let (year, month) = calendar::add_months(year, month, by)?;
        let day = calendar::day(year, month, u8::try_from(number).ok()?)?;
        Some(Found::new(timex::date(day), Some(day)).sure(0.6))
    }

    /// Day and month, with a year or without one.
    fn calendar_day(&self, point: &Point, until: Option<Date>) -> Option<Found> {
        if point.hijri {
            return self.hijri_day(point);
        }
        let month = match point.month {
            Part::Is(month) => u8::try_from(month).ok()?,
            Part::From(by) => {
                let today = self.today?;
                let (year, month) = calendar::add_months(i32::from(today.year()), today.month() as u8, i64::from(by))?;
                let day = day_in(year, month, point.day)?;
                return Some(Found::new(timex::date(day), Some(day)));
            }
            Part::Same => {
                let last = self.last.or(self.today)?;
                let day = day_in(i32::from(last.year()), last.month() as u8, point.day)?;
                return Some(Found::new(timex::date(day), Some(day)).sure(BY_HABIT));
            }
            Part::None => return None,
        };
        let (year, sure) = match self.year_of(point, month, until) {
            Some(found) => found,
            None => {
                let Part::Is(day) = point.day else { return None };
                // Every day that some year has.
                calendar::day(2024, month, u8::try_from(day).ok().filter(|d| 0 < *d)?)?;
                return Some(Found::new(timex::day_of_some_year(month, day as u8), None).sure(0.7));
            }
        };
        let date = day_in(year, month, point.day)?;
        let mut found = Found::new(timex::date(date), Some(date)).sure(sure);
        let agrees = point.weekday.is_none_or(|w| w == calendar::weekday_number(date));
        if let Some((month, day)) = point.or
            && let Some(other) = calendar::day(year, month, day)
        {
            // The weekday decides between the two orders.
            if !agrees && point.weekday == Some(calendar::weekday_number(other)) {
                return Some(Found::new(timex::date(other), Some(other)));
            }
            found.alternatives.push(timex::date(other));
            found = found.sure(0.95);
        }
        Some(if agrees { found } else { found.sure(0.5) })
    }

    /// The year of a day and month, and how sure it is.
    fn year_of(&self, point: &Point, month: u8, until: Option<Date>) -> Option<(i32, f32)> {
        match point.year {
            Year::Is(year) => return Some(self.slip_of_year(point, month).map_or((year, 1.0), |year| (year, 0.5))),
            Year::From(by) => return Some((i32::from(self.today?.year()) + by, 1.0)),
            Year::Same => return Some((self.last_year?, 0.8)),
            Year::None => {}
        }
        let today = self.today?;
        let this = i32::from(today.year());
        if point.dir.is_none()
            && let Some(until) = until
        {
            // The first day of an interval is the last such day before its end.
            let year = i32::from(until.year());
            let same = day_in(year, month, point.day).is_some_and(|day| day <= until);
            return Some((if same { year } else { year - 1 }, BY_HABIT));
        }
        let day = |year| day_in(year, month, point.day);
        if let Some(weekday) = point.weekday
            && let Some(year) = [this, this - 1, this + 1]
                .into_iter()
                .find(|y| day(*y).is_some_and(|d| calendar::weekday_number(d) == weekday && days_apart(today, d) < 200))
        {
            return Some((year, 1.0));
        }
        match point.dir {
            Some(-1) => Some((if day(this).is_some_and(|d| d < today) { this } else { this - 1 }, 0.95)),
            Some(1) => Some((if day(this).is_some_and(|d| today < d) { this } else { this + 1 }, 0.95)),
            Some(_) => Some((this, 1.0)),
            None if self.reference.direction == crate::Direction::Future => {
                Some((if month < today.month() as u8 { this + 1 } else { this }, BY_HABIT))
            }
            None => {
                // The nearest one; a coming one weighs less, unless the clause looks ahead.
                let weigh = |year: i32| {
                    let Some(date) = day(year) else { return i64::MAX };
                    let days = calendar::days_between(today, date);
                    match days {
                        0.. if self.future => days,
                        _ if self.future => -days * 3,
                        0.. => days * 2,
                        _ => -days,
                    }
                };
                [this, this - 1, this + 1].into_iter().min_by_key(|y| weigh(*y)).map(|y| (y, BY_HABIT))
            }
        }
    }

    /// `اليوم الجمعة 23 جانفي 2014` in a text of Friday, 23 January 2015: the day word and the weekday against the year.
    fn slip_of_year(&self, point: &Point, month: u8) -> Option<i32> {
        let day = calendar::add_days(self.today?, i64::from(point.deictic?))?;
        let (Year::Is(year), Some(weekday)) = (point.year, point.weekday) else { return None };
        let told = day.month() as u8 == month && point.day == Part::Is(day.day());
        let right = calendar::weekday_number(day) == weekday;
        let written = day_in(year, month, point.day).is_some_and(|d| calendar::weekday_number(d) == weekday);
        (told && right && !written).then(|| i32::from(day.year()))
    }

    fn hijri_day(&self, point: &Point) -> Option<Found> {
        let (Part::Is(month), Part::Is(day)) = (point.month, point.day) else { return None };
        let month = u8::try_from(month).ok()?;
        let number = |year: i32| -> Option<(Date, u8)> {
            let day = match u8::try_from(day) {
                Ok(day) => day,
                Err(_) => calendar::to_hijri(calendar::hijri_bounds(year, Some(month))?.1).2,
            };
            Some((calendar::from_hijri(year, month, day)?, day))
        };
        let year = match point.year {
            Year::Is(year @ 1900..=2100) => self.hijri_year_in(year, |year| number(year).map(|n| n.0))?,
            Year::Is(year) => year,
            _ => match self.hijri_year(point, |year| number(year).map(|n| n.0)) {
                Some(year) => year,
                None => return Some(unknown()),
            },
        };
        let (date, day) = number(year)?;
        let agrees = point.weekday.is_none_or(|w| w == calendar::weekday_number(date));
        let told = match point.year {
            Year::Is(year) if !calendar::UMM_AL_QURA.contains(&year) => 0.7,
            Year::Is(_) => 1.0,
            _ => 0.85,
        };
        let found = Found {
            hijri: Some(format!("{year:04}-{month:02}-{day:02}")),
            ..Found::new(timex::date(date), Some(date))
        };
        // The moon was seen on another day than the calendar foresaw: the weekday of the text is right.
        let seen = point.weekday.filter(|_| !agrees).and_then(|w| nearest_weekday(date, w));
        match seen.filter(|s| days_apart(*s, date) == 1) {
            Some(seen) => Some(Found { value: timex::date(seen), day: Some(seen), ..found }.sure(0.8)),
            None => Some(found.sure(if agrees { told } else { 0.5 })),
        }
    }

    /// The Hijri year in which a date falls into a Gregorian year: `رمضان سنة 1996`.
    pub(super) fn hijri_year_in(&self, year: i32, day: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        [579, 580, 578, 581]
            .map(|by| year - by)
            .into_iter()
            .find(|y| day(*y).is_some_and(|d| i32::from(d.year()) == year))
    }

    /// The Hijri year of a date without one, by direction.
    pub(super) fn hijri_year(&self, point: &Point, day: impl Fn(i32) -> Option<Date>) -> Option<i32> {
        let today = self.today?;
        let (this, ..) = calendar::to_hijri(today);
        match point.year {
            Year::From(by) => return Some(this + by),
            Year::Is(year) => return Some(year),
            _ => {}
        }
        let before = |year: i32| day(year).is_some_and(|d| d < today);
        match point.dir {
            Some(-1) => Some(if before(this) { this } else { this - 1 }),
            Some(1) => Some(if before(this) { this + 1 } else { this }),
            Some(_) => Some(this),
            None if self.ahead() => Some(if before(this) { this + 1 } else { this }),
            None => [this, this - 1, this + 1].into_iter().min_by_key(|y| {
                day(*y).map_or(i64::MAX, |d| {
                    let days = calendar::days_between(today, d);
                    if 0 < days { days * 2 } else { -days }
                })
            }),
        }
    }

    fn nth_weekday(&self, point: &Point) -> Option<Found> {
        let (nth, weekday) = (point.nth?, point.weekday?);
        let today = self.today;
        let (year, month) = match point.month {
            Part::Is(month) => {
                let month = u8::try_from(month).ok()?;
                let Some((year, _)) = self.year_of(&Point { day: Part::Is(1), weekday: None, ..*point }, month, None)
                else {
                    return Some(Found::new(timex::month_of_some_year(month), None).sure(0.5));
                };
                (year, month)
            }
            Part::From(by) => {
                let today = today?;
                calendar::add_months(i32::from(today.year()), today.month() as u8, i64::from(by))?
            }
            Part::None | Part::Same => {
                let Some(today) = today else { return Some(unknown()) };
                (i32::from(today.year()), today.month() as u8)
            }
        };
        let day = calendar::nth_weekday(year, month, weekday, nth)?;
        Some(Found::new(timex::date(day), Some(day)).sure(0.9))
    }

    fn weekend(&self, point: &Point) -> Option<Found> {
        let Some(today) = self.today else { return Some(Found::new("XXXX-WXX-WE".into(), None).sure(0.5)) };
        let weeks = match point.week {
            Part::From(weeks) => weeks,
            _ => 0,
        };
        let week = calendar::add_days(today, i64::from(weeks) * 7)?;
        Some(Found::new(format!("{}-WE", timex::week(week, 1)), Some(week)).sure(0.8))
    }

    fn holiday(&self, point: &Point, index: u16) -> Option<Found> {
        let rule = *Lexicon::get().ok()?.holidays.get(usize::from(index))?;
        let on = |year: i32| match rule {
            Holiday::Gregorian(month, day) => calendar::day(year, month, day),
            Holiday::Easter(days) => calendar::add_days(calendar::easter(year)?, i64::from(days)),
            Holiday::NthWeekday(n, weekday, month) => calendar::nth_weekday(year, month, weekday, n as i8),
            Holiday::Hijri(month, day) => calendar::from_hijri(year, month, day),
        };
        if let Holiday::Hijri(month, day) = rule {
            return self.hijri_holiday(point, month, day);
        }
        let year = match point.year {
            Year::Is(year) => year,
            Year::From(by) => i32::from(self.today?.year()) + by,
            _ => {
                let Some(today) = self.today else {
                    let Holiday::Gregorian(month, day) = rule else { return Some(unknown()) };
                    return Some(Found::new(timex::day_of_some_year(month, day), None).sure(0.7));
                };
                let this = i32::from(today.year());
                let before = on(this).is_some_and(|d| d < today);
                match point.dir {
                    Some(-1) => this - i32::from(!before),
                    Some(1) => this + i32::from(before),
                    _ if self.ahead() => this + i32::from(before),
                    _ => [this, this - 1, this + 1]
                        .into_iter()
                        .min_by_key(|y| on(*y).map_or(i64::MAX, |d| days_apart(today, d)))?,
                }
            }
        };
        let date = on(year)?;
        Some(Found::new(timex::date(date), Some(date)).sure(0.9))
    }

    fn hijri_holiday(&self, point: &Point, month: u8, day: u8) -> Option<Found> {
        let on = |year| calendar::from_hijri(year, month, day);
        let year = match point.year {
            Year::Is(year) if point.hijri || (1300..1600).contains(&year) => Some(year),
            // In a Gregorian year: the feast that falls into it.
            Year::Is(year) => self.hijri_year_in(year, on),
            Year::From(by) => {
                let year = i32::from(self.today?.year()) + by;
                (year - 582..year - 576).find(|y| on(*y).is_some_and(|d| i32::from(d.year()) == year))
            }
            _ => self.today.and_then(|today| {
                let (this, ..) = calendar::to_hijri(today);
                let before = on(this).is_some_and(|d| d < today);
                match point.dir {
                    Some(-1) => Some(this - i32::from(!before)),
                    Some(1) => Some(this + i32::from(before)),
                    _ if self.ahead() => Some(this + i32::from(before)),
                    _ => [this, this - 1, this + 1]
                        .into_iter()
                        .min_by_key(|y| on(*y).map_or(i64::MAX, |d| days_apart(today, d))),
                }
            }),
        };
        let Some((year, date)) = year.and_then(|year| Some((year, on(year)?))) else { return Some(unknown()) };
        let hijri = Some(format!("{year:04}-{month:02}-{day:02}"));
        Some(Found { hijri, ..Found::new(timex::date(date), Some(date)) }.sure(0.85))
    }
}

/// A day word without a day to count from.
fn unknown() -> Found {
    Found::new("XXXX-XX-XX".into(), None).sure(0.4)
}

fn day_in(year: i32, month: u8, day: Part) -> Option<Date> {
    match day {
        Part::Is(day) if 0 < day => calendar::day(year, month, day as u8),
        Part::Is(_) => Some(calendar::day(year, month, 1)?.last_of_month()),
        _ => None,
    }
}

fn days_apart(a: Date, b: Date) -> i64 {
    calendar::days_between(a, b).abs()
}

/// The nearest day of a weekday, at most three days away.
fn nearest_weekday(date: Date, weekday: u8) -> Option<Date> {
    calendar::weekday_from(calendar::add_days(date, -3)?, weekday)
}
