//! The work on one batch: read, annotate, write.

use khabar_abi::contain;
use khabar_extractor::Scratch;

use super::off::{Off, State};
use crate::batch::{Batch, Item};
use crate::source::document;
use crate::watch::Slot;
use crate::worker::{Context, SourcePlace};
use crate::{Annotated, Document, Issue, IssueCode, Plan, Worker, Writer};

/// One worker of a pipeline.
pub(super) struct Hand<'a> {
    plan: &'a Plan,
    writer: &'a dyn Writer,
    slot: &'a Slot,
    worker: Worker<'a>,
    scratch: Scratch,
    off: State,
}

impl<'a> Hand<'a> {
    pub(super) fn new(plan: &'a Plan, writer: &'a dyn Writer, slot: &'a Slot) -> Self {
        let (worker, scratch) = (Worker::new(plan), Scratch::default());
        Self { plan, writer, slot, worker, scratch, off: State::default() }
    }

    /// Does all documents of a batch.
    pub(super) fn batch(&mut self, batch: &mut Batch, off: &Off) {
        off.copy_into(&mut self.off);
        batch.reset();
        batch.epoch = self.off.epoch;
        // Taken out for the time being, so that the rest of the batch can change.
        let (raw, items) = (std::mem::take(&mut batch.raw), std::mem::take(&mut batch.items));
        for (number, item) in items.iter().enumerate() {
            if number != 0 {
                batch.out.extend_from_slice(self.writer.between());
            }
            let before = batch.out.len();
            let bytes = raw.get(item.range.clone()).unwrap_or_default();
            // Extractors are guarded one by one; this is for faults in khabar itself.
            if let Err(panic) = contain(|| self.item(batch, number, item, bytes)) {
                self.worker = Worker::new(self.plan);
                self.scratch = Scratch::default();
                batch.out.truncate(before);
                let issue = Issue::new(IssueCode::Internal, format!("khabar panicked: {panic}"));
                self.failed(batch, item, &document::id_of(item), issue);
            }
        }
        (batch.raw, batch.items) = (raw, items);
    }

    fn item(&mut self, batch: &mut Batch, number: usize, item: &Item, bytes: &[u8]) {
        let (document, issues) = match document::read(item, bytes) {
            Ok(read) => read,
            Err((id, issue)) => return self.failed(batch, item, &id, issue),
        };
        let document = document.as_document();
        let (off, seq) = (&self.off, batch.seq);
        let is_off = |stage| off.is_off(stage, seq, number);
        let context = Context { issues, slot: Some(self.slot), is_off: Some(&is_off), place: place_of(item) };
        let annotated = self.worker.annotate_in(document, context);
        write(self.writer, &annotated, &mut self.scratch, batch);
        batch.strikes.extend(self.worker.strikes().iter().map(|stage| (number, *stage)));
    }

    fn failed(&mut self, batch: &mut Batch, item: &Item, id: &str, issue: Issue) {
        let annotated = self.worker.failed(Document { id, ..Document::default() }, issue, place_of(item));
        write(self.writer, &annotated, &mut self.scratch, batch);
    }
}

fn write(writer: &dyn Writer, annotated: &Annotated<'_>, scratch: &mut Scratch, batch: &mut Batch) {
    batch.annotations += annotated.annotations().len() as u64;
    batch.failed += u64::from(!annotated.issues.is_empty());
    batch.issues.extend(annotated.issues.iter().map(|issue| (annotated.document.id.to_owned(), issue.clone())));
    writer.document(annotated, scratch, &mut batch.out);
}

fn place_of(item: &Item) -> SourcePlace<'_> {
    SourcePlace { file: Some(&item.origin.file), line: (item.line != 0).then_some(item.line) }
}
