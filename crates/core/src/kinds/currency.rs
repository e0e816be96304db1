//! Codes of currencies.

use std::fmt;
use std::str::FromStr;

use crate::ParseValueError;
use crate::text::serde_as_text;

/// A currency by its ISO 4217 code of three capital letters: `TND`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// The currency with these letters; `None` unless they are capital letters of ASCII.
    pub const fn new(letters: [u8; 3]) -> Option<Self> {
        let [a, b, c] = letters;
        let capitals = a.is_ascii_uppercase() && b.is_ascii_uppercase() && c.is_ascii_uppercase();
        if capitals { Some(Self(letters)) } else { None }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        // Capital letters of ASCII by construction.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CurrencyCode {
    type Err = ParseValueError;

    fn from_str(text: &str) -> Result<Self, ParseValueError> {
        let code = text.as_bytes().try_into().ok().and_then(Self::new);
        code.ok_or_else(|| ParseValueError::new("currency code", "three capital letters as in ISO 4217: TND", text))
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

serde_as_text!(CurrencyCode);
