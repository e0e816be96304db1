//! The program is asked to end from outside.

#![cfg(unix)]

use std::os::unix::process::CommandExt as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::run::Place;

/// The numbers of the signals that a shell may have told its programs to ignore (POSIX, `kill`).
const SIGHUP: u32 = 1;
const SIGINT: u32 = 2;

/// Waits for something for a minute at the most: a busy machine takes its time, and whoever hangs does so for longer.
fn within<T>(mut what: impl FnMut() -> Option<T>) -> Option<T> {
    (0..6000).find_map(|_| {
        std::thread::sleep(Duration::from_millis(10));
        what()
    })
}

/// Names of temporary files.
fn temporary(place: &Place) -> Vec<String> {
    let entries = std::fs::read_dir(place.path("")).expect("readable").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".khabar-")).collect()
}

/// A signal for the process, or for the group that it leads, as a terminal sends it.
fn ends(place: &Place, signal: &str, is_for_all: bool, wanted: i32) {
    let mut command = place.command(&["annotate", "-", "-o", "out.jsonl"]);
    let mut child = command.process_group(0).spawn().expect("khabar starts");
    // It has begun, and waits for its input.
    within(|| (!temporary(place).is_empty()).then_some(())).expect("a temporary file");
    let to = if is_for_all { format!("-{}", child.id()) } else { child.id().to_string() };
    assert!(Command::new("kill").args(["-s", signal, "--", &to]).status().expect("kill starts").success());
    let ended = within(|| child.try_wait().expect("can be asked")).expect("ends");
    assert_eq!(ended.code(), Some(wanted), "{signal}");
    assert!(temporary(place).is_empty() && !place.path("out.jsonl").exists(), "{signal}: nothing is left");
    let said = child.wait_with_output().expect("has ended").stderr;
    assert_eq!(String::from_utf8_lossy(&said), "khabar: interrupted\n");
}

/// Whether programs that are started here hear a signal, HUP not below `nohup`, INT not in the background of a shell; none where
/// nobody can know.
fn hears(signal: u32) -> Option<bool> {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).map(|mask| mask >> (signal - 1) & 1 == 0)
}

#[test]
#[cfg(target_os = "linux")]
fn what_is_ignored_stays_ignored() {
    let place = Place::bare();
    place.write("khabar.toml", "[[extractor]]\nuse = \"numbers\"\n");
    let khabar = place.command(&[]).get_program().to_owned();
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' INT HUP; exec \"$0\" annotate - -o out.jsonl"]).arg(khabar);
    let mut child = command.current_dir(place.path("")).stdin(Stdio::piped()).spawn().expect("sh starts");
    within(|| (!temporary(&place).is_empty()).then_some(())).expect("a temporary file");
    for signal in ["INT", "HUP"] {
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().expect("kill starts").success());
    }
    // The end of its input.
    drop(child.stdin.take());
    let ended = within(|| child.try_wait().expect("can be asked")).expect("ends");
    assert!(ended.success() && place.path("out.jsonl").exists(), "{ended}");
}

#[test]
fn nothing_is_left() {
    // With a library, which has a process of its own, and without.
    let own = Place::bare();
    own.write("khabar.toml", "[[extractor]]\nuse = \"numbers\"\n");
    for place in [Place::new(), own] {
        for (signal, wanted) in [("INT", 130), ("TERM", 143)] {
            if signal == "INT" && hears(SIGINT) == Some(false) {
                continue;
            }
            ends(&place, signal, false, wanted);
            ends(&place, signal, true, wanted);
        }
        if hears(SIGHUP) == Some(true) {
            ends(&place, "HUP", true, 129);
        }
    }
}
