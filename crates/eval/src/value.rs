//! Compares values with gold.

use num_bigint::BigInt;
use serde_json::Value as Json;

/// The fields that are compared.
pub(crate) const FIELDS: [&str; 5] = ["value", "currency", "unit", "low", "high"];

/// The number of decimals to which numbers are compared.
const DECIMALS: u32 = 12;

/// Longer numbers and exponents are compared as text, to bound the cost of a hostile file.
const LONGEST_NUMBER: usize = 400;

/// Whether a value agrees with gold in those of the fields `value`, `currency`, `unit` (of `number.quantity` only), `low`
/// and `high` that gold has.
///
/// - A value that is not an object stands for `{"value": …}`.
/// - Values of `number.*`, scores and ratios aside, compare as exact rational numbers, rounded to twelve decimals:
///   `1/2`, `0.5` and `5e-1` are one number.
/// - In values of `timex.*`, `Thh` is `Thh:00`; where gold begins with `XXXX`, each of its `X` stands for any digit.
/// - Gold may list other right values in `accept`.
pub fn agrees(kind: &str, gold: &Json, found: &Json) -> bool {
    let field = |key: &str| match found {
        Json::Object(fields) => fields.get(key).unwrap_or(&Json::Null),
        scalar if key == "value" => scalar,
        _ => &Json::Null,
    };
    let comparable = |value: &Json| Comparable::new(kind, value);
    let agree = |key: &str, wanted: &Json| {
        let value = comparable(field(key));
        if comparable(wanted) == value {
            return true;
        }
        let accepted = || gold["accept"].as_array().is_some_and(|list| list.iter().any(|a| comparable(a) == value));
        key == "value" && (accepted() || is_open(kind, wanted, field(key)))
    };
    if !gold.is_object() {
        return gold.is_null() || agree("value", gold);
    }
    let mut wanted = FIELDS.iter().filter_map(|key| Some((*key, gold.get(key)?)));
    wanted.all(|(key, wanted)| key == "unit" && kind != "number.quantity" || agree(key, wanted))
}

/// A value in its form for comparison.
#[derive(PartialEq)]
enum Comparable {
    Nothing,
    /// Times ten to the power of [`DECIMALS`].
    Number(BigInt),
    Text(String),
}

impl Comparable {
    fn new(kind: &str, value: &Json) -> Self {
        let text = match value {
            Json::Null => return Self::Nothing,
            Json::String(text) => text.clone(),
            other => other.to_string(),
        };
        let exact = kind.starts_with("number.") && kind != "number.score" && kind != "number.ratio";
        match exact.then(|| rational(&text)).flatten() {
            Some(number) => Self::Number(number),
            None if kind.starts_with("timex.") => Self::Text(full_hours(&text)),
            None => Self::Text(text),
        }
    }
}

/// A decimal (`-1.5`, `.5`, `2e-3`) or a quotient of integers (`1/2`) in ASCII digits, rounded half to even.
fn rational(text: &str) -> Option<BigInt> {
    let text = text.trim();
    let (negative, text) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if LONGEST_NUMBER < text.len() || !text.trim_start_matches('.').starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let shift = |by: u32| BigInt::from(10).pow(by);
    let (numerator, denominator) = if let Some((above, below)) = text.split_once('/') {
        (digits(above.trim_end())?, digits(below.trim_start())?)
    } else {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let number = digits(&format!("{whole}{fraction}"))?;
        let power = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        if LONGEST_NUMBER < power.unsigned_abs() as usize {
            return None;
        }
        let scale = shift(power.unsigned_abs());
        if 0 <= power { (number * scale, BigInt::from(1)) } else { (number, scale) }
    };
    if denominator == BigInt::ZERO {
        return None;
    }
    let scaled = numerator * shift(DECIMALS);
    let (mut rounded, rest) = (&scaled / &denominator, &scaled % &denominator * 2);
    if denominator < rest || (rest == denominator && rounded.bit(0)) {
        rounded += 1;
    }
    Some(if negative { -rounded } else { rounded })
}

fn digits(text: &str) -> Option<BigInt> {
    let all = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if all { text.parse().ok() } else { None }
}

/// Writes times without minutes with them: `T15` becomes `T15:00`.
fn full_hours(text: &str) -> String {
    let mut full = String::with_capacity(text.len() + 3);
    let mut rest = text;
    while let Some(at) = rest.find('T') {
        let (before, after) = rest.split_at(at + 1);
        full.push_str(before);
        rest = after;
        let hours = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let ends = |at: usize| after[at..].is_empty() || after[at..].starts_with(['/', 'Z', '+', '-']);
        if hours == 2 && ends(2) {
            full.push_str(&after[..2]);
            full.push_str(":00");
            rest = &after[2..];
        }
    }
    full + rest
}

