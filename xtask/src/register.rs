//! `cargo xtask register`: compiles the register of the world.

use std::process::Command;

use anyhow::Result;

use crate::repo;

pub(crate) const HELP: &str = "\
compiles the register of places, bodies and events that khabar-entities reads

usage: cargo xtask register [--check]

The lists are plugins/entities/data/register/*.tsv: name, kind, id and `weak`, apart by tabs, with their sources in the first
lines. The file is world.khr beside them; a test compares it with the lists.

  --check   writes nothing, and fails where the file is not what the lists give";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--package", "khabar-entities", "--example", "compile_register"]);
    cargo.current_dir(repo::root()).arg("--").args(args.raw_args()?);
    repo::run(&mut cargo)
}
