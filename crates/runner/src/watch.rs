//! Watches workers for extractors that hang.
//!
//! The time during which a thread works or sleeps counts. The time it waits for a processor does not, so that no result
//! depends on the load of the machine; nor does the time during which the whole program is stopped (Ctrl-Z).

mod queue;

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use queue::Queue;

/// How long a cancelled extractor may take to stop.
const GRACE: Duration = Duration::from_secs(2);
/// The longest interval between two checks that counts. Checks come every 50 milliseconds; if much more has passed, the
/// program was stopped or the watcher got no processor.
const LONGEST: Duration = Duration::from_millis(200);

/// Where a worker reports what it is doing. It needs no clock, since the watcher has one.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    /// Odd while an extractor works; incremented when it begins and when it ends.
    ticks: AtomicU64,
    stage: AtomicU32,
    cancel: AtomicU32,
    document: Mutex<String>,
    queue: OnceLock<Option<Queue>>,
}

impl Slot {
    /// Registers the current thread as the one of this slot's worker.
    pub(crate) fn is_of_this_thread(&self) {
        self.queue.get_or_init(Queue::of_this_thread);
    }

    pub(crate) fn document(&self, id: &str) {
        let mut document = self.document.lock().unwrap_or_else(PoisonError::into_inner);
        document.clear();
        document.push_str(id);
    }

    /// Records that an extractor begins; the returned flag cancels it.
    pub(crate) fn begin(&self, stage: usize) -> &AtomicU32 {
        self.stage.store(stage as u32, Ordering::Relaxed);
        self.cancel.store(0, Ordering::Relaxed);
        self.tick();
        &self.cancel
    }

    /// Records that the extractor ended.
    pub(crate) fn end(&self) {
        self.tick();
    }

    /// Only the slot's worker writes here, so the count needs no lock.
    fn tick(&self) {
        self.ticks.store(self.ticks.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
    }

    /// How long its thread has waited for a processor in all; zero if the system does not tell.
    fn waited(&self) -> Duration {
        self.queue.get().and_then(Option::as_ref).and_then(Queue::waited).unwrap_or_default()
    }
}

/// The watcher: what it saw of each slot.
pub(crate) struct Watch<'a> {
    slots: &'a [Slot],
    seen: Vec<Seen>,
    looked: Instant,
    timeout: Duration,
}

/// What the watcher saw of a slot: its count, and the work since the count changed.
#[derive(Clone, Debug, Default)]
struct Seen {
    ticks: u64,
    work: Work,
}

/// How long an extractor has worked.
#[derive(Clone, Debug, Default)]
struct Work {
    /// Time since the first check, as far as it counts.
    passed: Duration,
    /// How long the thread had waited for a processor at the first check.
    waited_before: Duration,
    /// How long it has waited since.
    waited: Duration,
}

impl Work {
    /// Starts counting when the thread has waited for this long.
    fn begin(waited: Duration) -> Self {
        Self { waited_before: waited, ..Self::default() }
    }

    /// Adds passed time; `waited` is how long the thread has waited in all.
    fn add(&mut self, passed: Duration, waited: Duration) {
        self.passed += passed.min(LONGEST);
        self.waited = waited.saturating_sub(self.waited_before);
    }

    fn time(&self) -> Duration {
        self.passed.saturating_sub(self.waited)
    }
}

/// An extractor that does not return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hang {
    pub(crate) stage: usize,
    pub(crate) document: String,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(slots: &'a [Slot], timeout: Duration) -> Self {
        Self { slots, seen: vec![Seen::default(); slots.len()], looked: Instant::now(), timeout }
    }

    /// Cancels every extractor that has worked for longer than the timeout, and reports one that does not stop.
    pub(crate) fn look(&mut self, now: Instant) -> Option<Hang> {
        let passed = now.duration_since(self.looked);
        self.looked = now;
        for (slot, seen) in self.slots.iter().zip(&mut self.seen) {
            let ticks = slot.ticks.load(Ordering::Acquire);
            let is_working = ticks % 2 == 1;
            if seen.ticks != ticks {
                let waited = if is_working { slot.waited() } else { Duration::ZERO };
                *seen = Seen { ticks, work: Work::begin(waited) };
            } else if is_working {
                seen.work.add(passed, slot.waited());
                if self.timeout <= seen.work.time() {
                    slot.cancel.store(1, Ordering::Relaxed);
                }
                if self.timeout + GRACE <= seen.work.time() {
                    let document = slot.document.lock().unwrap_or_else(PoisonError::into_inner).clone();
                    return Some(Hang { stage: slot.stage.load(Ordering::Relaxed) as usize, document });
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(5);

    /// Looks every tenth of a second of a made-up clock for so long, and returns the last answer and time.
    fn look_for(watch: &mut Watch<'_>, from: Instant, time: Duration) -> (Option<Hang>, Instant) {
        let step = Duration::from_millis(100);
        let (mut now, mut hang) = (from, None);
        for _ in 0..time.as_millis() / step.as_millis() {
            now += step;
            hang = watch.look(now);
        }
        (hang, now)
    }

    #[test]
    fn a_hang_is_cancelled_then_reported() {
        let slots = [Slot::default(), Slot::default()];
        let mut watch = Watch::new(&slots, TIMEOUT);
        slots[1].document("a7");
        let cancel = slots[1].begin(3);
        let start = Instant::now();
        assert_eq!(watch.look(start), None);
        let (hang, now) = look_for(&mut watch, start, TIMEOUT / 2);
        assert_eq!((hang, cancel.load(Ordering::Relaxed)), (None, 0));
        let (hang, now) = look_for(&mut watch, now, TIMEOUT / 2);
        assert_eq!((hang, cancel.load(Ordering::Relaxed)), (None, 1));
        let (hang, now) = look_for(&mut watch, now, GRACE);
        assert_eq!(hang, Some(Hang { stage: 3, document: "a7".into() }));
        slots[1].end();
        assert_eq!(look_for(&mut watch, now, 3 * TIMEOUT).0, None);
    }

    #[test]
    fn a_stopped_program_cancels_nothing() {
        let slots = [Slot::default()];
        let mut watch = Watch::new(&slots, TIMEOUT);
        let cancel = slots[0].begin(0);
        let start = Instant::now();
        watch.look(start);
        assert_eq!(watch.look(start + 1000 * TIMEOUT), None);
        assert_eq!(cancel.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn waiting_for_a_processor_is_no_work() {
        let (second, mut work) = (Duration::from_secs(1), Work::begin(Duration::from_secs(7)));
        for passed in 1..=100 {
            // Nine parts of ten it waits.
            work.add(second / 10, 7 * second + passed * second * 9 / 100);
        }
        assert_eq!(work.time(), second);
    }

    #[test]
    fn work_and_sleep_count_whatever_the_queue_says() {
        let mut work = Work::begin(Duration::ZERO);
        (0..10).for_each(|_| work.add(Duration::from_millis(100), Duration::ZERO));
        assert_eq!(work.time(), Duration::from_secs(1));
    }
}
