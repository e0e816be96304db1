//! The typed face: text in, values out, no layers.

use khabar_arabic::Analysis;
use khabar_core::kinds::{DocumentDate, Timex};
use khabar_core::{Layer, Span};
use khabar_extractor::{Doc, Extractor, Info, InputLayer, Output, Plugin, Scratch};
use khabar_numbers::Numbers;

use crate::dates::{self, Found};
use crate::reference::Reference;

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
    with_numbers(text, |doc| dates::found(doc, reference)).into_iter()
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
    with_numbers(text, dates::infer)
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
