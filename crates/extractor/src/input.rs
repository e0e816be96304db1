//! The annotations of other extractors, as an extractor reads them.

use std::fmt;
use std::marker::PhantomData;

use khabar_core::{Record, Span, Value};
use serde::Deserialize;

use crate::{Doc, ExtractError};

/// The layer of another extractor, passed to an extractor by the runner. Extractors read it with [`Doc::inputs`].
#[derive(Clone, Copy, Debug)]
pub struct InputLayer<'a> {
    /// The kinds that its extractor declares; a record's kind is an index into them.
    pub kinds: &'a [&'a str],
    /// The records, sorted by start, longest first.
    pub records: &'a [Record],
    /// The bytes of the values.
    pub heap: &'a [u8],
}

impl<'a> InputLayer<'a> {
    /// An empty layer without kinds.
    pub const NONE: Self = Self { kinds: &[], records: &[], heap: &[] };

    /// The JSON text of a record's value; empty when it lies outside of the heap.
    fn json(&self, record: &Record) -> &'a [u8] {
        let at = record.value_at as usize;
        self.heap.get(at..at.saturating_add(record.value_len as usize)).unwrap_or_default()
    }

    /// The annotations of a kind, in order.
    fn of_kind<T>(&'a self, kind: &str) -> impl Iterator<Item = Input<'a, T>> + use<'a, T> {
        let number = self.kinds.iter().position(|name| *name == kind);
        let records = if number.is_some() { self.records } else { &[] };
        let number = number.unwrap_or_default() as u32;
        let mine = records.iter().filter(move |record| record.kind == number);
        mine.map(|record| Input { layer: self, record, value: PhantomData })
    }
}

/// An annotation of another extractor whose value is a `T`. The value is decoded when it is asked for.
pub struct Input<'a, T> {
    layer: &'a InputLayer<'a>,
    record: &'a Record,
    value: PhantomData<fn() -> T>,
}

impl<'a, T> Input<'a, T> {
    /// The annotation's kind.
    pub fn kind(&self) -> &'a str {
        self.layer.kinds.get(self.record.kind as usize).copied().unwrap_or_default()
    }

    /// The bytes of the original text that it covers.
    pub const fn span(&self) -> Span {
        self.record.span()
    }

    /// How sure its extractor is, 0 to 1.
    pub const fn confidence(&self) -> f32 {
        self.record.confidence
    }

    /// The value. A `T` may borrow its strings from the layer (`&str`, `Cow<str>`).
    ///
    /// # Errors
    /// [`ExtractError::Input`] when the annotation's JSON is not that of a `T`.
    pub fn value(&self) -> Result<T, ExtractError>
    where
        T: Deserialize<'a>,
    {
        serde_json::from_slice(self.layer.json(self.record))
            .map_err(|error| ExtractError::Input { kind: self.kind().to_owned(), reason: error.to_string() })
    }

    /// The same annotation with its value read as a `U`, for example as a type that several kinds share or one with fewer
    /// fields.
    pub const fn cast<U>(self) -> Input<'a, U> {
        Input { layer: self.layer, record: self.record, value: PhantomData }
    }
}

// Derived implementations would require the same of `T`.
impl<T> Clone for Input<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Input<'_, T> {}

impl<T> fmt::Debug for Input<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = String::from_utf8_lossy(self.layer.json(self.record));
        write!(f, "{} {} {} {json}", self.kind(), self.span(), self.confidence())
    }
}

impl<'a> Doc<'a> {
    /// The annotations of kind `V::KIND` from other extractors, layer by layer, each sorted by start, longest first. An
    /// extractor gets the layers of the kinds in its [`Plugin::REQUIRES`](crate::Plugin::REQUIRES).
    ///
    /// ```
    /// use khabar_core::kinds::Ordinal;
    /// use khabar_extractor::{Doc, ExtractError};
    ///
    /// fn highest(doc: &Doc<'_>) -> Result<Option<khabar_core::Decimal>, ExtractError> {
    ///     let mut highest = None;
    ///     for ordinal in doc.inputs::<Ordinal>() {
    ///         highest = highest.max(Some(ordinal.value()?.value));
    ///     }
    ///     Ok(highest)
    /// }
    /// # assert!(highest(&Doc::default()).is_ok_and(|highest| highest.is_none()));
    /// ```
    pub fn inputs<V: Value>(&self) -> impl Iterator<Item = Input<'a, V>> + use<'a, V> {
        self.layers.iter().flat_map(|layer| layer.of_kind(V::KIND))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use khabar_core::kinds::{Cardinal, Ordinal};

    #[test]
    fn annotations_of_a_kind_are_read_layer_by_layer() {
        let heap = br#"{"value":"8"}{"value":"9"}[]"#;
        let record = |start, kind, at, len| Record {
            start,
            end: start + 2,
            kind,
            value_at: at,
            value_len: len,
            ..Record::default()
        };
        let first = [record(0, 1, 0, 13), record(4, 0, 13, 13), record(8, 1, 13, 13)];
        let second = [record(2, 0, 26, 2), record(6, 0, 20, 9)];
        let layers = [
            InputLayer { kinds: &["number.cardinal", "number.ordinal"], records: &first, heap },
            InputLayer { kinds: &["acme.x"], records: &second, heap },
            InputLayer { kinds: &["number.ordinal"], records: &second, heap },
        ];
        let doc = Doc { layers: &layers, ..Doc::default() };
        let ordinals: Vec<Input<'_, Ordinal>> = doc.inputs().collect();
        assert_eq!(ordinals.iter().map(|input| input.span().start).collect::<Vec<_>>(), [0, 8, 2, 6]);
        let read: Vec<Option<i64>> = ordinals
            .iter()
            .map(|input| input.value().ok().and_then(|ordinal| i64::try_from(ordinal.value).ok()))
            .collect();
        assert_eq!(read, [Some(8), Some(9), None, None]);
        let cardinals: Vec<Input<'_, Cardinal>> = doc.inputs().collect();
        assert_eq!(cardinals.len(), 1);
        assert_eq!(cardinals[0].cast::<Ordinal>().value().expect("an ordinal").value, 9.into());
        let refused = ordinals[2].value().expect_err("a list is not an ordinal").to_string();
        assert!(refused.starts_with("cannot read input of kind number.ordinal: "), "{refused}");
        let outside = ordinals[3].value().expect_err("the value lies outside of the heap").to_string();
        assert!(outside.contains("EOF"), "{outside}");
    }
}
