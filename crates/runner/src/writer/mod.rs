//! Forms of output.

mod html;
mod jsonl;

use khabar_extractor::Scratch;

use crate::Annotated;

pub use html::Html;
pub use jsonl::{Jsonl, unit_name};

/// A form of output. Documents are written on many threads and joined in order.
pub trait Writer: Send + Sync {
    /// What stands before all documents.
    fn begin(&self, _out: &mut Vec<u8>) {}
    /// Appends a document. What the writer keeps between documents lives in `scratch`.
    fn document(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>);
    /// What stands between two documents.
    fn between(&self) -> &'static [u8] {
        b""
    }
    /// What stands after all documents.
    fn end(&self, _out: &mut Vec<u8>) {}
}
