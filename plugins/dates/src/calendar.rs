//! Days, weeks and months of the two calendars.

use icu_calendar::Date as IcuDate;
use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::types::RataDie;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// Rata Die of 1970-01-01.
const EPOCH: i64 = 719_163;

/// A day of the Gregorian calendar, if there is one.
pub(crate) fn day(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day `days` after a day.
pub(crate) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// Year and month `months` after a month.
pub(crate) fn add_months(year: i32, month: u8, months: i64) -> Option<(i32, u8)> {
    let at = (i64::from(year) * 12 + i64::from(month) - 1).checked_add(months)?;
    let year = i32::try_from(at.div_euclid(12)).ok().filter(|y| (1..=9999).contains(y))?;
    Some((year, at.rem_euclid(12) as u8 + 1))
}

/// The same day `months` after, or the last day of a shorter month.
pub(crate) fn add_months_to(date: Date, months: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// Days from `a` to `b`.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    rata_die(b) - rata_die(a)
}

/// Weekday as ISO 8601 counts it, Monday 1.
pub(crate) fn weekday_number(date: Date) -> u8 {
    date.weekday().to_monday_one_offset() as u8
}

/// The first day of a weekday (Monday 1) on or after a day.
pub(crate) fn weekday_from(date: Date, weekday: u8) -> Option<Date> {
    add_days(date, i64::from((7 + weekday - weekday_number(date)) % 7))
}

/// The last day of a weekday (Monday 1) on or before a day.
pub(crate) fn weekday_until(date: Date, weekday: u8) -> Option<Date> {
    add_days(date, -i64::from((7 + weekday_number(date) - weekday) % 7))
}

/// The `n`-th weekday of a month, counted from the end when `n` is -1.
pub(crate) fn nth_weekday(year: i32, month: u8, weekday: u8, n: i8) -> Option<Date> {
    let first = day(year, month, 1)?;
    if n < 0 {
        return weekday_until(first.last_of_month(), weekday);
    }
    let found = add_days(weekday_from(first, weekday)?, 7 * (i64::from(n) - 1))?;
    (found.month() == first.month()).then_some(found)
}

/// ISO year and week of a day, for weeks that begin on the day `first` (Monday 1): a week has the number of the ISO week
/// that holds its Thursday.
pub(crate) fn week(date: Date, first: u8) -> (i16, i8) {
    // Moving a week's start to Monday moves its days: Saturday-first weeks are two days early.
    let shift = match first {
        1 => 0,
        first => i64::from(8 - first),
    };
    let week = ISOWeekDate::from(add_days(date, shift).unwrap_or(date));
    (week.year(), week.week())
}

/// The Monday of an ISO week.
pub(crate) fn monday(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(Date::from)
}

/// Western Easter (Meeus, Astronomical Algorithms, ch. 8).
pub(crate) fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    day(year, u8::try_from(n / 31).ok()?, u8::try_from(n % 31 + 1).ok()?)
}

fn rata_die(date: Date) -> i64 {
    EPOCH + i64::from(date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days()))
}

fn from_rata_die(rd: i64) -> Option<Date> {
    add_days(Date::constant(1970, 1, 1), rd - EPOCH)
}

/// The years for which Umm al-Qura is published.
pub(crate) const UMM_AL_QURA: std::ops::RangeInclusive<i32> = 1300..=1600;

/// The Gregorian day of a Hijri one by Umm al-Qura.
///
/// Outside of [`UMM_AL_QURA`] icu_calendar counts by the tabular calendar, which can be a day or two off.
pub(crate) fn from_hijri(year: i32, month: u8, day: u8) -> Option<Date> {
    if !(1..=1700).contains(&year) {
        return None;
    }
    let date = IcuDate::try_new_hijri_with_calendar(year, month, day, Hijri::<UmmAlQura>::new_umm_al_qura()).ok()?;
    from_rata_die(date.to_rata_die().to_i64_date())
}

/// Hijri year, month and day of a Gregorian day by Umm al-Qura.
pub(crate) fn to_hijri(date: Date) -> (i32, u8, u8) {
    let hijri = IcuDate::from_rata_die(RataDie::new(rata_die(date)), Hijri::<UmmAlQura>::new_umm_al_qura());
    (hijri.year().extended_year(), hijri.month().ordinal, hijri.day_of_month().0)
}

/// First and last Gregorian day of a Hijri month, or of a year without one.
pub(crate) fn hijri_bounds(year: i32, month: Option<u8>) -> Option<(Date, Date)> {
    let (next_year, next_month) = match month {
        Some(12) | None => (year + 1, 1),
        Some(month) => (year, month + 1),
    };
    let end = add_days(from_hijri(next_year, next_month, 1)?, -1)?;
    Some((from_hijri(year, month.unwrap_or(1), 1)?, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hijri_and_back() {
        assert_eq!(from_hijri(1444, 9, 15), day(2023, 4, 6));
        assert_eq!(day(2017, 5, 27).map(to_hijri), Some((1438, 9, 1)));
        assert_eq!(hijri_bounds(1438, None), day(2016, 10, 2).zip(day(2017, 9, 20)));
        assert_eq!(from_hijri(1701, 1, 1), None);
        for year in 1300..1500 {
            for month in 1..=12 {
                for at in 1..=29 {
                    let date = from_hijri(year, month, at).expect("a day");
                    assert_eq!(to_hijri(date), (year, month, at));
                }
            }
        }
    }

    #[test]
    fn weeks_and_weekdays() {
        let tuesday = day(2013, 2, 12).expect("a day");
        assert_eq!(weekday_from(tuesday, 1), day(2013, 2, 18));
        assert_eq!(weekday_until(tuesday, 1), day(2013, 2, 11));
        assert_eq!(week(tuesday, 1), (2013, 7));
        let sunday = day(2013, 2, 17).expect("a day");
        assert_eq!(week(sunday, 1), (2013, 7));
        assert_eq!(week(sunday, 7), (2013, 8));
        assert_eq!(nth_weekday(2013, 3, 1, -1), day(2013, 3, 25));
        assert_eq!(easter(2017), day(2017, 4, 16));
    }
}
