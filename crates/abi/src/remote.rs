//! An extractor behind the C interface as an ordinary [`Extractor`].

use std::ffi::c_void;
use std::fmt::Write as _;
use std::ptr::NonNull;
use std::sync::Arc;

use khabar_core::Record;
use khabar_extractor::{Doc, ExtractError, Extractor, Output, Scratch};

use crate::host::{Answer, Table};
use crate::layout::{Bytes, Loan, RawDoc, RawInput, RawSink, Status};

/// An extractor of a library.
pub(crate) struct Remote {
    instance: Arc<Instance>,
}

/// The handle of an extractor, alive until the last of its workers is gone.
struct Instance {
    table: Table,
    handle: NonNull<c_void>,
}

// SAFETY: threads share a handle, so the rules say; `export!` asks for `Extractor: Send + Sync`.
unsafe impl Send for Instance {}
// SAFETY: as above.
unsafe impl Sync for Instance {}

impl Drop for Instance {
    fn drop(&mut self) {
        // SAFETY: the handle came from `create` of this table; this is its only owner, and its last use.
        unsafe { (self.table.destroy)(self.handle.as_ptr()) };
    }
}

/// The state of one worker of one extractor, with buffers for what it lends.
struct Worker {
    instance: Arc<Instance>,
    state: NonNull<c_void>,
    meta: String,
    kinds: Vec<Bytes>,
    inputs: Vec<RawInput>,
}

// SAFETY: one thread at a time uses a worker, not always the same one: `Scratch` is `Send`, and so the rules say.
// The pointers in `kinds` and `inputs` are used only in the call that fills them.
unsafe impl Send for Worker {}

impl Drop for Worker {
    fn drop(&mut self) {
        // SAFETY: the state came from `worker_new` of this table; this is its only owner, and its last use.
        unsafe { (self.instance.table.worker_free)(self.state.as_ptr()) };
    }
}

/// The workers in one [`Scratch`]: one, unless several extractors share it.
#[derive(Default)]
struct Workers(Vec<Worker>);

impl Workers {
    fn of(&mut self, instance: &Arc<Instance>) -> Result<usize, ExtractError> {
        if let Some(at) = self.0.iter().position(|worker| Arc::ptr_eq(&worker.instance, instance)) {
            return Ok(at);
        }
        // SAFETY: the handle is alive as long as the instance.
        let state = NonNull::new(unsafe { (instance.table.worker_new)(instance.handle.as_ptr()) });
        let state = state.ok_or_else(|| ExtractError::Refused("worker_new gave no worker".into()))?;
        let instance = Arc::clone(instance);
        self.0.push(Worker { instance, state, meta: String::new(), kinds: Vec::new(), inputs: Vec::new() });
        Ok(self.0.len() - 1)
    }
}

impl Remote {
    /// # Safety
    /// The table's functions keep the rules; `handle` came from its `create`, and nobody else has it.
    pub(crate) unsafe fn new(table: Table, handle: NonNull<c_void>) -> Self {
        Self { instance: Arc::new(Instance { table, handle }) }
    }
}

impl Extractor for Remote {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let workers = scratch.get::<Workers>();
        let at = workers.of(&self.instance)?;
        let outcome = workers.0[at].extract(doc, out);
        if matches!(outcome, Err(ExtractError::Panicked(_))) {
            workers.0.swap_remove(at);
        }
        outcome
    }
}

