//! Watches workers for extractors that hang.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long an extractor that was cancelled may take to notice.
const GRACE: Duration = Duration::from_secs(2);

/// Where a worker says what it is doing. Without a clock: the watcher has one.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    /// Odd while an extractor works; goes up by one when it begins and when it ends.
    ticks: AtomicU64,
    stage: AtomicU32,
    cancel: AtomicU32,
    document: Mutex<String>,
}

impl Slot {
    pub(crate) fn document(&self, id: &str) {
        let mut document = self.document.lock().unwrap_or_else(PoisonError::into_inner);
        document.clear();
        document.push_str(id);
    }

    /// Says that an extractor begins; the flag cancels it.
    pub(crate) fn begin(&self, stage: usize) -> &AtomicU32 {
        self.stage.store(stage as u32, Ordering::Relaxed);
        self.cancel.store(0, Ordering::Relaxed);
        self.tick();
        &self.cancel
    }

    /// Says that it ended.
    pub(crate) fn end(&self) {
        self.tick();
    }

    /// Only the one worker of a slot writes here, so that it need not lock the count.
    fn tick(&self) {
        self.ticks.store(self.ticks.load(Ordering::Relaxed).wrapping_add(1), Ordering::Release);
    }
}

/// The watcher's side: what it saw of each slot when.
pub(crate) struct Watch<'a> {
    slots: &'a [Slot],
    seen: Vec<(u64, Instant)>,
    patience: Duration,
}

/// An extractor that does not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hang {
    pub(crate) stage: usize,
    pub(crate) document: String,
}

impl<'a> Watch<'a> {
    pub(crate) fn new(slots: &'a [Slot], patience: Duration) -> Self {
        let now = Instant::now();
        Self { slots, seen: vec![(0, now); slots.len()], patience }
    }

    /// Cancels every extractor that has worked for longer than the patience, and reports one that did not heed that.
    pub(crate) fn look(&mut self, now: Instant) -> Option<Hang> {
        for (slot, (ticks, since)) in self.slots.iter().zip(&mut self.seen) {
            let current = slot.ticks.load(Ordering::Acquire);
            if *ticks != current {
                (*ticks, *since) = (current, now);
            } else if current % 2 == 1 && self.patience <= now.duration_since(*since) {
                slot.cancel.store(1, Ordering::Relaxed);
                if self.patience + GRACE <= now.duration_since(*since) {
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

    #[test]
    fn a_hang_is_cancelled_then_reported() {
        let slots = [Slot::default(), Slot::default()];
        let patience = Duration::from_secs(5);
        let mut watch = Watch::new(&slots, patience);
        slots[1].document("a7");
        let cancel = slots[1].begin(3);
        let start = Instant::now();
        assert_eq!(watch.look(start), None);
        assert_eq!((watch.look(start + patience / 2), cancel.load(Ordering::Relaxed)), (None, 0));
        assert_eq!((watch.look(start + patience), cancel.load(Ordering::Relaxed)), (None, 1));
        let hang = watch.look(start + patience + GRACE);
        assert_eq!(hang, Some(Hang { stage: 3, document: "a7".into() }));
        slots[1].end();
        assert_eq!(watch.look(start + 3 * patience), None);
    }
}
