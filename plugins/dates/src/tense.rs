//! Whether the clause around a phrase looks ahead.

use khabar_core::{TokenClass, TokenFlags};

use crate::lexicon::Class;
use crate::text::Text;

/// How many tokens before and after a phrase may decide its tense.
const BEFORE: usize = 24;
const AFTER: usize = 8;

/// Whether the clause around token `at` speaks of what is to come: `سيعقد`, `سوف`, `من المقرر`, `المزمع`.
///
/// The nearest word before the phrase decides, as in `قال الثلاثاء إنه سيعود الأربعاء`; without one, a future verb that
/// follows in the same clause. Quotations have a tense of their own.
pub(crate) fn future(text: &Text<'_>, at: usize) -> bool {
    let tokens = text.doc.tokens;
    let quote = |i: usize| matches!(tokens[i].class(), TokenClass::QuoteOpen | TokenClass::QuoteClose);
    let ahead = |i: usize| text.is(i, Class::Future) || is_future_verb(text, i);
    for i in (at.saturating_sub(BEFORE)..at).rev() {
        if tokens[i + 1].has(TokenFlags::SENTENCE_START) || quote(i) {
            break;
        }
        if ahead(i) {
            return true;
        }
        if matches!(text.class(i), Class::Said | Class::SaidOn) {
            return false;
        }
    }
    for i in at + 1..(at + AFTER).min(tokens.len()) {
        let that = matches!(text.folded(i), "ان" | "انه" | "انها" | "بان" | "انهم");
        if tokens[i].has(TokenFlags::SENTENCE_START) || quote(i) || that || text.mark(i).is_some() {
            break;
        }
        if ahead(i) {
            return true;
        }
    }
    false
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
