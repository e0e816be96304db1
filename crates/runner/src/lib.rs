//! Runs khabar's extractors over a corpus: configuration, plan, sources, pipeline, writers.
//!
//! ```
//! use khabar_runner::{Config, Document, Plan, Worker};
//!
//! let plan = Plan::new(&Config::default(), &[], &[])?;
//! let mut worker = Worker::new(&plan);
//! let found = worker.annotate(Document { id: "a", text: "بنسبة 100%", ..Document::default() });
//! for annotation in found.annotations() {
//!     println!("{} {:?}", annotation.kind, annotation.span);
//! }
//! # Ok::<(), khabar_runner::ConfigError>(())
//! ```
//!
//! [`Worker`] annotates documents on one thread. [`pipeline::run`] annotates a corpus on all processors in bounded memory
//! and gives the same bytes for any number of them.
//!
//! **Invariant:** one bad document never ends a run, and no document is lost: a document that fails keeps its line.

#![forbid(unsafe_code)]

mod annotated;
mod batch;
pub mod builtin;
pub mod config;
mod document;
mod document_state;
mod error;
pub mod examples;
pub mod explain;
mod files;
mod limits;
pub mod pipeline;
pub mod plan;
pub mod schema;
mod shown;
mod sort_key;
pub mod source;
mod spans;
#[cfg(test)]
mod testing;
pub mod verify;
mod watch;
mod worker;
pub mod writer;

pub use annotated::{Annotated, Annotation};
pub use config::{Config, RunSettings, Setting};
pub use document::{Document, Extra, Issue, IssueCode};
pub use error::{ConfigError, RunError};
pub use files::{FileId, InputFiles};
pub use khabar_abi::{Library, Offer};
pub use khabar_arabic::Unit;
pub use khabar_extractor::Scratch;
pub use plan::Plan;
pub use shown::{shown, shown_lines};
pub use source::{BadDateFormat, DateFormat, Encoding, Given, InputFormat, Inputs, PathProblem};
pub use worker::Worker;
pub use writer::Writer;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
