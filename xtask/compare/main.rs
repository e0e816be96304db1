//! Measures two builds of khabar in one process, by a hundred documents in turn: what `cargo xtask compare` builds, in a
//! package that it makes, with the crates of a commit as `before_…` and those of the working tree as `after_…`. It says for
//! each round of a row its name, nanoseconds a byte before and after, and whether both builds found the same number of things.

mod corpus;

use std::hint::black_box;
use std::path::PathBuf;

use anyhow::{Context, Result};
use cpu_time::ThreadTime;

/// Goes over documents and says how much it found.
type Row = Box<dyn FnMut(&[String]) -> usize>;

/// Documents that one build goes over before it is the other's turn: few, so that a machine that is busy now and then is
/// busy for both.
const TURN: usize = 100;

/// The rows: their names, and which kinds they find.
const ROWS: [(&str, &[&str]); 5] = [
    ("analysis", &[]),
    ("the same and numbers", &["number"]),
    ("the same and dates", &["number", "timex"]),
    ("the same and entities", &["number", "timex", "entity"]),
    ("the same and quotations: all", &["number", "timex", "entity", "quote", "document"]),
];

macro_rules! build {
    ($build:ident, $arabic:ident, $runner:ident) => {
        mod $build {
            use $arabic::{Analysis, validate};
            use $runner::{Config, Document, Plan, Worker};

            /// A row of this build.
            pub fn row(kinds: &[&str]) -> anyhow::Result<super::Row> {
                if kinds.is_empty() {
                    let mut analysis = Analysis::default();
                    let tokens = move |text: &String| match validate(text.as_bytes()) {
                        Ok(text) => {
                            analysis.analyze(text);
                            analysis.tokens().len()
                        }
                        Err(_) => 0,
                    };
                    return Ok(over(tokens));
                }
                let kinds: Vec<String> = kinds.iter().map(ToString::to_string).collect();
                // A worker borrows its plan; both live as long as the program.
                let plan: &'static Plan = Box::leak(Box::new(Plan::new(&Config::default(), &[], &kinds)?));
                let mut worker = Worker::new(plan);
                Ok(over(move |text: &String| match validate(text.as_bytes()) {
                    Ok(text) => {
                        worker.annotate(Document { id: "compare", text, ..Document::default() }).annotations().len()
                    }
                    Err(_) => 0,
                }))
            }

            fn over(mut each: impl FnMut(&String) -> usize + 'static) -> super::Row {
                Box::new(move |documents| documents.iter().map(&mut each).sum())
            }
        }
    };
}

build!(before, before_arabic, before_runner);
build!(after, after_arabic, after_runner);

fn main() -> Result<()> {
    let mut args = std::env::args().skip(1);
    let rounds: usize = args.next().context("rounds")?.parse()?;
    let only = args.next().context("rows")?;
    let paths: Vec<PathBuf> = args.map(PathBuf::from).collect();
    let documents = corpus::read(&paths)?;
    let bytes = documents.iter().map(String::len).sum::<usize>().max(1) as f64;
    // Small corpora are gone over several times a round, so that a round is long enough for the clock.
    let repeat = (4e6 / bytes).max(1.0) as usize;
    for (name, kinds) in ROWS.into_iter().filter(|(name, _)| name.contains(&only)) {
        let mut builds = [before::row(kinds)?, after::row(kinds)?];
        let mut seconds = vec![[0.0; 2]; rounds];
        let mut found = [0; 2];
        for (round, seconds) in seconds.iter_mut().enumerate() {
            let turns = (0..repeat).flat_map(|_| documents.chunks(TURN));
            for (turn, documents) in turns.enumerate() {
                // Neither build always goes first.
                for build in [(round + turn) % 2, (round + turn + 1) % 2] {
                    let start = ThreadTime::now();
                    found[build] += black_box(builds[build](documents));
                    seconds[build] += start.elapsed().as_secs_f64();
                }
            }
        }
        let same = if found[0] == found[1] { "same" } else { "other" };
        for [before, after] in seconds {
            let nanoseconds = |seconds: f64| seconds * 1e9 / bytes / repeat as f64;
            println!("{name}\t{}\t{}\t{same}", nanoseconds(before), nanoseconds(after));
        }
    }
    Ok(())
}
