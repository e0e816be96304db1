//! `khabar entities`, with the extractors that are built in.

use serde_json::Value;

use super::run::Place;

const MORNING: &str = "وصل المبعوث ستيف ويتكوف إلى سانت بطرسبرغ. وقال ويتكوف إن اللقاء مع كيريل ديميتريف كان جيدا.\n";
const EVENING: &str = "غادر ستيفن ويتكوف سان بطرسبرغ بعد لقاء كيريل دميترييف. وقالت أمريكا إن أميركا راضية.\n";

fn rows(args: &[&str]) -> Vec<Value> {
    let place = Place::bare();
    place.write("in/a.txt", MORNING);
    place.write("in/b.txt", EVENING);
    let ran = place.khabar(args);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    ran.lines()
}

fn spelt<'a>(rows: &'a [Value], spelling: &str) -> &'a Value {
    let mut with = rows.iter().filter(|row| row["variants"].get(spelling).is_some());
    let row = with.next().expect(spelling);
    assert!(with.next().is_none(), "{spelling} is one entity");
    row
}

#[test]
fn spellings_of_one_name_are_one_row_over_all_documents() {
    let rows = rows(&["entities", "in"]);
    for (spellings, mentions) in [
        (&["ستيف ويتكوف", "ستيفن ويتكوف", "ويتكوف"][..], 3),
        (&["سانت بطرسبرغ", "سان بطرسبرغ"], 2),
        (&["كيريل ديميتريف", "كيريل دميترييف"], 2),
        (&["أمريكا", "أميركا"], 2),
    ] {
        let row = spelt(&rows, spellings[0]);
        assert!(spellings.iter().all(|spelling| row["variants"].get(*spelling).is_some()), "{row}");
        assert_eq!(row["mentions"], mentions, "{row}");
    }
    assert_eq!(spelt(&rows, "ويتكوف")["documents"], 2);
    assert_eq!(spelt(&rows, "سان بطرسبرغ")["id"], "Q656");
    assert_ne!(spelt(&rows, "ويتكوف")["id"], spelt(&rows, "كيريل ديميتريف")["id"]);
}

#[test]
fn most_mentions_first_and_the_rare_left_out_when_asked() {
    let all = rows(&["entities", "in"]);
    let mentions = |row: &Value| row["mentions"].as_u64().expect("a number");
    assert!(all.windows(2).all(|pair| mentions(&pair[0]) >= mentions(&pair[1])));
    let often = rows(&["entities", "--least", "3", "in"]);
    assert_eq!(often, all.into_iter().filter(|row| 3 <= mentions(row)).collect::<Vec<_>>());
    assert!(!often.is_empty());
}

#[test]
fn a_table_has_a_line_an_entity() {
    let place = Place::bare();
    place.write("a.txt", MORNING);
    let ran = place.khabar(&["entities", "--format", "table", "a.txt"]);
    let city = ran.out.lines().find(|line| line.starts_with("Q656\t")).expect("the city");
    let columns: Vec<&str> = city.split('\t').collect();
    assert_eq!((columns.len(), columns[1], columns[3], columns[4], columns[5]), (6, "gpe", "1", "1", "سانت بطرسبرغ"));
}

#[test]
fn a_model_that_is_none_is_named() {
    let place = Place::bare();
    place.write("a.txt", MORNING);
    place.write("names.khm", "no model");
    for (set, said) in
        [("entities.model=names.khm", "not a model of names"), ("entities.model=nowhere.khm", "nowhere.khm")]
    {
        let ran = place.khabar(&["entities", "--set", set, "a.txt"]);
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}
