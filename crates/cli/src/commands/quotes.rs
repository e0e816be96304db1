//! `khabar quotes`.

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use khabar_runner::writer::{Quotations, RowForm};

use crate::corpus::{Corpus, outcome};
use crate::exit::Outcome;

/// Show who said what, according to whom: one row per quotation
///
/// Columns: document, kind (quote.speech, quote.indirect, quote.term), speaker_id and speaker_name where the speaker is
/// a known entity, speaker as written, cue, source (outlet > agency), text.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  khabar quotes articles/ > quotes.tsv
  khabar quotes --by speaker --format jsonl news.jsonl | grep Q7747
  khabar quotes --terms --set quotes.indirect=false article.txt")]
pub(crate) struct Args {
    /// Order of the rows
    #[arg(long, value_enum, default_value = "document")]
    by: By,
    /// Form of a row
    #[arg(short, long, value_enum, default_value = "tsv")]
    format: Format,
    /// Include text in quotation marks that is not speech, such as names and terms
    #[arg(long)]
    terms: bool,
    #[command(flatten)]
    pub(crate) corpus: Corpus,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// In the order of the documents, written as they are found
    Document,
    /// Grouped by speaker, unknown speakers last; kept in memory until the last document is done
    Speaker,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Cells separated by tabs, with a header row
    Tsv,
    /// One JSON object per row
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let form = match args.format {
        Format::Tsv => RowForm::Tsv,
        Format::Jsonl => RowForm::Jsonl,
    };
    let plan = args.corpus.setup.plan_for(&["quote", "entity"])?;
    let writer = Arc::new(Quotations { form, terms: args.terms });
    let mut out = io::stdout().lock();
    let summary = match args.by {
        By::Document => args.corpus.run(plan, writer, &mut out)?,
        By::Speaker => {
            let mut rows = Vec::new();
            let summary = args.corpus.run(plan, writer, &mut rows)?;
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
    outcome(&summary, false)
}

/// The sort key of a row: unknown speakers last, then by id, else by words.
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
