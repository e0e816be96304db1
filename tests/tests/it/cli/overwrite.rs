//! No output is written over an input, whatever name leads to it.

use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::process::{Command, Stdio};

use super::run::{Place, Ran, library};

const GOLD: &str = "{\"id\":\"1\",\"text\":\"نص\",\"annotations\":[]}\n";
const LINE: &str = "{\"id\":\"1\",\"text\":\"نص\"}\n";

fn refused(ran: &Ran, said: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    assert!(ran.err.starts_with("khabar: ") && ran.err.contains(said) && ran.err.lines().count() == 1, "{}", ran.err);
}

fn link(place: &Place, to: &str, name: &str, is_hard: bool) {
    let (to, name) = (place.path(to), place.path(name));
    if is_hard {
        fs::hard_link(to, name).expect("linked");
    } else {
        #[cfg(unix)]
        std::os::unix::fs::symlink(to, name).expect("linked");
    }
}

#[test]
#[cfg(unix)]
fn a_file_that_is_read() {
    let place = Place::new();
    place.write("d/in.jsonl", LINE);
    for name in ["out.jsonl.partial", "out.jsonl.resume", "out.jsonl.resume.new"] {
        place.write(name, "نص");
    }
    link(&place, "out.jsonl", "out", false);
    link(&place, "d/in.jsonl", "soft.jsonl", false);
    link(&place, "d/in.jsonl", "hard.jsonl", true);
    for (command, input, output) in [
        ("annotate", "d/in.jsonl", "d/in.jsonl"),
        ("annotate", "d", "d/../d/in.jsonl"),
        ("annotate", "d/in.jsonl", "soft.jsonl"),
        ("annotate", "soft.jsonl", "hard.jsonl"),
        ("annotate", "out.jsonl.partial", "out.jsonl"),
        ("annotate", "out.jsonl.resume", "out.jsonl"),
        ("annotate", "out.jsonl.resume.new", "out.jsonl"),
        ("annotate", "out.jsonl.resume.new", "out"),
        ("view", "hard.jsonl", "d/in.jsonl"),
        ("view", "d", "soft.jsonl"),
    ] {
        refused(&place.khabar(&[command, input, "-o", output]), "is read as input");
    }
    refused(&place.khabar(&["annotate", "d/in.jsonl", "-o", "d/in.jsonl", "--resume"]), "is read as input");
    assert_eq!(place.read("d/in.jsonl"), LINE);
    place.write("gold.jsonl", GOLD);
    refused(&place.khabar(&["eval", "gold.jsonl", "--html", "gold.jsonl"]), "is read as input");
}

