//! Identity: which mentions are one thing, and what it is called.
//!
//! An id depends on the document, the register and the configuration alone: a Wikidata id where the register has one,
//! else a key of the name that all its spellings share.

mod people;
mod skeleton;
mod titles;

use std::borrow::Cow;

use khabar_core::kinds::{Entity, EntityRef};
use khabar_extractor::Doc;
use serde::Serialize;

use crate::find::Work;
use crate::lexicon::{Lexicon, Roles};
use crate::mention::Mention;
use crate::units::{self, Unit};
pub(crate) use skeleton::push_key;

/// What [`Entity`] says of a mention, lent from the lexicon and the text where it can be; it is written the same.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Identity<'a> {
    id: Cow<'a, str>,
    name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<Cow<'a, str>>,
}

impl Identity<'_> {
    pub(crate) fn lend(&self) -> EntityRef<'_> {
        EntityRef { id: &self.id, name: &self.name, holder: self.holder.as_deref() }
    }
}

impl From<Identity<'_>> for Entity {
    fn from(identity: Identity<'_>) -> Self {
        Self {
            id: identity.id.into_owned(),
            name: identity.name.into_owned(),
            holder: identity.holder.map(Cow::into_owned),
        }
    }
}

/// The identity of every mention of `work`, in order.
pub(crate) fn resolve<'a>(doc: &Doc<'a>, lexicon: &'a Lexicon, work: &mut Work) -> Vec<Identity<'a>> {
    titles::find_holders(doc, &work.units, &mut work.mentions);
    let namer = Namer { doc, lexicon, units: &work.units };
    let mut identities: Vec<Identity<'a>> = work.mentions.iter().map(|mention| namer.plain(mention)).collect();
    people::join_surnames(&namer, &work.mentions, &mut identities);
    titles::name_offices(&namer, &work.mentions, &mut identities);
    identities
}

/// Makes ids and names.
struct Namer<'n, 'a> {
    doc: &'n Doc<'a>,
    lexicon: &'a Lexicon,
    units: &'n [Unit],
}

impl<'a> Namer<'_, 'a> {
    /// The identity of a mention by its own words.
    fn plain(&self, mention: &Mention) -> Identity<'a> {
        if let Some(entry) = mention.entry {
            return self.known(entry);
        }
        let key = self.key(mention);
        match self.lexicon.keys.get(&key) {
            Some(entry) => self.known(*entry),
            None => Identity { id: key.into(), name: self.surface(mention), holder: None },
        }
    }

    fn known(&self, entry: u32) -> Identity<'a> {
        let entry = &self.lexicon.entries[entry as usize];
        Identity { id: Cow::Borrowed(&entry.id), name: Cow::Borrowed(&entry.name), holder: None }
    }

    fn key(&self, mention: &Mention) -> String {
        let mut key = String::with_capacity(48);
        key.extend([mention.kind.name(), ":"]);
        let from = key.len();
        for at in mention.start..mention.end {
            let unit = &self.units[at as usize];
            let word = units::folded(self.doc, unit);
            let word = if at == mention.start { word.get(mention.skip.into()..).unwrap_or(word) } else { word };
            if !has_letters(word) {
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

    /// The text of a mention, its words apart by one space each.
    fn surface(&self, mention: &Mention) -> Cow<'a, str> {
        let text = mention.span.of(self.doc.text).unwrap_or_default();
        let clean = text.split(' ').all(|word| !word.is_empty() && !word.contains(char::is_whitespace));
        if clean {
            return Cow::Borrowed(text);
        }
        let mut surface = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !surface.is_empty() {
                surface.push(' ');
            }
            surface.push_str(word);
        }
        Cow::Owned(surface)
    }
}

/// Whether a word is more than marks; Unicode's tables are asked last.
fn has_letters(word: &str) -> bool {
    word.chars().any(|c| matches!(c, 'ء'..='غ' | 'ف'..='ي') || c.is_alphanumeric())
}
