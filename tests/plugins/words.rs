//! Well-behaved plugins that need no lexicon, for tests of the program: every word, and how many there are.

#![forbid(unsafe_code)]
#![expect(missing_docs, reason = "the tests tell what they are")]

use khabar_extractor::{Doc, Example, ExtractError, Extractor, Output, Plugin, Scratch, Span, Value};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub struct Word {
    word: String,
    at: Span,
}
impl Value for Word {
    const KIND: &'static str = "test.word";
    const HAS_SPANS: bool = true;
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordsConfig {
    /// Only these words; all, if empty.
    only: Vec<String>,
    /// Panics on this word.
    panic_on: Option<String>,
    /// Takes so long for a document.
    nap_ms: u64,
}

pub struct Words(WordsConfig);
impl Extractor for Words {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        std::thread::sleep(std::time::Duration::from_millis(self.0.nap_ms));
        for (i, token) in doc.tokens.iter().enumerate() {
            let word = doc.surface(i).to_owned();
            assert!(self.0.panic_on.as_ref() != Some(&word), "{word}");
            if self.0.only.is_empty() || self.0.only.contains(&word) {
                out.push(token.span(), 1.0, &Word { word, at: token.span() })?;
            }
        }
        Ok(())
    }
}
impl Plugin for Words {
    const NAME: &'static str = "test.words";
    const VERSION: &'static str = "1.2.3";
    const PROVIDES: &'static [&'static str] = &[Word::KIND];
    const EXAMPLES: &'static [Example] = &[Example::new("⟦test.word;word=نعم|نعم⟧")];
    type Config = WordsConfig;
    fn create(config: WordsConfig) -> Result<Self, ExtractError> {
        Ok(Self(config))
    }
}

#[derive(Serialize)]
pub struct Counted {
    words: usize,
}
impl Value for Counted {
    const KIND: &'static str = "test.count";
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CountConfig {}

pub struct Count;
impl Extractor for Count {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let words = doc.inputs::<Word>().count();
        out.push(Span::new(0, doc.text.len() as u32), 1.0, &Counted { words })
    }
}
impl Plugin for Count {
    const NAME: &'static str = "test.count";
    const VERSION: &'static str = "1.2.3";
    const PROVIDES: &'static [&'static str] = &[Counted::KIND];
    const REQUIRES: &'static [&'static str] = &[Word::KIND];
    type Config = CountConfig;
    fn create(_: CountConfig) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

khabar_abi::export!(Words, Count);
