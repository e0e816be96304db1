//! All that one extractor made of one document.

use serde::Serialize;
use thiserror::Error;

use crate::{Record, Span};

/// A type of value that annotations carry, as JSON: what [`Serialize`] gives. Any crate may implement it; the name is
/// `layer.type`.
pub trait Value: Serialize {
    /// The kind's name: `number.cardinal`, `timex.date`, `acme.ticker`. Lower case, two or more parts joined by dots.
    const KIND: &'static str;
    /// Whether the value holds [`Span`]s. Writers then convert every object of exactly `start` and `end` inside it to
    /// the unit asked for and add its text.
    const HAS_SPANS: bool = false;
}

/// All that one extractor made of one document: records and the heap that holds their values.
///
/// A layer is cleared and reused for the next document, so that a warm run allocates nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layer {
    records: Vec<Record>,
    heap: Vec<u8>,
}

/// Why a layer is not what its extractor promised. The whole layer is refused.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum LayerError {
    /// The end of a span lies before its start.
    #[error("record {record}: span {span} is reversed")]
    Reversed {
        /// Index of the record.
        record: usize,
        /// Its span.
        span: Span,
    },
    /// A span reaches past the end of the text.
    #[error("record {record}: span {span} lies outside of the text of {len} bytes")]
    Outside {
        /// Index of the record.
        record: usize,
        /// Its span.
        span: Span,
        /// Bytes of the text.
        len: usize,
    },
    /// A span begins or ends inside a character.
    #[error("record {record}: span {span} splits a character")]
    SplitsCharacter {
        /// Index of the record.
        record: usize,
        /// Its span.
        span: Span,
    },
    /// A kind's number is not among the kinds that the extractor declares.
    #[error("record {record}: kind {kind} was not declared, the extractor declares {declared}")]
    UndeclaredKind {
        /// Index of the record.
        record: usize,
        /// The number given.
        kind: u32,
        /// How many kinds the extractor declares.
        declared: usize,
    },
    /// A confidence is not a number from 0 to 1.
    #[error("record {record}: confidence {confidence} is not between 0 and 1")]
    Confidence {
        /// Index of the record.
        record: usize,
        /// The confidence given.
        confidence: f32,
    },
    /// A value lies outside of the heap.
    #[error("record {record}: value {at}+{len} lies outside of the heap of {heap} bytes")]
    ValueOutside {
        /// Index of the record.
        record: usize,
        /// First byte of the value.
        at: u32,
        /// Bytes of the value.
        len: u32,
        /// Bytes of the heap.
        heap: usize,
    },
    /// A value is not a JSON text.
    #[error("record {record}: value is not JSON: {reason}")]
    NotJson {
        /// Index of the record.
        record: usize,
        /// What the parser says.
        reason: String,
    },
    /// A value could not be written as JSON.
    #[error("value of kind {kind} cannot be written as JSON: {reason}")]
    Serialize {
        /// The kind's name.
        kind: &'static str,
        /// What the serializer says.
        reason: String,
    },
    /// There are more annotations than the text can mean.
    #[error("more than {limit} annotations, which is the most for a text of this length")]
    TooManyRecords {
        /// The most records that the layer may have.
        limit: usize,
    },
    /// The values are larger than the text can mean.
    #[error("the values have more than {limit} bytes, which is the most for a text of this length")]
    TooManyBytes {
        /// The most bytes that the layer's values may have.
        limit: usize,
    },
    /// The values of one document came to 4 GiB.
    #[error("the values of one document exceed 4 GiB")]
    HeapFull,
}

impl Layer {
    /// A layer from parts that came over the C interface; [`Layer::check`] tells whether they can be used.
    pub fn from_parts(records: Vec<Record>, heap: Vec<u8>) -> Self {
        Self { records, heap }
    }

    /// Empties the layer and keeps its memory.
    pub fn clear(&mut self) {
        self.records.clear();
        self.heap.clear();
    }

    /// Adds an annotation whose kind is number `kind` of the extractor's declared kinds.
    ///
    /// # Errors
    /// [`LayerError::Serialize`] when the value cannot be JSON (a map with keys that are no strings, say),
    /// [`LayerError::HeapFull`] past 4 GiB of values. The layer is then as before.
    pub fn push<V: Value>(&mut self, span: Span, kind: u32, confidence: f32, value: &V) -> Result<(), LayerError> {
        let at = self.heap.len();
        if let Err(error) = serde_json::to_writer(&mut self.heap, value) {
            self.heap.truncate(at);
            return Err(LayerError::Serialize { kind: V::KIND, reason: error.to_string() });
        }
        let (Ok(value_at), Ok(value_len)) = (u32::try_from(at), u32::try_from(self.heap.len() - at)) else {
            self.heap.truncate(at);
            return Err(LayerError::HeapFull);
        };
        self.records.push(Record {
            start: span.start,
            end: span.end,
            kind,
            value_at,
            value_len,
            confidence,
            flags: if V::HAS_SPANS { Record::HAS_SPANS } else { 0 },
            reserved: 0,
        });
        Ok(())
    }

    /// Appends records and heap as they come over the C interface: one copy each. Their `value_at` counts from the
    /// start of `heap`.
    pub fn append(&mut self, records: &[Record], heap: &[u8]) {
        let base = u32::try_from(self.heap.len()).unwrap_or(u32::MAX);
        self.heap.extend_from_slice(heap);
        let moved = |r: &Record| Record { value_at: r.value_at.saturating_add(base), ..*r };
        self.records.extend(records.iter().map(moved));
    }

