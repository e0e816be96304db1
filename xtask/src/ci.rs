//! `cargo xtask ci`: what must hold before a change lands.

use std::time::Instant;

use anyhow::Result;

use crate::repo::{self, Findings};

pub(crate) const HELP: &str = "\
runs all that must hold before a change lands

usage: cargo xtask ci

The tests, formatting, clippy, the documentation, `tidy` and `corpus --check`, in this order, all of them even when one
fails.";

/// Each step as arguments of cargo.
const STEPS: &[&[&str]] = &[
    &["test", "--workspace"],
    &["fmt", "--all", "--check"],
    &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"],
    &["doc", "--workspace", "--no-deps"],
    &["xtask", "tidy"],
    &["xtask", "corpus", "--check"],
];

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let mut findings = Findings::default();
    for step in STEPS {
        let mut command = repo::cargo(step);
        if step[0] == "doc" {
            command.env("RUSTDOCFLAGS", "--deny warnings");
        }
        let start = Instant::now();
        if let Err(error) = repo::run(&mut command) {
            findings.add(format!("{error:#}"));
        }
        eprintln!("  {:.0} s", start.elapsed().as_secs_f64());
    }
    findings.end("ci")
}
