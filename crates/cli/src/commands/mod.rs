//! One file a command.

pub(crate) mod annotate;
pub(crate) mod entities;
pub(crate) mod plan;
pub(crate) mod plugins;
pub(crate) mod quotes;
pub(crate) mod verify;
