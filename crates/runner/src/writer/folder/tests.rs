//! Files of documents, and what they must not touch.

use super::*;
use crate::testing::{plan, written_bytes};
use crate::writer::{Brat, Jsonl, Timex3};
use crate::{Document, Inputs, RunSettings, Unit, Worker};

/// A folder with files, some of which are inputs.
struct Place(tempfile::TempDir);

impl Place {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        for (name, content) in files {
            fs::write(place.path(name), content).expect("written");
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn output(&self, writer: &dyn Writer, inputs: &[&str]) -> FolderOutput {
        let paths = inputs.iter().map(|name| self.path(name)).collect();
        let inputs = InputFiles::of(&Inputs { paths, ..Inputs::default() });
        FolderOutput::new(self.0.path(), writer, Arc::new(inputs)).expect("made")
    }

    /// All files below, with their contents.
    fn files(&self) -> Vec<(String, String)> {
        let entries = walkdir::WalkDir::new(self.0.path()).sort_by_file_name().into_iter().flatten();
        let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
            let name = entry.path().strip_prefix(self.0.path()).expect("is below").to_string_lossy().into_owned();
            (name, String::from_utf8_lossy(&fs::read(entry.path()).expect("readable")).into_owned())
        });
        files.collect()
    }

    fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(name, _)| name).collect()
    }
}

/// Writes documents of these ids and texts.
fn write(output: &mut FolderOutput, writer: &Arc<dyn Writer>, documents: &[(&str, &str)]) {
    let plan = plan(RunSettings::default());
    let (mut frames, mut scratch, mut worker) = (Vec::new(), Scratch::default(), Worker::new(&plan));
    for (id, text) in documents {
        let found = worker.annotate(Document { id, text, ..Document::default() });
        InFolder(Arc::clone(writer)).document(&found, &mut scratch, &mut frames);
    }
    output.write_all(&frames).expect("written");
}

fn brat() -> Arc<dyn Writer> {
    Arc::new(Brat)
}

