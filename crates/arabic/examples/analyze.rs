//! Shows what an analysis finds in the text on the standard input, a sentence at a time:
//!
//! ```sh
//! cargo run --release -p khabar-arabic --example analyze < seeds/000_cef36ac05013edca.txt
//! ```

#![allow(clippy::print_stdout, reason = "a program for terminals")]

use std::io::Read;

use khabar_arabic::{Analysis, Offsets, Unit, segmentation, validate};
use khabar_core::TokenClass;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let text = validate(&bytes)?;
    let mut analysis = Analysis::default();
    analysis.analyze(text);
    let offsets = Offsets::new(text);
    for sentence in analysis.sentences() {
        println!("\n{} {}", offsets.place(Unit::Char, sentence.start as usize), &text[sentence.range()]);
        for token in analysis.tokens().iter().filter(|t| sentence.contains(t.span())) {
            let folded = &analysis.folded()[token.folded_span().range()];
            print!("  {folded}");
            if token.class() == TokenClass::Arabic {
                let best = segmentation(folded);
                let stem = best.stem(folded.len());
                if stem.len() != folded.len() {
                    print!(" = {} + {} + {}", &folded[..stem.start], &folded[stem.clone()], &folded[stem.end..]);
                }
            }
            println!();
        }
    }
    for quotation in analysis.quotations() {
        println!("quotation: {}", &text[quotation.inner.range()]);
    }
    for split in analysis.splits() {
        let token = analysis.tokens()[split.token as usize];
        let (before, after) =
            (&text[token.start as usize..split.at as usize], &text[split.at as usize..token.end as usize]);
        println!("lost space: {before} | {after}, {:.2}", split.score);
    }
    Ok(())
}
