//! Every suite on the static and on the typed face, and the promises of a plugin.

use khabar_dates::{Config, Dates, Direction, Found, Reference, find_iter};
use khabar_extractor::conformance_after;
use khabar_extractor::marked::{Marked, field_text};
use khabar_extractor::testing::{Rig, Suite};
use khabar_numbers::Numbers;

fn numbers() -> Rig {
    Rig::default().with::<Numbers>()
}

#[test]
fn static_face() {
    for suite in Suite::read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")) {
        suite.run(|config| numbers().with_config::<Dates>(config));
    }
}

#[test]
fn typed_face() {
    for suite in Suite::read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")) {
        for case in &suite.cases {
            let marked = Marked::parse(&case.text).expect("a marked text");
            let Some(date) = case.date else { continue };
            let config: Config = case.config.clone().try_into().expect("a configuration");
            let reference = Reference::from(date).looking(config.direction);
            let found: Vec<_> = find_iter(&marked.text, reference).collect();
            for mark in marked.marks.iter().filter(|mark| mark.kind.starts_with("timex")) {
                let (_, value) = found
                    .iter()
                    .find(|(span, _)| *span == mark.span)
                    .unwrap_or_else(|| panic!("{:?} in {}: {found:?}", mark.span.of(&marked.text), case.text));
                let kind = match value {
                    Found::Date(_) => "timex.date",
                    Found::Time(_) => "timex.time",
                    Found::Duration(_) => "timex.duration",
                    _ => "timex.set",
                };
                assert_eq!(mark.kind, kind, "{}", case.text);
                let json = serde_json::to_value(value.timex()).expect("a value");
                for (key, wanted) in &mark.fields {
                    assert_eq!(field_text(&json, key), *wanted, "{key} in {}", case.text);
                }
            }
        }
    }
}

#[test]
fn the_promises_of_a_plugin() {
    conformance_after::<Dates>(numbers);
}

#[test]
fn a_configuration_is_read_strictly() {
    let read = |text: &str| serde_json::from_str::<Config>(text);
    assert_eq!(read(r#"{"direction":"future"}"#).map(|c| c.direction).ok(), Some(Direction::Future));
    assert!(read(r#"{"week_start":"saturday","calendar":"gregorian"}"#).is_ok());
    assert!(read(r#"{"direction":"sideways"}"#).is_err() && read(r#"{"directoin":"past"}"#).is_err());
}
