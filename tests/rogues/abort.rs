//! A good plugin; a test builds it with `panic = "abort"`.

#![forbid(unsafe_code)]
#![expect(missing_docs, reason = "the test tells what it is")]

use khabar_extractor::{Doc, ExtractError, Extractor, Output, Plugin, Scratch};

pub struct Nothing;

impl Extractor for Nothing {
    fn extract(&self, _: &Doc<'_>, _: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        Ok(())
    }
}

impl Plugin for Nothing {
    const NAME: &'static str = "rogue.nothing";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &["rogue.nothing"];
    type Config = serde::de::IgnoredAny;
    fn create(_: Self::Config) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

khabar_abi::export!(Nothing);
