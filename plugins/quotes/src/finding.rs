//! A quotation that was found, and its value.

use khabar_core::kinds::Quote;
use khabar_extractor::Span;

use crate::report::Speaker;

/// What words are.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Quotation {
    /// Words between marks that somebody said or wrote.
    Speech(Quote),
    /// A name or term between marks.
    Term,
    /// What somebody said, without marks.
    Indirect(Quote),
}

/// What sort of quotation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Speech,
    Term,
    Indirect,
}

/// One quotation that was found, who said it, and by which chain it came.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) span: Span,
    pub(crate) confidence: f32,
    pub(crate) kind: Kind,
    pub(crate) speaker: Option<Speaker>,
    pub(crate) cue: Option<Span>,
    pub(crate) sources: Vec<Span>,
    /// The rules by which it was found, the one that decided first; noted only where somebody asks.
    pub(crate) rules: Vec<&'static str>,
}
