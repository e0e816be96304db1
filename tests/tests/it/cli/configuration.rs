//! khabar.toml, `--set`, `--only`, `plan`, `plugins`.

use super::run::{Place, library, path_text};

/// Exit code and first line of what is said.
fn refusal(configuration: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let place = Place::bare();
    place.write("khabar.toml", configuration);
    place.write("a.txt", "نص");
    let ran = place.khabar(&[&["annotate", "a.txt"], arguments].concat());
    assert_eq!(ran.out, "", "nothing is written when nothing can be done");
    let first = ran.err.lines().next().unwrap_or_default();
    (ran.code, first.replace(&path_text(&place.path("")), ""))
}

#[test]
fn unknown_keys_and_wrong_types_are_refused_with_their_line() {
    let (code, said) = refusal("[[extractor]]\nuse = \"x\"\ncolour = 1\n", &[]);
    assert_eq!(code, Some(2));
    assert_eq!(said, "khabar: khabar.toml:3:1: unknown field `colour`, expected one of `use`, `plugin`, `config`");
    let (code, said) = refusal("[run]\nmax_panics = \"many\"\n", &[]);
    assert_eq!(code, Some(2));
    assert!(said.starts_with("khabar: khabar.toml:2:14: invalid type: string \"many\""), "{said}");
    let own = |config: &str| refusal(&format!("[[extractor]]\n{}config = {{ {config} }}\n", library("words")), &[]);
    let (code, said) = own("uper = true");
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "khabar: khabar.toml:4:12: uper: unknown field `uper`, expected one of `only`, `panic_on`, `nap_ms`"
    );
    let (_, said) = own("only = [\"a\", 7]");
    assert_eq!(said, "khabar: khabar.toml:4:25: only[1]: invalid type: integer `7`, expected a string");
}

#[test]
fn a_deprecated_key_is_read_with_a_warning() {
    let place = Place::bare();
    place.write("khabar.toml", "[run]\npatience_seconds = 60\n");
    place.write("a.txt", "نص");
    let ran = place.khabar(&["annotate", "a.txt"]);
    assert_eq!(ran.code, Some(0));
    let warning = "khabar.toml:2:20: `patience_seconds` is deprecated: rename it to `timeout_seconds`\n";
    assert!(ran.err.starts_with("khabar: warning: ") && ran.err.ends_with(warning), "{}", ran.err);
}

#[test]
fn what_is_less_sure_is_left_out() {
    let place = Place::bare();
    place.write("a.txt", "وصل إيمانويل ماكرون إلى بكين");
    let found = |arguments: &[&str]| {
        let ran = place.khabar(&[&["annotate", "a.txt", "--only", "entity", "--format", "jsonl"], arguments].concat());
        (ran.code, ran.out.matches("\"confidence\"").count())
    };
    assert_eq!(found(&[]), (Some(0), 2));
    assert_eq!(found(&["--min-confidence", "1"]), (Some(0), 0));
    assert_eq!(found(&["--min-confidence", "90"]).0, Some(2));
    place.write("khabar.toml", "[run]\nmin_confidence = 1\n");
    assert_eq!(found(&[]), (Some(0), 0));
    assert_eq!(found(&["--min-confidence", "0"]), (Some(0), 2), "the command line wins");
}

