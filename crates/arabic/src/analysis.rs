//! The analysis of a document, made once and shared.

use khabar_core::{Span, Split, Token, TokenClass, TokenFlags};

use crate::fold::{is_control, push_folded};
use crate::hash::hash_within;
use crate::quotes::{self, Quotation};
use crate::tokens::{CharClass, char_class, token_end};
use crate::{sentences, splits};

/// Longest folded token in bytes; a longer one is cut.
const LONGEST: usize = u16::MAX as usize;

/// Tokens, folded text and sentences of one document, in buffers that the next document reuses.
///
/// The folded text holds the folded tokens with one space where there was white space, or one line break where there
/// was a line break, so that phrases can be looked up in it.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    folded: String,
    tokens: Vec<Token>,
    hashes: Vec<u64>,
    sentences: Vec<Span>,
    splits: Vec<Split>,
    quotations: Vec<Quotation>,
    /// Tokens that begin a line, punctuation and quotation marks: what decides sentences and quotations.
    marks: Vec<u32>,
}

impl Analysis {
    /// Analyses a text of less than 4 GiB; what was here before is gone, its memory is kept.
    ///
    /// A longer text is analysed up to the last character that ends within 4 GiB.
    pub fn analyze(&mut self, text: &str) {
        self.folded.clear();
        self.tokens.clear();
        self.hashes.clear();
        self.sentences.clear();
        self.splits.clear();
        self.quotations.clear();
        self.marks.clear();
        let text = head(text, u32::MAX as usize);
        let mut flags = TokenFlags::SPACE_BEFORE.with(TokenFlags::LINE_START);
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            match char_class(c) {
                CharClass::Space => flags = flags.with(TokenFlags::SPACE_BEFORE),
                CharClass::Newline => flags = flags.with(TokenFlags::SPACE_BEFORE).with(TokenFlags::LINE_START),
                _ if is_control(c) => {}
                _ => {
                    let (end, class) = token_end(text, at);
                    let marks =
                        matches!(class, TokenClass::Punctuation | TokenClass::QuoteOpen | TokenClass::QuoteClose);
                    if marks || flags.0 & TokenFlags::LINE_START.0 != 0 {
                        self.marks.push(self.tokens.len() as u32);
                    }
                    self.push(text, at, end, class, flags);
                    flags = TokenFlags::default();
                    at = end;
                    continue;
                }
            }
            at += c.len_utf8();
        }
        quotes::assign_roles(text, &mut self.tokens, &self.marks);
        quotes::pair(text, &self.tokens, self.marks.iter().copied(), &mut self.quotations);
        sentences::split(text, &mut self.tokens, &self.marks, &self.quotations, &mut self.sentences);
    }

    fn push(&mut self, text: &str, start: usize, end: usize, class: TokenClass, flags: TokenFlags) {
        if !self.tokens.is_empty() {
            if flags.0 & TokenFlags::LINE_START.0 != 0 {
                self.folded.push('\n');
            } else if flags.0 & TokenFlags::SPACE_BEFORE.0 != 0 {
                self.folded.push(' ');
            }
        }
        let (mut flags, mut start, mut from, mut changed) = (flags, start, self.folded.len(), false);
        for (at, c) in text[start..end].char_indices().map(|(at, c)| (start + at, c)).collect::<Vec<_>>() {
            let before = self.folded.len();
            changed |= push_folded(c, &mut self.folded);
            if LONGEST < self.folded.len() - from {
                self.emit(text, start, at, from, before, class, flags.with(TokenFlags::CUT), changed);
                (flags, start, from) = (TokenFlags::default(), at, before);
            }
        }
        self.emit(text, start, end, from, self.folded.len(), class, flags, changed);
    }

    #[expect(clippy::too_many_arguments, reason = "one call site's locals")]
    fn emit(
        &mut self,
        text: &str,
        start: usize,
        end: usize,
        from: usize,
        to: usize,
        class: TokenClass,
        flags: TokenFlags,
        changed: bool,
    ) {
        let flags = if changed { flags.with(TokenFlags::FOLDED) } else { flags };
        self.tokens.push(Token {
            start: start as u32,
            end: end as u32,
            folded: from as u32,
            folded_len: (to - from) as u16,
            class: class as u8,
            flags: flags.0,
        });
        let key = hash_within(self.folded.as_bytes(), from, to);
        self.hashes.push(key);
        if class == TokenClass::Arabic {
            let (index, known) = (self.tokens.len() - 1, self.splits.len());
            splits::find(text, &self.folded, index as u32, self.tokens[index], key, &mut self.splits);
            if known < self.splits.len() {
                self.tokens[index].flags |= TokenFlags::GLUED.0;
            }
        }
    }

    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The [`hash`] of each token's folded form.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// The folded text.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The sentences in order, in bytes of the original text; together they hold every token.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// What stands between quotation marks, ordered by the opening marks; see [`quotations`](crate::quotations).
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// Where tokens may be two words that lost the space between them.
    pub fn splits(&self) -> &[Split] {
        &self.splits
    }
}

/// The longest prefix of at most `len` bytes.
fn head(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<&str> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        analysis.tokens().iter().map(|t| &text[t.span().range()]).collect()
    }

    #[test]
    fn numbers_stay_whole() {
        assert_eq!(
            tokens("بلغ 1,250.5 و٣٫٥ أو 0،9 و6ر4 في 11-10-2021 14:30."),
            ["بلغ", "1,250.5", "و", "٣٫٥", "أو", "0،9", "و", "6ر4", "في", "11-10-2021", "14:30", "."]
        );
    }

    #[test]
    fn signs_and_addresses() {
        assert_eq!(
            tokens("100% «نعم» #خبر @khabar a@b.org https://x.org/a?b=1."),
            ["100", "%", "«", "نعم", "»", "#خبر", "@khabar", "a@b.org", "https://x.org/a?b=1", "."]
        );
    }

    #[test]
    fn sentences_of_news() {
        let text = "قال: \"انتهى. نعم\". ثم مضى.\nعنوان\nماذا؟ لا";
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let sentences: Vec<&str> = analysis.sentences().iter().map(|s| &text[s.range()]).collect();
        assert_eq!(sentences, ["قال: \"انتهى. نعم\".", "ثم مضى.", "عنوان", "ماذا؟", "لا"]);
    }

    #[test]
    fn a_long_token_is_cut() {
        let text = "م".repeat(70_000);
        assert_eq!(tokens(&text).len(), 3);
        assert_eq!(tokens(&text).concat(), text);
    }

    proptest! {
        #[test]
        fn tokens_tile_the_text(text in "\\PC*|[\u{600}-\u{6ff}\u{200b}-\u{200f} \n\"«».0-9a-z،٪@#]{0,60}") {
            let mut analysis = Analysis::default();
            analysis.analyze(&text);
            let mut last = 0;
            for (token, hash) in analysis.tokens().iter().zip(analysis.hashes()) {
                prop_assert!(last <= token.start && token.start < token.end);
                let gap = text.get(last as usize..token.start as usize);
                prop_assert!(gap.is_some_and(|g| g.chars().all(|c| c.is_whitespace() || c.is_control() || is_control(c))));
                let folded = &analysis.folded()[token.folded_span().range()];
                prop_assert_eq!(crate::fold(&text[token.span().range()]), folded);
                prop_assert_eq!(*hash, crate::hash(folded));
                last = token.end;
            }
            let mut end = 0;
            for sentence in analysis.sentences() {
                prop_assert!(end <= sentence.start && sentence.start < sentence.end);
                end = sentence.end;
            }
            prop_assert_eq!(end, last);
        }
    }
}
