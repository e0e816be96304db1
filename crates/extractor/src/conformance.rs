//! The test of what every plugin promises.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::marked::Marked;
use crate::testing::{Rig, Sample, check};
use crate::{DisabledRules, Evidence, ExtractError, Info, Plugin, Reason, RuleInfo};

/// Tests a plugin's promises. Its examples hold. Its rules have unique names, each rule fires in its example and can be
/// disabled, and a plugin with rules gives a reason for every annotation. On any text its spans are valid, its values are
/// JSON, its kinds are declared, two runs give the same result, and a used [`Scratch`](crate::Scratch) gives the same as a
/// fresh one. A cancelled extractor ends, and its scratch can be used again.
///
/// # Panics
/// If a promise is broken, with the first one. Call it from a `#[test]`.
pub fn conformance<P: Plugin>() {
    conformance_after::<P>(Rig::default);
}

/// Tests a plugin that requires kinds of other plugins; `upstream` makes a rig of those.
///
/// # Panics
/// If a promise is broken, with the first one. Call it from a `#[test]`.
pub fn conformance_after<P: Plugin>(upstream: impl Fn() -> Rig) {
    if let Err(error) = Info::of::<P>().check() {
        panic!("{error}");
    }
    let mut rig = upstream().with::<P>();
    let mut pieces = Vec::new();
    for example in P::EXAMPLES {
        let date = example.date.map(|d| d.parse().unwrap_or_else(|error| panic!("{}: {error}", P::NAME)));
        let country = example.country.map(|c| c.parse().unwrap_or_else(|error| panic!("{}: {error}", P::NAME)));
        if let Err(difference) = check(&mut rig, example.text, date, country, P::PROVIDES) {
            panic!("{}: example {}\n{difference}", P::NAME, example.text);
        }
        if let Ok(marked) = Marked::parse(example.text) {
            pieces.extend(marked.text.split_inclusive(' ').map(str::to_owned));
        }
    }
    if let Err(reason) = rules_hold::<P>(&mut rig, &upstream) {
        panic!("{}: {reason}", P::NAME);
    }
    if let Err(reason) = heeds_cancelling(&mut rig, &pieces) {
        panic!("{}: {reason}", P::NAME);
    }
    let rig = RefCell::new(rig);
    let mut runner = TestRunner::new(Config { cases: 256, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&any_text(pieces), |text| {
        let sample = Sample { text: &text, date: "2025-08-06".parse().ok(), country: None };
        let layers = |rig: &mut Rig| -> Result<_, TestCaseError> {
            match rig.layers(&sample) {
                Ok(layers) => Ok(layers.last().map(|layer| (*layer).clone())),
                Err(error) => Err(TestCaseError::fail(error.to_string())),
            }
        };
        let rig = &mut *rig.borrow_mut();
        let used = layers(rig)?;
        prop_assert_eq!(&used, &layers(rig)?, "a second run gives a different result");
        rig.forget();
        prop_assert_eq!(&used, &layers(rig)?, "a fresh scratch gives a different result from a used one");
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{}: {error}", P::NAME);
    }
}

/// Tests the rules of a plugin. A rule that only rejects gives no annotation: it fires if its example has a different result
/// without it.
fn rules_hold<P: Plugin>(rig: &mut Rig, upstream: &impl Fn() -> Rig) -> Result<(), String> {
    if DisabledRules::MOST < P::RULES.len() {
        return Err(format!("more than {} rules", DisabledRules::MOST));
    }
    let broken: Vec<String> = (0..P::RULES.len()).filter_map(|at| rule_holds::<P>(rig, upstream, at).err()).collect();
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n")) }
}

/// Tests a rule by its place in the list.
fn rule_holds<P: Plugin>(rig: &mut Rig, upstream: &impl Fn() -> Rig, at: usize) -> Result<(), String> {
    let RuleInfo { name, description, example } = &P::RULES[at];
    if !P::RULES[at].has_good_name() {
        return Err(format!("invalid rule name {name:?}: expected words in lower case, joined by dots"));
    }
    if P::RULES[..at].iter().any(|other| other.name == *name) {
        return Err(format!("two rules have the name {name:?}"));
    }
    if description.trim().is_empty() {
        return Err(format!("rule {name} has no description"));
    }
    let told = |error: &dyn std::fmt::Display| format!("rule {name}: {error}\n  in {}", example.text);
    let marked = Marked::parse(example.text).map_err(|error| told(&error))?;
    let date = example.date.map(str::parse).transpose().map_err(|error| told(&error))?;
    let country = example.country.map(str::parse).transpose().map_err(|error| told(&error))?;
    check(rig, example.text, date, country, P::PROVIDES).map_err(|difference| told(&difference))?;
    let sample = Sample { text: &marked.text, date, country };
    let fires = |rig: &mut Rig| {
        let reasons = rig.reasons(&sample).map_err(|error| told(&error))?;
        Ok::<_, String>(reasons.iter().any(|reason| reason.evidence == Evidence::Rule(name)))
    };
    let mut without = upstream().with_config::<P>(serde_json::json!({ "disable": [name] }));
    let found = |rig: &mut Rig| match rig.layers(&sample) {
        Ok(layers) => Ok(layers.last().map(|layer| (*layer).clone())),
        Err(error) => Err(told(&error)),
    };
    if fires(&mut without)? {
        return Err(told(&"it fires although the configuration disables it"));
    }
    if !fires(rig)? && found(rig)? == found(&mut without)? {
        return Err(told(&"it does not fire in its example"));
    }
    every_annotation_has_a_reason::<P>(rig, &sample).map_err(|error| told(&error))?;
    Ok(())
}

/// Tests that a plugin gives a reason for every annotation of a text.
fn every_annotation_has_a_reason<P: Plugin>(rig: &mut Rig, sample: &Sample<'_>) -> Result<(), String> {
    let reasons = rig.reasons(sample).map_err(|error| error.to_string())?;
    for found in rig.run(sample).map_err(|error| error.to_string())? {
        let of_it = |reason: &Reason| reason.span == found.span && reason.kind == found.kind;
        if P::PROVIDES.contains(&found.kind.as_str()) && !reasons.iter().any(of_it) {
            return Err(format!("`reasons` has nothing for {} at {:?}", found.kind, found.span));
        }
    }
    let unknown = reasons.iter().find_map(|reason| match reason.evidence {
        Evidence::Rule(name) if !P::RULES.iter().any(|rule| rule.name == name) => Some(name),
        _ => None,
    });
    unknown.map_or(Ok(()), |name| Err(format!("`reasons` names {name:?}, which is not among RULES")))
}

/// Bytes of the text on which an extractor is cancelled: some pages, fast even without optimisation.
const LONG: usize = 1 << 15;

/// Cancels an extractor before it starts on a long text, then runs it again.
fn heeds_cancelling(rig: &mut Rig, pieces: &[String]) -> Result<(), String> {
    let pieces = if pieces.is_empty() { &["خبر ".to_owned()][..] } else { pieces };
    let mut text = String::new();
    for piece in pieces.iter().chain([&"\n".to_owned()]).cycle() {
        if LONG <= text.len() {
            break;
        }
        text.push_str(piece);
    }
    let sample = Sample { text: &text, date: "2025-08-06".parse().ok(), country: None };
    let found = |rig: &mut Rig| match rig.layers(&sample) {
        Ok(layers) => Ok(layers.last().map(|layer| (*layer).clone())),
        Err(error) => Err(error.to_string()),
    };
    let before = found(rig)?;
    let finds = before.as_ref().is_some_and(|layer| !layer.records().is_empty());
    match rig.cancelled(&sample) {
        Err(ExtractError::Cancelled) => {}
        // An extractor that finds nothing may never have checked.
        Ok(()) if !finds => {}
        Ok(()) => return Err("it went on after it was cancelled: return the errors of `Output::push`".to_owned()),
        Err(error) => return Err(format!("expected the error `cancelled` after it was cancelled, got: {error}")),
    }
    if found(rig)? == before { Ok(()) } else { Err("a run after a cancelled one gives a different result".to_owned()) }
}

/// Arabic-biased text: letters with harakat and tatweel, bidi marks, digits of all scripts, joiners, emoji, marks of
/// quotation, and words of the plugin's own examples.
fn any_text(pieces: Vec<String>) -> impl Strategy<Value = String> {
    let letters = "[\u{620}-\u{64a}]{1,6}[\u{64b}-\u{652}\u{670}\u{640}]{0,2}";
    let controls = "[\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{feff}]";
    let digits = "[0-9]{1,4}|[٠-٩]{1,4}|[۰-۹]{1,3}|[0-9]{1,3}[.,:/٫٬،ر-][0-9٠-٩]{1,3}";
    let marks = "[ \n\t\"«»“”()\\[\\].,،؛؟!%٪$/-]{1,3}";
    let pieces = if pieces.is_empty() { vec!["خبر ".to_owned()] } else { pieces };
    let piece = prop_oneof![
        4 => proptest::sample::select(pieces),
        3 => letters,
        2 => digits,
        3 => marks,
        1 => controls,
        1 => "\\PC{0,4}",
        1 => "[ﺀ-ﻼ]{1,4}|👩‍🚒|🇸🇾|\u{0}|e\u{301}",
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}
