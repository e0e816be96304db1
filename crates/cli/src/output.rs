//! `-o`: where the output goes.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khabar_runner::Writer;
use khabar_runner::writer::{FolderOutput, InFolder};

use crate::exit::Failure;

/// Where the output goes.
pub(crate) enum Output {
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
}

impl Output {
    /// A folder if the path is one or ends like one, or if the format makes several files a document.
    pub(crate) fn of(path: Option<&Path>, writer: &dyn Writer) -> Result<Self, Failure> {
        let Some(path) = path else {
            return match writer.text_beside() {
                true => Err(Failure::Usage("this format makes two files a document: -o FOLDER".to_owned())),
                false => Ok(Self::Stdout),
            };
        };
        let ends_like_one = path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        let folder = path.is_dir() || ends_like_one || writer.text_beside();
        Ok(if folder { Self::Folder(path.to_owned()) } else { Self::File(path.to_owned()) })
    }

    /// The writer for this place.
    pub(crate) fn writer(&self, writer: Arc<dyn Writer>) -> Arc<dyn Writer> {
        if matches!(self, Self::Folder(_)) { Arc::new(InFolder(writer)) } else { writer }
    }

    /// Calls `write` with the place to write to. A file appears when it is complete, under its name.
    pub(crate) fn fill<T>(
        &self,
        writer: &dyn Writer,
        write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        match self {
            Self::Stdout => write(&mut io::stdout().lock()),
            Self::File(path) => into_file(path, write),
            Self::Folder(path) => write(&mut FolderOutput::new(path, writer).map_err(refuse(path))?),
        }
    }
}

fn into_file<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>) -> Result<T, Failure> {
    // What is no file (/dev/null, a pipe) cannot be renamed onto.
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return write(&mut fs::File::create(path).map_err(refuse(path))?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file: what the umask leaves. A temporary file is its owner's alone otherwise.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".khabar-").tempfile_in(folder).map_err(refuse(path))?;
    let done = write(file.as_file_mut())?;
    file.persist(path).map_err(|error| refuse(path)(error.error))?;
    Ok(done)
}

fn refuse(path: &Path) -> impl Fn(io::Error) -> Failure {
    move |error| Failure::Usage(format!("{}: {error}", path.display()))
}
