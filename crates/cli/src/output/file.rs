//! A file that appears when it is complete.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::exit::Failure;

/// The file that is being written and has no name of its own yet.
static TEMPORARY: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Links that are followed at the most, as Linux does.
const LINKS: usize = 40;

/// Calls `write` with a file that takes the name `path` when all is written. What stood there before keeps its mode; a link
/// stays, and what it leads to is replaced.
pub(super) fn write<T>(path: &Path, write: impl FnOnce(&mut File) -> Result<T, Failure>) -> Result<T, Failure> {
    let refuse = |error: io::Error| super::refuse(path)(error);
    let before = fs::metadata(path).ok();
    // What is no file (/dev/null, a pipe) cannot be renamed onto.
    if before.as_ref().is_some_and(|meta| !meta.is_file()) {
        return write(&mut fs::OpenOptions::new().write(true).open(path).map_err(refuse)?);
    }
    // Wherever a library takes the process meanwhile.
    let target = behind_links(path).and_then(std::path::absolute).map_err(refuse)?;
    let prefix = prefix(std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file: what the umask leaves. A temporary file is its owner's alone otherwise.
        let mode = before.as_ref().map_or(0o666, |meta| meta.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder_of(&target)).map_err(refuse)?;
    let _temporary = Temporary::new(file.path());
    if let Some(before) = before {
        // The umask has nothing to say about a mode that somebody chose.
        file.as_file().set_permissions(before.permissions()).map_err(refuse)?;
    }
    let done = write(file.as_file_mut())?;
    file.persist(&target).map_err(|error| refuse(error.error))?;
    Ok(done)
}

/// What a path leads to when its last part is a link, or a chain of them, whether there is anything or not.
pub(crate) fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = folder_of(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many links"))
}

/// Removes what was written of a file that will not be completed: the process ends at once.
pub(crate) fn forget() {
    if let Ok(mut temporary) = TEMPORARY.try_lock()
        && let Some(path) = temporary.take()
    {
        let _ = fs::remove_file(path);
    }
}

/// Gives what an ended process has written of the file `path` the name `PATH.partial`, unless there is such a file, and
/// says where it is; `None` when there is nothing.
pub(crate) fn keep(path: &Path, pid: u32) -> Option<PathBuf> {
    let target = behind_links(path).ok()?;
    let prefix = prefix(pid);
    let names = fs::read_dir(folder_of(&target)).ok()?.flatten().map(|entry| entry.file_name());
    let own = names.filter(|name| name.to_string_lossy().starts_with(&prefix)).map(|name| target.with_file_name(name));
    // An older process may have had the same number.
    let left = own.max_by_key(|path| fs::metadata(path).and_then(|meta| meta.modified()).ok())?;
    let partial = super::with_suffix(&target, ".partial");
    // Unlike a rename this never replaces a file.
    match fs::hard_link(&left, &partial).and_then(|()| fs::remove_file(&left)) {
        Ok(()) => Some(partial),
        Err(_) => Some(left),
    }
}

/// What the names of a process's temporary files begin with.
fn prefix(pid: u32) -> String {
    format!(".khabar-{pid}-")
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// While it lives, [`forget`] knows of a file.
struct Temporary;

impl Temporary {
    fn new(path: &Path) -> Self {
        *TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
        Self
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        *TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
