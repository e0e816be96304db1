//! `cargo xtask mutants`: whether the tests of a package notice when its code says something else.

mod sites;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use lexopt::{Arg, ValueExt};

use crate::checkout::check_out;
use crate::repo;
use sites::{Mutant, mutants_of};

pub(crate) const HELP: &str = "\
changes the code of a package in one place at a time, and tells which changes its own tests don't notice

usage: cargo xtask mutants PACKAGE [--sample N] [--seed N] [--file PART]

  PACKAGE     khabar-numbers, khabar-dates, …; its last commit is what is changed, in a folder below target/mutants
  --sample    how many mutants to try, those that don't compile aside (40)
  --seed      which ones: each number gives another sample, the same one every time (1)
  --file      only in files whose path has PART in it

A mutant is one of: && for || and the other way, == for !=, < for <= and > for >=, + for -, a negation dropped, true for false, a
number one greater. All places of the package's src/ outside of tests are equally likely. A mutant is caught when
`cargo test --package PACKAGE --lib --tests` fails or takes longer than two minutes. Fails when fewer than 80 % are caught.";

/// Longest run of a package's tests: a mutant that loops is caught.
const LIMIT: Duration = Duration::from_secs(120);
/// The share of mutants that tests should catch.
const ENOUGH: f64 = 0.8;

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut package, mut sample, mut seed, mut part) = (None, 40_usize, 1_u64, String::new());
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Value(value) if package.is_none() => package = Some(value.string()?),
            Arg::Long("sample") => sample = args.value()?.parse()?,
            Arg::Long("seed") => seed = args.value()?.parse()?,
            Arg::Long("file") => part = args.value()?.string()?,
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(package) = package else { bail!("which package? see `cargo xtask help mutants`") };
    let packages = repo::packages()?;
    let Some(folder) = packages.iter().find(|known| known.name == package).map(|known| known.folder.clone()) else {
        bail!("{package} is no package of the workspace");
    };
    let home = repo::target().join("mutants");
    let checkout = home.join("checkout");
    check_out("HEAD", &checkout)?;
    let mut mutants = Vec::new();
    for file in repo::walk(&checkout.join(&folder).join("src"), &|_| true)? {
        let name = file.strip_prefix(&checkout).unwrap_or(&file).to_string_lossy().into_owned();
        if name.ends_with(".rs") && name.contains(&part) {
            mutants.extend(mutants_of(&name, &repo::read(&file)?));
        }
    }
    println!("{} places in {folder}/src, {sample} of them by seed {seed}", mutants.len());
    let tests = Tests { checkout, target: home.join("target"), package };
    if !tests.pass()? {
        bail!("the tests of {} fail without a mutant", tests.package);
    }
    fastrand::Rng::with_seed(seed).shuffle(&mut mutants);
    let (mut caught, mut survived) = (0, Vec::new());
    for mutant in mutants {
        if caught + survived.len() == sample {
            break;
        }
        match tests.with(&mutant)? {
            None => {}
            Some(true) => {
                caught += 1;
                println!("caught    {mutant}");
            }
            Some(false) => {
                println!("SURVIVED  {mutant}");
                survived.push(mutant);
            }
        }
    }
    let tried = caught + survived.len();
    println!("{caught} of {tried} mutants are caught");
    if (caught as f64) < ENOUGH * tried as f64 {
        bail!("fewer than {} % are caught", 100.0 * ENOUGH)
    }
    Ok(())
}

/// The tests of a package in a checkout.
struct Tests {
    checkout: PathBuf,
    target: PathBuf,
    package: String,
}

impl Tests {
    fn cargo(&self, more: &[&str]) -> Command {
        let mut cargo = repo::cargo(&["test", "--quiet", "--offline", "--package", &self.package, "--lib", "--tests"]);
        cargo.args(more).current_dir(&self.checkout).env("CARGO_TARGET_DIR", &self.target);
        cargo.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut cargo, 0);
        cargo
    }

    /// Whether the tests pass in time.
    fn pass(&self) -> Result<bool> {
        let mut child = self.cargo(&[]).spawn().context("cargo test")?;
        let begin = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            if LIMIT < begin.elapsed() {
                #[cfg(unix)]
                let _ = nix::sys::signal::killpg(
                    nix::unistd::Pid::from_raw(child.id().cast_signed()),
                    nix::sys::signal::Signal::SIGKILL,
                );
                child.kill().ok();
                child.wait()?;
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether the tests catch a mutant; `None` where it doesn't compile.
    fn with(&self, mutant: &Mutant) -> Result<Option<bool>> {
        let file = self.checkout.join(&mutant.file);
        let original = repo::read(&file)?;
        let result = self.changed(&file, &mutant.apply(&original));
        repo::write(&file, original)?;
        result
    }

    fn changed(&self, file: &Path, text: &str) -> Result<Option<bool>> {
        repo::write(file, text)?;
        if !self.cargo(&["--no-run"]).status().context("cargo test --no-run")?.success() {
            return Ok(None);
        }
        self.pass().map(|passes| Some(!passes))
    }
}
