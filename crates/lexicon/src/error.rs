//! What is wrong with a word list.

use khabar_extractor::ExtractError;
use thiserror::Error;

/// A word list cannot be used: where and why.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column}: {reason}")]
#[non_exhaustive]
pub struct LexiconError {
    /// The file, as [`LexiconFile::file`](khabar_extractor::LexiconFile::file) names it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong, and what is expected.
    pub reason: String,
}

impl LexiconError {
    /// An error at a byte of a file's text.
    pub(crate) fn at(file: &str, text: &str, byte: usize, reason: impl Into<String>) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            reason: reason.into(),
        }
    }
}

impl From<LexiconError> for ExtractError {
    fn from(error: LexiconError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<&LexiconError> for ExtractError {
    fn from(error: &LexiconError) -> Self {
        Self::Other(error.to_string())
    }
}
