//! Numbers in Arabic text, with exact values: cardinals and ordinals in words and digits, fractions, percentages,
//! money, quantities, ranges, scores, ratios.
//!
//! ```
//! use khabar_numbers::{Number, find_iter, parse};
//!
//! let text = "بلغ عدد المشاركين ثلاثمئة وخمسة وعشرين";
//! let (span, number) = find_iter(text).next().expect("a number");
//! assert_eq!(span.of(text), Some("ثلاثمئة وخمسة وعشرين"));
//! assert_eq!(number.value().map(|n| n.to_string()).as_deref(), Some("325"));
//! assert!(matches!(parse("3.5 مليون"), Some(Number::Cardinal(n)) if n.value == Some(3_500_000.into())));
//! ```
//!
//! | stage | what it does |
//! | --- | --- |
//! | `lexicon` | what `data/*.toml` says: number words, measures, words around numbers |
//! | `grammar` | number words and digits that stand together are a number; what only looks like one is none |
//! | `number_expr` | a number between grammar and meaning |
//! | `resolve` | what a number counts, how it is hedged, how two are related |
//! | `emit` | the steps in their order, and the values that are given out |
//!
//! **Invariant:** nothing here depends on a date, and every value is exact.

#![forbid(unsafe_code)]

mod api;
mod config;
mod emit;
mod grammar;
mod lexicon;
mod number;
mod number_expr;
mod plugin;
mod resolve;
mod spell;
mod tagged_doc;

pub use api::{Numbers, find_iter, parse};
pub use config::Config;
pub use grammar::Separators;
pub use lexicon::{Case, Gender};
pub use number::Number;
pub use spell::spell;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
