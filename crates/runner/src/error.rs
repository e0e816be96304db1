//! Why a run cannot begin, or cannot go on.

use std::path::PathBuf;

use thiserror::Error;

use crate::config::Snippet;

/// A configuration that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Something in the file.
    #[error("{0}")]
    File(Snippet),
    /// Something about an extractor that no file lists.
    #[error("{0}")]
    Extractor(String),
    /// A setting of the command line.
    #[error("--set {setting}: {reason}")]
    Setting {
        /// The setting as it was written.
        setting: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A kind or layer that was asked for and that nobody gives.
    #[error("--only {scope}: unknown kind or layer; this run has {known}")]
    Only {
        /// What was asked for.
        scope: String,
        /// The kinds that there are.
        known: String,
    },
    /// Extractors that require each other.
    #[error("extractors require each other: {0}")]
    Cycle(String),
}

/// Why a run ended early.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RunError {
    /// An extractor did not come back, and did not heed that it was cancelled.
    #[error("extractor {extractor} does not respond on document {document}: the run was stopped")]
    Hang {
        /// The extractor.
        extractor: String,
        /// The id of the document.
        document: String,
    },
    /// The output cannot be written.
    #[error("output: {0}")]
    Output(#[from] std::io::Error),
    /// Whoever asked for the run wants it to end.
    #[error("interrupted")]
    Interrupted,
    /// A thread of the run ended without having been asked to: a fault in khabar itself.
    #[error("internal error: a thread of the run ended early")]
    Thread,
}
