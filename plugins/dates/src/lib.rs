//! Dates, times, durations and sets in Arabic text as TIMEX3, and the date of the document.
//!
//! Three steps, each in a module of its own: the *lexicon* tells by the hash that each token carries with which of them a
//! phrase may begin, and all other words are looked up where a rule asks for them; the *grammar* reads phrases off those
//! few, left to right, the longest first; *resolution* turns a phrase into a value by the document's date, the words of direction, the tense of the clause, the dates before
//! it and the day on which a quotation was said. What nothing fixes stays underspecified (`XXXX-WXX-5`), and what only
//! habit decides has a lower confidence and its other reading among the alternatives.
//!
//! Times are those of jiff's civil calendar; Hijri dates are by Umm al-Qura (icu_calendar), outside of 1300 to 1600 by
//! the tabular calendar with a lower confidence.

#![forbid(unsafe_code)]

mod api;
mod calendar;
mod config;
mod digit_groups;
mod document;
mod emit;
mod evidence;
mod finder;
mod grammar;
mod lexicon;
mod offices;
mod plugin;
mod point;
mod quote_tracker;
mod reference;
mod resolve;
mod tense;
mod text;
mod timex;
mod token_bit_set;
mod word;

pub use api::{Found, find_iter, infer_document_date, resolve};
pub use config::{Calendar, Config, Dates, WeekStart};
pub use reference::{Direction, Reference};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeIsTrue;
