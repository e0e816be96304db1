use super::*;
use crate::testing::plan;
use crate::{Document, RunSettings, Worker};

fn line(text: &str, unit: Unit, date: Option<&str>) -> String {
    let plan = plan(RunSettings::default());
    let mut worker = Worker::new(&plan);
    let date = date.and_then(|date| date.parse().ok());
    let doc = worker.annotate(Document { id: "a\"b", text, date, ..Document::default() });
    let mut out = Vec::new();
    Jsonl { unit }.document(&doc, &mut Scratch::default(), &mut out);
    String::from_utf8(out).expect("is text")
}

#[test]
fn a_line_is_the_contract() {
    let wanted = concat!(
        r#"{"schema":1,"id":"a\"b","date":{"value":"2025-08-06","source":"given","confidence":1.0,"#,
        r#""earliest":"2025-08-06","latest":"2025-08-06","weekday":"wednesday","evidence":[],"conflict":false},"#,
        r#""offset_unit":"char","annotations":["#,
        r#"{"kind":"test.count","start":0,"end":5,"text":"😀 نعم","value":{"words":2},"confidence":1.0,"source":"whole@1"},"#,
        r#"{"kind":"test.word","start":0,"end":1,"text":"😀","value":{"word":"😀","at":{"start":0,"end":1,"text":"😀"}},"confidence":0.5,"source":"words@1"},"#,
        r#"{"kind":"test.word","start":2,"end":5,"text":"نعم","value":{"word":"نعم","at":{"start":2,"end":5,"text":"نعم"}},"confidence":0.5,"source":"words@1"}"#,
        "],\"errors\":[]}\n"
    );
    assert_eq!(line("😀 نعم", Unit::Char, Some("2025-08-06T23:10:00+03:00")), wanted);
}

#[test]
fn offsets_in_the_other_units() {
    assert!(
        line("😀 نعم", Unit::Utf16, None)
            .contains(r#""start":3,"end":6,"text":"نعم","value":{"word":"نعم","at":{"start":3,"end":6,"#)
    );
    assert!(
        line("😀 نعم", Unit::Byte, None)
            .contains(r#""start":5,"end":11,"text":"نعم","value":{"word":"نعم","at":{"start":5,"end":11,"#)
    );
}

#[test]
fn a_failure_keeps_the_line() {
    let json: serde_json::Value = serde_json::from_str(&line("boom", Unit::Char, None)).expect("is JSON");
    assert_eq!(json["date"], serde_json::Value::Null);
    assert_eq!(json["annotations"], serde_json::json!([]));
    let error = |at: usize, key: &str| json["errors"][at][key].as_str().unwrap_or_default().to_owned();
    assert_eq!((error(0, "code"), error(0, "extractor")), ("extractor_panicked".into(), "words".into()));
    assert!(error(0, "message").starts_with("panicked: boom in a\"b at "), "{}", error(0, "message"));
    assert_eq!(
        (error(1, "code"), error(1, "message")),
        ("extractor_skipped".into(), "skipped: it requires words, which gave no result".into())
    );
}

#[test]
fn line_breaks_in_a_value_do_not_end_the_line() {
    let mut out = Vec::new();
    raw(&mut out, b"{\n\t\"a\": \"\\n\"\r\n}");
    assert_eq!(out, b"{ \t\"a\": \"\\n\"  }");
}

#[test]
fn strings_are_written_as_serde_writes_them() {
    let around = ["", "م", "Q7747 فلاديمير بوتين الرئيس"];
    for c in (0..=0x17f).filter_map(char::from_u32) {
        for (before, after) in around.iter().flat_map(|before| around.map(|after| (before, after))) {
            let (text, mut out) = (format!("{before}{c}{after}"), Vec::new());
            string(&mut out, &text);
            assert_eq!(String::from_utf8(out).expect("UTF-8"), serde_json::to_string(&text).expect("JSON"));
        }
    }
}
