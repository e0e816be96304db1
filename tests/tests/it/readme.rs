//! README.md is true: its example gives what it shows, its plugin keeps the promises of one. Its Rust blocks run as
//! documentation tests of this package.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use khabar_tests::{program, root};
use serde_json::Value as Json;

#[rustfmt::skip]
mod plugin {
    include!("../../plugins/hashtags.rs");

    #[test]
    fn keeps_the_promises_of_a_plugin() {
        khabar_extractor::conformance::<Hashtags>();
    }
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("README.md")
}

/// The first block of a language in a Markdown text.
fn block<'t>(text: &'t str, language: &str) -> &'t str {
    let (_, rest) = text.split_once(&format!("```{language}\n")).expect("a block");
    rest.split_once("```").expect("its end").0
}

#[test]
fn the_plugin_is_the_one_that_is_tested() {
    let source = fs::read_to_string(root().join("tests/plugins/hashtags.rs")).expect("the plugin");
    let (_, code) = source.split_once("\n\n").expect("a head and the code");
    assert_eq!(block(&readme(), "rust"), code);
}

#[test]
fn the_example_is_true() {
    let readme = readme();
    let (_, example) = readme.split_once("<!-- A test keeps this true. -->").expect("an example");
    let (echo, khabar) = block(example, "sh").trim().split_once(" | khabar ").expect("a pipe");
    let text = echo.strip_prefix("echo '").and_then(|rest| rest.strip_suffix('\'')).expect("an echo");

    let mut child = Command::new(program())
        .args(khabar.split(' '))
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("khabar starts");
    writeln!(child.stdin.take().expect("its input"), "{text}").expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());

    let found: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    let shown: Json = serde_json::from_str(block(example, "json")).expect("JSON in README.md");
    let line = String::from_utf8_lossy(&output.stdout).replace("},{\"kind\"", "},\n  {\"kind\"");
    assert_eq!(found, shown, "\n{line}");
}
