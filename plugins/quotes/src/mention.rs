//! The mentions of entities, as another extractor found them.

use std::borrow::Cow;
use std::cmp::Reverse;

use khabar_core::Value;
use khabar_core::kinds::{Event, Fac, Gpe, Loc, Norp, Org, Person, Product, Title};
use khabar_extractor::{Cancel, Doc, ExtractError, Input, Span};
use serde::Deserialize;

/// Kinds of entities, in the order in which they are taken for a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MentionKind {
    Person,
    Title,
    Org,
    Fac,
    Gpe,
    Norp,
    Name,
}

/// An entity of the document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'a> {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    pub(crate) confidence: f32,
    entity: Input<'a, Identity<'a>>,
}

/// What is read of an entity.
#[derive(Deserialize)]
struct Identity<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    /// Of a title.
    holder: Option<String>,
}

impl Mention<'_> {
    /// Whether it is a name, not an office or a nationality.
    #[inline]
    pub(crate) fn is_name(&self) -> bool {
        (self.kind != MentionKind::Title) & (self.kind != MentionKind::Norp)
    }

    /// The id of the entity; of a title, that of its holder where it is known.
    pub(crate) fn id(&self) -> Option<String> {
        let Identity { id, holder } = self.entity.value().ok()?;
        Some(holder.unwrap_or_else(|| id.into_owned()))
    }
}

/// The mentions of a document by start, longest first, those of one span by kind; unless it is cancelled.
pub(crate) fn read<'a>(doc: &Doc<'a>, cancel: Cancel<'_>) -> Result<Vec<Mention<'a>>, ExtractError> {
    let mut found = Vec::with_capacity(doc.layers.iter().map(|layer| layer.records.len()).sum());
    add::<Person>(doc, MentionKind::Person, &mut found, cancel)?;
    add::<Title>(doc, MentionKind::Title, &mut found, cancel)?;
    add::<Org>(doc, MentionKind::Org, &mut found, cancel)?;
    add::<Fac>(doc, MentionKind::Fac, &mut found, cancel)?;
    add::<Gpe>(doc, MentionKind::Gpe, &mut found, cancel)?;
    add::<Norp>(doc, MentionKind::Norp, &mut found, cancel)?;
    add::<Loc>(doc, MentionKind::Name, &mut found, cancel)?;
    add::<Event>(doc, MentionKind::Name, &mut found, cancel)?;
    add::<Product>(doc, MentionKind::Name, &mut found, cancel)?;
    found.sort_by_key(|mention| (mention.span.start, Reverse(mention.span.end), mention.kind));
    Ok(found)
}

fn add<'a, V: Value>(
    doc: &Doc<'a>,
    kind: MentionKind,
    found: &mut Vec<Mention<'a>>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    for (step, input) in doc.inputs::<V>().enumerate() {
        cancel.check_at(step)?;
        found.push(Mention { span: input.span(), kind, confidence: input.confidence(), entity: input.cast() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_extractor::{InputLayer, Record};

    /// The mentions of a layer of one record for each place and kind, all with one value.
    fn with_mentions<T>(places: &[(u32, u32, u32)], heap: &str, f: impl FnOnce(&[Mention<'_>]) -> T) -> T {
        let record = |&(start, end, kind): &(u32, u32, u32)| Record {
            start,
            end,
            kind,
            value_len: heap.len() as u32,
            ..Record::default()
        };
        let records: Vec<Record> = places.iter().map(record).collect();
        let kinds = [Gpe::KIND, Person::KIND, "entity.misc", Title::KIND];
        let layers = [InputLayer { kinds: &kinds, records: &records, heap: heap.as_bytes() }];
        let mut doc = Doc::default();
        doc.layers = &layers;
        f(&read(&doc, Cancel::NEVER).expect("nobody cancels it"))
    }

    #[test]
    fn mentions_come_by_place_then_kind() {
        let places = [(0, 9, 0), (0, 9, 1), (0, 4, 0), (2, 4, 2), (3, 4, 3)];
        let order = with_mentions(&places, "{}", |mentions| {
            mentions.iter().map(|mention| (mention.span.start, mention.span.end, mention.kind)).collect::<Vec<_>>()
        });
        use MentionKind::{Gpe, Person, Title};
        assert_eq!(order, [(0, 9, Person), (0, 9, Gpe), (0, 4, Gpe), (3, 4, Title)]);
    }

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
            let read = with_mentions(&[(0, 1, 1)], value, |mentions| mentions[0].id());
            assert_eq!(read.as_deref(), id, "{value}");
        }
    }
}
