//! `khabar verify`.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use khabar_runner::PathProblem;
use khabar_runner::verify::{Fault, Listener, verify};

use crate::exit::{Failure, Outcome, say};
use crate::output::{Reads, check_stdout};
use crate::reading::Reading;
use crate::setup::Setup;

/// Check that `text[start:end]` agrees with the output, for every annotation
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar verify out.jsonl --text articles/
  khabar verify out.jsonl --text old.csv --encoding windows-1256")]
pub(crate) struct Args {
    /// An output of `khabar annotate --format jsonl`, or `-`
    #[arg(value_name = "OUTPUT.jsonl")]
    output: PathBuf,
    /// The inputs that the output was made from, in the same order
    #[arg(long, required = true, value_name = "INPUT", num_args = 1..)]
    text: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let refuse = |error: io::Error| Failure::Usage(format!("{}: {error}", args.output.display()));
    let mut output: Box<dyn BufRead> = if args.output.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(&args.output).map_err(refuse)?))
    };
    let inputs = args.reading.inputs(&args.text);
    let all = args.reading.inputs(&[&args.text[..], std::slice::from_ref(&args.output)].concat());
    check_stdout(&Reads { inputs: all, others: args.setup.files() })?;
    let limit = args.setup.config()?.run.max_document;
    let mut printer = FaultPrinter { output: args.output.display().to_string(), told: 0 };
    let found = verify(&mut *output, &inputs, limit, &mut printer).map_err(refuse)?;
    let (documents, annotations, spans) = (found.documents, found.annotations, found.spans);
    let what = format!("{documents} documents, {annotations} annotations, {spans} spans within values");
    let mut out = io::stdout().lock();
    if found.faults == 0 {
        writeln!(out, "{what}: all agree with the text")?;
    } else {
        writeln!(out, "{what}: {} do not agree with the text", found.faults)?;
    }
    match (found.unreadable, found.faults) {
        (0, 0) => Ok(()),
        (0, _) => Err(Failure::Check),
        _ => Err(Failure::Told),
    }
}

/// How many faults are reported one by one.
const TOLD: u64 = 50;

struct FaultPrinter {
    output: String,
    told: u64,
}

impl Listener for FaultPrinter {
    fn fault(&mut self, fault: &Fault) {
        self.told += 1;
        if self.told <= TOLD {
            say(&format!("{}: {fault}", self.output));
        }
    }

    fn problem(&mut self, problem: &PathProblem) {
        say(&problem.to_string());
    }
}
