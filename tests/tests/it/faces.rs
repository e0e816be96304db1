//! Every plugin gives the same layers when it is built in and when it is loaded as a shared library: on the sample
//! corpus, and on every text of its suites with the case's date, country and configuration.

use std::path::Path;
use std::process::Command;

use khabar_abi::Library;
use khabar_extractor::marked::Marked;
use khabar_extractor::testing::{Rig, Sample, Suite};
use khabar_extractor::{Info, Plugin};
use khabar_runner::builtin::{Builtin, builtins};
use khabar_tests::{plugin, program, root, seeds};
use serde_json::{Value as Json, json};

/// A plugin under both of its faces.
struct Face {
    folder: &'static str,
    info: Info,
    linked: fn(Rig, Json) -> Rig,
}

impl Face {
    fn of<P: Plugin>(folder: &'static str) -> Self {
        Self { folder, info: Info::of::<P>(), linked: |rig, config| rig.with_config::<P>(config) }
    }

    fn loaded(&self, rig: Rig, config: &Json) -> Rig {
        let made = Library::open(plugin(self.folder)).and_then(|library| library.create(&self.info.name, config));
        let (info, extractor) = made.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(info, self.info, "both faces say the same of themselves");
        rig.with_extractor(info, extractor)
    }
}

/// All plugins of the workspace, each after those whose kinds it requires.
fn faces() -> Vec<Face> {
    vec![
        Face::of::<khabar_numbers::Numbers>("numbers"),
        Face::of::<khabar_dates::Dates>("dates"),
        Face::of::<khabar_entities::Entities>("entities"),
        Face::of::<khabar_quotes::Quotes>("quotes"),
        Face::of::<khabar_template::Template>("template"),
    ]
}

/// A plugin with all that it requires, built in and loaded.
fn rigs(faces: &[Face], at: usize, config: &Json) -> (Rig, Rig) {
    let (mut linked, mut loaded) = (Rig::default(), Rig::default());
    for (i, face) in faces.iter().enumerate().take(at + 1) {
        let requires = |other: &Face| face.info.provides.iter().any(|kind| other.info.requires.contains(kind));
        if i == at || faces[i + 1..=at].iter().any(requires) {
            let config = if i == at { config.clone() } else { json!({}) };
            loaded = face.loaded(loaded, &config);
            linked = (face.linked)(linked, config);
        }
    }
    (linked, loaded)
}

/// Compares both rigs on a text; what one refuses the other refuses in the same words.
fn compare(linked: &mut Rig, loaded: &mut Rig, sample: &Sample<'_>, what: &str) {
    match (linked.layers(sample), loaded.layers(sample)) {
        (Ok(linked), Ok(loaded)) => assert!(linked == loaded, "{what}: linked {linked:?}\nloaded {loaded:?}"),
        (Err(linked), Err(loaded)) => assert_eq!(linked.to_string(), loaded.to_string(), "{what}"),
        (linked, loaded) => panic!("{what}: linked {linked:?}\nloaded {loaded:?}"),
    }
}

#[test]
fn every_plugin_is_compared() {
    let mut folders: Vec<String> = root()
        .join("plugins")
        .read_dir()
        .expect("plugins/ is there")
        .map(|entry| entry.expect("plugins/ is readable").file_name().to_string_lossy().into_owned())
        .collect();
    let mut compared: Vec<_> = faces().iter().map(|face| face.folder.to_owned()).collect();
    folders.sort();
    compared.sort();
    assert_eq!(compared, folders, "add a line to faces()");
}

#[test]
fn the_sample_corpus() {
    let faces = faces();
    for at in 0..faces.len() {
        let (mut linked, mut loaded) = rigs(&faces, at, &json!({}));
        for (name, text) in seeds() {
            for date in [None, "2025-08-06T15:30:00+03:00".parse().ok()] {
                let sample = Sample { text: &text, date, country: None };
                compare(&mut linked, &mut loaded, &sample, &format!("{} on {name}", faces[at].folder));
            }
        }
    }
}

#[test]
fn the_suites() {
    let faces = faces();
    for (at, face) in faces.iter().enumerate() {
        let folder = root().join("plugins").join(face.folder).join("tests/data");
        let (mut linked, mut loaded) = rigs(&faces, at, &json!({}));
        for suite in folder.is_dir().then(|| Suite::read_all(folder)).into_iter().flatten() {
            for case in &suite.cases {
                let marked = Marked::parse(&case.text).unwrap_or_else(|error| panic!("{}: {error}", case.text));
                let sample = Sample { text: &marked.text, date: case.date, country: case.country };
                let what = format!("{}: {}", suite.path.display(), case.text);
                if case.config.is_empty() {
                    compare(&mut linked, &mut loaded, &sample, &what);
                } else {
                    let config = serde_json::to_value(&case.config).expect("a TOML table is JSON");
                    let (mut linked, mut loaded) = rigs(&faces, at, &config);
                    compare(&mut linked, &mut loaded, &sample, &what);
                }
            }
        }
    }
}

/// What `khabar annotate` writes of the sample corpus.
fn annotated(config: &Path, jobs: &str) -> String {
    let mut khabar = Command::new(program());
    khabar.args(["annotate", "--format", "jsonl", "--jobs", jobs, "--config"]).arg(config).arg(root().join("seeds"));
    let output = khabar.output().expect("khabar starts");
    assert!(output.status.success(), "{khabar:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("khabar writes UTF-8")
}

#[test]
fn the_program_writes_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut linked, mut loaded) = (String::new(), String::new());
    for Builtin { offer, .. } in builtins() {
        linked += &format!("[[extractor]]\nuse = {:?}\n", offer.info.name);
        loaded += &format!("[[extractor]]\nplugin = '{}'\n", plugin(&offer.info.name).display());
    }
    let file = |name: &str, toml: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, toml).expect("written");
        path
    };
    let (linked, loaded) = (file("linked.toml", &linked), file("loaded.toml", &loaded));
    let wanted = annotated(&linked, "1");
    assert_eq!(wanted.lines().count(), seeds().len());
    for jobs in ["1", "2", "8"] {
        assert!(annotated(&linked, jobs) == wanted, "built in, {jobs} jobs");
        assert!(annotated(&loaded, jobs) == wanted, "loaded, {jobs} jobs");
    }
}
