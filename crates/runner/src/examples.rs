//! Runs the examples of extractors.

use khabar_abi::OfferedExample;
use khabar_extractor::marked::{Marked, field_text};
use serde_json::Value as Json;

use crate::{Document, Plan, Worker};

/// The outcome of an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The text without its marks.
    pub text: String,
    /// What the extractor found in it: kind, text, value.
    pub found: Vec<(String, String, Json)>,
    /// The differences from the marks; empty if the example holds.
    pub differences: Vec<String>,
}

/// Runs the examples of a stage. They are written for its default configuration and the plugins that it requires.
pub fn run(plan: &Plan, stage: usize) -> Vec<Outcome> {
    let mut worker = Worker::new(plan);
    let examples = plan.stages().get(stage).map(|stage| stage.examples.as_slice()).unwrap_or_default();
    examples.iter().map(|example| one(&mut worker, stage, example)).collect()
}

fn one(worker: &mut Worker<'_>, stage: usize, example: &OfferedExample) -> Outcome {
    let marked = match Marked::parse(&example.text) {
        Ok(marked) => marked,
        Err(error) => {
            let differences = vec![error.to_string()];
            return Outcome { text: example.text.clone(), found: Vec::new(), differences };
        }
    };
    let date = example.date.as_deref().and_then(|date| date.parse().ok());
    let country = example.country.as_deref().and_then(|country| country.parse().ok());
    let doc = worker.annotate(Document { id: "example", text: &marked.text, date, country, ..Document::default() });
    let mut differences: Vec<String> = doc.issues.iter().map(ToString::to_string).collect();
    let mut found = Vec::new();
    let mut open: Vec<_> = marked.marks.iter().collect();
    for annotation in doc.annotations().chain(doc.date()).filter(|annotation| annotation.stage == stage) {
        let value: Json = serde_json::from_slice(annotation.value).unwrap_or_default();
        let text = annotation.span.of(&marked.text).unwrap_or_default();
        match open.iter().position(|mark| mark.kind == annotation.kind && mark.span == annotation.span) {
            Some(at) => {
                for (key, wanted) in open.remove(at).fields.iter().filter(|(k, v)| field_text(&value, k) != *v) {
                    let got = field_text(&value, key);
                    differences.push(format!("{} {text:?}: {key} is {got}, expected {wanted}", annotation.kind));
                }
            }
            None => differences.push(format!("extra {} {text:?}", annotation.kind)),
        }
        found.push((annotation.kind.to_owned(), text.to_owned(), value));
    }
    let missed =
        open.iter().map(|mark| format!("missed {} {:?}", mark.kind, mark.span.of(&marked.text).unwrap_or_default()));
    differences.extend(missed);
    Outcome { text: marked.text.clone(), found, differences }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    #[test]
    fn every_example_of_what_is_linked_in_holds() {
        let plan = Plan::new(&Config::default(), &[], &[]).expect("a plan");
        for (number, stage) in plan.stages().iter().enumerate() {
            for outcome in run(&plan, number) {
                assert_eq!(outcome.differences, [""; 0], "{}: {}", stage.info.name, outcome.text);
            }
        }
    }

    #[test]
    fn what_does_not_hold_is_told() {
        let plan = crate::testing::plan(crate::RunSettings::default());
        let example = |text: &str| OfferedExample { text: text.into(), date: None, country: None };
        let mut worker = Worker::new(&plan);
        let mut differences = |text: &str| one(&mut worker, 0, &example(text)).differences.join("; ");
        assert_eq!(differences("⟦test.word;word=a|a⟧"), "");
        assert_eq!(
            differences("⟦test.word;word=b|a⟧ c"),
            "test.word \"a\": word is a, expected b; extra test.word \"c\""
        );
        assert_eq!(differences("⟦test.other:a⟧"), "extra test.word \"a\"; missed test.other \"a\"");
        assert!(differences("⟦boom").starts_with("marked text: "));
    }
}
