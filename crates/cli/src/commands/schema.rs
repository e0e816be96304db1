//! `khabar schema`.

use std::io::{self, Write};

use khabar_runner::schema;

use crate::exit::{Failure, Outcome};

/// Print the JSON Schema of an output line, or of the values of a kind
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A kind such as `number.money`; if omitted, the whole line
    kind: Option<String>,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let mut out = io::stdout().lock();
    match &args.kind {
        None => out.write_all(schema::OUTPUT.as_bytes())?,
        Some(kind) => match schema::of_kind(kind) {
            Some(schema) => writeln!(out, "{schema:#}")?,
            None => {
                return Err(Failure::Usage(format!("unknown kind {kind:?}: expected a kind of a built-in extractor")));
            }
        },
    }
    Ok(())
}
