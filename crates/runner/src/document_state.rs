//! The state of one document while the stages process it.

use khabar_abi::contain;
use khabar_arabic::Analysis;
use khabar_core::{Layer, LayerError, Record};
use khabar_extractor::{Doc, ExtractError, InputLayer, Output, Scratch};

use crate::annotated::Annotated;
use crate::limits::Limits;
use crate::plan::{Plan, Stage};
use crate::sort_key::{SortKey, merge};
use crate::spans::spans;
use crate::watch::Slot;
use crate::worker::renew;
use crate::{Document, Issue, IssueCode};

/// The number of input layers that need no allocation.
const FEW_INPUTS: usize = 4;

/// The state of a document, in buffers that the next one reuses.
#[derive(Debug, Default)]
pub(crate) struct DocumentState {
    analysis: Analysis,
    /// What each stage found.
    layers: Vec<Layer>,
    /// Which stages succeeded.
    done: Vec<bool>,
    issues: Vec<Issue>,
    /// The stages that panicked or were cancelled.
    panics: Vec<usize>,
    found: Vec<SortKey>,
    /// The limits of its annotations.
    limits: Limits,
    /// Bytes of the spans within values, which writers add as text.
    inner: usize,
    /// The annotations of one layer, before they are merged with the others.
    added: Vec<SortKey>,
    date: Option<SortKey>,
}

/// What a stage needs to run.
pub(crate) struct StageContext<'a> {
    pub(crate) plan: &'a Plan,
    /// The kinds of each stage.
    pub(crate) kinds: &'a [Vec<&'a str>],
    /// What the extractor of this stage keeps between documents.
    pub(crate) scratch: &'a mut Scratch,
    /// Where the watcher sees what the worker does.
    pub(crate) slot: &'a Slot,
}

impl DocumentState {
    /// Begins a document, with the issues that it has already.
    pub(crate) fn begin(&mut self, plan: &Plan, text: &str, issues: impl IntoIterator<Item = Issue>) {
        self.layers.resize_with(plan.stages().len(), Layer::default);
        self.layers.iter_mut().for_each(Layer::clear);
        self.done.clear();
        self.issues.clear();
        self.issues.extend(issues);
        self.panics.clear();
        self.found.clear();
        self.date = None;
        self.inner = 0;
        self.limits = Limits::of(text.len());
        self.analysis.analyze(text);
    }

    /// Runs the extractor of a stage on the document, after all earlier stages.
    pub(crate) fn extract(
        &mut self,
        document: Document<'_>,
        at: usize,
        StageContext { plan, kinds, scratch, slot }: StageContext<'_>,
    ) {
        let stage = &plan.stages()[at];
        if let Some(missing) = stage.inputs.iter().find(|input| !self.done[**input]) {
            let message = format!("skipped: it requires {}, which gave no result", plan.stages()[*missing].info.name);
            return self.fail(Issue::of_extractor(IssueCode::ExtractorSkipped, &stage.info.name, message));
        }
        let (before, rest) = self.layers.split_at_mut(at);
        let layer =
            |i: &usize| InputLayer { kinds: &kinds[*i], records: before[*i].records(), heap: before[*i].heap() };
        // Extractors require few inputs; then nothing is allocated.
        let (few, many): ([_; FEW_INPUTS], Vec<_>);
        let layers: &[InputLayer<'_>] = if stage.inputs.len() <= FEW_INPUTS {
            few = std::array::from_fn(|n| stage.inputs.get(n).map_or(InputLayer::NONE, &layer));
            &few[..stage.inputs.len()]
        } else {
            many = stage.inputs.iter().map(&layer).collect();
            &many
        };
        let mut doc = Doc::new(document.id, document.text, &self.analysis);
        (doc.date, doc.country, doc.layers) = (document.date, document.country, layers);
        slot.document(document.id);
        let cancel = slot.begin(at);
        let layer = &mut rest[0];
        let mut output =
            Output::new(layer, &stage.info).cancelled_by(cancel).limited_to(self.limits.records, self.limits.values);
        let outcome = contain(|| stage.extractor.extract(&doc, &mut output, scratch));
        slot.end();
        let outcome = outcome.unwrap_or_else(|panic| Err(panic.into()));
        match outcome.and_then(|()| Ok(check(layer, document.text, stage)?)) {
            Ok(inner) => {
                layer.sort();
                self.inner += inner;
                self.done.push(true);
            }
            Err(error) => {
                let issue = issue(stage, &error);
                if matches!(issue.code, IssueCode::ExtractorPanicked | IssueCode::ExtractorCancelled) {
                    renew(scratch);
                    self.panics.push(at);
                }
                // Releases its memory too, since a refused layer may be large.
                *layer = Layer::default();
                self.fail(issue);
            }
        }
    }

