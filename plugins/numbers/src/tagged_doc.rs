//! A document with what the lexicon knows of its words.

use khabar_core::{Token, TokenClass, TokenFlags};
use khabar_extractor::{Doc, Span};

use crate::lexicon::{Lexicon, WordClass, WordClasses};

/// A document and the lexicon. Of a token past either end nothing is known: a rule may look one back from the first.
#[derive(Clone, Copy)]
pub(crate) struct TaggedDoc<'a> {
    pub doc: &'a Doc<'a>,
    pub lexicon: &'static Lexicon,
}

impl<'a> TaggedDoc<'a> {
    pub(crate) fn token(self, at: u32) -> Option<Token> {
        self.doc.tokens.get(at as usize).copied()
    }

    /// The folded form of a token; empty past the ends.
    pub(crate) fn folded(self, at: u32) -> &'a str {
        if (at as usize) < self.doc.tokens.len() { self.doc.folded(at as usize) } else { "" }
    }

    /// A token as it is spelled; empty past the ends.
    pub(crate) fn surface(self, at: u32) -> &'a str {
        if (at as usize) < self.doc.tokens.len() { self.doc.surface(at as usize) } else { "" }
    }

    /// Whether a token has a class of the analysis.
    pub(crate) fn is(self, at: u32, class: TokenClass) -> bool {
        self.token(at).is_some_and(|token| token.class() == class)
    }

    /// Whether a token has a flag.
    pub(crate) fn has(self, at: u32, flag: TokenFlags) -> bool {
        self.token(at).is_some_and(|token| token.has(flag))
    }

    /// Whether a token goes on with the line of the one before it.
    pub(crate) fn same_line(self, at: u32) -> bool {
        self.token(at).is_some_and(|token| !token.has(TokenFlags::LINE_START))
    }

    /// Whether no space stands before a token.
    pub(crate) fn is_glued(self, at: u32) -> bool {
        self.token(at).is_some_and(|token| !token.has(TokenFlags::SPACE_BEFORE))
    }

    /// What a word is.
    pub(crate) fn classes(self, at: u32) -> WordClasses {
        self.lexicon.context.classes(self.doc, at)
    }

    /// Whether a word is of a class.
    pub(crate) fn is_word(self, at: u32, class: WordClass) -> bool {
        self.classes(at).contains(class)
    }

    /// How many tokens the word or phrase of a class takes that begins with a token.
    pub(crate) fn len_of(self, at: u32, class: WordClass) -> Option<u32> {
        self.lexicon.context.len_of(self.doc, at, class)
    }

    /// Where a token begins in the text behind so many bytes of its folded form, and where it ends.
    pub(crate) fn part(self, at: u32, skip: usize) -> Span {
        self.doc.part(at as usize, skip, 0)
    }

    /// Where a token ends in the text.
    pub(crate) fn end(self, at: u32) -> u32 {
        self.token(at).map_or(0, |token| token.end)
    }
}
