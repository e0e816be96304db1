//! A document with its words, mentions and quotations, as the rules ask for them.

use khabar_arabic::Quotation;
use khabar_extractor::{Doc, Span, Token, TokenFlags};

use crate::facts::Facts;
use crate::few::Few;
use crate::mention::Mention;
use crate::phrase::SHORT;
use crate::sets::{Set, Sets};

/// A document with its words, mentions and quotations.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) words: &'a [Facts],
    pub(crate) sets: &'a Sets,
    pub(crate) mentions: &'a [Mention<'a>],
    /// Closed ones, by their opening marks.
    pub(crate) quotations: &'a [Quotation],
}

impl<'a> Context<'a> {
    /// What is known of a token; nothing past the end.
    #[inline]
    pub(crate) fn word(&self, at: usize) -> Facts {
        self.words.get(at).copied().unwrap_or(Facts::OTHER)
    }

    pub(crate) fn folded(&self, at: usize) -> &'a str {
        if at < self.doc.tokens.len() { self.doc.folded(at) } else { "" }
    }

    /// Whether a token's folded form is one of a few.
    #[inline]
    pub(crate) fn is_any<const N: usize>(&self, at: usize, few: &Few<N>) -> bool {
        few.has(self.doc.hashes.get(at).copied().unwrap_or(0))
    }

    /// The first two letters of a token, which zeros stand for where it has no two.
    #[inline]
    pub(crate) fn letters(&self, at: usize) -> [u8; 4] {
        let token = self.doc.tokens.get(at).filter(|token| 4 <= token.folded_len);
        let rest = token.and_then(|token| self.doc.folded.as_bytes().get(token.folded as usize..));
        rest.and_then(<[u8]>::first_chunk).copied().unwrap_or_default()
    }

    /// Whether a token begins with the article.
    pub(crate) fn definite(&self, at: usize) -> bool {
        self.letters(at) == letters("ال")
    }

    /// Whether a token is no more than a letter.
    pub(crate) fn short(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_none_or(|token| token.folded_len <= SHORT)
    }

    /// Whether a token looks like a verb with `س`, of which nothing else is known.
    #[inline]
    pub(crate) fn is_future(&self, token: &Token, word: Facts) -> bool {
        let rest = self.doc.folded.as_bytes().get(token.folded as usize..);
        let (first, len) = (rest.and_then(<[u8]>::first_chunk).copied().unwrap_or_default(), token.folded_len);
        let plain = word.is(Facts::WORD) & !word.is(Facts::CLASSES);
        let he = (first == letters("سي")) & (10 <= len);
        let she_or_we = ((first == letters("ست")) | (first == letters("سن"))) & (12 <= len);
        plain & (he | she_or_we)
    }

    /// The span of a token without its known proclitics.
    pub(crate) fn bare(&self, at: usize) -> Span {
        self.doc.part(at, self.word(at).skip(), 0)
    }

    /// The span of the tokens `first..end`, known proclitics of the first off.
    pub(crate) fn span(&self, first: usize, end: usize) -> Span {
        let start = self.bare(first);
        match self.doc.tokens.get(end.saturating_sub(1)) {
            Some(last) if first + 1 < end => Span::new(start.start, last.end),
            _ => start,
        }
    }

    pub(crate) fn line_start(&self, at: usize) -> bool {
        self.doc.tokens.get(at).is_some_and(|t| t.has(TokenFlags::LINE_START))
    }

    /// The quotation whose opening mark the token is, unless it stands in another one.
    pub(crate) fn opened(&self, at: usize) -> Option<&'a Quotation> {
        if self.sets.has(Set::Quoted, at) {
            return None;
        }
        let found = self.quotations.binary_search_by_key(&at, |q| q.open as usize).ok()?;
        self.quotations.get(found)
    }

    /// The first of the mentions that begin in a token or behind it.
    pub(crate) fn mentions_from(&self, first: usize) -> usize {
        let from = self.doc.tokens.get(first).map_or(u32::MAX, |t| t.start);
        self.mentions.partition_point(|m| m.span.start < from)
    }

    /// The mentions from one on that begin before the end of the token before `end`.
    pub(crate) fn mentions_until(
        &self,
        begin: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a Mention<'a>)> + use<'a> {
        let to = end.checked_sub(1).and_then(|last| self.doc.tokens.get(last)).map_or(0, |t| t.end);
        let mentions = self.mentions.get(begin..).unwrap_or_default();
        (begin..).zip(mentions).take_while(move |(_, m)| m.span.start < to)
    }

    /// The mentions that begin in the tokens `first..end`.
    pub(crate) fn mentions_in(
        &self,
        first: usize,
        end: usize,
    ) -> impl Iterator<Item = (usize, &'a Mention<'a>)> + use<'a> {
        self.mentions_until(self.mentions_from(first), end)
    }

    /// The token in which a byte stands, or the first after it.
    pub(crate) fn token_at(&self, byte: u32) -> usize {
        self.doc.tokens.partition_point(|t| t.end <= byte)
    }

    /// The best mention that begins in a token.
    pub(crate) fn mention_at(&self, at: usize) -> Option<(usize, &'a Mention<'a>)> {
        self.best_mention(self.mentions_from(at), at)
    }

    /// The same, where `begin` is known: what [`Context::mentions_from`] gives for the token.
    #[inline]
    pub(crate) fn best_mention(&self, begin: usize, at: usize) -> Option<(usize, &'a Mention<'a>)> {
        self.mentions_until(begin, at + 1).min_by_key(|(_, m)| m.kind)
    }
}

/// Two letters of two bytes each.
pub(crate) const fn letters(two: &str) -> [u8; 4] {
    match two.as_bytes().first_chunk() {
        Some(letters) => *letters,
        None => [0; 4],
    }
}
