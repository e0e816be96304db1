//! `khabar explain`.

mod annotation;
mod kind;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use khabar_runner::explain::{Known, Lexicons};
use khabar_runner::plan::in_scope;

use crate::exit::{Failure, Outcome};
use crate::output::{Reads, check_stdout};
use crate::reading::Reading;
use crate::setup::Setup;
use crate::terminal::Lines;

/// Explain a kind, an entity or annotations: what a kind means, which lexicon lines an id comes from, why an annotation was
/// found
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar explain number.percent                 a kind: its meaning, value and examples
  khabar explain Q7747                          an entity: the lexicon lines that have its id
  khabar explain article.txt --at 120           the annotations at character 120, and why
  khabar explain news.jsonl --document 17       all annotations of one document
  khabar explain --text 'زار بوتين موسكو'        the same for a text of your own")]
pub(crate) struct Args {
    /// A kind (`number.percent`), layer or extractor; the id of an entity (`Q7747`); or a file of documents
    #[arg(value_name = "KIND|ID|FILE", required_unless_present = "text")]
    name: Option<String>,
    /// Explain the annotations of this text
    #[arg(long, value_name = "TEXT", conflicts_with = "name")]
    text: Option<String>,
    /// Only annotations that cover this character, counted from 0
    #[arg(long, value_name = "N")]
    at: Option<usize>,
    /// Only the document with this id
    #[arg(long, value_name = "ID", conflicts_with = "text")]
    document: Option<String>,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    pub(crate) setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let name = args.name.as_deref().unwrap_or_default();
    let paths: Vec<PathBuf> = args.name.iter().map(PathBuf::from).collect();
    let reads = Reads { inputs: args.reading.inputs(&paths), others: args.setup.files() };
    check_stdout(&reads)?;
    let plan = args.setup.plan()?;
    let mut out = Lines(io::stdout().lock());
    if let Some(text) = &args.text {
        return annotation::of_text(&mut out, &plan, text, args.at);
    }
    let is_kind = |kind: &String| in_scope(kind, name);
    if plan.stages().iter().any(|stage| stage.info.name == name || stage.info.provides.iter().any(is_kind)) {
        return kind::explain(&mut out, &plan, &args.setup, name);
    }
    if name == "-" || Path::new(name).exists() {
        return annotation::of_documents(&mut out, &plan, &reads.inputs, args.document.as_deref(), args.at);
    }
    let known = Lexicons::of(&plan).of_id(name);
    if !known.is_empty() {
        writeln!(out, "{name}")?;
        return Ok(lines(&mut out, &known)?);
    }
    let names: Vec<&str> = plan.stages().iter().map(|stage| stage.info.name.as_str()).collect();
    Err(Failure::Usage(if name.contains(':') {
        // Such an id is made for names that are in no lexicon.
        format!(
            "unknown id {name:?}: no lexicon has it; an id that begins with `khabar:` is made from the normalised name"
        )
    } else {
        let names = names.join(", ");
        format!(
            "unknown target {name:?}: not a file, an id of a lexicon, or a kind, layer or extractor of this run ({names})"
        )
    }))
}

/// The most lexicon lines shown per look-up.
const SHOWN: usize = 6;

/// Prints lexicon lines, file and line number first.
fn lines(out: &mut impl Write, known: &[Known]) -> io::Result<()> {
    for (at, Known { file, line, text, .. }) in known.iter().take(SHOWN).enumerate() {
        let text: String = text.chars().take(160).collect();
        writeln!(out, "  {:<10} {file}:{line}  {text}", if at == 0 { "known in" } else { "" })?;
    }
    if SHOWN < known.len() {
        writeln!(out, "  {:<10} and {} more lines", "", known.len() - SHOWN)?;
    }
    Ok(())
}
