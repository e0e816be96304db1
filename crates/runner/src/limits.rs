//! Limits of the annotations and the output of a document.
//!
//! The memory of a run is bounded by a multiple of the text being processed, whatever the text: a text of eight million
//! prices costs its own layer, not the run. The limits are far from what news needs. Among 10,519 articles the densest has
//! one record of an extractor per 20 bytes of text, and 13 bytes of output per byte.

/// The limits of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The maximum number of records of one extractor.
    pub(crate) records: usize,
    /// The maximum number of bytes of the values of one extractor.
    pub(crate) values: usize,
    /// The maximum number of bytes of its annotations in the output.
    pub(crate) output: usize,
}

/// Bytes of text per record, at least.
const BYTES_PER_RECORD: usize = 4;
/// Bytes of values per byte of text, at most.
const VALUES_PER_BYTE: usize = 16;
/// Bytes of output per byte of text, at most.
const OUTPUT_PER_BYTE: usize = 32;
/// Limits that every document has at least, so that a short text may be dense.
const LEAST: Limits = Limits { records: 50_000, values: 4 << 20, output: 32 << 20 };
/// Bytes of text from which the memory of a document is released after it.
pub(crate) const LARGE_TEXT: usize = 1 << 18;
/// Bytes that a writer usually adds around the text and value of an annotation; see
/// [`Writer::around`](crate::Writer::around).
pub(crate) const WRITTEN_AROUND: usize = 128;

impl Default for Limits {
    fn default() -> Self {
        LEAST
    }
}

impl Limits {
    /// The limits for a text of this many bytes.
    pub(crate) fn of(text: usize) -> Self {
        Self {
            records: LEAST.records.max(text / BYTES_PER_RECORD),
            values: LEAST.values.max(text.saturating_mul(VALUES_PER_BYTE)),
            output: LEAST.output.max(text.saturating_mul(OUTPUT_PER_BYTE)),
        }
    }
}
