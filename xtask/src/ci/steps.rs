//! The steps: each gives commands, or says why it is left out here.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::repo;

/// What a step comes to on this machine.
pub(super) enum Step {
    /// These commands, all of them.
    Run(Vec<Command>),
    /// Nothing, for this reason.
    LeftOut(String),
}

/// All, in order.
pub(super) const STEPS: &[fn() -> Result<Step>] = &[workspace, oldest, words, dependencies, sanitized, fuzzed];

/// Bytes that the program may have: 10.5 million are the model of names, 0.9 million the register of the world.
const MOST_BYTES: u64 = 23_000_000;

fn workspace() -> Result<Step> {
    let steps: &[&[&str]] = &[
        &["test", "--workspace"],
        &["fmt", "--all", "--check"],
        &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"],
        &["doc", "--workspace", "--no-deps"],
        &["xtask", "tidy"],
        &["xtask", "corpus", "--release", "--check"],
        &["xtask", "rules", "--check"],
    ];
    let mut commands: Vec<Command> = steps.iter().map(|step| repo::cargo(step)).collect();
    for command in &mut commands {
        command.env("RUSTDOCFLAGS", "--deny warnings");
    }
    Ok(Step::Run(commands))
}

/// What is published, compiled by the oldest Rust that is promised, in each combination of features.
fn oldest() -> Result<Step> {
    let manifest = repo::read(&repo::root().join("Cargo.toml"))?;
    let manifest: toml::Table = toml::from_str(&manifest).context("Cargo.toml")?;
    let version =
        manifest["workspace"]["package"]["rust-version"].as_str().context("Cargo.toml has no rust-version")?;
    let toolchain = format!("+{version}");
    if host(&toolchain).is_none() {
        return Ok(Step::LeftOut(format!("no Rust {version}: `rustup toolchain install {version} --profile minimal`")));
    }
    let combinations: &[&[&str]] = &[
        &["--workspace", "--exclude", "xtask"],
        &["--package", "khabar-runner", "--no-default-features"],
        &["--package", "khabar-runner", "--no-default-features", "--features", "html"],
        &["--package", "khabar-runner", "--no-default-features", "--features", "builtin"],
        &["--package", "khabar-extractor", "--features", "conformance"],
        &["--package", "khabar-arabic", "--features", "tantivy"],
    ];
    let check = |features: &&[&str]| cargo_of(&toolchain, &[&["check", "--quiet"], *features].concat());
    Ok(Step::Run(combinations.iter().map(check).collect()))
}

/// The words of code and documents.
fn words() -> Result<Step> {
    let mut typos = Command::new("typos");
    typos.current_dir(repo::root());
    Ok(installed(typos, "typos"))
}

/// The licences and sources of the dependencies; the database of advisories needs a network.
fn dependencies() -> Result<Step> {
    let mut deny = Command::new("cargo-deny");
    deny.current_dir(repo::root()).args(["--locked", "check", "bans", "licenses", "sources"]);
    Ok(installed(deny, "cargo-deny"))
}

/// The tests of the crates with unsafe code, with AddressSanitizer, which stable Rust doesn't have. Host and plugin
/// are in one process there, since the sanitizer does not follow a library that is loaded.
fn sanitized() -> Result<Step> {
    let Some(host) = host("+nightly").filter(|host| host.ends_with("-linux-gnu")) else {
        return Ok(Step::LeftOut("AddressSanitizer: no nightly toolchain, or not Linux".into()));
    };
    let arguments = ["test", "--package", "khabar-abi", "--package", "khabar-simd", "--tests", "--target", &host];
    let mut command = cargo_of("+nightly", &arguments);
    command.env("RUSTFLAGS", "-Zsanitizer=address").env("CARGO_TARGET_DIR", repo::target().join("sanitized"));
    Ok(Step::Run(vec![command]))
}

/// A minute of the fuzz target. The flags are those of cargo-fuzz, which would have to be built first.
fn fuzzed() -> Result<Step> {
    let Some(host) = host("+nightly").filter(|host| host.ends_with("-linux-gnu")) else {
        return Ok(Step::LeftOut("fuzzing: no nightly toolchain, or not Linux".into()));
    };
    let folder = repo::target().join("fuzzed");
    let corpus = folder.join("corpus");
    std::fs::create_dir_all(&corpus).with_context(|| corpus.display().to_string())?;
    let manifest = ["--manifest-path", "crates/arabic/fuzz/Cargo.toml", "--bin", "analysis", "--target", &host];
    let mut command = cargo_of("+nightly", &[&["run", "--release"], &manifest[..]].concat());
    command.args(["--", "-max_total_time=60", "-timeout=10", "-max_len=4096", "-seed=1", "-print_final_stats=1"]);
    // New texts go to the first folder.
    command.arg(format!("-artifact_prefix={}/", folder.display())).arg(corpus).arg(repo::root().join("seeds"));
    let coverage = "-Zsanitizer=address -Cdebug-assertions --cfg fuzzing -Cpasses=sancov-module \
                    -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
                    -Ccodegen-units=1";
    command.env("RUSTFLAGS", coverage).env("CARGO_TARGET_DIR", &folder);
    Ok(Step::Run(vec![command]))
}

/// Compares the size of the program with [`MOST_BYTES`].
///
/// # Errors
/// When it is larger, or has not been built.
pub(super) fn size() -> Result<()> {
    let program = repo::target().join("release/khabar").with_extension(std::env::consts::EXE_EXTENSION);
    let bytes = program.metadata().with_context(|| program.display().to_string())?.len();
    eprintln!("{}: {bytes} bytes", repo::relative(&program));
    if MOST_BYTES < bytes {
        bail!("{} has {bytes} bytes, more than {MOST_BYTES}", repo::relative(&program));
    }
    Ok(())
}

/// The command, if the program answers.
fn installed(command: Command, name: &str) -> Step {
    let mut version = Command::new(command.get_program());
    let answer = version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if answer.is_ok_and(|status| status.success()) {
        Step::Run(vec![command])
    } else {
        Step::LeftOut(format!("{name} is not installed"))
    }
}

/// The machine that a toolchain of rustup (`+nightly`) compiles for; none if there is no such toolchain.
fn host(toolchain: &str) -> Option<String> {
    let mut rustc = Command::new("rustc");
    let version = clean(rustc.args([toolchain, "--version", "--verbose"])).output().ok()?;
    let version = String::from_utf8(version.stdout).ok().filter(|_| version.status.success())?;
    version.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned)
}

/// Cargo of a toolchain of rustup, in the workspace's root.
fn cargo_of(toolchain: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    clean(&mut command).current_dir(repo::root()).arg(toolchain).args(arguments);
    command
}

/// Through rustup again: what cargo sets for this program would choose its own toolchain.
fn clean(command: &mut Command) -> &mut Command {
    command.env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC").env_remove("RUSTDOC").env_remove("CARGO")
}
