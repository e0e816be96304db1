//! The host's side: opens a library, reads its declaration, creates its extractors.

use std::ffi::c_void;
use std::path::{Path, PathBuf};
use std::ptr::NonNull;

use khabar_core::Record;
use khabar_extractor::{ExtractError, Extractor, Info};
use serde_json::Value as Json;

use crate::error::LoadError;
use crate::layout::{
    ABI_MAJOR, Bytes, CreateFn, DescribeFn, DestroyFn, ExtractFn, Header, Loan, MAGIC, PluginDecl, RawSink, SYMBOL,
    Status, WorkerFreeFn, WorkerNewFn, read_sized,
};
use crate::offer::Offer;
use crate::remote::Remote;

/// A library of plugins. It is never unloaded.
#[derive(Clone, Debug)]
pub struct Library {
    path: PathBuf,
    table: Table,
    offers: Vec<Offer>,
}

/// The functions of a library, none of them null.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table {
    describe: DescribeFn,
    create: CreateFn,
    pub(crate) destroy: DestroyFn,
    pub(crate) worker_new: WorkerNewFn,
    pub(crate) worker_free: WorkerFreeFn,
    pub(crate) extract: ExtractFn,
}

impl Library {
    /// Opens a library and reads its declaration. No folders are searched: `path` is the file.
    ///
    /// Magic, version, size and flags are read before any function of the library is called. A library is code that runs
    /// with the rights of this process: open only what you would run as a program. Its declaration is checked; that its
    /// functions keep the rules of [`layout`](crate::layout) is its author's promise, which `export!` keeps.
    ///
    /// # Errors
    /// [`LoadError`], with the path and the reason.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, LoadError> {
        let path = path.as_ref().to_owned();
        let unreadable = |source| LoadError::Read { path: path.clone(), source };
        // A bare name would be searched for in the system's folders.
        let file = std::fs::canonicalize(&path).map_err(unreadable)?;
        std::fs::File::open(&file).map_err(unreadable)?;
        let not_a_library = |error| LoadError::NotALibrary { path: path.clone(), reason: reason(&error, &file) };
        let library = load(&file).map_err(not_a_library)?;
        // SAFETY: only the address is taken; of a data symbol, that is what the symbol "dereferences" to.
        let decl = unsafe { library.get::<*const c_void>(SYMBOL).map(|symbol| *symbol) };
        let decl = decl.unwrap_or(std::ptr::null());
        // Threads of the library, destructors of its thread-locals and leaked references outlive any handle.
        std::mem::forget(library);
        if decl.is_null() {
            return Err(LoadError::NoSymbol { path });
        }
        // SAFETY: the address of a data symbol that lives as long as the process; what is read is checked step by step.
        let decl = unsafe { checked_decl(decl, &path) }?;
        // SAFETY: the library was opened as a plugin, and says that it is one.
        unsafe { Self::from_decl(path, &decl) }
    }

    /// A library that is linked into this program, so that tests, Miri and sanitizers see both sides.
    ///
    /// # Errors
    /// As [`Library::open`].
    ///
    /// # Safety
    /// The functions of `decl` keep the rules of [`layout`](crate::layout); those of `export!` do.
    pub unsafe fn from_decl(path: impl Into<PathBuf>, decl: &PluginDecl) -> Result<Self, LoadError> {
        let path = path.into();
        check_header(&decl.header, &path)?;
        let table = Table::of(decl).map_err(|what| LoadError::Incomplete { path: path.clone(), what })?;
        let mut offers: Vec<Offer> = Vec::new();
        for index in 0..decl.n_extractors {
            // SAFETY: the caller's promise.
            let described = unsafe { describe(table, index) }.and_then(|offer| fits(offer, &offers));
            offers.push(described.map_err(|reason| LoadError::Describe { path: path.clone(), index, reason })?);
        }
        Ok(Self { path, table, offers })
    }

    /// The file, as it was named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its extractors in its own order, at least one.
    pub fn extractors(&self) -> &[Offer] {
        &self.offers
    }

    /// Creates an extractor from a configuration, a JSON object.
    ///
    /// The extractor checks every layer that the library returns and refuses it as a whole if one record is invalid, so no
    /// further check is needed. It keeps the library's worker state in [`Scratch`](khabar_extractor::Scratch) and discards
    /// it after a panic.
    ///
    /// # Errors
    /// [`LoadError::NoSuchExtractor`] or [`LoadError::Create`].
    pub fn create(&self, name: &str, config: &Json) -> Result<(Info, Box<dyn Extractor>), LoadError> {
        let Some(index) = self.offers.iter().position(|offer| offer.info.name == name) else {
            let offered = self.offers.iter().map(|offer| offer.info.name.clone()).collect();
            return Err(LoadError::NoSuchExtractor { path: self.path.clone(), name: name.to_owned(), offered });
        };
        let failed = |source| LoadError::Create { path: self.path.clone(), name: name.to_owned(), source };
        let config = config.to_string();
        let mut answer = Answer::default();
        let (sink, mut made) = (answer.sink(), std::ptr::null_mut());
        // SAFETY: the library keeps the rules (promised at opening); all that is lent lives until the call returns.
        let status =
            unsafe { (self.table.create)(index as u32, Loan::of(config.as_bytes()), &raw const sink, &mut made) };
        answer.check(status).map_err(failed)?;
        let Some(handle) = NonNull::new(made) else {
            return Err(failed(ExtractError::Refused("create gave no handle".into())));
        };
        // SAFETY: the handle came from this table's `create`, and nobody else has it.
        let remote = unsafe { Remote::new(self.table, handle) };
        Ok((self.offers[index].info.clone(), Box::new(remote)))
    }
}

