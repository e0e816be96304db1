//! Dates, times, durations and sets in Arabic text as TIMEX3, and the date of the document.

#![forbid(unsafe_code)]

mod calendar;
mod dates;
mod figures;
mod grammar;
mod lexicon;
mod point;
mod reference;
mod resolve;
mod tense;
mod text;
mod timex;

pub use dates::{Config, Dates};
pub use reference::{Direction, Reference};
