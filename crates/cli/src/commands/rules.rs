//! `khabar rules`.

use std::io::{self, Write};

use khabar_extractor::RuleInfo;
use khabar_runner::Inputs;
use khabar_runner::builtin::builtins;

use crate::exit::{Failure, Outcome};
use crate::output::{Reads, check_stdout};
use crate::terminal::Lines;

/// List the rules of the extractors that are linked in, each with an example
///
/// A rule states a fact about Arabic. The configuration switches it off by its name: `disable = ["interval.from_to"]` in the
/// `config` of its extractor.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Extractors; without one, all
    #[arg(value_name = "EXTRACTOR")]
    extractors: Vec<String>,
    /// As a page of Markdown, docs/rules.md
    #[arg(long)]
    markdown: bool,
}

pub(crate) fn run(args: &Args) -> Outcome {
    check_stdout(&Reads { inputs: Inputs::default(), others: Vec::new() })?;
    let all = builtins();
    let name = |at: usize| all[at].offer.info.name.as_str();
    if let Some(unknown) = args.extractors.iter().find(|wanted| !(0..all.len()).any(|at| name(at) == *wanted)) {
        let known: Vec<&str> = (0..all.len()).map(name).collect();
        return Err(Failure::Usage(format!("unknown extractor {unknown:?}: expected one of {}", known.join(", "))));
    }
    let mut out = Lines(io::stdout().lock());
    if args.markdown {
        write!(out, "{HEAD}")?;
    }
    for (at, builtin) in all.iter().enumerate() {
        if args.extractors.is_empty() || args.extractors.iter().any(|wanted| wanted == name(at)) {
            let show = if args.markdown { markdown } else { plain };
            show(&mut out, name(at), builtin.rules)?;
        }
    }
    Ok(())
}

/// The head of the page.
const HEAD: &str = "\
# Rules

The rules of khabar's extractors, in the order in which they are tried. Each states a fact about Arabic and has an example
in which it finds something; a test sees to it that it does. `khabar explain` names the rule of an annotation, and
`disable = [\"…\"]` in the `config` of an extractor switches rules off. This page is made by `cargo xtask rules`.
";

fn markdown(out: &mut dyn Write, extractor: &str, rules: &[RuleInfo]) -> io::Result<()> {
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {extractor}\n\n| rule | what it states | example |\n| --- | --- | --- |")?;
    let cell = |text: &str| text.replace('|', "\\|");
    for RuleInfo { name, description, example, .. } in rules {
        writeln!(out, "| `{name}` | {} | {} |", cell(description), cell(example.text))?;
    }
    Ok(())
}

fn plain(out: &mut dyn Write, extractor: &str, rules: &[RuleInfo]) -> io::Result<()> {
    writeln!(out, "{extractor}: {} rules", rules.len())?;
    for RuleInfo { name, description, example, .. } in rules {
        writeln!(out, "  {name}\n    {description}\n    {}", example.text)?;
    }
    Ok(())
}
