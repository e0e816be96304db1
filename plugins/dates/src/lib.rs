//! Dates, times, durations and sets in Arabic text as TIMEX3, and the date of the document.

#![forbid(unsafe_code)]

mod calendar;
mod dates;
mod document;
mod figures;
mod grammar;
mod lexicon;
mod point;
mod reference;
mod resolve;
mod tense;
mod text;
mod timex;
mod typed;
mod walk;

pub use dates::{Calendar, Config, Dates, Found, WeekStart};
pub use reference::{Direction, Reference};
pub use typed::{find_iter, infer_document_date, resolve};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
