//! What was found, and the values in which it leaves.

use khabar_core::kinds::{Indirect, Quote, Speech, Term};
use khabar_extractor::{Doc, ExtractError, Output, Span};

use crate::Quotation;
use crate::mention::Mention;
use crate::sources::{Range, Sources, may_join};

/// What sort of quotation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Speech,
    Term,
    Indirect,
}

/// One quotation that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) confidence: f32,
    pub(crate) sort: Sort,
    pub(crate) said: Said,
}

/// Who said it, and by which chain it came.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Said {
    pub(crate) speaker: Option<Span>,
    /// The entity that speaks.
    pub(crate) mention: Option<usize>,
    pub(crate) cue: Option<Span>,
    /// Two ranges of the document's sources.
    pub(crate) sources: [Range; 2],
}

/// All that was found in a document.
pub(crate) struct Finds<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) found: &'a [Found],
    pub(crate) mentions: Vec<Mention<'a>>,
    pub(crate) sources: &'a Sources,
}

impl<'a> Finds<'a> {
    /// Hands everything to a writer.
    pub(crate) fn push(self, out: &mut Output<'_>) -> Result<(), ExtractError> {
        for (span, confidence, quotation) in self.quotations() {
            match quotation {
                Quotation::Speech(quote) => out.push(span, confidence, &Speech(quote)),
                Quotation::Term => out.push(span, confidence, &Term::default()),
                Quotation::Indirect(quote) => out.push(span, confidence, &Indirect(quote)),
            }?;
        }
        Ok(())
    }

    /// Everything with its place and confidence, as values.
    pub(crate) fn quotations(self) -> impl Iterator<Item = (Span, f32, Quotation)> + use<'a> {
        self.found.iter().map(move |found| {
            let quotation = match found.sort {
                Sort::Speech => Quotation::Speech(self.quote(&found.said)),
                Sort::Term => Quotation::Term,
                Sort::Indirect => Quotation::Indirect(self.quote(&found.said)),
            };
            (found.span, found.confidence, quotation)
        })
    }

    fn quote(&self, said: &Said) -> Quote {
        let mut source = Vec::new();
        for range in said.sources {
            for next in self.sources.of(range) {
                if may_join(self.doc.text, &source, *next) {
                    source.push(*next);
                }
            }
        }
        let speaker_id = said.mention.and_then(|at| self.mentions.get(at)).and_then(Mention::id);
        Quote::new(said.speaker, said.cue).with_speaker_id(speaker_id).with_source(source)
    }
}
