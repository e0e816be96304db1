//! How the program ends.

use std::io::{self, Write};
use std::process::ExitCode;

use khabar_runner::config::Snippet;
use khabar_runner::{ConfigError, RunError, shown, shown_lines};

use crate::{signals, supervise};

/// Why a command could not be done, or not in full.
pub(crate) enum Failure {
    /// A check failed: the command has said which.
    Check,
    /// Usage, or a path that cannot be read or written.
    Usage(String),
    /// Something in a configuration file.
    Config(Snippet),
    /// Paths that cannot be read or written: the command has said which.
    Told,
    /// An extractor hangs.
    Hang(String),
    /// Interrupted, or told to end.
    Interrupted,
    /// Whoever read the output has had enough.
    ClosedPipe,
}

/// What a command comes to.
pub(crate) type Outcome = Result<(), Failure>;

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        match error {
            ConfigError::File(snippet) => Self::Config(snippet),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Usage(format!("output: {error}")),
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Hang { .. } => Self::Hang(error.to_string()),
            RunError::Interrupted => Self::Interrupted,
            RunError::Output(error) => error.into(),
            _ => Self::Usage(error.to_string()),
        }
    }
}

/// Says what went wrong and gives the exit code.
pub(crate) fn report(outcome: Outcome) -> ExitCode {
    // What is left to write can fail as well, and nobody would hear of it later.
    let outcome = outcome.and_then(|()| Ok(io::stdout().flush()?));
    let code = match outcome {
        Ok(()) | Err(Failure::ClosedPipe) => 0,
        Err(Failure::Check) => 1,
        Err(Failure::Usage(message)) => {
            say(&message);
            2
        }
        Err(Failure::Config(snippet)) => {
            // Only the line breaks between the lines of the excerpt are khabar's own.
            print(&format!("{}\n{}", shown(&snippet.reason()), shown_lines(&snippet.excerpt())));
            2
        }
        Err(Failure::Told) => 2,
        Err(Failure::Hang(message)) => {
            say(&message);
            3
        }
        Err(Failure::Interrupted) => {
            say("interrupted");
            signals::code()
        }
    };
    ExitCode::from(supervise::code(code))
}

/// A line on standard error. What would steer the terminal is shown, not sent.
pub(crate) fn say(message: &str) {
    print(&shown(message));
}

fn print(message: &str) {
    // When standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "khabar: {message}");
}
