//! `khabar annotate`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::ValueEnum;
use khabar_runner::pipeline::{Job, run as run_job};
use khabar_runner::{Encoding, InputFormat, Inputs};

use crate::corpus::{interrupt, outcome, processors};
use crate::exit::{Failure, Outcome};
use crate::format::{Format, Offsets, Style};
use crate::output::Output;
use crate::progress::Teller;
use crate::resume;
use crate::setup::Setup;
use crate::terminal::{BidiChoice, ColourChoice, stdout_is_terminal};

/// Annotate documents: files, folders, or `-` for standard input
#[derive(clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Args {
    /// Text files (one document each), JSON Lines files (`{"id","text","date","country"}` a line), both also as .gz or
    /// .zst, folders of these, or `-`
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Form of the output [default: table on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// Write to a file, which appears when it is complete, or a file a document into a folder
    #[arg(short, long, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// What offsets count [default: char]
    #[arg(long, value_enum)]
    offsets: Option<Offsets>,
    /// Threads; the output does not depend on it [default: all processors]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Form of the input
    #[arg(long, value_enum, default_value = "auto")]
    input_format: Form,
    /// Encoding of the input, such as windows-1256; UTF-16 shows by its byte order mark
    #[arg(long, value_name = "NAME", default_value = "utf-8")]
    encoding: Encoding,
    /// Hand a field of JSON Lines on, in `meta` (json and jsonl); `*` for all but id, text, date, country
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    keep: Vec<String>,
    /// Go on where an earlier run of the same command was killed; needs -o FILE and inputs that are files
    #[arg(long)]
    resume: bool,
    /// Exit with 1 when a document failed
    #[arg(long)]
    strict: bool,
    /// Say nothing of single documents, show no progress
    #[arg(short, long)]
    quiet: bool,
    /// Begin CSV with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// What keeps right-to-left text from moving its surroundings in a table
    #[arg(long, value_enum, default_value = "auto")]
    bidi: BidiChoice,
    /// Colours in a table
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColourChoice,
    #[command(flatten)]
    setup: Setup,
}

const EXAMPLES: &str = "\
Examples:
  khabar annotate article.txt                          a table on the terminal
  khabar annotate articles/ -o out.jsonl               a folder, recursively, as JSON Lines
  khabar annotate news.jsonl.zst --only timex,number > out.jsonl
  khabar annotate articles/ --format brat -o brat/     .txt and .ann files
  khabar annotate articles/ --format html -o report.html
  khabar annotate plans.jsonl --set dates.direction=future";

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// By extension and first character
    Auto,
    /// One document a file
    Text,
    /// One JSON object a line
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let on_terminal = args.output.is_none() && stdout_is_terminal();
    let format = args.format.unwrap_or(if on_terminal { Format::Table } else { Format::Jsonl });
    let style = Style { offsets: args.offsets, bom: args.bom, colour: args.color.decide(), bidi: args.bidi.decide() };
    let writer = format.writer(&style)?;
    let output = Output::of(args.output.as_deref(), &*writer)?;
    let input_format = match args.input_format {
        Form::Auto => InputFormat::Auto,
        Form::Text => InputFormat::Text,
        Form::Jsonl => InputFormat::Jsonl,
    };
    let inputs = Inputs {
        paths: args.paths.clone(),
        format: input_format,
        encoding: args.encoding,
        keep: args.keep.clone().into(),
    };
    let job = Job {
        plan: Arc::new(args.setup.plan()?),
        writer: output.writer(Arc::clone(&writer)),
        inputs,
        jobs: args.jobs.map_or_else(processors, usize::from),
        interrupt: interrupt()?,
    };
    let mut teller = Teller::new(&job.inputs, args.quiet, on_terminal);
    let summary = match (&output, args.resume) {
        (Output::File(path), true) => resume::run(&job, &args.form(format), path, &mut teller)?,
        (_, true) => return Err(Failure::Usage("--resume goes with -o FILE".to_owned())),
        (_, false) => output.fill(&*writer, |out| Ok(run_job(&job, out, &mut teller)?))?,
    };
    teller.finish(&summary);
    outcome(&summary, args.strict)
}

impl Args {
    /// The options that decide the bytes of the output, beside inputs and extractors.
    fn form(&self, format: Format) -> serde_json::Value {
        let (offsets, only) = (self.offsets.unwrap_or(Offsets::Char), self.setup.only());
        let input = (format!("{:?}", self.input_format), self.encoding.to_string());
        serde_json::json!([format!("{format:?}"), format!("{offsets:?}"), self.bom, only, input, self.keep])
    }
}
