//! `--resume`: a long run that was killed goes on where it was.
//!
//! While a run goes on, the output stands in `OUTPUT.partial`, and `OUTPUT.resume` says how much of it is whole and what
//! it was made of. When the run is complete, the output gets its name and the other file goes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use khabar_runner::pipeline::{Checkpoint, Job, Observer, Summary, resume};
use khabar_runner::plan::Origin;
use khabar_runner::{Issue, PathProblem};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::exit::{Failure, say};
use crate::progress::Teller;

/// Between two checkpoints at first; it doubles up to the last.
const FIRST: Duration = Duration::from_millis(50);
const LAST: Duration = Duration::from_secs(2);

/// What stands in `OUTPUT.resume`.
#[derive(Serialize, Deserialize)]
struct Manifest {
    /// What the output is made of, and how.
    of: Json,
    /// How far it is.
    at: Checkpoint,
}

/// Runs a job into a file, from where an earlier run of the same job was.
pub(crate) fn run(job: &Job, form: &Json, path: &Path, teller: &mut Teller) -> Result<Summary, Failure> {
    let (partial, manifest) = (with_suffix(path, ".partial"), with_suffix(path, ".resume"));
    let refuse = |path: &Path, error: &dyn std::fmt::Display| Failure::Usage(format!("{}: {error}", path.display()));
    let of = fingerprint(job, form)?;
    let mut from = Checkpoint::default();
    if let Some(known) = read(&manifest).map_err(|error| refuse(&manifest, &error))? {
        if known.of != of {
            let reason = "is of another run: other inputs, extractors or options; delete it to begin anew";
            return Err(refuse(&manifest, &reason));
        }
        from = known.at;
    }
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&partial);
    let mut file = file.map_err(|error| refuse(&partial, &error))?;
    let len = file.metadata().map_err(|error| refuse(&partial, &error))?.len();
    if len < from.written {
        return Err(refuse(&partial, &"is shorter than the manifest says; delete both to begin anew"));
    }
    // What was written after the checkpoint is done again.
    file.set_len(from.written).and_then(|()| file.seek(SeekFrom::End(0))).map_err(|error| refuse(&partial, &error))?;
    if from.written != 0 {
        say(&format!("goes on after {} documents", from.summary.documents));
    }
    let sync = file.try_clone().map_err(|error| refuse(&partial, &error))?;
    let mut keeper = Keeper { teller, manifest: &manifest, of, sync, last: Instant::now(), every: FIRST };
    let summary = resume(job, from, &mut file, &mut keeper)?;
    file.sync_all().and_then(|()| fs::rename(&partial, path)).map_err(|error| refuse(path, &error))?;
    // Gone already, or not to be removed: the output is complete all the same.
    let _ = fs::remove_file(&manifest);
    Ok(summary)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn read(manifest: &Path) -> io::Result<Option<Manifest>> {
    match fs::read(manifest) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// What decides the bytes of an output: the program, the extractors and their configurations, the form, the inputs.
fn fingerprint(job: &Job, form: &Json) -> Result<Json, Failure> {
    let extractors = job.plan.stages().iter().map(|stage| {
        let library = match &stage.origin {
            Origin::Library(path) => stamp(path),
            _ => Json::Null,
        };
        json!({"source": stage.source, "config": stage.config, "library": library})
    });
    let files = job.inputs.files().map_err(|path| {
        Failure::Usage(format!("--resume needs files that stay as they are; {} is none", path.display()))
    })?;
    let settings = job.plan.settings();
    Ok(json!({
        "khabar": env!("CARGO_PKG_VERSION"),
        "extractors": extractors.collect::<Vec<_>>(),
        "form": form,
        "limits": [settings.max_panics, settings.max_document],
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

/// Writes the manifest now and then.
struct Keeper<'a> {
    teller: &'a mut Teller,
    manifest: &'a Path,
    of: Json,
    sync: File,
    last: Instant,
    every: Duration,
}

impl Keeper<'_> {
    fn keep(&self, at: &Checkpoint) -> io::Result<()> {
        // The manifest must not say more than the disk has.
        self.sync.sync_data()?;
        let fresh = with_suffix(self.manifest, ".new");
        fs::write(&fresh, serde_json::to_vec(&json!({"of": self.of, "at": at}))?)?;
        fs::rename(&fresh, self.manifest)
    }
}

impl Observer for Keeper<'_> {
    fn issue(&mut self, document: &str, issue: &Issue) {
        self.teller.issue(document, issue);
    }

    fn problem(&mut self, problem: &PathProblem) {
        self.teller.problem(problem);
    }

    fn switched_off(&mut self, extractor: &str) {
        self.teller.switched_off(extractor);
    }

    fn progress(&mut self, so_far: &Summary) {
        self.teller.progress(so_far);
    }

    fn checkpoint(&mut self, here: &Checkpoint) {
        if self.last.elapsed() < self.every {
            return;
        }
        if let Err(error) = self.keep(here) {
            say(&format!("{}: {error}; a run that is killed begins anew", self.manifest.display()));
        }
        self.last = Instant::now();
        self.every = (2 * self.every).min(LAST);
    }
}
