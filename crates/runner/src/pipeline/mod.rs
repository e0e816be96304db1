//! A corpus on all processors: reader → batches → workers → output in order → empty batches back.
//!
//! A fixed number of batches circulates, so memory does not grow with the corpus. Workers read, annotate and write the
//! records, so that both ends of the pipeline only cut and copy bytes. Nothing waits for the pool of workers: a run can end
//! even if an extractor hangs.

mod batch_worker;
mod budget;
mod disabled;

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded, unbounded};
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::{Deserialize, Serialize};

use crate::batch::{BATCH_BYTES, Batch, Item};
use crate::source::{self, Feed, Stopped};
use crate::watch::{Slot, Watch};
use crate::{Inputs, Issue, PathProblem, Plan, RunError, Writer};
use batch_worker::BatchWorker;
use budget::Budget;
use disabled::{DisabledExtractors, PanicCounter};

/// The interval at which workers are watched and interruptions are noticed.
const TICK: Duration = Duration::from_millis(50);

/// What a run needs.
pub struct Job {
    /// The extractors.
    pub plan: Arc<Plan>,
    /// The writer of the output.
    pub writer: Arc<dyn Writer>,
    /// What to read.
    pub inputs: Inputs,
    /// The number of threads that annotate, limited to a few per processor; the output does not depend on it.
    pub jobs: usize,
    /// Set to end the run early.
    pub interrupt: Arc<AtomicBool>,
}

/// The summary of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Documents, including those that failed.
    pub documents: u64,
    /// Documents with an issue.
    pub failed: u64,
    /// Annotations.
    pub annotations: u64,
    /// Bytes of input.
    pub bytes: u64,
    /// Named paths that could not be read.
    pub unreadable: u64,
    /// Extractors that were disabled, in that order.
    pub switched_off: Vec<String>,
}

/// A point from which a run can continue: the output until then is complete documents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// The summary until then.
    pub summary: Summary,
    /// Bytes of output.
    pub written: u64,
    /// Panics of each extractor, in the order of the plan.
    pub panics: Vec<u32>,
}

/// Receives events of a run, on the thread that called [`run`].
pub trait Observer {
    /// A document failed, in full or in part.
    fn issue(&mut self, _document: &str, _issue: &Issue) {}
    /// Called for every named path that cannot be read.
    fn problem(&mut self, _problem: &PathProblem) {}
    /// An extractor panicked too often and is disabled for the rest of the run.
    fn switched_off(&mut self, _extractor: &str) {}
    /// Progress was made.
    fn progress(&mut self, _so_far: &Summary) {}
    /// Output was written up to a point from which [`resume`] can continue.
    fn checkpoint(&mut self, _here: &Checkpoint) {}
}

/// An observer that ignores everything.
impl Observer for () {}

enum Message {
    /// A batch from a worker.
    Batch(Box<Batch>),
    /// A path that the reader could not read.
    Problem(PathProblem),
    /// The reader is done; the number of batches.
    End(u64),
}

/// Annotates all inputs and writes the documents in order.
///
/// # Errors
/// [`RunError`]; the output until then is complete lines in order.
pub fn run(job: &Job, output: &mut dyn Write, observer: &mut dyn Observer) -> Result<Summary, RunError> {
    resume(job, Checkpoint::default(), output, observer)
}

/// Continues a run of the same job from a checkpoint: `output` has what was written until then and gets the rest. Both parts
/// together are the output of an uninterrupted run.
///
/// # Errors
/// As [`run`].
pub fn resume(
    job: &Job,
    mut from: Checkpoint,
    output: &mut dyn Write,
    observer: &mut dyn Observer,
) -> Result<Summary, RunError> {
    let jobs = threads(job.jobs);
    let slots: Arc<[Slot]> = (0..jobs).map(|_| Slot::default()).collect();
    let (stages, max_panics) = (job.plan.stages().len(), job.plan.settings().max_panics);
    from.panics.resize(stages, 0);
    // The reader will report unreadable paths again.
    from.summary.unreadable = 0;
    let panic_counter = PanicCounter::new(from.panics.clone(), max_panics);
    let disabled = Arc::new(DisabledExtractors::new(stages));
    (0..stages).filter(|stage| panic_counter.is_disabled(*stage)).for_each(|stage| disabled.disable(stage, 0, 0));
    // Two per worker, so that the next ones are read while these are annotated, and one to write.
    let batches = 2 * jobs + 1;
    // Batches of ordinary documents never wait for their share; the largest documents are processed one at a time.
    let budget = Arc::new(Budget::new(job.plan.settings().max_document + batches * BATCH_BYTES));
    let (empty_in, empty_out) = bounded(batches);
    let (work_in, work_out) = bounded::<Box<Batch>>(batches);
    let (done_in, done_out) = unbounded();
    for _ in 0..batches {
        let _ = empty_in.send(Box::default());
    }
    let pool = pool(jobs)?;
    for number in 0..jobs {
        let (plan, writer) = (Arc::clone(&job.plan), Arc::clone(&job.writer));
        let (slots, disabled) = (Arc::clone(&slots), Arc::clone(&disabled));
        let (work, done) = (work_out.clone(), done_in.clone());
        pool.spawn(move || {
            let mut worker = BatchWorker::new(&plan, &*writer, &slots[number]);
            for mut batch in work {
                worker.batch(&mut batch, &disabled);
                if done.send(Message::Batch(batch)).is_err() {
                    break;
                }
            }
        });
    }
    let mut reader = Reader {
        batch: Box::default(),
        batches: 0,
        skip: from.summary.documents,
        empty: empty_out,
        work: work_in.clone(),
        done: done_in,
        budget: Arc::clone(&budget),
        interrupt: Arc::clone(&job.interrupt),
    };
    let (inputs, limit) = (job.inputs.clone(), job.plan.settings().max_document);
    thread::spawn(move || {
        if source::read(&inputs, limit, &mut reader).and_then(|()| reader.flush()).is_ok() {
            let _ = reader.done.send(Message::End(reader.batches));
        }
    });
    let mut sink = OrderedSink {
        job,
        output,
        observer,
        disabled: &disabled,
        panic_counter,
        empty: empty_in,
        work: work_in,
        budget: &budget,
        at: from,
        next: 0,
    };
    let outcome = sink.take(&done_out, &slots);
    // However the run ended, the reader must not wait any longer.
    budget.close();
    outcome
}

