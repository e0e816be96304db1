//! One file a command.

pub(crate) mod annotate;
pub(crate) mod plan;
pub(crate) mod plugins;
