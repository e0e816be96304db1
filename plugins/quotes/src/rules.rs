//! All rules by name: those of reports, then the observations that tell speech from terms.

use khabar_extractor::RuleInfo;
use khabar_lexicon::rule::{infos, joined};

use crate::classify::{FEATURE_TABLE, FEATURES};
use crate::grammar::{REPORT_RULES, REPORT_TABLE};

/// The rules in their order, which [`Switches`](khabar_lexicon::rule::Switches) count by.
pub(crate) const RULES: [RuleInfo; REPORT_RULES + FEATURES] = joined(&[&infos(&REPORT_TABLE), &infos(&FEATURE_TABLE)]);
