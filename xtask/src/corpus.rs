//! `cargo xtask corpus`: the whole pipeline over the sample corpus, with the plugins loaded as shared libraries.

mod compare;
mod summary;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use lexopt::Arg;
use serde_json::Value as Json;

use crate::{plugins, repo};

pub(crate) const HELP: &str = "\
annotates seeds/ with the plugins loaded as shared libraries

usage: cargo xtask corpus [--release] [--check | --bless]

Builds the plugins and khabar, annotates the five articles of seeds/ through a khabar.toml that names the plugins'
files, prints a summary, and writes target/corpus/:

  khabar.toml         the configuration of the run
  annotations.jsonl   what was found
  summary.txt         the summary: how many of each kind in each document
  report.html         the articles with what was found in them, to read in a browser

  --release           builds what users get, which takes several times as long
  --check             compares annotations.jsonl with tests/expected/corpus.jsonl, and fails if it differs
  --bless             makes it the expected output";

/// What the corpus gives, as reviewed.
const EXPECTED: &str = "tests/expected/corpus.jsonl";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut profile, mut check, mut bless) = ("dev", false, false);
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("release") => profile = "release",
            Arg::Long("check") => check = true,
            Arg::Long("bless") => bless = true,
            other => return Err(other.unexpected().into()),
        }
    }
    if check && bless {
        bail!("--check or --bless, not both");
    }
    let folder = repo::target().join("corpus");
    let (khabar, libraries) = plugins::build_all(profile)?;
    let configuration = folder.join("khabar.toml");
    repo::write(&configuration, configure(&libraries)?)?;
    let found = annotate(&khabar, &configuration, "jsonl")?;
    repo::write(&folder.join("annotations.jsonl"), &found)?;
    let report = folder.join("report.html");
    repo::write(&report, annotate(&khabar, &configuration, "html")?)?;
    let documents = parse("annotations.jsonl", &found)?;
    let summary = summary::summary(&documents);
    repo::write(&folder.join("summary.txt"), &summary)?;
    print!("{summary}");
    println!("to read: {}", report.display());
    let failed = documents.iter().filter(|d| d["errors"].as_array().is_some_and(|errors| !errors.is_empty()));
    for document in failed {
        println!("{}: {}", document["id"].as_str().unwrap_or_default(), document["errors"]);
    }
    let expected = repo::root().join(EXPECTED);
    if bless {
        repo::write(&expected, &found)?;
    }
    if check {
        let known = repo::read(&expected)?;
        compare::compare(&known, &found, &parse(EXPECTED, &known)?, &documents)
            .context(format!("{EXPECTED} says otherwise; if the change is wanted, `cargo xtask corpus --bless`"))?;
        println!("as in {EXPECTED}");
    }
    Ok(())
}

/// A khabar.toml that loads these libraries.
fn configure(libraries: &[PathBuf]) -> Result<String> {
    let mut text = String::from("# Written by `cargo xtask corpus`: every plugin as a shared library.\n");
    for library in libraries {
        let library = library.to_str().with_context(|| format!("{} is not UTF-8", library.display()))?;
        write!(text, "\n[[extractor]]\nplugin = {}\n", Json::from(library))?;
    }
    Ok(text)
}

fn annotate(khabar: &Path, configuration: &Path, format: &str) -> Result<String> {
    let mut command = Command::new(khabar);
    command.current_dir(repo::root()).args(["annotate", "seeds", "--format", format, "--config"]);
    repo::output(command.arg(configuration))
}

fn parse(file: &str, text: &str) -> Result<Vec<Json>> {
    let document = |(at, line): (usize, &str)| serde_json::from_str(line).with_context(|| format!("{file}:{}", at + 1));
    text.lines().enumerate().map(document).collect()
}
