//! `khabar quotes`, with the extractors that are built in: the test plugins find no quotations.

use super::run::Place;

const TEXT: &str = "وقال متحدث باسم الشركة لقناة \"السهل\" إن \"القرار صدر أمس ولن يتغير\".\n\
    وأكدت مديرة المدرسة أن العمل مستمر.\nتابع الجمهور برنامج \"صباح المدينة\".\n";

#[test]
fn a_row_a_quotation_in_the_order_of_the_documents() {
    let place = Place::bare();
    place.write("in/a.txt", TEXT);
    place.write("in/b.txt", TEXT);
    let ran = place.khabar(&["quotes", "in"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let rows: Vec<Vec<&str>> = ran.out.lines().map(|row| row.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 8), "{}", ran.out);
    assert_eq!((rows[0][0], rows[0][7]), ("document", "text"));
    let documents: Vec<&str> = rows[1..].iter().map(|row| row[0]).collect();
    assert_eq!(documents, ["a", "a", "b", "b"]);
    assert_eq!((rows[1][1], rows[1][4]), ("quote.speech", "متحدث باسم الشركة"));
    assert_eq!((rows[1][5], rows[1][6], rows[1][7]), ("قال", "السهل", "القرار صدر أمس ولن يتغير"));
    assert_eq!((rows[2][1], rows[2][7]), ("quote.indirect", "العمل مستمر"));
}

#[test]
fn by_speaker() {
    let place = Place::bare();
    place.write("in/a.txt", TEXT);
    place.write("in/b.txt", TEXT);
    let ran = place.khabar(&["quotes", "--by", "speaker", "--format", "jsonl", "in"]);
    let of = |row: &serde_json::Value| (row["speaker"].clone(), row["document"].clone());
    let speakers: Vec<_> = ran.lines().iter().map(of).collect();
    assert_eq!(speakers.len(), 4);
    assert!(speakers[0].0 == speakers[1].0 && speakers[2].0 == speakers[3].0, "{speakers:?}");
    assert_eq!((&speakers[0].1, &speakers[1].1), (&"a".into(), &"b".into()));
}

#[test]
fn terms_when_asked_for() {
    let place = Place::bare();
    place.write("a.txt", TEXT);
    let kinds = |args: &[&str]| place.khabar(args).out.matches("quote.term").count();
    assert_eq!(kinds(&["quotes", "a.txt"]), 0);
    assert_eq!(kinds(&["quotes", "--terms", "a.txt"]), 2);
}

#[test]
fn a_path_that_is_not_there() {
    let ran = Place::bare().khabar(&["quotes", "nowhere"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("nowhere"), "{}", ran.err);
}
