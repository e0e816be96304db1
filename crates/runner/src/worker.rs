//! Annotates documents on one thread, in small groups.

use std::sync::Arc;

use khabar_abi::contain;
use khabar_extractor::Scratch;

use crate::annotated::Annotated;
use crate::document_state::{DocumentState, StageContext};
use crate::limits::{LARGE_TEXT, WRITTEN_AROUND};
use crate::plan::Plan;
use crate::watch::Slot;
use crate::{Document, Issue, IssueCode, Writer};

/// Annotates documents on one thread, with buffers that are reused.
pub struct Worker<'p> {
    plan: &'p Plan,
    kinds: Vec<Vec<&'p str>>,
    /// What each extractor keeps between documents.
    scratches: Vec<Scratch>,
    /// One for each document of a group.
    states: Vec<DocumentState>,
    /// Whether the last group was a large document, whose buffers are released.
    was_large: bool,
    slot: Slot,
}

/// The size of a group of documents that go from stage to stage together. Each stage then finds its code and tables in the
/// caches, and the states of the documents still fit in beside them.
#[derive(Debug, Default)]
pub(crate) struct Group {
    documents: usize,
    bytes: usize,
}

impl Group {
    /// The most documents of a group. Fewer gain less; more leave the caches before the next stage; see
    /// `docs/performance.md`.
    const DOCUMENTS: usize = 8;
    /// The most bytes of their texts. A longer document is a group of its own, so that at most one state grows beyond that.
    const BYTES: usize = 16 << 10;

    /// Adds a document if the group has room for it.
    pub(crate) fn try_add(&mut self, bytes: usize) -> bool {
        let fits = self.documents == 0 || self.documents < Self::DOCUMENTS && self.bytes + bytes <= Self::BYTES;
        self.documents += usize::from(fits);
        self.bytes += bytes * usize::from(fits);
        fits
    }
}

/// A document to annotate, with what the pipeline knows about it.
#[derive(Default)]
pub(crate) struct Task<'a> {
    pub(crate) document: Document<'a>,
    /// The issues that it has already.
    pub(crate) issues: Vec<Issue>,
    /// Whether it could not be read, as an issue states; it then has no annotations.
    pub(crate) is_unread: bool,
    /// Where it comes from.
    pub(crate) place: SourcePlace<'a>,
}

/// The context of a group in a pipeline.
#[derive(Clone, Copy, Default)]
pub(crate) struct Context<'a> {
    /// Where the watcher sees what the worker does.
    pub(crate) slot: Option<&'a Slot>,
    /// The writer of the output.
    pub(crate) writer: Option<&'a dyn Writer>,
    /// Whether a stage (first argument) is disabled for a document of the group (second argument).
    pub(crate) is_disabled: Option<&'a dyn Fn(usize, usize) -> bool>,
}

/// Where a document comes from.
#[derive(Clone, Copy, Default)]
pub(crate) struct SourcePlace<'a> {
    pub(crate) file: Option<&'a Arc<str>>,
    pub(crate) line: Option<u64>,
}

impl SourcePlace<'_> {
    fn mark(&self, issue: &mut Issue) {
        issue.file = self.file.cloned();
        issue.line = issue.line.or(self.line);
    }
}

impl<'p> Worker<'p> {
    /// A worker for a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let stages = plan.stages();
        Self {
            plan,
            kinds: stages.iter().map(|s| s.info.provides.iter().map(String::as_str).collect()).collect(),
            scratches: stages.iter().map(|_| Scratch::default()).collect(),
            states: Vec::new(),
            was_large: false,
            slot: Slot::default(),
        }
    }

    /// Annotates a document.
    pub fn annotate<'a>(&'a mut self, document: Document<'a>) -> Annotated<'a> {
        self.run(&mut [Task { document, ..Task::default() }], Context::default());
        self.annotated(0, document)
    }

    /// Annotates documents and passes each to `f`, in order. The result is the same as with [`Worker::annotate`], in 5 %
    /// less time if the second-level cache is small (`docs/performance.md`): each extractor processes up to eight documents
    /// before the next extractor does, so these are taken from `documents` before `f` gets the first.
    ///
    /// ```
    /// use khabar_runner::{Config, Document, Plan, Worker};
    ///
    /// let plan = Plan::new(&Config::default(), &[], &[])?;
    /// let documents = ["بنسبة 100%", "خمسة آلاف"].map(|text| Document { text, ..Document::default() });
    /// let mut found = Vec::new();
    /// Worker::new(&plan).annotate_all(documents, |annotated| found.push(annotated.annotations().len()));
    /// // The percentage, and the number in it.
    /// assert_eq!(found, [2, 1]);
    /// # Ok::<(), khabar_runner::ConfigError>(())
    /// ```
    pub fn annotate_all<'a>(
        &mut self,
        documents: impl IntoIterator<Item = Document<'a>>,
        mut f: impl FnMut(Annotated<'_>),
    ) {
        let mut documents = documents.into_iter().peekable();
        let mut tasks = Vec::new();
        while documents.peek().is_some() {
            let mut group = Group::default();
            let next = std::iter::from_fn(|| documents.next_if(|document| group.try_add(document.text.len())));
            tasks.clear();
            tasks.extend(next.map(|document| Task { document, ..Task::default() }));
            self.run(&mut tasks, Context::default());
            for (number, task) in tasks.iter().enumerate() {
                f(self.annotated(number, task.document));
            }
        }
    }

    /// Annotates the documents of a group; [`Worker::annotated`] returns the result by number.
    pub(crate) fn run(&mut self, tasks: &mut [Task<'_>], Context { slot, writer, is_disabled }: Context<'_>) {
        self.release();
        let Self { plan, kinds, scratches, states, was_large, slot: own } = self;
        let (plan, slot) = (*plan, slot.unwrap_or(own));
        states.resize_with(states.len().max(tasks.len()), DocumentState::default);
        *was_large = tasks.iter().any(|task| LARGE_TEXT <= task.document.text.len());
        for (task, state) in tasks.iter_mut().zip(&mut *states) {
            let text = if task.is_unread { "" } else { task.document.text };
            state.begin(plan, text, task.issues.drain(..));
        }
        for (at, (stage, scratch)) in plan.stages().iter().zip(scratches).enumerate() {
            for (number, (task, state)) in tasks.iter().zip(&mut *states).enumerate() {
                if task.is_unread {
                    continue;
                }
                if is_disabled.is_some_and(|is_disabled| is_disabled(at, number)) {
                    let message = format!("disabled after {} panics", plan.settings().max_panics);
                    state.fail(Issue::of_extractor(IssueCode::ExtractorOff, &stage.info.name, message));
                } else {
                    state.extract(task.document, at, StageContext { plan, kinds, scratch, slot });
                }
            }
            if *was_large {
                renew(scratch);
            }
        }
        for (task, state) in tasks.iter().zip(states) {
            let around = writer.map_or(WRITTEN_AROUND, |writer| writer.around(task.document.id));
            state.end(plan, around, |issue| task.place.mark(issue));
            if *was_large {
                state.release();
            }
        }
    }

    /// Releases the memory of a large document.
    pub(crate) fn release(&mut self) {
        if std::mem::take(&mut self.was_large) {
            self.states = Vec::new();
        }
    }

    /// The result for a document of the last group.
    pub(crate) fn annotated<'a>(&'a self, number: usize, document: Document<'a>) -> Annotated<'a> {
        self.states[number].annotated(self.plan, document)
    }

    /// The stages that panicked or were cancelled on a document of the last group.
    pub(crate) fn panics(&self, number: usize) -> &[usize] {
        self.states[number].panics()
    }
}

