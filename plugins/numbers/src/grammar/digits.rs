//! What a token of digits is: one number, two with a sign between them, or no number at all.

use khabar_arabic::digits_within;
use khabar_core::{Decimal, Span};

/// ر, which old agencies wrote for a comma.
const REH: char = '\u{631}';
/// ، ٫ ٬
const ARABIC_COMMA: char = '\u{60c}';
const ARABIC_DECIMAL: char = '\u{66b}';
const ARABIC_THOUSANDS: char = '\u{66c}';
/// Marks that part the decimals from the whole, or thousands.
pub(super) const DECIMAL_MARKS: [char; 4] = ['.', ',', ARABIC_COMMA, ARABIC_DECIMAL];

/// A token of digits and the separators inside of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Digits {
    /// One number.
    Number(Reading),
    /// `3/4`.
    Slash(Decimal, Decimal),
    /// `10-20`, `2-1`.
    Dash(Decimal, Decimal),
    /// A date, a clock time, a telephone number, a version, a number beyond 28 digits.
    Other,
}

/// A number and, where its one separator can be read both ways, the other reading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reading {
    /// The number as its digits say it, or with the separator of its ambiguous group as decimal point.
    pub value: Decimal,
    /// The number with that separator as mark of thousands (`120.000`, `4.800`).
    pub thousands: Option<Thousands>,
    /// No separator stands in it.
    pub plain: bool,
    /// How many digits it has, leading zeros included.
    pub digits: u16,
}

/// The reading of `120.000` as 120000, with what tells the two readings apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Thousands {
    pub value: Decimal,
    /// A full stop, rather than a comma.
    pub dot: bool,
    /// The Arabic decimal separator, which stands for thousands only before what it counts: `4٫032 فردًا`.
    pub arabic: bool,
    /// Digits before the separator, 1 to 3.
    pub leading: u8,
    /// Three zeros follow.
    pub round: bool,
}

/// [`read`] of a token of digits within the folded text: most are a few digits and no more.
#[inline]
pub(crate) fn read_within(folded: &str, span: Span) -> Digits {
    match digits_within(folded.as_bytes(), span.start as usize, span.end as usize) {
        Some(value) => {
            let digits = (span.end - span.start) as u16;
            Digits::Number(Reading { value: value.into(), thousands: None, plain: true, digits })
        }
        None => read(span.of(folded).unwrap_or_default()),
    }
}

/// Reads the folded form of a token of digits, in time linear in its length.
pub(crate) fn read(folded: &str) -> Digits {
    // Most are a few digits and no more.
    if folded.len() <= 18 && folded.bytes().all(|b| b.is_ascii_digit()) {
        let value = folded.bytes().fold(0_u64, |value, digit| value * 10 + u64::from(digit - b'0'));
        let digits = folded.len() as u16;
        return Digits::Number(Reading { value: value.into(), thousands: None, plain: true, digits });
    }
    if let Some((left, right)) = folded.split_once(['-', '\u{2013}']) {
        return match (plain(left), plain(right)) {
            (Some(a), Some(b)) => Digits::Dash(a, b),
            _ => Digits::Other,
        };
    }
    if let Some((left, right)) = folded.split_once('/') {
        return match (plain(left), plain(right)) {
            (Some(a), Some(b)) => Digits::Slash(a, b),
            _ => Digits::Other,
        };
    }
    number(folded).map_or(Digits::Other, Digits::Number)
}

fn plain(digits: &str) -> Option<Decimal> {
    let reading = number(digits)?;
    Some(match reading.thousands {
        Some(thousands) if thousands.round => thousands.value,
        _ => reading.value,
    })
}

/// One number with separators of thousands and decimals.
pub(crate) fn number(folded: &str) -> Option<Reading> {
    let digits = folded.bytes().filter(u8::is_ascii_digit).count();
    let digits = u16::try_from(digits).ok()?;
    let mut separators = folded.char_indices().filter(|(_, c)| !c.is_ascii_digit());
    let Some((at, first)) = separators.next() else {
        return Some(Reading { value: decimal(folded, "")?, thousands: None, plain: true, digits });
    };
    let Some((_, second)) = separators.next() else {
        return one_separator(&folded[..at], first, &folded[at + first.len_utf8()..], digits);
    };
    if !is_mark(first) || !is_mark(second) {
        return None;
    }
    // Several separators: all of one kind mark thousands; a last one of another kind is the decimal point.
    let last = separators.next_back().map_or(second, |(_, last)| last);
    if !is_mark(last) {
        return None;
    }
    let (whole, fraction) = if last == first { (folded, "") } else { folded.rsplit_once(last).unwrap_or((folded, "")) };
    let mut groups = whole.split(first);
    let head = groups.next()?;
    let grouped =
        (1..=3).contains(&head.len()) && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
    let value = if grouped { decimal(whole, fraction)? } else { return None };
    Some(Reading { value, thousands: None, plain: false, digits })
}

