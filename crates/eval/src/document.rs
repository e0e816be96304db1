//! Documents with annotations, read from JSON Lines.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value as Json;
use thiserror::Error;

/// One document with its annotations, gold or found.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Document {
    /// Unique within its file; of two lines with the same id the later counts.
    pub id: String,
    /// The text; gold must have it.
    #[serde(default)]
    pub text: Option<String>,
    /// Gold only: the publication date given to extractors, ISO 8601. The date of an output is an object, not a string, and
    /// is not read.
    #[serde(default, deserialize_with = "text_or_none")]
    pub date: Option<String>,
    /// Gold only: the country given to extractors, ISO 3166.
    #[serde(default, deserialize_with = "text_or_none")]
    pub country: Option<String>,
    /// The unit of offsets; only `char`, Unicode scalar values, can be scored.
    #[serde(default)]
    pub offset_unit: Option<String>,
    /// Gold only: the kinds or layers that were annotated completely, the only ones scored; all, if empty.
    #[serde(default)]
    pub scope: Vec<String>,
    /// Gold only: kinds that are renamed on both sides before they are compared.
    #[serde(default)]
    pub same: BTreeMap<String, String>,
    /// The annotations; none, if the line says `null`.
    #[serde(default, deserialize_with = "none_is_empty")]
    pub annotations: Vec<Annotation>,
}

/// One annotation.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Annotation {
    /// Its kind, `layer.type`.
    pub kind: String,
    /// First character, counted from 0.
    pub start: usize,
    /// First character after it.
    pub end: usize,
    /// Its value, `null` if there is none.
    #[serde(default)]
    pub value: Json,
    /// Gold only: the annotation is optional, neither rewarded when found nor counted as missed.
    #[serde(default)]
    pub optional: bool,
}

fn none_is_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Annotation>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

fn text_or_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Json::deserialize(deserializer)? {
        Json::String(text) => Some(text),
        _ => None,
    })
}

/// Why a file cannot be scored.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A file cannot be read.
    #[error("{file}: {error}")]
    Io {
        /// The file.
        file: String,
        /// The reason.
        error: std::io::Error,
    },
    /// A document of gold has no text.
    #[error("{file}: document {document} has no text")]
    NoText {
        /// The file.
        file: String,
        /// The document's id.
        document: String,
    },
    /// A line is not a document.
    #[error("{file}:{line}: {reason}")]
    Line {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// Reads a file of JSON Lines; blank lines are skipped.
///
/// # Errors
/// If the file cannot be read or a line is not a document; the error names it.
pub fn read(path: impl AsRef<Path>) -> Result<Vec<Document>, EvalError> {
    let file = path.as_ref().display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| EvalError::Io { file: file.clone(), error })?;
    parse(&file, &text)
}

/// The number of sentences per document of a CoNLL file.
const SENTENCES: usize = 20;

/// Reads gold: JSON Lines, or CoNLL (`.conll`), of which every twenty sentences are a document.
///
/// # Errors
/// As [`read`]; and when a document has no text.
pub fn read_gold(path: impl AsRef<Path>) -> Result<Vec<Document>, EvalError> {
    let path = path.as_ref();
    let file = path.display().to_string();
    let documents = if path.extension().is_some_and(|extension| extension == "conll") {
        let text = std::fs::read_to_string(path).map_err(|error| EvalError::Io { file: file.clone(), error })?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        crate::parse_conll(&file, &name, &text, SENTENCES)?
    } else {
        read(path)?
    };
    match documents.iter().find(|document| document.text.is_none()) {
        Some(document) => Err(EvalError::NoText { file, document: document.id.clone() }),
        None => Ok(documents),
    }
}

/// Reads JSON Lines; `file` is their name in errors. Of two lines with the same id the later one counts, at the place of the
/// first.
///
/// # Errors
/// If a line is not a document, or its offsets do not count characters.
pub fn parse(file: &str, text: &str) -> Result<Vec<Document>, EvalError> {
    let mut documents: Vec<Document> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |reason: String| EvalError::Line { file: file.to_owned(), line: at + 1, reason };
        let document: Document = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        if let Some(unit) = document.offset_unit.as_deref().filter(|unit| *unit != "char") {
            return Err(wrong(format!("unsupported offset_unit {unit:?}: expected char")));
        }
        match known.get(&document.id) {
            Some(&place) => documents[place] = document,
            None => {
                known.insert(document.id.clone(), documents.len());
                documents.push(document);
            }
        }
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_leniently_and_refused_exactly() {
        let text = "{\"id\":\"a\",\"annotations\":null}\n\n{\"id\":\"b\",\"schema\":1,\"date\":{\"value\":null}}\n{\"id\":\"a\",\"text\":\"x\"}\n";
        let documents = parse("f", text).expect("documents");
        let shown: Vec<_> = documents.iter().map(|d| (d.id.as_str(), d.text.as_deref())).collect();
        assert_eq!(shown, [("a", Some("x")), ("b", None)]);
        let refused = |text: &str| parse("f", text).expect_err("refused").to_string();
        assert!(refused("{\"id\":\"a\"}\n{").starts_with("f:2: "));
        assert_eq!(
            refused("{\"id\":\"a\",\"offset_unit\":\"byte\"}"),
            "f:1: unsupported offset_unit \"byte\": expected char"
        );
    }
}
