//! Opens files of a folder output without losing existing content.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{FileId, InputFiles};

/// The files that must not be overwritten: those that the run reads, and those that it has written.
#[derive(Debug)]
pub(super) struct Kept {
    inputs: Arc<InputFiles>,
    written: HashSet<FileId>,
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing, or a file from an earlier run.
    Free,
    /// A file that this run reads.
    Input,
    /// A file that this run has written, a folder, or something else than a file.
    Taken,
}

impl Kept {
    pub(super) fn new(inputs: Arc<InputFiles>) -> Self {
        Self { inputs, written: HashSet::new() }
    }

    /// Whether the run reads no files, so that none can be in the way.
    pub(super) fn has_inputs(&self) -> bool {
        !self.inputs.is_empty()
    }

    pub(super) fn look(&self, path: &Path) -> Standing {
        match FileId::at(path) {
            Some(file) => self.standing(&file),
            None if path.exists() => Standing::Taken,
            None => Standing::Free,
        }
    }

    fn standing(&self, file: &FileId) -> Standing {
        if self.inputs.contains(file) {
            Standing::Input
        } else if self.written.contains(file) {
            Standing::Taken
        } else {
            Standing::Free
        }
    }

    /// Opens a free file without changing its content until [`Kept::fill`]. `None` if it is no longer free.
    pub(super) fn open(&self, path: PathBuf) -> io::Result<Option<Opened>> {
        let (file, is_new) = match File::create_new(&path) {
            Ok(file) => (file, true),
            // A file, or a broken link.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                (OpenOptions::new().write(true).create(true).truncate(false).open(&path)?, false)
            }
            Err(error) => return Err(error),
        };
        let id = FileId::of(&file, &path)?;
        let is_free = is_new || self.standing(&id) == Standing::Free;
        Ok(is_free.then_some(Opened { file, id, path, is_new }))
    }

    /// Replaces the content of a file. On failure no partial file is left.
    pub(super) fn fill(&mut self, mut opened: Opened, content: &[u8]) -> io::Result<()> {
        let filled = opened.file.set_len(0).and_then(|()| opened.file.write_all(content));
        match filled {
            Ok(()) => drop(self.written.insert(opened.id)),
            Err(_) => drop(fs::remove_file(&opened.path)),
        }
        filled
    }
}

/// A file that is about to be written.
#[derive(Debug)]
pub(super) struct Opened {
    file: File,
    id: FileId,
    path: PathBuf,
    is_new: bool,
}

impl Opened {
    /// Whether both are the same file.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// Restores the previous state.
    pub(super) fn leave(self) {
        if self.is_new {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether a file has exactly these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let may = fs::metadata(path).is_ok_and(|meta| meta.len() == bytes.len() as u64);
    may && fs::read(path).is_ok_and(|content| content == bytes)
}
