//! The suites on the typed and the static face, and the promises of a plugin.

mod register;

use khabar_extractor::testing::{Rig, Suite};
use khabar_extractor::{Extractor, Info, Output, Scratch};
use khabar_quotes::{Config, Quotation, Quotes, Speech, Term};
use register::Register;
use serde_json::Value as Json;

/// The typed face behind the extractor's trait, so that one suite runs on both.
struct Typed(Quotes);

impl Extractor for Typed {
    fn extract(
        &self,
        doc: &khabar_extractor::Doc<'_>,
        out: &mut Output<'_>,
        _: &mut Scratch,
    ) -> Result<(), khabar_extractor::ExtractError> {
        self.0.find(doc).into_iter().try_for_each(|(span, confidence, quotation)| match quotation {
            Quotation::Speech(quote) => out.push(span, confidence, &Speech(quote)),
            Quotation::Indirect(quote) => out.push(span, confidence, &khabar_quotes::Indirect(quote)),
            _ => out.push(span, confidence, &Term::default()),
        })
    }
}

fn upstream() -> Rig {
    Rig::default().with::<Register>()
}

fn suites() -> Vec<Suite> {
    Suite::read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data"))
}

#[test]
fn suites_on_the_static_face() {
    for suite in suites() {
        suite.run(|config| upstream().with_config::<Quotes>(config));
    }
}

#[test]
fn suites_on_the_typed_face() {
    for suite in suites() {
        suite.run(|_: Json| {
            let typed = Quotes::new(&Config::default()).map(Typed).expect("the data files are read");
            upstream().with_extractor(Info::of::<Quotes>(), Box::new(typed))
        });
    }
}

#[test]
fn promises() {
    khabar_extractor::conformance_after::<Quotes>(upstream);
}

#[test]
fn indirect_speech_can_be_left_out() {
    let text = "قال الوزير إن العمل مستمر.";
    let count = |config: Json| {
        let mut rig = Rig::default().with_config::<Quotes>(config);
        rig.run(&khabar_extractor::testing::Sample { text, ..Default::default() }).expect("runs").len()
    };
    assert_eq!(count(serde_json::json!({})), 1);
    assert_eq!(count(serde_json::json!({"indirect": false})), 0);
}
