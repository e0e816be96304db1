//! Writes a file that appears when it is complete.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::exit::Failure;

/// The temporary file that is being written.
static TEMPORARY: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The most links followed, the same as on Linux.
const LINKS: usize = 40;

/// Calls `write` with a file that gets the name `path` when all is written. A file that it replaces passes on its mode; a
/// link stays, and its target is replaced.
pub(super) fn write<T>(path: &Path, write: impl FnOnce(&mut File) -> Result<T, Failure>) -> Result<T, Failure> {
    let refuse = |error: io::Error| super::refuse(path)(error);
    let before = fs::metadata(path).ok();
    // A device or pipe (/dev/null) cannot be replaced by renaming.
    if before.as_ref().is_some_and(|meta| !meta.is_file()) {
        return write(&mut fs::OpenOptions::new().write(true).open(path).map_err(refuse)?);
    }
    // Absolute, since a library may change the current folder meanwhile.
    let target = behind_links(path).and_then(std::path::absolute).map_err(refuse)?;
    let prefix = prefix(std::process::id());
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The mode of any new file, less the umask. A temporary file would be readable by its owner only.
        let mode = before.as_ref().map_or(0o666, |meta| meta.permissions().mode() & 0o777);
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder_of(&target)).map_err(refuse)?;
    let _temporary = Temporary::new(file.path());
    if let Some(before) = before {
        // The umask does not apply to the mode of an existing file.
        file.as_file().set_permissions(before.permissions()).map_err(refuse)?;
    }
    let done = write(file.as_file_mut())?;
    file.persist(&target).map_err(|error| refuse(error.error))?;
    Ok(done)
}

/// Follows the links at the end of a path, whether or not their target exists.
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

/// Removes the incomplete file before the process ends at once.
pub(crate) fn forget() {
    if let Ok(mut temporary) = TEMPORARY.try_lock()
        && let Some(path) = temporary.take()
    {
        let _ = fs::remove_file(path);
    }
}

/// Renames what an ended process has written for `path` to `PATH.partial`, unless that file exists, and returns where it is;
/// `None` if there is nothing.
pub(crate) fn keep(path: &Path, pid: u32) -> Option<PathBuf> {
    let target = behind_links(path).ok()?;
    let prefix = prefix(pid);
    let names = fs::read_dir(folder_of(&target)).ok()?.flatten().map(|entry| entry.file_name());
    let own = names.filter(|name| name.to_string_lossy().starts_with(&prefix)).map(|name| target.with_file_name(name));
    // An earlier process may have had the same id.
    let left = own.max_by_key(|path| fs::metadata(path).and_then(|meta| meta.modified()).ok())?;
    let partial = super::with_suffix(&target, ".partial");
    // Unlike a rename this never replaces a file.
    match fs::hard_link(&left, &partial).and_then(|()| fs::remove_file(&left)) {
        Ok(()) => Some(partial),
        Err(_) => Some(left),
    }
}

/// The prefix of the names of a process's temporary files.
fn prefix(pid: u32) -> String {
    format!(".khabar-{pid}-")
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Registers a temporary file for [`forget`] while it lives.
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
