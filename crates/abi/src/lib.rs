//! The C interface between khabar and its plugins: [`export!`] on one side, [`Library`] on the other.
//!
//! A plugin is a [`Plugin`](khabar_extractor::Plugin), in a library of its own that knows nothing of C. A second crate,
//! whose only crate type is `cdylib`, makes a shared library of it with one line. Both in one:
//!
//! ```
//! use khabar_extractor::{Doc, ExtractError, Extractor, Output, Plugin, Scratch, Value};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize)]
//! struct Ticker<'a> { symbol: &'a str }
//! impl Value for Ticker<'_> { const KIND: &'static str = "acme.ticker"; }
//!
//! #[derive(Default, Deserialize)]
//! #[serde(default, deny_unknown_fields)]
//! struct Config { symbols: Vec<String> }
//!
//! struct Tickers { symbols: Vec<String> }
//! impl Extractor for Tickers {
//!     fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
//!         for (i, token) in doc.tokens.iter().enumerate().filter(|(i, _)| self.symbols.iter().any(|s| s == doc.surface(*i))) {
//!             out.push(token.span(), 1.0, &Ticker { symbol: doc.surface(i) })?;
//!         }
//!         Ok(())
//!     }
//! }
//! impl Plugin for Tickers {
//!     const NAME: &'static str = "acme.tickers";
//!     const VERSION: &'static str = "0.1.0";
//!     const PROVIDES: &'static [&'static str] = &["acme.ticker"];
//!     type Config = Config;
//!     fn create(config: Config) -> Result<Self, ExtractError> { Ok(Self { symbols: config.symbols }) }
//! }
//!
//! khabar_abi::export!(Tickers);
//! # fn main() {}
//! ```
//!
//! A host opens the file and gets an ordinary [`Extractor`](khabar_extractor::Extractor):
//!
//! ```no_run
//! let library = khabar_abi::Library::open("libacme_tickers_plugin.so")?;
//! let (info, extractor) = library.create("acme.tickers", &serde_json::json!({"symbols": ["ARAMCO"]}))?;
//! # Ok::<(), khabar_abi::LoadError>(())
//! ```
//!
//! # Three rules
//! 1. Every pointer is a loan that ends when the call returns. Both sides copy what they keep.
//! 2. Nothing allocated on one side is freed on the other. Handles of extractors and workers go back to the library
//!    that made them.
//! 3. No call unwinds. A panic is caught on the side where it happens ([`contain`]), and crosses as a status with a
//!    message.
//!
//! # What the host relies on, and what it checks
//! A library is code in this process: it can crash it, and nothing here can prevent that. Everything that a library declares
//! is checked before it is used: the header before any function is called, descriptions, and every span, kind, confidence
//! and value of a layer. One invalid record refuses the layer. A panic costs the worker's state, not the run. A plugin that
//! pushes annotations or checks for cancellation stops when it is cancelled; others are left to the runner's timeout.
//!
//! # Evolution
//! A library exports one data symbol, `KHABAR_PLUGIN`, of type [`PluginDecl`](layout::PluginDecl), so that a host reads
//! version and size before it runs anything.
//! - Frozen within a major version: [`Header`](layout::Header), [`Loan`](layout::Loan), [`Status`](layout::Status)'s
//!   numbers, [`RawInput`](layout::RawInput), [`RawSink`](layout::RawSink), [`Record`](khabar_core::Record),
//!   [`Token`](khabar_core::Token), [`Span`](khabar_core::Span), [`Split`](khabar_core::Split), and the meaning of a
//!   token's hash and folded form, which lexicons rely on.
//! - A minor version appends: fields to [`RawDoc`](layout::RawDoc) and [`PluginDecl`](layout::PluginDecl), which begin
//!   with their size, keys to the JSON of descriptions and of [`RawDoc::meta`](layout::RawDoc::meta), classes and flags
//!   of tokens. A reader uses a field only when the size covers it, and ignores keys, classes and flags that it does not
//!   know. Old plugins run in new hosts and new plugins in old hosts.
//! - Anything else is a new major version, and the other major is refused with both numbers.
//!
//! **Invariant:** the only `unsafe` code of khabar is here, each block with its reason.

pub mod layout;

mod error;
mod host;
mod offer;
mod panic;
#[doc(hidden)]
pub mod plugin;
mod remote;

pub use error::LoadError;
pub use host::Library;
pub use offer::{Offer, OfferedExample};
pub use panic::{Panic, contain};
