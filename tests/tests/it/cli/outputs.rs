//! Offsets, order, files.

use super::run::Place;

#[test]
fn offsets_in_three_units_with_an_emoji_in_front() {
    let place = Place::new();
    place.write("a.txt", "👩‍🚒 نسبة 100%\n");
    let offsets = |unit: &str| {
        let ran = place.khabar(&["annotate", "a.txt", "--offsets", unit]);
        let line = &ran.lines()[0];
        assert_eq!(line["offset_unit"], unit);
        let found = line["annotations"].as_array().cloned().unwrap_or_default();
        let number = found.into_iter().find(|a| a["text"] == "100").expect("the number is a word");
        (number["start"].as_u64(), number["end"].as_u64())
    };
    assert_eq!(offsets("char"), (Some(9), Some(12)));
    assert_eq!(offsets("utf16"), (Some(11), Some(14)));
    assert_eq!(offsets("byte"), (Some(21), Some(24)));
}

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
    let place = Place::new();
    for (name, text) in khabar_tests::seeds() {
        place.write(&format!("in/{name}.txt"), text);
    }
    let lines: Vec<String> = khabar_tests::seeds()
        .iter()
        .flat_map(|(name, text)| {
            text.lines().map(move |line| serde_json::json!({"id": name, "text": line}).to_string())
        })
        .collect();
    place.write("in/lines.jsonl", (lines.join("\n") + "\n").repeat(20));
    let run = |jobs: &str| place.khabar(&["annotate", "in", "--jobs", jobs]);
    let one = run("1");
    assert_eq!((one.code, one.out.lines().count()), (Some(0), 5 + 20 * lines.len()));
    for jobs in ["2", "8"] {
        assert!(run(jobs).out == one.out, "{jobs} jobs");
    }
}

