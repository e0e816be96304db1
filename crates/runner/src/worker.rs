//! Annotates documents, one at a time, on one thread.

use std::sync::Arc;

use khabar_abi::contain;
use khabar_arabic::Analysis;
use khabar_core::{DocDate, Layer, Record, Span, Token};
use khabar_extractor::{Doc, ExtractError, Input, Output, Scratch};

use crate::order::{Place, merge};
use crate::plan::{DOCUMENT_DATE, Plan, Stage, layer_of};
use crate::spans::spans;
use crate::watch::Slot;
use crate::{Document, Issue, IssueCode};

/// What one thread needs to annotate documents: buffers that are reused from one to the next.
pub struct Worker<'p> {
    plan: &'p Plan,
    kinds: Vec<Vec<&'p str>>,
    analysis: Analysis,
    layers: Vec<Layer>,
    scratches: Vec<Scratch>,
    done: Vec<bool>,
    found: Vec<Place>,
    /// Those of one layer, before they are merged into the others.
    added: Vec<Place>,
    date: Option<Place>,
    issues: Vec<Issue>,
    strikes: Vec<usize>,
    slot: Slot,
}

/// So many layers of others an extractor is given without asking for memory.
const FEW_INPUTS: usize = 4;

/// What was found in a document.
#[derive(Clone, Copy)]
pub struct Annotated<'a> {
    /// The document.
    pub document: Document<'a>,
    /// What went wrong; empty as a rule.
    pub issues: &'a [Issue],
    /// The tokens of its text.
    pub tokens: &'a [Token],
    /// The sentences of its text; together they hold every token.
    pub sentences: &'a [Span],
    plan: &'a Plan,
    layers: &'a [Layer],
    found: &'a [Place],
    date: Option<Place>,
}

/// What a pipeline adds to a document.
#[derive(Default)]
pub(crate) struct Context<'a> {
    /// The issues that it has already.
    pub(crate) issues: Vec<Issue>,
    /// Who watches.
    pub(crate) slot: Option<&'a Slot>,
    /// The stages that are switched off.
    pub(crate) is_off: Option<&'a dyn Fn(usize) -> bool>,
    /// Where it comes from.
    pub(crate) place: SourcePlace<'a>,
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

/// One annotation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Annotation<'a> {
    /// The kind: `number.percent`.
    pub kind: &'a str,
    /// Bytes of the text.
    pub span: Span,
    /// 0 to 1.
    pub confidence: f32,
    /// The value in JSON.
    pub value: &'a [u8],
    /// Objects of exactly `start` and `end` in the value are byte spans.
    pub has_spans: bool,
    /// Who found it: `numbers@0.1.0`.
    pub source: &'a str,
    /// The place of its extractor in the plan.
    pub stage: usize,
}

impl<'p> Worker<'p> {
    /// A worker for a plan.
    pub fn new(plan: &'p Plan) -> Self {
        let stages = plan.stages();
        Self {
            plan,
            kinds: stages.iter().map(|s| s.info.provides.iter().map(String::as_str).collect()).collect(),
            analysis: Analysis::default(),
            layers: vec![Layer::default(); stages.len()],
            scratches: stages.iter().map(|_| Scratch::default()).collect(),
            done: Vec::new(),
            found: Vec::new(),
            added: Vec::new(),
            date: None,
            issues: Vec::new(),
            strikes: Vec::new(),
            slot: Slot::default(),
        }
    }

    /// Annotates a document.
    pub fn annotate<'a>(&'a mut self, document: Document<'a>) -> Annotated<'a> {
        self.annotate_in(document, Context::default())
    }

