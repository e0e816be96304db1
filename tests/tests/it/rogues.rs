//! Bad plugins, loaded for real: each is refused or contained with a message that says what it did.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use khabar_abi::{Library, LoadError};
use khabar_arabic::Analysis;
use khabar_core::Layer;
use khabar_extractor::{Doc, ExtractError, Extractor, Info, Output, Scratch};
use khabar_tests::{aborting_plugin, moody_plugins, program, raw_plugin};
use serde_json::json;
use tempfile::TempDir;

/// Where this program's rogues are built. Libraries are never unloaded, their files may go.
fn folder() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    FOLDER.get_or_init(|| TempDir::new().unwrap_or_else(|error| panic!("{error}"))).path()
}

/// What the host says of a file, without the file's path, which comes first.
fn refusal(file: &Path) -> String {
    match Library::open(file) {
        Ok(_) => panic!("{} was loaded", file.display()),
        Err(error) => {
            let told = error.to_string();
            let rest = told.strip_prefix(&format!("{}: ", file.display())).map(str::to_owned);
            rest.unwrap_or_else(|| panic!("{told:?} does not begin with the file"))
        }
    }
}

/// The one that is refused only when it runs.
fn raw() -> &'static Path {
    static FILE: OnceLock<PathBuf> = OnceLock::new();
    FILE.get_or_init(|| raw_plugin(folder(), ""))
}

fn raw_refusal(rogue: &str) -> String {
    refusal(&raw_plugin(folder(), rogue))
}

#[test]
fn no_library() {
    let file = |name: &str, contents: &[u8]| -> PathBuf {
        let path = folder().join(name);
        std::fs::write(&path, contents).expect("written");
        path
    };
    assert!(refusal(&folder().join("missing.so")).starts_with("cannot be read: "));
    assert!(refusal(Path::new("libc.so.6")).starts_with("cannot be read: "), "no folder of the system is searched");
    for path in [file("text.so", "خبر".as_bytes()), file("empty.so", b""), file("cut.so", b"\x7fELF\x02\x01\x01")] {
        let told = refusal(&path);
        assert!(told.starts_with("cannot load this as a shared library: "), "{told}");
        assert!(!told.contains(".so: "), "the file is named once: {told}");
    }
    assert!(matches!(Library::open(folder()), Err(LoadError::Read { .. } | LoadError::NotALibrary { .. })));
}

#[test]
fn a_header_is_read_before_anything_runs() {
    assert_eq!(raw_refusal("symbol"), "not a khabar plugin: it does not export KHABAR_PLUGIN");
    assert_eq!(raw_refusal("magic"), "not a khabar plugin: its KHABAR_PLUGIN does not begin with KHABARPL");
    assert_eq!(
        raw_refusal("major"),
        "built for version 2.0 of the plugin interface, this khabar takes 1.*: build it against another version of \
         khabar-abi"
    );
    assert_eq!(raw_refusal("size"), "its declaration has 40 bytes of 80");
    assert_eq!(raw_refusal("none"), "its declaration has no extractors");
    assert_eq!(raw_refusal("null"), "its declaration has no extract");
}

#[test]
fn a_build_that_aborts() {
    assert_eq!(
        refusal(&aborting_plugin(folder())),
        "built with panic = \"abort\", so a panic would end the run: build it with panic = \"unwind\""
    );
}

#[test]
fn descriptions() {
    let begins = |rogue, wanted: &str| {
        let told = raw_refusal(rogue);
        assert!(told.starts_with(wanted), "{told}");
    };
    begins("describe", "cannot describe extractor 0: panicked: no words at raw.rs:1:1");
    begins("rubbish", "cannot describe extractor 0: EOF while parsing");
    begins("nameless", "cannot describe extractor 0: invalid extractor name \"\": expected letters");
    begins("kindless", "cannot describe extractor 0: rogue.raw provides no kind");
}

/// An extractor with a worker.
struct Bench {
    info: Info,
    extractor: Box<dyn Extractor>,
    scratch: Scratch,
    layer: Layer,
}

impl Bench {
    fn new(file: &Path, name: &str) -> Self {
        let made = Library::open(file).and_then(|library| library.create(name, &json!({})));
        let (info, extractor) = made.unwrap_or_else(|error| panic!("{error}"));
        Self { info, extractor, scratch: Scratch::default(), layer: Layer::default() }
    }

    fn run(&mut self, id: &str, text: &str, cancel: &AtomicU32) -> Result<String, ExtractError> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        self.layer.clear();
        let mut output = Output::new(&mut self.layer, &self.info).cancelled_by(cancel);
        self.extractor.extract(&Doc::new(id, text, &analysis), &mut output, &mut self.scratch)?;
        Ok(self.layer.records().iter().map(|r| String::from_utf8_lossy(self.layer.value(r))).collect())
    }

    fn refusal(&mut self, id: &str) -> String {
        match self.run(id, "مم", &AtomicU32::new(0)) {
            Ok(values) => panic!("{id}: {values}"),
            Err(refused) => {
                assert!(self.layer.records().is_empty() || id == "twice", "{id}: nothing of the layer stays");
                refused.to_string()
            }
        }
    }
}

