//! Clitics as hypotheses with a score: which letters at the ends of a word are words of their own.
//!
//! Order of attachment: و or ف; then ب, ل, ك or, before an imperfect, س; then the article; then the stem; then a
//! pronoun. After ل the article loses its alef (`للكرملين`); a word with an article takes no pronoun; before a pronoun
//! ة is ت (`مدرستهم`) and ى is ا (`مستواهم`).
//!
//! A hypothesis is worth as many occurrences as its stem lets expect: the count of the stem in the frequency lexicon
//! times the share of its clitics. What the lexicon counts of the whole word beyond that speaks for the whole word, so
//! that `واحد` stays whole although `احد` is frequent, and `وقال` does not.

use std::ops::{Deref, Range};
use std::sync::LazyLock;

use crate::abbreviations::lines;
use crate::frequency::level;
use crate::hash::hash_within;
use crate::{WordMap, hash};

/// One way to take a word apart. Lengths are in bytes of the folded word.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Segmentation {
    /// Conjunction, preposition and future particle at the front.
    pub proclitic: u8,
    /// The article after them: `ال`, or the ل that is left of it after ل.
    pub article: u8,
    /// The pronoun at the end.
    pub enclitic: u8,
    /// The article lost its alef: with it the word of `للكرملين` is `الكرملين`.
    pub article_cut: bool,
    /// Share of this hypothesis among all of the word, 0 to 1.
    pub score: f32,
}

impl Segmentation {
    /// The stem in a folded word of `len` bytes.
    pub fn stem(&self, len: usize) -> Range<usize> {
        usize::from(self.proclitic) + usize::from(self.article)..len.saturating_sub(usize::from(self.enclitic))
    }

    /// The word without proclitics and pronoun, its article still on, in a folded word of `len` bytes.
    pub fn word(&self, len: usize) -> Range<usize> {
        usize::from(self.proclitic)..len.saturating_sub(usize::from(self.enclitic))
    }
}

/// The hypotheses of a word, the likeliest first; at least one, the whole word.
#[derive(Clone, Copy, Debug)]
pub struct Segmentations {
    found: [Segmentation; MOST],
    len: usize,
}

/// Most hypotheses of one word.
const MOST: usize = 16;

impl Deref for Segmentations {
    type Target = [Segmentation];

    fn deref(&self) -> &[Segmentation] {
        &self.found[..self.len]
    }
}

/// All ways to take clitics off a folded word that leave a known stem of two letters or more. Nothing is allocated.
///
/// ```
/// use khabar_arabic::segmentations;
///
/// let best = segmentations("وبالقاهره")[0];
/// assert_eq!((best.proclitic, best.article), (4, 4));
/// let cut = segmentations("للكرملين")[0];
/// assert!(cut.article_cut && cut.proclitic == 2 && cut.article == 2);
/// assert_eq!(segmentations("واحد")[0].proclitic, 0);
/// ```
pub fn segmentations(folded: &str) -> Segmentations {
    let mut all = Segmentations { found: [Segmentation::default(); MOST], len: 0 };
    let whole = count(level(hash(folded)));
    if 4 <= folded.len() && folded.len() <= LONGEST {
        hypotheses(folded, whole, &mut all);
    }
    let expected: f32 = all.iter().map(|s| s.score).sum();
    // Shares vary from word to word; a whole word needs several times what its parts let expect.
    let explained = (expected * SLACK).min(whole.max(0.5));
    let left = (whole - expected * SLACK).max(0.0) + if expected == 0.0 { 1.0 } else { 0.02 };
    for hypothesis in &mut all.found[..all.len] {
        hypothesis.score *= if expected == 0.0 { 0.0 } else { explained / expected };
    }
    all.push(Segmentation { score: left, ..Segmentation::default() });
    let total: f32 = all.iter().map(|s| s.score).sum();
    for hypothesis in &mut all.found[..all.len] {
        hypothesis.score /= total;
    }
    let len = all.len;
    all.found[..len].sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    all
}

/// The likeliest way to take a folded word apart.
pub fn segmentation(folded: &str) -> Segmentation {
    segmentations(folded)[0]
}

