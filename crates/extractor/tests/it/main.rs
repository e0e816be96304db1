//! The conformance tests, tested.

mod conformance;
mod rules;
