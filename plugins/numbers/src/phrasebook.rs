//! A lexicon of phrases of one or a few tokens, found by their first or their last.

use khabar_arabic::{Analysis, WordTable, hash};
use khabar_core::members;
use khabar_extractor::Doc;

/// Phrases and what is known of them.
#[derive(Debug)]
pub(crate) struct Phrasebook<T> {
    /// The longest phrase, in tokens, that begins (or ends) with a token.
    edges: WordTable<u8>,
    phrases: WordTable<T>,
}

/// The end at which a phrase is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edge {
    First,
    Last,
}

impl<T: Copy> Phrasebook<T> {
    /// A lexicon of phrases written as in running text; of two entries for one phrase the later one counts.
    pub(crate) fn new(phrases: impl IntoIterator<Item = (String, T)>, edge: Edge) -> Self {
        let mut analysis = Analysis::default();
        let mut edges: Vec<(String, u8)> = Vec::new();
        let mut folded = Vec::new();
        for (phrase, value) in phrases {
            analysis.analyze(&phrase);
            let tokens = analysis.tokens();
            let end = if edge == Edge::First { tokens.first() } else { tokens.last() };
            let Some(end) = end else { continue };
            let word = &analysis.folded()[end.folded_span().range()];
            edges.push((word.to_owned(), u8::try_from(tokens.len()).unwrap_or(u8::MAX)));
            folded.push((analysis.folded().to_owned(), value));
        }
        edges.sort();
        Self { edges: WordTable::of_words(edges), phrases: WordTable::of_words(folded) }
    }

    /// The longest phrase that begins with a token, and its last token.
    #[inline]
    pub(crate) fn from(&self, doc: &Doc<'_>, token: usize) -> Option<(T, usize)> {
        // Most words are sent away here, before anything of the text is looked at.
        if self.may_hold(*doc.hashes.get(token)?) { self.longest_from(doc, token) } else { None }
    }

    #[inline(never)]
    fn longest_from(&self, doc: &Doc<'_>, token: usize) -> Option<(T, usize)> {
        let longest = usize::from(self.edges.find(doc.hashes[token])?);
        (0..longest)
            .rev()
            .map(|more| token + more)
            .find_map(|last| self.phrase(doc, token, last).map(|value| (value, last)))
    }

    /// All phrases of a document, by their first tokens: at each the longest, and its last token.
    pub(crate) fn all(&self, doc: &Doc<'_>) -> impl Iterator<Item = (T, usize)> {
        let blocks = doc.hashes.chunks(64).enumerate();
        let tokens =
            blocks.flat_map(|(block, hashes)| members(self.edges.among(hashes)).map(move |at| block * 64 + at));
        tokens.filter_map(|token| self.longest_from(doc, token))
    }

    /// The longest phrase that ends with a token, and its first token.
    #[inline]
    pub(crate) fn to(&self, doc: &Doc<'_>, token: usize) -> Option<(T, usize)> {
        if self.may_hold(*doc.hashes.get(token)?) { self.longest_to(doc, token) } else { None }
    }

    /// Whether a phrase may begin (or end) with a word that has this hash.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        self.edges.may_hold(hash)
    }

    /// The hashes of the words that phrases begin (or end) with.
    pub(crate) fn edges(&self) -> impl Iterator<Item = u64> {
        self.edges.keys()
    }

    #[inline(never)]
    fn longest_to(&self, doc: &Doc<'_>, token: usize) -> Option<(T, usize)> {
        let longest = usize::from(self.edges.find(doc.hashes[token])?);
        (0..longest)
            .rev()
            .filter_map(|more| token.checked_sub(more))
            .find_map(|first| self.phrase(doc, first, token).map(|value| (value, first)))
    }

    /// What is known of the phrase from one token to another.
    fn phrase(&self, doc: &Doc<'_>, first: usize, last: usize) -> Option<T> {
        if first == last {
            return self.phrases.get(doc.hashes[first]);
        }
        let to = doc.tokens.get(last)?.folded_span().end;
        self.get(doc.folded.get(doc.tokens[first].folded as usize..to as usize)?)
    }

    /// What is known of a folded phrase.
    pub(crate) fn get(&self, folded: &str) -> Option<T> {
        self.phrases.get(hash(folded))
    }
}

/// A phrase of the data files as it stands in text: they join its words by `_`.
pub(crate) fn spaced(phrase: &str) -> String {
    phrase.replace('_', " ")
}
