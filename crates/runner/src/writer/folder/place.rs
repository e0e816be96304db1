//! Files of a folder output, opened so that nothing is lost by it.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::{FileId, InputFiles};

/// What must not be written over: the files that the run reads, and those that it has written.
#[derive(Debug)]
pub(super) struct Kept {
    inputs: Arc<InputFiles>,
    written: HashSet<FileId>,
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing, or a file of an earlier run.
    Free,
    /// A file that this run reads.
    Input,
    /// A file that this run has written, a folder, or what is no file.
    Taken,
}

impl Kept {
    pub(super) fn new(inputs: Arc<InputFiles>) -> Self {
        Self { inputs, written: HashSet::new() }
    }

    /// Whether the run reads no file, so that none can be in the way.
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

    /// Opens a file that stands free, whose content stays as it is until [`Kept::fill`]. `None` when it does not stand free
    /// any more.
    pub(super) fn open(&self, path: PathBuf) -> io::Result<Option<Opened>> {
        let (file, is_new) = match File::create_new(&path) {
            Ok(file) => (file, true),
            // A file, or a link to where there is none.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                (OpenOptions::new().write(true).create(true).truncate(false).open(&path)?, false)
            }
            Err(error) => return Err(error),
        };
        let id = FileId::of(&file, &path)?;
        let is_free = is_new || self.standing(&id) == Standing::Free;
        Ok(is_free.then_some(Opened { file, id, path, is_new }))
    }

    /// Replaces what a file holds. When that fails there is no half file.
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
    /// Whether both are one file.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.id == other.id
    }

    /// Leaves things as they were.
    pub(super) fn leave(self) {
        if self.is_new {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether a file holds exactly these bytes.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> bool {
    let may = fs::metadata(path).is_ok_and(|meta| meta.len() == bytes.len() as u64);
    may && fs::read(path).is_ok_and(|content| content == bytes)
}
