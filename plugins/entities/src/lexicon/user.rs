//! Entries of the user: a register in a file of its own, a dictionary in the configuration.

use std::collections::HashMap;
use std::path::Path;

use khabar_arabic::fold;
use khabar_extractor::ExtractError;
use serde::Deserialize;

use super::Origin;
use crate::kind::Kind;

/// Longest name that an entry may have, in letters: names of organisations come to about 100.
const LONGEST_NAME: usize = 400;

/// An entity that a user names: `{ id = "Q7747", type = "person", name = "…", variants = ["…"] }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterEntry {
    /// The entity's id; a key of the name when there is none.
    pub id: Option<String>,
    /// Its kind: `person`, `org`, `gpe`, …
    #[serde(rename = "type")]
    pub kind: Kind,
    /// Its usual full name.
    pub name: String,
    /// Other names and spellings of it.
    #[serde(default)]
    pub variants: Vec<String>,
}

/// The entries of a user, checked.
#[derive(Debug, Default)]
pub(crate) struct UserEntries {
    /// The path of the register, where there is one.
    path: String,
    /// Those of the register, with their lines.
    register: Vec<(u32, RegisterEntry)>,
    dictionary: Vec<RegisterEntry>,
}

/// An entry of a user, and where it stands.
pub(super) struct UserEntry<'a> {
    pub(super) entry: &'a RegisterEntry,
    pub(super) origin: Origin,
}

/// The form of a register file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    #[serde(default)]
    entity: Vec<toml::Spanned<RegisterEntry>>,
}

impl UserEntries {
    /// Reads a register: a TOML file of `[[entity]]` tables. An empty file is an empty register.
    ///
    /// # Errors
    /// [`ExtractError::Config`] with file and line: the file cannot be read, is not TOML, has unknown keys, an empty name or
    /// one of more than 400 letters, or gives one name to two entities.
    pub(crate) fn read_register(&mut self, path: &Path) -> Result<(), ExtractError> {
        self.path = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| ExtractError::Config(format!("{}: {error}", self.path)))?;
        let mut lines = Lines { text: &text, byte: 0, line: 1 };
        let malformed = |line: u32, reason: &str| ExtractError::Config(format!("{}:{line}: {reason}", self.path));
        let register: Register = toml::from_str(&text).map_err(|error| {
            let line = Lines { text: &text, byte: 0, line: 1 }.of(error.span().map_or(0, |span| span.start));
            malformed(line, error.message())
        })?;
        let mut checker = Checker::default();
        for entry in register.entity {
            let line = lines.of(entry.span().start);
            let entry = entry.into_inner();
            checker.check(&entry).map_err(|reason| malformed(line, &reason))?;
            self.register.push((line, entry));
        }
        Ok(())
    }

    /// Adds the entries of a configuration; they win over those of the register.
    ///
    /// # Errors
    /// [`ExtractError::Config`]: what is wrong with which entry.
    pub(crate) fn add_dictionary(&mut self, entries: &[RegisterEntry]) -> Result<(), ExtractError> {
        let mut checker = Checker::default();
        for (at, entry) in entries.iter().enumerate() {
            let refused = |reason: String| ExtractError::Config(format!("dictionary: entry {}: {reason}", at + 1));
            checker.check(entry).map_err(refused)?;
        }
        self.dictionary.extend_from_slice(entries);
        Ok(())
    }

    /// All of them, those that win last.
    pub(super) fn iter(&self) -> impl Iterator<Item = UserEntry<'_>> {
        let register = self.register.iter().map(|(line, entry)| UserEntry { entry, origin: Origin::Register(*line) });
        let dictionary = self.dictionary.iter().zip(0..);
        register.chain(dictionary.map(|(entry, at)| UserEntry { entry, origin: Origin::Dictionary(at) }))
    }

    /// The path of the register.
    pub(super) fn register(&self) -> String {
        self.path.clone()
    }
}

/// Lines of a text, asked for in its order.
struct Lines<'a> {
    text: &'a str,
    byte: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of a byte, from 1.
    fn of(&mut self, byte: usize) -> u32 {
        let passed = self.text.get(self.byte..byte).unwrap_or_default();
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count() as u32;
        self.byte = self.byte.max(byte);
        self.line
    }
}

/// Sees to it that names can be used and mean one thing.
#[derive(Default)]
struct Checker {
    names: HashMap<String, (Kind, Option<String>, String)>,
}

impl Checker {
    fn check(&mut self, entry: &RegisterEntry) -> Result<(), String> {
        for name in std::iter::once(&entry.name).chain(&entry.variants) {
            let letters = name.chars().count();
            if name.trim().is_empty() {
                return Err("a name is empty".into());
            }
            if LONGEST_NAME < letters {
                return Err(format!("a name has {letters} letters, at most {LONGEST_NAME} are possible"));
            }
            let mine = (entry.kind, entry.id.clone(), entry.name.clone());
            let key = fold(name).split_whitespace().collect::<Vec<_>>().join(" ");
            match self.names.get(&key) {
                Some(other) if *other != mine => {
                    return Err(format!(
                        "{name} is the name of two entities: {} ({}) and {} ({})",
                        other.2,
                        other.0.name(),
                        mine.2,
                        mine.0.name()
                    ));
                }
                _ => self.names.insert(key, mine),
            };
        }
        Ok(())
    }
}
