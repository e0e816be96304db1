//! TIMEX3 values as text.

use std::fmt::Write as _;

use khabar_core::Decimal;

use jiff::civil::Date;

use crate::calendar;
use crate::point::{Amount, Clock, Unit};

/// The year of four digits, with a minus before Christ.
pub(crate) fn year(year: i32, bc: bool) -> String {
    let mut value = String::with_capacity(6);
    if bc {
        value.push_str("BC");
    }
    four_digits(&mut value, year);
    value
}

pub(crate) fn date(date: Date) -> String {
    // The longest that is common: an interval of two dates.
    let mut value = String::with_capacity(21);
    four_digits(&mut value, date.year().into());
    value.push('-');
    two_digits(&mut value, date.month() as u8);
    value.push('-');
    two_digits(&mut value, date.day() as u8);
    value
}

pub(crate) fn month(year: i32, month: u8) -> String {
    let mut value = String::with_capacity(8);
    four_digits(&mut value, year);
    value.push('-');
    two_digits(&mut value, month);
    value
}

/// A day of a year that nobody knows: `XXXX-08-06`.
pub(crate) fn day_of_some_year(month: u8, day: u8) -> String {
    let mut value = month_of_some_year(month);
    value.push('-');
    two_digits(&mut value, day);
    value
}

/// A month of a year that nobody knows: `XXXX-08`.
pub(crate) fn month_of_some_year(month: u8) -> String {
    behind("XXXX-", month)
}

/// A day of a month that nobody knows: `XXXX-XX-06`.
pub(crate) fn day_of_some_month(day: u8) -> String {
    behind("XXXX-XX-", day)
}

/// A weekday, Monday 1 to Sunday 7, of a week that nobody knows: `XXXX-WXX-3`.
pub(crate) fn day_of_some_week(weekday: u8) -> String {
    let mut value = String::from("XXXX-WXX-");
    value.push(char::from(b'0' + weekday % 10));
    value
}

/// A number of two digits behind what is unknown, with room for a day.
fn behind(unknown: &str, number: u8) -> String {
    let mut value = String::with_capacity(10);
    value.push_str(unknown);
    two_digits(&mut value, number);
    value
}

pub(crate) fn week(date: Date, first_day: u8) -> String {
    let (year, week) = calendar::week(date, first_day);
    format!("{year:04}-W{week:02}")
}

/// Appends a number from 0 to 99 in two digits.
fn two_digits(value: &mut String, number: u8) {
    value.push(char::from(b'0' + number / 10 % 10));
    value.push(char::from(b'0' + number % 10));
}

/// Appends a year in four digits at the least.
fn four_digits(value: &mut String, year: i32) {
    match u16::try_from(year) {
        Ok(year @ ..10_000) => {
            two_digits(value, (year / 100) as u8);
            two_digits(value, (year % 100) as u8);
        }
        _ => {
            let _ = write!(value, "{year:04}");
        }
    }
}

/// Appends a count: most are small whole numbers.
fn count(value: &mut String, count: Decimal) {
    match u8::try_from(count.mantissa()) {
        Ok(digit @ ..10) if count.scale() == 0 => value.push(char::from(b'0' + digit)),
        Ok(number @ ..100) if count.scale() == 0 => two_digits(value, number),
        _ => {
            let _ = write!(value, "{}", count.normalize());
        }
    }
}

/// `TMO`: morning, noon, afternoon, evening, night.
pub(crate) const fn part_code(part: u8) -> &'static str {
    match part {
        1 => "TMO",
        2 => "TMI",
        3 => "TAF",
        4 => "TEV",
        _ => "TNI",
    }
}

/// `SP`: spring, summer, autumn, winter.
pub(crate) const fn season_code(season: u8) -> &'static str {
    match season {
        1 => "SP",
        2 => "SU",
        3 => "FA",
        _ => "WI",
    }
}

/// The hour of twenty-four for an hour of twelve in a part of the day.
pub(crate) const fn hour_of_24(clock: &Clock, part: Option<u8>) -> u8 {
    let hour = clock.hour;
    match part {
        _ if 12 < hour => hour,
        Some(1) if hour == 12 => 0,
        Some(1) => hour,
        // Noon is from eleven to four.
        Some(2) if hour < 6 => hour + 12,
        Some(2) => hour,
        Some(3 | 4) if hour < 12 => hour + 12,
        Some(3 | 4) => hour,
        // At night: seven to eleven are before midnight, twelve to six after it.
        Some(_) if hour == 12 => 0,
        Some(_) if 6 < hour => hour + 12,
        Some(_) => hour,
        None => hour,
    }
}

/// `T15:30`, with seconds and zone where they are known.
pub(crate) fn clock_code(clock: &Clock, part: Option<u8>) -> String {
    let mut code = String::with_capacity(8);
    code.push('T');
    two_digits(&mut code, hour_of_24(clock, part));
    code.push(':');
    two_digits(&mut code, clock.minute);
    if let Some(second) = clock.second {
        code.push(':');
        two_digits(&mut code, second);
    }
    match clock.zone {
        None => {}
        Some(0) => code.push('Z'),
        Some(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            let _ = write!(code, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60);
        }
    }
    code
}

/// `P3Y6M`, `PT1H30M`, `P2DE`, `PXD`.
pub(crate) fn duration(amounts: &[Amount]) -> String {
    let mut value = String::with_capacity(8);
    value.push('P');
    let mut time = false;
    let mut sorted = std::borrow::Cow::from(amounts);
    if !sorted.is_sorted_by_key(|amount| std::cmp::Reverse(amount.unit)) {
        sorted.to_mut().sort_by_key(|amount| std::cmp::Reverse(amount.unit));
    }
    for amount in &*sorted {
        if amount.unit < Unit::Day && !time {
            value.push('T');
            time = true;
        }
        match amount.count {
            Some(number) => count(&mut value, number),
            None => value.push('X'),
        }
        value.push_str(match amount.unit {
            Unit::Second => "S",
            Unit::Minute | Unit::Month => "M",
            Unit::Hour => "H",
            Unit::Day => "D",
            Unit::Week => "W",
            Unit::Year => "Y",
            Unit::Decade => "DE",
            Unit::Century => "CE",
        });
    }
    value
}
