//! Speech or term: whether words between marks are reported, or the marks only set off a name.

mod features;
mod score;
mod table;

pub(crate) use features::{Coordination, observe};
pub(crate) use score::{Classification, FILE, WEIGHTS};
pub(crate) use table::{FEATURE_TABLE, FEATURES, Feature};
