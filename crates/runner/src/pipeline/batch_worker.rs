//! Processes one batch: read, annotate, write.

use std::slice::from_ref;

use khabar_abi::contain;
use khabar_extractor::Scratch;

use super::disabled::{DisabledExtractors, State};
use crate::batch::{Batch, Item};
use crate::limits::LARGE_TEXT;
use crate::source::document;
use crate::watch::Slot;
use crate::worker::{Context, Group, SourcePlace, Task};
use crate::{Annotated, Document, Issue, IssueCode, Plan, Worker, Writer};

/// One worker of a pipeline.
pub(super) struct BatchWorker<'a> {
    plan: &'a Plan,
    writer: &'a dyn Writer,
    slot: &'a Slot,
    worker: Worker<'a>,
    scratch: Scratch,
    disabled: State,
}

impl<'a> BatchWorker<'a> {
    /// A worker on the current thread.
    pub(super) fn new(plan: &'a Plan, writer: &'a dyn Writer, slot: &'a Slot) -> Self {
        slot.is_of_this_thread();
        let (worker, scratch) = (Worker::new(plan), Scratch::default());
        Self { plan, writer, slot, worker, scratch, disabled: State::default() }
    }

    /// Processes all documents of a batch.
    pub(super) fn batch(&mut self, batch: &mut Batch, disabled: &DisabledExtractors) {
        disabled.copy_into(&mut self.disabled);
        batch.reset();
        batch.epoch = self.disabled.epoch;
        // Taken out meanwhile, so that the rest of the batch can be changed.
        let (raw, items) = (std::mem::take(&mut batch.raw), std::mem::take(&mut batch.items));
        let mut first = 0;
        while first < items.len() {
            let mut group = Group::default();
            let end = first + items[first..].iter().take_while(|item| group.try_add(item.range.len())).count();
            self.items(batch, first, &items[first..end], &raw);
            first = end;
        }
        (batch.raw, batch.items) = (raw, items);
    }

    /// Processes some documents of the batch, beginning with number `first`.
    fn items(&mut self, batch: &mut Batch, first: usize, items: &[Item], raw: &[u8]) {
        let before = batch.mark();
        // Panics of extractors are caught one by one; this catches those of khabar itself.
        let Err(panic) = contain(|| self.group(batch, first, items, raw)) else { return };
        self.worker = Worker::new(self.plan);
        self.scratch = Scratch::default();
        batch.rewind(before);
        match items {
            [item] => {
                let issue = Issue::new(IssueCode::Internal, format!("internal error: {panic}"));
                let id = document::id_of(item);
                self.run(batch, first, &mut [unread(item, &id, issue)]);
            }
            // One of them is the cause: processes them one by one.
            _ => items.iter().enumerate().for_each(|(n, item)| self.items(batch, first + n, from_ref(item), raw)),
        }
    }

    fn group(&mut self, batch: &mut Batch, first: usize, items: &[Item], raw: &[u8]) {
        let bytes = |item: &Item| raw.get(item.range.clone()).unwrap_or_default();
        let mut read: Vec<_> = items.iter().map(|item| document::read(item, bytes(item))).collect();
        let tasks = read.iter_mut().zip(items).map(|(read, item)| match read {
            Ok((read, issues)) => Task {
                document: read.as_document(),
                issues: std::mem::take(issues),
                is_unread: false,
                place: place_of(item),
            },
            Err((id, issue)) => unread(item, id, issue.clone()),
        });
        let mut tasks: Vec<_> = tasks.collect();
        self.run(batch, first, &mut tasks);
    }

    /// Annotates a group and writes it.
    fn run(&mut self, batch: &mut Batch, first: usize, tasks: &mut [Task<'_>]) {
        let (disabled, seq) = (&self.disabled, batch.seq);
        let is_disabled = |stage, number| disabled.is_disabled(stage, seq, first + number);
        self.worker
            .run(tasks, Context { slot: Some(self.slot), writer: Some(self.writer), is_disabled: Some(&is_disabled) });
        for (number, task) in tasks.iter().enumerate() {
            if first + number != 0 {
                batch.out.extend_from_slice(self.writer.between());
            }
            let annotated = self.worker.annotated(number, task.document);
            let annotated = Annotated { is_unread: task.is_unread, ..annotated };
            batch.annotations += annotated.annotations().len() as u64;
            batch.failed += u64::from(!annotated.issues.is_empty());
            batch.issues.extend(annotated.issues.iter().map(|issue| (task.document.id.to_owned(), issue.clone())));
            self.writer.document(&annotated, &mut self.scratch, &mut batch.out);
            batch.panics.extend(self.worker.panics(number).iter().map(|stage| (first + number, *stage)));
        }
        if tasks.iter().any(|task| LARGE_TEXT <= task.document.text.len()) {
            self.worker.release();
            self.scratch = Scratch::default();
        }
    }
}

/// A document that could not be read.
fn unread<'a>(item: &'a Item, id: &'a str, issue: Issue) -> Task<'a> {
    let document = Document { id, ..Document::default() };
    Task { document, issues: vec![issue], is_unread: true, place: place_of(item) }
}

fn place_of(item: &Item) -> SourcePlace<'_> {
    SourcePlace { file: Some(&item.origin.file), line: (item.line != 0).then_some(item.line) }
}
