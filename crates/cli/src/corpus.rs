//! What the commands that run over a corpus share: options, the job, and what a run comes to.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use khabar_runner::pipeline::{Job, Summary, run as run_job};
use khabar_runner::{Plan, Writer};

use crate::exit::{Failure, Outcome};
use crate::output::{Reads, check_stdout};
use crate::progress::ProgressReporter;
use crate::reading::Reading;
use crate::setup::Setup;
use crate::signals::interrupt;
use crate::terminal::stdout_is_terminal;

/// Options of a command that reads documents and writes rows of its own.
#[derive(clap::Args)]
pub(crate) struct Corpus {
    /// Files, folders of them, or `-`: text and Markdown (a document each), web pages (.html), JSON Lines
    /// (`{"id","text","date","country"}` a line), tables (.csv, .tsv: a column `text`), all also as .gz or .zst
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Threads; the output does not depend on it [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Say nothing of single documents, show no progress
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

impl Corpus {
    /// Runs a plan over the documents and tells on standard error what goes wrong.
    pub(crate) fn run(&self, plan: Plan, writer: Arc<dyn Writer>, out: &mut dyn Write) -> Result<Summary, Failure> {
        let reads = Reads { inputs: self.reading.inputs(&self.paths), others: self.setup.files() };
        check_stdout(&reads)?;
        let job = Job {
            plan: Arc::new(plan),
            writer,
            inputs: reads.inputs,
            jobs: self.jobs.map_or_else(processors, usize::from),
            interrupt: interrupt()?,
        };
        let mut reporter = ProgressReporter::new(&job.inputs, self.quiet, stdout_is_terminal());
        let summary = run_job(&job, out, &mut reporter)?;
        reporter.finish(&summary);
        Ok(summary)
    }
}

/// What a run comes to: a path that cannot be read, then an extractor that was switched off; with `strict`, also a
/// document that failed.
pub(crate) fn outcome(summary: &Summary, strict: bool) -> Outcome {
    if summary.unreadable != 0 {
        return Err(Failure::Told);
    }
    if !summary.switched_off.is_empty() || strict && summary.failed != 0 {
        return Err(Failure::Check);
    }
    Ok(())
}

/// Threads, if nobody says how many.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
