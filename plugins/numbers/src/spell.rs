//! Numbers in words, as Modern Standard Arabic writes them.
//!
//! Rules after Wright, A Grammar of the Arabic Language, 3rd ed., I §§319-327 and II §§93-107: 3 to 10 take the gender
//! opposite to that of what is counted, the halves of 11 to 19 disagree (but for 11 and 12), tens and hundreds have
//! no gender; hundreds are fused and spelt مئة.

/// The gender of what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// `كتاب`: `ثلاثة`.
    Masculine,
    /// `مدينة`: `ثلاث`.
    Feminine,
}

/// The case that the number stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// `عشرون`, `مئتان`.
    Nominative,
    /// `عشرين`, `مئتين`, `ألفا`.
    Accusative,
    /// `عشرين`, `مئتين`.
    Genitive,
}

/// Names of the powers of a thousand: singular, accusative singular, dual nominative and oblique, plural.
const SCALES: [(u64, [&str; 5]); 6] = [
    (1_000_000_000_000_000_000, ["كوينتليون", "كوينتليونا", "كوينتليونان", "كوينتليونين", "كوينتليونات"]),
    (1_000_000_000_000_000, ["كوادريليون", "كوادريليونا", "كوادريليونان", "كوادريليونين", "كوادريليونات"]),
    (1_000_000_000_000, ["تريليون", "تريليونا", "تريليونان", "تريليونين", "تريليونات"]),
    (1_000_000_000, ["مليار", "مليارا", "ملياران", "مليارين", "مليارات"]),
    (1_000_000, ["مليون", "مليونا", "مليونان", "مليونين", "ملايين"]),
    (1_000, ["ألف", "ألفا", "ألفان", "ألفين", "آلاف"]),
];

/// 3 to 9 before a feminine; the masculine adds `ة`.
const UNITS: [&str; 7] = ["ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع"];

const TENS: [&str; 8] = ["عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"];

const HUNDREDS: [&str; 7] = ["ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"];

/// A number in words, without vowel signs, ending as before nothing: `ألفان`, not `ألفا`. Only a lone thousand (million,
/// …) in the accusative has its tanwin, `ألفًا`, for without it it reads as the dual before a noun (`ألفا دولار`).
///
/// `gender` is that of what is counted. With `definite` every conjunct takes the article, as the press does:
/// `الخمسة والعشرون`, `الثلاثة آلاف`.
///
/// ```
/// use khabar_numbers::{Case, Gender, spell};
///
/// assert_eq!(spell(325, Gender::Masculine, Case::Nominative, false), "ثلاثمئة وخمسة وعشرون");
/// assert_eq!(spell(12, Gender::Feminine, Case::Genitive, false), "اثنتي عشرة");
/// assert_eq!(spell(2_011, Gender::Feminine, Case::Nominative, false), "ألفان وإحدى عشرة");
/// assert_eq!(spell(3_000, Gender::Masculine, Case::Nominative, true), "الثلاثة آلاف");
/// ```
pub fn spell(n: u64, gender: Gender, case: Case, definite: bool) -> String {
    let mut conjuncts: Vec<String> = Vec::new();
    let mut rest = n;
    for (scale, names) in SCALES {
        let count = rest / scale;
        rest %= scale;
        // A round hundred counts its last one or two apart: مئة ألف وألفان.
        let (hundreds, few) = if 100 < count { (count / 100 * 100, count % 100) } else { (0, count) };
        if few == 1 || few == 2 {
            if hundreds != 0 {
                conjuncts.extend(scaled(hundreds, names, case));
            }
            conjuncts.push(one_or_two(few, names, case, definite));
        } else {
            conjuncts.extend(scaled(count, names, case));
        }
    }
    if rest != 0 || n == 0 {
        conjuncts.extend(below_thousand(rest, gender, case));
    }
    if let [word] = conjuncts.as_mut_slice()
        && word.ends_with('ا')
        && SCALES.iter().any(|(scale, _)| *scale == n)
    {
        word.insert(word.len() - 'ا'.len_utf8(), '\u{64b}');
    }
    let article = if definite { "ال" } else { "" };
    let joined: Vec<String> = conjuncts.iter().map(|conjunct| format!("{article}{conjunct}")).collect();
    joined.join(" و")
}

fn one_or_two(few: u64, names: [&str; 5], case: Case, definite: bool) -> String {
    let [singular, accusative, dual, oblique, _] = names;
    let word = match (few, case) {
        (1, Case::Accusative) if !definite => accusative,
        (1, _) => singular,
        (_, Case::Nominative) => dual,
        (_, _) => oblique,
    };
    word.to_owned()
}

