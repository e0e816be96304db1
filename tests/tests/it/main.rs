//! The end-to-end tests, one program: each program more is linked with all of khabar.

#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "tests end with the first thing that is not as it should be")]

/// The `khabar` program, with a plugin of this package so that no test depends on a lexicon.
mod cli {
    mod bad_input;
    mod configuration;
    mod dates;
    mod entities;
    mod exits;
    mod inputs;
    mod outputs;
    mod overwrite;
    mod quotes;
    mod resume;
    pub(crate) mod run;
    mod signals;
    mod terminal;
    mod tools;
}
mod corpus;
mod faces;
mod new_plugin;
mod readme;
mod reasons;
mod rogues;
