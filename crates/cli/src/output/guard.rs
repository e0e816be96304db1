//! No output goes where the run reads.

use std::path::{Path, PathBuf};

use khabar_runner::{FileId, Inputs};

use super::{Output, with_suffix};
use crate::exit::Failure;

/// Refuses standard output when it goes to a file that is read, as `>>` can have it: the run would read what it writes.
pub(crate) fn check_stdout(inputs: &Inputs) -> Result<(), Failure> {
    let Some(input) = FileId::of_stdout().and_then(|file| inputs.name_of(&file)) else { return Ok(()) };
    let input = input.display();
    Err(Failure::Usage(format!("standard output goes to {input}, which is read as input: write to another file")))
}

/// Refuses a file to write that is read.
pub(crate) fn check_file(path: &Path, inputs: &Inputs) -> Result<(), Failure> {
    let Some(input) = FileId::at(path).and_then(|file| inputs.name_of(&file)) else { return Ok(()) };
    let (path, input) = (path.display(), input.display());
    let reason = "is read as input: write to another file, or take it out of the inputs first";
    Err(Failure::Usage(format!(
        "{path}: {}{reason}",
        if path.to_string() == input.to_string() { String::new() } else { format!("it is {input}, which ") }
    )))
}

/// Refuses an output of a run over these inputs that would be written over one of them, or that the next run would read
/// as input. `read` are other files that the run reads.
pub(super) fn check(
    output: &Output,
    inputs: &Inputs,
    read: impl IntoIterator<Item = PathBuf>,
    extension: &str,
) -> Result<(), Failure> {
    match output {
        Output::Stdout => check_stdout(inputs),
        Output::File(path) => {
            let mut inputs = inputs.clone();
            inputs.paths.extend(read);
            check_file(path, &inputs)?;
            [".partial", ".resume"].iter().try_for_each(|suffix| check_file(&with_suffix(path, suffix), &inputs))
        }
        Output::Folder(path) => match inputs.would_read(path, extension) {
            None => Ok(()),
            Some(input) => {
                let (path, input) = (path.display(), input.display());
                let reason = "the next run would read what this one writes";
                Err(Failure::Usage(format!("{path}: lies in the input {input}, and {reason}: name another folder")))
            }
        },
    }
}
