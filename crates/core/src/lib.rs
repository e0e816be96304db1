//! The core types of khabar: what every other crate agrees on.
//!
//! An extractor reads a document and writes a [`Layer`]: [`Record`]s that point into the **original** text by byte
//! offsets ([`Span`]), each with a value in JSON. The *vocabulary* of values is open, since any crate may implement
//! [`Value`]; the *encoding* is one; the form in memory is the form on the wire, so that a layer crosses the C
//! interface of a plugin in two copies.
//!
//! ```
//! use khabar_core::{Layer, Span, Value, kinds::Percent};
//!
//! let mut layer = Layer::default();
//! let value = Percent::new(100);
//! layer.push(Span::new(5, 9), 0, 1.0, &value)?;
//! assert_eq!(Percent::KIND, "number.percent");
//! assert_eq!(layer.value(&layer.records()[0]), br#"{"value":"100"}"#);
//! # Ok::<(), khabar_core::LayerError>(())
//! ```
//!
//! **Invariant:** no input or output, no threads, no Arabic, no C.

#![forbid(unsafe_code)]

mod date;
pub mod kinds;
mod layer;
mod record;
mod span;
mod text;
mod token;
mod token_sets;

pub use date::{Country, DocDate, ParseCountryError, ParseDateError};
pub use layer::{Layer, LayerError, Value};
pub use record::Record;
pub use span::Span;
pub use text::ParseValueError;
pub use token::{Split, Token, TokenClass, TokenFlags};
/// For khabar's own crates: sets of 64 tokens, by which passes over whole documents are made fast. May change at any time.
#[doc(hidden)]
pub use token_sets::{TokenSets, members};

/// Exact decimal numbers, as values hold them: never a float.
pub use rust_decimal::Decimal;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