impl Table {
    fn of(decl: &PluginDecl) -> Result<Self, &'static str> {
        if decl.n_extractors == 0 {
            return Err("extractors");
        }
        Ok(Self {
            describe: decl.describe.ok_or("describe")?,
            create: decl.create.ok_or("create")?,
            destroy: decl.destroy.ok_or("destroy")?,
            worker_new: decl.worker_new.ok_or("worker_new")?,
            worker_free: decl.worker_free.ok_or("worker_free")?,
            extract: decl.extract.ok_or("extract")?,
        })
    }
}

#[cfg(unix)]
fn load(file: &Path) -> Result<libloading::Library, libloading::Error> {
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    // Symbols are resolved now: a missing one is an error here instead of the end of the process at the first call.
    // SAFETY: the loader runs what initialisers the library has; the user named it as code to run.
    unsafe { Library::open(Some(file), RTLD_NOW | RTLD_LOCAL) }.map(Into::into)
}

#[cfg(not(unix))]
fn load(file: &Path) -> Result<libloading::Library, libloading::Error> {
    // SAFETY: the loader runs what initialisers the library has; the user named it as code to run.
    unsafe { libloading::Library::new(file) }
}

/// The loader's message, which libloading keeps as the source of its error, without the leading file name.
fn reason(error: &libloading::Error, file: &Path) -> String {
    let reason = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    reason.strip_prefix(&format!("{}: ", file.display())).map(str::to_owned).unwrap_or(reason)
}

/// Reads the declaration at a symbol's address: first the header, which is frozen, the rest only when that says so.
///
/// # Safety
/// `at` is the address of a data symbol of a loaded library, or of memory with a [`PluginDecl`].
unsafe fn checked_decl(at: *const c_void, path: &Path) -> Result<PluginDecl, LoadError> {
    // SAFETY: the caller's promise; the header may stand at any address.
    let header = unsafe { at.cast::<Header>().read_unaligned() };
    check_header(&header, path)?;
    // SAFETY: the header says that the declaration has this size; every field of it is a number or may be null.
    Ok(unsafe { read_sized(at.cast(), header.size as usize, PluginDecl::EMPTY) })
}

