//! `khabar dates`.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use khabar_runner::pipeline::{Job, Observer, run as run_job};
use khabar_runner::writer::DocumentDates;
use khabar_runner::{Inputs, Issue, PathProblem};

use crate::exit::{Failure, Outcome, say};
use crate::setup::Setup;

/// When each document was written: the date, or what the text gives away of it, and the phrases that tell
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar dates article.txt
  khabar dates articles/ | grep 'nothing tells'
  khabar dates news.jsonl | grep contradicts")]
pub(crate) struct Args {
    /// Text files, JSON Lines files, folders of both, or `-`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Threads; the output does not depend on it [default: all processors]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let job = Job {
        plan: Arc::new(args.setup.plan_for(&["document"])?),
        writer: Arc::new(DocumentDates),
        inputs: Inputs { paths: args.paths.clone(), ..Inputs::default() },
        jobs,
        interrupt: Arc::new(AtomicBool::new(false)),
    };
    let summary = run_job(&job, &mut io::stdout().lock(), &mut Teller)?;
    if summary.unreadable != 0 { Err(Failure::Unreadable) } else { Ok(()) }
}

/// Says on standard error what went wrong.
struct Teller;

impl Observer for Teller {
    fn issue(&mut self, document: &str, issue: &Issue) {
        say(&format!("{issue} [{document}]"));
    }

    fn problem(&mut self, problem: &PathProblem) {
        say(&problem.to_string());
    }

    fn switched_off(&mut self, extractor: &str) {
        say(&format!("extractor {extractor} panicked too often and is off for the rest of this run"));
    }
}
