//! A corpus on all processors: reader → batches → workers → output in order → empty batches back.
//!
//! A fixed number of batches travels round, so memory does not grow with the corpus. Workers read the records, annotate
//! and write them, so that the two ends of the pipeline only cut and copy bytes. The threads are not scoped: when an
//! extractor hangs, the run can end all the same.

mod done;
mod off;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};

use crate::batch::{Batch, Item};
use crate::source::{self, Feed, Stopped};
use crate::watch::{Slot, Watch};
use crate::{Inputs, Issue, PathProblem, Plan, RunError, Writer};
use done::Hand;
use off::{Off, Strikes};

/// How often the watch looks, and an interruption is noticed, at the latest.
const TICK: Duration = Duration::from_millis(50);

/// What a run is made of.
pub struct Job {
    /// The extractors.
    pub plan: Arc<Plan>,
    /// The form of the output.
    pub writer: Arc<dyn Writer>,
    /// What to read.
    pub inputs: Inputs,
    /// Threads that annotate; the output does not depend on it.
    pub jobs: usize,
    /// Set to end the run early.
    pub interrupt: Arc<AtomicBool>,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents, those that failed among them.
    pub documents: u64,
    /// Documents with an issue.
    pub failed: u64,
    /// Annotations.
    pub annotations: u64,
    /// Bytes of input.
    pub bytes: u64,
    /// Named paths that could not be read.
    pub unreadable: u64,
    /// Extractors that were switched off, in that order.
    pub switched_off: Vec<String>,
}

/// Is told what happens while a run goes on, on the thread that called [`run`].
pub trait Observer {
    /// A document could not be done, or not in full.
    fn issue(&mut self, _document: &str, _issue: &Issue) {}
    /// A path that was named cannot be read.
    fn problem(&mut self, _problem: &PathProblem) {}
    /// An extractor panicked too often and is off for the rest of the run.
    fn switched_off(&mut self, _extractor: &str) {}
    /// So much is done.
    fn progress(&mut self, _so_far: &Summary) {}
}

/// An observer that ignores everything.
impl Observer for () {}

enum Message {
    /// A batch that a worker did.
    Batch(Box<Batch>),
    /// A path that the reader could not read.
    Problem(PathProblem),
    /// The reader is done; there were so many batches.
    End(u64),
}

/// Annotates all inputs and writes the documents in order.
///
/// # Errors
/// [`RunError`]; what was written until then is whole lines in order.
pub fn run(job: &Job, output: &mut dyn Write, observer: &mut dyn Observer) -> Result<Summary, RunError> {
    let jobs = job.jobs.max(1);
    let slots: Arc<[Slot]> = (0..jobs).map(|_| Slot::default()).collect();
    let off = Arc::new(Off::new(job.plan.stages().len()));
    // Twice as many as workers, so that the next ones are read while these are annotated, and one to write.
    let batches = 2 * jobs + 1;
    let (empty_in, empty_out) = bounded(batches);
    let (work_in, work_out) = bounded::<Box<Batch>>(batches);
    let (done_in, done_out) = unbounded();
    for _ in 0..batches {
        let _ = empty_in.send(Box::default());
    }
    for number in 0..jobs {
        let (plan, writer) = (Arc::clone(&job.plan), Arc::clone(&job.writer));
        let (slots, off) = (Arc::clone(&slots), Arc::clone(&off));
        let (work, done) = (work_out.clone(), done_in.clone());
        thread::spawn(move || {
            let mut hand = Hand::new(&plan, &*writer, &slots[number]);
            for mut batch in work {
                hand.batch(&mut batch, &off);
                if done.send(Message::Batch(batch)).is_err() {
                    break;
                }
            }
        });
    }
    let mut reader = Reader {
        batch: Box::default(),
        batches: 0,
        empty: empty_out,
        work: work_in.clone(),
        done: done_in,
        interrupt: Arc::clone(&job.interrupt),
    };
    let (inputs, limit) = (job.inputs.clone(), job.plan.settings().max_document);
    thread::spawn(move || {
        if source::read(&inputs, limit, &mut reader).and_then(|()| reader.flush()).is_ok() {
            let _ = reader.done.send(Message::End(reader.batches));
        }
    });
    let mut end = End {
        job,
        output,
        observer,
        off: &off,
        strikes: Strikes::new(job.plan.stages().len(), job.plan.settings().max_panics),
        empty: empty_in,
        work: work_in,
        summary: Summary::default(),
        next: 0,
    };
    end.take(&done_out, &slots)
}

