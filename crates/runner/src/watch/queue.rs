//! Measures how long a thread has waited for a processor.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

/// The source of a thread's waiting time: Linux's `/proc/PID/task/TID/schedstat`, whose second number is the nanoseconds
/// spent in the queue of runnable threads.
#[derive(Debug)]
pub(super) struct Queue(PathBuf);

impl Queue {
    /// That of the current thread; `None` if the system does not tell.
    pub(super) fn of_this_thread() -> Option<Self> {
        let thread = fs::canonicalize("/proc/thread-self").ok()?;
        let queue = Self(thread.join("schedstat"));
        queue.waited().map(|_| queue)
    }

    /// How long the thread has waited since it started.
    pub(super) fn waited(&self) -> Option<Duration> {
        let told = fs::read_to_string(&self.0).ok()?;
        told.split_whitespace().nth(1)?.parse().ok().map(Duration::from_nanos)
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_thread_waits_longer_and_longer() {
        let Some(queue) = Queue::of_this_thread() else { return };
        let first = queue.waited().expect("told");
        std::thread::yield_now();
        assert!(first <= queue.waited().expect("told"));
    }
}
