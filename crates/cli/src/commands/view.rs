//! `khabar view`.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use khabar_runner::pipeline::{Job, Summary, run as run_job};
use khabar_runner::writer::Html;

use crate::corpus::{outcome, processors};
use crate::exit::{Failure, Outcome, say};
use crate::output::{Output, Reads, check_stdout, into_file, refuse};
use crate::progress::ProgressReporter;
use crate::reading::Reading;
use crate::setup::Setup;
use crate::signals::interrupt;
use crate::supervise::Writes;
use crate::terminal::Lines;

/// Show annotated documents in the browser, as one self-contained page that stays on this machine
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files, folders, or `-` for standard input: text and Markdown (one document each), web pages (.html), JSON Lines
    /// (`{"id","text","date","country"}` per line), tables (.csv, .tsv with a column `text`); all may be compressed (.gz,
    /// .zst)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write the page to this file [default: a file in the folder for temporary files]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the page and print its path, but do not open it
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

impl Args {
    /// Where the output goes.
    pub(crate) fn writes(&self) -> Writes<'_> {
        Writes { output: self.output.as_deref(), resumes: false }
    }
}

pub(crate) fn run(args: &Args) -> Outcome {
    let reads = Reads { inputs: args.reading.inputs(&args.paths), others: args.setup.files() };
    check_stdout(&reads)?;
    if let Some(path) = &args.output {
        Output::File(path.clone()).check(&reads, &Html)?;
    }
    let job = Job {
        plan: Arc::new(args.setup.plan()?),
        writer: Arc::new(Html),
        inputs: reads.inputs,
        jobs: processors(),
        interrupt: interrupt()?,
    };
    let mut reporter = ProgressReporter::new(&job.inputs, false, false);
    let mut write = |page: &mut dyn Write| -> Result<Summary, Failure> {
        let mut page = BufWriter::new(page);
        let summary = run_job(&job, &mut page, &mut reporter)?;
        page.flush()?;
        Ok(summary)
    };
    let (summary, path) = match &args.output {
        Some(path) => (into_file(path, write)?, path.clone()),
        None => into_temporary(&std::env::temp_dir(), &mut write)?,
    };
    reporter.finish(&summary);
    // Browsers need an absolute path.
    let path = fs::canonicalize(&path).unwrap_or(path);
    writeln!(Lines(io::stdout().lock()), "{}", path.display())?;
    if !args.no_open
        && let Err(error) = opener::open_browser(&path)
    {
        say(&format!("cannot start a browser ({error}): open the file yourself"));
    }
    outcome(&summary, false)
}

/// Writes a page that stays after the program ends, since the browser still reads it. An incomplete page is removed.
fn into_temporary(
    folder: &Path,
    write: &mut dyn FnMut(&mut dyn Write) -> Result<Summary, Failure>,
) -> Result<(Summary, PathBuf), Failure> {
    let refuse = |error: io::Error| refuse(folder)(error);
    let mut page = tempfile::Builder::new().prefix("khabar-").suffix(".html").tempfile_in(folder).map_err(refuse)?;
    let summary = write(page.as_file_mut())?;
    let (_, path) = page.keep().map_err(|error| refuse(error.error))?;
    Ok((summary, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_half_page_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut half = |page: &mut dyn Write| -> Result<Summary, Failure> {
            page.write_all(b"half")?;
            Err(io::Error::from(io::ErrorKind::StorageFull).into())
        };
        assert!(into_temporary(folder.path(), &mut half).is_err());
        assert!(into_file(&folder.path().join("page.html"), half).is_err());
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 0);
    }
}
