//! `--resume`: killed at any moment, a run loses nothing.

use std::path::Path;
use std::time::Duration;

use super::run::{Place, library};

/// A place where the run takes a second or two.
fn slow() -> Place {
    let place = Place::bare();
    let config = format!("[[extractor]]\n{}config = {{ nap_ms = 5, only = [\"علامة\"] }}\n", library("words"));
    place.write("khabar.toml", config);
    // Long enough for many batches, with little to find in each.
    let text = "كلمة ".repeat(2000);
    let lines: Vec<String> = (0..400).map(|at| format!("{{\"id\":\"{at}\",\"text\":\"{text}علامة {at}\"}}")).collect();
    place.write("in.jsonl", lines.join("\n"));
    place
}

#[test]
fn killed_and_resumed_is_as_unbroken() {
    let place = slow();
    let arguments = ["annotate", "in.jsonl", "--jobs", "2", "--format", "json", "--only", "test.word"];
    let whole = place.khabar(&[&arguments[..], &["-o", "whole.json"]].concat());
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    let resumed = [&arguments[..], &["-o", "out.json", "--resume"]].concat();
    let mut resumptions = 0;
    for round in 0..20_u64 {
        let before = std::fs::read(place.path("out.json.resume")).unwrap_or_default();
        let mut child = place.command(&resumed).spawn().expect("khabar starts");
        // Until there is another checkpoint, and a little longer, which is another moment every round.
        for _ in 0..400 {
            let now = std::fs::read(place.path("out.json.resume")).unwrap_or_default();
            if now != before || child.try_wait().expect("can be asked").is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(round * 7919 % 31));
        // It may have ended by itself.
        let _ = child.kill();
        let said = child.wait_with_output().expect("has ended").stderr;
        resumptions += usize::from(String::from_utf8_lossy(&said).contains("resuming after"));
        if place.path("out.json").exists() {
            break;
        }
    }
    let last = place.khabar(&resumed);
    assert_eq!(last.code, Some(0), "{}", last.err);
    assert!(0 < resumptions, "no run was long enough to be resumed");
    assert!(place.read("out.json") == place.read("whole.json"), "the two differ");
    assert!(!place.path("out.json.partial").exists() && !place.path("out.json.resume").exists());
}

#[test]
fn another_run_is_not_mixed_in() {
    let place = slow();
    let mut child = place.command(&["annotate", "in.jsonl", "-o", "out.jsonl", "--resume"]).spawn().expect("starts");
    let kept = (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(25));
        place.path("out.jsonl.resume").exists()
    });
    child.kill().expect("can be killed");
    child.wait().expect("has ended");
    assert!(kept, "a checkpoint is written");
    if !place.path("out.jsonl").exists() {
        let other = place.khabar(&["annotate", "in.jsonl", "-o", "out.jsonl", "--resume", "--offsets", "byte"]);
        assert_eq!(other.code, Some(2));
        assert!(other.err.starts_with("khabar: out.jsonl.resume: belongs to a different run"), "{}", other.err);
    }
    for (arguments, said) in [
        (&["annotate", "in.jsonl", "--resume"][..], "khabar: --resume needs -o FILE\n"),
        (&["annotate", "-", "-o", "x", "--resume"], "khabar: --resume needs files as inputs: - is not a file\n"),
    ] {
        let ran = place.khabar(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(2), said));
    }
}

/// A place where a run has been killed behind a checkpoint.
fn killed() -> Place {
    let place = slow();
    kill_behind_a_checkpoint(&place);
    place
}

fn reaches_a_checkpoint(place: &Place) -> bool {
    (0..2000).any(|_| {
        std::thread::sleep(Duration::from_millis(5));
        place.path("out.jsonl.resume").exists()
    })
}

fn kill_behind_a_checkpoint(place: &Place) {
    let mut child = place.command(&ARGUMENTS).spawn().expect("starts");
    let kept = reaches_a_checkpoint(place);
    child.kill().expect("can be killed");
    child.wait().expect("has ended");
    assert!(kept && !place.path("out.jsonl").exists(), "killed behind a checkpoint");
}

const ARGUMENTS: [&str; 7] = ["annotate", "in.jsonl", "--jobs", "1", "-o", "out.jsonl", "--resume"];

