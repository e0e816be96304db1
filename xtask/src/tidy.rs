//! `cargo xtask tidy`: the repository's rules as code.

use anyhow::Result;

use crate::repo::{self, Findings};

pub(crate) const HELP: &str = "\
checks the rules that the compiler does not: file sizes, blanks at line ends

usage: cargo xtask tidy";

/// Longest source file in lines, tests included.
const LONGEST: usize = 600;

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    if let Some(arg) = args.next()? {
        return Err(arg.unexpected().into());
    }
    let mut findings = Findings::default();
    let files = repo::output(std::process::Command::new("git").current_dir(repo::root()).args(["ls-files", "-z"]))?;
    for file in files.split_terminator('\0') {
        let Ok(text) = std::fs::read_to_string(repo::root().join(file)) else { continue };
        let lines = text.lines().count();
        if file.ends_with(".rs") && LONGEST < lines {
            findings.add(format!("{file}: {lines} lines, more than {LONGEST}: split it by reason"));
        }
        if !file.starts_with("seeds/") {
            for (at, line) in text.lines().enumerate().filter(|(_, line)| line.ends_with([' ', '\t'])) {
                findings.add(format!("{file}:{}: blanks at the end of `{}`", at + 1, line.trim()));
            }
        }
    }
    findings.end("tidy")
}
