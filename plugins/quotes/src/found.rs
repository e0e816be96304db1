//! What was found, and how it leaves: as a value of its own, or lent to a writer.

use std::borrow::Cow;
use std::marker::PhantomData;

use khabar_core::kinds::{Indirect, Quote, QuoteRef, Speech, Term};
use khabar_extractor::{Doc, ExtractError, Output, Span, Value};
use memchr::memchr2;
use serde::{Deserialize, Serialize};

use crate::Quotation;
use crate::mention::Mention;

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
    pub(crate) sources: [(usize, usize); 2],
}

/// All that was found in a document.
#[derive(Clone, Copy)]
pub(crate) struct Finds<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) found: &'a [Found],
    pub(crate) mentions: &'a [Mention],
    pub(crate) sources: &'a [Span],
}

impl<'a> Finds<'a> {
    /// Hands everything to a writer.
    pub(crate) fn push(&self, out: &mut Output<'_>) -> Result<(), ExtractError> {
        let mut chain = Vec::new();
        for found in self.found {
            let (span, confidence) = (found.span, found.confidence);
            match found.sort {
                Sort::Speech => self.lend(&found.said, &mut chain, |quote| {
                    out.push(span, confidence, &As::<Speech> { quote, kind: PhantomData })
                })?,
                Sort::Term => out.push(span, confidence, &Term {})?,
                Sort::Indirect => self.lend(&found.said, &mut chain, |quote| {
                    out.push(span, confidence, &As::<Indirect> { quote, kind: PhantomData })
                })?,
            }
        }
        Ok(())
    }

    /// Everything as values of their own.
    pub(crate) fn owned(&self) -> impl Iterator<Item = (Span, f32, Quotation)> + use<'a> {
        let this = *self;
        self.found.iter().map(move |found| {
            let quote = || this.lend(&found.said, &mut Vec::new(), |quote| Quote::from(quote));
            let quotation = match found.sort {
                Sort::Speech => Quotation::Speech(quote()),
                Sort::Term => Quotation::Term,
                Sort::Indirect => Quotation::Indirect(quote()),
            };
            (found.span, found.confidence, quotation)
        })
    }

    fn lend<T>(&self, said: &Said, chain: &mut Vec<Span>, f: impl FnOnce(QuoteRef<'_>) -> T) -> T {
        chain.clear();
        for (from, to) in said.sources {
            for span in self.sources.get(from..to).unwrap_or_default() {
                if !chain.contains(span) {
                    chain.push(*span);
                }
            }
        }
        let mention = said.mention.and_then(|at| self.mentions.get(at));
        let id = mention.and_then(|mention| speaker_id(mention.value(self.doc)));
        f(QuoteRef { speaker: said.speaker, speaker_id: id.as_deref(), cue: said.cue, source: chain })
    }
}

/// What is read of an entity.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    holder: Option<Cow<'a, str>>,
}

/// The id of the entity that speaks; of a title, that of its holder where it is known.
fn speaker_id(value: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(id) = plain_id(value) {
        return Some(Cow::Borrowed(id));
    }
    let entity: Named<'_> = serde_json::from_slice(value).ok()?;
    Some(entity.holder.unwrap_or(entity.id))
}

/// The same of a value as [`khabar_core::kinds::EntityRef`] writes it, if no string of it is escaped.
fn plain_id(value: &[u8]) -> Option<&str> {
    let mut rest = value;
    let mut member = |before: &[u8]| {
        let text = rest.strip_prefix(before)?;
        let (text, after) = text.split_at(memchr2(b'"', b'\\', text)?);
        rest = after.strip_prefix(b"\"")?;
        Some(text)
    };
    let id = member(br#"{"id":""#)?;
    member(br#","name":""#)?;
    let id = member(br#","holder":""#).unwrap_or(id);
    (rest == b"}").then(|| std::str::from_utf8(id).ok())?
}

/// A lent quotation as a value of the kind of `V`, which it is written like.
#[derive(Serialize)]
#[serde(transparent)]
struct As<'a, V> {
    quote: QuoteRef<'a>,
    #[serde(skip)]
    kind: PhantomData<V>,
}

impl<V: Value> Value for As<'_, V> {
    const KIND: &'static str = V::KIND;
    const HAS_SPANS: bool = V::HAS_SPANS;

    fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        self.quote.write_json(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_values_of_any_form() {
        for (value, id) in [
            (r#"{"id":"Q1","name":"بوتين"}"#, Some("Q1")),
            (r#"{"id":"title:x","name":"الرئيس","holder":"Q1"}"#, Some("Q1")),
            (r#"{"id":"a\\b","name":"x"}"#, Some("a\\b")),
            (r#"{ "name": "x", "id": "Q1" }"#, Some("Q1")),
            (r#"{"id":"Q1","name":"x","holder":null}"#, Some("Q1")),
            (r#"{"id":"Q1","name":"x","more":1}"#, Some("Q1")),
            (r#"{"name":"x"}"#, None),
            ("", None),
        ] {
            assert_eq!(speaker_id(value.as_bytes()).as_deref(), id, "{value}");
        }
    }
}
