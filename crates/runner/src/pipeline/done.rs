//! The work on one batch: read, annotate, write.

use std::borrow::Cow;

use khabar_abi::contain;
use khabar_arabic::validate;
use khabar_extractor::Scratch;

use super::off::{Off, State};
use crate::batch::{Batch, Body, Item};
use crate::source::parse_record;
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
                self.failed(batch, item, &id_of_line(item), issue);
            }
        }
        (batch.raw, batch.items) = (raw, items);
    }

    fn item(&mut self, batch: &mut Batch, number: usize, item: &Item, bytes: &[u8]) {
        let (document, issues) = match read(item, bytes) {
            Ok(read) => read,
            Err((id, issue)) => return self.failed(batch, item, &id, issue),
        };
        let Owned { id, text, date, country } = document;
        let document = Document { id: &id, text: &text, date, country };
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

struct Owned<'a> {
    id: Cow<'a, str>,
    text: Cow<'a, str>,
    date: Option<khabar_core::DocDate>,
    country: Option<khabar_core::Country>,
}

type Refused = (String, Issue);

/// Reads the bytes of an item as a document, with what of it had to be ignored.
fn read<'a>(item: &'a Item, bytes: &'a [u8]) -> Result<(Owned<'a>, Vec<Issue>), Refused> {
    match &item.body {
        Body::Failed(issue) => Err((id_of_line(item).into_owned(), issue.clone())),
        Body::Text => {
            let text = utf8(item, bytes)?;
            Ok((Owned { id: id_of_line(item), text: text.into(), date: None, country: None }, Vec::new()))
        }
        Body::Json => {
            let line = utf8(item, bytes)?;
            let line = if item.base == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
            let record = parse_record(line);
            let id = record.id.unwrap_or_else(|| id_of_line(item));
            match record.text {
                Ok(text) => Ok((Owned { id, text, date: record.date, country: record.country }, record.ignored)),
                Err(issue) => Err((id.into_owned(), issue)),
            }
        }
    }
}

/// The id of a document that does not say it: the file's, with the line where there are many.
fn id_of_line(item: &Item) -> Cow<'_, str> {
    match (&item.body, item.line) {
        (Body::Text, _) | (_, 0) => Cow::Borrowed(&item.origin.id),
        (_, line) => Cow::Owned(format!("{}:{line}", item.origin.id)),
    }
}

fn utf8<'a>(item: &Item, bytes: &'a [u8]) -> Result<&'a str, Refused> {
    validate(bytes).map_err(|error| {
        let message = format!("not UTF-8 at byte {}", item.base + error.offset as u64);
        let mut issue = Issue::new(IssueCode::NotUtf8, message);
        if item.line == 0 {
            issue.line = Some(error.line as u64);
        }
        (id_of_line(item).into_owned(), issue)
    })
}
