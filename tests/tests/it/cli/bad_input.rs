//! What is wrong with an input is said, costs no more than itself, and is in the output.

use super::run::Place;

#[test]
fn a_missing_file() {
    let place = Place::new();
    place.write("a.txt", "نص");
    let ran = place.khabar(&["annotate", "missing.txt", "a.txt"]);
    let lines = ran.lines();
    assert_eq!((ran.code, lines.len(), lines[0]["id"].as_str()), (Some(2), 2, Some("missing")));
    assert_eq!((&lines[0]["errors"][0]["code"], &lines[1]["errors"]), (&"unreadable".into(), &serde_json::json!([])));
    assert!(ran.err.contains("khabar: missing.txt: No such file"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "told once: {}", ran.err);
}

#[test]
fn a_folder_without_text() {
    let place = Place::new();
    place.write("empty/readme.doc", "# nothing");
    let ran = place.khabar(&["annotate", "empty"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(
        ran.err,
        "khabar: empty: no files in this folder that end in .txt, .md, .jsonl, .ndjson, .csv, .tsv, .html, .htm, with or without .gz or .zst\n"
    );
}

#[test]
fn invalid_utf8() {
    let place = Place::new();
    place.write("in/a.txt", b"\xd8\xae\xd8\xa8\xd8\xb1\nab\xffcd");
    place.write("in/b.jsonl", b"{\"text\":\"a\"}\n{\"text\":\"\xff\"}\n{\"text\":\"b\"}\n");
    let ran = place.khabar(&["annotate", "in"]);
    let lines = ran.lines();
    assert_eq!((ran.code, lines.len()), (Some(0), 4));
    let error = |at: usize| lines[at]["errors"][0].clone();
    let at = |file: &str, line: u64, message: &str| serde_json::json!({"code": "not_utf8", "message": message, "file": file, "line": line});
    assert_eq!(error(0), at("in/a.txt", 2, "not UTF-8 at byte 9"));
    assert_eq!(error(2), at("in/b.jsonl", 2, "not UTF-8 at byte 22"));
    assert_eq!((lines[2]["id"].as_str(), &lines[3]["errors"]), (Some("b:2"), &serde_json::json!([])));
    assert!(ran.err.contains("khabar: in/b.jsonl:2: not UTF-8 at byte 22 [b:2]\n"), "{}", ran.err);
    assert_eq!(place.khabar(&["annotate", "in", "--strict"]).code, Some(1));
}

#[test]
fn an_empty_file() {
    let place = Place::new();
    place.write("a.txt", "");
    place.write("b.jsonl", "\n");
    let ran = place.khabar(&["annotate", "a.txt", "b.jsonl"]);
    let wanted =
        "{\"schema\":1,\"id\":\"a\",\"date\":null,\"offset_unit\":\"char\",\"annotations\":[],\"errors\":[]}\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), wanted, ""));
}

#[test]
fn a_huge_line() {
    let place = Place::new();
    let mut lines = b"{\"text\":\"a\"}\n{\"id\":\"huge\",\"text\":\"".to_vec();
    lines.resize(lines.len() + (200 << 20), b'x');
    lines.extend(b"\"}\n{\"text\":\"b\"}");
    place.write("in.jsonl", lines);
    let ran = place.khabar(&["annotate", "in.jsonl", "--jobs", "1"]);
    let lines = ran.lines();
    assert_eq!((ran.code, lines.len()), (Some(0), 3));
    let error = &lines[1]["errors"][0];
    assert_eq!((error["code"].as_str(), error["line"].as_u64()), (Some("too_large"), Some(2)));
    assert_eq!(lines[2]["annotations"][0]["text"], "b");
}

#[test]
fn lines_that_are_no_documents() {
    let place = Place::new();
    place.write(
        "in.jsonl",
        "{\"text\":\"a\"}\n{\"text\":\n{\"id\":\"x\"}\n[]\n{\"id\":9,\"text\":\"b\",\"date\":\"soon\"}\n",
    );
    let ran = place.khabar(&["annotate", "in.jsonl"]);
    let lines = ran.lines();
    assert_eq!(ran.code, Some(0));
    let told = |at: usize| (lines[at]["id"].as_str(), lines[at]["errors"][0]["code"].as_str());
    assert_eq!(told(0), (Some("in:1"), None));
    assert_eq!(told(1), (Some("in:2"), Some("not_json")));
    assert_eq!(told(2), (Some("x"), Some("no_text")));
    assert_eq!(told(3), (Some("in:4"), Some("not_json")));
    assert_eq!(told(4), (Some("9"), Some("bad_date")));
    assert_eq!(lines[4]["annotations"][0]["text"], "b", "a bad date costs the date alone");
    assert!(ran.err.contains("khabar: in.jsonl:3: missing field `text` [x]\n"), "{}", ran.err);
}

#[test]
fn a_byte_order_mark() {
    let place = Place::new();
    let ran = place.khabar_with(&["annotate", "-"], "\u{feff}{\"id\":\"a\",\"text\":\"\u{feff}b\"}".as_bytes());
    assert_eq!(
        (ran.lines()[0]["id"].as_str(), ran.lines()[0]["errors"].as_array().map(Vec::len)),
        (Some("a"), Some(0))
    );
}

#[test]
fn many_issues_are_summed_up() {
    let place = Place::new();
    let ran = place.khabar_with(&["annotate", "-"], "{}\n".repeat(50).as_bytes());
    assert_eq!(ran.lines().len(), 50);
    assert_eq!(ran.err.lines().count(), 6);
    assert!(ran.err.ends_with("khabar: and 45 more of no_text; see the `errors` of each document\n"), "{}", ran.err);
    assert_eq!(place.khabar_with(&["annotate", "-", "--quiet"], b"{}\n").err, "");
}
