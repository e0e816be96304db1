//! `khabar view`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::sync::Arc;

use khabar_runner::pipeline::{Job, run as run_job};
use khabar_runner::writer::Html;

use crate::corpus::{interrupt, outcome, processors};
use crate::exit::{Failure, Outcome, say};
use crate::progress::Teller;
use crate::reading::Reading;
use crate::setup::Setup;

/// Show documents in the browser, as one self-contained page that stays on this machine
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders of them, or `-`: text and Markdown (a document each), web pages (.html), JSON Lines
    /// (`{"id","text","date","country"}` a line), tables (.csv, .tsv: a column `text`), all also as .gz or .zst
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Where the page goes [default: a file in the folder for temporary files]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the page and print where it is, but do not open it
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let job = Job {
        plan: Arc::new(args.setup.plan()?),
        writer: Arc::new(Html),
        inputs: args.reading.inputs(&args.paths),
        jobs: processors(),
        interrupt: interrupt()?,
    };
    let (file, path) = place(args.output.clone())?;
    let mut teller = Teller::new(&job.inputs, false, false);
    let mut out = BufWriter::new(file);
    let summary = run_job(&job, &mut out, &mut teller)?;
    out.flush()?;
    teller.finish(&summary);
    // The browser takes only whole paths.
    let path = fs::canonicalize(&path).unwrap_or(path);
    writeln!(io::stdout().lock(), "{}", path.display())?;
    if !args.no_open
        && let Err(error) = opener::open_browser(&path)
    {
        say(&format!("no browser could be started ({error}); open the file yourself"));
    }
    outcome(&summary, false)
}

fn place(output: Option<PathBuf>) -> Result<(File, PathBuf), Failure> {
    let refuse = |path: PathBuf, error: &dyn std::fmt::Display| Failure::Usage(format!("{}: {error}", path.display()));
    if let Some(path) = output {
        return File::create(&path).map(|file| (file, path.clone())).map_err(|error| refuse(path, &error));
    }
    // It stays after the program ends: the browser still reads it.
    let made = tempfile::Builder::new().prefix("khabar-").suffix(".html").tempfile();
    let kept = made.map_err(|error| refuse(std::env::temp_dir(), &error))?.keep();
    kept.map_err(|error| refuse(std::env::temp_dir(), &error))
}