fn check_header(header: &Header, path: &Path) -> Result<(), LoadError> {
    let path = || path.to_owned();
    if header.magic != MAGIC {
        return Err(LoadError::BadMagic { path: path() });
    }
    if header.abi_major != ABI_MAJOR {
        return Err(LoadError::Version { path: path(), major: header.abi_major, minor: header.abi_minor });
    }
    if (header.size as usize) < PluginDecl::SIZE_1_0 {
        return Err(LoadError::TooSmall { path: path(), size: header.size });
    }
    if header.flags & Header::UNWINDS == 0 {
        return Err(LoadError::Aborts { path: path() });
    }
    Ok(())
}

/// Asks for the description of one extractor.
///
/// # Safety
/// The table's functions keep the rules.
unsafe fn describe(table: Table, index: u32) -> Result<Offer, String> {
    let mut answer = Answer::default();
    let sink = answer.sink();
    // SAFETY: the caller's promise; the sink lives until the call returns.
    let status = unsafe { (table.describe)(index, &raw const sink) };
    answer.check(status).map_err(|error| error.to_string())?;
    serde_json::from_slice(&answer.bytes).map_err(|error| error.to_string())
}

/// Checks what the host relies on, whatever a library declares.
fn fits(offer: Offer, before: &[Offer]) -> Result<Offer, String> {
    let name = &offer.info.name;
    if before.iter().any(|other| other.info.name == *name) {
        return Err(format!("the library has two extractors with the name {name:?}"));
    }
    offer.info.check().map_err(|error| error.to_string())?;
    Ok(offer)
}

/// Longest message that is kept, in bytes.
const LONGEST_MESSAGE: usize = 4096;

/// Receives the bytes and the message of one call.
#[derive(Default)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    pub(crate) message: String,
}

impl Answer {
    fn sink(&mut self) -> RawSink {
        RawSink { ctx: (&raw mut *self).cast(), emit: answer_emit, message: answer_message }
    }

    /// Turns a status of the other side into a result.
    pub(crate) fn check(&mut self, status: Status) -> Result<(), ExtractError> {
        let mut message = std::mem::take(&mut self.message);
        if message.is_empty() {
            message.push_str("it gives no reason");
        }
        Err(match status {
            Status::OK => return Ok(()),
            Status::CANCELLED => ExtractError::Cancelled,
            Status::CONFIG => ExtractError::Config(message),
            Status::PANICKED => ExtractError::Panicked(message),
            Status::FAILED => ExtractError::Other(message),
            Status(other) => ExtractError::Refused(format!("status {other} has no meaning: {message}")),
        })
    }

    /// Copies a borrowed message.
    ///
    /// # Safety
    /// As for [`Loan::get`].
    pub(crate) unsafe fn keep(&mut self, text: Bytes) {
        // SAFETY: the caller's promise.
        let text = unsafe { text.get() }.unwrap_or_default();
        let text = &text[..text.len().min(LONGEST_MESSAGE)];
        self.message = String::from_utf8_lossy(text).into_owned();
    }
}

unsafe extern "C" fn answer_emit(ctx: *mut c_void, _: *const Record, _: usize, heap: Bytes) -> Status {
    // SAFETY: `ctx` is the `Answer` that was lent for this call.
    let answer = unsafe { &mut *ctx.cast::<Answer>() };
    // SAFETY: the bytes are lent for this call.
    match unsafe { heap.get() } {
        Some(bytes) => {
            answer.bytes = bytes.to_vec();
            Status::OK
        }
        None => Status::REFUSED,
    }
}

unsafe extern "C" fn answer_message(ctx: *mut c_void, text: Bytes) {
    // SAFETY: `ctx` is the `Answer` that was lent for this call, the bytes are lent too.
    unsafe { (*ctx.cast::<Answer>()).keep(text) };
}
