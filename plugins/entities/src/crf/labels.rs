//! The labels that words get.

/// A label: an index into [`LABELS`].
pub type Label = u8;

/// Labels of the chain, in the order of their weights.
pub const LABELS: [&str; 9] = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG", "B-MISC", "I-MISC"];

/// How many labels there are.
pub const N: usize = LABELS.len();
