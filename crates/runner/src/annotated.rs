//! What was found in a document.

use khabar_core::{DocDate, Layer, Record, Span, Token};

use crate::plan::{DOCUMENT_DATE, Plan, layer_of};
use crate::sort_key::SortKey;
use crate::{Document, Issue};

/// What was found in a document.
#[derive(Clone, Copy)]
pub struct Annotated<'a> {
    /// The document.
    pub document: Document<'a>,
    /// What went wrong; usually empty.
    pub issues: &'a [Issue],
    /// Whether the document could not be read, as an issue states. It then has no text, which differs from an empty text.
    pub is_unread: bool,
    /// The tokens of its text.
    pub tokens: &'a [Token],
    /// The sentences of its text; together they contain every token.
    pub sentences: &'a [Span],
    pub(crate) plan: &'a Plan,
    pub(crate) layers: &'a [Layer],
    pub(crate) found: &'a [SortKey],
    pub(crate) date: Option<SortKey>,
}

/// One annotation of a document.
#[derive(Clone, Copy, Debug)]
pub struct Annotation<'a> {
    /// The kind: `number.percent`.
    pub kind: &'a str,
    /// Bytes of the text.
    pub span: Span,
    /// The confidence, 0 to 1.
    pub confidence: f32,
    /// The value in JSON.
    pub value: &'a [u8],
    /// Objects of exactly `start` and `end` in the value are byte spans.
    pub has_spans: bool,
    /// The extractor that found it: `numbers@0.1.0`.
    pub source: &'a str,
    /// The index of its extractor in the plan.
    pub stage: usize,
    /// The kind as JSON.
    pub(crate) kind_json: &'a str,
    /// The source as JSON.
    pub(crate) source_json: &'a str,
}

impl<'a> Annotated<'a> {
    /// The annotations by start, longest first, kind, source.
    pub fn annotations(&self) -> impl ExactSizeIterator<Item = Annotation<'a>> + use<'a> {
        let this = *self;
        this.found.iter().map(move |place| this.annotation(*place))
    }

    /// The `document.date`, if an extractor gives one.
    pub fn date(&self) -> Option<Annotation<'a>> {
        self.date.map(|key| self.annotation(key))
    }

    /// The layers of the output, sorted by name: `number` for `number.percent`.
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

    /// The date given with the document.
    pub fn given_date(&self) -> Option<DocDate> {
        self.document.date
    }

    fn annotation(&self, key: SortKey) -> Annotation<'a> {
        let stage = self.plan.stage_at(key.rank());
        let layer = &self.layers[stage];
        let record = &layer.records()[key.index()];
        let made_by = &self.plan.stages()[stage];
        let kind = record.kind as usize;
        Annotation {
            kind: &made_by.info.provides[kind],
            span: record.span(),
            confidence: record.confidence,
            value: layer.value(record),
            has_spans: record.flags & Record::HAS_SPANS != 0,
            source: &made_by.source,
            stage,
            kind_json: &made_by.kinds_json[kind],
            source_json: &made_by.source_json,
        }
    }
}
