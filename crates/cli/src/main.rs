//! The `khabar` program: Arabic news as data.
//!
//! Data goes to standard output, all else to standard error. Exit codes: 0 done, 1 a check failed or an extractor was
//! switched off, 2 usage, configuration or a named path that cannot be read, 3 an extractor hangs, 130 interrupted.

#![forbid(unsafe_code)]

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
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

/// Arabic news as data: who, what, when, how much, who said it.
#[derive(Parser)]
#[command(name = "khabar", version, propagate_version = true, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 a check failed or an extractor was switched off, 2 usage, configuration \
    or a named path that cannot be read, 3 an extractor hangs, 130 interrupted."
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
    Schema(commands::schema::Args),
    Verify(commands::verify::Args),
    Eval(commands::eval::Args),
    Doctor(commands::doctor::Args),
    Completions(commands::shell::CompletionsArgs),
    Man(commands::shell::ManArgs),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Annotate(args) => commands::annotate::run(&args),
        Command::View(args) => commands::view::run(&args),
        Command::Dates(args) => commands::dates::run(&args),
        Command::Entities(args) => commands::entities::run(&args),
        Command::Plan(args) => commands::plan::run(&args),
        Command::Plugins(args) => commands::plugins::run(&args),
        Command::Quotes(args) => commands::quotes::run(&args),
        Command::Explain(args) => commands::explain::run(&args),
        Command::Schema(args) => commands::schema::run(&args),
        Command::Verify(args) => commands::verify::run(&args),
        Command::Eval(args) => commands::eval::run(&args),
        Command::Doctor(args) => commands::doctor::run(&args),
        Command::Completions(args) => commands::shell::completions(&args, &mut Cli::command()),
        Command::Man(args) => commands::shell::man(&args, &Cli::command()),
    };
    exit::report(outcome)
}
