//! `OUTPUT.resume`: what a partial output is made from, how much of it is complete, and its checksum.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use khabar_runner::pipeline::Checkpoint;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::output::with_suffix;

/// The content of the file, which follows a line with its checksum.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// What the output is made from, and how.
    pub(super) of: Box<RawValue>,
    /// How much of it is complete.
    pub(super) at: Checkpoint,
    /// CRC-32 of the complete part.
    pub(super) sum: u32,
}

/// The manifest is damaged, or of another version.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damaged;

impl Manifest {
    /// Reads the file; `None` where there is none.
    pub(super) fn read(path: &Path) -> io::Result<Option<Result<Self, Damaged>>> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(Self::parse(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn parse(bytes: &[u8]) -> Result<Self, Damaged> {
        let at = bytes.iter().position(|byte| *byte == b'\n').ok_or(Damaged)?;
        let (sum, content) = (&bytes[..at], &bytes[at + 1..]);
        if sum != checksum(content).as_bytes() {
            return Err(Damaged);
        }
        serde_json::from_slice(content).map_err(|_| Damaged)
    }

    /// Writes the file atomically, so that there is always a complete one.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let content = serde_json::to_vec(self)?;
        let fresh = fresh(path);
        let mut file = File::create(&fresh)?;
        file.write_all(checksum(&content).as_bytes())?;
        file.write_all(b"\n")?;
        file.write_all(&content)?;
        file.sync_data()?;
        fs::rename(&fresh, path)
    }
}

/// The name of a manifest while it is being written.
pub(super) fn fresh(path: &Path) -> PathBuf {
    with_suffix(path, ".new")
}

/// Removes the file, and one left by an interrupted run.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    for path in [path, &fresh(path)] {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn checksum(content: &[u8]) -> String {
    format!("crc32 {:08x}", crc32fast::hash(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_damage() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("m");
        let of = RawValue::from_string("{\"a\":0.1}".to_owned()).expect("is JSON");
        let at = Checkpoint { written: 77, ..Checkpoint::default() };
        Manifest { of, at, sum: 5 }.write(&path).expect("written");
        let read = Manifest::read(&path).expect("readable").expect("is there").expect("is whole");
        assert_eq!((read.of.get(), read.at.written, read.sum), ("{\"a\":0.1}", 77, 5));
        let bytes = fs::read(&path).expect("readable");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(Manifest::parse(&changed).err(), Some(Damaged), "byte {at}");
            assert_eq!(Manifest::parse(&bytes[..at]).err(), Some(Damaged), "cut at {at}");
        }
        assert_eq!(Manifest::parse(br#"{"of":{},"at":{}}"#).err(), Some(Damaged), "of an earlier khabar");
        remove(&path).and_then(|()| remove(&path)).expect("gone");
        assert!(Manifest::read(&path).expect("readable").is_none());
    }
}
