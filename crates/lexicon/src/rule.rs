//! Rules with names: the table in which a grammar lists its productions.
//!
//! The order of a table is the order in which its rules are tried. Each rule states a fact about Arabic, and has an example
//! that must fire it: [`conformance`](khabar_extractor) tests that.

use khabar_extractor::RuleInfo;

/// A rule of a grammar. `P` is what parses it, most often a function; `B` is what may begin it, most often a set of word
/// classes, `()` where that is not asked.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rule<P, B = ()> {
    /// Its name, the fact that it states, and its example.
    pub info: RuleInfo,
    /// With what it begins: the rule is not tried elsewhere.
    pub begins: B,
    /// What parses it.
    pub parse: P,
}

impl<P: Copy, B: Copy> Rule<P, B> {
    /// A rule.
    pub const fn new(info: RuleInfo, begins: B, parse: P) -> Self {
        Self { info, begins, parse }
    }
}

/// What [`Plugin::RULES`](khabar_extractor::Plugin::RULES) says of the rules of a table.
pub const fn infos<P: Copy, B: Copy, const N: usize>(rules: &[Rule<P, B>; N]) -> [RuleInfo; N] {
    assert!(N != 0, "a table needs a rule");
    let mut infos = [rules[0].info; N];
    let mut at = 1;
    while at < N {
        infos[at] = rules[at].info;
        at += 1;
    }
    infos
}
