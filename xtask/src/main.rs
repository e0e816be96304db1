//! Builds and checks of the khabar repository: `cargo xtask help`.

#![forbid(unsafe_code)]

fn main() {}
