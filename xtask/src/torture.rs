//! `cargo xtask torture`: texts that mean harm.

pub(crate) mod shape;
mod stopwatch;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fastrand::Rng;
use lexopt::Arg;

use crate::repo::{self, Findings};
use shape::Shape;
use stopwatch::Stopwatch;

pub(crate) const HELP: &str = "\
runs khabar over texts that try to make it slow or to end it

usage: cargo xtask torture --time [--seconds N] [--seed N] [--only TEXT]

  --time        how the time that khabar takes grows with the text
  --seconds N   stops after so many seconds, 300 by default
  --seed N      begins the random texts with this number, 1 by default
  --only TEXT   shapes whose name holds TEXT, and no random ones

Each shape of xtask/data/torture.toml is annotated at four sizes from 0.25 to 2 MB, and the time is told with its exponent: 1 where
twice the text takes twice the time. What is left of the time goes to words of the lexicons, each repeated, and to random
structures of trigger words, both at two sizes up to 0.6 MB; each that grows too fast is told with the seed that makes it again.
What seems to grow too fast is measured again with more text, up to 32 MB. Fails where the exponent is above 1.15 there too, or
where khabar ends otherwise than with 0. Times are those of the processor, on systems that tell them of a child process (Unix).";

/// The largest exponent that counts as linear: what is left to caches and the machine's noise.
const LINEAR: f64 = 1.15;
/// Bytes of the shapes.
const SIZES: [usize; 4] = [250_000, 500_000, 1_000_000, 2_000_000];
/// Bytes of the words and random structures.
const SMALL: [usize; 2] = [150_000, 600_000];
/// Bytes of the largest text on which growth is told from noise.
const LARGEST: usize = 32_000_000;
/// A time that no noise makes: khabar takes a tenth of it for such a text.
const CERTAIN: Duration = Duration::from_secs(5);
/// How often what seems to grow too fast is measured again, for the shortest time of each size.
const AGAIN: usize = 5;
/// Times below this are too short to tell how they grow.
const SHORT: Duration = Duration::from_millis(20);

pub(crate) fn run(mut args: lexopt::Parser) -> Result<()> {
    let (mut seconds, mut seed, mut only, mut is_time) = (300, 1, String::new(), false);
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("time") => is_time = true,
            Arg::Long("seconds") => seconds = args.value()?.to_string_lossy().parse().context("--seconds")?,
            Arg::Long("seed") => seed = args.value()?.to_string_lossy().parse().context("--seed")?,
            Arg::Long("only") => only = args.value()?.to_string_lossy().into_owned(),
            other => return Err(other.unexpected().into()),
        }
    }
    if !is_time {
        bail!("what is to be tried? See `cargo xtask help torture`");
    }
    let khabar = repo::build_khabar()?;
    let end = Instant::now() + Duration::from_secs(seconds);
    let data: toml::Table = repo::read(&repo::root().join(shape::DATA))?.parse()?;
    let mut torture = Torture { watch: Stopwatch::new(khabar)?, end, findings: Findings::default() };
    let done = torture.shapes(&shape::all(&data)?, &only)?;
    println!("{done} shapes");
    if only.is_empty() {
        torture.random(&shape::strings(&data, "words")?, seed)?;
    }
    torture.findings.end("torture")
}

struct Torture {
    watch: Stopwatch,
    end: Instant,
    findings: Findings,
}

/// What was measured of a text at several sizes.
struct Growth {
    times: Vec<Duration>,
    exponent: Option<f64>,
}

impl Torture {
    fn is_over(&self) -> bool {
        self.end <= Instant::now()
    }

