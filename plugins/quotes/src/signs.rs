//! What tokens are that are no Arabic words: marks, numbers, words of other scripts.

use khabar_extractor::{Doc, Token, TokenClass};

use crate::facts::Facts;
use crate::tags::{Some64, Tagged, Tags};

/// Reads those of 64 tokens that are no Arabic words: without a branch but for rare marks.
#[inline(always)]
pub(crate) fn read_signs(doc: &Doc<'_>, tokens: &[Token], signs: Some64, facts: &mut [Facts], tags: &mut Tags) {
    let text = doc.text.as_bytes();
    for at in signs {
        let (Some(token), Some(sign)) = (tokens.get(at), facts.get_mut(at)) else { break };
        // The last sign of a text may be of one byte.
        let pair = text.get(token.start as usize..).and_then(<[u8]>::first_chunk);
        let [first, second] = pair.copied().unwrap_or_else(|| [text.last().copied().unwrap_or(0), 0]);
        let by_class = OF_CLASS + usize::from(token.class.min(15));
        let by_mark = if first == ARABIC { OF_ARABIC + usize::from(second & 63) } else { usize::from(first & 127) };
        let punctuation = token.class == TokenClass::Punctuation as u8;
        let mut tagged = SIGNS[if punctuation { by_mark } else { by_class }];
        if punctuation & !first.is_ascii() & (first != ARABIC) {
            tagged = rare_mark(doc.text, token);
        }
        *sign = tagged.facts();
        tags.set(at, tagged.tags());
    }
}

/// The first byte of `،`, `؛` and `؟`.
const ARABIC: u8 = 0xd8;
/// Where the marks that begin with [`ARABIC`] stand among [`SIGNS`], by the lower bits of their second byte.
const OF_ARABIC: usize = 128;
/// Where the classes of tokens stand among [`SIGNS`].
const OF_CLASS: usize = OF_ARABIC + 64;

/// What tokens are that are no Arabic words: marks of ASCII, Arabic marks, then the others by their class.
static SIGNS: [Tagged; OF_CLASS + 16] = {
    let mut signs = [Tagged::new(Facts::OTHER); OF_CLASS + 16];
    let mut at = 0;
    while at < OF_CLASS {
        // U+0600 to U+063F begin with one byte.
        let code = if at < OF_ARABIC { at } else { at - OF_ARABIC + 0x600 };
        signs[at] = Tagged::new(match char::from_u32(code as u32) {
            Some(char) => mark(char),
            None => Facts::OTHER,
        });
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

    use super::*;
    use crate::tagger::Words;

    #[test]
    fn marks_are_what_they_are() {
        let text = "، ؛ ؟ , ; - – — : . ? ! … ۔ ( [ { ) ] } / * ٪ % 12 abc @abc #abc 😀 ٬ ، ";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        let mut words = Words::default();
        words.read(&doc);
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