/// Whether gold leaves the year open (`XXXX-04-23`) and the value found fits it.
fn is_open(kind: &str, gold: &Json, found: &Json) -> bool {
    let (Some(gold), Some(found)) = (gold.as_str(), found.as_str()) else { return false };
    if !kind.starts_with("timex.") || !gold.starts_with("XXXX") {
        return false;
    }
    let (gold, found) = (full_hours(gold), full_hours(found));
    let fits = |(wanted, got): (char, char)| wanted == got || (wanted == 'X' && got.is_ascii_digit());
    gold.chars().count() == found.chars().count() && gold.chars().zip(found.chars()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_exact() {
        let same = |a: &str, b: &str| agrees("number.cardinal", &json!({"value": a}), &json!({"value": b}));
        for (a, b) in [
            ("0.5", "1/2"),
            ("2/4", "1/2"),
            (".5", "5e-1"),
            ("-0", "0"),
            ("1E3", "1000."),
            (" +7 ", "7"),
            ("0.3333333333333", "1/3"),
            ("1000000000000000000000000000001", "1000000000000000000000000000001.0"),
        ] {
            assert!(same(a, b) && same(b, a), "{a} {b}");
        }
        for (a, b) in [("0.333333333", "1/3"), ("1", "-1"), ("1/0", "0"), ("٣", "3"), ("1e999999999", "1e999999998")] {
            assert!(!same(a, b) && !same(b, a), "{a} {b}");
        }
        assert!(same("1/0", "1/0") && same("1e999999999", "1e999999999"), "what is no number compares as text");
        assert!(agrees("number.cardinal", &json!({"value": 12}), &json!({"value": "12.0"})));
        assert!(!agrees("number.score", &json!({"value": "2/4"}), &json!({"value": "1/2"})));
    }

    #[test]
    fn halves_round_to_even() {
        let half = |a: &str| rational(a).map(|n| n.to_string());
        assert_eq!(half("0.0000000000005"), Some("0".into()));
        assert_eq!(half("0.0000000000015"), Some("2".into()));
        assert_eq!(half("-0.0000000000025"), Some("-2".into()));
    }

    #[test]
    fn fields_that_gold_has() {
        let money = json!({"value": "3000000", "currency": "USD"});
        assert!(agrees("number.money", &money, &json!({"value": "3e6", "currency": "USD", "mod": "APPROX"})));
        assert!(!agrees("number.money", &money, &json!({"value": "3000000"})));
        let dual = json!({"value": "2", "unit": "شخص"});
        assert!(agrees("number.cardinal", &dual, &json!({"value": "2"})), "the unit of a dual noun is not compared");
        assert!(!agrees("number.quantity", &json!({"value": "5", "unit": "meter"}), &json!({"value": "5"})));
        assert!(agrees("number.range", &json!({"low": null, "high": "5"}), &json!({"high": 5})));
        assert!(agrees("number.cardinal", &json!({"value": null, "magnitude": "10"}), &json!({"value": null})));
        assert!(agrees("entity.org", &json!({"id": "Q1"}), &json!({"id": "Q2"})), "ids are not compared here");
    }

    #[test]
    fn times() {
        let same = |gold: Json, found: &str| agrees("timex.time", &gold, &json!({"value": found}));
        assert!(same(json!({"value": "2025-08-06T15"}), "2025-08-06T15:00"));
        assert!(same(json!({"value": "2025-08-06T08/2025-08-06T10Z"}), "2025-08-06T08:00/2025-08-06T10:00Z"));
        assert!(!same(json!({"value": "2025-08-06TMO"}), "2025-08-06TEV"));
        assert!(same(json!({"value": "XXXX-04-23"}), "2025-04-23"));
        assert!(same(json!({"value": "XXXX-XX-XXT15"}), "XXXX-XX-XXT15:00"));
        assert!(!same(json!({"value": "XXXX-04-23"}), "2025-04-24"));
        assert!(!same(json!({"value": "P3D"}), "PXD") && !same(json!({"value": "2025"}), "XXXX"));
        assert!(same(json!({"value": "2025", "accept": ["P1Y", "2025-01-01/2025-12-31"]}), "P1Y"));
        assert!(!same(json!({"value": "2025", "accept": ["P1Y"]}), "P2Y"));
    }
}
