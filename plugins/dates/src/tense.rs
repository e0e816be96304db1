//! Whether the clause around a phrase looks ahead.

use khabar_core::{TokenClass, TokenFlags};

use crate::text::Text;
use crate::word::{Class, Word};

/// How many tokens before and after a phrase may decide its tense.
const BEFORE: usize = 24;
const AFTER: usize = 8;

/// Whether the clause around token `at` speaks of what is to come: `سيعقد`, `سوف`, `من المقرر`, `المزمع`.
///
/// The nearest word before the phrase decides, as in `قال الثلاثاء إنه سيعود الأربعاء`; without one, a future verb that
/// follows in the same clause. Quotations have a tense of their own.
pub(crate) fn future(text: &Text<'_>, at: usize) -> bool {
    // `ليتم` tells what came next, or what for.
    looks_ahead(text, at, |word| word.is(Class::Future) || word.is(Class::Coming) && !word.has(Word::PREPOSITION))
}

/// The same without the imperfects of arranged events, which stories have for what is over, too.
pub(crate) fn plainly_future(text: &Text<'_>, at: usize) -> bool {
    looks_ahead(text, at, |word| word.is(Class::Future))
}

/// Whether a future verb or a word that says so is what decides.
fn looks_ahead(text: &Text<'_>, at: usize, says_so: impl Fn(Word) -> bool) -> bool {
    let tokens = text.doc.tokens;
    let quote = |i: usize| matches!(tokens[i].class(), TokenClass::QuoteOpen | TokenClass::QuoteClose);
    // `إلى يوم الإثنين`, `حتى السبت`
    let day = text.is(at, Class::Weekday) || text.is(at, Class::Unit) && text.word(at).value == 4;
    if at != 0 && day && text.is(at - 1, Class::To) && text.joined(at) {
        return true;
    }
    if at != 0 && text.is(at - 1, Class::Since) && text.joined(at) {
        return false;
    }
    for i in (at.saturating_sub(BEFORE)..at).rev() {
        if tokens[i + 1].has(TokenFlags::SENTENCE_START) || quote(i) {
            break;
        }
        if text.looks_ahead(i).is_some_and(&says_so) || is_future_verb(text, i) {
            return true;
        }
        if text.reports(i).is_some() {
            return false;
        }
    }
    let end = tokens.len().min(at + AFTER);
    for (i, token) in tokens.iter().enumerate().take(end).skip(at + 1) {
        let that = matches!(text.folded(i), "ان" | "انه" | "انها" | "بان" | "انهم");
        if token.has(TokenFlags::SENTENCE_START) || quote(i) || that || text.mark(i).is_some() {
            break;
        }
        if text.looks_ahead(i).is_some_and(&says_so) || is_future_verb(text, i) {
            return true;
        }
    }
    false
}

/// `س` with an imperfect: `سيعقد`, `وستقام`. Nouns that only look so are few: a stop list has them.
fn is_future_verb(text: &Text<'_>, at: usize) -> bool {
    // Most words are sent away by their first letters.
    let head = text.head(at);
    let opens = |letters: u32| (letters == SY) | (letters == ST) | (letters == SN);
    let conjunction = (head as u16 == WA) | (head as u16 == FA);
    let (first, second) = (opens(head as u32), opens((head >> 16) as u32));
    if head != 0 && !(first | conjunction & second) || text.token_class(at) != Some(TokenClass::Arabic) {
        return false;
    }
    let folded = text.folded(at);
    let word = folded.strip_prefix(['و', 'ف']).unwrap_or(folded);
    // Four letters or more: `سيتم`.
    let verb = (word.starts_with("سي") || word.starts_with("ست") || word.starts_with("سن")) && 8 <= word.len();
    let Some(head) = word.as_bytes().first_chunk().filter(|_| verb) else { return false };
    let head = u64::from_le_bytes(*head);
    let begins = |(&(letters, mask), stem): (&(u64, u64), &&str)| head & mask == letters && word.starts_with(stem);
    !NOT_VERB_HEADS.iter().zip(NOT_VERBS).any(begins)
}

/// Letters that a future verb begins with, as numbers of the bytes in which they are written.
const SY: u32 = letters("سي");
const ST: u32 = letters("ست");
const SN: u32 = letters("سن");
const WA: u16 = letters("و") as u16;
const FA: u16 = letters("ف") as u16;

const fn letters(word: &str) -> u32 {
    head(word).0 as u32
}

/// The first eight bytes of a word, the first of them the lowest, and a mask of those that it has.
const fn head(word: &str) -> (u64, u64) {
    let (bytes, mut letters, mut mask, mut at) = (word.as_bytes(), 0, 0, 0);
    while at < bytes.len() && at < 8 {
        letters |= (bytes[at] as u64) << (8 * at);
        mask |= 0xff << (8 * at);
        at += 1;
    }
    (letters, mask)
}

/// The first four letters of each of [`NOT_VERBS`]: most words begin with none of them.
static NOT_VERB_HEADS: [(u64, u64); NOT_VERBS.len()] = {
    let (mut heads, mut at) = ([(0, 0); NOT_VERBS.len()], 0);
    while at < heads.len() {
        heads[at] = head(NOT_VERBS[at]);
        at += 1;
    }
    heads
};

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
