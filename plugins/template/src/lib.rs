//! News agencies in Arabic text: who a report comes from.
//!
//! ```
//! let text = "ونقلت رويترز عن مسؤول";
//! let found: Vec<_> = khabar_template::find_iter(text).map(|(span, agency)| (span.of(text), &*agency.id)).collect();
//! assert_eq!(found, [(Some("رويترز"), "reuters")]);
//! ```
//!
//! What it knows is data (`data/agencies.toml`), how it finds it is [`Lexicon`], what khabar sees of it is
//! [`Template`], a [`Plugin`](khabar_extractor::Plugin). This library knows nothing of shared libraries: `dylib/` makes
//! one of it.

#![forbid(unsafe_code)]

mod lexicon;
mod plugin;

use std::sync::LazyLock;

use khabar_arabic::Analysis;
use khabar_core::Span;
use khabar_extractor::Doc;

pub use lexicon::{Agency, Entry, Lexicon};
pub use plugin::{Config, Template};

/// The agencies that a text names, in order, by the embedded lexicon.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, &'static Agency)> {
    // A test sees to it that the embedded data can be read.
    static LEXICON: LazyLock<Option<Lexicon>> = LazyLock::new(|| Lexicon::embedded().ok());
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let mut token = 0;
    std::iter::from_fn(move || LEXICON.as_ref()?.find(&Doc::new("", text, &analysis), &mut token))
}
