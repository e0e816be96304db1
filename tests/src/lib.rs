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
/// When the plugins do not build, or there is none of this name.
pub fn plugin(name: &str) -> &'static Path {
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let folders = root().join("plugins").read_dir().expect("plugins/ is there");
        let mut arguments = Vec::new();
        for folder in folders.map(|entry| entry.expect("plugins/ is readable").path()) {
            if folder.join("dylib").is_dir() {
                let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                arguments.extend(["--package".to_owned(), format!("khabar-{name}-dylib")]);
            }
        }
        build("build", &arguments)
    });
    built.get(&format!("khabar_{name}_plugin")).unwrap_or_else(|| panic!("no plugin {name} among {built:?}"))
}

/// The shared library of `rogues/moods.rs`, plugins that panic and hang.
///
/// # Panics
/// When it does not build.
pub fn moody_plugins() -> &'static Path {
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let arguments = ["--package", "khabar-tests", "--example", "rogue_moods"];
    let built = BUILT.get_or_init(|| build("build", &arguments.map(str::to_owned)));
    built.get("rogue_moods").expect("an example of this package")
}

/// The shared library of `plugins/words.rs`, plugins that need no lexicon.
///
/// # Panics
/// When it does not build.
pub fn test_plugins() -> &'static Path {
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let arguments = ["--package", "khabar-tests", "--example", "plugin_words"];
    let built = BUILT.get_or_init(|| build("build", &arguments.map(str::to_owned)));
    built.get("plugin_words").expect("an example of this package")
}

/// Compiles `rogues/raw.rs`, a plugin without khabar's crates, into a folder; `rogue` says what is wrong with it, the
/// empty text is nothing at load.
///
/// # Panics
/// When it does not build.
pub fn raw_plugin(folder: &Path, rogue: &str) -> PathBuf {
    let file = folder.join(format!("raw_{rogue}{}", std::env::consts::DLL_SUFFIX));
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.current_dir(root()).args(["--edition=2024", "--crate-type=cdylib", "--cfg", &format!("rogue={rogue:?}")]);
    let status = rustc.arg("-o").arg(&file).arg("tests/rogues/raw.rs").status().expect("rustc starts");
    assert!(status.success(), "{rustc:?}");
    file
}

/// The `khabar` program.
///
/// # Panics
/// When it does not build.
pub fn program() -> &'static Path {
    static BUILT: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| build("build", &["--package", "khabar-cli"].map(str::to_owned)));
    built.get("khabar").expect("khabar-cli makes a program `khabar`")
}

/// Runs `cargo COMMAND …` in the profile that this program was built in, and returns the programs and shared libraries
/// that it made or had, by target.
///
/// # Panics
/// When it fails.
pub fn build(command: &str, arguments: &[String]) -> BTreeMap<String, PathBuf> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root()).args([command, "--quiet", "--profile", &profile()]);
    cargo.arg("--message-format=json-render-diagnostics").args(arguments);
    let output = cargo.output().expect("cargo starts");
    assert!(output.status.success(), "{cargo:?}: {}", String::from_utf8_lossy(&output.stderr));
    let mut built = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("cargo writes JSON");
        let files = message["filenames"].as_array().into_iter().flatten().filter_map(|file| file.as_str());
        let library = files
            .into_iter()
            .map(Path::new)
            .find(|file| file.extension().is_some_and(|extension| extension == std::env::consts::DLL_EXTENSION));
        let own = message["manifest_path"].as_str().is_some_and(|manifest| Path::new(manifest).starts_with(root()));
        if let Some(file) = message["executable"].as_str().map(Path::new).or(library).filter(|_| own) {
            built.insert(message["target"]["name"].as_str().unwrap_or_default().to_owned(), file.to_owned());
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