impl Segmentations {
    /// The last place is kept for the whole word.
    fn push(&mut self, hypothesis: Segmentation) {
        let whole = hypothesis.proclitic + hypothesis.article + hypothesis.enclitic == 0;
        if hypothesis.score != 0.0 && self.len < MOST - usize::from(!whole) {
            self.found[self.len] = hypothesis;
            self.len += 1;
        }
    }
}

/// How far the share of a clitic may lie above its mean.
const SLACK: f32 = 10.0;
/// Longest folded word that is taken apart; Arabic has none of forty letters.
const LONGEST: usize = 80;

fn count(level: u8) -> f32 {
    if level == 0 { 0.0 } else { (f32::from(level) / 3.0).exp2() }
}

/// Adds every hypothesis but the whole word, its score the number of occurrences that it lets expect.
fn hypotheses(folded: &str, whole: f32, all: &mut Segmentations) {
    let clitics = &*CLITICS;
    let one_word = clitics.whole(folded);
    for conjunction in clitics.of(folded, &clitics.conjunctions) {
        let rest = &folded[conjunction.len..];
        for preposition in clitics.of(rest, &clitics.prepositions) {
            let word = &rest[preposition.len..];
            let front = conjunction.len + preposition.len;
            let bare = conjunction.bare * preposition.bare;
            let fits = preposition.kind != Kind::Future || word.starts_with(['ي', 'ت', 'ن', 'ا']);
            if !fits || word.len() < 4 || (one_word && 0 < front) {
                continue;
            }
            let found = |article: usize, enclitic: usize, article_cut: bool, score: f32| Segmentation {
                proclitic: front as u8,
                article: article as u8,
                enclitic: enclitic as u8,
                article_cut,
                score,
            };
            let definite = conjunction.definite * preposition.definite;
            if let Some(stem) = word.strip_prefix("ال").filter(|s| 4 <= s.len() && !clitics.whole(word)) {
                // Of a definite word itself the lexicon counts what is asked.
                let expected = if front == 0 { whole.max(0.3) / SLACK } else { known(word) * definite };
                let likely = if known(stem) == 0.0 { 0.5 } else { 0.95 };
                all.push(found(4, 0, false, expected * likely));
                if front != 0 {
                    all.push(found(0, 0, false, known(word) * bare * (1.0 - likely)));
                }
                continue;
            }
            if preposition.kind == Kind::Lam && word.starts_with('ل') && 6 <= word.len() {
                all.push(found(2, 0, true, with_alef(word) * definite));
            }
            if front != 0 {
                // What begins like a preposition with its article had better be taken apart further.
                let more = preposition.len == 0 && ["بال", "كال", "لل", "ست", "سي"].iter().any(|p| word.starts_with(p));
                all.push(found(0, 0, false, known(word) * bare * if more { 0.01 } else { 1.0 }));
            }
            for enclitic in clitics.enclitics.iter().filter(|e| word.ends_with(&*e.text)) {
                let stem = &word[..word.len() - enclitic.len];
                if 4 <= stem.len() {
                    all.push(found(0, enclitic.len, false, before_pronoun(stem) * bare * enclitic.bare));
                }
            }
        }
    }
}

fn known(word: &str) -> f32 {
    count(level(hash(word)))
}

/// The count of a word whose article has lost its alef.
fn with_alef(word: &str) -> f32 {
    let mut full = [0; LONGEST + 2];
    let len = word.len() + 2;
    full[..2].copy_from_slice("ا".as_bytes());
    full[2..len].copy_from_slice(word.as_bytes());
    count(level(hash_within(&full, 0, len)))
}

/// The count of a stem that stands before a pronoun.
fn before_pronoun(stem: &str) -> f32 {
    let changed = match stem.strip_suffix('ت') {
        Some(rest) => Some((rest, "ه")),
        None => stem.strip_suffix('ا').map(|rest| (rest, "ي")),
    };
    let changed = changed.map_or(0.0, |(rest, last)| {
        let mut full = [0; LONGEST];
        full[..rest.len()].copy_from_slice(rest.as_bytes());
        full[rest.len()..stem.len()].copy_from_slice(last.as_bytes());
        count(level(hash_within(&full, 0, stem.len())))
    });
    known(stem).max(changed)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    None,
    Lam,
    Future,
    Other,
}

