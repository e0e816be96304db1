//! What a library declares about its extractors.

use khabar_extractor::{Info, Plugin};
use serde::{Deserialize, Serialize};

/// A built-in or loaded extractor: its description and examples.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Name, version and kinds.
    #[serde(flatten)]
    pub info: Info,
    /// Marked texts that hold with the default configuration.
    #[serde(default)]
    pub examples: Vec<OfferedExample>,
}

/// An [`Example`](khabar_extractor::Example) that crossed the boundary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedExample {
    /// The marked text.
    pub text: String,
    /// The document's date, ISO 8601.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The document's country, ISO 3166.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Offer {
    /// The offer of a plugin.
    pub fn of<P: Plugin>() -> Self {
        let examples = P::EXAMPLES.iter().map(|example| OfferedExample {
            text: example.text.to_owned(),
            date: example.date.map(str::to_owned),
            country: example.country.map(str::to_owned),
        });
        Self { info: Info::of::<P>(), examples: examples.collect() }
    }
}
