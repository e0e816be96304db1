//! What the model sees of a word: its normal form, its stem, its shape, what the vocabulary knows.

use khabar_arabic::hash;
use khabar_lexicon::Proclitic;
use khabar_lexicon::clitics::push_article_restored;
use khabar_lexicon::inflect::without_article;
use khabar_lexicon::spelling::{is_letter, without_hamza};

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
    /// Whether a known phrase goes on with the normal form.
    pub continues: bool,
    /// Whether it begins with و, and corpus counts speak for a conjunction.
    pub conjunction: bool,
    /// The hashes of the normal form and of the stem.
    pub(super) hashes: [u64; 2],
    /// A buffer for the stem with its article.
    article: String,
    /// Corpus counts, clusters and gazetteer counts of the stem, else of the word.
    pub entry: WordEntry,
}

/// What is joined to a stem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Clitics {
    /// A bit for each of و ف ل ب ك: below 32.
    pub(super) proclitics: u8,
    /// Whether it has the article.
    pub(super) article: bool,
}

impl Clitics {
    /// How many values [`Clitics::index`] has.
    pub(super) const COUNT: usize = 64;

    /// A number for each.
    pub(super) fn index(self) -> usize {
        usize::from(self.proclitics & 31) * 2 + usize::from(self.article)
    }

    pub(super) fn of_index(index: usize) -> Self {
        Self { proclitics: (index / 2) as u8, article: index % 2 == 1 }
    }
}

impl WordForm {
    pub(super) fn clitics(&self) -> Clitics {
        Clitics { proclitics: self.proclitics, article: self.core_at != 0 }
    }
}

/// The outline of a word: punctuation, digits, Latin, or Arabic by length; below 32.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, bytemuck::Pod, bytemuck::Zeroable)]
#[repr(transparent)]
pub struct Shape(pub u8);

impl Shape {
    /// How many shapes there are.
    pub const COUNT: usize = 24;
    /// Before the first and after the last word of a sentence.
    pub const OUTSIDE: Self = Self(0);

    fn of(norm: &str, capital: bool) -> Self {
        let Some(first) = norm.chars().next() else { return Self(23) };
        let letters = || norm.chars().take(8).count() as u8;
        match first {
            _ if is_letter(first) => Self(8 + letters()),
            '0'..='9' => Self(1 + letters().min(5)),
            'a'..='z' | 'A'..='Z' => Self(if capital { 7 } else { 8 }),
            '.' => Self(17),
            ARABIC_COMMA | ',' => Self(18),
            '"' | '«' | '»' | '“' | '”' => Self(19),
            '(' => Self(20),
            ')' => Self(21),
            ':' => Self(22),
            c if c.is_alphabetic() => Self(8 + letters()),
            _ => Self(23),
        }
    }
}

/// ،
const ARABIC_COMMA: char = '\u{60c}';
const WAW: u8 = 1;
const FA: u8 = 2;
const LAM: u8 = 4;
const BA: u8 = 8;
const KAF: u8 = 16;

/// Whether a folded word is its own normal form: all its characters are letters of the Arabic alphabet but ؤ and ئ.
fn is_normal(folded: &str) -> bool {
    let (letters, rest) = folded.as_bytes().as_chunks();
    let normal = |letter: &[u8; 2]| matches!(letter, [0xd8, 0xa1..=0xa3 | 0xa5 | 0xa7..=0xba] | [0xd9, 0x81..=0x8a]);
    rest.is_empty() && letters.iter().all(normal)
}

/// Fills `word` with what there is to know of a folded word.
pub fn analyse(vocabulary: &Vocabulary<'_>, folded: &str, word: &mut WordForm) {
    analyse_hashed(vocabulary, folded, hash(folded), word);
}

