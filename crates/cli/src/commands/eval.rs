//! `khabar eval`.

mod page;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use khabar_eval::{Document, EvalError, Options, QuoteFigures, Report};
use khabar_runner::writer::Jsonl;
use khabar_runner::{Inputs, Plan, Unit, Worker, Writer};

use crate::exit::{Failure, Outcome};
use crate::output::{Reads, check_file, check_stdout, into_file};
use crate::setup::Setup;
use crate::terminal::Lines;

/// Score annotations against gold: precision, recall, F1, and the share of right values
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar eval gold.jsonl --confusion
  khabar eval gold.jsonl --only entity --html mistakes.html
  khabar eval gold.jsonl --found other-tool.jsonl --overlap --errors 20")]
pub(crate) struct Args {
    /// Gold annotations: JSON Lines with `text` and `annotations`, or CoNLL (`.conll`)
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    /// Score this output of `khabar annotate` instead of running khabar
    #[arg(long, value_name = "OUTPUT.jsonl")]
    found: Option<PathBuf>,
    /// Rename kinds on both sides first; `-` drops a kind
    #[arg(long, value_name = "FROM=TO", value_delimiter = ',')]
    map: Vec<String>,
    /// Extend every span to whole words
    #[arg(long)]
    tokens: bool,
    /// Count a span as found when it overlaps a gold span of its kind
    #[arg(long)]
    overlap: bool,
    /// Show the first N differences
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Show which kinds were mistaken for which
    #[arg(long)]
    confusion: bool,
    /// Write a page of all mistakes, each in its sentence
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Print the report as JSON, one line per file
    #[arg(long)]
    json: bool,
    /// Exit with 1 when the overall F1 is lower (0 to 100)
    #[arg(long, value_name = "PERCENT")]
    min_f1: Option<f64>,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let alone = [("--found", args.found.is_some()), ("--html", args.html.is_some())];
    if let Some((option, _)) = alone.iter().find(|(_, given)| *given && args.gold.len() != 1) {
        return Err(Failure::Usage(format!("{option} needs exactly one GOLD")));
    }
    let inputs = Inputs { paths: args.gold.iter().chain(&args.found).cloned().collect(), ..Inputs::default() };
    let reads = Reads { inputs, others: args.setup.files() };
    check_stdout(&reads)?;
    args.html.iter().try_for_each(|html| check_file(html, &reads))?;
    let options = Options {
        only: args.setup.only().to_vec(),
        map: args.map.iter().map(|rename| renamed(rename)).collect::<Result<BTreeMap<_, _>, _>>()?,
        tokens: args.tokens,
        overlap: args.overlap,
    };
    let plan = if args.found.is_some() { None } else { Some(args.setup.plan()?) };
    let mut out = Lines(io::stdout().lock());
    let mut low = false;
    for path in &args.gold {
        let gold = khabar_eval::read_gold(path).map_err(refuse)?;
        let found = match (&plan, &args.found) {
            (Some(plan), _) => annotate(plan, path, &gold)?,
            (None, Some(found)) => khabar_eval::read(found).map_err(refuse)?,
            (None, None) => Vec::new(),
        };
        let report = khabar_eval::score(&gold, &found, &options);
        let quotes = report.row("quote.speech").map(|_| khabar_eval::score_quotes(&gold, &found));
        show(&mut out, args, path, &report, quotes)?;
        if let Some(html) = &args.html {
            let page = page::make(&path.display().to_string(), &gold, &report);
            into_file(html, |file| Ok(file.write_all(page.as_bytes())?))?;
        }
        let all = report.rows.last().map_or(0.0, |row| row.counts.f1());
        low |= args.min_f1.is_some_and(|least| 100.0 * all < least);
    }
    if low { Err(Failure::Check) } else { Ok(()) }
}

fn refuse(error: EvalError) -> Failure {
    Failure::Usage(error.to_string())
}

fn renamed(rename: &str) -> Result<(String, String), Failure> {
    let pair = rename.split_once('=').map(|(from, to)| (from.to_owned(), to.to_owned()));
    pair.ok_or_else(|| Failure::Usage(format!("--map {rename}: expected FROM=TO")))
}

fn show(
    out: &mut Lines<impl Write>,
    args: &Args,
    path: &Path,
    report: &Report,
    quotes: Option<QuoteFigures>,
) -> io::Result<()> {
    if args.json {
        let mut line = serde_json::json!({"gold": path.to_string_lossy(), "report": report, "quotes": quotes});
        if args.confusion {
            line["confusion"] = serde_json::json!(report.confusion());
        }
        return writeln!(out.0, "{line}");
    }
    writeln!(out, "{}: {} documents", path.display(), report.documents)?;
    for difference in report.differences.iter().take(args.errors) {
        writeln!(out, "{difference}")?;
    }
    out.block(&format!("{report}\n"))?;
    if args.confusion {
        out.block(&format!("{}\n", report.confusion()))?;
    }
    match quotes {
        Some(quotes) => out.block(&quotes.to_string()),
        None => Ok(()),
    }
}

/// Annotates the texts of gold. Extractors see the text, date and country only.
fn annotate(plan: &Plan, path: &Path, gold: &[Document]) -> Result<Vec<Document>, Failure> {
    let mut worker = Worker::new(plan);
    let (mut line, mut scratch) = (Vec::new(), khabar_runner::Scratch::default());
    let mut found = Vec::with_capacity(gold.len());
    for document in gold {
        let refuse = |what: String| Failure::Usage(format!("{}: document {}: {what}", path.display(), document.id));
        let date = document.date.as_deref().map(str::parse).transpose();
        let country = document.country.as_deref().map(str::parse).transpose();
        let annotated = worker.annotate(khabar_runner::Document {
            id: &document.id,
            text: document.text.as_deref().unwrap_or_default(),
            date: date.map_err(|error: khabar_core::ParseDateError| refuse(error.to_string()))?,
            country: country.map_err(|error: khabar_core::ParseCountryError| refuse(error.to_string()))?,
            ..khabar_runner::Document::default()
        });
        // Scores the output line that a user would get, so that the two cannot differ.
        line.clear();
        Jsonl { unit: Unit::Char }.document(&annotated, &mut scratch, &mut line);
        let text = String::from_utf8_lossy(&line);
        found.extend(khabar_eval::parse("output", &text).map_err(|error| refuse(error.to_string()))?);
    }
    Ok(found)
}