    /// All shapes; returns how many there was time for.
    fn shapes(&mut self, shapes: &[(Shape, &'static str)], only: &str) -> Result<usize> {
        let mut done = 0;
        for (shape, format) in shapes.iter().filter(|(shape, _)| shape.name().contains(only)) {
            if self.is_over() {
                self.findings.add(format!("no time was left for {:?} and what follows it", shape.name()));
                break;
            }
            let name = format!("{:?} as {format}", shape.name());
            if let Some(growth) = self.measure(&name, &SIZES, format, |size| shape.text(size))? {
                let times: Vec<String> =
                    growth.times.iter().map(|time| format!("{:7.3}", time.as_secs_f64())).collect();
                let exponent = growth.exponent.map_or("   -".to_owned(), |exponent| format!("{exponent:4.2}"));
                println!("{exponent} {} s  {name}", times.join(" "));
            }
            done += 1;
        }
        Ok(done)
    }

    /// Words of the lexicons and random structures in turn until the time is over.
    fn random(&mut self, words: &[String], seed: u64) -> Result<()> {
        let mut lexicon = lexicon_words()?;
        Rng::with_seed(seed).shuffle(&mut lexicon);
        let (mut of_lexicons, mut structures) = (0, seed);
        while !self.is_over() {
            if let Some(word) = lexicon.pop() {
                let shape = Shape::of_word(&word);
                self.measure(&format!("the word {word:?}"), &SMALL, "jsonl", |size| shape.text(size))?;
                of_lexicons += 1;
            }
            let name = format!("--seed {structures}: {}", shape::random(words, structures, 0).0);
            self.measure(&name, &SMALL, "jsonl", |size| shape::random(words, structures, size).1)?;
            structures += 1;
        }
        println!(
            "{of_lexicons} words of lexicons, random structures of the seeds {seed} to {}",
            structures.saturating_sub(1)
        );
        Ok(())
    }

    /// Measures a text at several sizes; where the time seems to grow too fast, at sizes four times as large, which tell growth
    /// from noise. `None` where khabar failed.
    fn measure(
        &mut self,
        name: &str,
        sizes: &[usize],
        format: &str,
        text: impl Fn(usize) -> String,
    ) -> Result<Option<Growth>> {
        let mut sizes = sizes.to_vec();
        loop {
            let Some(growth) = self.measure_at(name, &sizes, format, &text)? else { return Ok(None) };
            let Growth { times, exponent } = &growth;
            let Some(exponent) = exponent.filter(|exponent| LINEAR < *exponent) else { return Ok(Some(growth)) };
            sizes.iter_mut().for_each(|size| *size *= 4);
            if sizes.iter().all(|size| *size <= LARGEST) && times.iter().all(|time| *time < CERTAIN) {
                continue;
            }
            let told: Vec<String> = times.iter().map(|time| format!("{:.3}", time.as_secs_f64())).collect();
            let most = sizes[sizes.len() - 1] / 4;
            self.findings.add(format!("{name}: exponent {exponent:.2}, {} s up to {most} bytes", told.join(" ")));
            return Ok(Some(growth));
        }
    }

    /// Measures a text at several sizes, again and again where the time seems to grow too fast, for the shortest times.
    fn measure_at(
        &mut self,
        name: &str,
        sizes: &[usize],
        format: &str,
        text: impl Fn(usize) -> String,
    ) -> Result<Option<Growth>> {
        let mut times = vec![Duration::MAX; sizes.len()];
        let mut growth = None;
        for _ in 0..=AGAIN {
            for (size, best) in sizes.iter().zip(&mut times) {
                match self.watch.time(&text(*size), format)? {
                    Ok(time) => *best = time.min(*best),
                    Err(failure) => {
                        self.findings.add(format!("{name}, {size} bytes: {failure}"));
                        return Ok(None);
                    }
                }
            }
            growth = exponent(sizes, &times);
            if growth.is_none_or(|exponent| exponent <= LINEAR) || times.iter().any(|time| CERTAIN < *time) {
                break;
            }
        }
        Ok(Some(Growth { times, exponent: growth }))
    }
}

/// How the time grows from a quarter of the largest size to the largest; `None` where it is too short to tell.
fn exponent(sizes: &[usize], times: &[Duration]) -> Option<f64> {
    let ((first, last), (quick, slow)) = match (sizes, times) {
        ([.., first, _, last], [.., quick, _, slow]) | ([first, last], [quick, slow]) => ((first, last), (quick, slow)),
        _ => return None,
    };
    // A short time is taken as longer than it was, so that noise in it does not look like growth.
    let quick = (*quick).max(SHORT / 4);
    (SHORT <= *slow).then(|| (slow.as_secs_f64() / quick.as_secs_f64()).ln() / (*last as f64 / *first as f64).ln())
}

/// All Arabic words of the lexicons, each once, in order.
fn lexicon_words() -> Result<Vec<String>> {
    let is_lexicon = |path: &Path| path.extension().is_some_and(|extension| extension == "txt" || extension == "toml");
    let mut words = BTreeSet::new();
    for plugin in
        repo::walk(&repo::root().join("plugins"), &|folder| !folder.ends_with("tests") && !folder.ends_with("src"))?
            .into_iter()
            .filter(|path| is_lexicon(path) && path.components().any(|part| part.as_os_str() == "data"))
    {
        let is_arabic = |c: char| ('\u{621}'..='\u{652}').contains(&c);
        let text = repo::read(&plugin)?;
        words.extend(text.split(|c| !is_arabic(c)).filter(|word| !word.is_empty()).map(str::to_owned));
    }
    Ok(words.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents() {
        let ms = |times: &[u64]| times.iter().copied().map(Duration::from_millis).collect::<Vec<_>>();
        let rounded = |times: &[u64]| exponent(&SIZES, &ms(times)).map(|exponent| (10.0 * exponent).round() / 10.0);
        assert_eq!(rounded(&[10, 20, 40, 80]), Some(1.0));
        assert_eq!(rounded(&[10, 40, 160, 640]), Some(2.0));
        assert_eq!(rounded(&[0, 0, 1, 19]), None, "too short");
        assert_eq!(exponent(&SMALL, &ms(&[100, 400])).map(f64::round), Some(1.0));
    }

    #[test]
    fn the_data_can_be_read() {
        let data = include_str!("../data/torture.toml").parse().expect("TOML");
        let shapes = shape::all(&data).expect("shapes");
        assert!(shapes.iter().all(|(shape, _)| (1000..3000).contains(&shape.text(1000).len())));
        assert!(100 < shape::strings(&data, "words").expect("words").len());
        assert!(1000 < lexicon_words().expect("lexicons").len());
    }
}
