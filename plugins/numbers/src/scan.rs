//! The one pass over all tokens: which of them may be part of a number.

use std::ops::Range;

use khabar_core::members;
use khabar_extractor::{Cancel, Doc, ExtractError, Token, TokenClass};

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

/// The article, as a number of four bytes.
const AL: u32 = letters("ال");

/// The endings of the dual, `ين` and `ان`, in the same way.
const IN: u32 = letters("ين");
const AN: u32 = letters("ان");

const fn letters(word: &str) -> u32 {
    match *word.as_bytes() {
        [a, b, c, d] => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// Fills `atoms` with the number words and digits among some tokens of a document, in order, and `duals` with those that
/// end like a dual noun otherwise. Fails where it is cancelled.
pub(crate) fn scan(
    doc: &Doc<'_>,
    piece: Range<usize>,
    colloquial: bool,
    atoms: &mut Vec<Atom>,
    duals: &mut Vec<u32>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    atoms.clear();
    duals.clear();
    let words = Words::get();
    let blocks = piece.start / 64..piece.end.div_ceil(64);
    let parts = doc.tokens.chunks(64).zip(doc.hashes.chunks(64)).enumerate();
    for (block, (tokens, hashes)) in parts.take(blocks.end).skip(blocks.start) {
        cancel.check()?;
        let here = within(&piece, block);
        let [mut pairs] = Token::which(tokens, |token| [ends_like_dual(doc, token)]);
        pairs &= here;
        for at in members((words.among(hashes) | doc.set(block).numbers) & here) {
            let (token, hash) = (&tokens[at], hashes[at]);
            let at = block * 64 + at;
            let word = if token.class == TokenClass::Number as u8 {
                Some(DIGITS)
            } else if token.class == TokenClass::Arabic as u8 {
                let word = words.find(hash).filter(|word| colloquial || !word.colloquial);
                word.map(|word| spelled(word, doc.surface(at)))
            } else {
                None
            };
            if let Some(word) = word {
                let atom = Atom { token: at as u32, word };
                mend_eleven(atoms, atom);
                atoms.push(atom);
                pairs &= !(1 << (at % 64));
            }
        }
        let (mut found, mut count) = ([0; 64], 0);
        for at in members(pairs) {
            found[count] = (block * 64 + at) as u32;
            count += usize::from(may_be_dual(doc, &tokens[at]));
        }
        duals.extend_from_slice(&found[..count]);
    }
    Ok(())
}

/// Which of the 64 tokens of a block are in a piece of the document, a bit each.
#[inline]
fn within(piece: &Range<usize>, block: usize) -> u64 {
    let first = piece.start.saturating_sub(64 * block);
    let behind = piece.end.saturating_sub(64 * block);
    let from = u64::MAX.checked_shl(first as u32).unwrap_or(0);
    if behind < 64 { from & !(u64::MAX << behind) } else { from }
}

/// Whether a token ends like a dual noun.
#[inline]
fn ends_like_dual(doc: &Doc<'_>, token: &Token) -> bool {
    let ending = four(doc.folded, (token.folded_span().end as usize).wrapping_sub(4));
    (ending == IN) | (ending == AN)
}

/// Whether a token that ends like a dual noun is an Arabic word of four letters or more without the article: most words
/// with these endings are definite plurals. The spelling tells `الحزبين` from `ألبومين`.
#[inline]
fn may_be_dual(doc: &Doc<'_>, token: &Token) -> bool {
    let word = (token.class == TokenClass::Arabic as u8) & (8 <= token.folded_len);
    word & (four(doc.text, token.start as usize) != AL)
}

/// Four bytes of a text as a number, 0 where it ends before.
#[inline]
fn four(text: &str, from: usize) -> u32 {
    match text.as_bytes().get(from..from.wrapping_add(4)) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
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
