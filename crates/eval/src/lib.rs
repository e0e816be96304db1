//! Scores annotations against gold: precision, recall and F1 of exact spans, and how many values agree.
//!
//! Gold and output are JSON Lines, one document per line: `{"id", "annotations": [{"kind", "start", "end", "value"?}]}`,
//! with offsets in Unicode scalar values over the same text. `khabar annotate` writes this form. A gold line also has
//! `text`, and may have `scope` and `same`, see [`Document`].
//!
//! ```
//! use khabar_eval::{Options, parse, score};
//!
//! let gold = parse("gold", r#"{"id":"a","text":"بنسبة 100%","annotations":[
//!     {"kind":"number.percent","start":6,"end":10,"value":{"value":"100"}}]}"#.replace('\n', "").as_str())?;
//! let found = parse("found", r#"{"id":"a","annotations":[
//!     {"kind":"number.percent","start":6,"end":10,"value":{"value":"100.0"}},
//!     {"kind":"number.cardinal","start":6,"end":9,"value":{"value":"100"}}]}"#.replace('\n', "").as_str())?;
//! let report = score(&gold, &found, &Options::default());
//! let percent = report.row("number.percent").unwrap();
//! assert_eq!((percent.counts.f1(), percent.counts.value_accuracy()), (1.0, Some(1.0)));
//! assert_eq!(report.differences[0].to_string(), r#"extra  a number.cardinal 6..9 "100" {"value":"100"}"#);
//! # Ok::<(), khabar_eval::EvalError>(())
//! ```
//!
//! **Invariant:** this crate compares files of annotations; it depends on no other crate of khabar and annotates nothing.

#![forbid(unsafe_code)]

mod conll;
mod document;
mod mistakes;
mod quotes;
mod report;
mod score;
mod value;

pub use conll::parse_conll;
pub use document::{Annotation, Document, EvalError, parse, read, read_gold};
pub use mistakes::{Confused, Confusion, Mistake};
pub use quotes::{QuoteFigures, score_quotes};
pub use report::{Counts, Difference, Fault, Report, Row};
pub use score::{Options, score};
pub use value::agrees;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
