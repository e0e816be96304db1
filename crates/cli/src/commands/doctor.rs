//! `khabar doctor`.

use std::io::{self, Write};
use std::time::Instant;

use khabar_runner::{Inputs, Plan, examples};

use crate::exit::{Failure, Outcome};
use crate::output::{Reads, check_stdout};
use crate::setup::Setup;
use crate::terminal::{self, Lines};

/// Check the installation: configuration, libraries, and every extractor on its own examples
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) setup: Setup,
}

pub(crate) fn run(args: &Args) -> Outcome {
    check_stdout(&Reads { inputs: Inputs::default(), others: args.setup.files() })?;
    let mut out = Lines(io::stdout().lock());
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    writeln!(out, "khabar {} on {os} {arch}, {processors} processors", env!("CARGO_PKG_VERSION"))?;
    let config = args.setup.config()?;
    match config.path() {
        Some(path) => {
            writeln!(out, "configuration {}", path.display())?;
            for chosen in &config.extractors {
                let (Some(library), Some(distrust)) = (&chosen.library, config.distrust(chosen)) else { continue };
                writeln!(out, "  not loaded: {}: {distrust}", library.display())?;
            }
        }
        None => writeln!(out, "configuration: none, all built-in extractors")?,
    }
    let start = Instant::now();
    let plan = args.setup.plan()?;
    writeln!(out, "{} extractors ready in {} ms", plan.stages().len(), start.elapsed().as_millis())?;
    let isolated =
        if terminal::BidiChoice::Auto.decide() == khabar_runner::writer::Bidi::Isolate { "yes" } else { "no" };
    let coloured = if terminal::ColourChoice::Auto.decide() { "yes" } else { "no" };
    writeln!(out, "output: colours {coloured}, right-to-left isolates {isolated}")?;
    // Examples are written for the default configuration.
    let defaults = Plan::new(&config.with_defaults(), &[], &[])?;
    let mut failed = 0;
    for (number, stage) in defaults.stages().iter().enumerate() {
        let outcomes = examples::run(&defaults, number);
        let wrong: Vec<_> = outcomes.iter().filter(|outcome| !outcome.differences.is_empty()).collect();
        failed += wrong.len();
        writeln!(
            out,
            "{} ({}): {} of {} examples hold",
            stage.source,
            stage.origin,
            outcomes.len() - wrong.len(),
            outcomes.len()
        )?;
        for outcome in wrong {
            writeln!(out, "  {}", outcome.text)?;
            for difference in &outcome.differences {
                writeln!(out, "    {difference}")?;
            }
        }
    }
    if failed == 0 { Ok(()) } else { Err(Failure::Check) }
}
