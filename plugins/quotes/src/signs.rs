//! What tokens are that are no Arabic words: marks, numbers, words of other scripts.

use std::hint::select_unpredictable;

use khabar_core::members;
use khabar_extractor::{Doc, Token, TokenClass};

use crate::facts::Facts;
use crate::phrase::SHORT;
use crate::tags::{Tagged, Tags};

/// Reads those of 64 tokens that are no Arabic words: without a branch but for rare marks.
#[inline(always)]
pub(crate) fn read_signs(doc: &Doc<'_>, tokens: &[Token], signs: u64, facts: &mut [Facts], tags: &mut Tags) {
    let text = doc.text.as_bytes();
    for at in members(signs) {
        let (Some(token), Some(sign)) = (tokens.get(at), facts.get_mut(at)) else { break };
        let start = token.start as usize;
        let (first, second) = match text.get(start..start + 2) {
            Some(pair) => (usize::from(pair[0]), usize::from(pair[1])),
            // The last sign of a text may be of one byte.
            None => (text.last().copied().unwrap_or(0).into(), 0),
        };
        let mark = select_unpredictable(first == ARABIC, OF_ARABIC + second % 64, first);
        let punctuation = token.class == TokenClass::Punctuation as u8;
        let index = select_unpredictable(punctuation, mark, OF_CLASS + usize::from(token.class) % 64);
        let mut tagged = SIGNS[index % SIGNS.len()];
        if tagged == RARE {
            tagged = rare_mark(doc.text, token);
        }
        tagged = tagged.short_if(token.folded_len <= SHORT);
        *sign = tagged.facts();
        tags.set(at, tagged.tags());
    }
}

/// The first byte of `،`, `؛` and `؟`.
const ARABIC: usize = 0xd8;
/// Where the marks that begin with [`ARABIC`] stand among [`SIGNS`], by the lower bits of their second byte.
const OF_ARABIC: usize = 256;
/// Where the classes of tokens stand among [`SIGNS`].
const OF_CLASS: usize = OF_ARABIC + 64;
/// What stands for marks that are neither of ASCII nor Arabic.
const RARE: Tagged = Tagged::new(Facts::NONE);

/// What tokens are that are no Arabic words: marks by their first byte, Arabic marks, then the others by their class.
static SIGNS: [Tagged; 512] = {
    let mut signs = [Tagged::new(Facts::OTHER); 512];
    let mut at = 0;
    while at < OF_CLASS {
        // U+0600 to U+063F begin with one byte.
        let code = if at < OF_ARABIC { at } else { at - OF_ARABIC + 0x600 };
        signs[at] = match char::from_u32(code as u32) {
            Some(_) if 128 <= at && at < OF_ARABIC => RARE,
            Some(char) => Tagged::new(mark(char)),
            None => Tagged::new(Facts::OTHER),
        };
        at += 1;
    }
    signs[OF_CLASS + TokenClass::Number as usize] = Tagged::new(Facts::NUMBER);
    signs[OF_CLASS + TokenClass::QuoteOpen as usize] = Tagged::new(Facts::OPEN);
    signs[OF_CLASS + TokenClass::QuoteClose as usize] = Tagged::new(Facts::CLOSE);
    signs
};

/// What a mark is that separates and is neither of ASCII nor one of the Arabic ones.
#[cold]
fn rare_mark(text: &str, token: &Token) -> Tagged {
    Tagged::new(mark(token.span().of(text).and_then(|mark| mark.chars().next()).unwrap_or(' ')))
}

const fn mark(mark: char) -> Facts {
    match mark {
        '،' | ',' | '؛' | ';' | '-' | '–' | '—' => Facts::COMMA,
        ':' => Facts::COLON,
        '.' | '؟' | '?' | '!' | '…' | '۔' => Facts::STOP,
        '(' | '[' | '{' => Facts::BRACKET_OPEN,
        ')' | ']' | '}' => Facts::BRACKET_CLOSE,
        _ => Facts::OTHER,
    }
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;
    use khabar_extractor::Cancel;

    use super::*;
    use crate::tagger::Words;

    #[test]
    fn marks_are_what_they_are() {
        let text = "، ؛ ؟ , ; - – — : . ? ! … ۔ ( [ { ) ] } / * ٪ % 12 abc @abc #abc 😀 ٬ ، ";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        let mut words = Words::default();
        words.read(&doc, Cancel::NEVER).expect("nobody cancels it");
        for (at, token) in doc.tokens.iter().enumerate() {
            let expected = match token.class() {
                TokenClass::Punctuation => mark(doc.surface(at).chars().next().expect("a mark")),
                TokenClass::Number => Facts::NUMBER,
                _ => Facts::OTHER,
            };
            assert_eq!(words.facts[at], expected, "{}", doc.surface(at));
        }
    }
}
