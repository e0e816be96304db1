//! The files that a run reads, so that it overwrites none of them.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::Inputs;
use crate::source::is_read;

/// The identity of a file, independent of its name. On Unix it is device and inode, so links of both sorts and all spellings
/// of a path are the same file. Elsewhere it is the absolute path with links resolved, so a hard link is another file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileId(Id);

#[cfg(unix)]
type Id = (u64, u64);
#[cfg(not(unix))]
type Id = PathBuf;

impl FileId {
    /// The file that a path leads to, following links; `None` if there is none, or it is a folder, a pipe or a device.
    pub fn at(path: &Path) -> Option<Self> {
        let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Self::new(&meta, path).ok()
    }

    /// The identity of an open file with the name `path`.
    ///
    /// # Errors
    /// If the system does not tell.
    pub fn of(file: &File, path: &Path) -> io::Result<Self> {
        Self::new(&file.metadata()?, path)
    }

    /// The file that standard input comes from; `None` if it is not a file or the system cannot tell.
    pub fn of_stdin() -> Option<Self> {
        #[cfg(unix)]
        return Self::of_stream(&io::stdin());
        #[cfg(not(unix))]
        None
    }

    /// The file that standard output goes to; `None` if it is not a file or the system cannot tell.
    pub fn of_stdout() -> Option<Self> {
        #[cfg(unix)]
        return Self::of_stream(&io::stdout());
        #[cfg(not(unix))]
        None
    }

    #[cfg(unix)]
    fn of_stream(stream: &impl std::os::fd::AsFd) -> Option<Self> {
        let meta = File::from(stream.as_fd().try_clone_to_owned().ok()?).metadata().ok()?;
        if meta.is_file() { Self::new(&meta, Path::new("")).ok() } else { None }
    }

    #[cfg(unix)]
    fn new(meta: &fs::Metadata, _: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Ok(Self((meta.dev(), meta.ino())))
    }

    #[cfg(not(unix))]
    fn new(_: &fs::Metadata, path: &Path) -> io::Result<Self> {
        fs::canonicalize(path).map(Self)
    }
}

/// The files that a run reads, as of its start.
#[derive(Clone, Debug, Default)]
pub struct InputFiles(HashSet<FileId>);

impl InputFiles {
    /// The files of these inputs: those named, those in folders, and the one that standard input comes from.
    pub fn of(inputs: &Inputs) -> Self {
        Self(each(inputs).map(|(_, file)| file).collect())
    }

    /// Adds these files, as far as they exist.
    #[must_use]
    pub fn and(mut self, paths: &[PathBuf]) -> Self {
        self.0.extend(paths.iter().filter_map(|path| FileId::at(path)));
        self
    }

    /// Whether a file is one of them.
    pub fn contains(&self, file: &FileId) -> bool {
        self.0.contains(file)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Inputs {
    /// The name of the input that is this file.
    pub fn name_of(&self, file: &FileId) -> Option<PathBuf> {
        each(self).find(|(_, input)| input == file).map(|(path, _)| path)
    }

    /// The input folder from which the next run would read files with this extension in `folder`.
    pub fn would_read(&self, folder: &Path, extension: &str) -> Option<&Path> {
        if !is_read(&Path::new("x").with_extension(extension)) {
            return None;
        }
        // A folder that does not exist yet is located by its closest existing parent.
        let folder = folder.ancestors().find_map(|above| {
            fs::canonicalize(if above.as_os_str().is_empty() { Path::new(".") } else { above }).ok()
        })?;
        let holds = |path: &Path| path.is_dir() && fs::canonicalize(path).is_ok_and(|input| folder.starts_with(input));
        self.paths.iter().map(PathBuf::as_path).find(|path| holds(path))
    }

    /// Whether a file of a folder is to be read.
    pub(crate) fn wants(&self, path: &Path) -> bool {
        let Some(files) = &self.files else { return true };
        FileId::at(path).is_some_and(|file| files.contains(&file))
    }
}

/// The files of inputs with their names.
fn each(inputs: &Inputs) -> impl Iterator<Item = (PathBuf, FileId)> {
    inputs.paths.iter().flat_map(|path| {
        if path.as_os_str() == "-" {
            return FileId::of_stdin().map(|file| (path.clone(), file)).into_iter().collect::<Vec<_>>();
        }
        let one = Inputs { paths: vec![path.clone()], ..Inputs::default() };
        let files = one.files().unwrap_or_default().into_iter();
        files.filter_map(|path| FileId::at(&path).map(|file| (path, file))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_every_name() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        fs::create_dir(path("d")).expect("made");
        for name in ["d/a.txt", "d/unknown.xyz", "other.txt"] {
            fs::write(path(name), name).expect("written");
        }
        let inputs = Inputs { paths: vec![path("d")], ..Inputs::default() };
        let known = |name: &str| FileId::at(&path(name)).is_some_and(|file| inputs.name_of(&file).is_some());
        assert_eq!(
            ["d/a.txt", "d/../d/a.txt", "d/unknown.xyz", "other.txt", "d", "none"].map(known),
            [true, true, false, false, false, false]
        );
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("d/a.txt"), path("link")).expect("linked");
            fs::hard_link(path("d/a.txt"), path("hard")).expect("linked");
            assert_eq!(["link", "hard"].map(known), [true, true]);
        }
    }

    #[test]
    fn what_the_next_run_would_read() {
        let place = tempfile::tempdir().expect("a folder");
        let path = |name: &str| place.path().join(name);
        fs::create_dir(path("d")).expect("made");
        let inputs = Inputs { paths: vec![path("d")], ..Inputs::default() };
        let would = |folder: &str, extension: &str| inputs.would_read(&path(folder), extension).is_some();
        assert!(would("d", "jsonl") && would("d/new/below", "html") && would("d/../d", "txt"));
        assert!(!would("d", "ann") && !would("e", "jsonl") && !would("", "jsonl"));
    }
}