#[test]
fn a_file_appears_when_it_is_complete() {
    let place = Place::new();
    place.write("a.txt", "نص");
    let ran = place.khabar(&["annotate", "a.txt", "-o", "out.jsonl"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    assert_eq!(place.read("out.jsonl"), place.khabar(&["annotate", "a.txt"]).out);
    let mode = |name: &str| std::fs::metadata(place.path(name)).expect("is there").permissions();
    assert_eq!(mode("out.jsonl"), mode("a.txt"), "a file like any other");
    let nowhere = place.khabar(&["annotate", "a.txt", "-o", "no/such/out.jsonl"]);
    assert_eq!(nowhere.code, Some(2));
    assert!(nowhere.err.starts_with("khabar: no/such/out.jsonl: "), "{}", nowhere.err);
    let left: Vec<_> = std::fs::read_dir(place.path("")).expect("readable").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 3, "no temporary file is left: {left:?}");
}

#[test]
fn standard_input_is_text_or_json_lines() {
    let place = Place::new();
    let text = place.khabar_with(&["annotate", "-"], "نص".as_bytes());
    assert_eq!(text.lines()[0]["id"], "stdin");
    let lines = place.khabar_with(&["annotate", "-"], "{\"text\":\"نص\"}".as_bytes());
    assert_eq!(lines.lines()[0]["id"], "stdin:1");
    let forced = place.khabar_with(&["annotate", "-", "--input-format", "text"], "{\"text\":\"نص\"}".as_bytes());
    assert_eq!(forced.lines()[0]["id"], "stdin");
}

#[test]
fn every_form_is_written_and_pipes_get_json_lines() {
    let place = Place::new();
    place.write("in/a/b.txt", "قال 😀 نعم.\nثم <مضى> & \"عاد\"");
    place.write("in/c.txt", "");
    let default = place.khabar(&["annotate", "in"]);
    assert_eq!(default.lines().len(), 2);
    let begins = [
        ("jsonl", "{\"schema\":1,"),
        ("json", "[\n{\"schema\":1,"),
        ("conll", "# newdoc id = a/b\n# columns = form start end test\nقال\t0\t3\tB-test.word\n"),
        ("conllu", "# newdoc id = a/b\n# sent_id = a/b-1\n# text = قال 😀 نعم.\n1\tقال\t"),
        (
            "timex3",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeMLs>\n<TimeML><DOCID>a/b</DOCID><DCT></DCT><TEXT>قال",
        ),
        ("webanno", "[\n{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"id\":\"urn:khabar:a/b#annotations\""),
        ("displacy", "[\n{\"text\":\"قال 😀"),
        ("csv", "id,date,kind,start,end,offset_unit,text,value,json,confidence,source\r\na/b,,test.word,0,3,char,قال,"),
        ("table", "a/b\n  test.word         قال\n  test.word         😀\n"),
    ];
    for (format, begin) in begins {
        let ran = place.khabar(&["annotate", "in", "--format", format]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{format}");
        assert!(ran.out.starts_with(begin), "{format}: {}", ran.out);
    }
    assert!(place.khabar(&["annotate", "in", "--format", "csv", "--bom"]).out.starts_with("\u{feff}id,"));
    assert!(place.khabar(&["annotate", "in", "--format", "table", "--color", "always"]).out.contains("\u{1b}["));
    assert!(
        place.khabar(&["annotate", "in", "--format", "table", "--bidi", "isolate"]).out.contains("\u{2068}قال\u{2069}")
    );
}

#[test]
fn a_file_a_document_into_a_folder() {
    let place = Place::new();
    place.write("in/a/b.txt", "😀 نعم");
    place.write("in/c.txt", "لا");
    let ran = place.khabar(&["annotate", "in", "--format", "brat", "-o", "brat"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    assert_eq!(place.read("brat/a/b.txt"), "😀 نعم");
    let ann = place.read("brat/a/b.ann");
    assert!(ann.contains("\nT2\ttest_word 2 5\tنعم\n"), "{ann}");
    assert!(place.read("brat/c.ann").starts_with("T1\ttest_word 0 2\tلا\n"));
    assert_eq!(place.khabar(&["annotate", "in", "--format", "jsonl", "-o", "lines/"]).code, Some(0));
    assert!(place.read("lines/c.jsonl").starts_with("{\"schema\":1,\"id\":\"c\","));
}

#[test]
fn options_that_do_not_go_together() {
    let place = Place::new();
    place.write("a.txt", "نص");
    for (arguments, said) in [
        (&["--format", "brat"][..], "khabar: this format writes two files per document: add -o FOLDER\n"),
        (
            &["--format", "conll", "--offsets", "byte"],
            "khabar: --offsets needs --format jsonl, json or csv; this format has a fixed unit\n",
        ),
        (&["--format", "json", "--bom"], "khabar: --bom needs --format csv\n"),
    ] {
        let ran = place.khabar(&[&["annotate", "a.txt"], arguments].concat());
        assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (Some(2), said, ""));
    }
}

#[test]
fn an_output_is_proved_against_its_input() {
    let place = Place::new();
    for (name, text) in khabar_tests::seeds() {
        place.write(&format!("in/{name}.txt"), text);
    }
    place.write("in/lines.jsonl", "{\"text\":\"😀 نعم\"}\n{\n{\"id\":\"x\",\"text\":\"لالا\"}\n");
    for unit in ["char", "byte", "utf16"] {
        assert_eq!(place.khabar(&["annotate", "in", "--offsets", unit, "-o", "out.jsonl"]).code, Some(0));
        let ran = place.khabar(&["verify", "out.jsonl", "--text", "in"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(
            ran.out.starts_with("8 documents, ") && ran.out.ends_with(": all agree with the text\n"),
            "{}",
            ran.out
        );
    }
    let moved = place.read("out.jsonl").replace("\"text\":\"لالا\",\"value\"", "\"text\":\"نعم\",\"value\"");
    place.write("out.jsonl", moved);
    let ran = place.khabar(&["verify", "out.jsonl", "--text", "in"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.err, "khabar: out.jsonl: line 8: x: test.word 0..4: the text is \"لالا\", the output has \"نعم\"\n");
    assert_eq!(place.khabar(&["verify", "missing.jsonl", "--text", "in"]).code, Some(2));
}

#[test]
fn fields_are_handed_on_when_asked_for() {
    let place = Place::new();
    place.write("in.jsonl", "{\"url\":\"http://a\",\"text\":\"a\",\"n\":1.50}\n{\"text\":\"b\"}\n");
    let ran = place.khabar(&["annotate", "in.jsonl", "--keep", "url"]);
    assert_eq!((&ran.lines()[0]["meta"], ran.lines()[1].get("meta")), (&serde_json::json!({"url": "http://a"}), None));
    let all = place.khabar(&["annotate", "in.jsonl", "--keep", "*"]);
    assert!(
        all.out.contains(",\"date\":null,\"meta\":{\"n\":1.50,\"url\":\"http://a\"},\"offset_unit\""),
        "{}",
        all.out
    );
}