/// The number of threads for this many jobs: more than a few per processor would only take memory.
fn threads(jobs: usize) -> usize {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    jobs.clamp(1, 4 * processors.max(4))
}

/// Each run has its own pool, and dropping it does not wait: a run can end while an extractor hangs.
fn pool(jobs: usize) -> Result<ThreadPool, RunError> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs).thread_name(|number| format!("khabar-{number}"));
    // Panics of extractors are caught; any other panic closes the worker's channel, which ends the run with an error.
    pool.panic_handler(|_| {}).build().map_err(|_| RunError::Thread)
}

/// The reader's end of the pipeline.
struct Reader {
    batch: Box<Batch>,
    batches: u64,
    /// Documents to skip because they are done already.
    skip: u64,
    empty: Receiver<Box<Batch>>,
    work: Sender<Box<Batch>>,
    done: Sender<Message>,
    budget: Arc<Budget>,
    interrupt: Arc<AtomicBool>,
}

impl Reader {
    fn flush(&mut self) -> Result<(), Stopped> {
        if self.batch.items.is_empty() {
            return Ok(());
        }
        if !self.budget.take(self.batch.raw.len()) {
            return Err(Stopped);
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
        if self.skip != 0 {
            self.skip -= 1;
            self.batch.raw.clear();
            return Ok(());
        }
        self.batch.items.push(item);
        if self.batch.is_full() { self.flush() } else { Ok(()) }
    }

    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped> {
        self.done.send(Message::Problem(problem)).map_err(|_| Stopped)
    }
}

/// The writing end of the pipeline: puts batches in order.
struct OrderedSink<'a> {
    job: &'a Job,
    output: &'a mut dyn Write,
    observer: &'a mut dyn Observer,
    disabled: &'a DisabledExtractors,
    panic_counter: PanicCounter,
    empty: Sender<Box<Batch>>,
    work: Sender<Box<Batch>>,
    budget: &'a Budget,
    at: Checkpoint,
    next: u64,
}

impl OrderedSink<'_> {
    fn take(&mut self, done: &Receiver<Message>, slots: &[Slot]) -> Result<Summary, RunError> {
        let mut watch = Watch::new(slots, self.job.plan.settings().timeout);
        let mut waiting = BTreeMap::new();
        let (mut total, mut looked) = (None, Instant::now());
        let mut edge = Vec::new();
        if self.at.written == 0 {
            self.job.writer.begin(&mut edge);
            self.write(&edge)?;
        }
        while total != Some(self.next) {
            match done.recv_timeout(TICK) {
                Ok(Message::Batch(batch)) => {
                    waiting.insert(batch.seq, batch);
                    while let Some(batch) = waiting.remove(&self.next) {
                        self.batch(batch)?;
                    }
                }
                Ok(Message::Problem(problem)) => {
                    self.at.summary.unreadable += 1;
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
        self.write(&edge)?;
        self.output.flush()?;
        Ok(std::mem::take(&mut self.at.summary))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), RunError> {
        self.output.write_all(bytes)?;
        self.at.written += bytes.len() as u64;
        Ok(())
    }

    /// Writes the next batch, unless it must be processed again.
    fn batch(&mut self, mut batch: Box<Batch>) -> Result<(), RunError> {
        let newly_disabled = self.panic_counter.count(&batch);
        for &(stage, item) in &newly_disabled {
            let name = &self.job.plan.stages()[stage].info.name;
            self.observer.switched_off(name);
            self.at.summary.switched_off.push(name.clone());
            self.disabled.disable(stage, batch.seq, item + 1);
        }
        if batch.epoch != self.disabled.epoch() {
            return self.work.send(batch).map_err(|_| RunError::Thread);
        }
        self.panic_counter.commit(&batch);
        if self.at.summary.documents != 0 {
            self.write(self.job.writer.between())?;
        }
        self.write(&batch.out)?;
        let summary = &mut self.at.summary;
        summary.documents += batch.items.len() as u64;
        summary.failed += batch.failed;
        summary.annotations += batch.annotations;
        summary.bytes += batch.raw.len() as u64;
        for (document, issue) in &batch.issues {
            self.observer.issue(document, issue);
        }
        self.observer.progress(&self.at.summary);
        self.at.panics.clear();
        self.at.panics.extend_from_slice(self.panic_counter.counts());
        self.observer.checkpoint(&self.at);
        self.next += 1;
        self.budget.give_back(batch.raw.len());
        batch.recycle();
        // The reader may have ended already.
        let _ = self.empty.send(batch);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
