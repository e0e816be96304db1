//! `cargo xtask ci`: what must hold before a change lands.

use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use crate::repo::{self, Findings};

pub(crate) const HELP: &str = "\
runs all that must hold before a change lands

usage: cargo xtask ci

The tests, formatting, clippy, the documentation, `tidy`, `corpus --check` and `rules --check`, in this order, all of them even when one
fails. Where a nightly toolchain is installed (and on Linux), also the tests of the crates with unsafe code, with
AddressSanitizer.";

/// Each step as arguments of cargo.
const STEPS: &[&[&str]] = &[
    &["test", "--workspace"],
    &["fmt", "--all", "--check"],
    &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"],
    &["doc", "--workspace", "--no-deps"],
    &["xtask", "tidy"],
    &["xtask", "corpus", "--check"],
    &["xtask", "rules", "--check"],
];

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let mut steps: Vec<Command> = STEPS.iter().map(|step| repo::cargo(step)).collect();
    for command in &mut steps {
        command.env("RUSTDOCFLAGS", "--deny warnings");
    }
    match sanitized() {
        Some(command) => steps.push(command),
        None => eprintln!("no nightly toolchain or not Linux: AddressSanitizer is left out"),
    }
    let mut findings = Findings::default();
    for command in &mut steps {
        let start = Instant::now();
        if let Err(error) = repo::run(command) {
            findings.add(format!("{error:#}"));
        }
        eprintln!("  {:.0} s", start.elapsed().as_secs_f64());
    }
    findings.end("ci")
}

/// The tests of the crates with unsafe code, with AddressSanitizer, which stable Rust doesn't have. Host and plugin
/// are in one process there, since the sanitizer does not follow a library that is loaded.
fn sanitized() -> Option<Command> {
    let version = Command::new("rustc").args(["+nightly", "--version", "--verbose"]).output().ok()?;
    let version = String::from_utf8(version.stdout).ok().filter(|_| version.status.success())?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "))?;
    if !host.ends_with("-linux-gnu") {
        return None;
    }
    let mut command = Command::new("cargo");
    command.current_dir(repo::root()).args([
        "+nightly",
        "test",
        "--package",
        "khabar-abi",
        "--tests",
        "--target",
        host,
    ]);
    // Through rustup again: what cargo sets for this program would choose its own toolchain.
    command.env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC").env_remove("RUSTDOC").env_remove("CARGO");
    command.env("RUSTFLAGS", "-Zsanitizer=address").env("CARGO_TARGET_DIR", repo::target().join("sanitized"));
    Some(command)
}
