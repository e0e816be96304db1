//! Output formats.

mod brat;
mod conll;
mod conllu;
mod csv;
mod displacy;
mod document_dates;
mod flat;
mod folder;
mod html;
mod json;
pub(crate) mod jsonl;
mod pieces;
mod quotations;
#[cfg(test)]
mod read_back;
#[cfg(test)]
mod round_trips;
mod summary;
mod table;
mod timex3;
mod webanno;

use khabar_extractor::Scratch;

use crate::Annotated;
use crate::limits::WRITTEN_AROUND;

pub use brat::Brat;
pub use conll::Conll;
pub use conllu::Conllu;
pub use csv::Csv;
pub use displacy::Displacy;
pub use document_dates::DocumentDates;
pub use folder::{FolderNotice, FolderOutput, InFolder};
pub use html::Html;
pub use json::Json;
pub use jsonl::{Jsonl, unit_name};
pub use quotations::{Quotations, RowForm};
pub use table::{Bidi, Table};
pub use timex3::Timex3;
pub use webanno::Webanno;

/// Constant text around documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Before all documents.
    pub begin: &'static str,
    /// Between two documents.
    pub between: &'static str,
    /// After all documents.
    pub end: &'static str,
}

impl Frame {
    /// An array of JSON.
    pub const ARRAY: Self = Self { begin: "[\n", between: ",\n", end: "\n]\n" };
}

/// An output format. Documents are written on many threads and joined in order.
pub trait Writer: Send + Sync {
    /// The extension of files in this format.
    fn extension(&self) -> &'static str;
    /// Text around documents; by default nothing.
    fn frame(&self) -> Frame {
        Frame::default()
    }
    /// Appends the text before all documents.
    fn begin(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.frame().begin.as_bytes());
    }
    /// Appends a document. State that the writer keeps between documents is in `scratch`.
    fn document(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>);
    /// Estimates how many bytes it adds around the text and value of an annotation: kind, source, offsets and their names,
    /// and what it repeats of the document. This bounds the output of a document.
    fn around(&self, _id: &str) -> usize {
        WRITTEN_AROUND
    }
    /// The text between two documents.
    fn between(&self) -> &'static [u8] {
        self.frame().between.as_bytes()
    }
    /// Appends the text after all documents.
    fn end(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.frame().end.as_bytes());
    }
    /// Whether a document's text is written to a file beside it.
    fn text_beside(&self) -> bool {
        false
    }
    /// A file of one document.
    fn file(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
        self.begin(out);
        self.document(doc, scratch, out);
        self.end(out);
    }
}
