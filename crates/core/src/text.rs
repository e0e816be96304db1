//! Values that are written as text, in JSON as anywhere.

use thiserror::Error;

/// A text is not a value of the type asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("invalid {what} {text:?}: expected {expected}")]
pub struct ParseValueError {
    what: &'static str,
    /// The form expected, with an example.
    expected: &'static str,
    /// The beginning of the text.
    text: String,
}

impl ParseValueError {
    pub(crate) fn new(what: &'static str, expected: &'static str, text: &str) -> Self {
        Self { what, expected, text: text.chars().take(40).collect() }
    }
}

/// Implements `Serialize` and `Deserialize` for types by their `Display` and `FromStr`.
macro_rules! serde_as_text {
    ($($type:ty),*) => {
        $(impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        })*
    };
}
pub(crate) use serde_as_text;
