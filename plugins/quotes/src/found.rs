//! What was found, and how it leaves: as a value of its own, or lent to a writer.

use std::borrow::Cow;
use std::marker::PhantomData;

use khabar_core::kinds::{Indirect, Quote, QuoteRef, Speech, Term};
use khabar_extractor::{Doc, ExtractError, Output, Span, Value};
use memchr::memchr2;
use serde::{Deserialize, Serialize, Serializer};

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
#[derive(Clone, Copy)]
pub(crate) struct Finds<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) found: &'a [Found],
    pub(crate) mentions: &'a [Mention],
    pub(crate) sources: &'a Sources,
}

impl<'a> Finds<'a> {
    /// Hands everything to a writer.
    pub(crate) fn push(&self, out: &mut Output<'_>) -> Result<(), ExtractError> {
        let mut chain = Vec::new();
        for found in self.found {
            let (span, confidence) = (found.span, found.confidence);
            if found.sort == Sort::Term {
                out.push(span, confidence, &Term {})?;
                continue;
            }
            self.lend(&found.said, &mut chain, |quote, id| match found.sort {
                Sort::Indirect => out.push(span, confidence, &As::<Indirect> { quote, id, kind: PhantomData }),
                _ => out.push(span, confidence, &As::<Speech> { quote, id, kind: PhantomData }),
            })?;
        }
        Ok(())
    }

    /// Everything as values of their own.
    pub(crate) fn owned(&self) -> impl Iterator<Item = (Span, f32, Quotation)> + use<'a> {
        let this = *self;
        self.found.iter().map(move |found| {
            let quote = || this.lend(&found.said, &mut Vec::new(), |quote, id| Quote::from(with_id(quote, id)));
            let quotation = match found.sort {
                Sort::Speech => Quotation::Speech(quote()),
                Sort::Term => Quotation::Term,
                Sort::Indirect => Quotation::Indirect(quote()),
            };
            (found.span, found.confidence, quotation)
        })
    }

    /// Hands on who said it, and the speaker's id as it stands in the entity's value where it can be copied.
    fn lend<T>(&self, said: &Said, chain: &mut Vec<Span>, f: impl FnOnce(QuoteRef<'_>, Option<&[u8]>) -> T) -> T {
        chain.clear();
        for range in said.sources {
            for source in self.sources.of(range) {
                if may_join(self.doc.text, chain, *source) {
                    chain.push(*source);
                }
            }
        }
        let entity = said.mention.and_then(|at| self.mentions.get(at)).map(|mention| mention.value(self.doc));
        let plain = entity.and_then(plain_id);
        let id = entity.filter(|_| plain.is_none()).and_then(any_id);
        f(QuoteRef { speaker: said.speaker, speaker_id: id.as_deref(), cue: said.cue, source: chain }, plain)
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
fn any_id(value: &[u8]) -> Option<Cow<'_, str>> {
    let entity: Named<'_> = serde_json::from_slice(value).ok()?;
    Some(entity.holder.unwrap_or(entity.id))
}

/// The same as it stands in a value as [`khabar_core::kinds::EntityRef`] writes it, if no string of it is escaped.
fn plain_id(value: &[u8]) -> Option<&[u8]> {
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
    (rest == b"}").then_some(id)
}

/// A quotation with the id of its speaker, as [`plain_id`] gives it, if it does.
fn with_id<'a>(quote: QuoteRef<'a>, plain: Option<&'a [u8]>) -> QuoteRef<'a> {
    let id = plain.and_then(|id| std::str::from_utf8(id).ok());
    QuoteRef { speaker_id: id.or(quote.speaker_id), ..quote }
}

/// A lent quotation as a value of the kind of `V`, which it is written like.
struct As<'a, V> {
    quote: QuoteRef<'a>,
    /// The id of its speaker, if it can be copied.
    id: Option<&'a [u8]>,
    kind: PhantomData<V>,
}

impl<V> Serialize for As<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        with_id(self.quote, self.id).serialize(serializer)
    }
}

impl<V: Value> Value for As<'_, V> {
    const KIND: &'static str = V::KIND;
    const HAS_SPANS: bool = V::HAS_SPANS;

    fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        match self.id {
            Some(id) => self.quote.write_json_with_id(id, out),
            None => self.quote.write_json(out)?,
        }
        Ok(())
    }

    fn list_spans(&self, out: &mut Vec<Span>) -> bool {
        self.quote.list_spans(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_values_of_any_form() {
        for (value, id, is_plain) in [
            (r#"{"id":"Q1","name":"بوتين"}"#, Some("Q1"), true),
            (r#"{"id":"title:x","name":"الرئيس","holder":"Q1"}"#, Some("Q1"), true),
            (r#"{"id":"a\\b","name":"x"}"#, Some("a\\b"), false),
            (r#"{ "name": "x", "id": "Q1" }"#, Some("Q1"), false),
            (r#"{"id":"Q1","name":"x","holder":null}"#, Some("Q1"), false),
            (r#"{"id":"Q1","name":"x","more":1}"#, Some("Q1"), false),
            (r#"{"name":"x"}"#, None, false),
            ("", None, false),
        ] {
            let plain = plain_id(value.as_bytes()).and_then(|id| std::str::from_utf8(id).ok());
            assert_eq!(plain, id.filter(|_| is_plain), "{value}");
            assert_eq!(any_id(value.as_bytes()).as_deref(), id, "{value}");
        }
    }
}
