//! What is known of a document from outside: its date and its country.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::kinds::Weekday;
use crate::text::serde_as_text;

/// A document's date: an ISO 8601 date, with a time of day and an offset from UTC where they are known.
///
/// Read from and written as a string: `2025-08-06`, `2025-08-06T15:30`, `2025-08-06T15:30:00+03:00`,
/// `2025-08-06T12:30:00Z`. Fractions of a second are read and dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DocDate {
    /// Year of the proleptic Gregorian calendar, 1 to 9999.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31, and within the month.
    pub day: u8,
    /// Hour (0 to 23), minute and second (0 to 59).
    pub time: Option<(u8, u8, u8)>,
    /// Minutes east of UTC.
    pub offset: Option<i16>,
}

/// A text is no ISO 8601 date.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("invalid date {0:?}: expected ISO 8601, for example 2025-08-06 or 2025-08-06T15:30:00+03:00")]
pub struct ParseDateError(String);

impl DocDate {
    /// The day of the week.
    pub fn weekday(&self) -> Weekday {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        // Sakamoto's method: the year begins in March, so that the leap day is its last.
        const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = i32::from(self.year) - i32::from(self.month < 3);
        let shift = SHIFT[usize::from(self.month.clamp(1, 12)) - 1];
        let day = year + year / 4 - year / 100 + year / 400 + shift + i32::from(self.day);
        const DAYS: [Weekday; 7] = [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday];
        DAYS[day.rem_euclid(7) as usize]
    }

    /// The day as `YYYY-MM-DD`. Every document has its date in the output, so that this is not left to `write!`.
    fn iso_day(&self) -> [u8; 10] {
        let (year, month, day) = (self.year.unsigned_abs(), u16::from(self.month), u16::from(self.day));
        let digit = |number: u16, unit: u16| b'0' + (number / unit % 10) as u8;
        let mut iso = *b"0000-00-00";
        (iso[0], iso[1], iso[2], iso[3]) = (digit(year, 1000), digit(year, 100), digit(year, 10), digit(year, 1));
        (iso[5], iso[6]) = (digit(month, 10), digit(month, 1));
        (iso[8], iso[9]) = (digit(day, 10), digit(day, 1));
        iso
    }
}

impl FromStr for DocDate {
    type Err = ParseDateError;

    fn from_str(text: &str) -> Result<Self, ParseDateError> {
        parse_date(text.trim()).ok_or_else(|| ParseDateError(text.chars().take(40).collect()))
    }
}

fn parse_date(text: &str) -> Option<DocDate> {
    let (date, rest) = match text.find(['T', 't', ' ']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let (month, day) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    if parts.next().is_some() || year == 0 || day == 0 || days_in_month(year, month) < day {
        return None;
    }
    let (time, offset) = match rest {
        None => (None, None),
        Some(rest) => parse_time(rest)?,
    };
    Some(DocDate { year: i16::try_from(year).ok()?, month: month as u8, day: day as u8, time, offset })
}

#[expect(clippy::type_complexity, reason = "the two fields of DocDate, nowhere else")]
fn parse_time(text: &str) -> Option<(Option<(u8, u8, u8)>, Option<i16>)> {
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let mut parts = clock.split(':');
    let (hour, minute) = (number(parts.next()?, 2)?, parts.next().map_or(Some(0), |m| number(m, 2))?);
    let second = match parts.next() {
        None => 0,
        Some(second) => {
            let (whole, fraction) = second.split_once('.').unwrap_or((second, "0"));
            if fraction.is_empty() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            number(whole, 2)?
        }
    };
    if parts.next().is_some() || 23 < hour || 59 < minute || 59 < second {
        return None;
    }
    let offset = match zone {
        "" => None,
        "Z" | "z" => Some(0),
        _ => {
            let digits: String = zone[1..].chars().filter(|c| *c != ':').collect();
            let value = number(&digits, 4).or_else(|| number(&digits, 2).map(|h| h * 100))?;
            let minutes = i16::try_from(value / 100 * 60 + value % 100).ok()?;
            if 18 * 60 < minutes || 59 < value % 100 {
                return None;
            }
            Some(if zone.starts_with('-') { -minutes } else { minutes })
        }
    };
    Some((Some((hour as u8, minute as u8, second as u8)), offset))
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let all = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for DocDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(str::from_utf8(&self.iso_day()).unwrap_or_default())?;
        if let Some((hour, minute, second)) = self.time {
            write!(f, "T{hour:02}:{minute:02}:{second:02}")?;
            match self.offset {
                None => {}
                Some(0) => f.write_str("Z")?,
                Some(minutes) => {
                    let sign = if minutes < 0 { '-' } else { '+' };
                    write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)?;
                }
            }
        }
        Ok(())
    }
}

serde_as_text!(DocDate, Country);

/// A country by its ISO 3166-1 alpha-2 code, in capitals: `TN`. It decides a bare `دينار`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

/// A text is no country code.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("invalid country {0:?}: expected an ISO 3166-1 code of two letters, for example TN")]
pub struct ParseCountryError(String);

impl Country {
    /// The code, two capital letters.
    pub fn code(&self) -> &str {
        // Both bytes are ASCII capitals by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Country {
    type Err = ParseCountryError;

    fn from_str(text: &str) -> Result<Self, ParseCountryError> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(ParseCountryError(text.chars().take(40).collect())),
        }
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_round_trip() {
        for text in [
            "2025-08-06",
            "2024-02-29",
            "2025-08-06T15:30:00",
            "2025-08-06T15:30:00+03:00",
            "2013-02-12T04:30:00-02:00",
            "2025-08-06T15:30:00Z",
        ] {
            assert_eq!(text.parse::<DocDate>().map(|d| d.to_string()), Ok(text.to_owned()));
        }
        let loose = "2025-08-06 15:30:00.250+0300".parse::<DocDate>();
        assert_eq!(loose.map(|d| d.to_string()), Ok("2025-08-06T15:30:00+03:00".into()));
    }

    #[test]
    fn weekdays() {
        for (date, day) in [
            ("2025-08-06", Weekday::Wednesday),
            ("2024-02-29", Weekday::Thursday),
            ("2000-01-01", Weekday::Saturday),
            ("1900-03-01", Weekday::Thursday),
            ("0001-01-01", Weekday::Monday),
        ] {
            assert_eq!(date.parse::<DocDate>().map(|d| d.weekday()), Ok(day), "{date}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "",
            "2025",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "0000-01-01",
            "06-08-2025",
            "2025-08-06T25:00",
            "2025-08-06T",
            "٢٠٢٥-٠٨-٠٦",
            "2025-08-06T10:00+",
            "2025-08-06T10:00:00+99:00",
        ] {
            assert!(text.parse::<DocDate>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn countries() {
        assert_eq!("tn".parse::<Country>().map(|c| c.to_string()), Ok("TN".into()));
        assert!("TUN".parse::<Country>().is_err() && "تن".parse::<Country>().is_err());
    }
}
