//! People, titles, organisations and places in Arabic text.
//!
//! ```
//! use khabar_entities::Kind;
//!
//! let text = "وصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت";
//! let found: Vec<_> = khabar_entities::find_iter(text).map(|m| (m.kind, m.span.of(text).unwrap_or_default())).collect();
//! assert_eq!(found, [
//!     (Kind::Title, "الرئيس الفرنسي"),
//!     (Kind::Norp, "الفرنسي"),
//!     (Kind::Person, "إيمانويل ماكرون"),
//!     (Kind::Gpe, "بيروت"),
//! ]);
//! ```
//!
//! | stage | what it does |
//! | --- | --- |
//! | `segments` | the words of a document, glued ones apart, with what the `lexicon` knows of each |
//! | `crf`, `modelled` | labels by a statistical model, and the mentions that they make |
//! | `grammar` | known and quoted names, titles, organisations, places, events, peoples: rules with names |
//! | `merge` | which mentions stay |
//! | `resolve` | which mentions are one thing, what it is called, and who holds which office |
//! | `emit` | annotations |
//!
//! Every mention gets an id that all mentions of one thing share. [`Entities`] is the extractor.

#![forbid(unsafe_code)]

mod amend;
mod api;
mod confidence;
mod config;
#[doc(hidden)]
pub mod crf;
mod document;
mod emit;
mod find;
mod grammar;
mod kind;
mod lexicon;
mod mention;
mod merge;
mod modelled;
mod name_key;
mod pieces;
mod plugin;
pub mod register;
mod resolve;
mod segments;

pub use api::{Entities, Mention, find_iter};
pub use config::{Config, Scheme};
pub use kind::Kind;
pub use lexicon::RegisterEntry;
