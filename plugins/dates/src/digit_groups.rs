//! DigitGroups with separators: `11-10-2021`, `13:30`, `2016/2017`.

/// `ر` between minutes and the hour, as agencies write clock times from right to left: `00ر14` is 14:00.
const REVERSED: char = '\u{631}';
/// The most digits of a number that may be part of a date.
const MOST_DIGITS: u8 = 6;

/// Up to three numbers in figures and what stands between them; none, where a token of figures is something else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DigitGroups {
    parts: [u32; 3],
    digits: [u8; 3],
    separators: [u8; 2],
    len: u8,
}

impl DigitGroups {
    /// A number of so many digits without separators, as [`DigitGroups::parse`] reads it; none where they are too many.
    pub(crate) fn plain(value: u32, digits: usize) -> Self {
        let fits = (1..=usize::from(MOST_DIGITS)).contains(&digits);
        Self { parts: [value, 0, 0], digits: [digits as u8, 0, 0], len: u8::from(fits), ..Self::default() }
    }

    /// Reads a folded number token; `None` for more than three numbers or longer ones than six digits.
    pub(crate) fn parse(folded: &str) -> Option<Self> {
        let mut figures = Self::default();
        for c in folded.chars() {
            if let Some(digit) = c.to_digit(10) {
                if figures.len == 0 {
                    figures.len = 1;
                }
                let at = figures.last();
                figures.parts[at] = figures.parts[at] * 10 + digit;
                figures.digits[at] += 1;
                if MOST_DIGITS < figures.digits[at] {
                    return None;
                }
            } else {
                figures.push_separator(c)?;
            }
        }
        (figures.len != 0 && figures.digits[figures.last()] != 0).then_some(figures)
    }

    /// Where the last of the numbers stands, of which there is one at least.
    const fn last(&self) -> usize {
        self.len as usize - 1
    }

    fn push_separator(&mut self, c: char) -> Option<()> {
        if self.len == 0 || 3 <= self.len || self.digits[self.last()] == 0 {
            return None;
        }
        self.separators[self.last()] = match c {
            '-' | '\u{2013}' => b'-',
            '/' => b'/',
            '.' => b'.',
            ':' => b':',
            REVERSED => b'r',
            _ => b',',
        };
        self.len += 1;
        Some(())
    }

    /// Joins a further number with a separator, as where spaces stand around it: `21 / 10 / 1436`.
    pub(crate) fn join(mut self, separator: char, more: &Self) -> Option<Self> {
        if 3 < self.len + more.len || more.len != 1 {
            return None;
        }
        self.push_separator(separator)?;
        self.parts[self.last()] = more.parts[0];
        self.digits[self.last()] = more.digits[0];
        Some(self)
    }

    /// The numbers.
    pub(crate) fn parts(&self) -> &[u32] {
        &self.parts[..usize::from(self.len)]
    }

    /// How many digits each has.
    pub(crate) fn digits(&self) -> &[u8] {
        &self.digits[..usize::from(self.len)]
    }

    /// The separator, if all are the same.
    pub(crate) fn separator(&self) -> Option<u8> {
        match self.len {
            2 => Some(self.separators[0]),
            3 if self.separators[0] == self.separators[1] => Some(self.separators[0]),
            _ => None,
        }
    }

    /// Whether these are two figures each of minutes and hour with `ر` between them: `30ر17`.
    pub(crate) fn is_reversed(&self) -> bool {
        self.separator() == Some(b'r') && self.digits() == [2, 2]
    }

    /// Hour, minute and second of a clock time: `13:30`, `10:51:20`, and with a point where `points`: `7.15`.
    pub(crate) fn clock(&self, points: bool) -> Option<(u8, u8, Option<u8>)> {
        if self.is_reversed() {
            let (hour, minute) = (self.parts[1], self.parts[0]);
            return (hour < 24 && minute < 60).then_some((hour as u8, minute as u8, None));
        }
        let separator = self.separator()?;
        if separator != b':' && !(points && separator == b'.') {
            return None;
        }
        if 2 < self.digits[0] || self.digits()[1..].iter().any(|d| *d != 2) {
            return None;
        }
        let (hour, minute) = (self.parts[0], self.parts[1]);
        let second = self.parts().get(2).copied();
        let fine = (hour < 24 || hour == 24 && minute == 0) && minute < 60 && second.is_none_or(|s| s < 60);
        fine.then_some((hour as u8 % 24, minute as u8, second.map(|s| s as u8)))
    }
}

/// How a numeric date may be read: year, month, day; most likely first.
pub(crate) fn numeric_dates(figures: &DigitGroups) -> Vec<(i32, u8, u8)> {
    let (&[a, b, c], &[da, db, dc]) = (figures.parts(), figures.digits()) else { return Vec::new() };
    if !matches!(figures.separator(), Some(b'-' | b'/' | b'.')) || 2 < db {
        return Vec::new();
    }
    let orders: &[(u32, u32, u32)] = match (da, dc) {
        (4, 1 | 2) => &[(a, b, c)],
        (1 | 2, 4) => &[(c, b, a), (c, a, b)],
        // Two-digit years, never with points (versions, telephone numbers): day first, or year first when no day fits.
        (2, 2) | (1, 2) if figures.separator() != Some(b'.') => &[(short(c), b, a), (short(a), b, c)],
        _ => &[],
    };
    let valid = |&(year, month, day): &(u32, u32, u32)| {
        (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2999).contains(&year)
    };
    let mut found: Vec<(i32, u8, u8)> =
        orders.iter().filter(|o| valid(o)).map(|&(y, m, d)| (y as i32, m as u8, d as u8)).collect();
    found.dedup();
    found
}

/// A two-digit year: 70 to 99 are of the last century, the POSIX rule is 69.
fn short(year: u32) -> u32 {
    if 99 < year {
        0
    } else if year < 70 {
        2000 + year
    } else {
        1900 + year
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_figures() {
        for (text, value) in [("7", 7), ("2016", 2016), ("000012", 12), ("1234567", 1_234_567)] {
            let (plain, parsed) = (DigitGroups::plain(value, text.len()), DigitGroups::parse(text).unwrap_or_default());
            assert_eq!((plain.parts(), plain.digits()), (parsed.parts(), parsed.digits()));
        }
    }

    #[test]
    fn clocks() {
        let clock = |text: &str, points| DigitGroups::parse(text).and_then(|f| f.clock(points));
        assert_eq!(clock("13:30", false), Some((13, 30, None)));
        assert_eq!(clock("10:51:20", false), Some((10, 51, Some(20))));
        assert_eq!(clock("7.15", true), Some((7, 15, None)));
        assert_eq!(clock("7.15", false), None);
        assert_eq!(clock("25:10", false), None);
        assert_eq!(clock("3:1", false), None);
    }

    #[test]
    fn dates() {
        let dates = |text: &str| DigitGroups::parse(text).map(|f| numeric_dates(&f)).unwrap_or_default();
        assert_eq!(dates("11-10-2021"), [(2021, 10, 11), (2021, 11, 10)]);
        assert_eq!(dates("2016/02/22"), [(2016, 2, 22)]);
        assert_eq!(dates("4/23/2016"), [(2016, 4, 23)]);
        assert_eq!(dates("16/04/21")[0], (2021, 4, 16));
        for none in ["2.16.17", "31-13-2020", "80.10.11.11", "0-1-2020", "1/1/99999", "2/30"] {
            assert!(dates(none).is_empty(), "{none}");
        }
    }
}
