//! The structures that cross the boundary, in C layout.
//!
//! [`Header`], [`Loan`], [`Span`], [`Token`], [`Split`], [`Record`], [`RawInput`] and [`RawSink`] are frozen within a
//! major version. [`RawDoc`] and [`PluginDecl`] begin with their own size and only grow at the end: a reader uses a
//! field only when the size covers it.

use std::ffi::c_void;
use std::mem::offset_of;
use std::sync::atomic::AtomicU32;

use khabar_core::{Record, Span, Split, Token};

/// The first eight bytes of [`Header`].
pub const MAGIC: [u8; 8] = *b"KHABARPL";
/// Version of this interface. Another major version is refused.
pub const ABI_MAJOR: u16 = 1;
/// Minor version: only appends to [`RawDoc`] and [`PluginDecl`].
pub const ABI_MINOR: u16 = 0;
/// The data symbol that a library of plugins exports, a [`PluginDecl`].
pub const SYMBOL: &str = "KHABAR_PLUGIN";

/// What a host reads before it runs any code of a library.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// [`MAGIC`].
    pub magic: [u8; 8],
    /// [`ABI_MAJOR`] of the side that wrote it.
    pub abi_major: u16,
    /// [`ABI_MINOR`] of the side that wrote it.
    pub abi_minor: u16,
    /// Bytes of the whole [`PluginDecl`].
    pub size: u32,
    /// Bits, see [`Header::UNWINDS`]; a host ignores those that it does not know.
    pub flags: u32,
    /// Zero.
    pub reserved: u32,
}

impl Header {
    /// Flag: the library was built with `panic = "unwind"`, so that it can contain its panics.
    pub const UNWINDS: u32 = 1;
}

/// A slice that is borrowed until the call returns: `{ const T *ptr; size_t len; }`. The pointer may be null when `len` is
/// 0.
#[repr(C)]
#[derive(Debug)]
pub struct Loan<T> {
    /// The first element.
    pub ptr: *const T,
    /// How many elements.
    pub len: usize,
}

/// Borrowed bytes; text is UTF-8.
pub type Bytes = Loan<u8>;

impl<T> Clone for Loan<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loan<T> {}

impl<T> Loan<T> {
    /// Nothing.
    pub const EMPTY: Self = Self { ptr: std::ptr::null(), len: 0 };

    /// Lends a slice.
    pub const fn of(slice: &[T]) -> Self {
        Self { ptr: slice.as_ptr(), len: slice.len() }
    }

    /// The slice, or `None` when pointer and length cannot be one: null, not aligned, longer than memory can be.
    ///
    /// # Safety
    /// A pointer that is not null points to `len` initialised elements, which nobody changes during `'a`.
    pub unsafe fn get<'a>(self) -> Option<&'a [T]> {
        if self.len == 0 {
            return Some(&[]);
        }
        let bytes = self.len.checked_mul(size_of::<T>());
        let short = matches!(bytes, Some(bytes) if bytes <= isize::MAX as usize);
        if self.ptr.is_null() || !short || !self.ptr.is_aligned() {
            return None;
        }
        // SAFETY: not null, aligned and short enough as just checked; the rest is the caller's promise.
        Some(unsafe { std::slice::from_raw_parts(self.ptr, self.len) })
    }
}

/// How a call ended. It is a number, not an enum, since the other side can write any value.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Status(pub i32);

impl Status {
    /// Done.
    pub const OK: Self = Self(0);
    /// Not done; the message says why.
    pub const FAILED: Self = Self(1);
    /// The cancel flag was raised.
    pub const CANCELLED: Self = Self(2);
    /// A panic was caught; the message says what and where.
    pub const PANICKED: Self = Self(3);
    /// The configuration cannot be used; the message says which key and why.
    pub const CONFIG: Self = Self(4);
    /// The host does not take what was emitted.
    pub const REFUSED: Self = Self(5);
}

