//! The plugin's promises: its examples and suites hold, on the typed face and as an extractor, and any text is fine.

use khabar_extractor::marked::Marked;
use khabar_extractor::testing::{Rig, Suite};
use khabar_extractor::{ExtractError, Plugin, conformance};
use khabar_template::{Config, Lexicon, Template, find_iter};

#[test]
fn keeps_the_promises_of_a_plugin() {
    conformance::<Template>();
}

#[test]
fn suites() {
    for suite in Suite::read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")) {
        suite.run(|config| Rig::default().with_config::<Template>(config));
    }
}

#[test]
fn the_typed_face_finds_the_same() {
    for suite in Suite::read_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")) {
        for case in suite.cases.iter().filter(|case| case.config.is_empty()) {
            let marked = Marked::parse(&case.text).expect("marked text");
            let wanted: Vec<_> = marked.marks.iter().map(|mark| (mark.span, mark.fields[0].1.clone())).collect();
            let found: Vec<_> = find_iter(&marked.text).map(|(span, agency)| (span, agency.id)).collect();
            assert_eq!(found, wanted, "{}", case.text);
        }
    }
}

#[test]
fn the_embedded_data_can_be_read() {
    assert!(Lexicon::new(&[]).is_ok());
}

#[test]
fn what_a_configuration_may_not_hold() {
    let refusal = |toml: &str| -> String {
        let config = toml::from_str::<Config>(toml).map_err(|error| ExtractError::Config(error.to_string()));
        config.and_then(Template::create).expect_err("refused").to_string()
    };
    assert_eq!(
        refusal(r#"agencies = [{ id = "acme", name = "أكمي", spellings = [" "] }]"#),
        "configuration: agencies: \"acme\" needs spellings, and no empty one"
    );
    assert!(refusal("agency = []").contains("unknown field `agency`"));
}
