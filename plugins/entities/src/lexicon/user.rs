//! Entries of the user: a register in a file of its own, dictionaries in the configuration.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use khabar_arabic::fold;
use serde::Deserialize;
use thiserror::Error;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dictionary {
    pub(crate) entries: Vec<RegisterEntry>,
}

/// A register or dictionary that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// The file cannot be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The file is no register.
    #[error("{}:{line}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// The form of a register file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Register {
    #[serde(default)]
    entity: Vec<toml::Spanned<RegisterEntry>>,
}

impl Dictionary {
    /// Reads a register: a TOML file of `[[entity]]` tables. An empty file is an empty register.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, has unknown keys, an empty name or one of more than 400 letters, or gives
    /// one name to two entities.
    pub fn read(path: &Path) -> Result<Self, LexiconError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| LexiconError::Unreadable { path: path.to_owned(), reason: error.to_string() })?;
        let malformed = |at: usize, reason: String| LexiconError::Malformed {
            path: path.to_owned(),
            line: text[..at.min(text.len())].matches('\n').count() + 1,
            reason,
        };
        let register: Register = toml::from_str(&text)
            .map_err(|error| malformed(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
        let mut checker = Checker::default();
        for entry in &register.entity {
            checker.check(entry.get_ref()).map_err(|reason| malformed(entry.span().start, reason))?;
        }
        Ok(Self { entries: register.entity.into_iter().map(toml::Spanned::into_inner).collect() })
    }

    /// Adds the entries of a configuration; they win over those that are there.
    ///
    /// # Errors
    /// What is wrong with which entry.
    pub fn add(&mut self, entries: &[RegisterEntry]) -> Result<(), String> {
        let mut checker = Checker::default();
        for (at, entry) in entries.iter().enumerate() {
            checker.check(entry).map_err(|reason| format!("dictionary: entry {}: {reason}", at + 1))?;
        }
        self.entries.extend_from_slice(entries);
        Ok(())
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
