//! Months, years, weeks and longer.

use jiff::civil::Date;

use super::{Found, State};
use crate::calendar;
use crate::point::{Part, Point, Year};
use crate::timex;

impl State {
    /// The value of a point that tells no day.
    pub(super) fn period(&self, point: &Point, until: Option<Date>) -> Option<Found> {
        if point.week.is_some() {
            return self.week(point);
        }
        if point.decade.is_some() {
            return self.decade(point);
        }
        if point.century.is_some() {
            return self.century(point);
        }
        if point.hijri {
            return self.hijri_period(point);
        }
        if point.month.is_some() {
            let (year, month, sure) = match self.month(point, until) {
                Some(found) => found,
                None => {
                    let Part::Is(month) = point.month else {
                        return Some(Found::new("XXXX-XX".into(), None).sure(0.4));
                    };
                    return Some(Found::new(timex::month_of_some_year(month as u8), None).sure(0.7));
                }
            };
            let first = calendar::day(year, month, 1)?;
            if let Some(half) = point.half {
                let middle = calendar::day(year, month, 15)?;
                let (begin, end) =
                    if half == 1 { (first, middle) } else { (middle.tomorrow().ok()?, first.last_of_month()) };
                let value = format!("{}/{}", timex::date(begin), timex::date(end));
                return Some(Found::new(value, Some(begin)).sure(0.9));
            }
            return Some(Found::new(timex::month(year, month), Some(first)).sure(sure));
        }
        let (year, sure) = match point.year {
            Year::Is(year) => (Some(year), 1.0),
            Year::From(by) => (self.today.map(|d| i32::from(d.year()) + by), 0.95),
            Year::Same => (self.last_year, 0.8),
            Year::None => (None, 1.0),
        };
        if let Some(season) = point.season {
            return Some(self.season(point, season, year));
        }
        if point.quarter.is_some() || point.half.is_some() {
            return Some(self.part_of_year(point, year));
        }
        let Some(year) = year else { return Some(Found::new("XXXX".into(), None).sure(0.4)) };
        // No year 0, and none of five figures.
        if !(1..=9999).contains(&year) {
            return None;
        }
        let first = if point.bc { None } else { calendar::day(year, 1, 1) };
        Some(Found::new(timex::year(year, point.bc), first).sure(sure))
    }

    /// Year and month of a month without a day.
    fn month(&self, point: &Point, until: Option<Date>) -> Option<(i32, u8, f32)> {
        let month = match point.month {
            Part::Is(month) => u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?,
            Part::From(by) => {
                let today = self.today?;
                let (year, month) = calendar::add_months(i32::from(today.year()), today.month() as u8, i64::from(by))?;
                return Some((year, month, 0.95));
            }
            Part::Same => {
                let last = self.last?;
                return Some((i32::from(last.year()), last.month() as u8, 0.8));
            }
            Part::None => return None,
        };
        match point.year {
            Year::Is(year) if (1..=9999).contains(&year) => return Some((year, month, 1.0)),
            Year::Is(_) => return None,
            Year::From(by) => return Some((i32::from(self.today?.year()) + by, month, 1.0)),
            Year::Same => return Some((self.last_year?, month, 0.8)),
            Year::None => {}
        }
        let today = self.today?;
        let (this, now) = (i32::from(today.year()), today.month() as u8);
        if point.dir.is_none()
            && let Some(until) = until
        {
            let year = i32::from(until.year());
            return Some((if month <= until.month() as u8 { year } else { year - 1 }, month, 0.8));
        }
        let (year, sure) = match point.dir {
            Some(-1) => (if month < now { this } else { this - 1 }, 0.95),
            Some(1) => (if now < month { this } else { this + 1 }, 0.95),
            Some(_) => (this, 1.0),
            None if self.ahead() => (if now <= month { this } else { this + 1 }, 0.8),
            // Without a word of direction: the last one, or the next when it is this month or the next two.
            None => (if month <= now + 2 { this } else { this - 1 }, 0.8),
        };
        Some((year, month, sure))
    }

