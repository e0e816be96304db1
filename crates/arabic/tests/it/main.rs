//! What the whole analysis keeps to.

mod bad_input;
mod memory;
mod seeds;
