//! `cargo xtask bench`: speed beside the peers.

use std::path::PathBuf;

use anyhow::Result;

use crate::repo;

pub(crate) const HELP: &str = "\
measures khabar beside its peers, in megabytes per second of CPU time

usage: cargo xtask bench [--rounds N] [--only TEXT] [FILE…]

  FILE          JSON Lines with a field \"text\" (.jsonl, .jsonl.zst), or text (.txt); the seeds where none is given
  --rounds N    rounds, in which all rows run in turn, 9 by default
  --only TEXT   rows whose name holds TEXT, and the reference

The peers live in a package of their own, xtask/bench, which is no member of the workspace and has its own lock file:
nothing else builds them. docs/performance.md holds the last figures.";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    // The manifest is named from where the command runs, since paths among the arguments are relative to there.
    let manifest = repo::root().join("xtask/bench/Cargo.toml");
    let target = repo::target().join("bench");
    let mut cargo = std::process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--release", "--quiet", "--manifest-path"]).arg(manifest);
    cargo.arg("--target-dir").arg(target).arg("--");
    cargo.args(args.raw_args()?.map(PathBuf::from));
    repo::run(&mut cargo)
}
