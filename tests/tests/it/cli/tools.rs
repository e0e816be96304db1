//! `eval`, `explain`, `schema`, `doctor`, `completions`, `man`; inputs that are packed or in other encodings.

use std::io::Write as _;

use serde_json::Value as Json;

use super::run::{Place, library};

#[test]
fn every_line_meets_the_schema() {
    let place = Place::bare();
    let schema: Json = serde_json::from_str(&place.khabar(&["schema"]).out).expect("is JSON");
    for (name, text) in khabar_tests::seeds() {
        place.write(&format!("in/{name}.txt"), text);
    }
    place.write(
        "in/lines.jsonl",
        "{\"text\":\"قبل يومين\",\"date\":\"2025-08-06\"}\n{\n{\"text\":\"بلا تاريخ\",\"date\":\"x\"}\n",
    );
    let ran = place.khabar(&["annotate", "in"]);
    assert_eq!(ran.lines().len(), 8);
    for line in ran.lines() {
        assert_eq!(breach(&schema, &schema, &line), None, "{}", line["id"]);
    }
    let mut line = ran.lines()[0].clone();
    line["annotations"][0]["start"] = "1".into();
    assert_eq!(breach(&schema, &schema, &line).as_deref(), Some("\"1\" is no integer"));
    let money = place.khabar(&["schema", "number.money"]);
    assert!(money.out.contains("ISO 4217"), "{}", money.out);
    assert_eq!(place.khabar(&["schema", "acme.ticker"]).code, Some(2));
}

