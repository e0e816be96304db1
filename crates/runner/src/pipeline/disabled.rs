//! Disables extractors that panic too often, at the same document for any number of threads.
//!
//! Panics are counted where batches come back in order. The document after the last permitted panic is the first without the
//! extractor; later batches that were already processed with it are processed again. An *epoch* counts the disabled
//! extractors: a batch of an older epoch is such a batch.

use std::sync::{PoisonError, RwLock};

use crate::batch::Batch;

/// Which extractors are disabled, and from which document on.
pub(super) struct DisabledExtractors {
    state: RwLock<State>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// How many are disabled.
    pub(super) epoch: u32,
    /// For each stage, the batch and document from which on it is disabled.
    from: Vec<Option<(u64, usize)>>,
}

impl State {
    /// Whether a stage is disabled for a document.
    pub(super) fn is_disabled(&self, stage: usize, batch: u64, item: usize) -> bool {
        self.from.get(stage).copied().flatten().is_some_and(|from| from <= (batch, item))
    }
}

impl DisabledExtractors {
    pub(super) fn new(stages: usize) -> Self {
        Self { state: RwLock::new(State { epoch: 0, from: vec![None; stages] }) }
    }

    /// Disables a stage from a document on.
    pub(super) fn disable(&self, stage: usize, batch: u64, item: usize) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.epoch += 1;
        state.from[stage] = Some((batch, item));
    }

    pub(super) fn epoch(&self) -> u32 {
        self.state.read().unwrap_or_else(PoisonError::into_inner).epoch
    }

    pub(super) fn copy_into(&self, copy: &mut State) {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        copy.epoch = state.epoch;
        copy.from.clone_from(&state.from);
    }
}

/// Counts panics in the order of the documents.
pub(super) struct PanicCounter {
    counts: Vec<u32>,
    disabled: Vec<bool>,
    limit: u32,
}

impl PanicCounter {
    /// `counts` has the panics so far of each stage.
    pub(super) fn new(counts: Vec<u32>, limit: u32) -> Self {
        let disabled = counts.iter().map(|count| limit <= *count).collect();
        Self { counts, disabled, limit }
    }

    pub(super) fn counts(&self) -> &[u32] {
        &self.counts
    }

    pub(super) fn is_disabled(&self, stage: usize) -> bool {
        self.disabled[stage]
    }

    /// The stages to disable now, with the document of their last panic.
    pub(super) fn count(&mut self, batch: &Batch) -> Vec<(usize, usize)> {
        let mut counts = self.counts.clone();
        let mut newly_disabled = Vec::new();
        for &(item, stage) in &batch.panics {
            counts[stage] += 1;
            if self.limit <= counts[stage] && !self.disabled[stage] {
                self.disabled[stage] = true;
                newly_disabled.push((stage, item));
            }
        }
        newly_disabled
    }

    /// Adds the panics of a batch that is written.
    pub(super) fn commit(&mut self, batch: &Batch) {
        for &(_, stage) in &batch.panics {
            self.counts[stage] += 1;
        }
    }
}
