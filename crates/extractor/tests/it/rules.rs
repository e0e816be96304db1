//! The conformance test of rules passes a plugin whose rules do what they say, and fails each one whose rules don't.

use std::panic::{AssertUnwindSafe, catch_unwind};

use khabar_extractor::{
    DisabledRules, Doc, Evidence, Example, ExtractError, Extractor, Output, Plugin, Reason, RuleInfo, Scratch, Value,
    conformance,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Day {}
impl Value for Day {
    const KIND: &'static str = "test.day";
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {
    disable: Vec<String>,
}

/// Marks `اليوم` by one rule and `غدا` by another, and by a third no `اليوم` behind `هذا`; breaks the promise of a number.
struct Days<const BROKEN: u8>(DisabledRules);
const KEEPS_ALL: u8 = 0;
const LEAVES_OUT_A_REASON: u8 = 1;
const HEEDS_NO_DISABLE: u8 = 2;
const NEVER_FIRES: u8 = 3;
const NAMES_ANOTHER: u8 = 4;
const HAS_A_BAD_NAME: u8 = 5;
const HAS_A_NAME_TWICE: u8 = 6;

impl<const BROKEN: u8> Days<BROKEN> {
    fn find(&self, doc: &Doc<'_>) -> Vec<(usize, &'static str)> {
        let disabled = |rule: usize| BROKEN != HEEDS_NO_DISABLE && self.0.contains(rule);
        let rejects = |at: usize| !disabled(2) && BROKEN != NEVER_FIRES && at != 0 && doc.folded(at - 1) == "هذا";
        let found = (0..doc.tokens.len()).filter_map(|at| match doc.folded(at) {
            "اليوم" if !disabled(0) && !rejects(at) => Some((at, "today")),
            "غدا" if !disabled(1) => Some((at, "tomorrow")),
            _ => None,
        });
        found.collect()
    }
}

impl<const BROKEN: u8> Extractor for Days<BROKEN> {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        self.find(doc).into_iter().try_for_each(|(at, _)| out.push(doc.tokens[at].span(), 1.0, &Day {}))
    }

    fn reasons(&self, doc: &Doc<'_>) -> Vec<Reason> {
        let found = self.find(doc).into_iter().filter(|(_, rule)| BROKEN != LEAVES_OUT_A_REASON || *rule == "today");
        let name = |rule| if BROKEN == NAMES_ANOTHER && rule == "tomorrow" { "someday" } else { rule };
        let reason = |(at, rule): (usize, &'static str)| Reason {
            span: doc.tokens[at].span(),
            kind: Day::KIND.into(),
            evidence: Evidence::Rule(name(rule)),
        };
        found.map(reason).collect()
    }
}

impl<const BROKEN: u8> Plugin for Days<BROKEN> {
    const NAME: &'static str = "test.days";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Day::KIND];
    const RULES: &'static [RuleInfo] = &[
        RuleInfo::new("today", "اليوم is today.", Example::new("⟦test.day|اليوم⟧")),
        RuleInfo::new("tomorrow", "غدا is tomorrow.", Example::new("⟦test.day|اليوم⟧ و ⟦test.day|غدا⟧")),
        RuleInfo::new(
            match BROKEN {
                HAS_A_BAD_NAME => "Not this",
                HAS_A_NAME_TWICE => "today",
                _ => "not.this",
            },
            "هذا اليوم is that day.",
            Example::new(if BROKEN == NEVER_FIRES { "هذا ⟦test.day|اليوم⟧" } else { "هذا اليوم" }),
        ),
    ];
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        DisabledRules::new(Self::RULES, &config.disable).map(Self)
    }
}

#[test]
fn rules_that_hold_pass() {
    conformance::<Days<KEEPS_ALL>>();
}

#[test]
fn broken_promises_fail() {
    fn fails<const BROKEN: u8>(reason: &str) {
        let outcome = catch_unwind(AssertUnwindSafe(conformance::<Days<BROKEN>>)).expect_err("a promise is broken");
        let message = outcome.downcast_ref::<String>().map_or("", String::as_str);
        assert!(message.contains(reason), "{message}");
    }
    fails::<LEAVES_OUT_A_REASON>("rule tomorrow: `reasons` has nothing for test.day");
    fails::<HEEDS_NO_DISABLE>("it fires although the configuration disables it");
    fails::<NEVER_FIRES>("rule not.this: it does not fire in its example");
    fails::<NAMES_ANOTHER>("`reasons` names \"someday\", which is not among RULES");
    fails::<HAS_A_BAD_NAME>("invalid rule name \"Not this\"");
    fails::<HAS_A_NAME_TWICE>("two rules have the name \"today\"");
}
