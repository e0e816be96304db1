//! `cargo xtask compare`: speed of the working tree beside that of a commit, both in one process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use lexopt::Arg;
use toml::{Table, Value};

use crate::repo;

pub(crate) const HELP: &str = "\
measures the working tree beside a commit, both in one process

usage: cargo xtask compare [--rounds N] REV [FILE…]

  REV           the commit: a hash, a tag, HEAD~3
  FILE          JSON Lines with a field \"text\" (.jsonl, .jsonl.zst), or text (.txt); the seeds where none is given
  --rounds N    rounds, 15 by default

A busy machine, and where a compiler happens to put code, move the figures of `cargo xtask bench` by more than most changes
are worth. Here both builds are linked into one program and go over a hundred documents each in turn. The first build takes
some minutes. The public interface that it uses (`Plan`, `Worker`, `Analysis`) must be the same in both.";

/// What the package that is made needs beside khabar, with the versions of `xtask/bench`.
const OTHERS: [&str; 4] = ["anyhow", "cpu-time", "serde_json", "zstd"];
/// The version that the crates of the commit get, since two of one version cannot be linked.
const BEFORE: &str = "0.0.1";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut rounds, mut rev, mut paths) = (15_usize, None, Vec::new());
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("rounds") => rounds = args.value()?.to_string_lossy().parse().context("--rounds")?,
            Arg::Value(value) if rev.is_none() => rev = Some(value.to_string_lossy().into_owned()),
            Arg::Value(path) => paths.push(PathBuf::from(path)),
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(rev) = rev else { bail!("which commit? See `cargo xtask help compare`") };
    if rounds == 0 {
        bail!("--rounds is 0: nothing to measure");
    }
    if paths.is_empty() {
        paths.push(repo::root().join("seeds"));
    }
    let folder = repo::target().join("compare");
    let before = folder.join("before");
    check_out(&rev, &before)?;
    make_package(&folder, &before)?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "--quiet", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    cargo.arg("--target-dir").arg(folder.join("target")).arg("--").arg(rounds.to_string()).args(paths);
    repo::run(&mut cargo)
}

/// Puts a commit of the repository into a folder; what is there of another is changed, so that little is built anew.
fn check_out(rev: &str, folder: &Path) -> Result<()> {
    let git = |folder: &Path| {
        let mut git = Command::new("git");
        git.arg("-C").arg(folder);
        git
    };
    let name = format!("{rev}^{{commit}}");
    let commit = repo::output(git(&repo::root()).args(["rev-parse", "--verify", "--quiet", &name]));
    let commit = commit.with_context(|| format!("{rev} is no commit of this repository"))?;
    if !folder.join(".git").exists() {
        let mut clone = Command::new("git");
        // Shared: the commits stay where they are.
        clone.args(["clone", "--quiet", "--shared", "--no-checkout"]).arg(repo::root()).arg(folder);
        repo::run(&mut clone)?;
    }
    repo::run(git(folder).args(["checkout", "--quiet", "--force", commit.trim()]))
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
    // As in the workspace, whose packages are named with their versions here.
    let mut release = at(&own, &["profile", "release"])?.as_table().cloned().unwrap_or_default();
    if let Some(Value::Table(packages)) = release.get_mut("package") {
        let both = packages.iter().flat_map(|(name, profile)| {
            [version, BEFORE].map(|version| (format!("{name}@{version}"), profile.clone()))
        });
        *packages = both.collect();
    }
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
