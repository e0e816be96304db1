//! Tokens, cut where annotations begin or end inside of them (`و|ويتكوف`).

use khabar_core::Span;

use crate::Annotated;

/// A token of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// The whole token.
    pub(super) token: Span,
    /// Its pieces, one as a rule; together they are the token.
    pub(super) pieces: Vec<Span>,
}

/// The tokens of each sentence, in order.
pub(super) fn sentences(doc: &Annotated<'_>) -> Vec<Vec<Cut>> {
    let mut edges: Vec<u32> = doc.annotations().flat_map(|a| [a.span.start, a.span.end]).collect();
    edges.sort_unstable();
    edges.dedup();
    let mut tokens = doc.tokens.iter().map(khabar_core::Token::span).peekable();
    let mut sentences = Vec::with_capacity(doc.sentences.len());
    for sentence in doc.sentences {
        let mut cuts = Vec::new();
        while let Some(token) = tokens.next_if(|token| token.start < sentence.end) {
            let inside = edges.partition_point(|edge| *edge <= token.start);
            let mut pieces = Vec::with_capacity(1);
            let mut start = token.start;
            for &edge in edges[inside..].iter().take_while(|edge| **edge < token.end) {
                pieces.push(Span::new(start, edge));
                start = edge;
            }
            pieces.push(Span::new(start, token.end));
            cuts.push(Cut { token, pieces });
        }
        sentences.push(cuts);
    }
    sentences
}
