//! Requests to end the program: Ctrl-C, and on Unix also SIGTERM and SIGHUP.
//!
//! The first signal sets a flag, which the run checks to end in an orderly way. A second Ctrl-C ends the program at once. So
//! does the first signal if the run has not reacted after a while, since it may be waiting for the reader of its output.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::thread;
use std::time::Duration;

use crate::exit::Failure;
use crate::{output, supervise};

/// How long the run may take to react to the flag.
const GRACE: Duration = Duration::from_secs(5);

/// Ctrl-C, on every system.
pub(crate) const INTERRUPTION: i32 = 2;

/// The first signal that came; none, if 0.
static FIRST: AtomicI32 = AtomicI32::new(0);

/// The exit code of a program that was asked to end, as shells have it: 128 and the number of the signal.
pub(crate) fn code() -> u8 {
    let signal = match FIRST.load(Ordering::Relaxed) {
        0 => INTERRUPTION,
        signal => signal,
    };
    128 + u8::try_from(signal).unwrap_or_default()
}

/// A flag that is set when the program is asked to end.
pub(crate) fn interrupt() -> Result<Arc<AtomicBool>, Failure> {
    let flag = Arc::new(AtomicBool::new(false));
    let set = Arc::clone(&flag);
    let mut interruptions = 0;
    listen(move |signal| {
        interruptions += u32::from(signal == INTERRUPTION);
        if interruptions == 2 {
            end();
        }
        if FIRST.compare_exchange(0, signal, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            set.store(true, Ordering::Relaxed);
            thread::spawn(|| {
                thread::sleep(GRACE);
                end();
            });
        }
    })
    .map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(flag)
}

fn end() -> ! {
    output::forget();
    std::process::exit(i32::from(supervise::code(code())))
}

/// Calls `heard` with the number of each signal, on a thread of its own.
#[cfg(unix)]
pub(crate) fn listen(mut heard: impl FnMut(i32) + Send + 'static) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Signals that the program was started to ignore stay ignored: a hangup under `nohup`, Ctrl-C in the background of a
    // script. Where this cannot be known, a hangup keeps its default effect.
    let heard_signals = [(SIGINT, true), (SIGTERM, true), (SIGHUP, false)];
    let heard_signals = heard_signals.into_iter().filter(|(signal, otherwise)| hears(*signal).unwrap_or(*otherwise));
    let mut signals = Signals::new(heard_signals.map(|(signal, _)| signal))?;
    thread::spawn(move || signals.forever().for_each(&mut heard));
    Ok(())
}

/// Whether the program does not ignore a signal; `None` where that cannot be known.
#[cfg(unix)]
fn hears(signal: i32) -> Option<bool> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    let ignored = u64::from_str_radix(ignored.trim(), 16).ok()?;
    Some(ignored & 1 << (signal - 1) == 0)
}

/// Calls `heard` with the number of each signal, on a thread of its own.
#[cfg(not(unix))]
pub(crate) fn listen(mut heard: impl FnMut(i32) + Send + 'static) -> Result<(), ctrlc::Error> {
    ctrlc::set_handler(move || heard(INTERRUPTION))
}
