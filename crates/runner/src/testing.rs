//! Extractors for this crate's tests.

use khabar_core::{Span, Value};
use khabar_extractor::{Doc, ExtractError, Extractor, Info, Output, Scratch};
use serde::Serialize;

use crate::{Plan, RunSettings};

/// A word and where it stands, spans and all.
#[derive(Serialize)]
pub(crate) struct Word {
    pub(crate) word: String,
    pub(crate) at: Span,
}

impl Value for Word {
    const KIND: &'static str = "test.word";
    const HAS_SPANS: bool = true;
}

/// Marks every word; panics on `boom`, fails on `fail`, waits to be cancelled on `hang`, breaks a promise on `lie`.
pub(crate) struct Words;

impl Extractor for Words {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        *scratch.get::<u32>() += 1;
        for (i, token) in doc.tokens.iter().enumerate() {
            match doc.surface(i) {
                "boom" => panic!("boom in {}", doc.id),
                "fail" => return Err(ExtractError::Other("cannot do this".into())),
                "hang" => loop {
                    out.check_cancelled()?;
                    std::thread::yield_now();
                },
                "lie" => out.push(Span::new(0, u32::MAX), 1.0, &Word { word: String::new(), at: token.span() })?,
                word => out.push(token.span(), 0.5, &Word { word: word.into(), at: token.span() })?,
            }
        }
        Ok(())
    }
}

/// Gives one annotation over the whole text, if there are words.
pub(crate) struct Whole;

#[derive(Serialize)]
struct Count {
    words: usize,
}

impl Value for Count {
    const KIND: &'static str = "test.count";
}

impl Extractor for Whole {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let words = doc.records(Word::KIND).count();
        out.push(Span::new(0, doc.text.len() as u32), 1.0, &Count { words })
    }
}

/// `words`, and `whole` that requires it.
pub(crate) fn plan(settings: RunSettings) -> Plan {
    let info = |name: &str, provides: &[&str], requires: &[&str]| Info {
        name: name.into(),
        version: "1".into(),
        provides: provides.iter().map(ToString::to_string).collect(),
        requires: requires.iter().map(ToString::to_string).collect(),
    };
    Plan::given(
        vec![
            (info("words", &[Word::KIND], &[]), Box::new(Words)),
            (info("whole", &["test.count"], &[Word::KIND]), Box::new(Whole)),
        ],
        settings,
    )
}
