//! `--resume`: continues an interrupted run.
//!
//! During a run the output is in `OUTPUT.partial`; `OUTPUT.resume` records how much of it is complete and what it was made
//! from, with checksums of both. When the run is complete, the output gets its name and the manifest is removed. Of several
//! runs at the same time one writes, since it locks `OUTPUT.partial`; the others end with an error.

mod manifest;
mod partial;

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crc32fast::Hasher;
use khabar_runner::pipeline::{Checkpoint, Job, Observer, Summary, resume};
use khabar_runner::{Issue, PathProblem};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value as Json, json};

use crate::exit::{Failure, say};
use crate::output::{behind_links, refuse, with_suffix};
use crate::progress::ProgressReporter;
use manifest::Manifest;
use partial::Summed;

/// The first interval between two checkpoints; it doubles up to the last.
const FIRST: Duration = Duration::from_millis(50);
const LAST: Duration = Duration::from_secs(2);

/// The files that such a run, or one that ends early, writes beside its output.
pub(crate) fn beside(path: &Path) -> [PathBuf; 3] {
    // With too many links nothing will be written.
    let path = behind_links(path).unwrap_or_else(|_| path.to_owned());
    let manifest = with_suffix(&path, ".resume");
    [with_suffix(&path, ".partial"), manifest::fresh(&manifest), manifest]
}

/// Runs a job into a file, continuing an earlier run of the same job.
pub(crate) fn run(job: &Job, form: &Json, path: &Path, reporter: &mut ProgressReporter) -> Result<Summary, Failure> {
    // Checked before links are followed, since /dev/stdout may not lead to a path.
    only_file(path, "write to a file, or omit --resume")?;
    let path = &behind_links(path).map_err(refuse(path))?;
    let [partial, fresh, manifest] = beside(path);
    for path in [&partial, &fresh, &manifest] {
        only_file(path, "remove it, or write to another file")?;
    }
    let of = to_raw_value(&fingerprint(job, form)?).map_err(io::Error::from)?;
    // Nothing is read before the file is locked, since another run may be writing.
    let mut file = partial::open(&partial)?;
    let (from, sum) = begin(job, &mut file, &partial, &manifest, &of)?;
    if let Ok(before) = fs::metadata(path) {
        file.set_permissions(before.permissions()).map_err(refuse(&partial))?;
    }
    // Drops what was written after the checkpoint.
    file.set_len(from.written).and_then(|()| file.seek(SeekFrom::End(0))).map_err(refuse(&partial))?;
    if from.written != 0 {
        say(&format!("resuming after {} documents", from.summary.documents));
    }
    let sync = file.try_clone().map_err(refuse(&partial))?;
    let sum = Rc::new(RefCell::new(sum));
    let mut keeper =
        Keeper { reporter, manifest: &manifest, of, sum: Rc::clone(&sum), sync, last: Instant::now(), every: FIRST };
    let mut out = Summed { written: from.written, file: &mut file, sum: Rc::clone(&sum) };
    let summary = resume(job, from, &mut out, &mut keeper)?;
    let written = out.written;
    file.sync_all().map_err(refuse(&partial))?;
    let sum = sum.borrow().clone();
    if let Some(change) = partial::changed(&mut file, &partial, written, sum, &job.interrupt)? {
        let (path, partial, manifest) = (path.display(), partial.display(), manifest.display());
        let what = format!("{partial}: {change} while this run wrote it; {path} was not written");
        return Err(Failure::Usage(format!("{what}: delete {manifest} and {partial}, and run again")));
    }
    // The order matters: the file is locked until it has its name, and a run that starts then finds no manifest.
    manifest::remove(&manifest).map_err(refuse(&manifest))?;
    fs::rename(&partial, path).map_err(refuse(path))?;
    Ok(summary)
}

/// Refuses a path that exists and is not a file, such as a device or a pipe.
fn only_file(path: &Path, remedy: &str) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(meta) if !meta.is_file() => {
            Err(Failure::Usage(format!("{}: not a file, as --resume needs: {remedy}", path.display())))
        }
        _ => Ok(()),
    }
}

