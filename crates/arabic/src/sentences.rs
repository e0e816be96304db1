//! Where sentences end in news.

use khabar_core::{Span, Token, TokenClass, TokenFlags};

/// Fills `sentences` and marks the first token of each.
///
/// A sentence ends at `.`, `؟`, `?`, `!`, `…`, `..` outside of quotation marks, and at every line break.
pub(crate) fn split(text: &str, tokens: &mut [Token], sentences: &mut Vec<Span>) {
    let mut open: Option<Span> = None;
    let mut depth = 0_u32;
    let mut ended = true;
    for token in tokens {
        let closes = token.class() == TokenClass::QuoteClose;
        if token.has(TokenFlags::LINE_START) {
            ended = true;
            depth = 0;
        }
        let trails = closes && !token.has(TokenFlags::SPACE_BEFORE);
        if ended && !trails {
            sentences.extend(open.take());
            token.flags |= TokenFlags::SENTENCE_START.0;
        }
        ended = false;
        open = Some(open.map_or(token.span(), |sentence| sentence.cover(token.span())));
        match token.class() {
            TokenClass::QuoteOpen => depth += 1,
            TokenClass::QuoteClose => depth = depth.saturating_sub(1),
            TokenClass::Punctuation if depth == 0 => {
                let mark = &text[token.span().range()];
                ended = mark.starts_with(['.', '؟', '?', '!', '…', '۔']);
            }
            _ => {}
        }
    }
    sentences.extend(open);
}
