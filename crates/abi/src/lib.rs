//! The C interface between khabar and its plugins: [`export!`] on one side, [`Library`] on the other.
//!
//! A plugin author needs one line, in a crate whose only crate type is `cdylib`:
//!
//! ```ignore
//! khabar_abi::export!(acme_tickers::Tickers);
//! ```
//!
//! # Three rules
//! 1. Every pointer is a loan that ends when the call returns.
//! 2. Nothing allocated on one side is freed on the other.
//! 3. No call unwinds.

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