#[test]
fn a_plugin_that_is_no_library() {
    let place = Place::bare();
    place.write("not.so", "text");
    place.write("khabar.toml", "\n[[extractor]]\nplugin = \"not.so\"\n");
    place.write("a.txt", "نص");
    let ran = place.khabar(&["annotate", "a.txt"]);
    assert_eq!(ran.code, Some(2));
    assert!(
        ran.err.contains("khabar.toml:2:1: ") && ran.err.contains("cannot load this as a shared library"),
        "{}",
        ran.err
    );
    let ran = place.khabar(&["plugins", "not.so"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.starts_with("khabar: not.so: cannot load this as a shared library"), "{}", ran.err);
}

#[test]
fn settings_of_the_command_line_come_last() {
    let place = Place::bare();
    let config = format!("[[extractor]]\n{}config = {{ only = [\"a\"] }}\n", library("words"));
    place.write("khabar.toml", &config);
    place.write("below/in.txt", "a b c");
    let texts = |arguments: &[&str]| -> Vec<String> {
        let ran = place.khabar(&[&["annotate", "below/in.txt"], arguments].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let found = ran.lines()[0]["annotations"].as_array().cloned().unwrap_or_default();
        found.iter().map(|a| a["text"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(texts(&[]), ["a"]);
    assert_eq!(texts(&["--set", "test.words.only=[\"b\", \"c\"]"]), ["b", "c"]);
    let refused = place.khabar(&["annotate", "below/in.txt", "--set", "test.words.only=b"]);
    assert_eq!(refused.code, Some(2));
    assert_eq!(refused.err, "khabar: --set test.words.only=b: only: invalid type: string \"b\", expected a sequence\n");
    let refused = place.khabar(&["annotate", "below/in.txt", "--set", "dates.direction=future"]);
    assert_eq!(refused.err, "khabar: --set dates.direction=future: unknown extractor: this run has test.words\n");
}

#[test]
fn only_runs_what_is_needed() {
    let place = Place::bare();
    place.write("khabar.toml", format!("[[extractor]]\n{}[[extractor]]\n{}", library("count"), library("words")));
    let ran = place.khabar_with(&["annotate", "-", "--only", "test.count"], "a b".as_bytes());
    let found = ran.lines()[0]["annotations"].clone();
    assert_eq!((found[0]["kind"].as_str(), found.as_array().map(Vec::len)), (Some("test.count"), Some(1)));
    assert_eq!(found[0]["value"], serde_json::json!({"words": 2}));
    let plan = place.khabar(&["plan", "--only", "test.count"]);
    assert_eq!(plan.code, Some(0));
    let lines: Vec<&str> = plan.out.lines().collect();
    assert!(lines[1].starts_with("1. test.words@1.2.3 ("), "{}", plan.out);
    assert_eq!(lines[3], "   runs because others require it: its annotations are not in the output");
    assert!(lines[4].starts_with("2. test.count@1.2.3 ("), "{}", plan.out);
    assert_eq!(lines[6], "   after test.words: requires test.word");
    let unknown = place.khabar_with(&["annotate", "-", "--only", "timex"], b"");
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.starts_with("khabar: --only timex: unknown kind or layer; this run has"));
}

#[test]
fn an_unmet_requirement_names_both_sides() {
    let (code, said) = refusal(&format!("[[extractor]]\n{}", library("count")), &[]);
    assert_eq!(code, Some(2));
    assert_eq!(
        said,
        "khabar: khabar.toml:1:1: extractor test.count requires the kind test.word, which no extractor of this run provides"
    );
}

#[test]
fn what_a_library_offers() {
    let place = Place::bare();
    let library = path_text(khabar_tests::test_plugins());
    let ran = place.khabar(&["plugins", &library]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with(&format!("test.words@1.2.3 ({library})\n  provides test.word\n")), "{}", ran.out);
    assert!(ran.out.contains("\n  requires test.word\n"), "{}", ran.out);
    let json = place.khabar(&["plugins", "--json", &library]).lines();
    assert_eq!((json.len(), json[1]["name"].as_str()), (2, Some("test.count")));
}

/// Anybody can write the folder, as below a shared or an unpacked one.
#[cfg(unix)]
#[test]
fn a_found_file_that_others_could_have_written_loads_no_library() {
    use std::os::unix::fs::PermissionsExt as _;

    let place = Place::bare();
    place.write("open/khabar.toml", format!("[[extractor]]\n{}", library("words")));
    place.write("open/below/a.txt", "نص");
    let open = path_text(&place.path("open"));
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o777)).expect("it is ours");
    let below = path_text(&place.path("open/below"));
    let khabar = |arguments: &[&str]| {
        let ran = place.command(arguments).current_dir(&below).output().expect("khabar runs");
        let text = |bytes| String::from_utf8(bytes).expect("khabar writes UTF-8");
        (ran.status.code(), text(ran.stdout), text(ran.stderr))
    };
    let config = format!("{open}/khabar.toml");
    let wanted = format!(
        "khabar: {config}:1:1: this file was found, not named, and {open} can be written by every user (mode 0777): its \
         libraries are not loaded; if you trust them, name the file: --config {config}\n"
    );
    for arguments in
        [&["annotate", "a.txt"][..], &["plan"], &["doctor"], &["explain", "test.word"], &["dates", "a.txt"]]
    {
        let (code, out, said) = khabar(arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(said.starts_with(&wanted), "{arguments:?}: {said}");
        let told = out.contains(&format!(": {open} can be written by every user (mode 0777)\n"));
        assert_eq!(told, arguments == ["doctor"], "{out}");
        if arguments[0] != "dates" {
            let (code, _, said) = khabar(&[arguments, &["--config", "../khabar.toml"]].concat());
            assert_eq!((code, said.as_str()), (Some(0), ""), "{arguments:?}");
        }
    }
    place.write("open/khabar.toml", "[[extractor]]\nuse = \"numbers\"\n");
    assert_eq!(khabar(&["annotate", "a.txt"]).0, Some(0), "what is built in is no danger");
}
