//! `-o`: where the output goes.

mod file;
mod guard;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khabar_runner::writer::{FolderOutput, InFolder};
use khabar_runner::{FileId, Inputs, Writer};

use crate::exit::{Failure, say};

pub(crate) use file::{behind_links, forget, keep};
pub(crate) use guard::{Reads, check_file, check_stdout};

/// How many notices of one sort about files of a folder are reported one by one.
const TOLD: u64 = 5;

/// Where the output goes.
pub(crate) enum Output {
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
}

/// The number of documents whose files could not be written; they were reported.
pub(crate) struct Lost(pub(crate) u64);

impl Output {
    /// A folder if the path is one or ends like one, or if the format writes several files per document.
    pub(crate) fn of(path: Option<&Path>, writer: &dyn Writer) -> Result<Self, Failure> {
        let Some(path) = path else {
            return match writer.text_beside() {
                true => Err(Failure::Usage("this format writes two files per document: add -o FOLDER".to_owned())),
                false => Ok(Self::Stdout),
            };
        };
        let ends_like_one = path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        let folder = path.is_dir() || ends_like_one || writer.text_beside();
        // /dev/stdout may be a file, which must not be replaced.
        let is_stdout = FileId::at(path).is_some_and(|file| FileId::of_stdout() == Some(file));
        Ok(match folder {
            true => Self::Folder(path.to_owned()),
            false if is_stdout => Self::Stdout,
            false => Self::File(path.to_owned()),
        })
    }

    /// Refuses a place that is an input of the run or another file that it reads.
    pub(crate) fn check(&self, reads: &Reads, writer: &dyn Writer) -> Result<(), Failure> {
        guard::check(self, reads, writer.extension())
    }

    /// The writer for this place.
    pub(crate) fn writer(&self, writer: Arc<dyn Writer>) -> Arc<dyn Writer> {
        if matches!(self, Self::Folder(_)) { Arc::new(InFolder(writer)) } else { writer }
    }

    /// The inputs for a run into this place, which never reads what it writes itself.
    pub(crate) fn inputs(&self, reads: Reads) -> Inputs {
        let files = matches!(self, Self::Folder(_)).then(|| Arc::new(reads.files()));
        Inputs { files, ..reads.inputs }
    }

    /// Calls `write` with the place to write to. A file appears when it is complete. In a folder no file replaces one that
    /// the run reads, according to [`Output::inputs`].
    pub(crate) fn fill<T>(
        &self,
        writer: &dyn Writer,
        inputs: &Inputs,
        quiet: bool,
        write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
    ) -> Result<(T, Lost), Failure> {
        match self {
            Self::Stdout => Ok((write(&mut *stdout()?)?, Lost(0))),
            Self::File(path) => Ok((into_file(path, |file| write(file))?, Lost(0))),
            Self::Folder(path) => {
                let files = inputs.files.clone().unwrap_or_default();
                let mut folder = FolderOutput::new(path, writer, files).map_err(refuse(path))?;
                let written = write(&mut folder);
                tell(&folder, quiet);
                Ok((written?, Lost(folder.lost())))
            }
        }
    }
}

/// Calls `write` with a file that gets the name `path` when all is written.
pub(crate) fn into_file<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
) -> Result<T, Failure> {
    file::write(path, |file| write(file))
}

/// A copy of standard output that libraries cannot close.
#[cfg(unix)]
fn stdout() -> io::Result<Box<dyn Write>> {
    use std::os::fd::AsFd as _;
    Ok(Box::new(std::fs::File::from(io::stdout().as_fd().try_clone_to_owned()?)))
}

#[cfg(not(unix))]
fn stdout() -> io::Result<Box<dyn Write>> {
    Ok(Box::new(io::stdout().lock()))
}

/// Reports the documents whose file names differ from their ids.
fn tell(folder: &FolderOutput, quiet: bool) {
    let sorts = [(true, folder.lost(), "no file"), (false, folder.moved(), "another name")];
    for (is_lost, count, what) in sorts.into_iter().filter(|(is_lost, ..)| *is_lost || !quiet) {
        let notices = folder.notices().iter().filter(|notice| notice.is_lost == is_lost);
        notices.take(TOLD as usize).for_each(|notice| say(&notice.to_string()));
        if TOLD < count {
            say(&format!("and {} more documents with {what}", count - TOLD));
        }
    }
}

/// Appends a suffix to a path.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub(crate) fn refuse(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::Usage(format!("{}: {error}", path.display()))
}
