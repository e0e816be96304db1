//! Batches of documents, which travel from the reader through a worker to the output and back.

use std::ops::Range;
use std::sync::Arc;

use crate::Issue;
use crate::source::Origin;
use crate::source::csv::Row;

/// The most documents of a batch.
pub(crate) const BATCH_ITEMS: usize = 256;
/// The bytes from which a batch is full.
pub(crate) const BATCH_BYTES: usize = 1 << 19;
/// The most bytes of a buffer that are kept for the next batch.
const KEPT_BYTES: usize = 8 << 20;

/// Some documents: raw input on the way in, output on the way out.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Its number in the run.
    pub(crate) seq: u64,
    /// The bytes of all its documents.
    pub(crate) raw: Vec<u8>,
    /// Its documents.
    pub(crate) items: Vec<Item>,
    /// The output for them.
    pub(crate) out: Vec<u8>,
    /// Extractors that panicked or were cancelled: the document's number in the batch, and the stage.
    pub(crate) panics: Vec<(usize, usize)>,
    /// What went wrong: the document's id and the issue.
    pub(crate) issues: Vec<(String, Issue)>,
    /// Which extractors were disabled when it was processed; see `pipeline::disabled`.
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
    /// Its line, counted from 1; 0 for a whole file.
    pub(crate) line: u64,
    /// The byte offset in the file at which it begins.
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
    /// The document could not be read.
    Failed(Issue),
}

/// How far a worker has processed a batch.
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

    /// Clears a worker's results, so that the batch can be processed again.
    pub(crate) fn reset(&mut self) {
        self.out.clear();
        self.panics.clear();
        self.issues.clear();
        (self.failed, self.annotations) = (0, 0);
    }

    /// How far a worker has processed it.
    pub(crate) fn mark(&self) -> Mark {
        let lens = [self.out.len(), self.panics.len(), self.issues.len()];
        Mark { lens, failed: self.failed, annotations: self.annotations }
    }

    /// Drops a worker's results since a mark.
    pub(crate) fn rewind(&mut self, Mark { lens: [out, panics, issues], failed, annotations }: Mark) {
        self.out.truncate(out);
        self.panics.truncate(panics);
        self.issues.truncate(issues);
        (self.failed, self.annotations) = (failed, annotations);
    }

    /// Prepares it for other documents and releases large buffers.
    pub(crate) fn recycle(&mut self) {
        self.reset();
        self.items.clear();
        for buffer in [&mut self.raw, &mut self.out] {
            buffer.clear();
            buffer.shrink_to(KEPT_BYTES);
        }
    }
}
