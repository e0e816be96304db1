//! What the end-to-end tests share: where the repository is, and what `cargo` builds for them, once a run.

#![forbid(unsafe_code)]
#![expect(clippy::expect_used, reason = "tests end with the first thing that is not as it should be")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The workspace's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ has a parent")
}

/// The sample corpus: file name without extension and text, in order.
///
/// # Panics
/// When it cannot be read.
pub fn seeds() -> Vec<(String, String)> {
    let folder = root().join("seeds");
    let mut files: Vec<PathBuf> =
        folder.read_dir().expect("seeds/ is there").map(|entry| entry.expect("seeds/ is readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let name = |file: &Path| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), std::fs::read_to_string(file).expect("an article in UTF-8"))).collect()
}

/// The shared library of one of khabar's own plugins: `numbers`, `dates`, ….
///
/// # Panics
/// When the workspace does not build, or there is none of this name.
pub fn plugin(name: &str) -> &'static Path {
    made(&format!("khabar_{name}_plugin"))
}

/// The shared library of `rogues/moods.rs`, plugins that panic and hang.
///
/// # Panics
/// When the workspace does not build.
pub fn moody_plugins() -> &'static Path {
    made("rogue_moods")
}

/// The shared library of `plugins/words.rs`, plugins that need no lexicon.
///
/// # Panics
/// When the workspace does not build.
pub fn test_plugins() -> &'static Path {
    made("plugin_words")
}

/// The `khabar` program.
///
/// # Panics
/// When the workspace does not build.
pub fn program() -> &'static Path {
    made("khabar")
}

/// The `xtask` program.
///
/// # Panics
/// When the workspace does not build.
pub fn xtask() -> &'static Path {
    made("xtask")
}

/// Compiles `rogues/raw.rs`, a plugin without khabar's crates, into a folder; `rogue` says what is wrong with it, the
/// empty text is nothing at load.
///
/// # Panics
/// When it does not build.
pub fn raw_plugin(folder: &Path, rogue: &str) -> PathBuf {
    let file = folder.join(format!("raw_{rogue}{}", std::env::consts::DLL_SUFFIX));
    compile(rustc().args(["--cfg", &format!("rogue={rogue:?}"), "tests/rogues/raw.rs"]), &file);
    file
}

/// Compiles `rogues/abort.rs`, a plugin with `panic = "abort"`, into a folder.
///
/// # Panics
/// When it does not build.
pub fn aborting_plugin(folder: &Path) -> PathBuf {
    let file = folder.join(format!("abort{}", std::env::consts::DLL_SUFFIX));
    let mut rustc = rustc();
    // By hand: for `cargo rustc` all that it depends on would be built once more, since it takes one package alone.
    for name in ["khabar_abi", "khabar_extractor", "serde"] {
        let library = built().crates.get(name).unwrap_or_else(|| panic!("no crate {name}"));
        let folder = library.parent().unwrap_or(library);
        rustc.arg("--extern").arg(format!("{name}={}", library.display()));
        rustc.arg("-L").arg(format!("dependency={}", folder.display()));
    }
    compile(rustc.args(["-Cpanic=abort", "tests/rogues/abort.rs"]), &file);
    file
}

fn rustc() -> Command {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(root()).args(["--edition=2024", "--crate-type=cdylib"]);
    rustc
}

fn compile(rustc: &mut Command, file: &Path) {
    let status = rustc.arg("-o").arg(file).status().expect("rustc starts");
    assert!(status.success(), "{rustc:?}");
}

/// What cargo made of the workspace, or had.
struct Built {
    /// Programs and shared libraries, by target.
    programs: BTreeMap<String, PathBuf>,
    /// Crates to link with, by name; the workspace's and its dependencies.
    crates: BTreeMap<String, PathBuf>,
}

/// A program or shared library of the workspace.
fn made(target: &str) -> &'static Path {
    let programs = &built().programs;
    programs.get(target).unwrap_or_else(|| panic!("no {target} among {programs:?}"))
}

/// Builds the workspace's programs and shared libraries in the profile that this program was built in, once a process.
///
/// All packages and the examples at once: cargo then chooses the same features of all crates as for
/// `cargo test --workspace`, and links alone are left to do. For one package it would build all crates again.
fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(build)
}

fn build() -> Built {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args(["build", "--quiet", "--profile", &profile()]);
    cargo.args(["--workspace", "--lib", "--bins", "--examples", "--message-format=json-render-diagnostics"]);
    let output = cargo.output().expect("cargo starts");
    assert!(output.status.success(), "{cargo:?}: {}", String::from_utf8_lossy(&output.stderr));
    let mut built = Built { programs: BTreeMap::new(), crates: BTreeMap::new() };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("cargo writes JSON");
        let files = message["filenames"].as_array().into_iter().flatten().filter_map(|file| file.as_str());
        let files: Vec<&Path> = files.map(Path::new).collect();
        let with =
            |extension: &str| files.iter().copied().find(|file| file.extension().is_some_and(|e| e == extension));
        let name = || message["target"]["name"].as_str().unwrap_or_default().to_owned();
        let own = message["manifest_path"].as_str().is_some_and(|manifest| Path::new(manifest).starts_with(root()));
        let program = message["executable"].as_str().map(Path::new).or(with(std::env::consts::DLL_EXTENSION));
        if let Some(file) = program.filter(|_| own) {
            built.programs.insert(name(), file.to_owned());
        } else if let Some(file) = with("rlib") {
            built.crates.insert(name(), file.to_owned());
        }
    }
    built
}

/// The profile of this program: it lies in `target/PROFILE/deps`.
fn profile() -> String {
    let program = std::env::current_exe().expect("a running program has a file");
    let folder = program.ancestors().nth(2).and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if folder == "debug" { "dev".to_owned() } else { folder.into_owned() }
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct ReadmeIsTrue;
