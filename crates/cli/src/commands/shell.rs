//! `khabar completions` and `khabar man`: what a package installs beside the program.

use std::io::{self, Write};

use clap::Command;

use crate::exit::{Failure, Outcome};

/// Print shell completions
#[derive(clap::Args)]
pub(crate) struct CompletionsArgs {
    shell: clap_complete::Shell,
}

pub(crate) fn completions(args: &CompletionsArgs, command: &mut Command) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "khabar", &mut script);
    Ok(io::stdout().lock().write_all(&script)?)
}

/// Print the manual page of khabar or of one command
#[derive(clap::Args)]
pub(crate) struct ManArgs {
    /// `annotate`, `verify`, …
    command: Option<String>,
}

pub(crate) fn man(args: &ManArgs, command: &Command) -> Outcome {
    let (page, title) = match &args.command {
        None => (command.clone(), "khabar".to_owned()),
        Some(name) => {
            let found = command.get_subcommands().find(|sub| sub.get_name() == name);
            let found = found.ok_or_else(|| Failure::Usage(format!("unknown command {name:?}")))?;
            let title = format!("khabar-{name}");
            (found.clone().display_name(title.clone()), title)
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).title(title).render(&mut roff)?;
    Ok(io::stdout().lock().write_all(&roff)?)
}