    /// The same for a pipeline.
    pub(crate) fn annotate_in<'a>(&'a mut self, document: Document<'a>, context: Context<'_>) -> Annotated<'a> {
        let Context { issues, slot, is_off, place } = context;
        self.clear();
        self.issues.extend(issues);
        self.analysis.analyze(document.text);
        let slot = slot.unwrap_or(&self.slot);
        slot.document(document.id);
        for (at, stage) in self.plan.stages().iter().enumerate() {
            let outcome = if is_off.is_some_and(|is_off| is_off(at)) {
                let message = format!("switched off after {} panics", self.plan.settings().max_panics);
                Err(Issue::of_extractor(IssueCode::ExtractorOff, &stage.info.name, message))
            } else if let Some(missing) = stage.inputs.iter().find(|input| !self.done[**input]) {
                let message = format!("skipped, for it requires {}", self.plan.stages()[*missing].info.name);
                Err(Issue::of_extractor(IssueCode::ExtractorSkipped, &stage.info.name, message))
            } else {
                let (before, rest) = self.layers.split_at_mut(at);
                let input = |i: &usize| Input {
                    kinds: &self.kinds[*i],
                    records: before[*i].records(),
                    heap: before[*i].heap(),
                };
                // Nobody requires many; no memory is asked for then.
                let (few, many): ([_; FEW_INPUTS], Vec<_>);
                let inputs: &[Input<'_>] = if stage.inputs.len() <= FEW_INPUTS {
                    few = std::array::from_fn(|n| stage.inputs.get(n).map_or(Input::NONE, &input));
                    &few[..stage.inputs.len()]
                } else {
                    many = stage.inputs.iter().map(&input).collect();
                    &many
                };
                let mut doc = Doc::new(document.id, document.text, &self.analysis);
                (doc.date, doc.country, doc.inputs) = (document.date, document.country, inputs);
                let cancel = slot.begin(at);
                let layer = &mut rest[0];
                let mut output = Output::new(layer, &stage.info).cancelled_by(cancel);
                let scratch = &mut self.scratches[at];
                let outcome = contain(|| stage.extractor.extract(&doc, &mut output, scratch));
                slot.end();
                let outcome = outcome.unwrap_or_else(|panic| Err(panic.into()));
                outcome.and_then(|()| Ok(check(layer, document.text, stage)?)).map_err(|error| issue(stage, &error))
            };
            self.done.push(outcome.is_ok());
            match outcome {
                Ok(()) => self.layers[at].sort(),
                Err(issue) => {
                    self.layers[at].clear();
                    if matches!(issue.code, IssueCode::ExtractorPanicked | IssueCode::ExtractorCancelled) {
                        let spoilt = std::mem::take(&mut self.scratches[at]);
                        // What is spoilt may panic again when it is dropped; there is nobody left to tell.
                        let _ = contain(|| drop(spoilt));
                        self.strikes.push(at);
                    }
                    self.issues.push(issue);
                }
            }
        }
        self.issues.iter_mut().for_each(|issue| place.mark(issue));
        self.order();
        self.annotated(document)
    }

    /// A document that could not be read: nothing is found, the issue says why.
    pub(crate) fn failed<'a>(
        &'a mut self,
        document: Document<'a>,
        mut issue: Issue,
        place: SourcePlace<'_>,
    ) -> Annotated<'a> {
        self.clear();
        place.mark(&mut issue);
        self.issues.push(issue);
        self.analysis.analyze("");
        self.annotated(document)
    }

    fn annotated<'a>(&'a self, document: Document<'a>) -> Annotated<'a> {
        Annotated {
            document,
            issues: &self.issues,
            tokens: self.analysis.tokens(),
            sentences: self.analysis.sentences(),
            plan: self.plan,
            layers: &self.layers,
            found: &self.found,
            date: self.date,
        }
    }

    /// The stages that panicked on the last document or had to be cancelled.
    pub(crate) fn strikes(&self) -> &[usize] {
        &self.strikes
    }

    fn clear(&mut self) {
        self.layers.iter_mut().for_each(Layer::clear);
        self.done.clear();
        self.found.clear();
        self.date = None;
        self.issues.clear();
        self.strikes.clear();
    }

    /// Brings the annotations of all layers into the order of the output.
    fn order(&mut self) {
        let confidence = |place: Place| {
            let layer = self.layers.get(self.plan.stage_at(place.place()));
            layer.and_then(|layer| layer.records().get(place.index())).map_or(0.0, |record| record.confidence)
        };
        for (stage, layer) in self.plan.stages().iter().zip(&self.layers) {
            // What is found first need not be merged into anything.
            let is_first = self.found.is_empty();
            let added = if is_first { &mut self.found } else { &mut self.added };
            added.clear();
            let (mut last, mut is_sorted) = (Place::default(), true);
            for (index, record) in (0..).zip(layer.records()) {
                let Some(rank) = stage.ranks.get(record.kind as usize) else { continue };
                let place = Place::new(record, rank.place, index);
                if rank.is_date {
                    let surer = |best: Place| confidence(best) < record.confidence;
                    if self.date.is_none_or(surer) {
                        self.date = Some(place);
                    }
                } else if rank.wanted {
                    is_sorted &= last <= place;
                    last = place;
                    added.push(place);
                }
            }
            // A layer is sorted, but for kinds over the same words.
            if !is_sorted {
                added.sort_unstable();
            }
            if !is_first {
                merge(&mut self.found, &self.added);
            }
        }
    }
}