/// The same for a word whose hash is known.
pub(super) fn analyse_hashed(vocabulary: &Vocabulary<'_>, folded: &str, folded_hash: u64, word: &mut WordForm) {
    word.norm.clear();
    let normal = is_normal(folded);
    if normal {
        word.norm.push_str(folded);
    } else {
        word.norm.extend(folded.chars().map(|c| match c {
            _ if is_letter(c) => without_hamza(c),
            _ if c.is_numeric() => '0',
            _ => c.to_ascii_lowercase(),
        }));
    }
    let norm_hash = if normal { folded_hash } else { hash(&word.norm) };
    word.hashes = [norm_hash; 2];
    let capital = folded.starts_with(|c: char| c.is_ascii_uppercase());
    word.shape = Shape::of(&word.norm, capital);
    word.stem.clear();
    word.stem.push_str(&word.norm);
    (word.skip, word.proclitics) = (0, 0);
    let whole = vocabulary.entry(norm_hash);
    word.entry = whole;
    word.continues = whole.gazetteers[3..] != [0; 3];
    word.conjunction = is_conjunction(vocabulary, &word.norm, whole.count);
    for round in 0..2 {
        let Some(cut) = split(vocabulary, &word.stem, round, word.entry.count, &mut word.article) else { break };
        word.hashes[1] = cut.hash;
        word.skip += cut.skip;
        word.proclitics |= cut.proclitic;
        if cut.article {
            std::mem::swap(&mut word.stem, &mut word.article);
        } else {
            word.stem.drain(..cut.skip);
        }
        word.entry = cut.rest;
    }
    word.core_at = if without_article(&word.stem).is_some() && 8 < word.stem.len() { 4 } else { 0 };
    word.entry = word.entry.or(whole);
}

/// A proclitic to take off.
struct Cut {
    /// Bytes outside of the name.
    skip: usize,
    /// Its bit.
    proclitic: u8,
    /// Whether the rest is written with an article that the whole lacks.
    article: bool,
    /// The hash of the rest.
    hash: u64,
    /// What is known of the rest.
    rest: WordEntry,
}

/// A word of four letters or more that begins with و is a conjunction and a word when it is at most three times as
/// frequent as that word.
fn is_conjunction(vocabulary: &Vocabulary<'_>, norm: &str, count: u16) -> bool {
    let Some(rest) = norm.strip_prefix(Proclitic::Wa.letter()).filter(|rest| 6 <= rest.len()) else { return false };
    count == 0 || Vocabulary::unscale(count) <= 3.0 * Vocabulary::unscale(vocabulary.entry(hash(rest)).count)
}

/// The proclitic to take off `stem`, whose count is `count`. What is left must be more frequent than the whole; where its
/// article has to be written out, it is left in `article`.
fn split(vocabulary: &Vocabulary<'_>, stem: &str, round: usize, count: u16, article: &mut String) -> Option<Cut> {
    let letters = stem.len() / 2;
    let better = |rest: &str| {
        let hash = hash(rest);
        let entry = vocabulary.entry(hash);
        (Vocabulary::FIVE <= entry.count && count < entry.count).then_some((hash, entry))
    };
    let cut = |(hash, rest): (u64, WordEntry), proclitic| Cut { skip: 2, proclitic, article: false, hash, rest };
    let first = stem.chars().next()?;
    let rest = &stem[first.len_utf8()..];
    let proclitic = Proclitic::of(first);
    if round == 0
        && 4 <= letters
        && let Some(conjunction) = proclitic.filter(|proclitic| proclitic.is_conjunction())
        && let Some(rest) = better(rest)
    {
        return Some(cut(rest, if conjunction == Proclitic::Wa { WAW } else { FA }));
    }
    let lam = |word: &str| word.starts_with(Proclitic::Lam.letter());
    if 5 <= letters && lam(stem) && lam(rest) {
        article.clear();
        push_article_restored(rest, article);
        if let Some(rest) = better(article) {
            return Some(Cut { article: true, ..cut(rest, LAM) });
        }
    }
    if 4 <= letters
        && let Some(preposition @ (Proclitic::Ba | Proclitic::Lam)) = proclitic
        && let Some(rest) = better(rest)
    {
        return Some(cut(rest, if preposition == Proclitic::Ba { BA } else { LAM }));
    }
    if 6 <= letters && proclitic == Some(Proclitic::Kaf) && without_article(rest).is_some() {
        return better(rest).map(|rest| cut(rest, KAF));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_as_normal_is_left_as_it_is() {
        let (vocabulary, mut word) = (Vocabulary::default(), WordForm::default());
        for letter in ('\0'..='\u{7ff}').chain(['\u{fefb}', '中', '😀']) {
            for folded in [letter.to_string(), format!("سلا{letter}م")] {
                let plain = is_letter(letter) && !matches!(letter, 'ؤ' | 'ئ');
                assert_eq!(is_normal(&folded), plain, "{letter:?}");
                analyse(&vocabulary, &folded, &mut word);
                assert!(!plain || word.norm == folded, "{letter:?}");
                assert_eq!(word.hashes[0], hash(&word.norm), "{letter:?}");
            }
        }
    }
}