    /// Records that a stage failed.
    pub(crate) fn fail(&mut self, issue: Issue) {
        self.done.push(false);
        self.issues.push(issue);
    }

    /// Ends a document after all stages, or one that could not be read. `around` is the number of bytes written around each
    /// annotation.
    pub(crate) fn end(&mut self, plan: &Plan, around: usize, mark: impl FnMut(&mut Issue)) {
        let output = self.order(plan, around);
        if self.limits.output < output {
            let mib = |bytes: usize| bytes >> 20;
            let (output, limit) = (mib(output), mib(self.limits.output));
            let message = format!(
                "the annotations would take {output} MiB of output, more than the limit of {limit} MiB for a text of this length"
            );
            self.found.clear();
            self.issues.push(Issue::new(IssueCode::TooLarge, message));
        }
        self.issues.iter_mut().for_each(mark);
    }

    /// Releases memory of a large document that the writer does not need.
    pub(crate) fn release(&mut self) {
        self.analysis.keep_tokens();
        self.added = Vec::new();
        if self.found.is_empty() && self.date.is_none() {
            self.layers.iter_mut().for_each(|layer| *layer = Layer::default());
        }
    }

    /// The stages that panicked or were cancelled.
    pub(crate) fn panics(&self) -> &[usize] {
        &self.panics
    }

    /// What was found.
    pub(crate) fn annotated<'a>(&'a self, plan: &'a Plan, document: Document<'a>) -> Annotated<'a> {
        Annotated {
            document,
            issues: &self.issues,
            is_unread: false,
            tokens: self.analysis.tokens(),
            sentences: self.analysis.sentences(),
            plan,
            layers: &self.layers,
            found: &self.found,
            date: self.date,
        }
    }

    /// Sorts the annotations of all layers into the order of the output, and estimates how many bytes they take there.
    fn order(&mut self, plan: &Plan, around: usize) -> usize {
        let mut output = self.inner;
        let confidence = |key: SortKey| {
            let layer = self.layers.get(plan.stage_at(key.rank()));
            layer.and_then(|layer| layer.records().get(key.index())).map_or(0.0, |record| record.confidence)
        };
        for (stage, layer) in plan.stages().iter().zip(&self.layers) {
            // The first layer need not be merged.
            let is_first = self.found.is_empty();
            let added = if is_first { &mut self.found } else { &mut self.added };
            added.clear();
            let (mut last, mut is_sorted) = (SortKey::default(), true);
            for (index, record) in (0..).zip(layer.records()) {
                let Some(rank) = stage.ranks.get(record.kind as usize) else { continue };
                let key = SortKey::new(record, rank.place, index);
                if rank.is_date {
                    let surer = |best: SortKey| confidence(best) < record.confidence;
                    if self.date.is_none_or(surer) {
                        self.date = Some(key);
                    }
                } else if rank.wanted && plan.settings().min_confidence <= record.confidence {
                    output += record.span().len() as usize + record.value_len as usize + around;
                    is_sorted &= last <= key;
                    last = key;
                    added.push(key);
                }
            }
            // A layer is sorted, except for different kinds over the same span.
            if !is_sorted {
                added.sort_unstable();
            }
            if !is_first {
                merge(&mut self.found, &self.added);
            }
        }
        output
    }
}

/// Checks a layer; returns the bytes of the spans within its values.
fn check(layer: &Layer, text: &str, stage: &Stage) -> Result<usize, LayerError> {
    layer.check(text, stage.info.provides.len())?;
    let mut inner = 0;
    for (record, r) in layer.records().iter().enumerate().filter(|(_, r)| r.flags & Record::HAS_SPANS != 0) {
        for span in spans(layer.value(r)) {
            if span.of(text).is_none() {
                return Err(if text.len() < span.end as usize {
                    LayerError::Outside { record, span, len: text.len() }
                } else if span.end < span.start {
                    LayerError::Reversed { record, span }
                } else {
                    LayerError::SplitsCharacter { record, span }
                });
            }
            inner += span.len() as usize;
        }
    }
    Ok(inner)
}

fn issue(stage: &Stage, error: &ExtractError) -> Issue {
    let code = match error {
        ExtractError::Panicked(_) => IssueCode::ExtractorPanicked,
        ExtractError::Cancelled => IssueCode::ExtractorCancelled,
        ExtractError::Layer(_) | ExtractError::Refused(_) | ExtractError::UndeclaredKind(_) => IssueCode::LayerRefused,
        _ => IssueCode::ExtractorFailed,
    };
    Issue::of_extractor(code, &stage.info.name, error.to_string())
}
