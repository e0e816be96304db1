//! What is given for documents that don't say it: their date, their country, how their dates are written.

use std::fmt;
use std::str::FromStr;

use khabar_core::{Country, DocDate};
use thiserror::Error;

/// What is given for the documents of a run. What a document says of itself wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The date of documents without one.
    pub date: Option<DocDate>,
    /// The country of documents without one.
    pub country: Option<Country>,
    /// How dates are written that are not as ISO 8601 has them.
    pub date_format: Option<DateFormat>,
    /// Whether the name of a file tells the date of its documents: `2025-08-06.txt`, `news_20250806.jsonl`.
    pub date_from_name: bool,
}

impl Given {
    /// What a document's own date says by the format.
    pub(crate) fn date_by_format(&self, written: Option<&str>) -> Option<DocDate> {
        self.date_format.as_ref()?.read(written?)
    }

    /// The date of a document that says none: the one in its file's name, else the one that is given.
    pub(crate) fn date_without(&self, id: &str) -> Option<DocDate> {
        let by_name = if self.date_from_name { date_in_name(id) } else { None };
        by_name.or(self.date)
    }
}

/// How a date is written: `DD/MM/YYYY`. `D`, `M` and `Y` stand for digits of day, month and year, anything else for itself;
/// what follows the date, such as a time, is passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateFormat(String);

/// A pattern that cannot tell a date.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("not a format of dates: {0:?}; write DD, MM and YYYY where they stand, such as DD/MM/YYYY")]
pub struct BadDateFormat(String);

impl FromStr for DateFormat {
    type Err = BadDateFormat;

    fn from_str(pattern: &str) -> Result<Self, BadDateFormat> {
        let runs = |letter: char| pattern.split(|c| c != letter).filter(|run| !run.is_empty()).count();
        let years = pattern.chars().filter(|c| *c == 'Y').count();
        let is_whole = ['D', 'M', 'Y'].into_iter().all(|letter| runs(letter) == 1) && matches!(years, 2 | 4);
        if is_whole { Ok(Self(pattern.to_owned())) } else { Err(BadDateFormat(pattern.to_owned())) }
    }
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl DateFormat {
    /// The date that is written so.
    fn read(&self, written: &str) -> Option<DocDate> {
        let (mut pattern, mut text) = (self.0.chars().peekable(), written.trim().chars().peekable());
        let mut parts = [0_u32; 3];
        while let Some(letter) = pattern.next() {
            let Some(part) = ['Y', 'M', 'D'].into_iter().position(|known| known == letter) else {
                if text.next() != Some(letter) {
                    return None;
                }
                continue;
            };
            let mut digits = 1;
            while pattern.next_if_eq(&letter).is_some() {
                digits += 1;
            }
            // A single letter takes one digit or two.
            let most = if part == 0 { digits } else { 2 };
            let mut count = 0;
            while count < most
                && let Some(digit) = text.peek().copied().and_then(digit)
            {
                parts[part] = parts[part] * 10 + digit;
                text.next();
                count += 1;
            }
            if count == 0 || part == 0 && count != digits {
                return None;
            }
            if part == 0 && digits == 2 {
                parts[0] += if parts[0] < 70 { 2000 } else { 1900 };
            }
        }
        date(parts)
    }
}

/// The value of a digit, also an Arabic one.
fn digit(c: char) -> Option<u32> {
    match c {
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => c.to_digit(10),
    }
}

fn date([year, month, day]: [u32; 3]) -> Option<DocDate> {
    format!("{year:04}-{month:02}-{day:02}").parse().ok()
}

/// The first date in the name of a file, year first: `2025-08-06`, `2025_08_06`, `20250806`.
fn date_in_name(id: &str) -> Option<DocDate> {
    let name = id.rsplit(['/', '\\']).next().unwrap_or(id);
    let digits: Vec<(usize, u32)> = name.char_indices().filter_map(|(at, c)| Some((at, c.to_digit(10)?))).collect();
    digits.windows(8).find_map(|run| {
        let (from, to) = (run[0].0, run[7].0);
        let before = name[..from].chars().next_back().is_some_and(|c| c.is_ascii_digit());
        let after = name[to + 1..].chars().next().is_some_and(|c| c.is_ascii_digit());
        let between: String = name[from..=to].chars().filter(|c| !c.is_ascii_digit()).collect();
        let shape = matches!(between.as_str(), "" | "--" | "__" | "..");
        let value = |part: std::ops::Range<usize>| run[part].iter().fold(0, |value, (_, digit)| value * 10 + digit);
        let apart = between.is_empty() || run[4].0 == run[3].0 + 2 && run[6].0 == run[5].0 + 2;
        if before || after || !shape || !apart || !(1900..2100).contains(&value(0..4)) {
            return None;
        }
        date([value(0..4), value(4..6), value(6..8)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, written: &str) -> Option<String> {
        let format: DateFormat = format.parse().expect("a format");
        format.read(written).map(|date| date.to_string())
    }

    #[test]
    fn dates_by_their_format() {
        assert_eq!(read("DD/MM/YYYY", "17/05/2015").as_deref(), Some("2015-05-17"));
        assert_eq!(read("DD/MM/YYYY", "7/5/2015 10:30").as_deref(), Some("2015-05-07"));
        assert_eq!(read("MM-DD-YY", "08-06-25").as_deref(), Some("2025-08-06"));
        assert_eq!(read("YYYYMMDD", "20250806").as_deref(), Some("2025-08-06"));
        assert_eq!(read("D.M.YYYY", "٦.٨.٢٠٢٥").as_deref(), Some("2025-08-06"));
        for (format, written) in
            [("DD/MM/YYYY", "17-05-2015"), ("DD/MM/YYYY", "31/02/2015"), ("DD/MM/YYYY", "17/05/15")]
        {
            assert_eq!(read(format, written), None, "{written}");
        }
        for bad in ["", "DD/MM", "DD/MM/YYY", "DD/MM/YYYY/DD", "%d/%m/%Y"] {
            assert!(bad.parse::<DateFormat>().is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_in_names() {
        let found = |name: &str| date_in_name(name).map(|date| date.to_string());
        for name in ["2025-08-06.txt", "news/ar_20250806_1.jsonl", "a.2025_08_06", "x/2024-01-01/2025.08.06.html"] {
            assert_eq!(found(name).as_deref(), Some("2025-08-06"), "{name}");
        }
        for none in ["202508061.txt", "article 12.txt", "2025-13-40", "20-25-08-06", "2025-08-06/a.txt"] {
            assert_eq!(found(none), None, "{none}");
        }
    }

    #[test]
    fn what_a_document_says_wins() {
        let given = Given {
            date: "2020-01-01".parse().ok(),
            date_format: "DD/MM/YYYY".parse().ok(),
            date_from_name: true,
            ..Given::default()
        };
        let date =
            |written, id| given.date_by_format(written).or_else(|| given.date_without(id)).map(|date| date.to_string());
        assert_eq!(date(Some("17/05/2015"), "2025-08-06.txt").as_deref(), Some("2015-05-17"));
        assert_eq!(date(Some("soon"), "2025-08-06.txt").as_deref(), Some("2025-08-06"));
        assert_eq!(date(None, "a.txt").as_deref(), Some("2020-01-01"));
    }
}
