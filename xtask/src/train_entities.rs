//! `cargo xtask train-entities`: trains the model of names.

use std::process::Command;

use anyhow::Result;

use crate::repo;

pub(crate) const HELP: &str = "\
trains the model of names that khabar-entities reads

usage: cargo xtask train-entities --data DIR [OPTION…]

DIR holds ner/ with gold and automatically labelled sentences in CoNLL form, corpus counts, clusters and gazetteers. The
model file and its card are written to plugins/entities/data/model/; the same data and seeds give the same bytes.

  --out FOLDER   writes there
  --seeds N,…    the runs whose weights are averaged [default: 1,2,3,4,5]
  --each         writes seed-N.khm beside it, the model of every seed alone
  --no-silver    leaves the automatically labelled sentences out";

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    // In release: training multiplies for minutes, and xtask itself is built without optimisation.
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--release", "--quiet", "--package", "khabar-entities-train", "--bin", "train-entities"]);
    cargo.arg("--manifest-path").arg(repo::root().join("Cargo.toml"));
    cargo.arg("--").arg("--out").arg(repo::root().join("plugins/entities/data/model"));
    cargo.args(args.raw_args()?);
    repo::run(&mut cargo)
}
