//! The typed face: a text or a document in, values out, no layers.

use khabar_arabic::Analysis;
use khabar_core::kinds::{DocumentDate, Timex};
use khabar_core::{Layer, Span};
use khabar_extractor::{Doc, ExtractError, Extractor, Info, InputLayer, Output, Plugin, Scratch};
use khabar_numbers::Numbers;

use crate::config::{Config, Dates};
use crate::finder::{Finding, Work};
use crate::reference::Reference;
use crate::resolve::{Kind, Resolved};

impl Dates {
    /// All time expressions of an analysed document, in order; the numbers are among its inputs.
    ///
    /// # Errors
    /// None: nobody cancels it.
    pub fn find(&self, doc: &Doc<'_>) -> Result<Vec<(Span, Found)>, ExtractError> {
        let mut found = Vec::new();
        self.find_all(doc, &mut Work::default(), khabar_extractor::Cancel::NEVER, |finding| {
            if let Finding::Timex { span, resolved, .. } = finding {
                found.push((span, Found::new(resolved)));
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// One time expression that [`find_iter`](crate::find_iter) found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Found {
    /// A day or anything coarser, or an adverb of reference.
    Date(Timex),
    /// A clock time or a part of a day.
    Time(Timex),
    /// A length of time.
    Duration(Timex),
    /// What recurs.
    Set(Timex),
}

impl Found {
    /// The value, whatever the sort.
    pub const fn timex(&self) -> &Timex {
        match self {
            Self::Date(timex) | Self::Time(timex) | Self::Duration(timex) | Self::Set(timex) => timex,
        }
    }

    fn new(resolved: Resolved) -> Self {
        match resolved.kind {
            Kind::Date => Self::Date(resolved.timex),
            Kind::Time => Self::Time(resolved.timex),
            Kind::Duration => Self::Duration(resolved.timex),
            Kind::Set => Self::Set(resolved.timex),
        }
    }
}

fn found_by(doc: &Doc<'_>, reference: Reference) -> Vec<(Span, Found)> {
    let mut found = Vec::new();
    let mut find = || {
        let dates = Dates::new(&Config { direction: reference.direction, ..Config::default() })?;
        dates.find_timexes(doc, reference, |finding| {
            if let Finding::Timex { span, resolved, .. } = finding {
                found.push((span, Found::new(resolved)));
            }
            Ok(())
        })
    };
    // Nobody cancels it, and a test reads the word lists, so that it does not fail.
    let _: Result<(), ExtractError> = find();
    found
}

/// Finds all time expressions of a text, in order.
///
/// ```
/// use khabar_dates::{Found, Reference, find_iter};
/// use jiff::civil::date;
///
/// let text = "تنطلق غدا الاثنين 19 جوان وتدوم ثلاثة أيام";
/// let found: Vec<_> = find_iter(text, Reference::new(date(2017, 6, 18))).collect();
/// assert_eq!(found[0].0.of(text), Some("غدا الاثنين 19 جوان"));
/// assert_eq!(found[0].1.timex().value, "2017-06-19");
/// assert!(matches!(&found[1].1, Found::Duration(timex) if timex.value == "P3D"));
/// ```
pub fn find_iter(text: &str, reference: Reference) -> impl Iterator<Item = (Span, Found)> {
    with_numbers(text, |doc| found_by(doc, reference)).into_iter()
}

/// The value of a phrase that is one time expression from its first word to its last; `None` for any other text.
///
/// ```
/// use khabar_dates::{Reference, resolve};
/// use jiff::civil::date;
///
/// let value = resolve("الشهر الماضي", Reference::new(date(2025, 1, 15)));
/// assert_eq!(value.map(|timex| timex.value), Some("2024-12".into()));
/// ```
pub fn resolve(phrase: &str, reference: Reference) -> Option<Timex> {
    let phrase = phrase.trim();
    let whole = |span: Span| span.range() == (0..phrase.len());
    let (_, found) = find_iter(phrase, reference).find(|(span, _)| whole(*span))?;
    Some(found.timex().clone())
}

/// What a text tells of the day on which it was written.
///
/// ```
/// let date = khabar_dates::infer_document_date("أعلن الوزير اليوم السبت 27 أوت 2016 عن المشروع");
/// assert_eq!(date.and_then(|date| date.value), "2016-08-27".parse().ok());
/// ```
pub fn infer_document_date(text: &str) -> Option<DocumentDate> {
    with_numbers(text, |doc| Some(Dates::new(&Config::default()).ok()?.infer(doc).ok()??.record()))
}

/// Analyses a text, finds its numbers, and lends both.
fn with_numbers<T>(text: &str, f: impl FnOnce(&Doc<'_>) -> T) -> T {
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let doc = Doc::new("", text, &analysis);
    let info = Info::of::<Numbers>();
    let mut layer = Layer::default();
    let config = serde_json::from_str("{}").ok().and_then(|config| Numbers::create(config).ok());
    if let Some(numbers) = config {
        // A number that cannot be found is one that is not there.
        let _ = numbers.extract(&doc, &mut Output::new(&mut layer, &info), &mut Scratch::default());
        layer.sort();
    }
    let kinds: Vec<&str> = info.provides.iter().map(String::as_str).collect();
    let layers = [InputLayer { kinds: &kinds, records: layer.records(), heap: layer.heap() }];
    let mut doc = doc;
    doc.layers = &layers;
    f(&doc)
}
