//! The one pass over all tokens: which of them may be part of a number.

use std::ops::Range;

use khabar_core::TokenClass;
use khabar_extractor::{Cancel, ExtractError};
use khabar_lexicon::inflect::{dual_stem, has_dual_verb_shape, without_article};
use khabar_lexicon::spelling::{has_hamza_behind_waw, has_sukun_before_last};
use khabar_lexicon::{Candidates, Clitics, Proclitic, TokenFilter};

use super::dual::{Dual, DualRule};
use crate::lexicon::{NumberWord, Numeral};
use crate::tagged_doc::TaggedDoc;

/// A token that may be part of a number: a number word, or digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberToken {
    pub token: u32,
    pub numeral: Numeral,
    /// What is written together with the number word; the article belongs to it.
    pub clitics: Clitics,
    /// Not of the written standard.
    pub colloquial: bool,
}

/// What stands together with `أحد` in `وأحد`.
const WA: Clitics = Clitics::NONE.with(Proclitic::Wa);

/// Fills `numbers` with the number words and digits among some tokens of a document, in order, and `duals` with the dual
/// nouns. Fails where it is cancelled.
pub(crate) fn tag(
    tagged: TaggedDoc<'_>,
    piece: Range<usize>,
    colloquial: bool,
    numbers: &mut Vec<NumberToken>,
    duals: &mut Vec<Dual>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    numbers.clear();
    duals.clear();
    let doc = tagged.doc;
    let tagger = tagged.lexicon.numerals.tagger();
    let blocks = piece.start / TokenFilter::BLOCK..piece.end.div_ceil(TokenFilter::BLOCK);
    let mut maybe = None;
    for block in blocks {
        cancel.check()?;
        let from = block * TokenFilter::BLOCK;
        let to = doc.hashes.len().min(from + TokenFilter::BLOCK);
        let Some(hashes) = doc.hashes.get(from..to) else { break };
        let words = tagger.candidates(hashes).bits();
        let tokens = Candidates::of_bits(words | doc.set(block).numbers).map(|at| from + at);
        for at in tokens.filter(|at| piece.contains(at)) {
            let token = at as u32;
            let (numeral, clitics, colloquial) = match doc.tokens[at].class() {
                TokenClass::Number => (Numeral::Digits, Clitics::NONE, false),
                TokenClass::Arabic => match tagger.candidate(doc.hashes[at]).map(|tag| (tag.meaning, tag.clitics)) {
                    Some((NumberWord::Numeral { numeral, colloquial: is_colloquial }, clitics))
                        if colloquial || !is_colloquial =>
                    {
                        let (numeral, clitics) = spelled(numeral, clitics, doc.surface(at));
                        (numeral, clitics, is_colloquial)
                    }
                    Some((NumberWord::Dual(noun), clitics)) => {
                        duals.push(Dual { token, noun: Some(noun), clitics, rule: DualRule::Noun });
                        continue;
                    }
                    Some((NumberWord::DualOrPlural(noun), clitics)) => {
                        let dual = Dual { token, noun: Some(noun), clitics, rule: DualRule::Noun };
                        // `مسلحَيْن`, `مسلحين يستقلان`
                        let verb = doc.tokens.get(at + 1).map(|_| doc.folded(at + 1));
                        if has_sukun_before_last(doc.surface(at)) || verb.is_some_and(has_dual_verb_shape) {
                            duals.push(dual);
                        } else {
                            maybe = Some(Dual { rule: DualRule::BeforeTwo, ..dual });
                        }
                        continue;
                    }
                    _ => continue,
                },
                _ => continue,
            };
            let number = NumberToken { token, numeral, clitics, colloquial };
            mend_eleven(numbers, number);
            if let Some(dual) = dual_before_two(tagged, (numbers, duals, maybe), number) {
                duals.push(dual);
            }
            numbers.push(number);
        }
    }
    Ok(())
}

/// `شولبتين اثنتين`: a noun that ends like a dual is one before `two`, whether the lexicon knows it or not.
fn dual_before_two(
    tagged: TaggedDoc<'_>,
    (numbers, duals, maybe): (&[NumberToken], &[Dual], Option<Dual>),
    two: NumberToken,
) -> Option<Dual> {
    /// A stem of fewer letters is no noun.
    const SHORTEST_STEM: usize = 2;
    let is_two = two.numeral == Numeral::Unit(2) && two.clitics == Clitics::NONE && !two.colloquial;
    let token = two.token.checked_sub(1).filter(|_| is_two)?;
    if let Some(dual) = maybe.filter(|dual| dual.token == token) {
        return Some(dual);
    }
    let is_known = numbers.last().is_some_and(|number| number.token == token)
        || duals.last().is_some_and(|dual| dual.token == token);
    let stem = dual_stem(tagged.folded(token)).filter(|_| !is_known && tagged.is(token, TokenClass::Arabic))?;
    let is_noun = without_article(stem).is_none() && SHORTEST_STEM <= stem.chars().count();
    is_noun.then_some(Dual { token, noun: None, clitics: Clitics::NONE, rule: DualRule::BeforeTwo })
}

/// `مئة واحد عشر`, its hamza dropped, is a hundred and eleven: a bare one after a number word is `و` and `أحد`.
fn mend_eleven(numbers: &mut [NumberToken], ten: NumberToken) {
    let [.., before, one] = numbers else { return };
    let in_row = before.token + 1 == one.token && one.token + 1 == ten.token && before.numeral != Numeral::Digits;
    let is_eleven = ten.numeral == Numeral::Ten && !ten.clitics.has_conjunction() && one.numeral == Numeral::One;
    if is_eleven && one.clitics.is_empty() && in_row {
        (one.numeral, one.clitics) = (Numeral::OneOfEleven, WA);
    }
}

/// Mends what folding hides: `وأحد` is `و` and `أحد`, `واحد` is one.
fn spelled(numeral: Numeral, clitics: Clitics, surface: &str) -> (Numeral, Clitics) {
    if numeral == Numeral::One && clitics.is_empty() && has_hamza_behind_waw(surface) {
        (Numeral::OneOfEleven, WA)
    } else {
        (numeral, clitics)
    }
}
