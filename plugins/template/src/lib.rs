//! News agencies in Arabic text: who a report comes from.
//!
//! ```
//! let text = "ونقلت رويترز عن مسؤول";
//! let found: Vec<_> = khabar_template::find_iter(text).map(|(span, agency)| (span.of(text), agency.id)).collect();
//! assert_eq!(found, [(Some("رويترز"), "reuters".to_owned())]);
//! ```
//!
//! What it knows is data (`data/agencies.toml`), how it finds it is [`Lexicon`], what khabar sees of it is
//! [`Template`], a [`Plugin`]. This library knows nothing of shared libraries: `dylib/` makes
//! one of it.

#![forbid(unsafe_code)]

mod lexicon;
mod plugin;

use khabar_arabic::Analysis;
use khabar_core::Span;
use khabar_extractor::{Doc, Plugin};

pub use lexicon::{Agency, Entry, Lexicon};
pub use plugin::{Config, Template};

/// The agencies that a text names, in order, with the default configuration.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, Agency)> + use<> {
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    // A test sees to it that the word list can be read.
    let template = Template::create(Config::default()).ok();
    template.map(|template| template.find(&Doc::new("", text, &analysis))).unwrap_or_default().into_iter()
}