impl Worker {
    fn extract(&mut self, doc: &Doc<'_>, out: &mut Output<'_>) -> Result<(), ExtractError> {
        self.lend(doc);
        let raw = RawDoc {
            size: size_of::<RawDoc>() as u32,
            reserved: 0,
            id: Loan::of(doc.id.as_bytes()),
            text: Loan::of(doc.text.as_bytes()),
            meta: Loan::of(self.meta.as_bytes()),
            tokens: Loan::of(doc.tokens),
            folded: Loan::of(doc.folded.as_bytes()),
            sentences: Loan::of(doc.sentences),
            inputs: Loan::of(&self.inputs),
            cancel: out.cancel_flag().map_or(std::ptr::null(), |flag| &raw const *flag),
            hashes: Loan::of(doc.hashes),
            splits: Loan::of(doc.splits),
        };
        let mut delivery = Delivery { text: doc.text, out, answer: Answer::default(), emitted: false, refusal: None };
        let sink = RawSink { ctx: (&raw mut delivery).cast(), emit: deliver, message: tell };
        let (table, handle) = (self.instance.table, self.instance.handle);
        // SAFETY: the handle is alive, the worker belongs to it and is ours alone, and all that is lent lives until
        // the call returns.
        let status = unsafe { (table.extract)(handle.as_ptr(), self.state.as_ptr(), &raw const raw, &raw const sink) };
        let Delivery { mut answer, refusal, .. } = delivery;
        match refusal {
            Some(refusal) if status != Status::PANICKED => Err(refusal),
            _ => answer.check(status),
        }
    }

    /// Fills the buffers for the document's metadata and its inputs.
    fn lend(&mut self, doc: &Doc<'_>) {
        self.meta.clear();
        // Dates and country codes need no escapes. Writing to a string cannot fail.
        let _ = match (doc.date, doc.country) {
            (None, None) => Ok(()),
            (Some(date), None) => write!(self.meta, r#"{{"date":"{date}"}}"#),
            (None, Some(country)) => write!(self.meta, r#"{{"country":"{country}"}}"#),
            (Some(date), Some(country)) => write!(self.meta, r#"{{"date":"{date}","country":"{country}"}}"#),
        };
        self.kinds.clear();
        self.inputs.clear();
        self.kinds.extend(doc.layers.iter().flat_map(|layer| layer.kinds).map(|kind| Loan::of(kind.as_bytes())));
        let mut rest = self.kinds.as_slice();
        for layer in doc.layers {
            let (kinds, after) = rest.split_at(layer.kinds.len());
            rest = after;
            let (kinds, records, heap) = (Loan::of(kinds), Loan::of(layer.records), Loan::of(layer.heap));
            self.inputs.push(RawInput { kinds, records, heap });
        }
    }
}

/// Receives the result of one call of `extract`.
struct Delivery<'a, 'o> {
    text: &'a str,
    out: &'a mut Output<'o>,
    answer: Answer,
    emitted: bool,
    refusal: Option<ExtractError>,
}

impl Delivery<'_, '_> {
    fn take(&mut self, records: Option<&[Record]>, heap: Option<&[u8]>) -> Result<(), ExtractError> {
        let (Some(records), Some(heap)) = (records, heap) else {
            return Err(ExtractError::Refused("what was emitted does not lie in memory".into()));
        };
        if std::mem::replace(&mut self.emitted, true) {
            return Err(ExtractError::Refused("emit was called twice".into()));
        }
        self.out.append(self.text, records, heap)
    }
}

unsafe extern "C" fn deliver(ctx: *mut c_void, records: *const Record, len: usize, heap: Bytes) -> Status {
    // SAFETY: `ctx` is the `Delivery` that was lent for this call.
    let delivery = unsafe { &mut *ctx.cast::<Delivery<'_, '_>>() };
    // SAFETY: records and heap are lent for this call.
    let (records, heap) = unsafe { (Loan { ptr: records, len }.get(), heap.get()) };
    match delivery.take(records, heap) {
        Ok(()) => Status::OK,
        Err(refusal) => {
            delivery.refusal = Some(refusal);
            Status::REFUSED
        }
    }
}

unsafe extern "C" fn tell(ctx: *mut c_void, text: Bytes) {
    // SAFETY: `ctx` is the `Delivery` that was lent for this call, the bytes are lent too.
    unsafe { (*ctx.cast::<Delivery<'_, '_>>()).answer.keep(text) };
}
