//! Reads the files of the data folder, packed or plain.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use khabar_entities::crf::MOST_FEATURES;
use thiserror::Error;

/// Training data that cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TrainError {
    /// A file cannot be read.
    #[error("{}: {reason}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system or the unpacker says.
        reason: String,
    },
    /// A line is not what it should be.
    #[error("{}:{line}: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// More features are left than a model file holds.
    #[error("{found} features are kept, a model holds {MOST_FEATURES}: raise the weight below which they are dropped")]
    Features {
        /// How many there are.
        found: usize,
    },
    /// The training of one seed ended early.
    #[error("the training of a seed broke off")]
    Stopped,
}

/// Calls `f` with every line of a file, which is unpacked when its name ends with `.zst`.
///
/// # Errors
/// The file cannot be read, or `f` says what is wrong with a line.
pub(crate) fn each_line(path: &Path, mut f: impl FnMut(&str) -> Result<(), String>) -> Result<(), TrainError> {
    let unreadable = |reason: String| TrainError::Unreadable { path: path.to_owned(), reason };
    let file = File::open(path).map_err(|error| unreadable(error.to_string()))?;
    let plain: Box<dyn Read> = if path.extension().is_some_and(|e| e == "zst") {
        let decoder = ruzstd::decoding::StreamingDecoder::new(BufReader::new(file));
        Box::new(decoder.map_err(|error| unreadable(error.to_string()))?)
    } else {
        Box::new(file)
    };
    let mut reader = BufReader::with_capacity(1 << 20, plain);
    let mut line = String::new();
    let mut number = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line).map_err(|error| unreadable(error.to_string()))? == 0 {
            return Ok(());
        }
        number += 1;
        f(line.trim_end_matches(['\n', '\r'])).map_err(|reason| TrainError::Malformed {
            path: path.to_owned(),
            line: number,
            reason,
        })?;
    }
}
