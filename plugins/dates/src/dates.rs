//! The extractor.

use khabar_core::Span;
use khabar_core::Value;
use khabar_core::kinds::{Date, Duration, Set, Time};
use khabar_extractor::{Doc, Example, ExtractError, Extractor, Output, Plugin, Scratch};
use serde::Deserialize;

use crate::grammar::{Grammar, Style};
use crate::lexicon::Lexicon;
use crate::point::Phrase;
use crate::reference::{Direction, Reference};
use crate::resolve::{Kind, Resolved, State};
use crate::tense;
use crate::text::{Buffers, Text};

/// Configuration of [`Dates`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Which way bare weekdays, months and days of a month point.
    pub direction: Direction,
}

/// Finds every time expression of a document.
#[derive(Debug)]
pub struct Dates {
    config: Config,
}

#[derive(Default)]
struct Work {
    buffers: Buffers,
    phrases: Vec<Phrase>,
}

impl Extractor for Dates {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let Work { buffers, phrases } = scratch.get::<Work>();
        phrases.clear();
        let lexicon = Lexicon::get();
        buffers.fill(doc, lexicon);
        let text = Text::new(doc, buffers);
        let style = Style { plans: self.config.direction == Direction::Future };
        Grammar { text, style }.phrases(phrases);
        let reference = doc.date.map_or_else(Reference::default, Reference::from).looking(self.config.direction);
        let mut state = State::new(reference);
        for phrase in phrases.iter() {
            state.future = tense::future(&text, phrase.first);
            let Some(resolved) = state.resolve(phrase) else { continue };
            let span = Span::new(text.start(phrase.first), text.end(phrase.end));
            if let Some(day) = resolved.day {
                state.last = Some(day);
                state.last_year = Some(i32::from(day.year()));
            }
            push(out, span, resolved)?;
        }
        Ok(())
    }
}

fn push(out: &mut Output<'_>, span: Span, resolved: Resolved) -> Result<(), ExtractError> {
    let Resolved { kind, timex, confidence, .. } = resolved;
    match kind {
        Kind::Date => out.push(span, confidence, &Date(timex)),
        Kind::Time => out.push(span, confidence, &Time(timex)),
        Kind::Duration => out.push(span, confidence, &Duration(timex)),
        Kind::Set => out.push(span, confidence, &Set(timex)),
    }
}

impl Plugin for Dates {
    const NAME: &'static str = "dates";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[Date::KIND, Time::KIND, Duration::KIND, Set::KIND];
    const REQUIRES: &'static [&'static str] = &["number.cardinal", "number.ordinal"];
    const EXAMPLES: &'static [Example] = &[];
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Ok(Self { config })
    }
}