    fn hijri_period(&self, point: &Point) -> Option<Found> {
        let month = match point.month {
            Part::Is(month) => Some(u8::try_from(month).ok()?),
            _ => None,
        };
        let begins = |year| calendar::hijri_bounds(year, month).map(|b| b.0);
        let year = match point.year {
            Year::Is(year @ 1900..=2100) => self.hijri_year_in(year, begins),
            Year::Is(year) => Some(year),
            _ => {
                // A month that lasts is the coming one, too.
                let lasting = point.dir.is_none() && self.ahead();
                self.hijri_year(point, |year| {
                    calendar::hijri_bounds(year, month).map(|b| if lasting { b.1 } else { b.0 })
                })
            }
        };
        let Some(year) = year else { return Some(Found::new("XXXX-XX-XX/XXXX-XX-XX".into(), None).sure(0.3)) };
        let (mut begin, mut end) = calendar::hijri_bounds(year, month)?;
        if let Some(half) = point.half.filter(|_| month.is_some()) {
            let middle = calendar::add_days(begin, 14)?;
            (begin, end) = if half == 1 { (begin, middle) } else { (middle.tomorrow().ok()?, end) };
        }
        // The quarters and halves of a Hijri year are three and six of its months.
        let part = point.quarter.map(|q| (q * 3 - 2, q * 3)).or(point.half.map(|h| (h * 6 - 5, h * 6)));
        if let Some((first, last)) = part.filter(|_| month.is_none()) {
            begin = calendar::hijri_bounds(year, Some(first))?.0;
            end = calendar::hijri_bounds(year, Some(last))?.1;
        }
        let hijri = month.map_or_else(|| format!("{year:04}"), |month| format!("{year:04}-{month:02}"));
        let value = format!("{}/{}", timex::date(begin), timex::date(end));
        let sure = if calendar::UMM_AL_QURA.contains(&year) { 0.95 } else { 0.7 };
        Some(Found { hijri: Some(hijri), ..Found::new(value, Some(begin)) }.sure(sure))
    }

    fn week(&self, point: &Point) -> Option<Found> {
        let first = self.reference.first_weekday();
        match point.week {
            Part::From(by) => {
                let Some(today) = self.today else { return Some(Found::new("XXXX-WXX".into(), None).sure(0.4)) };
                let day = calendar::add_days(today, i64::from(by) * 7)?;
                Some(Found::new(timex::week(day, first), calendar::weekday_until(day, 1)).sure(0.95))
            }
            Part::Is(nth) if point.month.is_some() => {
                let Some((year, month, sure)) = self.month(point, None) else {
                    return Some(Found::new("XXXX-WXX".into(), None).sure(0.4));
                };
                let start = calendar::day(year, month, 1)?;
                // The first week of a month is the first that begins in it.
                let monday = if nth < 0 {
                    calendar::weekday_until(start.last_of_month(), 1)?
                } else {
                    calendar::add_days(calendar::weekday_from(start, 1)?, 7 * (i64::from(nth) - 1))?
                };
                Some(Found::new(timex::week(monday, 1), Some(monday)).sure(sure * 0.8))
            }
            Part::Is(nth) => {
                let year = match point.year {
                    Year::Is(year) => Some(year),
                    Year::From(by) => self.today.map(|d| i32::from(d.year()) + by),
                    _ => None,
                };
                let Some(year) = year.and_then(|y| i16::try_from(y).ok()) else {
                    return Some(Found::new(format!("XXXX-W{nth:02}"), None).sure(0.4));
                };
                let last = calendar::week(calendar::day(i32::from(year), 12, 28)?, 1).1;
                let week = if nth < 0 { last } else { nth };
                let monday = calendar::monday(year, week)?;
                Some(Found::new(format!("{year:04}-W{week:02}"), Some(monday)).sure(0.8))
            }
            Part::None | Part::Same => None,
        }
    }