#[test]
fn gold_is_scored() {
    let place = Place::new();
    let gold = r#"{"id":"a","text":"نعم لا","annotations":[{"kind":"test.word","start":0,"end":3,"value":{"word":"نعم"}},{"kind":"test.word","start":3,"end":6}]}"#;
    place.write("gold.jsonl", gold);
    let ran = place.khabar(&["eval", "gold.jsonl", "--errors", "9"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("gold.jsonl: 1 documents\n"), "{}", ran.out);
    assert!(ran.out.contains("missed") && ran.out.contains("extra"), "{}", ran.out);
    let json = place.khabar(&["eval", "gold.jsonl", "--json", "--overlap"]).lines();
    assert_eq!(json[0]["report"]["rows"][0]["counts"]["hits"], 2);
    assert_eq!(place.khabar(&["eval", "gold.jsonl", "--min-f1", "50"]).code, Some(0));
    assert_eq!(place.khabar(&["eval", "gold.jsonl", "--min-f1", "51"]).code, Some(1));
    place.write("a.jsonl", "{\"id\":\"a\",\"text\":\"نعم لا\"}");
    assert_eq!(place.khabar(&["annotate", "a.jsonl", "-o", "found.jsonl"]).code, Some(0));
    let found = place.khabar(&["eval", "gold.jsonl", "--found", "found.jsonl", "--errors", "9"]);
    assert_eq!(found.out, ran.out);
    let confusion = place.khabar(&["eval", "gold.jsonl", "--confusion", "--html", "page.html"]);
    assert!(confusion.out.ends_with("test.word             right 1  other span 1\n\n"), "{}", confusion.out);
    let page = place.read("page.html");
    assert!(page.contains("id=\"span\"") && page.contains("data-gold=\"3-6\" data-found=\"4-6\""), "{page}");
    let json = place.khabar(&["eval", "gold.jsonl", "--json", "--confusion"]).lines();
    assert_eq!(json[0]["confusion"][1]["same_span"], false);
    assert_eq!(place.khabar(&["eval", "gold.jsonl", "gold.jsonl", "--html", "x.html"]).code, Some(2));
    place.write("bad.jsonl", "{\"id\":\"a\",\"annotations\":[]}");
    let bad = place.khabar(&["eval", "bad.jsonl"]);
    assert_eq!((bad.code, bad.err.as_str()), (Some(2), "khabar: bad.jsonl: document a has no text\n"));
}

#[test]
fn kinds_are_explained() {
    let place = Place::bare();
    let ran = place.khabar(&["explain", "timex.duration"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("timex.duration\n  How long: "), "{}", ran.out);
    assert!(ran.out.contains("\n  found by dates@") && ran.out.contains("\n  examples\n"), "{}", ran.out);
    assert_eq!(place.khabar(&["explain", "timex"]).out.matches("found by dates@").count(), 4);
    let unknown = place.khabar(&["explain", "weather"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.starts_with("khabar: unknown target \"weather\": not a file, an id of a lexicon, or a kind, layer or extractor of this run (numbers, "));
}

#[test]
fn annotations_and_ids_are_explained() {
    let place = Place::bare();
    let ran = place.khabar(&["explain", "--text", "زار بوتين موسكو", "--at", "5"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("بوتين\n  is         entity.person at 4..9\n"), "{}", ran.out);
    assert!(ran.out.contains("\n  lexicon    plugins/entities/data/people.toml:"), "{}", ran.out);
    assert!(ran.out.contains("\n  known in   plugins/entities/data/people.toml:"), "{}", ran.out);
    let id = place.khabar(&["explain", "Q7747"]);
    assert!(
        id.code == Some(0) && id.out.contains("people.toml:") && id.out.contains("\"فلاديمير بوتين\""),
        "{}",
        id.out
    );
    let made = place.khabar(&["explain", "khabar:person/none"]);
    assert!(made.code == Some(2) && made.err.contains("made from the normalised name"), "{}", made.err);
    place.write("a.jsonl", "{\"id\":\"x\",\"text\":\"لا شيء\"}\n{\"id\":\"y\",\"text\":\"بنسبة 5%\"}\n{\n");
    let one = place.khabar(&["explain", "a.jsonl", "--document", "y"]);
    assert!(one.out.starts_with("5%\n  is         number.percent at 6..8\n"), "{}", one.out);
    let nothing = place.khabar(&["explain", "a.jsonl", "--document", "x", "--at", "3"]);
    assert_eq!(nothing.out, "x: no annotations here\n  word       شيء → شيء\n");
    assert_eq!(place.khabar(&["explain", "a.jsonl", "--document", "z"]).code, Some(2));
    assert_eq!(place.khabar(&["explain", "a.jsonl", "--document", "y", "--at", "9"]).code, Some(2));
    assert_eq!(place.khabar(&["explain", "a.jsonl"]).code, Some(1), "the last line cannot be read");
}

#[test]
fn rules_are_listed() {
    let place = Place::bare();
    let ran = place.khabar(&["rules", "--markdown"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("# Rules\n"), "{}", ran.out);
    let one = place.khabar(&["rules", "numbers"]);
    assert!(one.out.starts_with("numbers: ") && !one.out.contains("dates: "), "{}", one.out);
    let unknown = place.khabar(&["rules", "weather"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("unknown extractor \"weather\": expected one of numbers, dates, "), "{}", unknown.err);
}

#[test]
fn the_doctor_runs_every_example() {
    let built_in = Place::bare().khabar(&["doctor"]);
    assert_eq!(built_in.code, Some(0), "{}", built_in.out);
    assert!(built_in.out.contains("\nnumbers@"), "{}", built_in.out);
    let place = Place::bare();
    place.write("khabar.toml", format!("[[extractor]]\n{}config = {{ only = [\"x\"] }}\n", library("words")));
    let own = place.khabar(&["doctor"]);
    assert!(own.out.ends_with(": 1 of 1 examples hold\n"), "{}", own.out);
}

#[test]
fn a_page_to_look_at() {
    let place = Place::new();
    place.write("a.txt", "قال نعم");
    let ran = place.khabar(&["view", "a.txt", "-o", "page.html", "--no-open"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.trim_end().ends_with("page.html") && ran.out.starts_with('/'), "{}", ran.out);
    let page = place.read("page.html").to_lowercase();
    assert!(page.starts_with("<!doctype html>") && page.contains("قال نعم"), "{page}");
    let kept = place.khabar(&["view", "a.txt", "--no-open"]);
    let path = std::path::Path::new(kept.out.trim_end());
    assert!(path.is_file(), "{}", kept.out);
    std::fs::remove_file(path).expect("can be removed");
    assert_eq!(place.khabar(&["view", "missing.txt", "-o", "x.html", "--no-open"]).code, Some(2));
}

#[test]
fn what_packages_install() {
    let place = Place::bare();
    for shell in ["bash", "zsh", "fish"] {
        let ran = place.khabar(&["completions", shell]);
        assert!(ran.code == Some(0) && ran.out.contains("annotate"), "{shell}");
    }
    assert!(place.khabar(&["man"]).out.contains(".TH khabar 1"));
    assert!(place.khabar(&["man", "annotate"]).out.contains(".TH khabar-annotate 1"));
    assert_eq!(place.khabar(&["man", "none"]).code, Some(2));
}

#[test]
fn packed_files_and_other_encodings() {
    let place = Place::new();
    let plain = "{\"id\":\"a\",\"text\":\"نعم\"}\n{\"id\":\"b\",\"text\":\"لا\"}\n";
    place.write("in/a.jsonl", plain);
    let wanted = place.khabar(&["annotate", "in"]).out;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(plain.as_bytes()).expect("packs");
    place.write("gz/a.jsonl.gz", gzip.finish().expect("packs"));
    assert_eq!(place.khabar(&["annotate", "gz"]).out, wanted);
    place.write("zst/a.jsonl.zst", zstd::encode_all(plain.as_bytes(), 1).expect("packs"));
    assert_eq!(place.khabar(&["annotate", "zst"]).out, wanted);
    let packed = zstd::encode_all(plain.as_bytes(), 1).expect("packs");
    assert_eq!(place.khabar_with(&["annotate", "-"], &packed).out, wanted);
    place.write("zst/a.jsonl.zst", &packed[..packed.len() - 4]);
    let cut = place.khabar(&["annotate", "zst"]);
    assert_eq!(cut.lines().last().map(|line| line["errors"][0]["code"].clone()), Some("unreadable".into()));
    place.write("w.txt", b"\xe4\xda\xe3");
    assert_eq!(place.khabar(&["annotate", "w.txt"]).lines()[0]["errors"][0]["code"], "not_utf8");
    let decoded = place.khabar(&["annotate", "w.txt", "--encoding", "windows-1256"]);
    assert_eq!(decoded.lines()[0]["annotations"][0]["text"], "نعم");
    let utf16: Vec<u8> = "\u{feff}نعم".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(place.khabar_with(&["annotate", "-"], &utf16).lines()[0]["annotations"][0]["text"], "نعم");
    assert_eq!(place.khabar(&["annotate", "w.txt", "--encoding", "klingon"]).code, Some(2));
}

/// What of a value breaks a schema, of the keywords that khabar's schema uses.
fn breach(root: &Json, schema: &Json, value: &Json) -> Option<String> {
    let list = |key: &str| schema[key].as_array().into_iter().flatten();
    if let Some(path) = schema["$ref"].as_str() {
        let definition = &root["$defs"][path.strip_prefix("#/$defs/").expect("a definition of this schema")];
        assert!(definition.is_object(), "{path} is not defined");
        return breach(root, definition, value);
    }
    let types: Vec<&str> = list("type").chain([&schema["type"]]).filter_map(Json::as_str).collect();
    let is = |name: &&str| match *name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the schema has a type {other}"),
    };
    if !types.is_empty() && !types.iter().any(is) {
        return Some(format!("{value} is no {}", types.join(" or ")));
    }
    let allowed = schema["enum"].is_null() || list("enum").any(|allowed| allowed == value);
    if !allowed || schema.get("const").is_some_and(|only| only != value) {
        return Some(format!("{value} is none of {} {}", schema["const"], schema["enum"]));
    }
    let missing = list("required").filter_map(Json::as_str).find(|key| value.is_object() && value.get(key).is_none());
    if let Some(missing) = missing {
        return Some(format!("{missing} is missing in {value}"));
    }
    let fields = value.as_object().into_iter().flatten();
    let of_fields = fields.filter_map(|(key, field)| match schema["properties"].get(key) {
        Some(schema) => breach(root, schema, field),
        None => (schema["additionalProperties"] == false).then(|| format!("{key} is no field")),
    });
    let items = value.as_array().into_iter().flatten().filter(|_| schema["items"].is_object());
    let of_items = items.filter_map(|item| breach(root, &schema["items"], item));
    let of_all = list("allOf").filter_map(|part| {
        let holds = part.get("if").is_none_or(|condition| breach(root, condition, value).is_none());
        holds.then(|| breach(root, part.get("then").unwrap_or(part), value))?
    });
    let of_any = (schema["anyOf"].is_array() && list("anyOf").all(|part| breach(root, part, value).is_some()))
        .then(|| format!("{value} is none of {}", schema["anyOf"]));
    of_fields.chain(of_items).chain(of_all).chain(of_any).next()
}
