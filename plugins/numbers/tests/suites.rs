//! The suites on the typed and the static face, and the promises of a plugin.

use khabar_extractor::testing::{Rig, Suite};
use khabar_extractor::{Doc, ExtractError, Extractor, Info, Output, Plugin, Scratch};
use khabar_numbers::{Number, Numbers};
use serde_json::Value as Json;

/// The typed face behind the extractor's trait, so that one suite runs on both.
struct Typed(Numbers);

impl Extractor for Typed {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        for (span, number) in self.0.find(doc) {
            match &number {
                Number::Cardinal(n) => out.push(span, 1.0, n)?,
                Number::Ordinal(n) => out.push(span, 1.0, n)?,
                Number::Fraction(n) => out.push(span, 1.0, n)?,
                Number::Percent(n) => out.push(span, 1.0, n)?,
                Number::Money(n) => out.push(span, 1.0, n)?,
                Number::Quantity(n) => out.push(span, 1.0, n)?,
                Number::Range(n) => out.push(span, 1.0, n)?,
                Number::Score(n) => out.push(span, 1.0, n)?,
                Number::Ratio(n) => out.push(span, 1.0, n)?,
                _ => return Err(ExtractError::Other(format!("{} has no type here", number.kind()))),
            }
        }
        Ok(())
    }
}

fn suites() -> Vec<Suite> {
    Suite::read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"))
}

#[test]
fn suites_on_the_static_face() {
    for suite in suites() {
        suite.run(|config| Rig::default().with_config::<Numbers>(config));
    }
}

#[test]
fn suites_on_the_typed_face() {
    for suite in suites() {
        suite.run(|config: Json| {
            let config = serde_json::from_value(config).expect("a configuration");
            let numbers = Numbers::create(config).expect("made");
            Rig::default().with_extractor(Info::of::<Numbers>(), Box::new(Typed(numbers)))
        });
    }
}

#[test]
fn promises() {
    khabar_extractor::conformance::<Numbers>();
}

#[test]
fn kinds_that_do_not_exist_are_refused() {
    let config = serde_json::from_str(r#"{"kinds": ["number.dozen"]}"#).expect("a configuration");
    let error = Numbers::create(config).map(|_| ()).expect_err("refused").to_string();
    assert!(error.contains("number.dozen"), "{error}");
}

#[test]
fn rules_that_do_not_exist_are_refused() {
    let config = serde_json::from_str(r#"{"disable": ["score.figure"]}"#).expect("a configuration");
    let error = Numbers::create(config).map(|_| ()).expect_err("refused").to_string();
    assert!(error.contains("score.figures"), "{error}");
}
