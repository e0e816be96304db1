//! Bounds the input that is processed at the same time.

use std::sync::{Condvar, Mutex, PoisonError};

/// A number of bytes shared by batches: each takes its size when the reader has filled it, and returns it when its output is
/// written. So memory is a multiple of this number, for any number of workers.
///
/// Batches are filled in the order in which they are written, so the next one to write always has its share.
#[derive(Debug)]
pub(super) struct Budget {
    size: usize,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    taken: usize,
    is_closed: bool,
}

impl Budget {
    /// A budget of this many bytes.
    pub(super) fn new(size: usize) -> Self {
        Self { size, state: Mutex::default(), changed: Condvar::new() }
    }

    /// Takes bytes as soon as they are available; the whole budget, if they are more. Returns `false` once the budget is
    /// closed.
    pub(super) fn take(&self, bytes: usize) -> bool {
        let bytes = bytes.min(self.size);
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |state: &mut State| !state.is_closed && self.size < state.taken + bytes;
        let mut state = self.changed.wait_while(state, waits).unwrap_or_else(PoisonError::into_inner);
        state.taken += bytes;
        !state.is_closed
    }

    /// Returns what was taken for this many bytes.
    pub(super) fn give_back(&self, bytes: usize) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.taken = state.taken.saturating_sub(bytes.min(self.size));
        self.changed.notify_all();
    }

    /// Releases waiting threads: the run has ended.
    pub(super) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{RecvTimeoutError, channel};
    use std::time::Duration;

    use super::*;

    #[test]
    fn no_more_is_taken_than_there_is() {
        let budget = Budget::new(10);
        assert!(budget.take(4) && budget.take(6));
        let (said, told) = channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                said.send(budget.take(99)).expect("is heard");
                said.send(budget.take(1)).expect("is heard");
            });
            let soon = Duration::from_millis(20);
            assert_eq!(told.recv_timeout(soon), Err(RecvTimeoutError::Timeout));
            budget.give_back(4);
            assert_eq!(told.recv_timeout(soon), Err(RecvTimeoutError::Timeout), "all of it is wanted");
            budget.give_back(6);
            assert_eq!(told.recv(), Ok(true));
            assert_eq!(told.recv_timeout(soon), Err(RecvTimeoutError::Timeout));
            budget.close();
            assert_eq!(told.recv(), Ok(false), "the run has ended");
        });
    }
}
