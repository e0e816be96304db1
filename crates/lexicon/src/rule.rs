//! Rules with names: the table in which a grammar lists its productions.
//!
//! The order of a table is the order in which its rules are tried. Each rule states a fact about Arabic, and has an example
//! that must fire it: [`conformance`](khabar_extractor) tests that.

use khabar_extractor::{DisabledRules, Example, RuleInfo};

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

/// A row of a table whose examples need no date: name, what begins it, what parses it, the fact that it states, and a marked
/// text in which it finds something.
pub const fn row<P: Copy, B: Copy>(
    name: &'static str,
    begins: B,
    parse: P,
    description: &'static str,
    example: &'static str,
) -> Rule<P, B> {
    Rule::new(RuleInfo::new(name, description, Example::new(example)), begins, parse)
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

/// What several tables say of their rules, one after the other.
///
/// # Panics
/// While it is compiled, if `N` is not their number.
pub const fn joined<const N: usize>(tables: &[&[RuleInfo]]) -> [RuleInfo; N] {
    assert!(!tables.is_empty() && !tables[0].is_empty(), "the first table needs a rule");
    let mut infos = [tables[0][0]; N];
    let (mut table, mut at) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            infos[at] = tables[table][row];
            (row, at) = (row + 1, at + 1);
        }
        table += 1;
    }
    assert!(at == N, "the tables have another number of rules");
    infos
}

/// The rules of a plugin's list that are not switched off, from one of its tables on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Switches {
    disabled: DisabledRules,
    from: usize,
}

impl Switches {
    /// The switches of a plugin's whole list.
    pub const fn new(disabled: DisabledRules) -> Self {
        Self { disabled, from: 0 }
    }

    /// Those of the tables that stand so many rules further on in the list.
    #[must_use]
    pub const fn behind(self, rules: usize) -> Self {
        Self { disabled: self.disabled, from: self.from + rules }
    }

    /// Whether the rule at a place of the first table is on.
    #[inline]
    pub fn is_on(&self, at: usize) -> bool {
        !self.disabled.contains(self.from + at)
    }

    /// The rules of the first table that are on, in their order.
    #[inline]
    pub fn rules<'a, P, B>(self, table: &'a [Rule<P, B>]) -> impl Iterator<Item = &'a Rule<P, B>> + use<'a, P, B> {
        table.iter().enumerate().filter(move |(at, _)| self.is_on(*at)).map(|(_, rule)| rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rule(name: &'static str) -> Rule<u8> {
        row(name, (), 0, "A fact.", "خبر")
    }

    const FIRST: [Rule<u8>; 2] = [rule("a"), rule("b")];
    const SECOND: [Rule<u8>; 3] = [rule("c"), rule("d"), rule("e")];
    const ALL: [RuleInfo; 5] = joined(&[&infos(&FIRST), &infos(&SECOND)]);

    #[test]
    fn tables_are_one_list() {
        assert_eq!(ALL.map(|rule| rule.name), ["a", "b", "c", "d", "e"]);
        let names = ["b", "d"].map(str::to_owned);
        let switches = Switches::new(DisabledRules::new(&ALL, &names).expect("known"));
        let on = |switches: Switches, table| switches.rules(table).map(|rule| rule.info.name).collect::<Vec<_>>();
        assert_eq!(on(switches, &FIRST), ["a"]);
        assert_eq!(on(switches.behind(FIRST.len()), &SECOND), ["c", "e"]);
    }
}
