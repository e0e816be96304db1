//! What the model sees of a word: its normal form, its stem, its shape, what the vocabulary knows.

use super::vocabulary::{Vocabulary, WordEntry};

/// A word as features see it.
#[derive(Clone, Debug, Default)]
pub struct WordForm {
    /// The folded form with hamza carriers and digits made equal.
    pub norm: String,
    /// The word without its proclitics; its article is written out.
    pub stem: String,
    /// Bytes of the stem before the core: the article.
    pub core_at: usize,
    /// Bytes of `norm` that are proclitics.
    pub skip: usize,
    /// What was split off: a bit for each of و ف ل ب ك.
    pub proclitics: u8,
    /// The shape.
    pub shape: Shape,
    /// Corpus counts, clusters and gazetteer counts of the stem, else of the word.
    pub entry: WordEntry,
}

/// The outline of a word: punctuation, digits, Latin, or Arabic by length; below 32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape(pub u8);

impl Shape {
    /// How many shapes there are.
    pub const COUNT: usize = 24;
    /// Before the first and after the last word of a sentence.
    pub const OUTSIDE: Self = Self(0);

    fn of(norm: &str, capital: bool) -> Self {
        let letters = norm.chars().count().min(8) as u8;
        match norm.chars().next() {
            Some('0'..='9') => Self(1 + letters.min(5)),
            Some(c) if c.is_ascii_alphabetic() => Self(if capital { 7 } else { 8 }),
            Some(c) if c.is_alphabetic() => Self(8 + letters),
            Some('.') => Self(17),
            Some('،' | ',') => Self(18),
            Some('"' | '«' | '»' | '“' | '”') => Self(19),
            Some('(') => Self(20),
            Some(')') => Self(21),
            Some(':') => Self(22),
            _ => Self(23),
        }
    }
}

const WAW: u8 = 1;
const FA: u8 = 2;
const LAM: u8 = 4;
const BA: u8 = 8;
const KAF: u8 = 16;

/// Fills `word` with what there is to know of a folded word.
pub fn analyse(vocabulary: &Vocabulary<'_>, folded: &str, word: &mut WordForm) {
    word.norm.clear();
    for c in folded.chars() {
        word.norm.push(match c {
            'ؤ' => 'و',
            'ئ' => 'ي',
            _ if c.is_numeric() => '0',
            _ => c.to_ascii_lowercase(),
        });
    }
    let capital = folded.starts_with(|c: char| c.is_ascii_uppercase());
    word.shape = Shape::of(&word.norm, capital);
    word.stem.clear();
    word.stem.push_str(&word.norm);
    (word.skip, word.proclitics) = (0, 0);
    let mut count = vocabulary.count(&word.stem);
    for round in 0..2 {
        let Some((letters, cut, article, bit)) = split(&word.stem, round, count, vocabulary) else { break };
        word.skip += cut;
        word.proclitics |= bit;
        word.stem.drain(..letters);
        if article {
            word.stem.insert_str(0, "ال");
        }
        count = vocabulary.count(&word.stem);
    }
    word.core_at = if word.stem.starts_with("ال") && 8 < word.stem.len() { 4 } else { 0 };
    let whole = vocabulary.entry(&word.norm);
    let stem = vocabulary.entry(&word.stem);
    word.entry = stem.or(whole);
}

/// The proclitic to take off `stem`: bytes to drop, bytes that are outside of the name, whether the article is to be
/// written out, and its bit. What is left must be more frequent than the whole.
fn split(stem: &str, round: usize, count: u16, vocabulary: &Vocabulary<'_>) -> Option<(usize, usize, bool, u8)> {
    let letters = stem.len() / 2;
    let better = |rest: &str| {
        let rest = vocabulary.count(rest);
        Vocabulary::FIVE <= rest && count < rest
    };
    let first = stem.chars().next()?;
    let rest = &stem[first.len_utf8()..];
    if round == 0 && 4 <= letters && matches!(first, 'و' | 'ف') && better(rest) {
        return Some((2, 2, false, if first == 'و' { WAW } else { FA }));
    }
    if 5 <= letters && stem.starts_with("لل") && better(&["ال", &stem[4..]].concat()) {
        return Some((4, 2, true, LAM));
    }
    if 4 <= letters && matches!(first, 'ب' | 'ل') && better(rest) {
        return Some((2, 2, false, if first == 'ب' { BA } else { LAM }));
    }
    if 6 <= letters && stem.starts_with("كال") && better(rest) {
        return Some((2, 2, false, KAF));
    }
    None
}
