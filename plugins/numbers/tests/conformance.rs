//! The promises of every plugin, and the examples.

#[test]
fn conformance() {
    khabar_extractor::conformance::<khabar_numbers::Numbers>();
}
