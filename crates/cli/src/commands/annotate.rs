//! `khabar annotate`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ValueEnum;
use khabar_runner::pipeline::{Job, Observer, Summary, run as run_job};
use khabar_runner::writer::{Html, Jsonl};
use khabar_runner::{InputFormat, Inputs, Issue, PathProblem, Unit, Writer};

use crate::exit::{Failure, Outcome, say};
use crate::setup::Setup;

/// Annotate documents: files, folders, or `-` for standard input
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Text files (one document each), JSON Lines files (`{"id","text","date","country"}` a line), folders of both,
    /// or `-`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the output
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to a file, which appears when it is complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What offsets count: Unicode scalar values (Python), bytes of UTF-8 (Rust), UTF-16 code units (JavaScript, Java)
    #[arg(long, value_enum, default_value = "char")]
    offsets: Offsets,
    /// Threads; the output does not depend on it [default: all processors]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    /// Form of the input
    #[arg(long, value_enum, default_value = "auto")]
    input_format: Form,
    /// Exit with 1 when a document failed
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    setup: Setup,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a document and line
    Jsonl,
    /// One self-contained page for people, right to left
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum Offsets {
    Char,
    Byte,
    Utf16,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Auto,
    Text,
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let plan = args.setup.plan()?;
    let unit = match args.offsets {
        Offsets::Char => Unit::Char,
        Offsets::Byte => Unit::Byte,
        Offsets::Utf16 => Unit::Utf16,
    };
    let format = match args.input_format {
        Form::Auto => InputFormat::Auto,
        Form::Text => InputFormat::Text,
        Form::Jsonl => InputFormat::Jsonl,
    };
    let writer: Arc<dyn Writer> = match args.format.unwrap_or(Format::Jsonl) {
        Format::Jsonl => Arc::new(Jsonl { unit }),
        Format::Html => Arc::new(Html),
    };
    let interrupt = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&interrupt);
    // A second Ctrl-C does not wait for anything.
    let second = move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    };
    ctrlc::set_handler(second).map_err(|error| Failure::Usage(error.to_string()))?;
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let job =
        Job { plan: Arc::new(plan), writer, inputs: Inputs { paths: args.paths.clone(), format }, jobs, interrupt };
    let mut teller = Teller::default();
    let summary = match &args.output {
        None => run_job(&job, &mut io::stdout().lock(), &mut teller)?,
        Some(path) => into_file(path, |file| Ok(run_job(&job, file, &mut teller)?))?,
    };
    teller.finish();
    if summary.unreadable != 0 {
        return Err(Failure::Unreadable);
    }
    if !summary.switched_off.is_empty() || args.strict && summary.failed != 0 {
        return Err(Failure::Check);
    }
    Ok(())
}

/// Writes a file under a temporary name beside it and renames it when it is complete.
fn into_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<Summary, Failure>) -> Result<Summary, Failure> {
    let refuse = |error: io::Error| Failure::Usage(format!("{}: {error}", path.display()));
    // What is no file (/dev/null, a pipe) cannot be renamed onto.
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return write(&mut fs::File::create(path).map_err(refuse)?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".khabar-").tempfile_in(folder).map_err(refuse)?;
    let summary = write(file.as_file_mut())?;
    file.persist(path).map_err(|error| refuse(error.error))?;
    Ok(summary)
}

/// Says on standard error what went wrong; of many documents the first few.
#[derive(Default)]
struct Teller {
    issues: u64,
}

/// Documents whose issues are told one by one.
const TOLD: u64 = 20;

impl Observer for Teller {
    fn issue(&mut self, document: &str, issue: &Issue) {
        self.issues += 1;
        if self.issues <= TOLD {
            say(&format!("{issue} [{document}]"));
        }
    }

    fn problem(&mut self, problem: &PathProblem) {
        say(&problem.to_string());
    }

    fn switched_off(&mut self, extractor: &str) {
        say(&format!("extractor {extractor} panicked too often and is off for the rest of this run"));
    }
}

impl Teller {
    fn finish(&self) {
        if TOLD < self.issues {
            say(&format!("and {} more; every document's `errors` has its own", self.issues - TOLD));
        }
    }
}