fn is_mark(c: char) -> bool {
    DECIMAL_MARKS.contains(&c) || c == ARABIC_THOUSANDS
}

fn one_separator(left: &str, mark: char, right: &str, digits: u16) -> Option<Reading> {
    let reading = |value, thousands| Some(Reading { value, thousands, plain: false, digits });
    match mark {
        // Old agencies wrote decimals from right to left with a `ر` for the comma: 6ر4 is 4.6.
        REH => reading(decimal(right, left)?, None),
        ARABIC_THOUSANDS if right.len() == 3 && left.len() <= 3 => reading(joined(left, right)?, None),
        mark if is_mark(mark) => {
            let value = decimal(left, right)?;
            let ambiguous = right.len() == 3 && (1..=3).contains(&left.len()) && !left.starts_with('0');
            let thousands = if ambiguous {
                Some(Thousands {
                    value: joined(left, right)?,
                    dot: mark == '.',
                    arabic: mark == ARABIC_DECIMAL,
                    leading: left.len() as u8,
                    round: right == "000",
                })
            } else {
                None
            };
            reading(value, thousands)
        }
        _ => None,
    }
}

/// Digits before and after a mark of thousands.
fn joined(left: &str, right: &str) -> Option<Decimal> {
    decimal(left, "")?.checked_mul(Decimal::ONE_THOUSAND)?.checked_add(decimal(right, "")?)
}

/// An exact decimal from the digits of a whole part, whose separators are passed over, and a fractional part.
fn decimal(whole: &str, fraction: &str) -> Option<Decimal> {
    let fraction = fraction.trim_end_matches('0');
    let mut mantissa: i128 = 0;
    for digit in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
        mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(digit - b'0'))?;
    }
    let scale = u32::try_from(fraction.len()).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<String> {
        number(&khabar_arabic::fold(text)).map(|r| r.value.normalize().to_string())
    }

    #[test]
    fn separators() {
        for (text, wanted) in [
            ("1250", "1250"),
            ("1,250.5", "1250.5"),
            ("1.250,5", "1250.5"),
            ("٣٫٥", "3.5"),
            ("0،9", "0.9"),
            ("6ر4", "4.6"),
            ("2.016.395", "2016395"),
            ("12،220,13", "12220.13"),
            ("١٠٠٬٠٠٠٫٠", "100000"),
            ("١٠٬٠٠٠", "10000"),
            ("01.10", "1.1"),
            ("4.75", "4.75"),
            ("0012", "12"),
        ] {
            assert_eq!(value(text).as_deref(), Some(wanted), "{text}");
        }
        for text in ["1.2.3", "14:30", "1.23.456", "1,,2", "192.168.100.200.1"] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn two_readings() {
        let reading = number("120.000").expect("a number");
        let thousands = reading.thousands.expect("ambiguous");
        assert_eq!(thousands.value, Decimal::from(120_000));
        assert!(thousands.dot && thousands.round && thousands.leading == 3);
        assert!(number("0.125").is_some_and(|r| r.thousands.is_none()));
        assert!(number("1234.567").is_some_and(|r| r.thousands.is_none()));
    }

    #[test]
    fn pairs() {
        assert_eq!(read("3/4"), Digits::Slash(3.into(), 4.into()));
        assert_eq!(read("1000-5000"), Digits::Dash(1000.into(), 5000.into()));
        for text in ["11-10-2021", "11/10/2021", "14:30", "1-2/3"] {
            assert_eq!(read(text), Digits::Other, "{text}");
        }
    }

    #[test]
    fn beyond_what_a_decimal_holds() {
        assert_eq!(read(&"9".repeat(10_000)), Digits::Other);
        assert_eq!(read(&format!("0.{}1", "0".repeat(10_000))), Digits::Other);
        assert!(value("0.50000000000000000000000000000000000000").is_some_and(|v| v == "0.5"));
    }
}
