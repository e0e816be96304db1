//! Tokens, split where annotations begin or end inside them (`و|ويتكوف`).
//!
//! A text can have very many tokens, so nothing is stored per token.

use khabar_core::{Span, Token};

use crate::Annotated;

/// A token of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut<'a> {
    /// The whole token.
    pub(super) token: Span,
    /// Where it is split.
    edges: &'a [u32],
}

impl Cut<'_> {
    /// The number of pieces, usually one.
    pub(super) const fn len(&self) -> usize {
        self.edges.len() + 1
    }

    /// The pieces; together they are the token.
    pub(super) fn pieces(&self) -> impl DoubleEndedIterator<Item = Span> + '_ {
        let piece = |at: usize| {
            let start = at.checked_sub(1).map_or(self.token.start, |before| self.edges[before]);
            Span::new(start, self.edges.get(at).copied().unwrap_or(self.token.end))
        };
        (0..self.len()).map(piece)
    }
}

/// Where the annotations of a document begin and end.
#[derive(Debug, Default)]
pub(super) struct Edges(Vec<u32>);

impl Edges {
    /// Those of a document.
    pub(super) fn of(doc: &Annotated<'_>) -> Self {
        let mut edges: Vec<u32> = doc.annotations().flat_map(|a| [a.span.start, a.span.end]).collect();
        edges.sort_unstable();
        edges.dedup();
        Self(edges)
    }

    /// Splits a token.
    pub(super) fn cut(&self, token: &Token) -> Cut<'_> {
        let token = token.span();
        let inside = &self.0[self.0.partition_point(|edge| *edge <= token.start)..];
        let count = inside.iter().take_while(|edge| **edge < token.end).count();
        Cut { token, edges: &inside[..count] }
    }
}

/// The tokens of each sentence, in order.
pub(super) fn sentences<'a>(doc: &Annotated<'a>) -> impl Iterator<Item = &'a [Token]> + use<'a> {
    let mut rest = doc.tokens;
    doc.sentences.iter().map(move |sentence| {
        let tokens;
        (tokens, rest) = rest.split_at(rest.partition_point(|token| token.start < sentence.end));
        tokens
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_cut_inside_of_it_alone() {
        let edges = Edges(vec![0, 3, 5, 6, 9, 12]);
        let token = Token { start: 3, end: 9, ..Token::default() };
        let cut = edges.cut(&token);
        let pieces: Vec<Span> = cut.pieces().collect();
        assert_eq!(pieces, [Span::new(3, 5), Span::new(5, 6), Span::new(6, 9)]);
        assert_eq!((cut.len(), cut.pieces().rev().count()), (3, 3));
        let whole = Edges::default();
        assert_eq!(whole.cut(&token).pieces().collect::<Vec<_>>(), [Span::new(3, 9)]);
    }
}
