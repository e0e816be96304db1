//! What the commands that run over a corpus share: options, the job and the outcome.

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
    /// Files, folders, or `-` for standard input: text and Markdown (one document each), web pages (.html), JSON Lines
    /// (`{"id","text","date","country"}` per line), tables (.csv, .tsv with a column `text`); all may be compressed (.gz,
    /// .zst)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Number of threads; does not change the output [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Do not report single documents, show no progress
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

impl Corpus {
    /// Runs a plan over the documents and reports problems on standard error.
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

/// The outcome of a run: an unreadable path counts first, then a disabled extractor and, with `strict`, a failed document.
pub(crate) fn outcome(summary: &Summary, strict: bool) -> Outcome {
    if summary.unreadable != 0 {
        return Err(Failure::Told);
    }
    if !summary.switched_off.is_empty() || strict && summary.failed != 0 {
        return Err(Failure::Check);
    }
    Ok(())
}

/// The default number of threads.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
