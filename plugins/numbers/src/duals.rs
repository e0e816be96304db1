//! Dual nouns: two of a thing in one word.

use std::sync::LazyLock;

use khabar_arabic::{WordTable, fold, hash, proclitics};
use khabar_core::{Decimal, TokenFlags};
use khabar_extractor::{Cancel, Doc, ExtractError, Span};

use crate::item::{Item, Sort};
use crate::measures::{Counted, Measures};
use crate::words::Preposition;

/// Which dual endings of a stem count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Endings {
    Both,
    /// `ـين` alone: `ـان` makes another word.
    In,
    /// `ـان` alone: `ـين` is the sound plural as well.
    An,
}

/// What is known of a noun by the stem before its dual ending.
#[derive(Clone, Copy, Debug)]
struct Noun {
    endings: Endings,
    singular: &'static str,
    /// What it measures, if it is a unit or a currency.
    counted: Option<Counted>,
}

/// Stems before the dual ending, folded.
static STEMS: LazyLock<WordTable<Noun>> = LazyLock::new(|| {
    let nouns = include_str!("../data/dual-nouns.txt").lines().filter(|line| !line.starts_with('#'));
    // Units and currencies have duals as well; the nouns of the list, which may say more, count before them.
    let measures = Measures::get().nouns().filter_map(stem).filter(|(stem, _)| 4 <= stem.chars().count());
    WordTable::of_words(measures.chain(nouns.filter_map(stem)))
});

fn stem(line: &'static str) -> Option<(String, Noun)> {
    let (singular, mark) = line.split_once(' ').unwrap_or((line, ""));
    let endings = match mark {
        "ين" => Endings::In,
        "ان" => Endings::An,
        _ => Endings::Both,
    };
    let folded = fold(singular).into_owned();
    let noun = Noun { endings, singular, counted: Measures::get().word(&folded) };
    if let Some(stem) = mark.strip_prefix("= ") {
        return Some((fold(stem).into_owned(), noun));
    }
    let stem = match folded.strip_suffix('ه').filter(|_| singular.ends_with('ة')) {
        Some(stem) => format!("{stem}ت"),
        None => folded,
    };
    (!stem.is_empty()).then_some((stem, noun))
}

/// Makes the lexicon, so that no document waits for it.
pub(crate) fn prepare() {
    LazyLock::force(&STEMS);
}

/// Whether a folded word is a countable noun, but for its proclitics.
pub(crate) fn is_noun(folded: &str) -> bool {
    let known = |word: &str| STEMS.get(hash(word)).is_some();
    known(folded) || proclitics(folded).any(|p| known(&folded[p.len..]))
}

/// Appends the dual nouns among these tokens, unless it is cancelled; `items` holds the other numbers, in order.
pub(crate) fn find(
    doc: &Doc<'_>,
    tokens: &[u32],
    items: &mut Vec<Item>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let numbers = items.len();
    let mut last_dual = None;
    for (step, &token) in tokens.iter().enumerate() {
        cancel.check_at(step)?;
        let folded = doc.folded(token as usize);
        let Some(stem) = folded.strip_suffix("ين").or_else(|| folded.strip_suffix("ان")) else { continue };
        let surface = doc.surface(token as usize);
        // `دولارأن` is `دولار` and `أن`, the space lost.
        if is_definite(surface) || surface.ends_with("أن") || surface.ends_with("إن") {
            continue;
        }
        let ends_in = folded.ends_with("ين");
        let counted = doc.folded.get(doc.tokens[token as usize].folded_span().end as usize..).unwrap_or_default();
        let skip = [0].into_iter().chain(proclitics(folded).filter(|p| !p.article_cut).map(|p| p.len)).find(|skip| {
            let Some(stem) = stem.get(*skip..) else { return false };
            is_dual(stem, ends_in) || *skip == 0 && is_indefinite(stem) && starts_with_two(counted)
        });
        let Some(skip) = skip else { continue };
        if token
            .checked_sub(1)
            .is_some_and(|before| matches!(doc.folded(before as usize), "ابو" | "ابي" | "بن" | "ابن" | "بو"))
        {
            continue;
        }
        // An adjective agrees with the dual before it, and a number before it would count a plural.
        let adjective = last_dual == Some(token.wrapping_sub(1)) && skip == 0;
        let numbered = items[..numbers]
            .binary_search_by_key(&token, |item| item.last + 1)
            .is_ok_and(|at| items[at].sort != Sort::Ordinal && !doc.tokens[token as usize].has(TokenFlags::LINE_START));
        last_dual = Some(token);
        if !adjective && (!numbered || skip != 0) {
            items.push(item(doc, token, skip));
        }
    }
    if numbers < items.len() {
        items.sort_by_key(|item| (item.first, item.span.start));
    }
    Ok(())
}

