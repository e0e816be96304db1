//! The mentions of entities, as another extractor found them.

use khabar_extractor::{Cancel, Doc, ExtractError, Span};

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

impl MentionKind {
    /// The kind of the entity layer's records of a kind.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "entity.person" => Self::Person,
            "entity.title" => Self::Title,
            "entity.org" => Self::Org,
            "entity.fac" => Self::Fac,
            "entity.gpe" => Self::Gpe,
            "entity.norp" => Self::Norp,
            "entity.event" | "entity.product" | "entity.loc" => Self::Name,
            _ => return None,
        })
    }
}

/// An entity of the document, with the place of its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    pub(crate) kind: MentionKind,
    pub(crate) confidence: f32,
    input: u32,
    at: u32,
    len: u32,
}

impl Mention {
    /// Whether it is a name, not an office or a nationality.
    #[inline]
    pub(crate) fn is_name(&self) -> bool {
        (self.kind != MentionKind::Title) & (self.kind != MentionKind::Norp)
    }

    /// The entity's value in JSON.
    pub(crate) fn value<'a>(&self, doc: &Doc<'a>) -> &'a [u8] {
        let heap = doc.inputs.get(self.input as usize).map(|input| input.heap).unwrap_or_default();
        heap.get(self.at as usize..self.at.saturating_add(self.len) as usize).unwrap_or_default()
    }
}

/// The mentions of a document, and what names of kinds meant when they were last read.
#[derive(Debug, Default)]
pub(crate) struct Mentions {
    /// Sorted by start, longest first.
    pub(crate) found: Vec<Mention>,
    /// The names of the kinds of the last layer, with what they are: as a rule those of the next.
    known: Vec<(String, Option<MentionKind>)>,
}

impl Mentions {
    /// Reads the entities of all input layers, unless it is cancelled.
    pub(crate) fn read(&mut self, doc: &Doc<'_>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        self.found.clear();
        // Start and end from behind: a layer is sorted by them as a rule.
        let (mut last, mut is_sorted) = (0, true);
        for (index, input) in doc.inputs.iter().enumerate() {
            let known = self.known.iter().zip(input.kinds).all(|((known, _), name)| is_same(known, name));
            if !known || self.known.len() != input.kinds.len() {
                self.known.clear();
                self.known.extend(input.kinds.iter().map(|name| ((*name).to_owned(), MentionKind::named(name))));
            }
            for (step, record) in input.records.iter().enumerate() {
                cancel.check_at(step)?;
                if let Some((_, Some(kind))) = self.known.get(record.kind as usize) {
                    let place = u64::from(record.start) << 32 | u64::from(!record.end);
                    // Kinds over the same words stand in the order of the layer's kinds, which may be another.
                    is_sorted &= last < place;
                    last = place;
                    self.found.push(Mention {
                        span: record.span(),
                        kind: *kind,
                        confidence: record.confidence,
                        input: index as u32,
                        at: record.value_at,
                        len: record.value_len,
                    });
                }
            }
        }
        if !is_sorted {
            self.found.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.kind));
        }
        Ok(())
    }
}

/// Whether two names are the same; a call for each would take longer, since most have eight to sixteen letters.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let ends = |name: &[u8]| Some((*name.first_chunk::<8>()?, *name.last_chunk::<8>()?));
    one.len() == other.len()
        && match (one.len(), ends(one), ends(other)) {
            (8..=16, Some(one), Some(other)) => one == other,
            _ => one == other,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let names =
            ["", "entity", "acme.one", "acme.two", "entity.person", "entity.parson", "entity.products.of.others"];
        for (one, other) in names.iter().flat_map(|one| names.map(|other| (*one, other))) {
            assert_eq!(is_same(one, other), one == other, "{one} {other}");
        }
        // A difference in the middle, in neither of the first and last eight of more than sixteen letters.
        assert!(
            !is_same("entity.a0123456789", "entity.a1123456789") && !is_same("12345678a12345678", "12345678b12345678")
        );
    }
}
