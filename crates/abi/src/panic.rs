//! Catches panics and turns them into one line instead of printing them.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use khabar_extractor::ExtractError;

/// A panic that was caught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panic {
    /// The panic message.
    pub message: String,
    /// File, line and column of the source.
    pub place: Option<String>,
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " at {place}"))
    }
}

impl From<Panic> for ExtractError {
    fn from(panic: Panic) -> Self {
        Self::Panicked(panic.to_string())
    }
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LAST: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

/// Runs `f` and returns its panic, if any, without printing it on standard error. What `f` was changing is then in an
/// undefined state: discard it.
///
/// Plugins run in it on their side of the boundary, since a shared library has its own panic hook, which the program cannot
/// reach. A program can use it around built-in extractors. Panics outside `contain` are printed as usual.
///
/// # Errors
/// The panic.
pub fn contain<T>(f: impl FnOnce() -> T) -> Result<T, Panic> {
    install_hook();
    let before = swap_last(None);
    DEPTH.set(DEPTH.get() + 1);
    let outcome = panic::catch_unwind(AssertUnwindSafe(f));
    DEPTH.set(DEPTH.get() - 1);
    let noted = swap_last(before);
    outcome.map_err(|payload| {
        let message = message_of(&*payload).map(str::to_owned);
        // A payload of another type may panic when it is dropped; `panic!` gives text.
        if message.is_none() {
            std::mem::forget(payload);
        }
        noted.unwrap_or_else(|| Panic { message: message.unwrap_or_else(|| NO_TEXT.into()), place: None })
    })
}

/// Stores a panic for the hook and returns the previous one; does nothing while the thread ends.
fn swap_last(panic: Option<Panic>) -> Option<Panic> {
    let swap = |last: &RefCell<Option<Panic>>| {
        // Fast path: both are empty nearly always.
        let nothing = panic.is_none() && last.try_borrow().is_ok_and(|last| last.is_none());
        if nothing { None } else { last.replace(panic) }
    };
    LAST.try_with(swap).ok().flatten()
}

const NO_TEXT: &str = "a panic without a text";

fn message_of(payload: &(dyn Any + Send)) -> Option<&str> {
    payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied())
}

/// Once per process and per shared library: each has its own hook.
fn install_hook() {
    static INSTALLED: Once = Once::new();
    if std::thread::panicking() {
        return; // The hook cannot be changed now; the next call will.
    }
    INSTALLED.call_once(|| {
        let shown = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // A second panic while the first unwinds ends the process, so it must be printed.
            let second = DEPTH.get() != 0 && swap_last(Some(note(info))).is_some();
            if DEPTH.get() == 0 || second {
                shown(info);
            }
        }));
    });
}

fn note(info: &PanicHookInfo<'_>) -> Panic {
    Panic {
        message: message_of(info.payload()).unwrap_or(NO_TEXT).to_owned(),
        place: info.location().map(ToString::to_string),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        let panic = contain(|| panic!("no {}", "luck")).expect_err("panics");
        assert_eq!(panic.message, "no luck");
        assert!(panic.place.as_ref().is_some_and(|p| p.contains("panic.rs:")), "{panic}");
        assert_eq!(contain(|| 7), Ok(7));
    }

    #[test]
    fn a_payload_that_is_no_text() {
        struct Bomb;
        impl Drop for Bomb {
            fn drop(&mut self) {
                panic!("dropped");
            }
        }
        let panic = contain(|| panic::panic_any(Bomb)).expect_err("panics");
        assert_eq!(panic.message, NO_TEXT);
    }

    #[test]
    fn contained_panics_nest() {
        let outer = contain(|| {
            let inner: Result<(), Panic> = contain(|| panic!("inner"));
            assert_eq!(inner.map_err(|p| p.message), Err("inner".into()));
            panic!("outer")
        });
        assert_eq!(outer.map_err(|p| p.message), Err::<(), _>("outer".into()));
    }
}