    fn season(&self, point: &Point, season: u8, year: Option<i32>) -> Found {
        let code = timex::season_code(season);
        let Some(year) = year.or_else(|| self.season_year(point, season)) else {
            return Found::new(format!("XXXX-{code}"), None).sure(0.6);
        };
        Found::new(format!("{year:04}-{code}"), calendar::day(year, season * 3, 1)).sure(0.85)
    }

    fn season_year(&self, point: &Point, season: u8) -> Option<i32> {
        let today = self.today?;
        let this = i32::from(today.year());
        // Spring begins with March, winter with December.
        let begins = calendar::day(this, season * 3, 1)?;
        let began = begins <= today;
        Some(match point.dir {
            Some(-1) => {
                let over = calendar::add_months_to(begins, 3)? <= today;
                this - i32::from(!over)
            }
            Some(1) => this + i32::from(began),
            Some(_) => this,
            None if self.ahead() => this,
            None => this - i32::from(!began && 6 < (i32::from(season) * 3 - i32::from(today.month()))),
        })
    }

    fn part_of_year(&self, point: &Point, year: Option<i32>) -> Found {
        let code = match (point.quarter, point.half) {
            (Some(quarter), _) => format!("Q{quarter}"),
            (_, half) => format!("H{}", half.unwrap_or(1)),
        };
        let by_direction = || {
            let today = self.today?;
            let this = i32::from(today.year());
            let begins = point.quarter.map_or_else(|| (point.half.unwrap_or(1) - 1) * 6, |q| (q - 1) * 3) + 1;
            let begun = begins <= today.month() as u8;
            Some(match point.dir {
                Some(1) => this + i32::from(begun),
                Some(0) => this,
                _ if self.ahead() => this,
                _ => this - i32::from(!begun),
            })
        };
        match year.or_else(by_direction) {
            Some(year) => Found::new(format!("{year:04}-{code}"), None).sure(0.9),
            None => Found::new(format!("XXXX-{code}"), None).sure(0.5),
        }
    }

    fn decade(&self, point: &Point) -> Option<Found> {
        let this = self.today.map(|d| i32::from(d.year()));
        if let Part::From(by) = point.decade {
            let Some(this) = this else { return Some(Found::new("XXX".into(), None).sure(0.4)) };
            return Some(Found::new(format!("{:03}", this / 10 + i32::from(by)), None).sure(0.7));
        }
        let Part::Is(tens) = point.decade else { return None };
        let century = match point.century {
            Part::Is(number) => i32::from(number) - 1,
            Part::From(by) => match this {
                Some(year) => year / 100 + i32::from(by),
                None => return Some(Found::new(format!("XX{tens}"), None).sure(0.5)),
            },
            // The nearest decade that is over or has begun: before the coming of its own number.
            Part::None | Part::Same => match this {
                Some(year) if i32::from(tens) * 10 <= year % 100 && i32::from(tens) < 3 => year / 100,
                Some(year) => year / 100 - 1,
                None => 19,
            },
        };
        let first = calendar::day(century * 100 + i32::from(tens) * 10, 1, 1);
        Some(Found::new(format!("{century:02}{tens}"), first).sure(0.9))
    }

    fn century(&self, point: &Point) -> Option<Found> {
        let century = match point.century {
            Part::Is(number) if point.hijri => {
                // The years of a Hijri century, in the Gregorian calendar where Umm al-Qura reaches.
                let first = (i32::from(number) - 1) * 100 + 1;
                let bounds = calendar::hijri_bounds(first, None).zip(calendar::hijri_bounds(first + 99, None));
                let (begin, end) = bounds?;
                let value = format!("{}/{}", timex::date(begin.0), timex::date(end.1));
                return Some(Found::new(value, Some(begin.0)).sure(0.8));
            }
            Part::Is(number) => i32::from(number) - 1,
            Part::From(by) => match self.today {
                Some(today) => i32::from(today.year()) / 100 + i32::from(by),
                None => return Some(Found::new("XX".into(), None).sure(0.5)),
            },
            Part::None | Part::Same => return None,
        };
        let value = if point.bc { format!("BC{century:02}") } else { format!("{century:02}") };
        Some(Found::new(value, None).sure(0.95))
    }
}
