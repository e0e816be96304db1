//! The suites on the typed and the static face, and what every plugin promises.

use khabar_entities::{Config, Entities};
use khabar_extractor::marked::Marked;
use khabar_extractor::testing::{Rig, Suite};

#[test]
fn suites() {
    for suite in Suite::read_all("tests/data") {
        suite.run(|config| Rig::default().with_config::<Entities>(config));
    }
}

#[test]
fn the_typed_face_finds_the_same() {
    for case in Suite::read_all("tests/data").into_iter().flat_map(|suite| suite.cases) {
        let text = Marked::parse(&case.text).expect("marked text").text;
        let config: Config = case.config.try_into().expect("configuration");
        let entities = Entities::new(config.clone()).expect("configuration");
        let typed: Vec<_> = entities
            .find_iter(&text)
            .map(|m| (m.kind.annotation().to_owned(), m.span, m.entity.id.into_owned()))
            .collect();
        let mut rig = Rig::default().with_extractor(
            khabar_extractor::Info::of::<Entities>(),
            Box::new(Entities::new(config.clone()).expect("configuration")),
        );
        let sample = khabar_extractor::testing::Sample { text: &text, ..Default::default() };
        let mut found: Vec<_> = rig
            .run(&sample)
            .expect("entities")
            .into_iter()
            .map(|f| (f.kind, f.span, f.value["id"].as_str().unwrap_or_default().to_owned()))
            .collect();
        let mut typed = typed;
        typed.sort();
        found.sort();
        assert_eq!(typed, found, "{text}");
    }
}

#[test]
fn conformance() {
    khabar_extractor::conformance::<Entities>();
}
