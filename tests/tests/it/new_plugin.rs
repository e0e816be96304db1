//! A plugin made by `cargo xtask new-plugin`, in a folder of its own: it builds, keeps the promises of a plugin, and is
//! loaded by its path.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use khabar_tests::{program, xtask};

fn run(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Cargo in a folder, offline: the versions are those of the workspace's Cargo.lock. Nothing is kept for a second build.
fn cargo(folder: &Path, arguments: &[&str]) {
    run(Command::new(env!("CARGO"))
        .current_dir(folder)
        .args(arguments)
        .arg("--offline")
        .env("CARGO_TARGET_DIR", target())
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "false"));
}

/// A folder of its own beside what the workspace's own packages are built into.
fn target() -> PathBuf {
    let own = program().ancestors().nth(2).expect("target/PROFILE/khabar");
    own.join("new-plugin")
}

#[test]
fn a_new_plugin_works_outside_of_the_workspace() {
    let folder = tempfile::tempdir().expect("a folder");
    let plugin = folder.path().join("plugin");
    let mut make = Command::new(xtask());
    let told = run(make.args(["new-plugin", "acme-tickers", "--path"]).arg(&plugin));
    assert!(told.contains("cargo build --release --workspace"), "{told}");

    cargo(&plugin, &["test", "--workspace"]);
    cargo(&plugin, &["build", "--workspace"]);
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = target().join(format!("debug/{prefix}khabar_acme_tickers_plugin{suffix}"));

    let configuration = folder.path().join("khabar.toml");
    let library = library.to_str().expect("UTF-8").replace('\\', "/");
    fs::write(&configuration, format!("[[extractor]]\nplugin = \"{library}\"\n")).expect("written");
    let text = folder.path().join("a.txt");
    fs::write(&text, "ونقلت رويترز عن مسؤول").expect("written");
    let mut khabar = Command::new(program());
    let found = run(khabar.args(["annotate", "--format", "jsonl", "--config"]).arg(&configuration).arg(&text));
    assert!(found.contains(r#"{"kind":"acme_tickers.agency","start":6,"end":12,"text":"رويترز""#), "{found}");
}
