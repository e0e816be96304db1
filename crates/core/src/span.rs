//! Half-open byte ranges.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** in the original text of a document.
///
/// 32 bits bound a document at 4 GiB; the runner refuses longer ones. In a value that declares
/// [`HAS_SPANS`](crate::Value::HAS_SPANS) a span is written as `{"start":3,"end":7}` and the writers turn it into the
/// unit that the user asked for.
///
/// 8 bytes, passed over the C interface of plugins as it is; frozen within a major version of that interface.
#[repr(C)]
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte of the range.
    pub start: u32,
    /// First byte after the range.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in bytes; 0 for a reversed span.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies within this span (a span contains itself).
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub const fn cover(self, other: Self) -> Self {
        let start = if self.start < other.start { self.start } else { other.start };
        let end = if self.end < other.end { other.end } else { self.end };
        Self { start, end }
    }

    /// The range as indices.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span, or `None` when it lies outside of `text` or splits a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }
}

impl From<Range<usize>> for Span {
    /// Saturates at `u32::MAX`; texts that long never reach an extractor.
    fn from(range: Range<usize>) -> Self {
        let clamp = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self::new(clamp(range.start), clamp(range.end))
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations() {
        let (a, b, c) = (Span::new(3, 7), Span::new(5, 9), Span::new(7, 9));
        assert!(a.overlaps(b) && b.overlaps(a));
        assert!(!a.overlaps(c), "touching spans share no byte");
        assert_eq!(a.cover(c), Span::new(3, 9));
        assert!(b.contains(c) && !c.contains(b));
        assert_eq!(format!("{a:?}"), "3..7");
    }

    #[test]
    fn of_refuses_what_is_no_text() {
        assert_eq!(Span::new(0, 2).of("م"), Some("م"));
        assert_eq!(Span::new(0, 1).of("م"), None);
        assert_eq!(Span::new(2, 9).of("م"), None);
        assert_eq!(Span { start: 2, end: 0 }.of("م"), None);
    }
}
