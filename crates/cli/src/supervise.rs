//! Runs commands that load shared libraries in a second process, which this one supervises.
//!
//! A library can end the process that it is loaded in, and `exit(0)` would look like success. So the program starts itself
//! again with the same arguments. The second process adds [`PROPER`] to its own exit codes; any other exit code was caused
//! by a library, which the first process reports.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use crate::exit::say;
use crate::{output, signals};

/// The environment variable with the id of the supervising process.
const WATCHER: &str = "KHABAR_WATCHED_BY";

/// What a supervised process adds to its exit codes. The sum is neither a code that programs use nor 128 plus a signal.
const PROPER: u8 = 96;

/// The exit code of a run that a library ended.
const ENDED_EARLY: u8 = 4;

/// Where a command writes, which matters when it ends early.
#[derive(Clone, Copy)]
pub(crate) struct Writes<'a> {
    /// `-o`.
    pub(crate) output: Option<&'a Path>,
    /// Whether it can be resumed.
    pub(crate) resumes: bool,
}

/// Whether another process of this program supervises this one.
pub(crate) fn is_watched() -> bool {
    static WATCHED: OnceLock<bool> = OnceLock::new();
    *WATCHED.get_or_init(|| std::env::var(WATCHER).is_ok_and(|watcher| is_parent(&watcher)))
}

#[cfg(unix)]
fn is_parent(watcher: &str) -> bool {
    watcher == std::os::unix::process::parent_id().to_string()
}

#[cfg(not(unix))]
fn is_parent(_: &str) -> bool {
    true
}

/// The exit code as this process has to return it.
pub(crate) fn code(code: u8) -> u8 {
    if is_watched() { code.saturating_add(PROPER) } else { code }
}

/// Prepares a supervised process: it ends when the supervising process ends.
pub(crate) fn begin() {
    #[cfg(target_os = "linux")]
    if is_watched() {
        use rustix::process::{Signal, set_parent_process_death_signal};
        // If the system refuses, the run works all the same.
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
    }
}

/// Runs the program again with the same arguments and returns its exit code; `None` if it cannot be started, in which case
/// the command runs in this process.
pub(crate) fn run(writes: Writes<'_>) -> Option<ExitCode> {
    // Set up before the process starts, so that no signal is missed.
    let relay = Relay::default();
    if let Err(error) = relay.listen() {
        say(&format!("cannot forward signals: {error}"));
    }
    let mut child = start()?;
    relay.hand_on_to(&child);
    let pid = child.id();
    let status = child.wait();
    let asked = relay.end();
    let Ok(status) = status else { return Some(ExitCode::from(ENDED_EARLY)) };
    if let Some(code) = status.code().and_then(meant) {
        return Some(ExitCode::from(if 128 <= code { asked.unwrap_or(code) } else { code }));
    }
    if let Some(code) = asked.filter(|_| status.code().is_none()) {
        // The signal came before the process handled signals.
        say("interrupted");
        return Some(ExitCode::from(code));
    }
    say(&format!("ended early: {}{}", cause(status), kept(writes, pid)));
    Some(ExitCode::from(ENDED_EARLY))
}

/// The exit code that a supervised process meant; `None` if the code is not its own.
fn meant(code: i32) -> Option<u8> {
    let code = u8::try_from(code).ok()?.checked_sub(PROPER)?;
    matches!(code, 0..=3 | 128..).then_some(code)
}

fn start() -> Option<Child> {
    let started = std::env::current_exe().and_then(|program| {
        let mut arguments = std::env::args_os();
        let name = arguments.next().unwrap_or_else(|| OsString::from("khabar"));
        let mut command = Command::new(program);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::arg0(&mut command, name);
        #[cfg(not(unix))]
        drop(name);
        command.args(arguments).env(WATCHER, std::process::id().to_string()).spawn()
    });
    started
        .inspect_err(|error| {
            say(&format!("cannot start a second process to watch the run ({error}); running without it"))
        })
        .ok()
}

/// Forwards requests to end to the supervised process.
#[derive(Clone, Default)]
struct Relay(Arc<Mutex<Relayed>>);

#[derive(Default)]
#[cfg_attr(not(unix), allow(dead_code, reason = "there is nothing to hand on"))]
struct Relayed {
    /// The process; none before it starts and after it ends.
    child: Option<u32>,
    /// The first signal that came; none, if 0.
    first: i32,
    interruptions: u32,
}

impl Relay {
    fn listen(&self) -> Result<(), impl std::fmt::Display> {
        let relay = self.clone();
        signals::listen(move |signal| {
            let mut state = relay.state();
            state.first = if state.first == 0 { signal } else { state.first };
            state.interruptions += u32::from(signal == signals::INTERRUPTION);
            state.hand_on();
        })
    }

    fn hand_on_to(&self, child: &Child) {
        let mut state = self.state();
        state.child = Some(child.id());
        if state.first != 0 {
            state.hand_on();
        }
    }

    /// Records that the process has ended. Returns the exit code for the signal that asked for it, if any.
    fn end(&self) -> Option<u8> {
        let mut state = self.state();
        state.child = None;
        u8::try_from(state.first).ok().filter(|signal| *signal != 0).map(|signal| 128 + signal)
    }

    fn state(&self) -> MutexGuard<'_, Relayed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Relayed {
    #[cfg(unix)]
    fn hand_on(&self) {
        use rustix::process::{Pid, Signal, kill_process};
        // A terminal sends Ctrl-C to both processes. A second one would end the supervised process at once, so the first is
        // forwarded as a signal that may arrive twice.
        let signal = if self.interruptions < 2 { Signal::TERM } else { Signal::KILL };
        let pid = self.child.and_then(|pid| i32::try_from(pid).ok()).and_then(Pid::from_raw);
        // It may have ended by itself.
        let _ = pid.map(|pid| kill_process(pid, signal));
    }

    /// A request to end reaches both processes here.
    #[cfg(not(unix))]
    fn hand_on(&self) {}
}

/// What ended the process.
fn cause(status: ExitStatus) -> String {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let name = signal_hook::low_level::signal_name(signal).unwrap_or("unknown");
        return format!("the process that ran the extractors was ended by signal {signal} ({name})");
    }
    let code = status.code().unwrap_or_default();
    format!("the process that ran the extractors called exit({code}), as a shared library can")
}

/// Keeps what the process has written and describes where it is.
fn kept(writes: Writes<'_>, pid: u32) -> String {
    match writes.output {
        None => String::new(),
        Some(path) if writes.resumes => {
            format!("; what was written of {} is kept, the same command goes on from there", path.display())
        }
        Some(path) if path.is_dir() => format!("; {} holds what was written until then", path.display()),
        Some(path) => match output::keep(path, pid) {
            Some(partial) => format!("; what was written until then is in {}", partial.display()),
            None => String::new(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_code_of_a_library_is_taken_for_one_of_khabar() {
        for code in [0, 1, 2, 3, 129, 130, 143] {
            assert_eq!(meant(i32::from(code + PROPER)), Some(code));
        }
        // What programs give, those of sysexits.h and of shells among them.
        for code in [0, 1, 2, 3, 64, 78, 100, 101, 126, 127, 130, 143, 222, -1, 256] {
            assert_eq!(meant(code), None, "{code}");
        }
    }
}
