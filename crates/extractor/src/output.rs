//! The output of an extractor.

use std::sync::atomic::AtomicU32;

use khabar_core::{Layer, LayerError, Record, Span, Value};

use crate::{Cancel, ExtractError, Info};

/// Collects the annotations of one extractor for one document.
pub struct Output<'a> {
    layer: &'a mut Layer,
    info: &'a Info,
    cancel: Cancel<'a>,
    /// The kind pushed last; most often the next is the same.
    last: Option<(&'static str, u32)>,
    /// The maximum number of records, and of bytes of their values.
    limits: (usize, usize),
}

impl<'a> Output<'a> {
    /// An output into a layer, for the extractor described by `info`.
    pub fn new(layer: &'a mut Layer, info: &'a Info) -> Self {
        Self { layer, info, cancel: Cancel::NEVER, last: None, limits: (usize::MAX, usize::MAX) }
    }

    /// Limits the number of records and the bytes of their values. An extractor that exceeds a limit gets an error.
    #[must_use]
    pub fn limited_to(self, records: usize, bytes: usize) -> Self {
        Self { limits: (records, bytes), ..self }
    }

    /// Sets a flag that cancels the extractor once it is not zero.
    #[must_use]
    pub fn cancelled_by(self, cancel: &'a AtomicU32) -> Self {
        Self { cancel: Cancel::by(cancel), ..self }
    }

    /// The flag, for extractors that run elsewhere, for example behind the C interface.
    pub fn cancel_flag(&self) -> Option<&'a AtomicU32> {
        self.cancel.flag()
    }

    /// The cancellation, for passes without output, which check it in their loops.
    #[inline]
    pub fn cancel(&self) -> Cancel<'a> {
        self.cancel
    }

    /// Adds an annotation over the bytes `span` of the original text, with a `confidence` from 0 to 1.
    ///
    /// # Errors
    /// [`ExtractError::Cancelled`], [`ExtractError::UndeclaredKind`], or [`ExtractError::Layer`], for example for too many
    /// records. Pass them on with `?`.
    pub fn push<V: Value>(&mut self, span: Span, confidence: f32, value: &V) -> Result<(), ExtractError> {
        self.check_cancelled()?;
        let kind = match self.last {
            Some((name, kind)) if std::ptr::eq(name, V::KIND) => kind,
            _ => {
                let kind = self.info.provides.iter().position(|kind| kind == V::KIND);
                kind.ok_or(ExtractError::UndeclaredKind(V::KIND))? as u32
            }
        };
        self.last = Some((V::KIND, kind));
        self.check_limits(self.layer.records().len() + 1, self.layer.heap().len())?;
        Ok(self.layer.push(span, kind, confidence, value)?)
    }

    /// Adds a whole layer that was made elsewhere, for example behind the C interface, and checks it against the text and
    /// the declared kinds: spans, kinds, confidences, values.
    ///
    /// # Errors
    /// [`ExtractError::Layer`] with the first invalid record. The layer is then empty: one invalid record refuses all.
    pub fn append(&mut self, text: &str, records: &[Record], heap: &[u8]) -> Result<(), ExtractError> {
        let (all, bytes) = (self.layer.records().len() + records.len(), self.layer.heap().len() + heap.len());
        if let Err(error) = self.check_limits(all, bytes) {
            self.layer.clear();
            return Err(error.into());
        }
        self.layer.append(records, heap);
        let checked = self.layer.check(text, self.info.provides.len()).and_then(|()| self.layer.check_values());
        match checked {
            Ok(()) => self.layer.join_lines(),
            Err(_) => self.layer.clear(),
        }
        checked.map_err(ExtractError::Layer)
    }

    /// Checks for cancellation: a long computation without [`Output::push`] calls it from time to time.
    ///
    /// # Errors
    /// [`ExtractError::Cancelled`] once the run is cancelled.
    pub fn check_cancelled(&self) -> Result<(), ExtractError> {
        self.cancel.check()
    }

    /// Checks a number of records and of bytes of values against the limits.
    fn check_limits(&self, records: usize, bytes: usize) -> Result<(), LayerError> {
        let (most_records, most_bytes) = self.limits;
        if most_records < records {
            return Err(LayerError::TooManyRecords { limit: most_records });
        }
        if most_bytes < bytes { Err(LayerError::TooManyBytes { limit: most_bytes }) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Word(&'static str);
    impl Value for Word {
        const KIND: &'static str = "test.word";
    }

    #[test]
    fn what_goes_beyond_the_limits_is_refused() {
        let info =
            Info { name: "a".into(), version: "1".into(), provides: vec![Word::KIND.into()], requires: Vec::new() };
        let mut layer = Layer::default();
        let span = Span::new(0, 1);
        let mut out = Output::new(&mut layer, &info).limited_to(2, 8);
        assert!(out.push(span, 1.0, &Word("a")).is_ok() && out.push(span, 1.0, &Word("long value")).is_ok());
        let refused = |outcome: Result<(), ExtractError>| outcome.expect_err("refused").to_string();
        assert!(refused(out.push(span, 1.0, &Word("a"))).starts_with("more than 2 annotations"));
        let mut out = Output::new(&mut layer, &info).limited_to(9, 8);
        assert!(refused(out.push(span, 1.0, &Word("a"))).starts_with("the values have more than 8 bytes"));
        let record =
            Record { start: 0, end: 1, kind: 0, value_at: 0, value_len: 2, confidence: 1.0, flags: 0, reserved: 0 };
        let mut empty = Layer::default();
        let mut out = Output::new(&mut empty, &info).limited_to(1, 8);
        assert!(refused(out.append("a", &[record, record], b"{}")).starts_with("more than 1 annotations"));
        assert!(out.append("a", &[record], b"{}").is_ok());
        assert!(refused(out.append("a", &[], b"123456789")).starts_with("the values have"));
        assert!(empty.records().is_empty(), "one refusal refuses all");
    }
}
