//! `khabar quotes`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::ValueEnum;
use khabar_runner::pipeline::{Job, Observer, run as run_job};
use khabar_runner::writer::{Quotations, RowForm};
use khabar_runner::{Inputs, Issue, PathProblem};

use crate::exit::{Failure, Outcome, say};
use crate::setup::Setup;

/// Who said what, according to whom: one row a quotation
///
/// Columns: document, kind (quote.speech, quote.indirect, quote.term), speaker_id and speaker_name where the speaker is
/// a known entity, speaker as written, cue, source (outlet > agency), text.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar quotes articles/ > quotes.tsv
  khabar quotes --by speaker --format jsonl news.jsonl | grep Q7747
  khabar quotes --terms --set quotes.indirect=false article.txt")]
pub(crate) struct Args {
    /// Text files, JSON Lines files, folders of both, or `-`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Order of the rows
    #[arg(long, value_enum, default_value = "document")]
    by: By,
    /// Form of a row
    #[arg(short, long, value_enum, default_value = "tsv")]
    format: Format,
    /// Also what stands between marks and nobody says: names, terms
    #[arg(long)]
    terms: bool,
    /// Threads; the output does not depend on it [default: all processors]
    #[arg(short, long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    setup: Setup,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// As they stand in the documents, written as they are found
    Document,
    /// All of one speaker together, the unknown ones last; held in memory until the last document is done
    Speaker,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Cells between tabs under a line of names
    Tsv,
    /// One JSON object a row
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let form = match args.format {
        Format::Tsv => RowForm::Tsv,
        Format::Jsonl => RowForm::Jsonl,
    };
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let job = Job {
        plan: Arc::new(args.setup.plan_for(&["quote", "entity"])?),
        writer: Arc::new(Quotations { form, terms: args.terms }),
        inputs: Inputs { paths: args.paths.clone(), ..Inputs::default() },
        jobs,
        interrupt: Arc::new(AtomicBool::new(false)),
    };
    let mut out = io::stdout().lock();
    let summary = match args.by {
        By::Document => run_job(&job, &mut out, &mut Teller)?,
        By::Speaker => {
            let mut rows = Vec::new();
            let summary = run_job(&job, &mut rows, &mut Teller)?;
            let rows = String::from_utf8_lossy(&rows);
            let mut rows: Vec<&str> = rows.lines().collect();
            let head = usize::from(form == RowForm::Tsv).min(rows.len());
            // The sort keeps the order of the documents among the rows of one speaker.
            rows[head..].sort_by_cached_key(|row| speaker(row, form));
            for row in rows {
                writeln!(out, "{row}")?;
            }
            summary
        }
    };
    if summary.unreadable != 0 { Err(Failure::Unreadable) } else { Ok(()) }
}

/// By which a row is sorted: unknown speakers last, then the id or else the words.
fn speaker(row: &str, form: RowForm) -> (bool, String) {
    let key = match form {
        RowForm::Jsonl => {
            let row: serde_json::Value = serde_json::from_str(row).unwrap_or_default();
            row["speaker_id"].as_str().or(row["speaker"].as_str()).unwrap_or_default().to_owned()
        }
        _ => {
            let mut cells = row.split('\t').skip(2);
            let (id, words) = (cells.next().unwrap_or_default(), cells.nth(1).unwrap_or_default());
            if id.is_empty() { words.to_owned() } else { id.to_owned() }
        }
    };
    (key.is_empty(), key)
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
