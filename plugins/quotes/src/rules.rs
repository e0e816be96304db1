//! All rules by name: those of reports, the observations that tell speech from terms, and what holds in the whole document.

use khabar_extractor::{Example, RuleInfo};
use khabar_lexicon::rule::{infos, joined};

use crate::classify::{FEATURE_TABLE, FEATURES};
use crate::grammar::{REPORT_RULES, REPORT_TABLE};

/// The rules in their order, which [`Switches`](khabar_lexicon::rule::Switches) count by.
pub(crate) const RULES: [RuleInfo; REPORT_RULES + FEATURES + 1] =
    joined(&[&infos(&REPORT_TABLE), &infos(&FEATURE_TABLE), &[REPEATED]]);

/// The place of [`REPEATED`].
pub(crate) const REPEATED_AT: usize = REPORT_RULES + FEATURES;

/// What is a term once is one everywhere.
pub(crate) const REPEATED: RuleInfo = RuleInfo::new(
    "term.repeated",
    "A short string between marks is of one kind in a document: what is a term once is one everywhere.",
    Example::new("وأعلنت حركة \"⟦quote.term|الفجر⟧\" موقفها. وقال الوزير: \"⟦quote.term|الفجر⟧\"."),
);
