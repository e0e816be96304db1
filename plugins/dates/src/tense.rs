//! Whether the clause around a phrase looks ahead.

use khabar_core::{TokenClass, TokenFlags};

use crate::lexicon::Class;
use crate::text::Text;

/// How many tokens before and after a phrase may decide its tense.
const BEFORE: usize = 24;
const AFTER: usize = 10;

/// Whether the clause around token `at` speaks of what is to come: `سيعقد`, `سوف`, `من المقرر`, `المزمع`.
pub(crate) fn future(text: &Text<'_>, at: usize) -> bool {
    let tokens = text.doc.tokens;
    let sentence_start = (at.saturating_sub(BEFORE)..=at.min(tokens.len().saturating_sub(1)))
        .rev()
        .find(|i| tokens[*i].has(TokenFlags::SENTENCE_START))
        .unwrap_or(at.saturating_sub(BEFORE));
    let until = (at + AFTER).min(tokens.len());
    let sentence_end = (at + 1..until).find(|i| tokens[*i].has(TokenFlags::SENTENCE_START)).unwrap_or(until);
    (sentence_start..sentence_end).any(|i| text.is(i, Class::Future) || is_future_verb(text, i))
}

/// `س` with an imperfect: `سيعقد`, `وستقام`. Nouns that only look so are few: a stop list has them.
fn is_future_verb(text: &Text<'_>, at: usize) -> bool {
    if text.token_class(at) != Some(TokenClass::Arabic) {
        return false;
    }
    let folded = text.folded(at);
    let word = folded.strip_prefix(['و', 'ف']).unwrap_or(folded);
    // Four letters or more: `سيتم`.
    let verb = (word.starts_with("سي") || word.starts_with("ست") || word.starts_with("سن")) && 8 <= word.len();
    verb && !NOT_VERBS.iter().any(|stem| word.starts_with(stem))
}

/// Stems of nouns that begin like a future verb, folded.
/// source: the most frequent words in سي, ست, سن of Arabic Wikipedia that are no verbs.
const NOT_VERBS: &[&str] = &[
    "سيار",
    "سياس",
    "سياد",
    "سياح",
    "سياق",
    "سياج",
    "سيده",
    "سيدي",
    "سيدن",
    "سيدا",
    "سيناء",
    "سيناريو",
    "سينما",
    "سيول",
    "سيطر",
    "سيرته",
    "سيره",
    "سيرا",
    "سيري",
    "سيرغ",
    "سيرج",
    "سيسي",
    "سيليا",
    "سيلفا",
    "سيمون",
    "سيف",
    "سيكول",
    "سيليك",
    "سيلان",
    "سينغ",
    "سينت",
    "سيات",
    "سيئ",
    "سيما",
    "سيدر",
    "سيدت",
    "ستاد",
    "ستار",
    "ستال",
    "ستان",
    "ستوك",
    "ستون",
    "ستين",
    "ستيف",
    "ستيفن",
    "ستراس",
    "ستريت",
    "ستمائه",
    "ستمئه",
    "ستانلي",
    "ستوديو",
    "ستيني",
    "سته",
    "سنوات",
    "سنوي",
    "سنين",
    "سنتين",
    "سنتان",
    "سنتيم",
    "سندات",
    "سنغاف",
    "سنغال",
    "سناء",
    "سنابل",
    "سنجار",
    "سنان",
    "سندي",
    "سنده",
    "سنويا",
    "سنه",
    "سنيه",
    "سنتر",
];
