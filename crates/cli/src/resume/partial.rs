//! `OUTPUT.partial`: the output so far, which one run at a time may write.

use std::cell::RefCell;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crc32fast::Hasher;
use khabar_runner::FileId;

use crate::exit::{Failure, say};
use crate::output::refuse;

/// Bytes read at a time.
const BUFFER: usize = 1 << 18;

/// How long to wait for the lock: a process that was killed may still be ending.
const LOCK_TIMEOUT: Duration = Duration::from_secs(2);

/// Opens the file and locks it for as long as it is open.
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    let begin = Instant::now();
    loop {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(refuse(path))?;
        if !file.metadata().map_err(refuse(path))?.is_file() {
            let reason = "not a file: remove it, or write to another file";
            return Err(Failure::Usage(format!("{}: {reason}", path.display())));
        }
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if begin.elapsed() < LOCK_TIMEOUT => {
                thread::sleep(Duration::from_millis(20));
                continue;
            }
            Err(TryLockError::WouldBlock) => {
                let reason = "another run is writing this file: wait until it ends, or write to another file";
                return Err(Failure::Usage(format!("{}: {reason}", path.display())));
            }
            Err(TryLockError::Error(error)) => {
                let path = path.display();
                say(&format!("{path}: cannot lock the file here ({error}): make sure that no other run writes it"));
                return Ok(file);
            }
        }
        // A run that ended in between has renamed the file.
        if FileId::at(path) == Some(FileId::of(&file, path).map_err(refuse(path))?) {
            return Ok(file);
        }
    }
}

/// A checksum of the first `len` bytes; `None` when there are fewer.
pub(super) fn sum(file: &mut File, len: u64, interrupt: &AtomicBool) -> Result<Option<Hasher>, Failure> {
    let (mut hasher, mut buffer, mut left) = (Hasher::new(), vec![0; BUFFER], len);
    file.seek(SeekFrom::Start(0))?;
    while left != 0 {
        if interrupt.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        let wanted = usize::try_from(left).map_or(BUFFER, |left| left.min(BUFFER));
        let read = file.read(&mut buffer[..wanted])?;
        if read == 0 {
            return Ok(None);
        }
        hasher.update(&buffer[..read]);
        left -= read as u64;
    }
    Ok(Some(hasher))
}

/// How another process changed the file that a run has written; `None` if it is still at its path with the same length and
/// checksum.
pub(super) fn changed(
    file: &mut File,
    path: &Path,
    written: u64,
    sum: Hasher,
    interrupt: &AtomicBool,
) -> Result<Option<&'static str>, Failure> {
    match FileId::at(path) {
        None => return Ok(Some("was removed")),
        Some(there) if there != FileId::of(file, path).map_err(refuse(path))? => return Ok(Some("was replaced")),
        Some(_) => {}
    }
    if file.metadata().map_err(refuse(path))?.len() != written {
        return Ok(Some("was truncated or extended"));
    }
    // A truncated file can have its length again after further writes, so the checksum counts.
    let read = self::sum(file, written, interrupt)?;
    Ok(if read.is_some_and(|read| read.finalize() == sum.finalize()) { None } else { Some("was changed") })
}

/// Appends to the file, counting and summing what it writes.
pub(super) struct Summed<'a> {
    pub(super) file: &'a mut File,
    pub(super) sum: Rc<RefCell<Hasher>>,
    /// Bytes of the file.
    pub(super) written: u64,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.borrow_mut().update(&bytes[..written]);
        self.written += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_others_do_to_it_is_seen() {
        let place = tempfile::tempdir().expect("a folder");
        let path = place.path().join("out.partial");
        let told = |interfere: &dyn Fn(&Path)| {
            let mut file = open(&path).ok().expect("opens");
            file.set_len(0).expect("empty");
            let sum = Rc::new(RefCell::new(Hasher::new()));
            let mut out = Summed { file: &mut file, sum: Rc::clone(&sum), written: 0 };
            out.write_all(b"first").expect("written");
            interfere(&path);
            out.write_all(b"second").expect("written");
            let (written, sum) = (out.written, sum.borrow().clone());
            changed(&mut file, &path, written, sum, &AtomicBool::new(false)).ok().expect("readable")
        };
        let cut = |path: &Path, len| {
            if let Ok(file) = OpenOptions::new().write(true).open(path) {
                file.set_len(len).expect("cut");
            }
        };
        assert_eq!(told(&|_| {}), None);
        assert_eq!(told(&|path| cut(path, 0)), Some("was changed"));
        assert_eq!(told(&|path| cut(path, 99)), Some("was truncated or extended"));
        assert_eq!(told(&|path| drop(fs::remove_file(path))), Some("was removed"));
        let replaced = told(&|path| {
            if fs::rename(path, path.with_extension("old")).is_ok() {
                fs::write(path, "firstsecond").expect("written");
            }
        });
        assert_eq!(replaced, Some("was replaced"));
    }
}
