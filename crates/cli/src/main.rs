//! The `khabar` program: Arabic news as data.
//!
//! Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 a check failed or an extractor was
//! disabled, 2 wrong usage or configuration, or a path that cannot be read or written, 3 an extractor does not respond, 4 a
//! shared library ended the process, 130 interrupted, 143 and 129 ended by SIGTERM and SIGHUP.

#![forbid(unsafe_code)]

mod arguments;
mod commands;
mod corpus;
mod exit;
mod format;
mod join;
mod output;
mod progress;
mod reading;
mod resume;
mod setup;
mod signals;
mod supervise;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use supervise::Writes;

/// Arabic news as data: who, what, when, how much, who said it.
#[derive(Parser)]
#[command(name = "khabar", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 a check failed or an extractor was disabled, 2 wrong usage or configuration, \
    or a path that cannot be read or written, 3 an extractor does not respond, 4 a shared library ended the process \
    (the output so far is kept), 130 interrupted, 143 and 129 ended by SIGTERM and SIGHUP."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Annotate(commands::annotate::Args),
    View(commands::view::Args),
    Dates(commands::dates::Args),
    Entities(commands::entities::Args),
    Plan(commands::plan::Args),
    Plugins(commands::plugins::Args),
    Quotes(commands::quotes::Args),
    Explain(commands::explain::Args),
    Rules(commands::rules::Args),
    Schema(commands::schema::Args),
    Verify(commands::verify::Args),
    Eval(commands::eval::Args),
    Doctor(commands::doctor::Args),
    Completions(commands::shell::CompletionsArgs),
    Man(commands::shell::ManArgs),
}

impl Command {
    /// Where the command writes, if a shared library could end its process.
    fn at_risk(&self) -> Option<Writes<'_>> {
        let nowhere = Writes { output: None, resumes: false };
        let (setup, writes) = match self {
            Self::Annotate(args) => (&args.setup, args.writes()),
            Self::View(args) => (&args.setup, args.writes()),
            Self::Dates(args) => (&args.corpus.setup, nowhere),
            Self::Entities(args) => (&args.corpus.setup, nowhere),
            Self::Quotes(args) => (&args.corpus.setup, nowhere),
            Self::Plan(args) => (&args.setup, nowhere),
            Self::Explain(args) => (&args.setup, nowhere),
            Self::Eval(args) => (&args.setup, nowhere),
            Self::Doctor(args) => (&args.setup, nowhere),
            Self::Plugins(args) => return args.has_libraries().then_some(nowhere),
            Self::Rules(_) | Self::Schema(_) | Self::Verify(_) | Self::Completions(_) | Self::Man(_) => return None,
        };
        setup.has_libraries().then_some(writes)
    }
}

fn main() -> ExitCode {
    supervise::begin();
    let cli: Cli = match arguments::parse() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    if !supervise::is_watched()
        && let Some(writes) = cli.command.at_risk()
        && let Some(code) = supervise::run(writes)
    {
        return code;
    }
    let outcome = match cli.command {
        Command::Annotate(args) => commands::annotate::run(&args),
        Command::View(args) => commands::view::run(&args),
        Command::Dates(args) => commands::dates::run(&args),
        Command::Entities(args) => commands::entities::run(&args),
        Command::Plan(args) => commands::plan::run(&args),
        Command::Plugins(args) => commands::plugins::run(&args),
        Command::Quotes(args) => commands::quotes::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Rules(args) => commands::rules::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Doctor(args) => commands::doctor::run(&args),
        Command::Completions(args) => commands::shell::completions(&args, &mut Cli::command()),
        Command::Man(args) => commands::shell::man(&args, &Cli::command()),
    };
    exit::report(outcome)
}