    /// Puts every value on one line, for writers that copy values into a line: line breaks become spaces. Only after
    /// [`Layer::check_values`], which leaves none inside of a string.
    pub fn join_lines(&mut self) {
        for byte in self.heap.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
    }

    /// The annotations in the order in which the extractor gave them.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The bytes of all values.
    pub fn heap(&self) -> &[u8] {
        &self.heap
    }

    /// The JSON text of a record's value; empty when it lies outside of the heap.
    pub fn value(&self, record: &Record) -> &[u8] {
        let at = record.value_at as usize;
        self.heap.get(at..at + record.value_len as usize).unwrap_or_default()
    }

    /// Sorts by start, longest first, then kind: the order in which layers are handed on.
    pub fn sort(&mut self) {
        let key = |r: &Record| (r.start, std::cmp::Reverse(r.end), r.kind, r.value_at);
        // Most extractors go through the text from its start to its end.
        let place = |r: &Record| u64::from(r.start) << 32 | u64::from(u32::MAX - r.end);
        if !self.records.is_sorted_by(|a, b| place(a) < place(b)) {
            self.records.sort_by_key(key);
        }
    }

    /// Checks spans, kinds and confidences against the text and the number of kinds that the extractor declares.
    ///
    /// # Errors
    /// The first record that breaks a promise.
    pub fn check(&self, text: &str, kinds: usize) -> Result<(), LayerError> {
        // One question for each record, since all keep their promises as a rule.
        let keeps = |r: &Record| {
            (r.start <= r.end)
                & ((r.kind as usize) < kinds)
                & (0.0..=1.0).contains(&r.confidence)
                & text.is_char_boundary(r.start as usize)
                & text.is_char_boundary(r.end as usize)
        };
        match self.records.iter().position(|r| !keeps(r)) {
            Some(record) => Err(self.broken(record, text, kinds)),
            None => Ok(()),
        }
    }

    /// Which promise a record breaks.
    #[cold]
    fn broken(&self, record: usize, text: &str, kinds: usize) -> LayerError {
        let r = &self.records[record];
        let span = r.span();
        if r.end < r.start {
            LayerError::Reversed { record, span }
        } else if text.len() < r.end as usize {
            LayerError::Outside { record, span, len: text.len() }
        } else if span.of(text).is_none() {
            LayerError::SplitsCharacter { record, span }
        } else if kinds <= r.kind as usize {
            LayerError::UndeclaredKind { record, kind: r.kind, declared: kinds }
        } else {
            LayerError::Confidence { record, confidence: r.confidence }
        }
    }

    /// Checks that every value lies in the heap and is one JSON text, for layers that did not come from
    /// [`Layer::push`].
    ///
    /// # Errors
    /// The first record that breaks a promise.
    pub fn check_values(&self) -> Result<(), LayerError> {
        for (record, r) in self.records.iter().enumerate() {
            let (at, len) = (r.value_at as usize, r.value_len as usize);
            let Some(value) = at.checked_add(len).and_then(|end| self.heap.get(at..end)) else {
                let heap = self.heap.len();
                return Err(LayerError::ValueOutside { record, at: r.value_at, len: r.value_len, heap });
            };
            if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(value) {
                return Err(LayerError::NotJson { record, reason: error.to_string() });
            }
            // IgnoredAny skips over string contents without validating them as UTF-8.
            if let Err(error) = std::str::from_utf8(value) {
                return Err(LayerError::NotJson { record, reason: error.to_string() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Ordinal;

    fn layer(record: Record) -> Layer {
        Layer::from_parts(vec![record], b"{}".to_vec())
    }

    const GOOD: Record =
        Record { start: 0, end: 2, kind: 0, value_at: 0, value_len: 2, confidence: 1.0, flags: 0, reserved: 0 };

    #[test]
    fn a_good_layer_passes() {
        assert_eq!(layer(GOOD).check("م", 1), Ok(()));
        assert_eq!(layer(GOOD).check_values(), Ok(()));
    }

    #[test]
    fn each_broken_promise_is_named() {
        let refusal = |r: Record| {
            let layer = layer(r);
            layer.check("م", 1).and_then(|()| layer.check_values()).expect_err("refused").to_string()
        };
        assert_eq!(refusal(Record { end: 1, ..GOOD }), "record 0: span 0..1 splits a character");
        assert_eq!(refusal(Record { start: 2, end: 0, ..GOOD }), "record 0: span 2..0 is reversed");
        assert_eq!(refusal(Record { end: 9, ..GOOD }), "record 0: span 0..9 lies outside of the text of 2 bytes");
        assert_eq!(refusal(Record { kind: 1, ..GOOD }), "record 0: kind 1 was not declared, the extractor declares 1");
        assert_eq!(refusal(Record { confidence: f32::NAN, ..GOOD }), "record 0: confidence NaN is not between 0 and 1");
        assert_eq!(refusal(Record { value_at: 1, ..GOOD }), "record 0: value 1+2 lies outside of the heap of 2 bytes");
        assert!(refusal(Record { value_len: 1, ..GOOD }).starts_with("record 0: value is not JSON: EOF"));
    }

    #[test]
    fn append_moves_values() {
        let mut layer = Layer::default();
        let value = Ordinal::new(8);
        layer.push(Span::new(0, 2), 0, 1.0, &value).expect("pushed");
        layer.append(&[GOOD], b"{}");
        assert_eq!(layer.value(&layer.records()[0]), br#"{"value":"8"}"#);
        assert_eq!(layer.value(&layer.records()[1]), b"{}");
    }
}
