//! `khabar explain`.

use std::io::{self, Write};

use khabar_runner::plan::in_scope;
use khabar_runner::{Plan, examples, schema};
use serde_json::Value as Json;

use crate::exit::{Failure, Outcome};
use crate::setup::Setup;

/// Explain a kind, a layer or an extractor: what it means, what its value holds, who finds it, with examples
#[derive(clap::Args)]
pub(crate) struct Args {
    /// `number.percent`, `number` or `numbers`
    #[arg(value_name = "KIND|LAYER|EXTRACTOR")]
    name: String,
    #[command(flatten)]
    setup: Setup,
}

/// Examples of one kind that are shown.
const SHOWN: usize = 5;

pub(crate) fn run(args: &Args) -> Outcome {
    let plan = args.setup.plan()?;
    // Examples are written for the default configuration.
    let defaults = Plan::new(&args.setup.config()?.with_defaults(), &[], &[])?;
    let mut out = io::stdout().lock();
    let mut known = false;
    for stage in plan.stages() {
        let is_extractor = stage.info.name == args.name;
        let kinds = stage.info.provides.iter().filter(|kind| is_extractor || in_scope(kind, &args.name));
        let number = defaults.stages().iter().position(|other| other.info.name == stage.info.name);
        let outcomes = number.map(|number| examples::run(&defaults, number)).unwrap_or_default();
        for kind in kinds {
            if known {
                writeln!(out)?;
            }
            known = true;
            explain(&mut out, kind, &stage.source, &stage.origin.to_string(), &outcomes)?;
        }
    }
    if known {
        return Ok(());
    }
    let names: Vec<&str> = plan.stages().iter().map(|stage| stage.info.name.as_str()).collect();
    let message = format!("{} is no kind, layer or extractor of this run ({})", args.name, names.join(", "));
    Err(Failure::Usage(message))
}

fn explain(
    out: &mut impl Write,
    kind: &str,
    source: &str,
    origin: &str,
    outcomes: &[examples::Outcome],
) -> io::Result<()> {
    writeln!(out, "{kind}")?;
    let schema = schema::of_kind(kind).unwrap_or_default();
    if let Some(description) = schema["description"].as_str() {
        writeln!(out, "  {description}")?;
    }
    writeln!(out, "  found by {source} ({origin})")?;
    let fields = schema["properties"].as_object().into_iter().flatten();
    for (at, (name, field)) in fields.enumerate() {
        if at == 0 {
            writeln!(out, "  value")?;
        }
        let description = field["description"].as_str().unwrap_or_default();
        let allowed: Vec<&str> = field["enum"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let allowed = if allowed.is_empty() { String::new() } else { format!(": {}", allowed.join(", ")) };
        writeln!(out, "    {name:<12} {description}{allowed}")?;
    }
    let with_kind = outcomes.iter().filter(|outcome| outcome.found.iter().any(|(found, ..)| found == kind));
    for (shown, outcome) in with_kind.take(SHOWN).enumerate() {
        if shown == 0 {
            writeln!(out, "  examples")?;
        }
        writeln!(out, "    {}", outcome.text)?;
        for (_, text, value) in outcome.found.iter().filter(|(found, ..)| found == kind) {
            writeln!(out, "      {text}  → {value}")?;
        }
    }
    Ok(())
}
