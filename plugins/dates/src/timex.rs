//! TIMEX3 values as text.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::calendar;
use crate::point::{Amount, Clock, Unit};

/// The year of four digits, with a minus before Christ.
pub(crate) fn year(year: i32, bc: bool) -> String {
    if bc { format!("BC{year:04}") } else { format!("{year:04}") }
}

pub(crate) fn date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

pub(crate) fn month(year: i32, month: u8) -> String {
    format!("{year:04}-{month:02}")
}

pub(crate) fn week(date: Date, first_day: u8) -> String {
    let (year, week) = calendar::week(date, first_day);
    format!("{year:04}-W{week:02}")
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
    let mut code = format!("T{:02}:{:02}", hour_of_24(clock, part), clock.minute);
    if let Some(second) = clock.second {
        let _ = write!(code, ":{second:02}");
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
    let mut value = String::from("P");
    let mut sorted: Vec<&Amount> = amounts.iter().collect();
    sorted.sort_by_key(|a| std::cmp::Reverse(a.unit));
    let mut time = false;
    for amount in sorted {
        if amount.unit < Unit::Day && !time {
            value.push('T');
            time = true;
        }
        match amount.count {
            Some(count) => {
                let _ = write!(value, "{}", count.normalize());
            }
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
