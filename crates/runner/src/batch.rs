//! What travels from the reader through a worker to the output and back.

use std::ops::Range;
use std::sync::Arc;

use crate::Issue;
use crate::source::Origin;
use crate::source::csv::Row;

/// Documents of one batch.
pub(crate) const BATCH_ITEMS: usize = 256;
/// Bytes from which on a batch is full.
pub(crate) const BATCH_BYTES: usize = 1 << 19;
/// A buffer that has grown beyond this is given back to the system.
const KEPT_BYTES: usize = 8 << 20;

/// Some documents, raw on the way in and written on the way out.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Its place in the run.
    pub(crate) seq: u64,
    /// The bytes of all its documents.
    pub(crate) raw: Vec<u8>,
    /// Its documents.
    pub(crate) items: Vec<Item>,
    /// What the writer made of them.
    pub(crate) out: Vec<u8>,
    /// Extractors that panicked or were cancelled: document within the batch, stage.
    pub(crate) panics: Vec<(usize, usize)>,
    /// What went wrong: the document's id and the issue.
    pub(crate) issues: Vec<(String, Issue)>,
    /// Which extractors were known to be switched off when it was done; see `pipeline`.
    pub(crate) epoch: u32,
    /// Documents with an issue.
    pub(crate) failed: u64,
    /// Annotations written.
    pub(crate) annotations: u64,
}

/// A document before it is read.
#[derive(Debug)]
pub(crate) struct Item {
    /// Where it comes from.
    pub(crate) origin: Arc<Origin>,
    /// Its line there, counted from 1; 0 for a whole file.
    pub(crate) line: u64,
    /// The byte of the file at which it begins.
    pub(crate) base: u64,
    /// Its bytes in the batch.
    pub(crate) range: Range<usize>,
    /// What the bytes are.
    pub(crate) body: Body,
}

/// What the bytes of a document are.
#[derive(Debug)]
pub(crate) enum Body {
    /// Its text.
    Text,
    /// A line of JSON Lines.
    Json,
    /// A row of a table.
    Row(Row),
    /// A web page.
    Page,
    /// Nothing: it could not be read.
    Failed(Issue),
}

/// How far a worker is with a batch.
pub(crate) struct Mark {
    /// Lengths of the output, the panics and the issues.
    lens: [usize; 3],
    failed: u64,
    annotations: u64,
}

impl Item {
    /// An item that could not be read.
    pub(crate) fn failed(origin: &Arc<Origin>, line: u64, issue: Issue) -> Self {
        Self { origin: Arc::clone(origin), line, base: 0, range: 0..0, body: Body::Failed(issue) }
    }
}

impl Batch {
    pub(crate) fn is_full(&self) -> bool {
        BATCH_ITEMS <= self.items.len() || BATCH_BYTES <= self.raw.len()
    }

    /// Forgets what a worker made of it, so that it can be done again.
    pub(crate) fn reset(&mut self) {
        self.out.clear();
        self.panics.clear();
        self.issues.clear();
        (self.failed, self.annotations) = (0, 0);
    }

    /// How far a worker is with it.
    pub(crate) fn mark(&self) -> Mark {
        let lens = [self.out.len(), self.panics.len(), self.issues.len()];
        Mark { lens, failed: self.failed, annotations: self.annotations }
    }

    /// Forgets what a worker made of it since then.
    pub(crate) fn rewind(&mut self, Mark { lens: [out, panics, issues], failed, annotations }: Mark) {
        self.out.truncate(out);
        self.panics.truncate(panics);
        self.issues.truncate(issues);
        (self.failed, self.annotations) = (failed, annotations);
    }

    /// Makes it ready for other documents; keeps its memory within bounds.
    pub(crate) fn recycle(&mut self) {
        self.reset();
        self.items.clear();
        for buffer in [&mut self.raw, &mut self.out] {
            buffer.clear();
            buffer.shrink_to(KEPT_BYTES);
        }
    }
}
