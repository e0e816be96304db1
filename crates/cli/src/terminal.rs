//! Properties of standard output and standard error, and text for people.

use std::fmt;
use std::io::{self, IsTerminal, Write};

use clap::ValueEnum;
use khabar_runner::shown_lines;
use khabar_runner::writer::Bidi;

/// Lines for people. Control characters are escaped, wherever the lines go. The text of one `write!` or `writeln!` is part
/// of one line: a line break within a name is escaped too.
pub(crate) struct Lines<W>(pub(crate) W);

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.write_all(shown_lines(&String::from_utf8_lossy(text)).as_bytes())?;
        Ok(text.len())
    }

    fn write_fmt(&mut self, text: fmt::Arguments<'_>) -> io::Result<()> {
        let text = text.to_string();
        let (line, end) = text.strip_suffix('\n').map_or((text.as_str(), ""), |line| (line, "\n"));
        write!(self.0, "{}{end}", shown_lines(line).replace('\n', "\\n"))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Lines<W> {
    /// Writes a text as it is, with its line breaks.
    pub(crate) fn block(&mut self, text: &str) -> io::Result<()> {
        self.write_all(text.as_bytes())
    }
}

/// `--bidi`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum BidiChoice {
    /// Isolate on a terminal, nothing elsewhere
    #[default]
    Auto,
    /// Unicode isolates around each text, for terminals that know the bidirectional algorithm
    Isolate,
    /// No marks, for terminals that show them
    None,
}

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

pub(crate) fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

pub(crate) fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}

impl BidiChoice {
    pub(crate) fn decide(self) -> Bidi {
        match self {
            Self::Isolate => Bidi::Isolate,
            Self::Auto if stdout_is_terminal() && !is_dumb() => Bidi::Isolate,
            Self::Auto | Self::None => Bidi::None,
        }
    }
}

impl ColourChoice {
    pub(crate) fn decide(self) -> bool {
        let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if is_set("NO_COLOR") => false,
            Self::Auto if is_set("CLICOLOR_FORCE") => true,
            Self::Auto => stdout_is_terminal() && !is_dumb(),
        }
    }
}

/// Whether the terminal shows characters only, without colours or bidirectional text.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb" || term == "linux")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_no_line() {
        let mut out = Lines(Vec::new());
        let name = "a\nkhabar: all fine\u{1b}";
        write!(out, "x\t{name} ")
            .and_then(|()| writeln!(out, "{name}\n"))
            .and_then(|()| writeln!(out))
            .expect("written");
        out.block("two\nlines\n").expect("written");
        let name = r"a\nkhabar: all fine\u{1b}";
        let wanted = format!("x\t{name} {name}\\n\n\ntwo\nlines\n");
        assert_eq!(String::from_utf8(out.0).expect("text"), wanted);
    }
}
