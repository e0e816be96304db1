//! How the program ends.

use std::io::{self, Write};
use std::process::ExitCode;

use khabar_runner::{ConfigError, RunError};

/// Why a command could not be done, or not in full.
pub(crate) enum Failure {
    /// A check failed: the command has said which.
    Check,
    /// Usage, configuration, or a path that cannot be read.
    Usage(String),
    /// Paths that cannot be read: the command has said which.
    Unreadable,
    /// An extractor hangs.
    Hang(String),
    /// Interrupted.
    Interrupted,
    /// Whoever read the output has had enough.
    ClosedPipe,
}

/// What a command comes to.
pub(crate) type Outcome = Result<(), Failure>;

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Usage(error.to_string())
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
    let (code, message) = match outcome {
        Ok(()) | Err(Failure::ClosedPipe) => (0, None),
        Err(Failure::Check) => (1, None),
        Err(Failure::Usage(message)) => (2, Some(message)),
        Err(Failure::Unreadable) => (2, None),
        Err(Failure::Hang(message)) => (3, Some(message)),
        Err(Failure::Interrupted) => (130, Some("interrupted".to_owned())),
    };
    if let Some(message) = message {
        say(&message);
    }
    ExitCode::from(code)
}

/// A line on standard error.
pub(crate) fn say(message: &str) {
    // When standard error is closed there is nobody to tell.
    let _ = writeln!(io::stderr().lock(), "khabar: {message}");
}
