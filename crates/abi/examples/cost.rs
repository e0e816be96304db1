//! What the C interface costs: the same extractor linked in and behind its table, on documents with and without
//! something to find. `cargo run --release -p khabar-abi --example cost`.

#![expect(clippy::print_stdout, reason = "a program that prints figures")]

use std::hint::black_box;
use std::time::Instant;

use khabar_abi::Library;
use khabar_arabic::Analysis;
use khabar_core::kinds::Ordinal;
use khabar_extractor::{Doc, ExtractError, Extractor, Info, Layer, Output, Plugin, Scratch, Value};
use serde::Deserialize;

/// Marks as many tokens as it is told.
struct Marks {
    records: usize,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    records: usize,
}

impl Extractor for Marks {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let value = Ordinal::new(8);
        doc.tokens.iter().take(self.records).try_for_each(|token| out.push(token.span(), 1.0, &value))
    }
}

impl Plugin for Marks {
    const NAME: &'static str = "cost.marks";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Ordinal::KIND];
    type Config = Config;
    fn create(config: Config) -> Result<Self, ExtractError> {
        Ok(Self { records: config.records })
    }
}

khabar_abi::export!(Marks);

/// Nanoseconds a document, the best of several rounds.
fn time(extractor: &dyn Extractor, info: &Info, doc: &Doc<'_>) -> f64 {
    const DOCUMENTS: u32 = 2_000;
    let (mut layer, mut scratch) = (Layer::default(), Scratch::default());
    let mut round = || {
        let start = Instant::now();
        for _ in 0..DOCUMENTS {
            layer.clear();
            let mut output = Output::new(&mut layer, info);
            let outcome = extractor.extract(black_box(doc), &mut output, &mut scratch);
            assert!(outcome.is_ok());
            black_box(layer.records());
        }
        start.elapsed().as_nanos() as f64 / f64::from(DOCUMENTS)
    };
    (0..20).map(|_| round()).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // SAFETY: the table is `export!`'s own.
    let library = unsafe { Library::from_decl("cost", &KHABAR_PLUGIN) }?;
    let text = "أعلن وزير المالية عن 1250 مشروعا. ".repeat(50);
    let mut analysis = Analysis::default();
    analysis.analyze(&text);
    let mut doc = Doc::new("000_cost", &text, &analysis);
    println!("{} bytes, {} tokens", text.len(), doc.tokens.len());
    println!("{:>8} {:>12} {:>12} {:>14}", "records", "linked ns", "over C ns", "difference ns");
    for (records, date) in [(0, None), (0, Some("2025-08-06")), (10, None), (300, None)] {
        doc.date = date.map(str::parse).transpose()?;
        let (info, over_c) = library.create(Marks::NAME, &serde_json::json!({ "records": records }))?;
        let linked = time(&Marks { records }, &info, &doc);
        let over_c = time(&*over_c, &info, &doc);
        let note = if date.is_some() { " (with a date)" } else { "" };
        println!("{records:>8} {linked:>12.0} {over_c:>12.0} {:>14.0}{note}", over_c - linked);
    }
    Ok(())
}
