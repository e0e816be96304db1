//! The program behind `cargo xtask train-entities`: trains, writes the model file and its card.

#![forbid(unsafe_code)]
#![allow(clippy::print_stderr, reason = "a program for terminals")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use khabar_entities::crf::Model;
use khabar_entities_train::{Corpus, Options, card, evaluate, train};
use lexopt::{Arg, ValueExt};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("train-entities: {error:#}");
            ExitCode::FAILURE
        }
    }
}

struct Arguments {
    data: PathBuf,
    out: PathBuf,
    each: bool,
    options: Options,
}

fn run() -> Result<()> {
    let Arguments { data, out, each, options } = parse()?;
    let start = Instant::now();
    let say = |step: &str| eprintln!("{:7.1} s  {step}", start.elapsed().as_secs_f32());
    let trained = train(&data, &options, say)?;
    let bytes = trained.model;
    let model = Model::parse(&bytes).context("the trained model")?;
    let scores = evaluate(&model, &Corpus::read(&data.join("ner/anercorp.dev.conll"))?);
    std::fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
    write(&out.join("entities.khm"), &bytes)?;
    let card = card(&options, bytes.len(), &scores);
    write(&out.join("README.md"), card.as_bytes())?;
    for (seed, bytes) in trained.each.iter().filter(|_| each) {
        write(&out.join(format!("seed-{seed}.khm")), bytes)?;
    }
    eprintln!("{card}");
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

fn parse() -> Result<Arguments> {
    let (mut data, mut out, mut options) = (None, PathBuf::from("plugins/entities/data/model"), Options::default());
    let mut each = false;
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("data") => data = Some(PathBuf::from(args.value()?)),
            Arg::Long("out") => out = args.value()?.into(),
            Arg::Long("seeds") => {
                let seeds = args.value()?.string()?;
                options.seeds = seeds.split(',').map(str::parse).collect::<Result<_, _>>().context("--seeds")?;
            }
            Arg::Long("each") => each = true,
            Arg::Long("no-silver") => options.silver = false,
            other => return Err(other.unexpected().into()),
        }
    }
    let Some(data) = data else { bail!("--data DIR is missing: the folder that holds ner/") };
    Ok(Arguments { data, out, each, options })
}
