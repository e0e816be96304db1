//! How the program ends.

use std::io::{BufRead as _, BufReader};
use std::time::{Duration, Instant};

use super::run::{Place, library, path_text};

#[test]
fn usage() {
    let place = Place::new();
    assert_eq!(place.khabar(&["annotate"]).code, Some(2));
    assert_eq!(place.khabar(&["annotate", "--format", "xls", "a"]).code, Some(2));
    assert_eq!(place.khabar(&["--version"]).code, Some(0));
    let help = place.khabar(&["--help"]);
    assert!(help.out.contains("Exit codes: 0 done") && help.err.is_empty());
    let words: Vec<&str> = help.out.split_whitespace().collect();
    assert!(words.join(" ").contains("4 a shared library ended the process"), "{}", help.out);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let place = Place::new();
    place.write("in.jsonl", "{\"text\":\"a b c d e f\"}\n".repeat(50_000));
    let mut child = place.command(&["annotate", "in.jsonl"]).spawn().expect("khabar starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("is piped"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line comes");
    drop(stdout);
    let output = child.wait_with_output().expect("khabar ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn an_extractor_that_is_switched_off() {
    let place = Place::bare();
    let config = "config = { panic_on = \"boom\" }\n";
    place.write("khabar.toml", format!("[run]\nmax_panics = 2\n[[extractor]]\n{}{config}", library("words")));
    let input = "{\"text\":\"a\"}\n{\"text\":\"boom\"}\n".repeat(2000);
    let run = |jobs: &str| place.khabar_with(&["annotate", "-", "--jobs", jobs], input.as_bytes());
    let one = run("1");
    assert_eq!(one.code, Some(1));
    assert!(one.err.contains("khabar: extractor test.words panicked too often and is disabled"), "{}", one.err);
    let lines = one.lines();
    let code = |at: usize| lines[at]["errors"][0]["code"].as_str();
    assert_eq!([code(2), code(3), code(4)], [None, Some("extractor_panicked"), Some("extractor_off")]);
    for jobs in ["2", "8"] {
        let many = run(jobs);
        assert!(many.out == one.out && many.code == one.code, "{jobs} jobs");
    }
}

#[test]
fn a_hang_names_extractor_and_document() {
    let place = Place::bare();
    let library = path_text(khabar_tests::moody_plugins());
    let config = format!(
        "[run]\ntimeout_seconds = 1\n[[extractor]]\nplugin = {}\nuse = \"rogue.hangs_deaf\"\n",
        serde_json::Value::from(library)
    );
    place.write("khabar.toml", config);
    let input = "{\"id\":\"good\",\"text\":\"a\"}\n{\"id\":\"bad\",\"text\":\"hang\"}\n";
    let start = Instant::now();
    let ran = place.khabar_with(&["annotate", "-", "--jobs", "2"], input.as_bytes());
    assert_eq!(ran.code, Some(3), "{}", ran.err);
    assert_eq!(ran.err, "khabar: extractor rogue.hangs_deaf does not respond on document bad: the run was stopped\n");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told() {
    let place = Place::new();
    place.write("a.txt", "نص");
    for arguments in [&["help"][..], &["--version"], &["annotate", "--help"], &["annotate", "a.txt"], &["man"]] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("opens");
        let output = place.command(arguments).stdout(full).output().expect("khabar starts");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.starts_with("khabar: output: No space left"), "{said}");
    }
}
