//! For any text: tokens tile it, their folded forms are the folding of what they cover, hashes are those of the folded
//! forms, sentences cover all tokens, quotations point at tokens, and folding is idempotent.

#![no_main]

use khabar_arabic::{Analysis, fold, hash, original_at, segmentations};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let mut last = 0;
    for (token, key) in analysis.tokens().iter().zip(analysis.hashes()) {
        assert!(last <= token.start && token.start < token.end);
        let surface = token.span().of(text).expect("a span of the text");
        let folded = &analysis.folded()[token.folded_span().range()];
        assert_eq!(fold(surface), folded);
        assert_eq!(hash(folded), *key);
        assert_eq!(original_at(surface, folded.len()), surface.len());
        assert!(!segmentations(folded).is_empty());
        last = token.end;
    }
    assert_eq!(analysis.sentences().last().map_or(0, |s| s.end), last);
    for split in analysis.splits() {
        let token = analysis.tokens()[split.token as usize];
        assert!(token.start < split.at && split.at < token.end && text.is_char_boundary(split.at as usize));
    }
    for quotation in analysis.quotations() {
        assert!(quotation.outer.contains(quotation.inner) && quotation.outer.of(text).is_some());
    }
    let once = fold(text).into_owned();
    assert_eq!(fold(&once), once);
});
