//! `cargo xtask rules`: the page of all rules.

use anyhow::{Result, bail};
use lexopt::Arg;

use crate::repo;

pub(crate) const HELP: &str = "\
writes docs/rules.md, the rules of khabar's extractors with their examples

usage: cargo xtask rules [--check]

  --check     writes nothing, and fails where the page is not what `khabar rules --markdown` prints";

/// The page, relative to the root.
const PAGE: &str = "docs/rules.md";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let mut check = false;
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("check") => check = true,
            other => return Err(other.unexpected().into()),
        }
    }
    let khabar = repo::program(&repo::build("dev", &["--package", "khabar-cli"])?)?;
    let page = repo::output(std::process::Command::new(khabar).args(["rules", "--markdown"]))?;
    let path = repo::root().join(PAGE);
    if !check {
        return repo::write(&path, page);
    }
    if repo::read(&path).unwrap_or_default() == page {
        return Ok(());
    }
    bail!("{PAGE} is not what the extractors say: run `cargo xtask rules`");
}
