//! Words that lost the space between them: `موسكووواشنطن`, `الولاياتالمتحدةوروسيا`, `أيضاأوكرانيا`.
//!
//! A split is a hypothesis. It is looked for only in words that the frequency lexicon does not know, where the letters
//! themselves say that a word ends: a form that stands only at the end of words (ة, ى, an alef with tanwin) before
//! another letter, two alefs in a row, an article inside. All parts must be known words. Among the ways to part a word
//! the one of the most frequent words is offered.

use std::sync::LazyLock;

use khabar_core::{Split, Token};

use crate::fold::{Folded, fold_char};
use crate::frequency::{level, level_of, prefetch};
use crate::hash::hash_within;
use crate::{WordMap, original_at};

/// Fewest and most letters of a word that is looked at, in folded bytes: two words of three letters or more, and twice as long
/// as any Arabic word.
const SHORTEST: usize = 2 * 7;
const LONGEST: usize = 2 * MOST_LETTERS;
const MOST_LETTERS: usize = 48;
/// A word that occurs more often than this is a word.
const KNOWN: u8 = level_of(8);

/// Whether a word with a folded form of `len` bytes may be two.
#[inline]
pub(crate) fn may_be_two(len: u16) -> bool {
    (SHORTEST..=LONGEST).contains(&usize::from(len))
}

/// Whether a word with this hash is one.
#[inline]
pub(crate) fn is_known(key: u64) -> bool {
    KNOWN < level(key)
}

/// What the letters say of a place between two of them.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Evidence(f32);

impl Evidence {
    const NONE: Self = Self(0.35);
    /// An alef with hamza follows a letter: legal inside of a word, more common at its start.
    const HAMZA: Self = Self(0.7);
    /// Three waws: a word's last, the conjunction and a word's first.
    const WAWS: Self = Self(0.95);
    /// `ال` inside of a word.
    const ARTICLE: Self = Self(0.96);
    /// Two alefs.
    const ALEFS: Self = Self(0.97);
    /// A letter after ة, ى or tanwin.
    const FINAL: Self = Self(0.99);
}

/// The letters of a word with what their original forms tell.
struct Letters {
    len: usize,
    /// What stands before letter `n` says that a word begins there.
    evidence: [Evidence; MOST_LETTERS],
    any: bool,
}

fn letters(surface: &str) -> Option<Letters> {
    let mut letters = Letters { len: 0, evidence: [Evidence::NONE; MOST_LETTERS], any: false };
    let (mut ends, mut before) = (false, ['\0'; 2]);
    for c in surface.chars() {
        let folded = match fold_char(c) {
            Folded::Drop => {
                ends |= matches!(c, '\u{64b}'..='\u{64d}');
                continue;
            }
            Folded::Two(..) => return None,
            Folded::Same => c,
            Folded::One(one) => one,
        };
        if letters.len == MOST_LETTERS || !('\u{620}'..='\u{64a}').contains(&folded) {
            return None;
        }
        let hamza = matches!(c, 'أ' | 'إ' | 'آ');
        let evidence = match (before, folded) {
            _ if ends => Evidence::FINAL,
            ([_, 'ا'], 'ا') => Evidence::ALEFS,
            _ if hamza => Evidence::HAMZA,
            _ => Evidence::NONE,
        };
        letters.evidence[letters.len] = evidence;
        letters.any |= Evidence::HAMZA < evidence;
        // Some are seen one letter late.
        let late = match (before, folded) {
            ([_, 'ا'], 'ل') if 4 <= letters.len => Evidence::ARTICLE,
            (['و', 'و'], 'و') => Evidence::WAWS,
            _ => Evidence::NONE,
        };
        if late != Evidence::NONE && letters.evidence[letters.len - 1] == Evidence::NONE {
            letters.evidence[letters.len - 1] = late;
            letters.any = true;
        }
        // A tanwin may stand before its alef (`أيضًا`); it is the alef that ends the word.
        ends = matches!(c, 'ة' | 'ى') || (ends && folded == 'ا' && c == 'ا' && evidence == Evidence::FINAL);
        if ends && c == 'ا' {
            letters.evidence[letters.len] = Evidence::NONE;
        }
        before = [before[1], folded];
        letters.len += 1;
    }
    Some(letters)
}

/// A way to part the first letters of a word.
#[derive(Clone, Copy)]
struct Way {
    /// Sum of the parts' weights; the higher the better.
    weight: f32,
    /// Where the last part begins.
    from: usize,
    /// How good the last part is as a word of its own: 0 to 1.
    quality: f32,
}

