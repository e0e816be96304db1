//! `khabar plan`.

use std::io::{self, Write};

use khabar_runner::{Inputs, Plan};

use crate::exit::Outcome;
use crate::output::{Reads, check_stdout};
use crate::setup::Setup;
use crate::terminal::Lines;

/// Show which extractors run, in which order, and why
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    check_stdout(&Reads { inputs: Inputs::default(), others: args.setup.files() })?;
    let config = args.setup.config()?;
    let plan = args.setup.plan()?;
    let mut out = Lines(io::stdout().lock());
    match config.path() {
        Some(path) => writeln!(out, "configuration: {}", path.display())?,
        None => writeln!(out, "configuration: none, all built-in extractors")?,
    }
    for number in 0..plan.stages().len() {
        stage(&mut out, &plan, number)?;
    }
    Ok(())
}

fn stage(out: &mut impl Write, plan: &Plan, number: usize) -> io::Result<()> {
    let stage = &plan.stages()[number];
    let info = &stage.info;
    writeln!(out, "{}. {} ({})", number + 1, stage.source, stage.origin)?;
    writeln!(out, "   provides {}", info.provides.join(", "))?;
    for input in &stage.inputs {
        let provider = &plan.stages()[*input].info;
        let kinds: Vec<&str> =
            provider.provides.iter().filter(|k| info.requires.contains(k)).map(String::as_str).collect();
        writeln!(out, "   after {}: requires {}", provider.name, kinds.join(", "))?;
    }
    if !stage.config.is_empty() {
        writeln!(out, "   config {}", serde_json::Value::Object(stage.config.clone()))?;
    }
    if info.provides.iter().enumerate().all(|(kind, _)| !stage.is_wanted(kind)) {
        writeln!(out, "   runs because others require it: its annotations are not in the output")?;
    }
    Ok(())
}
