//! The interface of extractors: a trait with one method, and a [`Plugin`] that names an extractor and creates it from a
//! configuration.
//!
//! ```
//! use khabar_extractor::{Doc, ExtractError, Extractor, Output, Plugin, Scratch, Value};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize)]
//! struct Ticker { symbol: String }
//! impl Value for Ticker { const KIND: &'static str = "acme.ticker"; }
//!
//! #[derive(Default, Deserialize)]
//! #[serde(default, deny_unknown_fields)]
//! struct Config { symbols: Vec<String> }
//!
//! struct Tickers { symbols: Vec<String> }
//! impl Extractor for Tickers {
//!     fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
//!         for (i, token) in doc.tokens.iter().enumerate() {
//!             if self.symbols.iter().any(|s| s == doc.surface(i)) {
//!                 out.push(token.span(), 1.0, &Ticker { symbol: doc.surface(i).into() })?;
//!             }
//!         }
//!         Ok(())
//!     }
//! }
//! impl Plugin for Tickers {
//!     const NAME: &'static str = "acme.tickers";
//!     const VERSION: &'static str = "0.1.0";
//!     const PROVIDES: &'static [&'static str] = &[Ticker::KIND];
//!     type Config = Config;
//!     fn create(config: Config) -> Result<Self, ExtractError> { Ok(Self { symbols: config.symbols }) }
//! }
//! ```
//!
//! With the feature `conformance`, `conformance()` tests what a plugin promises, and `testing` runs suites of marked text on
//! any of its faces (typed, static, over C).
//!
//! **Invariant:** this crate annotates nothing and starts no thread.

#![forbid(unsafe_code)]

mod cancel;
#[cfg(feature = "conformance")]
mod conformance;
mod doc;
mod error;
mod input;
pub mod marked;
mod output;
mod plugin;
mod rules;
mod scratch;
#[cfg(feature = "conformance")]
pub mod testing;

pub use cancel::Cancel;
#[cfg(feature = "conformance")]
pub use conformance::{conformance, conformance_after};
pub use doc::Doc;
pub use error::ExtractError;
pub use input::{Input, InputLayer};
/// For khabar's own crates: see [`Doc::set`]. May change at any time.
#[doc(hidden)]
pub use khabar_core::TokenSets;
pub use khabar_core::{Country, DocDate, Layer, LayerError, Record, Span, Split, Token, TokenClass, TokenFlags, Value};
pub use output::Output;
pub use plugin::{Evidence, Example, Extractor, Info, LexiconFile, Plugin, Reason, configure};
pub use rules::{DisabledRules, RuleInfo};
pub use scratch::Scratch;
