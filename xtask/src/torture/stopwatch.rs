//! How long khabar takes over a text.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::repo;

/// What takes longer by the clock is ended.
const LONGEST: Duration = Duration::from_secs(60);

/// Runs khabar over one text after the other.
pub(super) struct Stopwatch {
    khabar: PathBuf,
    file: PathBuf,
    /// What a run takes over an empty text.
    beginning: Duration,
}

impl Stopwatch {
    /// One for a program.
    pub(super) fn new(khabar: PathBuf) -> Result<Self> {
        let file = repo::target().join("torture/text.txt");
        repo::write(&file, "")?;
        let mut watch = Self { khabar, file, beginning: Duration::ZERO };
        let mut beginnings = Vec::new();
        for _ in 0..5 {
            beginnings.extend(watch.time("", "jsonl")?);
        }
        watch.beginning = beginnings.into_iter().min().context("khabar does not run over an empty text")?;
        Ok(watch)
    }

    /// The time that khabar takes over a text beyond that for none, or in words how it failed.
    pub(super) fn time(&self, text: &str, format: &str) -> Result<Result<Duration, String>> {
        fs::write(&self.file, text).with_context(|| self.file.display().to_string())?;
        let mut command = Command::new(&self.khabar);
        command.args(["annotate", "--quiet", "--jobs", "1", "--input-format", "text", "--format", format]);
        command.arg(&self.file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let before = time_of_children();
        let mut child = command.spawn().with_context(|| self.khabar.display().to_string())?;
        let begun = Instant::now();
        let Some(status) = wait(&mut child)? else {
            return Ok(Err(format!("more than {} s", LONGEST.as_secs())));
        };
        let time = match (before, time_of_children()) {
            (Some(before), Some(after)) => after.saturating_sub(before),
            _ => begun.elapsed(),
        };
        if status.success() {
            return Ok(Ok(time.saturating_sub(self.beginning)));
        }
        let mut said = String::new();
        if let Some(errors) = &mut child.stderr {
            errors.read_to_string(&mut said).context("what khabar says")?;
        }
        Ok(Err(format!("{status}: {}", said.trim())))
    }
}

/// Waits for a program; ends one that takes too long, and returns `None` then.
fn wait(child: &mut Child) -> Result<Option<ExitStatus>> {
    let begun = Instant::now();
    while begun.elapsed() < LONGEST {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

/// Time of the processor of all children that have ended.
#[cfg(unix)]
fn time_of_children() -> Option<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    u64::try_from(micros).ok().map(Duration::from_micros)
}

#[cfg(not(unix))]
fn time_of_children() -> Option<Duration> {
    None
}
