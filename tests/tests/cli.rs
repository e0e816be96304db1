//! The `khabar` program, end to end, with a plugin of this package so that no test depends on a lexicon.

#![expect(clippy::expect_used, reason = "tests end with the first thing that is not as it should be")]

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
