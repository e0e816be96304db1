//! Numbers in words, as Modern Standard Arabic writes them.
//!
//! Rules after Wright, A Grammar of the Arabic Language, 3rd ed., I §§319-327 and II §§93-107: 3 to 10 take the gender
//! opposite to that of what is counted, the halves of 11 to 19 disagree (but for 11 and 12), tens and hundreds have
//! no gender; hundreds are fused and spelt مئة.

use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::definite as with_article;

use crate::lexicon::{Case, Gender, Lexicon, Spelling, WordUse};

/// The powers of a thousand that have names, from the largest.
const SCALES: [u64; 6] =
    [1_000_000_000_000_000_000, 1_000_000_000_000_000, 1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000];

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
    // A test sees to it that the lexicon can be read.
    let Ok(lexicon) = Lexicon::get() else { return String::new() };
    let speller = Speller { words: &lexicon.spelling, case };
    let conjuncts = speller.conjuncts(n, gender, definite);
    let and = Proclitic::Wa.letter();
    let joined = conjuncts.iter().map(|conjunct| match (definite, conjunct.split_once(' ')) {
        (false, _) => conjunct.clone(),
        (true, None) => with_article(conjunct),
        // Its first word alone has the article: الثلاثة آلاف.
        (true, Some((first, rest))) => format!("{} {rest}", with_article(first)),
    });
    joined.collect::<Vec<_>>().join(&format!(" {and}"))
}

/// The words of a number in one case.
struct Speller<'a> {
    words: &'a Spelling,
    case: Case,
}

impl Speller<'_> {
    fn word(&self, word_use: WordUse, n: u64, gender: Gender) -> String {
        self.words.word(word_use, n, gender, self.case).to_owned()
    }

    /// The words that `و` joins.
    fn conjuncts(&self, n: u64, gender: Gender, definite: bool) -> Vec<String> {
        let mut conjuncts: Vec<String> = Vec::new();
        let mut rest = n;
        for scale in SCALES {
            let count = rest / scale;
            rest %= scale;
            // A round hundred counts its last one or two apart: مئة ألف وألفان.
            let (hundreds, few) = if 100 < count { (count / 100 * 100, count % 100) } else { (0, count) };
            if few == 1 || few == 2 {
                conjuncts.extend(self.scaled(hundreds, scale));
                let word_use = match (few, self.case) {
                    (2, _) => WordUse::Two,
                    (_, Case::Accusative) if !definite && n == scale => WordUse::LoneAccusative,
                    (_, Case::Accusative) if !definite => WordUse::Accusative,
                    _ => WordUse::One,
                };
                conjuncts.push(self.word(word_use, scale, gender));
            } else {
                conjuncts.extend(self.scaled(count, scale));
            }
        }
        if rest != 0 || n == 0 {
            conjuncts.extend(self.below_thousand(rest, gender));
        }
        conjuncts
    }

    /// So many of a scale, three at least: the scale's noun stands with the last conjunct of its count.
    fn scaled(&self, count: u64, scale: u64) -> Vec<String> {
        if count == 0 {
            return Vec::new();
        }
        let mut conjuncts = self.below_thousand(count, Gender::Masculine);
        let noun = match count % 100 {
            3..=10 => WordUse::Few,
            11..=99 => WordUse::Accusative,
            _ => WordUse::One,
        };
        if let Some(last) = conjuncts.last_mut() {
            if count == 200 {
                *last = self.word(WordUse::OfScale, count, Gender::Masculine);
            }
            last.push(' ');
            last.push_str(&self.word(noun, scale, Gender::Masculine));
        }
        conjuncts
    }

    /// A number below a thousand as the words that `و` joins.
    fn below_thousand(&self, n: u64, gender: Gender) -> Vec<String> {
        let alone = |n| self.word(WordUse::Alone, n, gender);
        let (hundreds, rest) = (n / 100 * 100, n % 100);
        let mut conjuncts = Vec::new();
        if hundreds != 0 {
            conjuncts.push(alone(hundreds));
        }
        match rest {
            0 if n != 0 => {}
            11..=19 => conjuncts.push(format!(
                "{} {}",
                self.word(WordUse::BeforeTen, rest - 10, gender),
                self.word(WordUse::AfterUnit, 10, gender)
            )),
            0..=10 => conjuncts.push(alone(rest)),
            _ => {
                if !rest.is_multiple_of(10) {
                    conjuncts.push(alone(rest % 10));
                }
                conjuncts.push(alone(rest / 10 * 10));
            }
        }
        conjuncts
    }
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
