//! `quote.*`: who said what.

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::json::Object;

/// What quotations carry. The spans are in bytes here; writers convert them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The shortest name or noun phrase that says who speaks.
    pub speaker: Option<Span>,
    /// The entity id of the speaker, where the phrase is an entity or leads to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<String>,
    /// The verb or noun of saying (`قال`, `بحسب`).
    pub cue: Option<Span>,
    /// The chain by which the words came, outlet → agency, in order.
    #[serde(default)]
    pub source: Vec<Span>,
}

/// A [`Quote`] that is lent, for extractors that have its parts elsewhere; it is written the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct QuoteRef<'a> {
    /// See [`Quote::speaker`].
    pub speaker: Option<Span>,
    /// See [`Quote::speaker_id`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker_id: Option<&'a str>,
    /// See [`Quote::cue`].
    pub cue: Option<Span>,
    /// See [`Quote::source`].
    pub source: &'a [Span],
}

impl Quote {
    /// The same, lent.
    pub fn lend(&self) -> QuoteRef<'_> {
        let Self { speaker, speaker_id, cue, source } = self;
        QuoteRef { speaker: *speaker, speaker_id: speaker_id.as_deref(), cue: *cue, source }
    }
}

impl From<QuoteRef<'_>> for Quote {
    fn from(lent: QuoteRef<'_>) -> Self {
        let QuoteRef { speaker, speaker_id, cue, source } = lent;
        Self { speaker, speaker_id: speaker_id.map(str::to_owned), cue, source: source.to_vec() }
    }
}

impl QuoteRef<'_> {
    /// Appends it as JSON, byte for byte as [`Serialize`] gives it.
    ///
    /// # Errors
    /// None happen: strings can always be JSON.
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let mut object = Object::new(out);
        object.span("speaker", self.speaker);
        if let Some(id) = self.speaker_id {
            object.string("speaker_id", id)?;
        }
        self.write_rest(object);
        Ok(())
    }

    /// Appends it with an id that is copied as it stands in another JSON text, between the marks of its string, instead of
    /// [`QuoteRef::speaker_id`]: nothing is decoded.
    pub fn write_json_with_id(&self, id: &[u8], out: &mut Vec<u8>) {
        let mut object = Object::new(out);
        object.span("speaker", self.speaker);
        object.raw_string("speaker_id", id);
        self.write_rest(object);
    }

    #[inline(always)]
    fn write_rest(&self, mut object: Object<'_>) {
        object.span("cue", self.cue);
        object.spans("source", self.source);
        object.end();
    }

    /// Appends the spans that it holds, as [`Value::list_spans`](crate::Value::list_spans) does, and returns `true`.
    pub fn list_spans(&self, out: &mut Vec<Span>) -> bool {
        out.extend(self.speaker);
        out.extend(self.cue);
        out.extend_from_slice(self.source);
        true
    }
}

/// `quote.speech`: words between marks that somebody is reported to have said or written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Speech(pub Quote);

/// `quote.indirect`: what somebody is reported to have said without marks, after `أن`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Indirect(pub Quote);

/// `quote.term`: marks that only set off a name or term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {}

impl Term {
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        Object::new(out).end();
        Ok(())
    }
}

impl Speech {
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        self.0.lend().write_json(out)
    }

    pub(super) fn list(&self, out: &mut Vec<Span>) -> bool {
        self.0.lend().list_spans(out)
    }
}

impl Indirect {
    pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        self.0.lend().write_json(out)
    }

    pub(super) fn list(&self, out: &mut Vec<Span>) -> bool {
        self.0.lend().list_spans(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn quotations_are_written_as_serde_writes_them() {
        let (first, second) = (Span::new(0, 4_294_967_295), Span::new(7, 10));
        let named = Quote { speaker: Some(first), speaker_id: Some("Q1\"".to_owned()), ..Quote::default() };
        let handed_on = Quote { cue: Some(second), source: vec![first, second], ..Quote::default() };
        for quote in [Quote::default(), named, handed_on] {
            let (mut speech, mut indirect) = (Vec::new(), Vec::new());
            Speech(quote.clone()).write_json(&mut speech).expect("written");
            Indirect(quote.clone()).write_json(&mut indirect).expect("written");
            assert_eq!(String::from_utf8(speech.clone()).expect("UTF-8"), serde_json::to_string(&quote).expect("JSON"));
            assert_eq!(speech, indirect);
            assert_eq!(Quote::from(quote.lend()), quote);
            if let Some(id) = &quote.speaker_id {
                let (mut copied, id) = (Vec::new(), serde_json::to_string(id).expect("JSON"));
                quote.lend().write_json_with_id(&id.as_bytes()[1..id.len() - 1], &mut copied);
                assert_eq!(speech, copied);
            }
        }
    }
}
