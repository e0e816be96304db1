//! The weights of features, and what they come to.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use khabar_extractor::LexiconFile;
use khabar_lexicon::rule::Switches;
use serde::Deserialize;

use super::table::{FEATURE_TABLE, FEATURES, Feature};
use crate::grammar::REPORT_RULES;

/// The file of the weights.
pub(crate) const FILE: LexiconFile =
    LexiconFile { file: "plugins/quotes/data/weights.toml", text: include_str!("../../data/weights.toml") };

/// The weight of each feature.
pub(crate) static WEIGHTS: LazyLock<Result<[f32; FEATURES], String>> = LazyLock::new(|| read(FILE));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    #[serde(rename = "source")]
    _source: String,
    weights: BTreeMap<String, f32>,
}

fn read(LexiconFile { file, text }: LexiconFile) -> Result<[f32; FEATURES], String> {
    let Weights { mut weights, .. } = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
    let mut of = [0.0; FEATURES];
    for (weight, rule) in of.iter_mut().zip(&FEATURE_TABLE) {
        let name = rule.info.name;
        *weight = weights.remove(name).ok_or_else(|| format!("{file}: the weight of {name:?} is missing: add it"))?;
    }
    match weights.keys().next() {
        Some(name) => Err(format!("{file}: {name:?} is no feature: remove it, or correct its name")),
        None => Ok(of),
    }
}

/// How a quotation was classified.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Classification {
    /// Whether it is speech and not a term.
    pub(crate) is_speech: bool,
    /// 0.5 to 1.
    pub(crate) confidence: f32,
}

/// How steeply confidence rises with the sum: at 3 it is 0.82, at 6 0.93.
const STEEPNESS: f32 = 3.0;

impl Classification {
    /// The sum of what was observed, each with its value.
    pub(crate) fn of(observed: &[(Feature, f32)], weights: &[f32; FEATURES], switches: Switches) -> Self {
        let switches = switches.behind(REPORT_RULES);
        let on = observed.iter().filter(|(feature, _)| switches.is_on(*feature as usize));
        let score: f32 = on.map(|(feature, value)| weights[*feature as usize] * value).sum();
        Self { is_speech: 0.0 < score, confidence: 1.0 - 0.5 * (-score.abs() / STEEPNESS).exp() }
    }

    /// Which of the observations speak for the outcome, the weightiest first.
    pub(crate) fn reasons(
        &self,
        observed: &[(Feature, f32)],
        weights: &[f32; FEATURES],
        switches: Switches,
    ) -> Vec<&'static str> {
        let switches = switches.behind(REPORT_RULES);
        let weight = |(feature, value): &(Feature, f32)| weights[*feature as usize] * value;
        let mut reasons: Vec<_> = observed
            .iter()
            .filter(|one| switches.is_on(one.0 as usize) && (0.0 < weight(one)) == self.is_speech)
            .collect();
        reasons.sort_by(|a, b| weight(b).abs().total_cmp(&weight(a).abs()));
        reasons.iter().map(|(feature, _)| FEATURE_TABLE[*feature as usize].info.name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_errors_say_which() {
        assert!(WEIGHTS.is_ok(), "{:?}", *WEIGHTS);
        let wrong = |text: &'static str| read(LexiconFile { file: "w.toml", text }).expect_err("wrong");
        assert!(wrong("source = \"x\"\n[weights]\n").contains("\"term.marks\" is missing"));
        assert!(wrong("[weights]\n").contains("source"));
        let more: &'static str = Box::leak(format!("{}\n\"term.mark\" = 1.0\n", FILE.text).into_boxed_str());
        assert!(wrong(more).contains("\"term.mark\" is no feature"));
    }

    #[test]
    fn observations_add_up() {
        let weights = WEIGHTS.as_ref().expect("weights");
        let of = |observed: &[(Feature, f32)]| Classification::of(observed, weights, Switches::default());
        let marks = (Feature::Marks, 1.0);
        assert_eq!(of(&[marks]), Classification { is_speech: false, confidence: 1.0 - 0.5 * (-2.0_f32 / 3.0).exp() });
        assert!(of(&[marks, (Feature::Opening, 1.0)]).is_speech);
        let clause = [marks, (Feature::Clause, 1.0)];
        assert!(!of(&clause).is_speech && of(&[marks, (Feature::Clause, 1.25)]).is_speech, "zero is a term");
        let reasons = of(&clause).reasons(&clause, weights, Switches::default());
        assert_eq!(reasons, ["term.marks"], "what speaks against the outcome is no reason");
    }
}