#[test]
fn what_does_not_fit_is_refused_with_the_remedy() {
    let place = killed();
    let [manifest, partial] =
        ["out.jsonl.resume", "out.jsonl.partial"].map(|name| std::fs::read(place.path(name)).expect("is there"));
    let text = String::from_utf8(manifest.clone()).expect("text");
    let documents = text.split("\"documents\":").nth(1).and_then(|rest| rest.split(',').next()).expect("a count");
    let count = format!("\"documents\":{documents}");
    let older = text.lines().nth(1).expect("behind the checksum");
    let changed = {
        let mut changed = partial.clone();
        changed[100] ^= 1;
        changed
    };
    let damaged = "out.jsonl.resume: damaged, or written by another version of khabar";
    for (manifest, partial, said) in [
        (text.replace(&count, "\"documents\":99999999").into_bytes(), &partial, damaged),
        (manifest[..manifest.len() / 2].to_vec(), &partial, damaged),
        (Vec::new(), &partial, damaged),
        (older.into(), &partial, damaged),
        (manifest.clone(), &changed, "out.jsonl.partial: was changed since it was written"),
        (manifest.clone(), &partial[..100].to_vec(), "out.jsonl.partial: is shorter than what was written"),
    ] {
        place.write("out.jsonl.resume", &manifest);
        place.write("out.jsonl.partial", partial);
        let ran = place.khabar(&ARGUMENTS);
        let remedy = "delete out.jsonl.resume and out.jsonl.partial to start over";
        assert_eq!((ran.code, ran.err), (Some(2), format!("khabar: {said}; {remedy}\n")));
        assert!(std::fs::read(place.path("out.jsonl.partial")).ok().as_ref() == Some(partial), "{said}: it stays");
    }
    place.write("out.jsonl.resume", &manifest);
    place.write("out.jsonl.partial", &partial);
    let last = place.khabar(&ARGUMENTS);
    assert_eq!(last.code, Some(0), "{}", last.err);
    assert!(last.err.starts_with("khabar: resuming after "), "{}", last.err);
    assert_eq!(place.read("out.jsonl").lines().count(), 400);
}

#[test]
fn a_file_that_the_configuration_names_was_changed() {
    let place = slow();
    place.write("register.toml", "");
    let config = place.read("khabar.toml").replace("only = [", "only = [\"register.toml\", ");
    place.write("khabar.toml", config);
    kill_behind_a_checkpoint(&place);
    place.write("register.toml", "# other");
    let ran = place.khabar(&ARGUMENTS);
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    let said = "khabar: out.jsonl.resume: belongs to a different run: the inputs, extractors, files that these read, or options differ";
    assert!(ran.err.starts_with(said), "{}", ran.err);
}

#[test]
fn what_others_do_to_the_file_meanwhile_is_told() {
    type Interfere = fn(&Path);
    let interfere: [(&str, Interfere); 3] = [
        ("was removed", |partial| std::fs::remove_file(partial).expect("removed")),
        ("was changed", |partial| drop(std::fs::File::create(partial).expect("emptied"))),
        ("was replaced", |partial| {
            std::fs::rename(partial, partial.with_extension("old")).expect("moved");
            std::fs::write(partial, "other").expect("written");
        }),
    ];
    let runs = interfere.map(|(said, interfere)| {
        let place = slow();
        let child = place.command(&ARGUMENTS).spawn().expect("starts");
        assert!(reaches_a_checkpoint(&place));
        interfere(&place.path("out.jsonl.partial"));
        (said, place, child)
    });
    for (change, place, child) in runs {
        let ended = child.wait_with_output().expect("ends");
        let said = format!(
            "khabar: out.jsonl.partial: {change} while this run wrote it; out.jsonl was not written: \
             delete out.jsonl.resume and out.jsonl.partial, and run again\n"
        );
        assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(2), said.as_str()));
        assert!(place.path("out.jsonl.resume").exists() && !place.path("out.jsonl").exists());
    }
}

#[test]
#[cfg(unix)]
fn what_is_no_file_is_refused() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let place = Place::bare();
    place.write("in.jsonl", "{\"id\":\"1\",\"text\":\"نص\"}\n");
    assert!(std::process::Command::new("mkfifo").arg(place.path("fifo")).status().expect("mkfifo starts").success());
    symlink("fifo", place.path("link")).expect("linked");
    for (number, suffix) in ["partial", "resume", "resume.new"].into_iter().enumerate() {
        let device = if number == 0 { "fifo" } else { "/dev/null" };
        symlink(device, place.path(&format!("out{number}.{suffix}"))).expect("linked");
    }
    let remedy = "write to a file, or omit --resume";
    let beside = "remove it, or write to another file";
    for (output, refused, remedy) in [
        ("fifo", "fifo", remedy),
        ("link", "link", remedy),
        ("/dev/stdout", "/dev/stdout", remedy),
        ("out0", "out0.partial", beside),
        ("out1", "out1.resume", beside),
        ("out2", "out2.resume.new", beside),
    ] {
        let ran = place.khabar(&["annotate", "in.jsonl", "--resume", "-o", output]);
        let said = format!("khabar: {refused}: not a file, as --resume needs: {remedy}\n");
        assert_eq!((ran.code, ran.err), (Some(2), said));
    }
    assert!(std::fs::metadata(place.path("fifo")).expect("is there").file_type().is_fifo());
}

#[test]
fn two_runs_at_once() {
    let place = slow();
    // Long enough for the second to give up.
    let config = place.read("khabar.toml");
    place.write("khabar.toml", config.replace("nap_ms = 5", "nap_ms = 10"));
    let first = place.command(&ARGUMENTS).spawn().expect("starts");
    assert!(reaches_a_checkpoint(&place));
    let second = place.khabar(&ARGUMENTS);
    let said = "out.jsonl.partial: another run is writing this file: wait until it ends, or write to another file";
    assert_eq!((second.code, second.err), (Some(2), format!("khabar: {said}\n")));
    let ended = first.wait_with_output().expect("ends");
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    let lines = place.read("out.jsonl");
    assert!(!lines.contains('\0') && lines.lines().count() == 400);
    assert!(!place.path("out.jsonl.partial").exists() && !place.path("out.jsonl.resume").exists());
}