/// The reader's end of the pipeline.
struct Reader {
    batch: Box<Batch>,
    batches: u64,
    empty: Receiver<Box<Batch>>,
    work: Sender<Box<Batch>>,
    done: Sender<Message>,
    interrupt: Arc<AtomicBool>,
}

impl Reader {
    fn flush(&mut self) -> Result<(), Stopped> {
        if self.batch.items.is_empty() {
            return Ok(());
        }
        let empty = self.empty.recv().map_err(|_| Stopped)?;
        let mut batch = std::mem::replace(&mut self.batch, empty);
        batch.seq = self.batches;
        self.batches += 1;
        self.work.send(batch).map_err(|_| Stopped)
    }
}

impl Feed for Reader {
    fn raw(&mut self) -> &mut Vec<u8> {
        &mut self.batch.raw
    }

    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Stopped);
        }
        self.batch.items.push(item);
        if self.batch.is_full() { self.flush() } else { Ok(()) }
    }

    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped> {
        self.done.send(Message::Problem(problem)).map_err(|_| Stopped)
    }
}

/// The writing end of the pipeline.
struct End<'a> {
    job: &'a Job,
    output: &'a mut dyn Write,
    observer: &'a mut dyn Observer,
    off: &'a Off,
    strikes: Strikes,
    empty: Sender<Box<Batch>>,
    work: Sender<Box<Batch>>,
    summary: Summary,
    next: u64,
}

impl End<'_> {
    fn take(&mut self, done: &Receiver<Message>, slots: &[Slot]) -> Result<Summary, RunError> {
        let mut watch = Watch::new(slots, self.job.plan.settings().patience);
        let mut waiting = BTreeMap::new();
        let (mut total, mut looked) = (None, Instant::now());
        let mut edge = Vec::new();
        self.job.writer.begin(&mut edge);
        self.output.write_all(&edge)?;
        while total != Some(self.next) {
            match done.recv_timeout(TICK) {
                Ok(Message::Batch(batch)) => {
                    waiting.insert(batch.seq, batch);
                    while let Some(batch) = waiting.remove(&self.next) {
                        self.batch(batch)?;
                    }
                }
                Ok(Message::Problem(problem)) => {
                    self.summary.unreadable += 1;
                    self.observer.problem(&problem);
                }
                Ok(Message::End(batches)) => total = Some(batches),
                Err(RecvTimeoutError::Timeout) => self.output.flush()?,
                Err(RecvTimeoutError::Disconnected) => return Err(RunError::Thread),
            }
            let now = Instant::now();
            if TICK <= now.duration_since(looked) {
                looked = now;
                if self.job.interrupt.load(Ordering::Relaxed) {
                    self.output.flush()?;
                    return Err(RunError::Interrupted);
                }
                if let Some(hang) = watch.look(now) {
                    self.output.flush()?;
                    let extractor = self.job.plan.stages()[hang.stage].info.name.clone();
                    return Err(RunError::Hang { extractor, document: hang.document });
                }
            }
        }
        edge.clear();
        self.job.writer.end(&mut edge);
        self.output.write_all(&edge)?;
        self.output.flush()?;
        Ok(std::mem::take(&mut self.summary))
    }

    /// Writes the batch whose turn it is, unless it has to be done again.
    fn batch(&mut self, mut batch: Box<Batch>) -> Result<(), RunError> {
        let struck = self.strikes.count(&batch);
        for &(stage, item) in &struck {
            let name = &self.job.plan.stages()[stage].info.name;
            self.observer.switched_off(name);
            self.summary.switched_off.push(name.clone());
            self.off.switch_off(stage, batch.seq, item);
        }
        if batch.epoch != self.off.epoch() {
            return self.work.send(batch).map_err(|_| RunError::Thread);
        }
        self.strikes.commit(&batch);
        let summary = &mut self.summary;
        if summary.documents != 0 {
            self.output.write_all(self.job.writer.between())?;
        }
        self.output.write_all(&batch.out)?;
        summary.documents += batch.items.len() as u64;
        summary.failed += batch.failed;
        summary.annotations += batch.annotations;
        summary.bytes += batch.raw.len() as u64;
        for (document, issue) in &batch.issues {
            self.observer.issue(document, issue);
        }
        self.observer.progress(&self.summary);
        self.next += 1;
        batch.recycle();
        // The reader may be gone already.
        let _ = self.empty.send(batch);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