/// Whether the article stands at the head of a word, or after its proclitics: most words with these endings are
/// definite plurals. The spelling tells `الحزبين` from `ألبومين`.
fn is_definite(surface: &str) -> bool {
    let bare = surface.strip_prefix(['و', 'ف']).unwrap_or(surface);
    let bare = bare.strip_prefix(['ب', 'ك']).unwrap_or(bare);
    bare.starts_with("ال") || bare.starts_with("لل")
}

/// The folded text after a word goes on with `اثنين`.
fn starts_with_two(rest: &str) -> bool {
    rest.strip_prefix(' ').is_some_and(|rest| {
        ["اثنين", "اثنتين", "اثنان", "اثنتان"]
            .iter()
            .any(|two| rest.strip_prefix(two).is_some_and(|after| !after.starts_with(|c: char| c.is_alphabetic())))
    })
}

fn is_indefinite(stem: &str) -> bool {
    !stem.starts_with("ال") && !stem.starts_with("لل") && 4 <= stem.len()
}

fn is_dual(stem: &str, ends_in: bool) -> bool {
    if stem.starts_with("ال") && stem.len() < 8 {
        return false;
    }
    match STEMS.get(hash(stem)).map(|noun| noun.endings) {
        Some(Endings::Both) => true,
        Some(Endings::In) => ends_in,
        Some(Endings::An) => !ends_in,
        None => false,
    }
}

fn item(doc: &Doc<'_>, token: u32, skip: usize) -> Item {
    let start = doc.part(token as usize, skip, 0).start;
    let folded = doc.folded(token as usize);
    Item {
        sort: Sort::Dual,
        value: Decimal::TWO,
        denominator: Decimal::ONE,
        first: token,
        last: token,
        span: Span::new(start, doc.tokens[token as usize].end),
        scale: Decimal::ONE,
        digits: false,
        skip: skip as u8,
        conjunction: 0 < skip && folded.starts_with(['و', 'ف']),
        preposition: match folded.get(..skip) {
            Some(proclitics) if proclitics.ends_with('ل') => Preposition::Lam,
            Some(proclitics) if proclitics.ends_with('ب') => Preposition::Ba,
            _ => Preposition::None,
        },
    }
}

/// What the lexicon knows of a dual noun.
fn noun(doc: &Doc<'_>, item: &Item) -> Option<Noun> {
    let word = doc.folded(item.first as usize).get(usize::from(item.skip)..)?;
    STEMS.get(hash(without_ending(word)))
}

/// What a dual noun measures, if it is of a unit or a currency.
pub(crate) fn counted(doc: &Doc<'_>, item: &Item) -> Option<Counted> {
    match noun(doc, item) {
        Some(noun) => noun.counted,
        None => Measures::get().word(&fold(&guessed_singular(item.span.of(doc.text)?))),
    }
}

/// The singular of a dual noun, as the lexicon spells it or else without its ending: `شخصين` is `شخص`.
pub(crate) fn singular(doc: &Doc<'_>, item: &Item) -> Option<String> {
    match noun(doc, item) {
        Some(noun) => Some(noun.singular.to_owned()),
        None => item.span.of(doc.text).map(guessed_singular),
    }
}

fn without_ending(word: &str) -> &str {
    word.strip_suffix("ين").or_else(|| word.strip_suffix("ان")).unwrap_or(word)
}

fn guessed_singular(surface: &str) -> String {
    let bare: String = surface.chars().filter(|c| !matches!(c, '\u{64b}'..='\u{652}' | '\u{640}')).collect();
    let stem = without_ending(&bare);
    match stem.strip_suffix('ت') {
        Some(feminine) if 2 < feminine.chars().count() => format!("{feminine}ة"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singulars() {
        for (dual, noun) in [
            ("شخصين", "شخص"),
            ("غواصتين", "غواصة"),
            ("وطفلان", "طفل"),
            ("بيتين", "بيت"),
            ("أخوين", "أخ"),
            ("لمباراتين", "مباراة"),
            ("دولارين", "دولار"),
            ("قنبلتين اثنتين", "قنبلة"),
            ("شولبتين اثنتين", "شولبة"),
        ] {
            let unit = crate::find_iter(dual).find_map(|(_, number)| match number {
                crate::Number::Cardinal(cardinal) => cardinal.unit,
                _ => None,
            });
            assert_eq!(unit.as_deref(), Some(noun));
        }
    }

    #[test]
    fn which_endings_count() {
        assert!(is_dual("شخص", true) && is_dual("شخص", false));
        assert!(is_dual("بلد", true) && !is_dual("بلد", false), "بلدان are countries");
        assert!(!is_dual("مسلح", true) && is_dual("مسلح", false), "مسلحين is a plural too");
        assert!(is_dual("كيلومتر", true) && is_dual("ساعت", true));
    }
}
