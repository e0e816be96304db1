//! Why an extractor could not do a document, or could not be made.

use khabar_core::LayerError;
use thiserror::Error;

/// "This document could not be done." Analysis never fails on text as such: a strange text gives fewer annotations,
/// not an error.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The configuration cannot be used; says which key and why.
    #[error("configuration: {0}")]
    Config(String),
    /// The run was cancelled while the extractor worked.
    #[error("cancelled")]
    Cancelled,
    /// A value's kind is not among `Plugin::PROVIDES`.
    #[error("undeclared kind {0}: the extractor does not list it in PROVIDES")]
    UndeclaredKind(&'static str),
    /// A value of another extractor cannot be read as the type asked for.
    #[error("cannot read input of kind {kind}: {reason}")]
    Input {
        /// The annotation's kind.
        kind: String,
        /// What the parser says.
        reason: String,
    },
    /// The layer refuses an annotation.
    #[error(transparent)]
    Layer(#[from] LayerError),
    /// The extractor panicked: the message and the place in its source. Its worker's state is thrown away.
    #[error("panicked: {0}")]
    Panicked(String),
    /// What a loaded extractor gave back breaks the rules of the C interface.
    #[error("refused: {0}")]
    Refused(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}
