//! Joins the mentions of a run into entities: one row per entity, whatever its spelling.
//!
//! Mentions with the same id are one entity. A surname alone, in a document without the full name, belongs to the only
//! person with that surname in the run; if there are two, it stays separate. Memory grows with the number of entities, not
//! of mentions.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde::{Deserialize, Serialize};

/// The most spellings kept per entity; further ones are only counted as mentions.
const VARIANTS: usize = 32;

/// A mention, as the command's writer passes it on.
#[derive(Serialize, Deserialize)]
pub(crate) struct Mention<'a> {
    /// The type: `person`.
    #[serde(rename = "type")]
    pub(crate) kind: &'a str,
    /// The words of the text.
    pub(crate) text: String,
    /// The id of the entity.
    pub(crate) id: String,
    /// Its usual name.
    pub(crate) name: String,
    /// Whether the id is one of a known thing.
    pub(crate) linked: bool,
}

/// An entity of the run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Entity {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) name: String,
    /// Whether the id is one of a known thing, not a key of the name.
    pub(crate) linked: bool,
    /// Spellings, and how often each occurs.
    pub(crate) variants: BTreeMap<String, u64>,
    pub(crate) mentions: u64,
    pub(crate) documents: u64,
    /// The ids joined into this entity, its own included; empty if there is only one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) ids: Vec<String>,
    #[serde(skip)]
    last_document: u64,
}

/// Reads the output of the pipeline (lines of mentions, with an empty line after each document) and counts mentions.
#[derive(Default)]
pub(crate) struct Joiner {
    entities: HashMap<(String, String), Entity>,
    documents: u64,
    line: Vec<u8>,
}

impl Write for Joiner {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                let line = std::mem::take(&mut self.line);
                self.take(&line)?;
                self.line = line;
                self.line.clear();
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Joiner {
    fn take(&mut self, line: &[u8]) -> io::Result<()> {
        if line == b"\n" {
            self.documents += 1;
            return Ok(());
        }
        let mention: Mention<'_> = serde_json::from_slice(line)?;
        let key = (mention.kind.to_owned(), mention.id.clone());
        let entity = self.entities.entry(key).or_insert_with(|| Entity {
            id: mention.id,
            kind: mention.kind.to_owned(),
            name: mention.name,
            linked: mention.linked,
            last_document: u64::MAX,
            ..Entity::default()
        });
        entity.mentions += 1;
        entity.documents += u64::from(entity.last_document != self.documents);
        entity.last_document = self.documents;
        if entity.variants.len() < VARIANTS || entity.variants.contains_key(&mention.text) {
            *entity.variants.entry(mention.text).or_default() += 1;
        }
        Ok(())
    }

    /// The entities, the most mentioned first.
    pub(crate) fn finish(self) -> Vec<Entity> {
        let mut entities: Vec<Entity> = self.entities.into_values().collect();
        entities.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        join_surnames(&mut entities);
        entities.iter_mut().filter(|entity| entity.kind == "title").for_each(name_by_usage);
        entities.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| (&a.kind, &a.id).cmp(&(&b.kind, &b.id))));
        entities
    }
}

/// Names a title by its most frequent spelling, since titles have no canonical name. Among equally frequent spellings the
/// longest wins, so that الرئيس الأمريكي is not called رئيسه.
fn name_by_usage(entity: &mut Entity) {
    let usual = entity.variants.iter().max_by_key(|(spelling, count)| (**count, spelling.len()));
    if let Some((spelling, _)) = usual {
        entity.name.clone_from(spelling);
    }
}

/// Adds the mentions of a bare surname to the only person with that surname.
fn join_surnames(entities: &mut Vec<Entity>) {
    let surname = |entity: &Entity| -> Option<(String, bool)> {
        let key = entity.id.strip_prefix("khabar:person/")?;
        Some(key.rsplit_once('.').map_or((key.to_owned(), true), |(_, last)| (last.to_owned(), false)))
    };
    let mut bearers: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, entity) in entities.iter().enumerate() {
        if let Some((surname, false)) = surname(entity) {
            bearers.entry(surname).or_default().push(at);
        }
    }
    let mut gone = vec![false; entities.len()];
    for at in 0..entities.len() {
        let Some((surname, true)) = surname(&entities[at]) else { continue };
        let Some([only]) = bearers.get(&surname).map(Vec::as_slice) else { continue };
        let alone = std::mem::take(&mut entities[at]);
        gone[at] = true;
        absorb(&mut entities[*only], alone);
    }
    let mut gone = gone.into_iter();
    entities.retain(|_| !gone.next().unwrap_or(false));
}

/// Adds the mentions of one entity to another. A document has either the full name or only the surname, so no document is
/// counted twice.
fn absorb(entity: &mut Entity, other: Entity) {
    if entity.ids.is_empty() {
        entity.ids.push(entity.id.clone());
    }
    entity.ids.push(other.id);
    entity.mentions += other.mentions;
    entity.documents += other.documents;
    for (variant, count) in other.variants {
        if entity.variants.len() < VARIANTS || entity.variants.contains_key(&variant) {
            *entity.variants.entry(variant).or_default() += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(documents: &[&[(&str, &str)]]) -> Vec<(String, u64, u64)> {
        let rows = entities("person", documents);
        rows.into_iter().map(|e| (e.id, e.mentions, e.documents)).collect()
    }

    fn entities(kind: &str, documents: &[&[(&str, &str)]]) -> Vec<Entity> {
        let mut joiner = Joiner::default();
        for document in documents {
            for (id, text) in *document {
                let mention =
                    Mention { kind, text: (*text).into(), id: (*id).into(), name: (*text).into(), linked: false };
                let line = serde_json::to_string(&mention).expect("JSON");
                // In two pieces, as buffers may cut it.
                let (first, second) = line.as_bytes().split_at(7);
                joiner.write_all(first).and_then(|()| joiner.write_all(second)).expect("written");
                joiner.write_all(b"\n").expect("written");
            }
            joiner.write_all(b"\n").expect("written");
        }
        joiner.finish()
    }

    #[test]
    fn a_title_is_called_as_it_is_most_often() {
        let of = |text| ("khabar:title/رئيس.Q30", text);
        let rows = entities("title", &[&[of("رئيسه"), of("الرئيس الأمريكي"), of("الرئيس الأمريكي"), of("رئيسه")]]);
        assert_eq!((rows.len(), rows[0].name.as_str()), (1, "الرئيس الأمريكي"));
    }

    #[test]
    fn a_surname_belongs_to_its_only_bearer() {
        let full = ("khabar:person/samir.khuri", "سمير خوري");
        let alone = ("khabar:person/khuri", "خوري");
        assert_eq!(joined(&[&[full, full], &[alone]]), [("khabar:person/samir.khuri".to_owned(), 3, 2)]);
        let other = ("khabar:person/nadia.khuri", "نادية خوري");
        assert_eq!(joined(&[&[full, full], &[alone], &[other]]).len(), 3, "two bearers: nobody can tell");
    }
}