/// The layer of another extractor, as input.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RawInput {
    /// The kinds that it declares, UTF-8.
    pub kinds: Loan<Bytes>,
    /// What it found, sorted by start, longest first.
    pub records: Loan<Record>,
    /// Where the values stand.
    pub heap: Bytes,
}

/// A document.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RawDoc {
    /// Bytes of this structure.
    pub size: u32,
    /// Zero.
    pub reserved: u32,
    /// The document's id, UTF-8.
    pub id: Bytes,
    /// The original text, UTF-8.
    pub text: Bytes,
    /// A JSON object with `date` and `country` as far as they are known; may be empty.
    pub meta: Bytes,
    /// The tokens in order; their spans lie on characters of `text` and of `folded`.
    pub tokens: Loan<Token>,
    /// The folded text, UTF-8.
    pub folded: Bytes,
    /// The sentences in order.
    pub sentences: Loan<Span>,
    /// The layers of the extractors whose kinds this one requires.
    pub inputs: Loan<RawInput>,
    /// Not zero once the work is cancelled; null if it never is.
    pub cancel: *const AtomicU32,
    /// The hash of each token's folded form, as many as tokens.
    pub hashes: Loan<u64>,
    /// Where tokens may be two words that lost their space, sorted.
    pub splits: Loan<Split>,
}

impl RawDoc {
    /// Bytes that version 1.0 has.
    pub const SIZE_1_0: usize = offset_of!(Self, splits) + size_of::<Loan<Split>>();
    /// An empty document: the default of fields that the other side does not have.
    pub const EMPTY: Self = Self {
        size: 0,
        reserved: 0,
        id: Loan::EMPTY,
        text: Loan::EMPTY,
        meta: Loan::EMPTY,
        tokens: Loan::EMPTY,
        folded: Loan::EMPTY,
        sentences: Loan::EMPTY,
        inputs: Loan::EMPTY,
        cancel: std::ptr::null(),
        hashes: Loan::EMPTY,
        splits: Loan::EMPTY,
    };
}

/// Receives the results of a plugin. It is used only during the call that it is passed to, by the thread of that call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RawSink {
    /// Passed back in each call.
    pub ctx: *mut c_void,
    /// Receives the result, once per call: from `extract`, `len` records with the heap of their values; from `describe`, no
    /// records and a JSON object as heap. The host copies both before it returns.
    pub emit: unsafe extern "C" fn(ctx: *mut c_void, records: *const Record, len: usize, heap: Bytes) -> Status,
    /// Receives the reason, in UTF-8, if a call does not end with [`Status::OK`].
    pub message: unsafe extern "C" fn(ctx: *mut c_void, text: Bytes),
}

/// Writes a JSON object to `sink.emit`: `name`, `version`, `provides`, `requires`, `examples` of extractor `index`.
pub type DescribeFn = unsafe extern "C" fn(index: u32, sink: *const RawSink) -> Status;
/// Creates extractor `index` from a JSON object and writes a handle to `made`; threads share the handle.
pub type CreateFn =
    unsafe extern "C" fn(index: u32, config: Bytes, sink: *const RawSink, made: *mut *mut c_void) -> Status;
/// Ends an extractor, after all of its workers.
pub type DestroyFn = unsafe extern "C" fn(extractor: *mut c_void);
/// Creates the state of one worker of an extractor, used by one thread at a time; null on failure.
pub type WorkerNewFn = unsafe extern "C" fn(extractor: *const c_void) -> *mut c_void;
/// Ends the state of a worker.
pub type WorkerFreeFn = unsafe extern "C" fn(worker: *mut c_void);
/// Processes one document: at most one `sink.emit`, none if there are no annotations.
pub type ExtractFn = unsafe extern "C" fn(
    extractor: *const c_void,
    worker: *mut c_void,
    doc: *const RawDoc,
    sink: *const RawSink,
) -> Status;

