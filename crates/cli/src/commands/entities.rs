//! `khabar entities`.

use std::io::{self, Write};
use std::sync::Arc;

use clap::ValueEnum;
use khabar_runner::writer::Writer;
use khabar_runner::{Annotated, Scratch, shown};
use serde::Deserialize;

use crate::corpus::{Corpus, outcome};
use crate::exit::Outcome;
use crate::join::{Entity, Joiner, Mention};
use crate::terminal::stdout_is_terminal;

/// List the entities of documents: one row per entity with its spellings, mentions and documents
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Output format [default: table on a terminal, else jsonl]
    #[arg(short, long, value_enum)]
    format: Option<Form>,
    /// Leave out entities with fewer mentions
    #[arg(long, value_name = "N", default_value_t = 1)]
    least: u64,
    /// Leave out entities whose id is only a key of the name
    #[arg(long)]
    linked: bool,
    #[command(flatten)]
    pub(crate) corpus: Corpus,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Columns separated by tabs: id, type, name, mentions, documents, spellings
    Table,
    /// One JSON object per line
    Jsonl,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let plan = args.corpus.setup.plan()?;
    let writer = Arc::new(Mentions);
    let mut joiner = Joiner::default();
    let summary = args.corpus.run(plan, writer, &mut joiner)?;
    let form = args.format.unwrap_or(if stdout_is_terminal() { Form::Table } else { Form::Jsonl });
    let mut out = io::BufWriter::new(io::stdout().lock());
    let wanted = |entity: &Entity| args.least <= entity.mentions && (entity.linked || !args.linked);
    for entity in joiner.finish().into_iter().filter(wanted) {
        match form {
            Form::Jsonl => {
                serde_json::to_writer(&mut out, &entity).map_err(io::Error::from)?;
                writeln!(out)?;
            }
            Form::Table => row(&mut out, &entity)?,
        }
    }
    out.flush()?;
    outcome(&summary, false)
}

fn row(out: &mut impl Write, entity: &Entity) -> io::Result<()> {
    let variants: Vec<&str> = entity.variants.keys().map(String::as_str).collect();
    let Entity { id, kind, name, mentions, documents, .. } = entity;
    let (id, kind, name, variants) = (shown(id), shown(kind), shown(name), variants.join(" | "));
    writeln!(out, "{id}\t{kind}\t{name}\t{mentions}\t{documents}\t{}", shown(&variants))
}

/// Writes a document's mentions for [`Joiner`].
struct Mentions;

/// What this command needs of an entity's value.
#[derive(Deserialize)]
struct Value {
    id: String,
    name: String,
    #[serde(default)]
    linked: bool,
}

impl Writer for Mentions {
    fn extension(&self) -> &'static str {
        "jsonl"
    }

    fn document(&self, doc: &Annotated<'_>, _: &mut Scratch, out: &mut Vec<u8>) {
        for annotation in doc.annotations() {
            let Some(kind) = annotation.kind.strip_prefix("entity.") else { continue };
            let Ok(Value { id, name, linked }) = serde_json::from_slice(annotation.value) else { continue };
            let words = annotation.span.of(doc.document.text).unwrap_or_default().split_whitespace();
            let mention = Mention { kind, text: words.collect::<Vec<_>>().join(" "), id, name, linked };
            if serde_json::to_writer(&mut *out, &mention).is_ok() {
                out.push(b'\n');
            }
        }
        out.push(b'\n');
    }
}
