//! Refuses outputs that would overwrite what the run reads.

use std::fmt;
use std::path::{Path, PathBuf};

use khabar_runner::{FileId, InputFiles, Inputs};

use super::Output;
use crate::exit::Failure;
use crate::resume;

/// The files that a run reads.
pub(crate) struct Reads {
    /// The documents.
    pub(crate) inputs: Inputs,
    /// Files that affect the result: the configuration, libraries, dictionaries, models.
    pub(crate) others: Vec<PathBuf>,
}

/// A file that a run reads, by its given name.
enum Read {
    Input(PathBuf),
    Other(PathBuf),
}

impl Reads {
    /// Finds out what the run reads a file as; `None` if it does not read it.
    fn find(&self, file: &FileId) -> Option<Read> {
        let other = || self.others.iter().find(|path| FileId::at(path).as_ref() == Some(file)).cloned();
        self.inputs.name_of(file).map(Read::Input).or_else(|| other().map(Read::Other))
    }

    /// All files.
    pub(super) fn files(&self) -> InputFiles {
        InputFiles::of(&self.inputs).and(&self.others)
    }
}

impl Read {
    fn path(&self) -> &Path {
        match self {
            Self::Input(path) | Self::Other(path) => path,
        }
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Input(_) => "is read as input",
            Self::Other(_) => "is read as part of the configuration",
        })
    }
}

/// Refuses standard output if it is a file that is read, for example with `>>`: the run would read its own output.
pub(crate) fn check_stdout(reads: &Reads) -> Result<(), Failure> {
    let Some(read) = FileId::of_stdout().and_then(|file| reads.find(&file)) else { return Ok(()) };
    let path = read.path().display();
    Err(Failure::Usage(format!("standard output is {path}, which {read}: write to another file")))
}

/// Refuses to write a file that is read.
pub(crate) fn check_file(path: &Path, reads: &Reads) -> Result<(), Failure> {
    let Some(read) = FileId::at(path).and_then(|file| reads.find(&file)) else { return Ok(()) };
    let (name, path) = (read.path().display().to_string(), path.display().to_string());
    let remedy = match read {
        Read::Input(_) => "write to another file, or remove it from the inputs",
        Read::Other(_) => "write to another file",
    };
    let which = if path == name { String::new() } else { format!("it is {name}, which ") };
    Err(Failure::Usage(format!("{path}: {which}{read}: {remedy}")))
}

/// Refuses an output that would overwrite a file that the run reads, or that the next run would read as input.
pub(super) fn check(output: &Output, reads: &Reads, extension: &str) -> Result<(), Failure> {
    match output {
        Output::Stdout => check_stdout(reads),
        Output::File(path) => {
            check_file(path, reads)?;
            resume::beside(path).iter().try_for_each(|beside| check_file(beside, reads))
        }
        Output::Folder(path) => match reads.inputs.would_read(path, extension) {
            None => Ok(()),
            Some(input) => {
                let (path, input) = (path.display(), input.display());
                let reason = "the next run would read what this one writes";
                Err(Failure::Usage(format!("{path}: lies in the input {input}, and {reason}: name another folder")))
            }
        },
    }
}
