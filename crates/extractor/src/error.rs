//! Why an extractor failed on a document, or could not be created.

use khabar_core::LayerError;
use thiserror::Error;

/// An extractor failed on a document, or could not be created. Analysis never fails because of the text: an unusual text
/// gives fewer annotations, not an error.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExtractError {
    /// The configuration is invalid; the message names the key and the reason.
    #[error("configuration: {0}")]
    Config(String),
    /// The run was cancelled while the extractor worked.
    #[error("cancelled")]
    Cancelled,
    /// A value's kind is not among `Plugin::PROVIDES`.
    #[error("undeclared kind {0}: the extractor does not list it in PROVIDES")]
    UndeclaredKind(&'static str),
    /// A value of another extractor cannot be read as the requested type.
    #[error("cannot read input of kind {kind}: {reason}")]
    Input {
        /// The annotation's kind.
        kind: String,
        /// What the parser says.
        reason: String,
    },
    /// The layer refused an annotation.
    #[error(transparent)]
    Layer(#[from] LayerError),
    /// The extractor panicked: the message and the place in its source. The worker's state is discarded.
    #[error("panicked: {0}")]
    Panicked(String),
    /// The result of a loaded extractor breaks the rules of the C interface.
    #[error("refused: {0}")]
    Refused(String),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}
