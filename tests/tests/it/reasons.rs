//! Every annotation of the built-in extractors has a reason: a rule, an entry of a lexicon or the model.

use khabar_runner::explain::{Lexicons, explain};
use khabar_runner::{Config, Document, Plan, Worker};
use khabar_tests::seeds;

#[test]
fn every_annotation_of_the_sample_corpus_has_a_reason() {
    let plan = Plan::new(&Config::default(), &[], &[]).expect("the built-in extractors");
    let lexicons = Lexicons::of(&plan);
    let mut worker = Worker::new(&plan);
    let (mut explained, mut without) = (0, Vec::new());
    for (id, text) in seeds() {
        let annotated = worker.annotate(Document { id: &id, text: &text, ..Document::default() });
        for explanation in explain(&plan, &lexicons, &annotated, |_| true) {
            explained += 1;
            if explanation.reasons.is_empty() {
                without.push(format!("{id}: {} at {:?}", explanation.annotation.kind, explanation.annotation.span));
            }
        }
    }
    assert!(500 < explained, "{explained} annotations");
    assert!(without.is_empty(), "{without:#?}");
}
