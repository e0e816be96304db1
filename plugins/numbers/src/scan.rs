//! The one pass over all tokens: which of them may be part of a number.

use khabar_extractor::{Doc, Token, TokenClass};

use crate::item::Atom;
use crate::words::{Class, Preposition, Word, Words};

/// What stands for a token of digits among the number words.
const DIGITS: Word = Word {
    class: Class::Digits,
    skip: 0,
    conjunction: false,
    preposition: Preposition::None,
    article: false,
    colloquial: false,
};

/// The endings of the dual, `ين` and `ان`, as numbers of four bytes.
const IN: u32 = letters("ين");
const AN: u32 = letters("ان");

const fn letters(word: &str) -> u32 {
    match *word.as_bytes() {
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Fills `atoms` with the number words and digits of a document, in order, and `duals` with the tokens that end like
/// a dual noun.
pub(crate) fn scan(doc: &Doc<'_>, colloquial: bool, atoms: &mut Vec<Atom>, duals: &mut Vec<u32>) {
    atoms.clear();
    duals.clear();
    let words = Words::get();
    for (block, (tokens, hashes)) in doc.tokens.chunks(64).zip(doc.hashes.chunks(64)).enumerate() {
        // Without a branch, since no processor foresees which tokens these are: a bit for each.
        let mut hits = 0_u64;
        for (at, (token, &hash)) in tokens.iter().zip(hashes).enumerate() {
            let digits = token.class == TokenClass::Number as u8;
            hits |= u64::from(digits | is_like_dual(doc, token) | words.may_hold(hash)) << at;
        }
        while hits != 0 {
            let at = hits.trailing_zeros() as usize;
            hits &= hits - 1;
            let (token, hash) = (&tokens[at], hashes[at]);
            let at = block * 64 + at;
            if token.class == TokenClass::Number as u8 {
                atoms.push(Atom { token: at as u32, word: DIGITS });
            } else if token.class == TokenClass::Arabic as u8 {
                let word = if words.may_hold(hash) { words.find(hash, doc.folded(at)) } else { None };
                if let Some(word) = word.filter(|word| colloquial || !word.colloquial) {
                    let atom = Atom { token: at as u32, word: spelled(word, doc.surface(at)) };
                    mend_eleven(atoms, atom);
                    atoms.push(atom);
                } else if 8 <= token.folded_len && is_like_dual(doc, token) {
                    duals.push(at as u32);
                }
            }
        }
    }
}

/// Whether a token ends like a dual noun.
#[inline]
fn is_like_dual(doc: &Doc<'_>, token: &Token) -> bool {
    let end = (token.folded + u32::from(token.folded_len)) as usize;
    let ending = match end.checked_sub(4).and_then(|from| doc.folded.as_bytes().get(from..end)) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    };
    (ending == IN) | (ending == AN)
}

/// `مئة واحد عشر`, its hamza dropped, is a hundred and eleven: a bare one after a number word is `و` and `أحد`.
fn mend_eleven(atoms: &mut [Atom], ten: Atom) {
    let [.., before, one] = atoms else { return };
    let row = before.token + 1 == one.token && one.token + 1 == ten.token && before.word.class != Class::Digits;
    if ten.word.class == Class::Ten
        && !ten.word.conjunction
        && one.word.class == Class::One
        && one.word.skip == 0
        && row
    {
        one.word = Word { class: Class::Eleven, skip: 2, conjunction: true, ..one.word };
    }
}

/// Mends what folding hides: `وأحد` is `و` and `أحد`, `واحد` is one.
fn spelled(word: Word, surface: &str) -> Word {
    if word.class == Class::One && word.skip == 0 && surface.starts_with("وأ") {
        Word { class: Class::Eleven, skip: 2, conjunction: true, ..word }
    } else {
        word
    }
}