/// Looks for splits of a token and appends them.
pub(crate) fn search(text: &str, folded: &str, index: u32, token: Token, splits: &mut Vec<Split>) {
    let Some(surface) = token.span().of(text) else { return };
    let Some(letters) = letters(surface).filter(|l| l.any && l.len * 2 == usize::from(token.folded_len)) else {
        return;
    };
    let (start, bytes) = (token.folded as usize, folded.as_bytes());
    let mut ways: [Option<Way>; MOST_LETTERS + 1] = [None; MOST_LETTERS + 1];
    ways[0] = Some(Way { weight: 0.0, from: 0, quality: 1.0 });
    for from in 0..letters.len - 1 {
        let Some(way) = ways[from] else { continue };
        // The whole word is no part of itself.
        let longest = if from == 0 { letters.len - 2 } else { letters.len }.min(from + LONGEST_PART);
        let (a, end) = (start + from * 2, |to: usize| start + to * 2);
        // Their frequencies are asked for together.
        let mut hashes = [0; LONGEST_PART + 1];
        for to in from + 2..=longest {
            let hash = hash_within(bytes, a, end(to));
            prefetch(hash);
            hashes[to - from] = hash;
        }
        for to in from + 2..=longest {
            let b = end(to);
            let part = &folded[a..b];
            let mut level = level(hashes[to - from]);
            if from != 0 && 5 < to - from && part.starts_with('و') {
                // The conjunction makes no word rarer than it is.
                level = level.max(self::level(hash_within(bytes, a + 2, b)));
            }
            let Some(quality) = quality(part, to - from, level, from == 0, to == letters.len) else { continue };
            // In natural logarithms of the part's probability (a level is a third of a power of two; the sum of all
            // counts is e^16), and of how little its beginning surprises.
            let surprise = if from == 0 { 0.0 } else { (1.0 - letters.evidence[from].0).ln() };
            let weight = way.weight + f32::from(level) * 0.231 - 16.0 - surprise;
            if ways[to].is_none_or(|other| other.weight < weight) {
                ways[to] = Some(Way { weight, from, quality });
            }
        }
    }
    let first = splits.len();
    let mut to = letters.len;
    while let Some(way) = ways[to].filter(|way| way.from != 0) {
        let Some(before) = ways[way.from] else { break };
        let score = letters.evidence[way.from].0 * way.quality.min(before.quality);
        let at = token.start + original_at(surface, way.from * 2) as u32;
        splits.push(Split { token: index, at, folded: token.folded + way.from as u32 * 2, score });
        to = way.from;
    }
    splits[first..].reverse();
    // One bad joint spoils the word.
    let worst = splits[first..].iter().map(|s| s.score).fold(1.0, f32::min);
    if worst < OFFERED {
        splits.truncate(first);
    }
    for split in &mut splits[first..] {
        split.score = worst;
    }
}

/// Most letters of a part.
const LONGEST_PART: usize = 16;
/// Splits below this are not worth a look.
const OFFERED: f32 = 0.5;

/// How sure a part is a word of its own, `None` when it cannot be one.
fn quality(part: &str, letters: usize, level: u8, first: bool, last: bool) -> Option<f32> {
    let known = if letters <= LONGEST_LISTED { PARTS.get(part).copied().unwrap_or_default() } else { 0 };
    let fine = match letters {
        2 if known & SHORT != 0 => 0.8,
        2 => return None,
        3 if level_of(3000) <= level => 0.96,
        3 if level_of(500) <= level => 0.9,
        4 if level_of(300) <= level => 1.0,
        4 if level_of(50) <= level => 0.93,
        _ if letters < 5 => return None,
        _ if level_of(50) <= level => 1.0,
        _ if level_of(12) <= level => 0.93,
        _ if level_of(3) <= level => 0.85,
        _ => return None,
    };
    let bare = (first && known & NEVER_FIRST != 0) || (last && known & NEVER_LAST != 0);
    (!bare).then_some(fine)
}

/// Letters of the longest entry of `data/parts.txt`.
const LONGEST_LISTED: usize = 5;
/// Bits of what `data/parts.txt` says of a part.
const SHORT: u8 = 1;
const NEVER_FIRST: u8 = 2;
const NEVER_LAST: u8 = 4;

static PARTS: LazyLock<WordMap<u8>> = LazyLock::new(|| {
    let mut parts: Vec<(&str, u8)> = Vec::new();
    for line in crate::abbreviations::lines(include_str!("../data/parts.txt")) {
        let (what, word) = line.split_once('\t').unwrap_or_default();
        let bit = match what {
            "short" => SHORT,
            "first" => NEVER_FIRST,
            _ => NEVER_LAST,
        };
        let known = parts.iter().find(|(other, _)| *other == word).map_or(0, |(_, bits)| *bits);
        parts.push((word, known | bit));
    }
    WordMap::new(parts)
});

#[cfg(test)]
mod tests {
    use crate::Analysis;

    /// The text with `|` where a split is certain and `?` where one is offered.
    fn marked(text: &str) -> String {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let (mut marked, mut last) = (String::new(), 0);
        for split in analysis.splits() {
            assert!(analysis.tokens()[split.token as usize].has(khabar_core::TokenFlags::GLUED));
            assert!(analysis.folded().is_char_boundary(split.folded as usize));
            marked.push_str(&text[last..split.at as usize]);
            marked.push(if khabar_core::Split::CERTAIN <= split.score { '|' } else { '?' });
            last = split.at as usize;
        }
        marked + &text[last..]
    }

    #[track_caller]
    fn check(expected: &str) {
        assert_eq!(marked(&expected.replace(['|', '?'], "")), expected);
    }

    #[test]
    fn words_without_their_space() {
        check("بين موسكو|وواشنطن وبين الولايات|المتحدة|وروسيا");
        check("اقرأ أيضا|أوكرانيا وأيضًا|أوكرانيا");
        check("القيادة|الأمريكية في العاصمة|بغداد");
        check("هذا|الأسبوع عبد|المقصود");
    }

    #[test]
    fn the_list_is_as_short_as_it_says() {
        let list = crate::abbreviations::lines(include_str!("../data/parts.txt"));
        for (what, word) in list.map(|line| line.split_once('\t').expect("two columns")) {
            assert!(["short", "first", "last"].contains(&what), "{what}");
            assert!(word.chars().count() <= super::LONGEST_LISTED && crate::fold(word) == word, "{word}");
        }
    }

    #[test]
    fn words() {
        check("الكماليات والاستقلالية للرأسمالية إهمالا وسيستخدمونها مسؤولياتهما");
        check("ديميتريف كوميرسانت بطرسبرغ زابوريجيا ونووية الأولى فالاحتفالات");
        check("ووزير وويتكوف داوود مستشفياتنا العالمالعالمالعالمالعالمالعالمالعالمالعالمالعالمالعالمالعالم");
    }
}
