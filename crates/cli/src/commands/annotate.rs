//! `khabar annotate`.

use std::path::PathBuf;
use std::sync::Arc;

use khabar_runner::Inputs;
use khabar_runner::pipeline::{Job, run as run_job};

use crate::corpus::{outcome, processors};
use crate::exit::{Failure, Outcome};
use crate::format::{Format, Offsets, Style};
use crate::output::{Lost, Output, Reads};
use crate::progress::ProgressReporter;
use crate::reading::Reading;
use crate::resume;
use crate::setup::Setup;
use crate::signals::interrupt;
use crate::supervise::Writes;
use crate::terminal::{BidiChoice, ColourChoice, stdout_is_terminal};

/// Annotate documents: files, folders, or `-` for standard input
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files, folders, or `-` for standard input: text and Markdown (one document each), web pages (.html), JSON Lines
    /// (`{"id","text","date","country"}` per line), tables (.csv, .tsv with a column `text`); all may be compressed (.gz,
    /// .zst)
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Output format [default: table on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to a file, which appears when it is complete, or to a folder with one file per document
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// Unit of offsets [default: char]
    #[arg(long, value_enum)]
    offsets: Option<Offsets>,
    /// Number of threads; does not change the output [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Copy these fields of JSON Lines, columns of a table or metadata of a page (title, byline, site, url, …) to `meta` of
    /// the output (json and jsonl); `*` for all but id, text, date, country
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    keep: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// Continue an interrupted run of the same command; needs -o FILE and files as inputs
    #[arg(long)]
    resume: bool,
    /// Exit with 1 when a document failed
    #[arg(long)]
    strict: bool,
    /// Do not report single documents, show no progress
    #[arg(short, long)]
    quiet: bool,
    /// Start CSV with a byte order mark, so that Excel detects UTF-8
    #[arg(long)]
    bom: bool,
    /// Whether to isolate right-to-left text in a table from its surroundings
    #[arg(long, value_enum, default_value = "auto")]
    bidi: BidiChoice,
    /// Colours in a table
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColourChoice,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

const EXAMPLES: &str = "\
Examples:
  khabar annotate article.txt                          a table on the terminal
  khabar annotate articles/ -o out.jsonl               a folder, recursively, as JSON Lines
  khabar annotate page.html --keep title,site          the article of a web page
  khabar annotate export.csv -o out.jsonl              a table with a column `text`
  curl -s URL | khabar annotate -                      a page from elsewhere
  khabar annotate news.jsonl.zst --only timex,number > out.jsonl
  khabar annotate articles/ --format brat -o brat/     .txt and .ann files
  khabar annotate articles/ --format html -o report.html
  khabar annotate plans.jsonl --set dates.direction=future";

pub(crate) fn run(args: &Args) -> Outcome {
    let on_terminal = args.output.is_none() && stdout_is_terminal();
    let format = args.format.unwrap_or(if on_terminal { Format::Table } else { Format::Jsonl });
    let style = Style { offsets: args.offsets, bom: args.bom, colour: args.color.decide(), bidi: args.bidi.decide() };
    let writer = format.writer(&style)?;
    let output = Output::of(args.output.as_deref(), &*writer)?;
    let inputs = Inputs { keep: args.keep.clone().into(), ..args.reading.inputs(&args.paths) };
    let reads = Reads { inputs, others: args.setup.files() };
    output.check(&reads, &*writer)?;
    let job = Job {
        plan: Arc::new(args.setup.plan()?),
        writer: output.writer(Arc::clone(&writer)),
        inputs: output.inputs(reads),
        jobs: args.jobs.map_or_else(processors, usize::from),
        interrupt: interrupt()?,
    };
    let mut reporter = ProgressReporter::new(&job.inputs, args.quiet, on_terminal);
    let (summary, lost) = match (&output, args.resume) {
        (Output::File(path), true) => (resume::run(&job, &args.form(format), path, &mut reporter)?, Lost(0)),
        (_, true) => return Err(Failure::Usage("--resume needs -o FILE".to_owned())),
        (_, false) => output.fill(&*writer, &job.inputs, args.quiet, |out| Ok(run_job(&job, out, &mut reporter)?))?,
    };
    reporter.finish(&summary);
    if lost.0 == 0 { outcome(&summary, args.strict) } else { Err(Failure::Told) }
}

impl Args {
    /// Where the output goes.
    pub(crate) fn writes(&self) -> Writes<'_> {
        Writes { output: self.output.as_deref(), resumes: self.resume }
    }

    /// The options that affect the bytes of the output, besides inputs and extractors.
    fn form(&self, format: Format) -> serde_json::Value {
        let (offsets, only) = (self.offsets.unwrap_or(Offsets::Char), self.setup.only());
        serde_json::json!([
            format!("{format:?}"),
            format!("{offsets:?}"),
            self.bom,
            only,
            self.reading.form(),
            self.keep
        ])
    }
}
