//! `OUTPUT.partial`: what is written so far, which one run at a time may write.

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

/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// How long a run that was killed may take to be gone.
const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the file and locks it for as long as it is open.
pub(super) fn open(path: &Path) -> Result<File, Failure> {
    let begin = Instant::now();
    loop {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let file = file.map_err(refuse(path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) if begin.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(20));
                continue;
            }
            Err(TryLockError::WouldBlock) => {
                let reason = "another run is writing it; wait until that has ended, or write to another file";
                return Err(Failure::Usage(format!("{}: {reason}", path.display())));
            }
            Err(TryLockError::Error(error)) => {
                let path = path.display();
                say(&format!("{path}: cannot be locked here ({error}); see to it that no second run writes it"));
                return Ok(file);
            }
        }
        // A run that ended between the two has given the file another name.
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

/// Writes on, and sums up what it writes.
pub(super) struct Summed<'a> {
    pub(super) file: &'a mut File,
    pub(super) sum: Rc<RefCell<Hasher>>,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.borrow_mut().update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
