//! Points: a day or a period, then the part of the day and the clock.

use jiff::civil::Date;

use super::{Found, Kind, State};
use crate::point::{Clock, Point};
use crate::timex;

impl State {
    /// The value of a point.
    pub(super) fn point(&self, point: &Point) -> Option<(Kind, Found)> {
        self.point_before(point, None)
    }

    /// The value of a point that comes before a day.
    pub(super) fn point_before(&self, point: &Point, until: Option<Date>) -> Option<(Kind, Found)> {
        // `تلك الليلة` is of a day that was named.
        if point.follow.is_some() && point.part.is_some() && self.last.is_none() {
            return None;
        }
        if point.clock.is_some() || point.part.is_some() {
            return Some((Kind::Time, self.time_of_day(point, until)?));
        }
        if point.tells_day() {
            return Some((Kind::Date, self.day(point, until)?));
        }
        Some((Kind::Date, self.period(point, until)?))
    }

    fn time_of_day(&self, point: &Point, until: Option<Date>) -> Option<Found> {
        let day = match point.tells_day() {
            true => self.day(&Point { clock: None, part: None, ..*point }, until)?,
            // A clock time is of the last day named, else of the document's.
            false => match self.last.or(self.today) {
                Some(day) => Found::new(timex::date(day), Some(day)).sure(0.8),
                None => Found::new("XXXX-XX-XX".into(), None).sure(0.8),
            },
        };
        let dated =
            if day.value.len() == 10 || day.value.starts_with("XXXX") { day.value.as_str() } else { return Some(day) };
        let Some(clock) = point.clock else {
            let value = [dated, timex::part_code(point.part.unwrap_or(1))].concat();
            return Some(Found { value, ..day });
        };
        // An hour from one to six without more is in the afternoon: news happens by day.
        let unclear = point.part.is_none() && !clock.of_24 && (1..=6).contains(&clock.hour);
        if unclear {
            let afternoon = Clock { hour: clock.hour + 12, ..clock };
            let value = [dated, &timex::clock_code(&afternoon, None)].concat();
            let alternatives = vec![[dated, &timex::clock_code(&clock, None)].concat()];
            return Some(Found { value, alternatives, ..day.clone() }.sure(0.7));
        }
        let value = [dated, &timex::clock_code(&clock, point.part)].concat();
        Some(Found { value, ..day })
    }
}