struct Clitic {
    text: Box<str>,
    len: usize,
    kind: Kind,
    bare: f32,
    definite: f32,
}

struct Clitics {
    /// Both begin with the empty one.
    conjunctions: Vec<Clitic>,
    prepositions: Vec<Clitic>,
    enclitics: Vec<Clitic>,
    wholes: WordMap<()>,
}

impl Clitics {
    fn of<'a>(&self, word: &'a str, among: &'a [Clitic]) -> impl Iterator<Item = &'a Clitic> + use<'a> {
        among.iter().filter(move |c| word.starts_with(&*c.text))
    }

    fn whole(&self, word: &str) -> bool {
        self.wholes.get(word).is_some()
    }
}

static CLITICS: LazyLock<Clitics> = LazyLock::new(|| {
    let none = || Clitic { text: "".into(), len: 0, kind: Kind::None, bare: 1.0, definite: 1.0 };
    let (mut conjunctions, mut prepositions, mut enclitics, mut wholes) =
        (vec![none()], vec![none()], Vec::new(), Vec::new());
    for line in lines(include_str!("../data/clitics.txt")) {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_default();
        let (what, text) = (next(), next());
        let mut share = || next().parse().unwrap_or(0.0);
        let (bare, definite) = (share(), share());
        let kind = match (what, text) {
            ("future", _) => Kind::Future,
            ("preposition", "ل") => Kind::Lam,
            _ => Kind::Other,
        };
        let clitic = Clitic { text: text.into(), len: text.len(), kind, bare, definite };
        match what {
            "conjunction" => conjunctions.push(clitic),
            "preposition" | "future" => prepositions.push(clitic),
            "enclitic" => enclitics.push(clitic),
            _ => wholes.push((text, ())),
        }
    }
    Clitics { conjunctions, prepositions, enclitics, wholes: WordMap::new(wholes) }
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;
    use proptest::prelude::*;

    /// The best segmentation with `+` between its parts.
    fn best(word: &str) -> String {
        let folded = fold(word);
        let best = segmentation(&folded);
        let stem = best.stem(folded.len());
        let parts = [
            &folded[..usize::from(best.proclitic)],
            &folded[usize::from(best.proclitic)..stem.start],
            &folded[stem.clone()],
            &folded[stem.end..],
        ];
        parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("+")
    }

    #[test]
    fn the_best_one() {
        let wanted = [
            "و+قال",
            "واحد",
            "كان",
            "وزير",
            "ب+موسكو",
            "وب+ال+قاهره",
            "ل+ل+كرملين",
            "س+يستغرق",
            "وس+تكون",
            "ف+قال",
            "ف+قد",
            "فقط",
            "مدرست+هم",
            "رئيس+ه",
            "ال+عراق",
            "الله",
            "و+الله",
            "ل+المانيا",
            "بين",
            "كل",
            "ولد",
            "لقاء",
            "فيلم",
            "و+هو",
            "بعد",
            "كبير",
            "سيناء",
            "لجنه",
            "ل+لجنه",
            "بنك",
            "فرنسا",
            "كما",
            "بيان",
            "و+اضاف",
            "مستوا+ه",
            "لندن",
            "كرملين",
            "ويتكوف",
            "باريس",
            "التقي",
            "سوريا",
            "و+سوريا",
            "سياسه",
            "لبنان",
            "و+لبنان",
            "فتره",
            "يناير",
        ];
        assert_eq!(wanted.map(|wanted| best(&wanted.replace('+', ""))), wanted);
    }

    proptest! {
        #[test]
        fn hypotheses_are_parts_of_the_word(word in "\\PC{0,9}|[وفبلكسا]{0,4}(ال)?[\u{621}-\u{64a}]{0,6}(ها|هم|نا)?") {
            let folded = fold(&word);
            let all = segmentations(&folded);
            prop_assert!(!all.is_empty() && (all.iter().map(|s| s.score).sum::<f32>() - 1.0).abs() < 1e-3);
            for hypothesis in all.iter() {
                prop_assert!(folded.get(hypothesis.stem(folded.len())).is_some());
            }
        }
    }
}
