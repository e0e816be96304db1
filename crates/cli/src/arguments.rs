//! The command line.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use khabar_runner::{shown, shown_lines};

use crate::exit;
use crate::supervise::code;

/// Parses the arguments. Returns the exit code when the program has nothing more to do: it printed help, or an error.
pub(crate) fn parse<T: Parser>() -> Result<T, ExitCode> {
    T::try_parse().map_err(|error| {
        if !error.use_stderr() {
            return exit::report(error.print().map_err(Into::into));
        }
        // Escapes line breaks in arguments, such as file names: they are not line breaks of the message.
        let calm = std::env::args_os().map(|argument| shown(&argument.to_string_lossy()).into_owned());
        let error = T::try_parse_from(calm).err().filter(clap::Error::use_stderr).unwrap_or(error);
        let message = error.render().to_string();
        // Keeps the colours of clap, unless an argument has control characters.
        let _ = match shown_lines(&message) {
            shown if shown == message => error.print(),
            shown => io::stderr().lock().write_all(shown.as_bytes()),
        };
        ExitCode::from(code(2))
    })
}