#[test]
fn a_file_a_document() {
    let place = Place::new(&[]);
    let read = |name: &str| fs::read_to_string(place.path(name)).expect("is there");
    let mut output = place.output(&Brat, &[]);
    let (frames, _) = written_bytes(&["⟦number.cardinal=1|1⟧", "نص"], &InFolder(brat()));
    output.write_all(&frames).expect("written");
    assert_eq!(read("d0.ann"), "T1\tnumber_cardinal 0 1\t1\n#1\tAnnotatorNotes T1\t{\"value\":\"1\"}\n");
    assert_eq!((read("d0.txt"), read("d1.ann"), read("d1.txt")), ("1".into(), String::new(), "نص".into()));
    output.write_all(&frames).expect("written");
    assert_eq!(read("d1-2.txt"), "نص", "nothing is overwritten");
    let inner: Arc<dyn Writer> = Arc::new(Timex3);
    let mut output = FolderOutput::new(&place.path("new/below"), &*inner, Arc::default()).expect("made");
    output.write_all(&written_bytes(&["نص"], &InFolder(inner)).0).expect("written");
    assert!(read("new/below/d0.tml").starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>"));
    assert!(output.write_all(b"half").is_err());
}

#[test]
fn two_documents_never_get_one_file() {
    let place = Place::new(&[("a.txt", b"of an earlier run")]);
    let mut output = place.output(&Brat, &[]);
    write(&mut output, &brat(), &[("a", "1"), ("a", "2"), ("a-2", "3"), ("A", "4"), ("x", "5"), ("x.ann/y", "6")]);
    let long = vec!["l".repeat(190); 40].join("/");
    write(&mut output, &brat(), &[(&long, "7"), ("z", "8"), ("d.ann/e", "9"), ("d", "10")]);
    let texts = place.files().into_iter().filter(|(name, _)| name.ends_with(".txt"));
    let mut texts: Vec<String> = texts.map(|(_, text)| text).collect();
    texts.sort_by_key(|text| text.parse::<u32>().ok());
    assert_eq!(texts, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
    assert_eq!(fs::read_to_string(place.path("a.txt")).ok().as_deref(), Some("1"));
    assert_eq!((output.moved(), output.lost(), output.notices()), (0, 0, &[][..]));
}

#[test]
fn an_input_is_the_text_or_stays_as_it_is() {
    let inputs: [(&str, &[u8]); 3] =
        [("same.txt", "نص".as_bytes()), ("bom.txt", "\u{feff}نص".as_bytes()), ("cp.txt", b"\xe4\xd5")];
    let place = Place::new(&inputs);
    let names = inputs.map(|(name, _)| name);
    // The second run reads what the first one wrote.
    let rounds = [(&names[..], 2), (&["same.txt", "bom.txt", "bom-2.txt", "cp.txt", "cp-2.txt"], 2)];
    for (names, moved) in rounds {
        let mut output = place.output(&Brat, names);
        let documents: Vec<_> = names.iter().rev().map(|name| (name.trim_end_matches(".txt"), "نص")).collect();
        write(&mut output, &brat(), &documents);
        for (name, content) in inputs {
            assert_eq!(fs::read(place.path(name)).ok().as_deref(), Some(content), "{name}");
        }
        let wanted = ["bom-2.ann", "bom-2.txt", "bom.txt", "cp-2.ann", "cp-2.txt", "cp.txt", "same.ann", "same.txt"];
        assert_eq!(place.names(), wanted);
        assert_eq!((output.moved(), output.lost()), (moved, 0));
        let told = output.notices()[0].to_string();
        let (cp, instead) = (place.path("cp.txt"), place.path("cp-2.ann"));
        let (cp, instead) = (cp.display(), instead.display());
        let wanted = format!(
            "{cp} is read by this run and differs from this text: it is kept, and the document is written to {instead} [cp]"
        );
        assert_eq!(told, wanted);
    }
}

#[test]
#[cfg(unix)]
fn an_input_is_known_by_every_name() {
    let place = Place::new(&[("in.jsonl", b"{}")]);
    std::os::unix::fs::symlink(place.path("in.jsonl"), place.path("a.jsonl")).expect("linked");
    fs::hard_link(place.path("in.jsonl"), place.path("b.jsonl")).expect("linked");
    let writer: Arc<dyn Writer> = Arc::new(Jsonl { unit: Unit::Char });
    let mut output = place.output(&*writer, &["in.jsonl"]);
    write(&mut output, &writer, &[("a", "1"), ("b", "2"), ("in", "3")]);
    assert_eq!(fs::read(place.path("in.jsonl")).ok().as_deref(), Some(&b"{}"[..]));
    assert_eq!(place.names(), ["a-2.jsonl", "b-2.jsonl", "b.jsonl", "in-2.jsonl", "in.jsonl"]);
    assert_eq!(output.moved(), 3);
}

#[test]
fn two_names_of_one_file_are_not_two_files() {
    let place = Place::new(&[("a.ann", b"of an earlier run")]);
    fs::hard_link(place.path("a.ann"), place.path("b.ann")).expect("linked");
    write(&mut place.output(&Brat, &[]), &brat(), &[("a", "1 2"), ("b", "3")]);
    assert_eq!(place.names(), ["a.ann", "a.txt", "b-2.ann", "b-2.txt", "b.ann"]);
    let ann = fs::read_to_string(place.path("a.ann")).expect("is there");
    assert!(ann.starts_with("T1\t") && ann.lines().count() == 6, "{ann}");
}

#[test]
fn a_text_and_what_it_was_made_of_share_their_files() {
    // a.md gave a.txt in an earlier run, and this one reads both.
    let place = Place::new(&[("a.md", "نص".as_bytes()), ("a.txt", "نص".as_bytes())]);
    let mut output = place.output(&Brat, &["a.md", "a.txt"]);
    write(&mut output, &brat(), &[("a", "نص"), ("a", "نص"), ("a", "آخر")]);
    assert_eq!(place.names(), ["a-2.ann", "a-2.txt", "a.ann", "a.md", "a.txt"]);
    assert_eq!((output.moved(), output.lost()), (0, 0));
}

#[test]
fn a_document_that_was_not_read_has_no_text() {
    let place = Place::new(&[]);
    let plan = plan(RunSettings::default());
    let mut worker = Worker::new(&plan);
    let found = worker.annotate(Document { id: "bad", ..Document::default() });
    for (is_unread, names) in [(true, &[][..]), (false, &["bad.ann", "bad.txt"])] {
        let mut frames = Vec::new();
        InFolder(brat()).document(&Annotated { is_unread, ..found }, &mut Scratch::default(), &mut frames);
        place.output(&Brat, &[]).write_all(&frames).expect("written");
        assert_eq!(place.names(), names);
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_written_costs_its_document() {
    use std::os::unix::fs::symlink;
    let place = Place::new(&[]);
    // A link to itself can be neither followed nor written, whoever asks.
    for name in ["b.ann", "c.txt"] {
        symlink(place.path(name), place.path(name)).expect("linked");
    }
    // Two names of one file that is not there yet.
    symlink(place.path("d.ann"), place.path("d.txt")).expect("linked");
    let mut output = place.output(&Brat, &[]);
    write(&mut output, &brat(), &[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "5")]);
    assert_eq!(place.names(), ["a.ann", "a.txt", "d-2.ann", "d-2.txt", "e.ann", "e.txt"]);
    assert_eq!(output.lost(), 2);
    let told = output.notices()[0].to_string();
    assert!(told.starts_with(&format!("{}: ", place.path("b.ann").display())) && told.ends_with(" [b]"), "{told}");
}