/// What a library exports as `KHABAR_PLUGIN`. A host refuses it when a function is null.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PluginDecl {
    /// Read before anything runs.
    pub header: Header,
    /// How many extractors the library has.
    pub n_extractors: u32,
    /// Zero.
    pub reserved: u32,
    /// See [`DescribeFn`].
    pub describe: Option<DescribeFn>,
    /// See [`CreateFn`].
    pub create: Option<CreateFn>,
    /// See [`DestroyFn`].
    pub destroy: Option<DestroyFn>,
    /// See [`WorkerNewFn`].
    pub worker_new: Option<WorkerNewFn>,
    /// See [`WorkerFreeFn`].
    pub worker_free: Option<WorkerFreeFn>,
    /// See [`ExtractFn`].
    pub extract: Option<ExtractFn>,
}

impl PluginDecl {
    /// Bytes that version 1.0 has.
    pub const SIZE_1_0: usize = offset_of!(Self, extract) + size_of::<Option<ExtractFn>>();
    /// A declaration without functions: the default of fields that the other side does not have.
    pub const EMPTY: Self = Self {
        header: Header { magic: MAGIC, abi_major: ABI_MAJOR, abi_minor: ABI_MINOR, size: 0, flags: 0, reserved: 0 },
        n_extractors: 0,
        reserved: 0,
        describe: None,
        create: None,
        destroy: None,
        worker_new: None,
        worker_free: None,
        extract: None,
    };
}

/// Copies a structure of which the other side knows `size` bytes, of an older or a later minor version; fields that it
/// does not know stay as in `empty`.
///
/// # Safety
/// `at` points to `size` bytes of such a structure, at any alignment; every field of `T` is valid when it is copied in
/// full, and `size` does not end inside a field.
pub(crate) unsafe fn read_sized<T: Copy>(at: *const T, size: usize, empty: T) -> T {
    let mut value = empty;
    // SAFETY: both sides have this many bytes, and they are different memory.
    unsafe {
        std::ptr::copy_nonoverlapping(at.cast::<u8>(), (&raw mut value).cast::<u8>(), size.min(size_of::<T>()));
    }
    value
}

/// The frozen layouts, checked where a pointer has 64 bits.
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<Header>() == 24 && align_of::<Header>() == 4);
    assert!(size_of::<Bytes>() == 16 && size_of::<Span>() == 8 && size_of::<Split>() == 16);
    assert!(size_of::<Token>() == 16 && size_of::<Record>() == 32);
    assert!(size_of::<RawInput>() == 48 && size_of::<RawSink>() == 24);
    assert!(offset_of!(PluginDecl, describe) == 32 && size_of::<PluginDecl>() == 80);
    assert!(offset_of!(RawDoc, cancel) == 120 && size_of::<RawDoc>() == 160);
};

#[cfg(test)]
mod tests {
    use super::*;

    /// A declaration of a version that appended a field.
    #[repr(C)]
    #[derive(Clone, Copy)]
    struct Later {
        decl: PluginDecl,
        more: u64,
    }

    #[test]
    fn sides_of_different_minor_versions_read_what_both_know() {
        let decl = PluginDecl { n_extractors: 3, ..PluginDecl::EMPTY };
        let later = Later { decl, more: 7 };
        // SAFETY: the structures have the sizes given.
        let (from_later, from_earlier, unknown) = unsafe {
            (
                read_sized((&raw const later).cast::<PluginDecl>(), size_of::<Later>(), PluginDecl::EMPTY),
                read_sized((&raw const later).cast::<Later>(), size_of::<Later>(), Later { decl, more: 0 }),
                read_sized((&raw const decl).cast::<Later>(), size_of::<PluginDecl>(), Later { decl, more: 0 }),
            )
        };
        assert_eq!((from_later.n_extractors, from_earlier.more, unknown.more), (3, 7, 0));
    }
}
