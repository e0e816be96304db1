//! `cargo xtask compare`: speed of the working tree beside that of a commit, both in one process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use lexopt::Arg;
use toml::{Table, Value};

use crate::checkout::check_out;
use crate::repo;

pub(crate) const HELP: &str = "\
measures the working tree beside a commit, both in one process

usage: cargo xtask compare [--rounds N] [--layouts N] [--only TEXT] REV [FILE…]

  REV           the commit: a hash, a tag, HEAD~3
  FILE          JSON Lines with a field \"text\" (.jsonl, .jsonl.zst), or text (.txt); the seeds where none is given
  --rounds N    rounds for each layout, 15 by default
  --layouts N   programs to measure that are the same but for the order of their functions, 1 by default
  --only TEXT   rows whose name holds TEXT: analysis, numbers, dates, entities, all

A busy machine moves the figures of `cargo xtask bench` by more than most changes are worth. Here both builds are linked into
one program and go over a hundred documents each in turn. Where the linker happens to put functions still makes a row some
per cent faster or slower, the same in every round: with several layouts their mean tells, and how far they lie apart. They
are made by lld, which is Rust's own linker on most machines. The first build takes some minutes. The public interface that is
used (`Plan`, `Worker`, `Analysis`) must be the same in both builds.";

/// What the package that is made needs beside khabar, with the versions of `xtask/bench`.
const OTHERS: [&str; 4] = ["anyhow", "cpu-time", "serde_json", "zstd"];
/// The version that the crates of the commit get, since two of one version cannot be linked.
const BEFORE: &str = "0.0.1";

/// What is measured, and of what.
struct Request {
    rounds: usize,
    layouts: usize,
    only: String,
    paths: Vec<PathBuf>,
}

/// What was measured of a row.
#[derive(Default)]
struct Row {
    /// Nanoseconds a byte of each round, before and after.
    before: Vec<f64>,
    after: Vec<f64>,
    /// The change of each round in per cent.
    changes: Vec<f64>,
    /// Its median of each layout.
    layouts: Vec<f64>,
    /// Whether both builds found as many.
    same: bool,
}

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let mut request = Request { rounds: 15, layouts: 1, only: String::new(), paths: Vec::new() };
    let mut rev = None;
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("rounds") => request.rounds = args.value()?.to_string_lossy().parse().context("--rounds")?,
            Arg::Long("layouts") => request.layouts = args.value()?.to_string_lossy().parse().context("--layouts")?,
            Arg::Long("only") => request.only = args.value()?.to_string_lossy().into_owned(),
            Arg::Value(value) if rev.is_none() => rev = Some(value.to_string_lossy().into_owned()),
            Arg::Value(path) => request.paths.push(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(rev) = rev else { bail!("which commit? See `cargo xtask help compare`") };
    if request.rounds == 0 || request.layouts == 0 {
        bail!("--rounds or --layouts is 0: nothing to measure");
    }
    if request.paths.is_empty() {
        request.paths.push(repo::root().join("seeds"));
    }
    let folder = repo::target().join("compare");
    let before = folder.join("before");
    check_out(&rev, &before)?;
    make_package(&folder, &before)?;
    let mut rows: Vec<(String, Row)> = Vec::new();
    for layout in 0..request.layouts {
        let program = build(&folder, (1 < request.layouts).then_some(layout))?;
        measure(&program, &request, &mut rows)?;
    }
    report(&request, &mut rows);
    Ok(())
}

/// Builds the program; the functions of a layout with a number are shuffled by it.
fn build(folder: &Path, layout: Option<usize>) -> Result<PathBuf> {
    let target = folder.join("target");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["rustc", "--release", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(&target);
    if let Some(layout) = layout {
        // lld takes 0 for no seed at all.
        cargo.args(["--", "-C"]).arg(format!("link-arg=-Wl,--shuffle-sections=.text*={}", layout + 1));
    }
    repo::run(&mut cargo)?;
    Ok(target.join("release/khabar-compare").with_extension(std::env::consts::EXE_EXTENSION))
}

/// Measures a program: each line of what it says is a round of a row.
fn measure(program: &Path, request: &Request, rows: &mut Vec<(String, Row)>) -> Result<()> {
    let mut command = Command::new(program);
    command.arg(request.rounds.to_string()).arg(&request.only).args(&request.paths);
    for line in repo::output(&mut command)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[name, before, after, same] = fields.as_slice() else { bail!("{line:?} is no round of a row") };
        let (before, after): (f64, f64) = (before.parse()?, after.parse()?);
        let at = rows.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            rows.push((name.to_owned(), Row { same: true, ..Row::default() }));
            rows.len() - 1
        });
        let row = &mut rows[at].1;
        row.before.push(before);
        row.after.push(after);
        row.changes.push(100.0 * (after / before - 1.0));
        row.same &= same == "same";
    }
    for (_, row) in rows {
        let mut last = row.changes[row.changes.len().saturating_sub(request.rounds)..].to_vec();
        row.layouts.push(quarters(&mut last)[1]);
    }
    Ok(())
}

