//! Identity: which mentions are one thing, and what it is called.
//!
//! An id depends on the document, the register and the configuration alone: a Wikidata id where the register has one,
//! else a key of the name that all its spellings share.

mod bodies;
mod namesakes;
mod people;
mod titles;

use std::borrow::Cow;

use khabar_arabic::hash;
use khabar_core::kinds::Entity;
use khabar_extractor::{Cancel, Doc, ExtractError};
use khabar_lexicon::clitics::push_article_restored;
use khabar_lexicon::spelling::is_letter;

use crate::kind::Kind;
use crate::lexicon::{Lexicon, TriggerFlag};
use crate::mention::Mention;
use crate::segments::{self, Segment};

/// Bytes of one letter.
const LETTER: usize = 2;

/// Keys of a document's names, one behind the other: a buffer that identities are lent from.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    text: String,
    of: Vec<Key>,
}

/// What a mention's own words say of which thing it is.
#[derive(Clone, Copy, Debug)]
enum Key {
    /// An entry of the lexicon.
    Known(u32),
    /// A stretch of the text of all keys.
    New(usize, usize),
    /// The same, which is the id of a thing of the register of the world, whose usual name this is.
    World(usize, usize, &'static str),
}

/// The identity of every mention, in order, unless it is cancelled.
pub(crate) fn resolve<'a>(
    doc: &Doc<'a>,
    lexicon: &'a Lexicon,
    segments: &[Segment],
    mentions: &mut [Mention],
    keys: &'a mut Keys,
    cancel: Cancel<'_>,
) -> Result<Vec<Entity<'a>>, ExtractError> {
    titles::find_holders(doc, segments, mentions);
    let namer = Namer { doc, lexicon, segments };
    keys.text.clear();
    keys.of.clear();
    keys.of.reserve(mentions.len());
    for (step, mention) in mentions.iter().enumerate() {
        cancel.check_at(step)?;
        let key = namer.key(mention, &mut keys.text);
        keys.of.push(key);
    }
    let keys: &'a Keys = keys;
    let identities = mentions.iter().zip(&keys.of).map(|(mention, key)| namer.plain(mention, *key, &keys.text));
    let mut identities: Vec<Entity<'a>> = identities.collect();
    cancel.check()?;
    namesakes::tell(&namer, mentions, &mut identities, cancel)?;
    people::join_surnames(&namer, mentions, &mut identities, cancel)?;
    bodies::join(&namer, mentions, &mut identities, cancel)?;
    titles::name_offices(&namer, mentions, &mut identities, cancel)?;
    Ok(identities)
}

/// Makes ids and names.
struct Namer<'n, 'a> {
    doc: &'n Doc<'a>,
    lexicon: &'a Lexicon,
    segments: &'n [Segment],
}

impl<'a> Namer<'_, 'a> {
    /// The identity of a mention by its own words.
    fn plain(&self, mention: &Mention, key: Key, keys: &'a str) -> Entity<'a> {
        let (id, name) = match key {
            Key::Known(entry) => {
                let thing = &self.lexicon.things[entry as usize];
                (thing.id.as_str(), Cow::Borrowed(thing.name.as_str()))
            }
            Key::New(from, to) => (&keys[from..to], self.surface(mention)),
            Key::World(from, to, name) => (&keys[from..to], Cow::Borrowed(name)),
        };
        Entity::new(id, name)
    }

    /// The key of a mention: that of a known thing, or one that is appended to `keys`.
    fn key(&self, mention: &Mention, keys: &mut String) -> Key {
        let start = keys.len();
        if let Some(thing) = mention.thing {
            match self.lexicon.world_thing(thing, keys) {
                None => return Key::Known(thing),
                Some((name, true)) => return Key::World(start, keys.len(), name),
                Some((_, false)) => {}
            }
        }
        self.push_words(mention, mention.end, keys);
        match self.lexicon.keys.get(&keys[start..]) {
            Some(entry) => {
                keys.truncate(start);
                Key::Known(*entry)
            }
            None => Key::New(start, keys.len()),
        }
    }

    /// The key of the words of a mention up to one of them.
    fn key_of_words(&self, mention: &Mention, end: u32) -> String {
        let mut key = String::new();
        self.push_words(mention, end, &mut key);
        key
    }

    /// An initial between the given name and the surname, which a person's name may have or lack: جون إف. كينيدي.
    fn is_inner_initial(&self, mention: &Mention, at: u32) -> bool {
        let is_initial = |at: u32| {
            let segment = &self.segments[at as usize];
            let is_letter = segment.known.has(TriggerFlag::Initial) || segment.len() == LETTER;
            is_letter && !segment.known.has(TriggerFlag::Kin)
        };
        mention.kind == Kind::Person
            && mention.start < at
            && at + 1 < mention.end
            && is_initial(at)
            && !is_initial(mention.end - 1)
    }

    fn push_words(&self, mention: &Mention, end: u32, keys: &mut String) {
        mention.kind.push_key(keys);
        let from = keys.len();
        for at in mention.start..end {
            let segment = &self.segments[at as usize];
            let whole = segments::folded(self.doc, segment);
            let rest = if at == mention.start && mention.skip != 0 { whole.get(mention.skip.into()..) } else { None };
            let word = rest.unwrap_or(whole);
            if !has_letters(word) || self.is_inner_initial(mention, at) {
                continue;
            }
            if from < keys.len() {
                keys.push('.');
            }
            if at == mention.start && mention.skip != 0 && segment.known.has(TriggerFlag::Cut) {
                // للرئاسة: the article lost its alef.
                let mut restored = String::new();
                push_article_restored(word, &mut restored);
                self.lexicon.name_keys.push(&restored, hash(&restored), keys);
            } else {
                self.lexicon.name_keys.push(word, rest.map_or(segment.hash, hash), keys);
            }
        }
    }

    /// The text of a mention, its words apart by one space each.
    fn surface(&self, mention: &Mention) -> Cow<'a, str> {
        let text = mention.span.of(self.doc.text).unwrap_or_default();
        // Within a word there is none.
        if mention.start + 1 == mention.end || is_clean(text) {
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

/// Whether the words of a text stand apart by one space each. Of what is neither ASCII nor Arabic, which may be white space
/// of other sorts, that is not known.
fn is_clean(text: &str) -> bool {
    let mut before = b' ';
    let single = text.bytes().all(|byte| {
        let word = matches!(byte, b'!'..=b'~' | 0x80..=0xbf | 0xd8..=0xdb);
        let apart = byte == b' ' && before != b' ';
        before = byte;
        word || apart
    });
    single && before != b' '
}

/// Whether a word is more than marks; Unicode's tables are asked last.
fn has_letters(word: &str) -> bool {
    word.chars().any(|c| is_letter(c) || c.is_alphanumeric())
}
