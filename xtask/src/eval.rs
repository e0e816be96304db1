//! `cargo xtask eval`: runs khabar over suites and scores what it finds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use khabar_eval::{Document, Options};
use lexopt::{Arg, ValueExt};
use serde_json::json;

use crate::repo;

pub(crate) const HELP: &str = "\
runs khabar over suites of gold annotations and scores it

usage: cargo xtask eval PATH… [OPTION…]

PATH is a suite in JSON Lines (text and gold annotations of a document a line), one in CoNLL (`word tag` a line, twenty
sentences make a document), or a folder of suites. Without --found, khabar is built in release and annotates the
documents with its built-in extractors; its output stays in target/eval/.

Of every suite: precision, recall and F1 of exact spans for each kind, the share of these spans whose value is right
(`value`), and the share of gold that was found with the right value (`right`). Of quotations also how many are rightly
speech or term, how many speeches have the right speaker (one that overlaps gold's), a wrong one or none, and how many reports
without marks were found, exactly, and with the right speaker.

  --set NAME.KEY=VALUE  configures an extractor, as for `khabar annotate`
  --only KIND,…         scores these kinds or layers alone
  --map FROM=TO,…       renames kinds on both sides first; `-` drops a kind
  --tokens              widens every span to whole words
  --overlap             a span counts when it touches a gold span of its kind
  --errors N            shows the first N differences of each suite
  --found FILE          scores this output instead of running khabar; with one suite only";

#[derive(Default)]
struct Arguments {
    paths: Vec<PathBuf>,
    settings: Vec<String>,
    options: Options,
    errors: usize,
    found: Option<PathBuf>,
}

pub(crate) fn run(args: lexopt::Parser) -> Result<()> {
    let arguments = parse(args)?;
    let suites = suites(&arguments.paths)?;
    if arguments.found.is_some() && suites.len() != 1 {
        bail!("--found goes with one suite, this is {}", suites.len());
    }
    let khabar = if arguments.found.is_some() { None } else { Some(repo::build_khabar()?) };
    for suite in suites {
        let gold = khabar_eval::read_gold(&suite)?;
        let found = match (&khabar, &arguments.found) {
            (Some(khabar), _) => annotate(khabar, &suite, &gold, &arguments.settings)?,
            (None, Some(file)) => khabar_eval::read(file)?,
            (None, None) => Vec::new(),
        };
        let report = khabar_eval::score(&gold, &found, &arguments.options);
        println!("{}: {} documents", suite.display(), report.documents);
        for difference in report.differences.iter().take(arguments.errors) {
            println!("{difference}");
        }
        println!("{report}");
        if report.row("quote.speech").is_some() {
            print!("{}", khabar_eval::score_quotes(&gold, &found));
        }
    }
    Ok(())
}

fn parse(mut args: lexopt::Parser) -> Result<Arguments> {
    let mut parsed = Arguments::default();
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("set") => parsed.settings.push(args.value()?.string()?),
            Arg::Long("only") => parsed.options.only.extend(args.value()?.string()?.split(',').map(str::to_owned)),
            Arg::Long("map") => parsed.options.map.extend(renames(&args.value()?.string()?)?),
            Arg::Long("tokens") => parsed.options.tokens = true,
            Arg::Long("overlap") => parsed.options.overlap = true,
            Arg::Long("errors") => parsed.errors = args.value()?.parse()?,
            Arg::Long("found") => parsed.found = Some(args.value()?.into()),
            Arg::Value(path) => parsed.paths.push(path.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    if parsed.paths.is_empty() {
        bail!("which suite? See `cargo xtask help eval`")
    }
    Ok(parsed)
}

fn renames(list: &str) -> Result<BTreeMap<String, String>> {
    let pair = |rename: &str| match rename.split_once('=') {
        Some((from, to)) => Ok((from.to_owned(), to.to_owned())),
        None => bail!("--map {rename}: it takes FROM=TO"),
    };
    list.split(',').map(pair).collect()
}

/// The suites named, and those in the folders named, sorted.
fn suites(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let is_suite = |path: &PathBuf| path.extension().is_some_and(|e| e == "jsonl" || e == "conll");
    let mut suites = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = suites.len();
            suites.extend(repo::walk(path, &|_| true)?.into_iter().filter(is_suite));
            if suites.len() == before {
                bail!("{}: no .jsonl and no .conll file below it", path.display())
            }
        } else {
            suites.push(path.clone());
        }
    }
    Ok(suites)
}

fn name(suite: &Path) -> String {
    suite.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Runs khabar over the texts of a suite. It sees neither the annotations nor anything else of gold.
fn annotate(khabar: &Path, suite: &Path, gold: &[Document], settings: &[String]) -> Result<Vec<Document>> {
    let folder = repo::target().join("eval");
    let input = folder.join(format!("{}.in.jsonl", name(suite)));
    let output = folder.join(format!("{}.out.jsonl", name(suite)));
    let mut lines = String::new();
    for Document { id, text, date, country, .. } in gold {
        let mut line = json!({"id": id, "text": text});
        for (key, value) in [("date", date), ("country", country)] {
            if let Some(value) = value {
                line[key] = value.as_str().into();
            }
        }
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    repo::write(&input, lines)?;
    let mut command = Command::new(khabar);
    command.arg("annotate").arg(&input).args(["--format", "jsonl", "--offsets", "char"]);
    for setting in settings {
        command.args(["--set", setting]);
    }
    let found = repo::output(command.current_dir(&folder))?;
    repo::write(&output, &found)?;
    khabar_eval::parse(&output.display().to_string(), &found).context("the output of khabar")
}