/// So many of a scale, three at least: the scale's noun stands with the last conjunct of its count.
fn scaled(count: u64, names: [&str; 5], case: Case) -> Vec<String> {
    if count == 0 {
        return Vec::new();
    }
    let mut conjuncts = below_thousand(count, Gender::Masculine, case);
    let noun = match count % 100 {
        3..=10 => names[4],
        11..=99 => names[1],
        _ => names[0],
    };
    if let Some(last) = conjuncts.last_mut() {
        // Before its noun the dual of a hundred drops its nun: مئتا ألف.
        if let Some(construct) = last.strip_suffix('ن').filter(|_| last.starts_with("مئت")) {
            *last = construct.to_owned();
        }
        last.push(' ');
        last.push_str(noun);
    }
    conjuncts
}

/// A number below a thousand as the words that `و` joins.
fn below_thousand(n: u64, gender: Gender, case: Case) -> Vec<String> {
    let mut conjuncts = Vec::new();
    let (hundreds, rest) = (n / 100, n % 100);
    match hundreds {
        0 => {}
        1 => conjuncts.push("مئة".to_owned()),
        2 => conjuncts.push(if case == Case::Nominative { "مئتان" } else { "مئتين" }.to_owned()),
        _ => conjuncts.push(pick(&HUNDREDS, hundreds - 3).to_owned()),
    }
    match rest {
        0 if n == 0 => conjuncts.push("صفر".to_owned()),
        0 => {}
        1..=10 => conjuncts.push(unit(rest, gender, case)),
        11..=19 => conjuncts.push(teen(rest, gender, case)),
        _ => {
            if !rest.is_multiple_of(10) {
                conjuncts.push(unit(rest % 10, gender, case));
            }
            let ending = if case == Case::Nominative { "ون" } else { "ين" };
            conjuncts.push(format!("{}{ending}", pick(&TENS, rest / 10 - 2)));
        }
    }
    conjuncts
}

fn unit(n: u64, gender: Gender, case: Case) -> String {
    let feminine = gender == Gender::Feminine;
    let word = match (n, feminine, case) {
        (1, false, _) => "واحد",
        (1, true, _) => "واحدة",
        (2, false, Case::Nominative) => "اثنان",
        (2, true, Case::Nominative) => "اثنتان",
        (2, false, _) => "اثنين",
        (2, true, _) => "اثنتين",
        (10, false, _) => "عشرة",
        (10, true, _) => "عشر",
        // ثمانٍ loses its ya but in the accusative.
        (8, true, Case::Nominative | Case::Genitive) => "ثمان",
        (8, true, Case::Accusative) => "ثمانيا",
        (_, true, _) => pick(&UNITS, n - 3),
        (_, false, _) => return format!("{}ة", pick(&UNITS, n - 3)),
    };
    word.to_owned()
}

fn teen(n: u64, gender: Gender, case: Case) -> String {
    let feminine = gender == Gender::Feminine;
    let ten = if feminine { "عشرة" } else { "عشر" };
    let unit = match (n - 10, feminine, case) {
        (1, false, _) => "أحد",
        (1, true, _) => "إحدى",
        (2, false, Case::Nominative) => "اثنا",
        (2, false, _) => "اثني",
        (2, true, Case::Nominative) => "اثنتا",
        (2, true, _) => "اثنتي",
        (units, true, _) => pick(&UNITS, units - 3),
        (units, false, _) => return format!("{}ة {ten}", pick(&UNITS, units - 3)),
    };
    format!("{unit} {ten}")
}

fn pick(words: &'static [&'static str], at: u64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| words.get(at)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_gender_and_case() {
        use Case::{Accusative, Genitive, Nominative};
        use Gender::{Feminine, Masculine};
        for (n, gender, case, definite, words) in [
            (0, Masculine, Nominative, false, "صفر"),
            (1, Feminine, Nominative, false, "واحدة"),
            (3, Feminine, Nominative, false, "ثلاث"),
            (8, Feminine, Genitive, false, "ثمان"),
            (18, Feminine, Nominative, false, "ثماني عشرة"),
            (11, Masculine, Nominative, false, "أحد عشر"),
            (99, Masculine, Accusative, false, "تسعة وتسعين"),
            (200_000, Masculine, Nominative, false, "مئتا ألف"),
            (102_000, Masculine, Nominative, false, "مئة ألف وألفان"),
            (11_000, Masculine, Nominative, false, "أحد عشر ألفا"),
            (1_000, Masculine, Accusative, false, "ألفًا"),
            (1_000_000, Masculine, Accusative, true, "المليون"),
            (103_000, Masculine, Nominative, false, "مئة وثلاثة آلاف"),
            (1_000_000, Masculine, Accusative, false, "مليونًا"),
            (25, Masculine, Nominative, true, "الخمسة والعشرون"),
            (2_000_003, Feminine, Genitive, false, "مليونين وثلاث"),
        ] {
            assert_eq!(spell(n, gender, case, definite), words, "{n}");
        }
    }
}
