//! Namesakes: عمان is Oman beside the sultan and Amman beside the king of Jordan, by the spelling, the document's country and the
//! company that it keeps.

use std::collections::HashSet;

use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, ExtractError};

use super::Namer;
use crate::mention::Mention;

/// The sign that doubles a letter: `عمّان`.
const SHADDA: char = '\u{651}';
/// The sign of u: `عُمان`.
const DAMMA: char = '\u{64f}';

/// Which place a name means that a city has as well as a country. Where nothing tells, it is a key of the name.
pub(super) fn tell(
    namer: &Namer<'_, '_>,
    mentions: &[Mention],
    identities: &mut [Entity<'_>],
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let mut named = (0..mentions.len()).filter(|at| is_namesake(namer, &mentions[*at])).peekable();
    if named.peek().is_none() {
        return Ok(());
    }
    let named: Vec<usize> = named.collect();
    let others = (0..mentions.len()).filter(|at| named.binary_search(at).is_err());
    let company: HashSet<String> = others.map(|at| without_norp(&identities[at].id).to_owned()).collect();
    for (step, &at) in named.iter().enumerate() {
        cancel.check_at(step)?;
        let Some(thing) = mentions[at].thing else { continue };
        let Some(namesake) = namer.lexicon.namesake(thing) else { continue };
        let country = &namer.lexicon.things[thing as usize];
        let text = mentions[at].span.of(namer.doc.text).unwrap_or_default();
        let city = if text.contains(SHADDA) {
            Some(true)
        } else if text.contains(DAMMA) {
            Some(false)
        } else {
            match (company.contains(&namesake.of), company.contains(&country.id)) {
                (true, false) => Some(true),
                (false, true) => Some(false),
                _ if namer.doc.country.is_some_and(|country| country.code() == namesake.code) => Some(true),
                _ => None,
            }
        };
        match city {
            Some(false) => {}
            Some(true) => {
                let city = &namer.lexicon.things[namesake.thing as usize];
                identities[at].id = city.id.clone().into();
                identities[at].name = city.name.clone().into();
            }
            None => {
                identities[at].id = namer.key_of_words(&mentions[at], mentions[at].end).into();
                identities[at].name = text.to_owned().into();
                identities[at].linked = false;
            }
        }
    }
    Ok(())
}

/// The id of the country that a people's id is of, or the id itself.
fn without_norp(id: &str) -> &str {
    id.strip_prefix("norp.").unwrap_or(id)
}

/// A mention of one word whose name a city has as well.
fn is_namesake(namer: &Namer<'_, '_>, mention: &Mention) -> bool {
    mention.is_one_word() && mention.thing.is_some_and(|thing| namer.lexicon.namesake(thing).is_some())
}
