//! Identity: which mentions are one thing, and what it is called.
//!
//! An id depends on the document, the register and the configuration alone: a Wikidata id where the register has one,
//! else a key of the name that all its spellings share.

mod skeleton;
mod titles;

use std::collections::HashMap;

use khabar_core::kinds::Entity;
use khabar_extractor::Doc;

use crate::find::Work;
use crate::kind::Kind;
use crate::lexicon::{Lexicon, Roles};
use crate::mention::Mention;
use crate::units::{self, Unit};
pub(crate) use skeleton::push_key;

/// The identity of every mention of `work`, in order.
pub(crate) fn resolve(doc: &Doc<'_>, lexicon: &Lexicon, work: &mut Work, entities: &mut Vec<Entity>) {
    entities.clear();
    titles::find_holders(doc, &work.units, &mut work.mentions);
    let namer = Namer { doc, lexicon, units: &work.units };
    let people = namer.people(&work.mentions);
    for mention in &work.mentions {
        entities.push(match mention.kind {
            Kind::Person => namer.person(mention, &people),
            _ => namer.plain(mention),
        });
    }
    titles::name_offices(&namer, &work.mentions, entities);
}

/// Makes ids and names.
struct Namer<'a> {
    doc: &'a Doc<'a>,
    lexicon: &'a Lexicon,
    units: &'a [Unit],
}

/// The people whom a document names in full: the key of the last word of their name, and who they are.
type People = HashMap<String, Vec<(u32, Entity)>>;

impl Namer<'_> {
    fn key(&self, mention: &Mention) -> String {
        let mut key = format!("{}:", mention.kind.name());
        let from = key.len();
        for at in mention.start..mention.end {
            let unit = &self.units[at as usize];
            let word = units::folded(self.doc, unit);
            let word = if at == mention.start { word.get(mention.skip.into()..).unwrap_or(word) } else { word };
            if !word.chars().any(char::is_alphanumeric) {
                continue;
            }
            if from < key.len() {
                key.push('.');
            }
            if at == mention.start && mention.skip != 0 && unit.word.has(Roles::CUT) {
                // للرئاسة: the article lost its alef.
                push_key(self.lexicon, &["ا", word].concat(), &mut key);
            } else {
                push_key(self.lexicon, word, &mut key);
            }
        }
        key
    }

    fn known(&self, entry: u32) -> Entity {
        let entry = &self.lexicon.entries[entry as usize];
        let id = if entry.id.is_empty() { self.lexicon.key_of(entry) } else { entry.id.clone() };
        Entity { id, name: entry.name.clone(), holder: None }
    }

    fn surface(&self, mention: &Mention) -> String {
        mention.span.of(self.doc.text).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn plain(&self, mention: &Mention) -> Entity {
        if let Some(entry) = mention.entry {
            return self.known(entry);
        }
        let key = self.key(mention);
        match self.lexicon.keys.get(&key) {
            Some(entry) => self.known(*entry),
            None => Entity { id: key, name: self.surface(mention), holder: None },
        }
    }

    fn last_word(&self, mention: &Mention) -> String {
        let mut key = String::new();
        let skip = if mention.end == mention.start + 1 { mention.skip.into() } else { 0 };
        let word = units::folded(self.doc, &self.units[mention.end as usize - 1]);
        push_key(self.lexicon, word.get(skip..).unwrap_or(word), &mut key);
        key
    }

    fn people(&self, mentions: &[Mention]) -> People {
        let mut people = People::new();
        for mention in mentions.iter().filter(|m| m.kind == Kind::Person && (m.start + 1 < m.end || m.entry.is_some()))
        {
            people.entry(self.last_word(mention)).or_default().push((mention.start, self.plain(mention)));
        }
        people
    }

    /// A surname alone is the person of that surname last named in full, else the first who will be.
    fn person(&self, mention: &Mention, people: &People) -> Entity {
        let own = self.plain(mention);
        if mention.end != mention.start + 1 || mention.entry.is_some() {
            return own;
        }
        let Some(named) = people.get(&self.last_word(mention)) else { return own };
        let before = named.iter().rev().find(|(at, _)| *at < mention.start);
        before.or(named.first()).map_or(own, |(_, person)| person.clone())
    }
}
