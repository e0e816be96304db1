//! Measures khabar beside its peers over one corpus: megabytes of input per second of CPU time, on one thread.
//!
//! All rows run in turn over a hundred documents, several rounds within one process, so that a machine that is busy
//! now and then is busy for all of them; a row's time is the sum over these turns of the median of the rounds. A new row is
//! a few lines in `rows.rs`.

mod corpus;
mod rows;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Result, bail};
use cpu_time::ThreadTime;
use lexopt::Arg;

const HELP: &str = "usage: cargo xtask bench [--rounds N] [--only TEXT] [FILE…]

FILE    JSON Lines with a field \"text\" (.jsonl, .jsonl.zst), or text (.txt); the seeds otherwise
--rounds N    rounds in turn, 9 by default
--only TEXT   rows whose name holds TEXT, and the reference";

/// Documents that one row goes over before it is the next one's turn.
const TURN: usize = 100;
/// Bytes that it goes over at the least, so that a turn is long enough for the clock.
const TURN_BYTES: usize = 100_000;
/// Documents of the turn before that a row goes over first, unmeasured, so that it finds the caches as it leaves them
/// itself: another row leaves them cold, or, where it did the same to the same documents, warmer than any run would.
const WARM_UP: usize = 50;
/// Bytes that a round goes over at the least, so that there are turns enough to even out the noise of one.
const ROUND_BYTES: usize = 10_000_000;

fn main() -> Result<()> {
    let (mut rounds, mut only, mut paths) = (9, None, Vec::new());
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("rounds") => rounds = args.value()?.to_string_lossy().parse()?,
            Arg::Long("only") => only = Some(args.value()?.to_string_lossy().into_owned()),
            Arg::Long("help") | Arg::Short('h') => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Value(path) => paths.push(PathBuf::from(OsString::from(path))),
            other => return Err(other.unexpected().into()),
        }
    }
    if paths.is_empty() {
        paths.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../seeds")));
    }
    let documents = corpus::read(&paths)?;
    let bytes: usize = documents.iter().map(String::len).sum();
    if rounds == 0 || bytes == 0 {
        bail!("nothing to measure");
    }
    // Small corpora are gone over several times a turn, and in several turns a round.
    let repeat = TURN_BYTES.div_ceil(bytes);
    let passes = ROUND_BYTES.div_ceil(bytes * repeat);

    let mut rows = rows::all();
    if let Some(only) = only {
        rows.retain(|row| row.name.contains(&only) || row.reference);
    }
    let turns: Vec<&[String]> = (0..passes).flat_map(|_| documents.chunks(TURN)).collect();
    // Of each row, and each turn of it, the seconds of each round.
    let mut seconds = vec![vec![Vec::new(); turns.len()]; rows.len()];
    for round in 0..rounds {
        rows.iter_mut().for_each(|row| row.found = 0);
        for (turn, documents) in turns.iter().enumerate() {
            // No row is always the first of a turn.
            for at in 0..rows.len() {
                let at = (at + round + turn) % rows.len();
                let row = &mut rows[at];
                let mut found = 0;
                let before = turns[turn.checked_sub(1).unwrap_or(turns.len() - 1)];
                (row.run)(&before[before.len().saturating_sub(WARM_UP)..]);
                let start = ThreadTime::now();
                for _ in 0..repeat {
                    found = (row.run)(documents);
                }
                seconds[at][turn].push(start.elapsed().as_secs_f64() / repeat as f64);
                row.found += found;
            }
        }
    }
    rows.iter_mut().for_each(|row| row.found /= passes);
    let times = seconds.into_iter().map(|turns| turns.into_iter().map(median).sum::<f64>() / passes as f64);
    report(&documents, bytes, rounds, &rows, &times.collect::<Vec<f64>>());
    Ok(())
}

/// The one in the middle.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

fn report(documents: &[String], bytes: usize, rounds: usize, rows: &[rows::Row], times: &[f64]) {
    let speeds: Vec<f64> = times.iter().map(|seconds| bytes as f64 / 1e6 / seconds).collect();
    let reference = rows.iter().zip(&speeds).find(|(row, _)| row.reference).map_or(1.0, |(_, speed)| *speed);
    println!(
        "{} documents, {:.2} MB, median of {rounds} rounds in turns of {TURN} documents, one thread",
        documents.len(),
        bytes as f64 / 1e6
    );
    println!("kernel: {}\n", khabar_simd::Kernel::default().name());
    println!("| what | MB per CPU second | ratio | gives |\n| --- | ---: | ---: | --- |");
    for (row, speed) in rows.iter().zip(&speeds) {
        println!("| {} | {speed:.0} | {:.2} | {} {} |", row.name, speed / reference, row.found, row.unit);
    }
    report_shares(rows, &speeds);
}

/// The share of each stage in the time of the whole pipeline: each of its rows does what the one before it does, and more.
fn report_shares(rows: &[rows::Row], speeds: &[f64]) {
    let stages: Vec<(&str, f64)> =
        rows.iter().zip(speeds).filter_map(|(row, speed)| Some((row.stage?, speed.recip()))).collect();
    // With `--only` a stage may be missing, and the row after it would bear its time.
    let Some((_, whole)) = stages.last().filter(|_| stages.iter().map(|(name, _)| *name).eq(rows::STAGES)) else {
        return;
    };
    let mut before = 0.0;
    let shares = stages.iter().map(|(name, time)| {
        let share = 100.0 * (time - std::mem::replace(&mut before, *time)) / whole;
        format!("{name} {share:.1} %")
    });
    println!("\nshares of the whole pipeline: {}", shares.collect::<Vec<_>>().join(", "));
}
