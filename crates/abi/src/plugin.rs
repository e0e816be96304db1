//! The plugin's side: [`export!`](crate::export) and the functions behind the table.

use std::ffi::c_void;

use khabar_core::{Country, DocDate, Layer};
use khabar_extractor::{Doc, ExtractError, Extractor, Info, InputLayer, Output, Plugin, Scratch, configure};
use serde::Deserialize;

use crate::layout::{
    ABI_MAJOR, ABI_MINOR, Bytes, Header, Loan, MAGIC, PluginDecl, RawDoc, RawInput, RawSink, Status, read_sized,
};
use crate::offer::Offer;
use crate::panic::contain;

/// Makes a crate of type `cdylib` a library of one or more plugins: `khabar_abi::export!(Numbers);`.
///
/// It works under `#![forbid(unsafe_code)]`. Put it into a crate whose only crate type is `cdylib`: two rlibs with the
/// same exported symbol cannot be linked into one program.
#[macro_export]
macro_rules! export {
    ($($plugin:ty),+ $(,)?) => {
        /// The declaration that a host of khabar reads from this library.
        #[unsafe(no_mangle)]
        pub static KHABAR_PLUGIN: $crate::layout::PluginDecl = {
            struct Exported;
            impl $crate::plugin::Exports for Exported {
                const ENTRIES: &'static [$crate::plugin::Entry] = &[$($crate::plugin::Entry::of::<$plugin>()),+];
            }
            $crate::plugin::declare::<Exported>(::core::cfg!(panic = "unwind"))
        };
    };
}

/// The plugins of a library; `export!` implements it.
pub trait Exports: 'static {
    /// One entry per plugin.
    const ENTRIES: &'static [Entry];
}

/// One plugin of a library.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    offer: fn() -> Offer,
    create: fn(&[u8]) -> Result<Instance, ExtractError>,
}

impl Entry {
    /// The entry of a plugin.
    pub const fn of<P: Plugin>() -> Self {
        Self { offer: Offer::of::<P>, create: Instance::of::<P> }
    }
}

/// The table of a library's plugins; `unwinds` states whether the library was built with `panic = "unwind"`.
pub const fn declare<E: Exports>(unwinds: bool) -> PluginDecl {
    PluginDecl {
        header: Header {
            magic: MAGIC,
            abi_major: ABI_MAJOR,
            abi_minor: ABI_MINOR,
            size: size_of::<PluginDecl>() as u32,
            flags: if unwinds { Header::UNWINDS } else { 0 },
            reserved: 0,
        },
        n_extractors: E::ENTRIES.len() as u32,
        reserved: 0,
        describe: Some(describe::<E>),
        create: Some(create::<E>),
        destroy: Some(destroy),
        worker_new: Some(worker_new),
        worker_free: Some(worker_free),
        extract: Some(extract),
    }
}

/// An extractor made from a configuration: what a handle points to.
struct Instance {
    info: Info,
    extractor: Box<dyn Extractor>,
}

impl Instance {
    fn of<P: Plugin>(config: &[u8]) -> Result<Self, ExtractError> {
        Ok(Self { info: Info::of::<P>(), extractor: Box::new(configure::<P>(config)?) })
    }
}

/// What a worker keeps between documents.
#[derive(Default)]
struct Worker {
    scratch: Scratch,
    layer: Layer,
}

unsafe extern "C" fn describe<E: Exports>(index: u32, sink: *const RawSink) -> Status {
    // SAFETY: the host lends a sink for this call.
    let sink = unsafe { &*sink };
    guard(sink, || {
        let entry = entry::<E>(index)?;
        let json = serde_json::to_vec(&(entry.offer)()).map_err(|error| ExtractError::Other(error.to_string()))?;
        // SAFETY: sink and bytes live until `emit` returns.
        Ok(unsafe { (sink.emit)(sink.ctx, std::ptr::null(), 0, Loan::of(&json)) })
    })
}

unsafe extern "C" fn create<E: Exports>(
    index: u32,
    config: Bytes,
    sink: *const RawSink,
    made: *mut *mut c_void,
) -> Status {
    // SAFETY: the host lends a sink for this call.
    let sink = unsafe { &*sink };
    guard(sink, || {
        // SAFETY: the host lends these bytes for this call.
        let config = unsafe { config.get() }.unwrap_or_default();
        let instance = Box::new((entry::<E>(index)?.create)(config)?);
        // SAFETY: the host gives a place for one pointer.
        unsafe { made.write(Box::into_raw(instance).cast()) };
        Ok(Status::OK)
    })
}

unsafe extern "C" fn destroy(extractor: *mut c_void) {
    // SAFETY: the handle came from `create`, and the host hands it back once, after its last use.
    // A panic in a drop ends here; nothing is left to be told.
    let _ = contain(|| drop(unsafe { Box::from_raw(extractor.cast::<Instance>()) }));
}

unsafe extern "C" fn worker_new(_: *const c_void) -> *mut c_void {
    Box::into_raw(Box::<Worker>::default()).cast()
}

unsafe extern "C" fn worker_free(worker: *mut c_void) {
    // SAFETY: the pointer came from `worker_new`, and the host hands it back once, after its last use.
    let _ = contain(|| drop(unsafe { Box::from_raw(worker.cast::<Worker>()) }));
}