/// Prints a table. Of one layout the change is the median of the rounds, of several the mean of their medians.
fn report(request: &Request, rows: &mut [(String, Row)]) {
    let Request { rounds, layouts, .. } = request;
    println!("{layouts} layouts, {rounds} rounds each, one thread\n");
    let spread = if *layouts == 1 { "middle half of the rounds" } else { "least and most of the layouts" };
    println!("| what | ns a byte before | after | change | {spread} | finds |");
    println!("| --- | ---: | ---: | ---: | ---: | --- |");
    for (name, row) in rows {
        let (before, after) = (quarters(&mut row.before)[1], quarters(&mut row.after)[1]);
        let [low, change, high] = if *layouts == 1 {
            quarters(&mut row.changes)
        } else {
            row.layouts.sort_by(f64::total_cmp);
            let mean = row.layouts.iter().sum::<f64>() / row.layouts.len() as f64;
            [row.layouts[0], mean, row.layouts[row.layouts.len() - 1]]
        };
        let finds = if row.same { "as many" } else { "another number" };
        println!("| {name} | {before:.2} | {after:.2} | {change:+.1} % | {low:+.1} to {high:+.1} % | {finds} |");
    }
}

/// The first, second and third quarter of some numbers, which are sorted.
fn quarters(numbers: &mut [f64]) -> [f64; 3] {
    numbers.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| numbers.get(numbers.len() * quarter / 4).copied().unwrap_or(f64::NAN))
}

/// Makes the package that links both builds.
fn make_package(folder: &Path, before: &Path) -> Result<()> {
    let root = repo::root();
    let own = read(&root.join("Cargo.toml"))?;
    let version = at(&own, &["workspace", "package", "version"])?.as_str().unwrap_or_default();
    give_version(&before.join("Cargo.toml"))?;
    let bench = read(&root.join("xtask/bench/Cargo.toml"))?;
    let mut dependencies = Table::new();
    for name in OTHERS {
        dependencies.insert(name.into(), at(&bench, &["dependencies", name])?.clone());
    }
    for (build, tree) in [("before", before), ("after", root.as_path())] {
        for name in ["arabic", "runner"] {
            let path = tree.join("crates").join(name).to_string_lossy().into_owned();
            let crate_name = format!("khabar-{name}");
            let dependency = Table::from_iter([("package", crate_name), ("path", path)].map(owned));
            dependencies.insert(format!("{build}-{name}"), dependency.into());
        }
    }
    // As in the workspace, and for each crate as in its own tree; packages are named with their versions here.
    let mut release = at(&own, &["profile", "release"])?.as_table().cloned().unwrap_or_default();
    let theirs = read(&before.join("Cargo.toml"))?;
    let mut packages = Table::new();
    for (manifest, version) in [(&own, version), (&theirs, BEFORE)] {
        if let Ok(Value::Table(profiles)) = at(manifest, &["profile", "release", "package"]) {
            packages.extend(profiles.iter().map(|(name, profile)| (format!("{name}@{version}"), profile.clone())));
        }
    }
    release.insert("package".into(), packages.into());
    let package = [("name", "khabar-compare"), ("version", "0.1.0"), ("edition", "2024")];
    let package = Table::from_iter(package.map(|(key, value)| owned((key, value.to_owned()))));
    let manifest = Table::from_iter([
        ("package".to_owned(), Value::Table(package)),
        // What lies below a workspace is a member of it otherwise.
        ("workspace".to_owned(), Value::Table(Table::from_iter([("exclude".to_owned(), vec!["before"].into())]))),
        ("dependencies".to_owned(), Value::Table(dependencies)),
        ("profile".to_owned(), Value::Table(Table::from_iter([("release".to_owned(), Value::Table(release))]))),
    ]);
    fs::create_dir_all(folder.join("src"))?;
    write(&folder.join("Cargo.toml"), &toml::to_string(&manifest)?)?;
    // The versions that the workspace builds with.
    if !folder.join("Cargo.lock").exists() {
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    }
    write(&folder.join("src/main.rs"), include_str!("../compare/main.rs"))?;
    write(&folder.join("src/corpus.rs"), include_str!("../bench/src/corpus.rs"))
}

/// Gives all crates of a workspace the version of the commit to compare with.
fn give_version(manifest: &Path) -> Result<()> {
    let mut table = read(manifest)?;
    let workspace = table.get_mut("workspace").and_then(Value::as_table_mut).context("no [workspace]")?;
    if let Some(Value::Table(package)) = workspace.get_mut("package") {
        package.insert("version".into(), BEFORE.into());
    }
    let dependencies = workspace.get_mut("dependencies").and_then(Value::as_table_mut).context("no dependencies")?;
    for dependency in dependencies.iter_mut().filter_map(|(_, dependency)| dependency.as_table_mut()) {
        if dependency.contains_key("path") {
            dependency.remove("version");
        }
    }
    write(manifest, &toml::to_string(&table)?)
}

fn owned((key, value): (&str, String)) -> (String, Value) {
    (key.to_owned(), Value::String(value))
}

fn at<'t>(table: &'t Table, keys: &[&str]) -> Result<&'t Value> {
    let (first, rest) = keys.split_first().context("no key")?;
    let value = table.get(*first).with_context(|| format!("no `{first}` in a manifest"))?;
    rest.iter().try_fold(value, |value, key| value.get(key)).with_context(|| format!("no `{}`", keys.join(".")))
}

fn read(manifest: &Path) -> Result<Table> {
    let text = fs::read_to_string(manifest).with_context(|| manifest.display().to_string())?;
    text.parse().with_context(|| manifest.display().to_string())
}

/// Writes a file if it says something else, so that nothing is built anew for it.
fn write(file: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|known| known == text) {
        return Ok(());
    }
    fs::write(file, text).with_context(|| file.display().to_string())
}
