//! One file per document.

mod names;
mod place;

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khabar_extractor::Scratch;

use super::Writer;
use crate::{Annotated, InputFiles};
use names::{Names, file_name, flat_name};
use place::{Kept, Standing, holds};

/// Writes documents so that a [`FolderOutput`] can write one file for each.
///
/// Its output is a list of frames: length and bytes of a document's id, of the content of its file, and of its text if that
/// is written beside it. A document that could not be read has no text, so nothing is written for it if texts are.
pub struct InFolder(pub Arc<dyn Writer>);

impl Writer for InFolder {
    fn extension(&self) -> &'static str {
        self.0.extension()
    }

    fn document(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
        if doc.is_unread && self.0.text_beside() {
            return;
        }
        frame(out, |out| out.extend_from_slice(doc.document.id.as_bytes()));
        frame(out, |out| self.0.file(doc, scratch, out));
        let text = if self.0.text_beside() { doc.document.text } else { "" };
        frame(out, |out| out.extend_from_slice(text.as_bytes()));
    }
}

fn frame(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let at = out.len();
    out.extend_from_slice(&[0; 8]);
    write(out);
    let len = (out.len() - at - 8) as u64;
    out[at..at + 8].copy_from_slice(&len.to_le_bytes());
}

/// Receives the output of [`InFolder`], whole documents at a time, and writes files below a folder.
///
/// Parts of an id between slashes become folders; characters that are not allowed in file names on every system become `_`;
/// a second document with the same name gets `-2`, and an id whose folders cannot be created gives a name without folders.
/// Files of an earlier run are replaced.
///
/// Files that the run reads are never overwritten. If the text of a document is written beside its file and an input with
/// exactly that text is there, it is used; any other input in the way gives the document another name, reported by
/// [`FolderOutput::notices`]. A document whose files cannot be written does not affect others: [`FolderOutput::lost`] counts
/// it. A full disk ends the run.
pub struct FolderOutput {
    folder: PathBuf,
    extension: &'static str,
    text_beside: bool,
    kept: Kept,
    names: Names,
    notices: Vec<FolderNotice>,
    moved: u64,
    lost: u64,
}

/// A document whose files have another name than its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderNotice {
    /// The document's id.
    pub document: String,
    /// The reason.
    pub message: String,
    /// Whether it has no file at all.
    pub is_lost: bool,
}

impl fmt::Display for FolderNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.message, self.document)
    }
}

/// The most notices of one sort that are kept.
const NOTICES: u64 = 100;

/// The result of an attempt to write a document's files.
enum Tried {
    Written,
    /// They exist already, with the same bytes.
    Shared,
    /// Another file has one of the names.
    Taken,
    /// This input has one of the names.
    Input(PathBuf),
}