/// Returns the checkpoint to continue from and the checksum of the output so far.
fn begin(
    job: &Job,
    file: &mut File,
    partial: &Path,
    manifest: &Path,
    of: &RawValue,
) -> Result<(Checkpoint, Hasher), Failure> {
    let anew = format!("delete {} and {} to start over", manifest.display(), partial.display());
    let refused = |path: &Path, reason: &str| Failure::Usage(format!("{}: {reason}; {anew}", path.display()));
    let known = match Manifest::read(manifest).map_err(refuse(manifest))? {
        None => return Ok((Checkpoint::default(), Hasher::new())),
        Some(Ok(known)) => known,
        Some(Err(_)) => return Err(refused(manifest, "damaged, or written by another version of khabar")),
    };
    if known.of.get() != of.get() {
        return Err(refused(
            manifest,
            "belongs to a different run: the inputs, extractors, files that these read, or options differ",
        ));
    }
    match partial::sum(file, known.at.written, &job.interrupt)? {
        Some(sum) if sum.clone().finalize() == known.sum => Ok((known.at, sum)),
        Some(_) => Err(refused(partial, "was changed since it was written")),
        None => Err(refused(partial, "is shorter than what was written")),
    }
}

/// Everything that affects the bytes of an output: the program, the extractors, their configurations and the files named
/// there, the format, the inputs.
fn fingerprint(job: &Job, form: &Json) -> Result<Json, Failure> {
    let extractors = job.plan.stages().iter().map(|stage| {
        let files: Vec<Json> = stage.files().iter().map(|path| stamp(path)).collect();
        json!({"source": stage.source, "config": stage.config, "files": files})
    });
    let files = job
        .inputs
        .files()
        .map_err(|path| Failure::Usage(format!("--resume needs files as inputs: {} is not a file", path.display())))?;
    let settings = job.plan.settings();
    Ok(json!({
        "khabar": env!("CARGO_PKG_VERSION"),
        "extractors": extractors.collect::<Vec<_>>(),
        "form": form,
        "limits": [settings.max_panics, settings.max_document],
        "min_confidence": settings.min_confidence,
        "inputs": files.iter().map(|path| stamp(path)).collect::<Vec<_>>(),
    }))
}

/// A file's path, size and time of its last change.
fn stamp(path: &Path) -> Json {
    let meta = fs::metadata(path).ok();
    let changed = meta.as_ref().and_then(|meta| meta.modified().ok());
    let since = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    json!([path.to_string_lossy(), meta.map(|meta| meta.len()), since.map(|since| since.as_nanos().to_string())])
}

/// Writes the manifest from time to time.
struct Keeper<'a> {
    reporter: &'a mut ProgressReporter,
    manifest: &'a Path,
    of: Box<RawValue>,
    sum: Rc<RefCell<Hasher>>,
    sync: File,
    last: Instant,
    every: Duration,
}

impl Keeper<'_> {
    fn keep(&self, at: &Checkpoint) -> io::Result<()> {
        // The manifest must not promise more than is on the disk.
        self.sync.sync_data()?;
        let sum = self.sum.borrow().clone().finalize();
        Manifest { of: self.of.clone(), at: at.clone(), sum }.write(self.manifest)
    }
}

impl Observer for Keeper<'_> {
    fn issue(&mut self, document: &str, issue: &Issue) {
        self.reporter.issue(document, issue);
    }

    fn problem(&mut self, problem: &PathProblem) {
        self.reporter.problem(problem);
    }

    fn switched_off(&mut self, extractor: &str) {
        self.reporter.switched_off(extractor);
    }

    fn progress(&mut self, so_far: &Summary) {
        self.reporter.progress(so_far);
    }

    fn checkpoint(&mut self, here: &Checkpoint) {
        if self.last.elapsed() < self.every {
            return;
        }
        if let Err(error) = self.keep(here) {
            say(&format!("{}: {error}; if this run is interrupted, it cannot be resumed", self.manifest.display()));
        }
        self.last = Instant::now();
        self.every = (2 * self.every).min(LAST);
    }
}
