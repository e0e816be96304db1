//! `khabar dates`.

use std::io;
use std::sync::Arc;

use khabar_runner::writer::DocumentDates;

use crate::corpus::{Corpus, outcome};
use crate::exit::Outcome;

/// Show when each document was written: the given date or the date inferred from the text, with the phrases that support it
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar dates article.txt
  khabar dates articles/ | grep 'nothing tells'
  khabar dates news.jsonl | grep contradicts")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) corpus: Corpus,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let plan = args.corpus.setup.plan_for(&["document"])?;
    let writer = Arc::new(DocumentDates);
    let summary = args.corpus.run(plan, writer, &mut io::stdout().lock())?;
    outcome(&summary, false)
}
