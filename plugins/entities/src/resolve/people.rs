//! Surnames that stand for people whom the document names in full.

use std::collections::HashMap;

use khabar_arabic::hash;
use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, ExtractError};

use super::Namer;
use crate::kind::Kind;
use crate::lexicon::TriggerFlag;
use crate::mention::Mention;
use crate::segments;

/// Fewest words of a name before the family: محمد بن زايد.
const FEWEST: u32 = 3;

/// A person whom the document names in full, by the key of the last words of the name.
struct Named {
    /// A range of the buffer of keys.
    key: (usize, usize),
    /// The mention.
    at: usize,
}

/// A surname alone is the person of that surname last named in full, else the first who will be. So is what is one with the
/// word behind it: عبد الله, أبو زيد. A kunya in brackets behind a name is that person's.
pub(super) fn join_surnames(
    namer: &Namer<'_, '_>,
    mentions: &[Mention],
    identities: &mut [Entity<'_>],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    join_families(namer, mentions, identities, cancel)?;
    let alone = |m: &Mention| m.kind == Kind::Person && m.thing.is_none() && is_short(namer, m);
    if !mentions.iter().any(alone) {
        return Ok(());
    }
    let mut keys = String::new();
    let mut people: Vec<Named> = Vec::new();
    let mut before: Option<(usize, &Mention)> = None;
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| m.kind == Kind::Person) {
        cancel.check_at(at)?;
        let mut note = |of: &Mention, start: u32, at: usize| {
            let from = keys.len();
            push_words(namer, of, start, &mut keys);
            people.push(Named { key: (from, keys.len()), at });
        };
        if alone(mention) {
            let bracket = namer.segments.get(mention.start as usize - usize::from(mention.start != 0));
            let is_gloss = |end: u32| {
                end + 1 == mention.start && bracket.is_some_and(|segment| segments::folded(namer.doc, segment) == "(")
            };
            if let Some((full, _)) = before.filter(|(_, of)| !mention.is_one_word() && is_gloss(of.end)) {
                note(mention, mention.start, full);
            }
            continue;
        }
        before = Some((at, mention));
        note(mention, mention.end - 1, at);
        if mention.start + 2 < mention.end && is_kin(namer, mention.end - 2) {
            note(mention, mention.end - 2, at);
        }
    }
    people.sort_by(|a, b| (&keys[a.key.0..a.key.1], a.at).cmp(&(&keys[b.key.0..b.key.1], b.at)));
    cancel.check()?;
    let mut wanted = String::new();
    for (step, (at, mention)) in mentions.iter().enumerate().filter(|(_, m)| alone(m)).enumerate() {
        cancel.check_at(step)?;
        wanted.clear();
        push_words(namer, mention, mention.start, &mut wanted);
        let key = |named: &Named| &keys[named.key.0..named.key.1];
        let from = people.partition_point(|named| key(named) < wanted.as_str());
        let to = people.partition_point(|named| key(named) <= wanted.as_str());
        let named = &people[from..to];
        let before = named.partition_point(|named| named.at < at).checked_sub(1);
        // عبد العزيز is a given name as well: another man's, before the full name is known.
        let first = mention.is_one_word().then_some(0);
        if let Some(person) = before.or(first).and_then(|at| named.get(at)) {
            identities[at] = identities[person.at].clone();
        }
    }
    Ok(())
}

/// محمد بن زايد is محمد بن زايد آل نهيان, if the document has one of that name with a family.
fn join_families(
    namer: &Namer<'_, '_>,
    mentions: &[Mention],
    identities: &mut [Entity<'_>],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    // The name without the family → who it is, or none if the document has several.
    let mut with_family: HashMap<String, Option<usize>> = HashMap::new();
    let unknown = |m: &&Mention| m.kind == Kind::Person && m.thing.is_none();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, m)| unknown(m)) {
        cancel.check_at(at)?;
        let family = mention.end.saturating_sub(2);
        if mention.start + FEWEST <= family && is_kin(namer, family) && is_kin(namer, mention.start + 1) {
            let person = with_family.entry(namer.key_of_words(mention, family)).or_insert(Some(at));
            if person.is_some_and(|before| identities[before].id != identities[at].id) {
                *person = None;
            }
        }
    }
    for (at, _) in mentions.iter().enumerate().filter(|(_, m)| unknown(m)) {
        cancel.check_at(at)?;
        if let Some(person) = with_family.get(identities[at].id.as_ref()).copied().flatten() {
            identities[at] = identities[person].clone();
        }
    }
    Ok(())
}

/// Whether a name is a surname or a kunya alone.
fn is_short(namer: &Namer<'_, '_>, mention: &Mention) -> bool {
    mention.is_one_word() || mention.end == mention.start + 2 && is_kin(namer, mention.start)
}

/// Whether a word is one with the word behind it.
fn is_kin(namer: &Namer<'_, '_>, at: u32) -> bool {
    namer.segments.get(at as usize).is_some_and(|segment| segment.known.has(TriggerFlag::Kin))
}

/// The key of the words of a mention from one on.
fn push_words(namer: &Namer<'_, '_>, mention: &Mention, start: u32, key: &mut String) {
    for at in start..mention.end {
        let skip = if at == mention.start { mention.skip.into() } else { 0 };
        let segment = &namer.segments[at as usize];
        let word = segments::folded(namer.doc, segment);
        let rest = if skip == 0 { None } else { word.get(skip..) };
        if start < at {
            key.push('.');
        }
        namer.lexicon.name_keys.push(rest.unwrap_or(word), rest.map_or(segment.hash, hash), key);
    }
}
