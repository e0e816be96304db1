//! The sentences and certain splits of the sample corpus, as read through and found right.

use std::fmt::Write as _;
use std::path::Path;

use khabar_arabic::Analysis;
use khabar_core::Split;

#[test]
fn sentences_of_the_seeds() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut files: Vec<_> = std::fs::read_dir(seeds).expect("the seeds").map(|e| e.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert_eq!(files.len(), 5);
    let mut analysis = Analysis::default();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        analysis.analyze(&text);
        let mut shown = String::new();
        let mut splits = analysis.splits().iter().filter(|s| Split::CERTAIN <= s.score).peekable();
        for sentence in analysis.sentences() {
            let mut from = sentence.start as usize;
            while let Some(split) = splits.next_if(|s| s.at < sentence.end) {
                let _ = write!(shown, "{}|", &text[from..split.at as usize]);
                from = split.at as usize;
            }
            let _ = writeln!(shown, "{}", &text[from..sentence.end as usize]);
        }
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        insta::assert_snapshot!(name, shown);
    }
}
