//! Builds and checks of the khabar repository: `cargo xtask help`.
//!
//! One file a command, each with its `HELP` and its `run`. A command prints all that it finds before it fails, writes
//! files only where its help says so, and walks folders in sorted order.

#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for terminals")]

mod bench;
mod checkout;
mod ci;
mod compare;
mod corpus;
mod differences;
mod eval;
mod mutants;
mod new_plugin;
mod plugins;
mod register;
mod repo;
mod rules;
mod source;
mod tidy;
mod torture;
mod train_entities;

use std::process::ExitCode;

use anyhow::{Result, bail};
use lexopt::Arg;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let command = match args.next()? {
        Some(Arg::Value(command)) => command.to_string_lossy().into_owned(),
        None | Some(Arg::Long("help") | Arg::Short('h')) => "help".into(),
        Some(other) => return Err(other.unexpected().into()),
    };
    match command.as_str() {
        "help" => help(args),
        "bench" => bench::run(args),
        "ci" => ci::run(args),
        "compare" => compare::run(args),
        "corpus" => corpus::run(args),
        "differences" => differences::run(args),
        "eval" => eval::run(args),
        "mutants" => mutants::run(args),
        "new-plugin" => new_plugin::run(args),
        "plugins" => plugins::run(args),
        "rules" => rules::run(args),
        "tidy" => tidy::run(args),
        "torture" => torture::run(args),
        "register" => register::run(args),
        "train-entities" => train_entities::run(args),
        unknown => bail!("no command `{unknown}`, see `cargo xtask help`"),
    }
}

/// The help of every command, in the order in which `help` shows them.
const COMMANDS: &[(&str, &str)] = &[
    ("corpus", corpus::HELP),
    ("plugins", plugins::HELP),
    ("new-plugin", new_plugin::HELP),
    ("eval", eval::HELP),
    ("bench", bench::HELP),
    ("compare", compare::HELP),
    ("differences", differences::HELP),
    ("torture", torture::HELP),
    ("mutants", mutants::HELP),
    ("register", register::HELP),
    ("train-entities", train_entities::HELP),
    ("rules", rules::HELP),
    ("tidy", tidy::HELP),
    ("ci", ci::HELP),
];

fn help(mut args: lexopt::Parser) -> Result<()> {
    let Some(arg) = args.next()? else {
        println!("Builds and checks of the khabar repository.\n\nusage: cargo xtask COMMAND\n");
        for (name, help) in COMMANDS {
            println!("  {name:15} {}", help.lines().next().unwrap_or_default());
        }
        println!("\n`cargo xtask help COMMAND` tells more.");
        return Ok(());
    };
    let Arg::Value(name) = arg else { return Err(arg.unexpected().into()) };
    match COMMANDS.iter().find(|(command, _)| name == *command) {
        Some((_, help)) => println!("{help}"),
        None => bail!("no command `{}`, see `cargo xtask help`", name.to_string_lossy()),
    }
    Ok(())
}
