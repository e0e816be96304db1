//! `khabar plugins`.

use std::io::{self, Write};
use std::path::PathBuf;

use khabar_runner::builtin::builtins;
use khabar_runner::{Inputs, Library, Offer};

use crate::exit::{Failure, Outcome, say};
use crate::output::{Reads, check_stdout};
use crate::terminal::Lines;

/// List the built-in extractors, or those of libraries
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Shared libraries; if omitted, the built-in extractors
    #[arg(value_name = "LIBRARY")]
    libraries: Vec<PathBuf>,
    /// Print one JSON object per extractor, one per line
    #[arg(long)]
    json: bool,
}

impl Args {
    /// Whether the command loads shared libraries.
    pub(crate) fn has_libraries(&self) -> bool {
        !self.libraries.is_empty()
    }
}

pub(crate) fn run(args: &Args) -> Outcome {
    check_stdout(&Reads { inputs: Inputs::default(), others: args.libraries.clone() })?;
    let mut out = Lines(io::stdout().lock());
    if args.libraries.is_empty() {
        for builtin in builtins() {
            show(&mut out, &builtin.offer, "built in", args.json)?;
        }
    }
    let mut refused = false;
    for path in &args.libraries {
        match Library::open(path) {
            Ok(library) => {
                for offer in library.extractors() {
                    show(&mut out, offer, &path.display().to_string(), args.json)?;
                }
            }
            Err(error) => {
                refused = true;
                say(&error.to_string());
            }
        }
    }
    if refused { Err(Failure::Told) } else { Ok(()) }
}

fn show(out: &mut Lines<impl Write>, offer: &Offer, origin: &str, json: bool) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut out.0, offer)?;
        return writeln!(out.0);
    }
    writeln!(out, "{} ({origin})", offer.info.source())?;
    writeln!(out, "  provides {}", offer.info.provides.join(", "))?;
    if !offer.info.requires.is_empty() {
        writeln!(out, "  requires {}", offer.info.requires.join(", "))?;
    }
    for example in &offer.examples {
        writeln!(out, "  example  {}", example.text)?;
    }
    Ok(())
}
