//! Where an extractor puts what it finds.

use std::sync::atomic::{AtomicU32, Ordering};

use khabar_core::{Layer, Record, Span, Value};

use crate::{ExtractError, Info};

/// Takes the annotations of one extractor for one document.
pub struct Output<'a> {
    layer: &'a mut Layer,
    info: &'a Info,
    cancel: Option<&'a AtomicU32>,
    /// The kind that was pushed last: most often the next is the same.
    last: Option<(&'static str, u32)>,
}

impl<'a> Output<'a> {
    /// An output into a layer, for the extractor that `info` describes.
    pub fn new(layer: &'a mut Layer, info: &'a Info) -> Self {
        Self { layer, info, cancel: None, last: None }
    }

    /// The same with a flag that ends the work of the extractor once it is not zero.
    #[must_use]
    pub fn cancelled_by(self, cancel: &'a AtomicU32) -> Self {
        Self { cancel: Some(cancel), ..self }
    }

    /// The flag, for extractors that are run somewhere else.
    pub fn cancel_flag(&self) -> Option<&'a AtomicU32> {
        self.cancel
    }

    /// Adds an annotation over the bytes `span` of the original text; `confidence` from 0 to 1.
    ///
    /// # Errors
    /// [`ExtractError::Cancelled`], [`ExtractError::UndeclaredKind`], or the layer's refusal: hand them on with `?`.
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
        Ok(self.layer.push(span, kind, confidence, value)?)
    }

    /// Adds a whole layer that was made elsewhere, as over the C interface, and checks it against the text and the
    /// declared kinds: spans, kinds, confidences, values.
    ///
    /// # Errors
    /// [`ExtractError::Layer`] with the first record that breaks a promise. The layer is then empty: one bad record
    /// refuses all.
    pub fn append(&mut self, text: &str, records: &[Record], heap: &[u8]) -> Result<(), ExtractError> {
        self.layer.append(records, heap);
        let checked = self.layer.check(text, self.info.provides.len()).and_then(|()| self.layer.check_values());
        match checked {
            Ok(()) => self.layer.join_lines(),
            Err(_) => self.layer.clear(),
        }
        checked.map_err(ExtractError::Layer)
    }

    /// Long work without a push calls this now and then.
    ///
    /// # Errors
    /// [`ExtractError::Cancelled`] once the run is cancelled.
    pub fn check_cancelled(&self) -> Result<(), ExtractError> {
        match self.cancel {
            Some(flag) if flag.load(Ordering::Relaxed) != 0 => Err(ExtractError::Cancelled),
            _ => Ok(()),
        }
    }
}
