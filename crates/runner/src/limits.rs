//! How much may be found in a document and written of it.
//!
//! The most memory that a run takes is a multiple of the text that is being worked on, whatever the text is: a text of
//! eight million prices costs their layer, not the run. The limits are far from what news needs. Of 10,519 articles the
//! densest has a record of one extractor for each 20 bytes of text, and 13 bytes of output for each byte.

/// The limits of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The most records that one extractor may give.
    pub(crate) records: usize,
    /// The most bytes of the values of one extractor.
    pub(crate) values: usize,
    /// The most bytes that its annotations take in the output.
    pub(crate) output: usize,
}

/// A record for so many bytes of text is the most.
const BYTES_PER_RECORD: usize = 4;
/// The most bytes of values for each byte of text.
const VALUES_PER_BYTE: usize = 16;
/// The most bytes of output for each byte of text.
const OUTPUT_PER_BYTE: usize = 32;
/// What any document may have, so that a short text may be dense.
const LEAST: Limits = Limits { records: 50_000, values: 4 << 20, output: 32 << 20 };
/// From so many bytes of text on, what was reserved for a document is given back after it.
pub(crate) const LARGE_TEXT: usize = 1 << 18;
/// What a writer puts around the text and the value of an annotation, as a rule; see
/// [`Writer::around`](crate::Writer::around).
pub(crate) const WRITTEN_AROUND: usize = 128;

impl Default for Limits {
    fn default() -> Self {
        LEAST
    }
}

impl Limits {
    /// Those of a text of so many bytes.
    pub(crate) fn of(text: usize) -> Self {
        Self {
            records: LEAST.records.max(text / BYTES_PER_RECORD),
            values: LEAST.values.max(text.saturating_mul(VALUES_PER_BYTE)),
            output: LEAST.output.max(text.saturating_mul(OUTPUT_PER_BYTE)),
        }
    }
}
