//! What numbers mean: hedges, what they count, and how two of them are related.

mod amount;
mod currency;
mod hedge;
mod join;
mod percent;
mod range;
mod ratio;
mod relation;
mod rules;
mod score;
mod unit;

pub(crate) use amount::{Amount, Amounts};
pub(crate) use hedge::{Hedge, after, before};
pub(crate) use join::join;
pub(crate) use relation::Relations;
pub(crate) use rules::INFOS;