/// Discards what an extractor keeps between documents. Its destructors may panic, which is ignored.
pub(crate) fn renew(scratch: &mut Scratch) {
    let old = std::mem::take(scratch);
    let _ = contain(|| drop(old));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::plan;
    use crate::writer::{Csv, Webanno};
    use crate::{RunSettings, Unit};

    #[test]
    fn groups_are_small() {
        let sizes = |lens: &[usize]| -> Vec<usize> {
            let mut lens = lens.iter().copied().peekable();
            let group = |lens: &mut std::iter::Peekable<_>| {
                let mut group = Group::default();
                std::iter::from_fn(|| lens.next_if(|len| group.try_add(*len))).count()
            };
            std::iter::from_fn(|| Some(group(&mut lens)).filter(|size| *size != 0)).collect()
        };
        assert_eq!(sizes(&[0; 20]), [8, 8, 4]);
        assert_eq!(sizes(&[6_000; 5]), [2, 2, 1]);
        assert_eq!(sizes(&[100, 100, 1 << 30, 100, Group::BYTES, Group::BYTES + 1]), [2, 1, 1, 1, 1]);
    }

    #[test]
    fn what_a_form_writes_around_each_annotation_counts() {
        let plan = plan(RunSettings::default());
        let codes = |id: &str, text: &str, writer: Option<&dyn Writer>| {
            let mut worker = Worker::new(&plan);
            let document = Document { id, text, ..Document::default() };
            worker.run(&mut [Task { document, ..Task::default() }], Context { writer, ..Context::default() });
            let annotated = worker.annotated(0, document);
            assert_eq!(annotated.annotations().len() == 0, !annotated.issues.is_empty());
            annotated.issues.iter().map(|issue| issue.code).collect::<Vec<_>>()
        };
        let (many, long) = ("aaaa ".repeat(90_000), "x".repeat(1_000));
        assert_eq!(codes("x", &many, None), []);
        assert_eq!(codes("x", &many, Some(&Csv { unit: Unit::Char, bom: false })), []);
        assert_eq!(codes("x", &many, Some(&Webanno)), [IssueCode::TooLarge]);
        assert_eq!(codes(&long, &many, Some(&Csv { unit: Unit::Char, bom: false })), [IssueCode::TooLarge]);
        assert_eq!(codes(&long, &many[..5_000], Some(&Webanno)), []);
    }

    #[test]
    fn documents_in_a_group_are_what_they_are_alone() {
        let plan = plan(RunSettings::default());
        let long = "a b ".repeat(5_000);
        let texts = ["a b", "boom", "", "fail", "c", "lie", &long, "a", "boom", "b", "c", "d", "stray", "e"];
        let documents = texts.map(|text| Document { id: "x", text, ..Document::default() });
        let told = |annotated: Annotated<'_>| {
            let annotations: Vec<String> = annotated.annotations().map(|found| format!("{found:?}")).collect();
            (annotated.document.text.to_owned(), annotated.issues.to_vec(), annotated.tokens.len(), annotations)
        };
        let alone: Vec<_> = documents.iter().map(|document| told(Worker::new(&plan).annotate(*document))).collect();
        let mut together = Vec::new();
        let mut worker = Worker::new(&plan);
        worker.annotate_all(documents, |annotated| together.push(told(annotated)));
        assert_eq!(together, alone);
        assert!(worker.states.len() <= Group::DOCUMENTS);
    }
}