/// Whether a layer keeps its promises.
fn check(layer: &Layer, text: &str, stage: &Stage) -> Result<(), khabar_core::LayerError> {
    layer.check(text, stage.info.provides.len())?;
    let is_within = |span: &Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        (start <= end) & text.is_char_boundary(start) & text.is_char_boundary(end)
    };
    if let Some(spans) = layer.listed_spans()
        && spans.iter().all(is_within)
    {
        debug_assert!(lists_all(layer), "Value::list_spans gives other spans than Value::write_json");
        return Ok(());
    }
    for (record, r) in layer.records().iter().enumerate().filter(|(_, r)| r.flags & Record::HAS_SPANS != 0) {
        for span in spans(layer.value(r)) {
            if span.of(text).is_none() {
                return Err(if text.len() < span.end as usize {
                    khabar_core::LayerError::Outside { record, span, len: text.len() }
                } else if span.end < span.start {
                    khabar_core::LayerError::Reversed { record, span }
                } else {
                    khabar_core::LayerError::SplitsCharacter { record, span }
                });
            }
        }
    }
    Ok(())
}

/// Whether the values of a layer listed the spans that stand in their JSON.
fn lists_all(layer: &Layer) -> bool {
    let marked = layer.records().iter().filter(|r| r.flags & Record::HAS_SPANS != 0);
    let in_json = marked.flat_map(|r| spans(layer.value(r)));
    layer.listed_spans().is_some_and(|listed| in_json.eq(listed.iter().copied()))
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

impl<'a> Annotated<'a> {
    /// The annotations by start, longest first, kind, source.
    pub fn annotations(&self) -> impl ExactSizeIterator<Item = Annotation<'a>> + use<'a> {
        let this = *self;
        this.found.iter().map(move |place| this.annotation(*place))
    }

    /// The `document.date`, if an extractor gives one.
    pub fn date(&self) -> Option<Annotation<'a>> {
        self.date.map(|place| self.annotation(place))
    }

    /// The layers that the output has, in the order of their names: `number` of `number.percent`.
    pub fn layers(&self) -> Vec<&'a str> {
        let plan: &'a Plan = self.plan;
        let mut layers: Vec<&str> = Vec::new();
        for stage in plan.stages() {
            let wanted = stage.info.provides.iter().enumerate().filter(|(kind, _)| stage.is_wanted(*kind));
            layers.extend(wanted.filter(|(_, kind)| *kind != DOCUMENT_DATE).map(|(_, kind)| layer_of(kind)));
        }
        layers.sort_unstable();
        layers.dedup();
        layers
    }

    /// The date that came with the document.
    pub fn given_date(&self) -> Option<DocDate> {
        self.document.date
    }

    fn annotation(&self, place: Place) -> Annotation<'a> {
        let stage = self.plan.stage_at(place.place());
        let layer = &self.layers[stage];
        let record = &layer.records()[place.index()];
        let info = &self.plan.stages()[stage];
        Annotation {
            kind: &info.info.provides[record.kind as usize],
            span: record.span(),
            confidence: record.confidence,
            value: layer.value(record),
            has_spans: record.flags & Record::HAS_SPANS != 0,
            source: &info.source,
            stage,
        }
    }
}