#[test]
fn a_plugin_of_a_later_minor_version_written_without_our_crates_works() {
    let mut bench = Bench::new(&raw_plugin(folder(), "minor"), "rogue.raw");
    assert_eq!(bench.run("good", "مم", &AtomicU32::new(0)).expect("runs"), "{}{}");
    assert_eq!(bench.run("nothing", "مم", &AtomicU32::new(0)).expect("runs"), "");
    assert_eq!(bench.run("pretty", "مم", &AtomicU32::new(0)).expect("runs"), "{    \"a\": 1}", "a value is one line");
}

#[test]
fn one_bad_record_refuses_the_layer() {
    let mut bench = Bench::new(raw(), "rogue.raw");
    assert_eq!(bench.refusal("splits"), "record 1: span 0..1 splits a character");
    assert_eq!(bench.refusal("reversed"), "record 1: span 2..0 is reversed");
    assert_eq!(bench.refusal("outside"), "record 1: span 0..100 lies outside of the text of 4 bytes");
    assert_eq!(bench.refusal("undeclared"), "record 1: kind 1 was not declared, the extractor declares 1");
    assert_eq!(bench.refusal("nan"), "record 1: confidence NaN is not between 0 and 1");
    assert_eq!(bench.refusal("sure"), "record 1: confidence 1.5 is not between 0 and 1");
    assert_eq!(bench.refusal("heap"), "record 1: value 1+2 lies outside of the heap of 2 bytes");
    let (overflow, json) = (bench.refusal("overflow"), bench.refusal("json"));
    assert!(overflow.ends_with("lies outside of the heap of 2 bytes"), "{overflow}");
    assert!(json.starts_with("record 1: value is not JSON: EOF"), "{json}");
    assert!(bench.refusal("broken_string").starts_with("record 0: value is not JSON: control character"));
    assert!(bench.refusal("utf8").starts_with("record 0: value is not JSON: invalid utf-8"));
    assert_eq!(bench.refusal("swallows"), "record 1: span 0..1 splits a character", "whatever the plugin returns");
    assert_eq!(bench.run("good", "مم", &AtomicU32::new(0)).expect("runs"), "{}{}", "the next document is fine");
}

#[test]
fn rules_of_the_interface() {
    let mut bench = Bench::new(raw(), "rogue.raw");
    assert_eq!(bench.refusal("twice"), "refused: emit was called twice");
    assert_eq!(bench.refusal("nowhere"), "refused: what was emitted does not lie in memory");
    assert_eq!(bench.refusal("endless"), "refused: what was emitted does not lie in memory");
    assert_eq!(bench.refusal("status"), "refused: status 42 has no meaning: it gives no reason");
    assert_eq!(bench.refusal("silent"), "it gives no reason");
    let chatty = bench.refusal("chatty");
    assert!(chatty.starts_with("ثرثرة ثرثرة ") && chatty.len() < 5_000, "{} bytes", chatty.len());

    let library = Library::open(raw_plugin(folder(), "handle")).expect("loads");
    let told = library.create("rogue.raw", &json!({})).map(|_| ()).expect_err("refused").to_string();
    assert!(told.ends_with("extractor \"rogue.raw\": refused: create gave no handle"), "{told}");
    let mut bench = Bench::new(&raw_plugin(folder(), "worker"), "rogue.raw");
    assert_eq!(bench.refusal("good"), "refused: worker_new gave no worker");
}