unsafe extern "C" fn extract(
    extractor: *const c_void,
    worker: *mut c_void,
    doc: *const RawDoc,
    sink: *const RawSink,
) -> Status {
    // SAFETY: the handle came from `create` and is not destroyed while a call runs; `Extractor` is `Sync`.
    let instance = unsafe { &*extractor.cast::<Instance>() };
    // SAFETY: the pointer came from `worker_new`, and one thread at a time uses it.
    let worker = unsafe { &mut *worker.cast::<Worker>() };
    // SAFETY: the host lends a sink for this call.
    let sink = unsafe { &*sink };
    guard(sink, || {
        worker.layer.clear();
        // SAFETY: the document and all that it points to are lent for this call.
        unsafe { read(doc, instance, worker) }?;
        let (records, heap) = (worker.layer.records(), worker.layer.heap());
        if records.is_empty() {
            return Ok(Status::OK);
        }
        // SAFETY: sink, records and heap live until `emit` returns.
        Ok(unsafe { (sink.emit)(sink.ctx, records.as_ptr(), records.len(), Loan::of(heap)) })
    })
}

fn entry<E: Exports>(index: u32) -> Result<&'static Entry, ExtractError> {
    E::ENTRIES.get(index as usize).ok_or_else(|| ExtractError::Other(format!("unknown extractor number {index}")))
}

/// Runs one call: a panic stops here, an error becomes a status and a message.
fn guard(sink: &RawSink, call: impl FnOnce() -> Result<Status, ExtractError>) -> Status {
    let (status, message) = match contain(call) {
        Ok(Ok(status)) => return status,
        Ok(Err(ExtractError::Cancelled)) => return Status::CANCELLED,
        Ok(Err(ExtractError::Config(message))) => (Status::CONFIG, message),
        Ok(Err(error)) => (Status::FAILED, error.to_string()),
        Err(panic) => (Status::PANICKED, panic.to_string()),
    };
    // SAFETY: sink and text live until `message` returns.
    unsafe { (sink.message)(sink.ctx, Loan::of(message.as_bytes())) };
    status
}

/// The fields of [`RawDoc::meta`]; others are ignored.
#[derive(Deserialize)]
struct Meta {
    date: Option<DocDate>,
    country: Option<Country>,
}

/// Runs the extractor on a document, into the worker's layer.
///
/// # Safety
/// `doc` points to a document that begins with its size; all its pointers are loans as its fields say, for the time of
/// this call.
unsafe fn read(doc: *const RawDoc, instance: &Instance, worker: &mut Worker) -> Result<(), ExtractError> {
    // SAFETY: the caller's promise; the size stands in every version.
    let size = unsafe { (*doc).size } as usize;
    if size < RawDoc::SIZE_1_0 {
        return Err(ExtractError::Other(format!("the host's document has {size} bytes of {}", RawDoc::SIZE_1_0)));
    }
    // SAFETY: the caller's promise; every field is a number or a pointer.
    let raw = unsafe { read_sized(doc, size, RawDoc::EMPTY) };
    let mut doc = Doc::default();
    // SAFETY: the caller's promise.
    let (meta, raw_inputs, cancel) = unsafe {
        (doc.id, doc.text, doc.folded) = (text(raw.id), text(raw.text), text(raw.folded));
        (doc.tokens, doc.hashes) = (slice(raw.tokens), slice(raw.hashes));
        (doc.sentences, doc.splits) = (slice(raw.sentences), slice(raw.splits));
        (slice(raw.meta), slice(raw.inputs), raw.cancel.as_ref())
    };
    if !meta.is_empty() {
        let meta: Meta = serde_json::from_slice(meta).map_err(|error| ExtractError::Other(format!("meta: {error}")))?;
        (doc.date, doc.country) = (meta.date, meta.country);
    }
    // SAFETY: the caller's promise.
    let kinds: Vec<Vec<&str>> =
        raw_inputs.iter().map(|input| unsafe { slice(input.kinds).iter().map(|kind| text(*kind)).collect() }).collect();
    // SAFETY: the caller's promise.
    let lent = |(input, kinds): (&RawInput, _)| unsafe {
        InputLayer { kinds, records: slice(input.records), heap: slice(input.heap) }
    };
    let layers: Vec<InputLayer<'_>> = raw_inputs.iter().zip(kinds.iter().map(Vec::as_slice)).map(lent).collect();
    doc.layers = &layers;

    let mut output = Output::new(&mut worker.layer, &instance.info);
    if let Some(cancel) = cancel {
        output = output.cancelled_by(cancel);
    }
    instance.extractor.extract(&doc, &mut output, &mut worker.scratch)
}

/// A slice borrowed from the host; empty if there is none.
///
/// # Safety
/// As for [`Loan::get`].
unsafe fn slice<'a, T>(loan: Loan<T>) -> &'a [T] {
    // SAFETY: the caller's promise.
    unsafe { loan.get() }.unwrap_or_default()
}

/// A text borrowed from the host.
///
/// # Safety
/// As for [`Loan::get`], and the bytes are UTF-8, as the interface promises of every text.
unsafe fn text<'a>(bytes: Bytes) -> &'a str {
    // SAFETY: the caller's promise.
    unsafe { std::str::from_utf8_unchecked(slice(bytes)) }
}
