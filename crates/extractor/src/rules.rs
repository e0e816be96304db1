//! Named rules of an extractor, and which of them are disabled.

use crate::{Example, ExtractError};

/// A rule of an extractor, as `khabar rules` lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleInfo {
    /// Its name, unique in its extractor: lower-case words joined by dots and underscores, `interval.from_to`.
    pub name: &'static str,
    /// The fact about Arabic that it states, in one sentence.
    pub description: &'static str,
    /// A marked text in which the rule fires, with the default configuration.
    pub example: Example,
}

impl RuleInfo {
    /// A rule.
    pub const fn new(name: &'static str, description: &'static str, example: Example) -> Self {
        Self { name, description, example }
    }

    #[cfg(any(test, feature = "conformance"))]
    /// Whether its name is well formed.
    pub(crate) fn has_good_name(&self) -> bool {
        let part = |part: &str| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        self.name.split('.').all(part)
    }
}

/// The rules of a table that are disabled by `disable = […]` in the configuration. By default none is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DisabledRules([u128; 2]);

impl DisabledRules {
    /// The most rules that a table may have.
    pub const MOST: usize = 256;
    /// The most names that an error suggests.
    const PROPOSED: usize = 3;

    /// The rules of a table with these names.
    ///
    /// # Errors
    /// [`ExtractError::Config`] for an unknown name, with the nearest known names.
    pub fn new(rules: &[RuleInfo], names: &[String]) -> Result<Self, ExtractError> {
        let mut disabled = Self::default();
        for name in names {
            let Some(at) = rules.iter().position(|rule| rule.name == name) else {
                let mut nearest: Vec<&str> = rules.iter().map(|rule| rule.name).collect();
                nearest.sort_by(|a, b| strsim::jaro_winkler(b, name).total_cmp(&strsim::jaro_winkler(a, name)));
                nearest.truncate(Self::PROPOSED);
                let known = match nearest.as_slice() {
                    [] => "the extractor has no rules".to_owned(),
                    names => format!("the nearest are {}; `khabar rules` lists all", names.join(", ")),
                };
                return Err(ExtractError::Config(format!("disable: unknown rule {name:?}: {known}")));
            };
            disabled.disable(at);
        }
        Ok(disabled)
    }

    fn disable(&mut self, at: usize) {
        if let Some(bits) = self.0.get_mut(at / 128) {
            *bits |= 1 << (at % 128);
        }
    }

    /// Whether the rule at this index of its table is disabled.
    #[inline]
    pub fn contains(&self, at: usize) -> bool {
        self.0.get(at / 128).is_some_and(|bits| bits >> (at % 128) & 1 != 0)
    }

    /// Whether no rule is disabled.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 2]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rule(name: &'static str) -> RuleInfo {
        RuleInfo::new(name, "A fact.", Example::new("خبر"))
    }

    const RULES: &[RuleInfo] = &[rule("interval.from_to"), rule("interval.between"), rule("set.every"), rule("day")];

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rules_are_switched_off_by_name() {
        let disabled = DisabledRules::new(RULES, &names(&["set.every", "interval.from_to"])).expect("known");
        assert_eq!([0, 1, 2, 3, 255, 256].map(|at| disabled.contains(at)), [true, false, true, false, false, false]);
        assert!(!disabled.is_empty() && DisabledRules::default().is_empty());
        let many: Vec<RuleInfo> = (0..DisabledRules::MOST).map(|_| RULES[0]).chain([RULES[3]]).take(256).collect();
        assert!(DisabledRules::new(&many, &names(&["interval.from_to"])).expect("known").contains(0));
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest() {
        let error = DisabledRules::new(RULES, &names(&["interval.form_to"])).expect_err("unknown").to_string();
        assert_eq!(
            error,
            "configuration: disable: unknown rule \"interval.form_to\": the nearest are interval.from_to, \
             interval.between, set.every; `khabar rules` lists all"
        );
        assert!(DisabledRules::new(&[], &names(&["a"])).expect_err("unknown").to_string().contains("has no rules"));
    }

    #[test]
    fn names_are_plain() {
        assert!(["day", "interval.from_to", "a.b2"].map(rule).iter().all(RuleInfo::has_good_name));
        assert!(!["", "a.", "A.b", "a b", "a-b"].map(rule).iter().any(RuleInfo::has_good_name));
    }
}
