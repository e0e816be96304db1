//! One annotation in its wire form.

use crate::Span;

/// One annotation: a span, a kind, a confidence, and where its value stands in the heap of its [`Layer`](crate::Layer).
///
/// 32 bytes, passed over the C interface as it is; frozen within a major version of that interface.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Record {
    /// First byte in the original text.
    pub start: u32,
    /// First byte after the annotation in the original text.
    pub end: u32,
    /// Index into the kinds that the extractor declares (`Plugin::PROVIDES`).
    pub kind: u32,
    /// First byte of the value in the layer's heap.
    pub value_at: u32,
    /// Bytes of the value, which is one JSON text.
    pub value_len: u32,
    /// How sure the extractor is, 0 to 1.
    pub confidence: f32,
    /// Bits, see [`Record::HAS_SPANS`].
    pub flags: u32,
    /// Zero; room for a later minor version.
    pub reserved: u32,
}

impl Record {
    /// Flag: objects `{"start":…,"end":…}` inside the value are byte spans, which a writer converts.
    pub const HAS_SPANS: u32 = 1;

    /// The annotation's place in the original text.
    pub const fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}
