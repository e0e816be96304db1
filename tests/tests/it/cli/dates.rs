//! `khabar dates`, with the extractors that are built in.

use super::run::Place;

#[test]
fn a_date_in_words() {
    let place = Place::bare();
    place.write("in/a.txt", "أعلن الوزير اليوم السبت 27 أوت 2016 عن المشروع.");
    place.write("in/b.txt", "انتهى اليوم الأربعاء اللقاء.");
    place.write("in/c.txt", "لا شيء هنا.");
    let given = r#"{"id":"d","text":"أعلن الوزير اليوم السبت 27 أوت 2016","date":"2016-08-30"}"#;
    place.write("in/d.jsonl", format!("{given}\n"));
    let ran = place.khabar(&["dates", "in"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(
        lines,
        [
            "a: Saturday 2016-08-27, inferred, 99 % sure, from:",
            "  \u{2068}اليوم السبت 27 أوت 2016\u{2069}",
            "b: a Wednesday, of which week is not known, inferred, 90 % sure, from:",
            "  \u{2068}اليوم الأربعاء\u{2069}",
            "c: nothing tells",
            "d: Tuesday 2016-08-30, given; the text contradicts it:",
            "  \u{2068}اليوم السبت 27 أوت 2016\u{2069}",
        ]
    );
}
