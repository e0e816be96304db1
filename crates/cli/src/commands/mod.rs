//! One file per command.

pub(crate) mod annotate;
pub(crate) mod dates;
pub(crate) mod doctor;
pub(crate) mod entities;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod plan;
pub(crate) mod plugins;
pub(crate) mod quotes;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod shell;
pub(crate) mod verify;
pub(crate) mod view;