/// Files that decide how the inputs are read: the configuration, what it names at any depth, what `--set` names.
#[test]
#[cfg(unix)]
fn a_file_of_the_configuration() {
    let place = Place::bare();
    let register = "[[entity]]\ntype = \"org\"\nname = \"شركة\"\n";
    let library = library("words").replace("plugin = ", "plugin = 'lib.so' #");
    fs::copy(khabar_tests::test_plugins(), place.path("lib.so")).expect("copied");
    let config =
        format!("[[extractor]]\n{library}[[extractor]]\nuse = \"entities\"\nconfig = {{ register = \"reg.txt\" }}\n");
    let files =
        [("reg.txt", register), ("other.txt", register), ("my.toml", &config), ("gold.jsonl", GOLD), ("in.txt", "نص")];
    files.iter().for_each(|(name, content)| place.write(name, content));
    let library = fs::read(place.path("lib.so")).expect("readable");
    let said = "is read as part of the configuration: write to another file\n";
    for file in ["my.toml", "lib.so", "reg.txt", "other.txt"] {
        let setting = format!("entities.register={file}");
        let chosen = ["--config", "my.toml", "--set", &setting];
        // What the file names needs no mention on the command line.
        let chosen = if file == "other.txt" { &chosen[..] } else { &chosen[..2] };
        for arguments in [
            &["annotate", "in.txt", "-o", file][..],
            &["annotate", "in.txt", "--resume", "-o", file],
            &["view", "in.txt", "--no-open", "-o", file],
            &["eval", "gold.jsonl", "--html", file],
        ] {
            refused(&place.khabar(&[arguments, chosen].concat()), said);
        }
        for arguments in [
            &["annotate", "in.txt"][..],
            &["view", "in.txt", "--no-open"],
            &["entities", "in.txt"],
            &["explain", "--text", "نص"],
            &["eval", "gold.jsonl"],
            &["verify", "gold.jsonl", "--text", "in.txt"],
            &["plan"],
            &["doctor"],
        ] {
            let arguments = [arguments, chosen].concat();
            refused(&append(&place, &arguments, &place.path(file), Stdio::null()), said);
        }
    }
    refused(&append(&place, &["plugins", "lib.so"], &place.path("lib.so"), Stdio::null()), said);
    // In a folder the document goes beside it.
    place.write("in.jsonl", "{\"id\":\"reg\",\"text\":\"نص\"}\n");
    let ran = place.khabar(&["annotate", "in.jsonl", "--format", "brat", "-o", ".", "--config", "my.toml"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("reg.txt is read by this run"), "{}", ran.err);
    assert!(place.path("reg-2.txt").exists());
    files.iter().for_each(|(name, content)| assert_eq!(&place.read(name), content, "{name}"));
    assert!(fs::read(place.path("lib.so")).expect("readable") == library);
}

/// Runs with standard output at the end of a file.
fn append(place: &Place, arguments: &[&str], to: &Path, input: Stdio) -> Ran {
    let to = OpenOptions::new().append(true).create(true).open(to).expect("opens");
    let mut command: Command = place.command(arguments);
    let output = command.stdout(to).stdin(input).output().expect("khabar starts");
    let err = String::from_utf8(output.stderr).expect("khabar writes UTF-8");
    Ran { code: output.status.code(), out: String::new(), err }
}

#[test]
#[cfg(unix)]
fn standard_output_onto_an_input() {
    let place = Place::bare();
    place.write("d/in.jsonl", LINE);
    let onto = |arguments: &[&str]| {
        let ran = append(&place, arguments, &place.path("d/in.jsonl"), Stdio::null());
        refused(&ran, "standard output is d/in.jsonl, which is read as input");
    };
    for command in ["annotate", "dates", "entities", "quotes", "view"] {
        onto(&[command, "d/in.jsonl"]);
        onto(&[command, "d"]);
    }
    onto(&["annotate", "d", "-o", "/dev/stdout"]);
    onto(&["explain", "d/in.jsonl"]);
    onto(&["verify", "d/in.jsonl", "--text", "d"]);
    onto(&["eval", "d/in.jsonl"]);
    let stdin = File::open(place.path("d/in.jsonl")).expect("opens");
    let ran = append(&place, &["annotate", "-"], &place.path("d/in.jsonl"), stdin.into());
    refused(&ran, "standard output is -, which is read as input");
    assert_eq!(place.read("d/in.jsonl"), LINE);
    // Another file, and what is no file, are as good as ever.
    assert_eq!(append(&place, &["annotate", "d"], &place.path("out.jsonl"), Stdio::null()).code, Some(0));
    assert_eq!(append(&place, &["annotate", "/dev/null"], Path::new("/dev/null"), Stdio::null()).code, Some(0));
    assert_eq!(place.read("out.jsonl").lines().count(), 1);
}

#[test]
fn brat_beside_its_texts() {
    let place = Place::new();
    let utf16 = |text: &str| "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let inputs: [(&str, Vec<u8>); 3] =
        [("good", "نص\r\n".into()), ("wide", utf16("نص")), ("bad", b"\xd8\xae \xff \xd8\xae".to_vec())];
    for (name, bytes) in &inputs {
        place.write(&format!("d/{name}.txt"), bytes);
    }
    for _ in 0..2 {
        let ran = place.khabar(&["annotate", "--format", "brat", "-o", "d", "d"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.err.contains("d/wide.txt is read by this run and differs from this text"), "{}", ran.err);
        for (name, bytes) in &inputs {
            assert_eq!(&fs::read(place.path(&format!("d/{name}.txt"))).expect("is there"), bytes, "{name}");
        }
        let files = fs::read_dir(place.path("d")).expect("readable").flatten();
        let mut files: Vec<_> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        files.sort();
        assert_eq!(files, ["bad.txt", "good.ann", "good.txt", "wide-2.ann", "wide-2.txt", "wide.txt"]);
        assert_eq!((place.read("d/wide-2.txt"), place.read("d/wide-2.ann")), ("نص".into(), place.read("d/good.ann")));
    }
}

#[test]
fn what_a_run_writes_is_not_read_by_it_or_the_next_one() {
    let place = Place::new();
    place.write("d/a.jsonl", "{\"id\":\"z/new\",\"text\":\"نص\"}\n");
    place.write("d/z/old.txt", "نص");
    for folder in ["d", "d/new"] {
        let ran = place.khabar(&["annotate", "--format", "html", "-o", &format!("{folder}/"), "d"]);
        refused(&ran, "the next run would read what this one writes");
    }
    assert!(!place.path("d/new").exists());
    // The text of the first document lies in a folder that is read after it.
    assert_eq!(place.khabar(&["annotate", "--format", "brat", "-o", "d", "d"]).code, Some(0));
    assert_eq!(place.read("d/z/new.txt"), "نص");
    assert!(!place.path("d/z/new-2.txt").exists());
}

#[test]
#[cfg(unix)]
fn an_output_that_is_there_keeps_its_mode_and_its_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::new();
    place.write("a.txt", "نص");
    let mode = |name: &str| fs::metadata(place.path(name)).expect("is there").permissions().mode() & 0o777;
    for (number, extra) in [&[][..], &["--resume"]].into_iter().enumerate() {
        let [own, shared, link, dangling] =
            ["own", "shared", "link", "dangling"].map(|name| format!("{name}{number}.jsonl"));
        for (name, mode) in [(&own, 0o600), (&shared, 0o666)] {
            place.write(name, "");
            fs::set_permissions(place.path(name), fs::Permissions::from_mode(mode)).expect("set");
        }
        symlink(&own, place.path(&link)).expect("linked");
        symlink(format!("new{number}.jsonl"), place.path(&dangling)).expect("linked");
        for output in [&shared, &link, &dangling] {
            let ran = place.khabar(&[&["annotate", "a.txt", "-o", output.as_str()], extra].concat());
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        }
        assert_eq!((mode(&own), mode(&shared)), (0o600, 0o666));
        for name in [&own, &shared, &format!("new{number}.jsonl")] {
            assert!(place.read(name).starts_with("{\"schema\":1,"), "{name}");
        }
        for name in [&link, &dangling] {
            assert!(fs::symlink_metadata(place.path(name)).expect("is there").is_symlink(), "{name}");
        }
    }
}

#[test]
#[cfg(unix)]
fn a_document_that_cannot_be_written() {
    let place = Place::new();
    place.write(
        "in.jsonl",
        "{\"id\":\"a\",\"text\":\"نص\"}\n{\"id\":\"b\",\"text\":\"نص\"}\n{\"id\":\"c\",\"text\":\"نص\"}\n",
    );
    fs::create_dir(place.path("out")).expect("made");
    // A link to itself can be neither followed nor written, whoever asks.
    std::os::unix::fs::symlink("b.ann", place.path("out/b.ann")).expect("linked");
    let ran = place.khabar(&["annotate", "in.jsonl", "--format", "brat", "-o", "out", "--quiet"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("khabar: out/b.ann: ") && ran.err.ends_with(" [b]\n"), "{}", ran.err);
    for name in ["out/a.txt", "out/a.ann", "out/c.txt", "out/c.ann"] {
        assert!(place.path(name).exists(), "{name}");
    }
}
