//! The conformance test passes a plugin that keeps its promises and fails each one that does not.

use khabar_extractor::testing::{Rig, Sample};
use khabar_extractor::{
    Doc, Example, ExtractError, Extractor, Output, Plugin, Scratch, Span, Value, conformance, conformance_after,
};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Word {
    letters: usize,
}
impl Value for Word {
    const KIND: &'static str = "test.word";
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Config {}

/// Marks every token in the way that `HOW` says.
struct Words<const HOW: u8>;
const GOOD: u8 = 0;
const SPLITS_CHARACTERS: u8 = 1;
const REMEMBERS: u8 = 2;
const UNDECLARED: u8 = 3;
const DEAF: u8 = 4;
const SPOILS_ITS_SCRATCH: u8 = 5;

impl<const HOW: u8> Extractor for Words<HOW> {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let seen = scratch.get::<usize>();
        let spoiled = HOW == SPOILS_ITS_SCRATCH && *seen == usize::MAX;
        if HOW == SPOILS_ITS_SCRATCH {
            *seen = if out.cancel().check().is_err() { usize::MAX } else { 0 };
        }
        for (i, token) in doc.tokens.iter().enumerate() {
            *seen = seen.saturating_add(1);
            let mut span = token.span();
            if HOW == SPLITS_CHARACTERS && doc.surface(i).starts_with('م') {
                span.start += 1;
            }
            let letters = if HOW == REMEMBERS { *seen } else { doc.folded(i).chars().count() };
            if HOW == UNDECLARED {
                out.push(span, 1.0, &Other {})?;
            }
            let pushed = out.push(span, 1.0, &Word { letters: letters + usize::from(spoiled) });
            if HOW != DEAF {
                pushed?;
            }
        }
        Ok(())
    }
}

#[derive(Serialize)]
struct Other {}
impl Value for Other {
    const KIND: &'static str = "test.other";
}

impl<const HOW: u8> Plugin for Words<HOW> {
    const NAME: &'static str = "test.words";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Word::KIND];
    const EXAMPLES: &'static [Example] = &[Example::new("⟦test.word;letters=3|خَبَر⟧ ⟦test.word;letters=1|م⟧")];
    type Config = Config;
    fn create(_: Config) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

/// Counts the words that another extractor found.
struct Count;
#[derive(Serialize)]
struct Total {
    value: usize,
}
impl Value for Total {
    const KIND: &'static str = "test.total";
}
impl Extractor for Count {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        let mut value = 0;
        for word in doc.inputs::<Word>() {
            value += word.value()?.letters;
        }
        let end = doc.tokens.last().map_or(0, |t| t.end);
        if end != 0 {
            out.push(Span::new(doc.tokens[0].start, end), 1.0, &Total { value })?;
        }
        Ok(())
    }
}
impl Plugin for Count {
    const NAME: &'static str = "test.count";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Total::KIND];
    const REQUIRES: &'static [&'static str] = &[Word::KIND];
    const EXAMPLES: &'static [Example] = &[Example::new("⟦test.total=7|خبر عاجل⟧")];
    type Config = Config;
    fn create(_: Config) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

#[test]
fn good_plugins_pass() {
    conformance::<Words<GOOD>>();
    conformance_after::<Count>(|| Rig::default().with::<Words<GOOD>>());
}

#[test]
fn broken_promises_fail() {
    let fails = |run: fn()| std::panic::catch_unwind(run).is_err();
    assert!(fails(conformance::<Words<SPLITS_CHARACTERS>>));
    assert!(fails(conformance::<Words<REMEMBERS>>));
    assert!(fails(conformance::<Words<UNDECLARED>>));
    assert!(fails(conformance::<Words<DEAF>>));
    assert!(fails(conformance::<Words<SPOILS_ITS_SCRATCH>>));
    assert!(fails(conformance::<Count>), "its example needs the words");
}

/// Finds nothing, and asks whether it is cancelled.
struct Quiet;
impl Extractor for Quiet {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, _: &mut Scratch) -> Result<(), ExtractError> {
        (0..doc.tokens.len()).try_for_each(|step| out.cancel().check_at(step))
    }
}
impl Plugin for Quiet {
    const NAME: &'static str = "test.quiet";
    const VERSION: &'static str = "0.1.0";
    const PROVIDES: &'static [&'static str] = &[Word::KIND];
    type Config = Config;
    fn create(_: Config) -> Result<Self, ExtractError> {
        Ok(Self)
    }
}

#[test]
fn who_finds_nothing_hears_that_it_is_cancelled() {
    conformance::<Quiet>();
    let mut rig = Rig::default().with::<Words<GOOD>>().with::<Quiet>();
    let sample = Sample { text: "قال ويتكوف", ..Sample::default() };
    assert!(matches!(rig.cancelled(&sample), Err(ExtractError::Cancelled)));
    assert_eq!(rig.run(&sample).expect("runs").len(), 2, "once more, and not cancelled");
}

#[test]
fn a_rig_hands_layers_on() {
    let mut rig = Rig::default().with::<Words<GOOD>>().with::<Count>();
    let found = rig.run(&Sample { text: "قال ويتكوف", ..Sample::default() }).expect("runs");
    assert_eq!(found[0].kind, "test.total");
    assert_eq!(found[0].value["value"], 9);
}
