//! What a user can choose.

use serde::Deserialize;

use crate::grammar::Separators;

/// What to look for, and how to read it.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// How a separator before three digits is read where nothing else tells.
    pub separators: Separators,
    /// Whether numbers in Egyptian and Gulf Arabic (`حداشر`, `تلاتين`) are read.
    pub colloquial: bool,
    /// The kinds that are given out (`number.money`); all, if empty.
    pub kinds: Vec<String>,
    /// The names of rules that are switched off (`score.figures`).
    pub disable: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { separators: Separators::Auto, colloquial: true, kinds: Vec::new(), disable: Vec::new() }
    }
}
