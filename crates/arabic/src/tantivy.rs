//! A tokenizer for [tantivy](https://docs.rs/tantivy): words in folded form, with offsets into the original text.
//!
//! ```
//! use khabar_arabic::tantivy::ArabicTokenizer;
//! use tantivy_tokenizer_api::{TokenStream, Tokenizer};
//!
//! let mut tokenizer = ArabicTokenizer::stems();
//! let mut stream = tokenizer.token_stream("وبالقاهرة، ١٢ مدرسةً");
//! let mut words = Vec::new();
//! stream.process(&mut |token| words.push(token.text.clone()));
//! assert_eq!(words, ["قاهره", "12", "مدرسه"]);
//! ```

use khabar_core::{Split, TokenClass};
use tantivy_tokenizer_api::{Token, TokenStream, Tokenizer};

use crate::{Analysis, segmentation};

/// Gives words, numbers, addresses, hashtags and mentions, not punctuation and emoji. Words that surely lost the space
/// between them are two tokens. Register it under one name for indexing and queries.
#[derive(Clone, Debug)]
pub struct ArabicTokenizer {
    stems: bool,
    analysis: Analysis,
    parts: Vec<Part>,
}

/// A token of the index: bytes of the original and of the folded text.
#[derive(Clone, Copy, Debug)]
struct Part {
    original: (u32, u32),
    folded: (u32, u32),
    arabic: bool,
}

impl ArabicTokenizer {
    /// Whole words: `والقاهرة` is `والقاهره`.
    pub fn words() -> Self {
        Self { stems: false, analysis: Analysis::default(), parts: Vec::new() }
    }

    /// Words without proclitics, article and pronoun, as far as the frequency lexicon finds that likely: `والقاهرة` is
    /// `قاهره`. The offsets are those of the whole word.
    pub fn stems() -> Self {
        Self { stems: true, ..Self::words() }
    }

    fn collect_parts(&mut self, text: &str) {
        self.analysis.analyze(text);
        self.parts.clear();
        let mut splits = self.analysis.splits().iter().filter(|s| Split::CERTAIN <= s.score).peekable();
        for (index, token) in self.analysis.tokens().iter().enumerate() {
            let arabic = match token.class() {
                TokenClass::Arabic => true,
                TokenClass::Word
                | TokenClass::Number
                | TokenClass::Url
                | TokenClass::Email
                | TokenClass::Hashtag
                | TokenClass::Mention => false,
                _ => continue,
            };
            let (mut original, mut folded) = (token.start, token.folded);
            while let Some(split) = splits.next_if(|s| s.token as usize <= index) {
                self.parts.push(Part { original: (original, split.at), folded: (folded, split.folded), arabic });
                (original, folded) = (split.at, split.folded);
            }
            let end = token.folded + u32::from(token.folded_len);
            if folded < end {
                self.parts.push(Part { original: (original, token.end), folded: (folded, end), arabic });
            }
        }
    }
}

impl Default for ArabicTokenizer {
    /// [`ArabicTokenizer::stems`].
    fn default() -> Self {
        Self::stems()
    }
}

impl Tokenizer for ArabicTokenizer {
    type TokenStream<'a> = ArabicTokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> ArabicTokenStream<'a> {
        self.collect_parts(text);
        ArabicTokenStream { tokenizer: self, next: 0, token: Token::default() }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub struct ArabicTokenStream<'a> {
    tokenizer: &'a ArabicTokenizer,
    next: usize,
    token: Token,
}

impl TokenStream for ArabicTokenStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(part) = self.tokenizer.parts.get(self.next) else { return false };
        let folded = self.tokenizer.analysis.folded();
        let word = folded.get(part.folded.0 as usize..part.folded.1 as usize).unwrap_or_default();
        self.token.reset();
        if part.arabic {
            let stem = if self.tokenizer.stems { segmentation(word).stem(word.len()) } else { 0..word.len() };
            self.token.text.push_str(word.get(stem).unwrap_or(word));
        } else {
            self.token.text.extend(word.chars().flat_map(char::to_lowercase));
        }
        self.token.position = self.next;
        (self.token.offset_from, self.token.offset_to) = (part.original.0 as usize, part.original.1 as usize);
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(mut tokenizer: ArabicTokenizer, text: &str) -> Vec<(String, &str)> {
        let mut found = Vec::new();
        let mut stream = tokenizer.token_stream(text);
        while stream.advance() {
            let token = stream.token();
            assert_eq!(token.position, found.len());
            found.push((token.text.clone(), &text[token.offset_from..token.offset_to]));
        }
        found
    }

    #[test]
    fn words_and_stems() {
        let text = "«وبالقاهرةِ» Ali@x.org الولاياتالمتحدة.";
        let words = tokens(ArabicTokenizer::words(), text);
        let folded: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
        assert_eq!(folded, ["وبالقاهره", "ali@x.org", "الولايات", "المتحده"]);
        assert_eq!(words[0].1, "وبالقاهرةِ");
        assert_eq!(words[3].1, "المتحدة");
        let stems = tokens(ArabicTokenizer::default(), text);
        assert_eq!(stems[0], ("قاهره".to_owned(), "وبالقاهرةِ"));
    }
}
