//! Explains what a kind means: its value, its extractor, examples.

use std::io::{self, Write};

use khabar_runner::plan::in_scope;
use khabar_runner::{Plan, examples, schema};
use serde_json::Value as Json;

use crate::exit::Outcome;
use crate::setup::Setup;

/// The most examples shown per kind.
const SHOWN: usize = 5;

/// Explains a kind, or all kinds of a layer or extractor.
pub(super) fn explain(out: &mut impl Write, plan: &Plan, setup: &Setup, name: &str) -> Outcome {
    // Examples are written for the default configuration.
    let defaults = Plan::new(&setup.config()?.with_defaults(), &[], &[])?;
    let mut known = false;
    for stage in plan.stages() {
        let is_extractor = stage.info.name == name;
        let kinds = stage.info.provides.iter().filter(|kind| is_extractor || in_scope(kind, name));
        let number = defaults.stages().iter().position(|other| other.info.name == stage.info.name);
        let outcomes = number.map(|number| examples::run(&defaults, number)).unwrap_or_default();
        for kind in kinds {
            if known {
                writeln!(out)?;
            }
            known = true;
            one(out, kind, &stage.source, &stage.origin.to_string(), &outcomes)?;
        }
    }
    Ok(())
}

fn one(out: &mut impl Write, kind: &str, source: &str, origin: &str, outcomes: &[examples::Outcome]) -> io::Result<()> {
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
