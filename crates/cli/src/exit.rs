//! How the program ends.

use std::io::{self, Write};
use std::process::ExitCode;

use khabar_runner::config::Snippet;
use khabar_runner::{ConfigError, RunError, shown, shown_lines};

use crate::{signals, supervise};

/// Why a command failed, or did not finish.
pub(crate) enum Failure {
    /// A check failed; the command has reported it.
    Check,
    /// Wrong usage, or a path that cannot be read or written.
    Usage(String),
    /// An error in a configuration file.
    Config(Snippet),
    /// Paths that cannot be read or written; the command has reported them.
    Told,
    /// An extractor does not respond.
    Hang(String),
    /// The program was interrupted or asked to end.
    Interrupted,
    /// The reader of the output closed the pipe.
    ClosedPipe,
}

/// The outcome of a command.
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

/// Reports what went wrong and returns the exit code.
pub(crate) fn report(outcome: Outcome) -> ExitCode {
    // The last write can fail as well; later nothing would report it.
    let outcome = outcome.and_then(|()| Ok(io::stdout().flush()?));
    let code = match outcome {
        Ok(()) | Err(Failure::ClosedPipe) => 0,
        Err(Failure::Check) => 1,
        Err(Failure::Usage(message)) => {
            say(&message);
            2
        }
        Err(Failure::Config(snippet)) => {
            // Line breaks in the reason come from the file and are escaped; those of the excerpt are kept.
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

/// Prints a line on standard error, with control characters escaped.
pub(crate) fn say(message: &str) {
    print(&shown(message));
}

fn print(message: &str) {
    // Nothing can be reported when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "khabar: {message}");
}
