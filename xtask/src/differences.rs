//! `cargo xtask differences`: what the working tree finds otherwise than a commit.

mod document;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use lexopt::{Arg, ValueExt};
use serde_json::{Value as Json, json};

use crate::checkout::check_out;
use crate::repo;
use crate::torture::shape;
use document::{Difference, differences};

pub(crate) const HELP: &str = "\
lists what the working tree finds otherwise than a commit

usage: cargo xtask differences [--hostile N] [--set NAME.KEY=VALUE]… [--show N] REV [FILE…]

  REV           the commit: a hash, a tag, HEAD~3
  FILE          what `khabar annotate` reads; the seeds where none is given and no --hostile
  --hostile N   also N random texts of trigger words, the same each time
  --set …       configures an extractor, as for `khabar annotate`
  --show N      shows the first N differences of each kind, 5 by default

Both build the program in release and annotate the same documents; the outputs are compared line by line. All differences stand
in target/differences/list.txt: `-` what the commit found, `+` what the working tree finds, `~` the same span with another
value or confidence. Fails where there is one. For whoever rebuilds an extractor: suites do not see what they do not ask for.";

/// Bytes of a hostile text: some hundred words, as an article has.
const HOSTILE: usize = 2_000;

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut hostile, mut show, mut settings, mut rev, mut files) = (0, 5, Vec::new(), None, Vec::new());
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("hostile") => hostile = args.value()?.parse().context("--hostile")?,
            Arg::Long("show") => show = args.value()?.parse().context("--show")?,
            Arg::Long("set") => settings.push(args.value()?.string().context("--set")?),
            Arg::Value(value) if rev.is_none() => rev = Some(value.string().context("REV")?),
            Arg::Value(file) => files.push(std::path::absolute(file)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(rev) = rev else { bail!("which commit? See `cargo xtask help differences`") };
    let folder = repo::target().join("differences");
    if hostile != 0 {
        files.push(write_hostile(&folder, hostile)?);
    }
    if files.is_empty() {
        files.push(repo::root().join("seeds"));
    }
    let before = folder.join("before");
    check_out(&rev, &before)?;
    let programs = [build_in(&before, &folder.join("target"))?, repo::build_khabar()?];
    let mut all = Vec::new();
    for file in &files {
        let [before, after] = [annotate(&programs[0], file, &settings)?, annotate(&programs[1], file, &settings)?];
        let found = compare(&before, &after).with_context(|| file.display().to_string())?;
        println!("{}: {} documents, {} differences", file.display(), after.lines().count(), found.len());
        all.extend(found);
    }
    report(&folder.join("list.txt"), &all, show)
}

/// Random texts as JSON Lines.
fn write_hostile(folder: &Path, count: u64) -> Result<PathBuf> {
    let data: toml::Table = repo::read(&repo::root().join(shape::DATA))?.parse()?;
    let words = shape::strings(&data, "words")?;
    let mut lines = String::new();
    for seed in 1..=count {
        let (name, text) = shape::random(&words, seed, HOSTILE);
        let _ = writeln!(lines, "{}", json!({"id": format!("{seed}: {name}"), "text": text, "date": "2025-08-06"}));
    }
    let file = folder.join("hostile.jsonl");
    repo::write(&file, lines)?;
    Ok(file)
}

/// Builds the program of another tree.
fn build_in(tree: &Path, target: &Path) -> Result<PathBuf> {
    let mut cargo = repo::cargo(&["build", "--release", "--quiet", "--package", "khabar-cli", "--target-dir"]);
    repo::run(cargo.arg(target).current_dir(tree))?;
    Ok(target.join("release/khabar").with_extension(std::env::consts::EXE_EXTENSION))
}

/// What a program makes of a file, as JSON Lines.
fn annotate(program: &Path, file: &Path, settings: &[String]) -> Result<String> {
    let mut command = Command::new(program);
    command.args(["annotate", "--quiet", "--format", "jsonl", "--offsets", "byte"]).arg(file);
    settings.iter().for_each(|setting| {
        command.args(["--set", setting]);
    });
    repo::output(command.stdin(Stdio::null()))
}

/// The differences of two outputs; a line is a document.
fn compare(before: &str, after: &str) -> Result<Vec<Difference>> {
    let (counts, mut all) = ([before, after].map(|output| output.lines().count()), Vec::new());
    if counts[0] != counts[1] {
        bail!("the commit gives {} lines, the working tree {}", counts[0], counts[1]);
    }
    for (before, after) in before.lines().zip(after.lines()).filter(|(before, after)| before != after) {
        let read = |line: &str| serde_json::from_str::<Json>(line).context("a line of output");
        differences(&read(before)?, &read(after)?, &mut all);
    }
    Ok(all)
}

/// Writes all differences and shows how many there are of each kind, with the first of them.
fn report(list: &Path, all: &[Difference], show: usize) -> Result<()> {
    let mut kinds: BTreeMap<(&str, char), Vec<&Difference>> = BTreeMap::new();
    let mut lines = String::new();
    for difference in all {
        let _ = writeln!(lines, "{difference}");
        kinds.entry((&difference.kind, difference.sign)).or_default().push(difference);
    }
    repo::write(list, &lines)?;
    for ((kind, sign), differences) in kinds {
        println!("\n{sign} {kind}: {}", differences.len());
        differences.iter().take(show).for_each(|difference| println!("  {difference}"));
    }
    match all.len() {
        0 => Ok(()),
        count => bail!("{count} differences, all in {}", repo::relative(list)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_compared_in_pairs() {
        let line = |end: u32| json!({"id": "a", "annotations": [{"kind": "b.c", "start": 0, "end": end}]}).to_string();
        assert!(compare(&line(1), &line(1)).expect("compared").is_empty());
        let told: Vec<String> =
            compare(&line(1), &line(2)).expect("compared").iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].starts_with("- [a] b.c 0..1") && told[1].starts_with("+ [a] b.c 0..2"), "{told:?}");
        assert!(compare("", &line(1)).is_err(), "a line is missing");
    }
}
