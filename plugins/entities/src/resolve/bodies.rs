//! Bodies of one country: الحكومة القطرية is حكومة قطر; وزارة النفط in the same document as وزارة النفط العراقية, and الوزارة
//! behind it, are that ministry.

use std::collections::HashMap;

use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, ExtractError};

use super::Namer;
use crate::kind::Kind;
use crate::lexicon::TriggerFlag;
use crate::mention::Mention;

/// Joins the names of bodies that a country tells from others, whether it stands there as its name, as its nisba, or not at
/// all because the document has said it.
pub(super) fn join(
    namer: &Namer<'_, '_>,
    mentions: &[Mention],
    identities: &mut [Entity<'_>],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let is_body = |m: &Mention| m.kind == Kind::Org;
    // The name without its country → the body, or none if the document has several.
    let mut of_country: HashMap<String, Option<usize>> = HashMap::new();
    for (step, at) in (0..mentions.len()).filter(|at| is_body(&mentions[*at])).enumerate() {
        cancel.check_at(step)?;
        let Some((name, country)) = split(namer, mentions, identities, at) else { continue };
        if !identities[at].linked {
            identities[at].id = [&name, ".", &country].concat().into();
        }
        let body = of_country.entry(name).or_insert(Some(at));
        if body.is_some_and(|before| identities[before].id != identities[at].id) {
            *body = None;
        }
    }
    // The head of a name → the last body with more than that.
    let mut last: HashMap<String, usize> = HashMap::new();
    for (step, at) in (0..mentions.len()).filter(|at| is_body(&mentions[*at])).enumerate() {
        cancel.check_at(step)?;
        let m = &mentions[at];
        let head = namer.key_of_words(m, m.start + 1);
        let flags = namer.segments[m.start as usize].known.flags;
        let body = if identities[at].linked {
            None
        } else if m.is_one_word() && flags.contains(TriggerFlag::Bare) && flags.contains(TriggerFlag::Definite) {
            last.get(&head).copied()
        } else if flags.contains(TriggerFlag::Team) && flags.contains(TriggerFlag::Definite) {
            // المنتخب, المنتخب الوطني.
            of_country.get(&head).copied().flatten().filter(|_| m.end <= m.start + 2 && !is_split(mentions, at))
        } else {
            of_country.get(identities[at].id.as_ref()).copied().flatten()
        };
        if let Some(body) = body {
            identities[at] = identities[body].clone();
        }
        if !m.is_one_word() {
            last.insert(head, at);
        }
    }
    Ok(())
}

/// The country that a body's name ends with.
fn country(mentions: &[Mention], at: usize) -> Option<(usize, &Mention)> {
    let body = &mentions[at];
    let inside = (at + 1..mentions.len()).zip(&mentions[at + 1..]).take_while(|(_, m)| m.start < body.end);
    let mut ends = inside.filter(|(_, m)| body.start < m.start && m.end == body.end);
    ends.find(|(_, m)| matches!(m.kind, Kind::Norp | Kind::Gpe))
}

fn is_split(mentions: &[Mention], at: usize) -> bool {
    country(mentions, at).is_some()
}

/// The key of a body's name without the country that it ends with, and the id of the country.
fn split(
    namer: &Namer<'_, '_>,
    mentions: &[Mention],
    identities: &[Entity<'_>],
    at: usize,
) -> Option<(String, String)> {
    let (inner, place) = country(mentions, at)?;
    let country = &identities[inner];
    let id = country.linked.then(|| country.id.trim_start_matches("norp.").to_owned())?;
    Some((namer.key_of_words(&mentions[at], place.start), id))
}
