//! Plugins that keep the interface and misbehave inside: they panic and hang.

#![forbid(unsafe_code)]
#![expect(missing_docs, reason = "the tests tell what they are")]

use khabar_extractor::{Doc, ExtractError, Extractor, Output, Plugin, Scratch, Span, Value};
use serde::{Deserialize, Serialize};

/// How many documents the worker has seen.
#[derive(Serialize)]
pub struct Seen {
    pub value: u32,
}
impl Value for Seen {
    const KIND: &'static str = "rogue.seen";
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {}

fn push(out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
    let value = scratch.get::<u32>();
    *value += 1;
    out.push(Span::new(0, 0), 1.0, &Seen { value: *value })
}

/// Panics on documents that hold the word `panic`, after it found something.
pub struct Panics;
impl Extractor for Panics {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        push(out, scratch)?;
        assert!(!doc.text.contains("panic"), "bad mood in {}", doc.id);
        Ok(())
    }
}

/// Panics when it is made.
pub struct PanicsInCreate;
impl Extractor for PanicsInCreate {
    fn extract(&self, _: &Doc<'_>, _: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        Ok(())
    }
}

/// Panics when its worker's state is dropped.
pub struct PanicsInDrop;
#[derive(Default)]
struct Bomb;
impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("dropped");
    }
}
impl Extractor for PanicsInDrop {
    fn extract(&self, _: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        scratch.get::<Bomb>();
        push(out, scratch)
    }
}

/// Never ends by itself on documents that hold the word `hang`, but polls the flag.
pub struct Hangs;
impl Extractor for Hangs {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        while doc.text.contains("hang") {
            out.check_cancelled()?;
            std::thread::yield_now();
        }
        push(out, scratch)
    }
}

/// The same without polling.
pub struct HangsDeaf;
impl Extractor for HangsDeaf {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        while doc.text.contains("hang") {
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
        push(out, scratch)
    }
}

macro_rules! plugins {
    ($($plugin:ident = $name:literal, $create:expr;)*) => {
        $(impl Plugin for $plugin {
            const NAME: &'static str = $name;
            const VERSION: &'static str = "0.1.0";
            const PROVIDES: &'static [&'static str] = &[Seen::KIND];
            type Config = Config;
            fn create(_: Config) -> Result<Self, ExtractError> {
                $create
            }
        })*
        khabar_abi::export!($($plugin),*);
    };
}

plugins! {
    Panics = "rogue.panics", Ok(Self);
    PanicsInCreate = "rogue.panics_in_create", panic!("no mood for a start");
    PanicsInDrop = "rogue.panics_in_drop", Ok(Self);
    Hangs = "rogue.hangs", Ok(Self);
    HangsDeaf = "rogue.hangs_deaf", Ok(Self);
}
