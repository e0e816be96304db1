//! Errors of configurations and of runs.

use std::path::PathBuf;

use thiserror::Error;

use crate::config::Snippet;

/// Why a configuration cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's message.
        reason: String,
    },
    /// An error in the file.
    #[error("{0}")]
    File(Snippet),
    /// An error about an extractor that no file lists.
    #[error("{0}")]
    Extractor(String),
    /// An error in a setting of the command line.
    #[error("--set {setting}: {reason}")]
    Setting {
        /// The setting as it was written.
        setting: String,
        /// The reason.
        reason: String,
    },
    /// A requested kind or layer that no extractor provides.
    #[error("--only {scope}: unknown kind or layer; this run has {known}")]
    Only {
        /// The requested kind or layer.
        scope: String,
        /// The known kinds.
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
    /// An extractor did not return, even after it was cancelled.
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
    /// The run was interrupted.
    #[error("interrupted")]
    Interrupted,
    /// A thread of the run ended unexpectedly: an internal error of khabar.
    #[error("internal error: a thread of the run ended early")]
    Thread,
}
