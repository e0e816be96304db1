//! A document as an extractor sees it.

use khabar_arabic::{Analysis, Quotation, original_at};
use khabar_core::{Country, DocDate, Span, Split, Token, TokenFlags, TokenSets};

use crate::InputLayer;

/// A document: its text, metadata and analysis, and the annotations of other extractors. Everything is borrowed for one
/// call.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Doc<'a> {
    /// The document's id, unique in the run.
    pub id: &'a str,
    /// The original text; all offsets point into it.
    pub text: &'a str,
    /// When it was published.
    pub date: Option<DocDate>,
    /// Where it was published.
    pub country: Option<Country>,
    /// The tokens in order.
    pub tokens: &'a [Token],
    /// The [`khabar_arabic::hash`] of each token's folded form.
    pub hashes: &'a [u64],
    /// What [`Doc::set`] gives, where the analysis is at hand; it is not handed on over the C interface. For khabar's own
    /// crates.
    #[doc(hidden)]
    pub sets: Option<&'a [TokenSets]>,
    /// The folded text that `tokens` point into.
    pub folded: &'a str,
    /// The sentences in order.
    pub sentences: &'a [Span],
    /// Where tokens may be two words that lost their space.
    pub splits: &'a [Split],
    /// The text in quotation marks, if available. The C interface does not pass it on; [`khabar_arabic::quotations`]
    /// computes it again.
    /// [`khabar_arabic::quotations`] finds it again.
    pub quotations: Option<&'a [Quotation]>,
    /// The layers of the extractors whose kinds this one requires: [`Doc::inputs`] reads them.
    pub layers: &'a [InputLayer<'a>],
}

impl<'a> Doc<'a> {
    /// A document over an analysis of its text.
    pub fn new(id: &'a str, text: &'a str, analysis: &'a Analysis) -> Self {
        Self {
            id,
            text,
            tokens: analysis.tokens(),
            hashes: analysis.hashes(),
            sets: Some(analysis.sets()),
            folded: analysis.folded(),
            sentences: analysis.sentences(),
            splits: analysis.splits(),
            quotations: Some(analysis.quotations()),
            ..Self::default()
        }
    }

    /// Which tokens of a block of 64 are what is looked for first; block 0 is the first 64 tokens. None are beyond the end.
    /// For khabar's own crates.
    #[doc(hidden)]
    #[inline]
    pub fn set(&self, block: usize) -> TokenSets {
        match self.sets.and_then(|sets| sets.get(block)) {
            Some(set) => *set,
            None => {
                let tokens = self.tokens.chunks(64).nth(block);
                tokens.map(|tokens| TokenSets::of(tokens, self.folded)).unwrap_or_default()
            }
        }
    }

    /// The original text of a token.
    ///
    /// # Panics
    /// When there is no such token.
    #[inline]
    pub fn surface(&self, token: usize) -> &'a str {
        &self.text[self.tokens[token].span().range()]
    }

    /// The folded form of a token.
    ///
    /// # Panics
    /// When there is no such token.
    #[inline]
    pub fn folded(&self, token: usize) -> &'a str {
        &self.folded[self.tokens[token].folded_span().range()]
    }

    /// The span of a part of a token, given in bytes of its folded form: without `skip` bytes at the start and `cut` at the
    /// end. For example, `skip` 2 gives the `ويتكوف` of `وَويتكوف`.
    ///
    /// # Panics
    /// When there is no such token.
    #[inline]
    pub fn part(&self, token: usize, skip: usize, cut: usize) -> Span {
        // Fast path: most parts are the whole token.
        if skip | cut == 0 { self.tokens[token].span() } else { self.real_part(token, skip, cut) }
    }

    fn real_part(&self, token: usize, skip: usize, cut: usize) -> Span {
        let Token { start, end, folded_len, .. } = self.tokens[token];
        let surface = self.surface(token);
        let as_written = !self.tokens[token].has(TokenFlags::FOLDED);
        let at = |folded: usize| {
            let same = as_written && surface.is_char_boundary(folded);
            start + if same { folded } else { original_at(surface, folded) } as u32
        };
        let from = if skip == 0 { start } else { at(skip) };
        Span::new(from, if cut == 0 { end } else { at(usize::from(folded_len).saturating_sub(cut)) })
    }
}