impl FolderOutput {
    /// An output into a folder, which is created if necessary, for a run that reads `inputs`. If the folder may be within an
    /// input, pass the same files to [`Inputs::files`](crate::Inputs::files).
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn new(folder: &Path, writer: &dyn Writer, inputs: Arc<InputFiles>) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
            extension: writer.extension(),
            text_beside: writer.text_beside(),
            kept: Kept::new(inputs),
            names: Names::default(),
            notices: Vec::new(),
            moved: 0,
            lost: 0,
        })
    }

    /// The documents whose files differ from their ids, in order; the first hundred of each sort.
    pub fn notices(&self) -> &[FolderNotice] {
        &self.notices
    }

    /// Documents whose files have another name because an input is in the way.
    pub fn moved(&self) -> u64 {
        self.moved
    }

    /// Documents without a file because it could not be written.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    fn document(&mut self, id: &str, content: &[u8], text: &[u8]) -> io::Result<()> {
        let mut written = self.write_as(&file_name(id), content, text);
        if written.as_ref().is_err_and(is_of_the_folders) {
            written = self.write_as(&flat_name(id), content, text);
        }
        match written {
            Ok(None) => {}
            Ok(Some(moved)) => {
                self.moved += 1;
                self.notice(self.moved, id, moved, false);
            }
            Err(error) if is_of_the_run(&error) => return Err(error),
            Err(error) => {
                self.lost += 1;
                self.notice(self.lost, id, error.to_string(), true);
            }
        }
        Ok(())
    }

    fn notice(&mut self, number: u64, document: &str, message: String, is_lost: bool) {
        if number <= NOTICES {
            self.notices.push(FolderNotice { document: document.to_owned(), message, is_lost });
        }
    }

    /// Writes a document under the first free name; returns a notice if an input was in the way.
    fn write_as(&mut self, name: &str, content: &[u8], text: &[u8]) -> io::Result<Option<String>> {
        // A text and its copy from an earlier run beside it are two documents with the same content.
        if self.names.has(name) && self.is_there(name, content, text) {
            return Ok(None);
        }
        let mut input = None;
        loop {
            let (stem, is_free) = self.names.next(name);
            let tried = match is_free {
                true => self.try_as(&stem, content, text)?,
                false if self.is_there(&stem, content, text) => Tried::Shared,
                false => Tried::Taken,
            };
            match tried {
                Tried::Written | Tried::Shared => {
                    return Ok(input.map(|input: PathBuf| {
                        let (input, instead) = (input.display(), self.path(&stem, self.extension));
                        let is_other = if self.text_beside { " and differs from this text" } else { "" };
                        format!(
                            "{input} is read by this run{is_other}: it is kept, and the document is written to {}",
                            instead.display()
                        )
                    }));
                }
                Tried::Taken => {}
                Tried::Input(path) => input = Some(input.unwrap_or(path)),
            }
        }
    }

    fn try_as(&mut self, stem: &str, content: &[u8], text: &[u8]) -> io::Result<Tried> {
        let path = self.path(stem, self.extension);
        let told = |error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(told)?;
        }
        let mut beside = self.text_beside.then(|| self.path(stem, "txt"));
        for (path, is_text) in [(Some(&path), false), (beside.as_ref(), true)] {
            let Some(path) = path else { continue };
            match self.kept.look(path) {
                Standing::Free => {}
                Standing::Taken => return Ok(Tried::Taken),
                Standing::Input if is_text && holds(path, text) => {}
                Standing::Input => return Ok(Tried::Input(path.clone())),
            }
        }
        // An input with exactly the text is kept.
        beside = beside.filter(|path| self.kept.look(path) == Standing::Free);
        let Some(file) = self.kept.open(path.clone()).map_err(told)? else { return Ok(Tried::Taken) };
        let Some(beside) = beside else {
            self.kept.fill(file, content).map_err(told)?;
            return Ok(Tried::Written);
        };
        match self.kept.open(beside) {
            Ok(Some(beside)) if !beside.is(&file) => {
                self.kept.fill(beside, text).and_then(|()| self.kept.fill(file, content)).map_err(told)?;
            }
            Ok(_) => {
                file.leave();
                return Ok(Tried::Taken);
            }
            Err(error) => {
                file.leave();
                return Err(told(error));
            }
        }
        Ok(Tried::Written)
    }

    /// Whether a document's files exist as this run would write them, with the text as an input.
    fn is_there(&self, stem: &str, content: &[u8], text: &[u8]) -> bool {
        let beside = self.path(stem, "txt");
        self.text_beside
            && self.kept.has_inputs()
            && self.kept.look(&beside) == Standing::Input
            && holds(&beside, text)
            && holds(&self.path(stem, self.extension), content)
    }

    fn path(&self, stem: &str, extension: &str) -> PathBuf {
        self.folder.join(format!("{stem}.{extension}"))
    }
}

/// Whether an error concerns the folders or the length of the name, so that a shorter name without folders may work.
fn is_of_the_folders(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists | io::ErrorKind::InvalidFilename)
}

/// Whether the next document would meet the same error.
fn is_of_the_run(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::ReadOnlyFilesystem
    )
}

impl Write for FolderOutput {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let mut rest = buffer;
        while !rest.is_empty() {
            let (Some(id), Some(content), Some(text)) = (take(&mut rest), take(&mut rest), take(&mut rest)) else {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "half a document"));
            };
            self.document(&String::from_utf8_lossy(id), content, text)?;
        }
        Ok(buffer.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn take<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (len, after) = rest.split_first_chunk::<8>()?;
    let (frame, after) = after.split_at_checked(usize::try_from(u64::from_le_bytes(*len)).ok()?)?;
    *rest = after;
    Some(frame)
}

#[cfg(test)]
mod tests;