#[test]
fn panics_stay_on_their_side() {
    let go = AtomicU32::new(0);
    let mut bench = Bench::new(moody_plugins(), "rogue.panics");
    assert_eq!(bench.run("1", "خبر", &go).expect("runs"), r#"{"value":1}"#);
    assert_eq!(bench.run("2", "خبر", &go).expect("runs"), r#"{"value":2}"#);
    let panicked = bench.run("3", "panic", &go).expect_err("panics");
    assert!(matches!(panicked, ExtractError::Panicked(_)));
    let told = panicked.to_string();
    assert!(told.starts_with("panicked: bad mood in 3 at ") && told.contains("moods.rs:"), "{told}");
    assert_eq!(bench.run("4", "خبر", &go).expect("runs"), r#"{"value":1}"#, "on a new worker");

    let library = Library::open(moody_plugins()).expect("loads");
    let told = library.create("rogue.panics_in_create", &json!({})).map(|_| ()).expect_err("refused").to_string();
    assert!(told.contains("extractor \"rogue.panics_in_create\": panicked: no mood for a start at "), "{told}");

    let mut bench = Bench::new(moody_plugins(), "rogue.panics_in_drop");
    assert_eq!(bench.run("1", "خبر", &go).expect("runs"), r#"{"value":1}"#);
    bench.scratch = Scratch::default();
    assert_eq!(bench.run("2", "خبر", &go).expect("runs"), r#"{"value":1}"#);
}

#[test]
fn a_plugin_that_hangs_hears_the_flag() {
    let cancel = AtomicU32::new(0);
    let mut bench = Bench::new(moody_plugins(), "rogue.hangs");
    assert_eq!(bench.run("1", "خبر", &cancel).expect("runs"), r#"{"value":1}"#);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(20));
            cancel.store(1, Ordering::Relaxed);
        });
        assert!(matches!(bench.run("2", "hang", &cancel), Err(ExtractError::Cancelled)));
    });
}

/// Runs `khabar annotate` on documents of these ids, with the extractors of a khabar.toml.
fn annotate(toml: &str, ids: &[&str]) -> std::process::Output {
    annotate_in(&TempDir::new().expect("a folder"), toml, ids, &[])
}

fn annotate_in(place: &TempDir, toml: &str, ids: &[&str], options: &[&str]) -> std::process::Output {
    std::fs::write(place.path().join("khabar.toml"), toml).expect("written");
    let lines: String = ids.iter().map(|id| format!("{}\n", json!({ "id": id, "text": "مم" }))).collect();
    std::fs::write(place.path().join("in.jsonl"), lines).expect("written");
    let mut khabar = std::process::Command::new(program());
    let khabar = khabar.current_dir(place.path()).args(["annotate", "--format", "jsonl", "in.jsonl"]).args(options);
    khabar.output().expect("khabar starts")
}

#[test]
fn the_run_goes_on_without_a_bad_layer() {
    let toml = format!("[[extractor]]\nplugin = '{}'\n", raw().display());
    let output = annotate(&toml, &["good", "splits", "twice", "good"]);
    let lines: Vec<serde_json::Value> =
        String::from_utf8_lossy(&output.stdout).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let error = |at: usize| (lines[at]["errors"][0]["code"].as_str(), lines[at]["errors"][0]["message"].as_str());
    assert_eq!(error(0), (None, None));
    assert_eq!(error(1), (Some("layer_refused"), Some("record 1: span 0..1 splits a character")));
    assert_eq!(error(2), (Some("layer_refused"), Some("refused: emit was called twice")));
    let found: Vec<_> = lines.iter().map(|line| line["annotations"].as_array().map(Vec::len)).collect();
    assert_eq!(found, [Some(2), Some(0), Some(0), Some(2)], "{lines:?}");
}

#[test]
fn a_library_that_is_refused_is_a_configuration_error() {
    let place = TempDir::new().expect("a folder");
    for rogue in ["symbol", "magic", "major", "describe"] {
        let file = raw_plugin(place.path(), rogue);
        let output = annotate(&format!("[[extractor]]\nplugin = '{}'\n", file.display()), &["good"]);
        assert_eq!((output.status.code(), &*output.stdout), (Some(2), &b""[..]), "{rogue}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("khabar.toml:") && told.contains(&*file.to_string_lossy()), "{told}");
    }
}

#[test]
#[cfg(unix)]
fn a_plugin_that_ends_the_process_does_not_look_like_success() {
    let toml = format!("[[extractor]]\nplugin = '{}'\n", raw().display());
    let ways = [
        ("exits", "called exit(0), as a shared library can"),
        ("exits_at_once", "called exit(0), as a shared library can"),
        ("aborts", "was ended by signal 6 (SIGABRT)"),
    ];
    for (way, cause) in ways {
        let said = format!("khabar: ended early: the process that ran the extractors {cause}");
        let mut ids = vec!["good"; 1000];
        ids[900] = way;
        let output = annotate(&toml, &ids);
        assert_eq!(output.status.code(), Some(4), "{way}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), format!("{said}\n"));
        let place = TempDir::new().expect("a folder");
        for partial in ["out.partial", ".khabar-"] {
            let output = annotate_in(&place, &toml, &ids, &["-o", "out", "--jobs", "1"]);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            // The name of an earlier one stays that one's.
            let begin = format!("{said}; what was written until then is in {partial}");
            assert!(output.status.code() == Some(4) && told.starts_with(&begin), "{told}");
            assert!(!place.path().join("out").exists(), "{way}");
        }
        let kept = std::fs::read(place.path().join("out.partial")).expect("is there");
        // The process may end while a line is being written: only what stands before the last line break is whole.
        let whole = kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        for line in kept[..whole].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            serde_json::from_slice::<serde_json::Value>(line).expect("a line of JSON");
        }
        let output = annotate_in(&place, &toml, &ids, &["-o", "resumed", "--resume"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        let begin = format!("{said}; what was written of resumed is kept, the same command goes on from there");
        assert!(output.status.code() == Some(4) && told.starts_with(&begin), "{told}");
    }
    let toml = format!("[[extractor]]\nplugin = '{}'\n", raw_plugin(folder(), "exit").display());
    let output = annotate(&toml, &["good"]);
    assert_eq!(output.status.code(), Some(4), "when it is loaded");
}
