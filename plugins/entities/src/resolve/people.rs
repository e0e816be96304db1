//! Surnames that stand for people whom the document names in full.

use khabar_arabic::hash;
use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, ExtractError};

use super::Namer;
use crate::kind::Kind;
use crate::mention::Mention;
use crate::segments;

/// A person whom the document names in full, by the key of the last word of the name.
struct Named {
    /// A range of the buffer of keys.
    key: (usize, usize),
    /// The mention.
    at: usize,
}

/// A surname alone is the person of that surname last named in full, else the first who will be.
pub(super) fn join_surnames(
    namer: &Namer<'_, '_>,
    mentions: &[Mention],
    identities: &mut [Entity<'_>],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let alone = |m: &Mention| m.kind == Kind::Person && m.end == m.start + 1 && m.thing.is_none();
    if !mentions.iter().any(alone) {
        return Ok(());
    }
    let mut keys = String::new();
    let mut people: Vec<Named> = Vec::new();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == Kind::Person && !alone(m)) {
        cancel.check_at(people.len())?;
        let from = keys.len();
        push_last_word(namer, mention, &mut keys);
        people.push(Named { key: (from, keys.len()), at });
    }
    people.sort_by(|a, b| keys[a.key.0..a.key.1].cmp(&keys[b.key.0..b.key.1]));
    cancel.check()?;
    let mut wanted = String::new();
    for (step, (at, mention)) in mentions.iter().enumerate().filter(|(_, m)| alone(m)).enumerate() {
        cancel.check_at(step)?;
        wanted.clear();
        push_last_word(namer, mention, &mut wanted);
        let key = |named: &Named| &keys[named.key.0..named.key.1];
        let from = people.partition_point(|named| key(named) < wanted.as_str());
        let to = people.partition_point(|named| key(named) <= wanted.as_str());
        let named = &people[from..to];
        let before = named.partition_point(|named| named.at < at).checked_sub(1);
        if let Some(person) = named.get(before.unwrap_or(0)) {
            identities[at] = identities[person.at].clone();
        }
    }
    Ok(())
}

fn push_last_word(namer: &Namer<'_, '_>, mention: &Mention, key: &mut String) {
    let skip = if mention.end == mention.start + 1 { mention.skip.into() } else { 0 };
    let segment = &namer.segments[mention.end as usize - 1];
    let word = segments::folded(namer.doc, segment);
    let rest = if skip == 0 { None } else { word.get(skip..) };
    namer.lexicon.name_keys.push(rest.unwrap_or(word), rest.map_or(segment.hash, hash), key);
}
