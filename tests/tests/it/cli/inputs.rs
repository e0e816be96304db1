//! All forms of input: what is read, and that `khabar verify` proves it.

use super::run::{Place, Ran};

const TEXT: &str = "قال نعم، ثم قال وزير الخارجية الروسي إن بلاده ستدفع ثلاثة ملايين دولار.";

fn page(head: &str) -> String {
    let article = format!("<p>{TEXT}</p>").repeat(4);
    format!("<!doctype html><html lang=ar><head>{head}</head><body><article>{article}</article></body></html>")
}

fn windows_1256(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1256.encode(text).0.into_owned()
}

/// Annotates and verifies with the same options.
fn proved(place: &Place, input: &str, options: &[&str]) -> Ran {
    let ran = place.khabar(&[&["annotate", input, "-o", "out.jsonl"], options].concat());
    assert_eq!(ran.code, Some(0), "{input}: {}", ran.err);
    let verified = place.khabar(&[&["verify", "out.jsonl", "--text", input], options].concat());
    assert_eq!(verified.code, Some(0), "{input}: {}{}", verified.out, verified.err);
    assert!(!verified.out.contains(" 0 annotations"), "{}", verified.out);
    Ran { out: place.read("out.jsonl"), ..ran }
}

#[test]
fn every_form_is_proved() {
    let place = Place::new();
    let json = serde_json::json!({"text": TEXT}).to_string();
    let table = format!("id,text\n1,\"{TEXT}\"\n2,\"😀 \"\"{TEXT}\"\"\r\n\"\n");
    let utf16: Vec<u8> = format!("\u{feff}{TEXT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old_page = page("<meta charset=windows-1256>");
    let inputs: [(&str, Vec<u8>); 14] = [
        ("in/a.txt", TEXT.into()),
        ("in/b.md", format!("# {TEXT}\n\n* {TEXT}\n").into()),
        ("in/c.jsonl", json.clone().into()),
        ("in/d.csv", table.clone().into()),
        ("in/e.tsv", format!("text\tid\n{TEXT}\t1\n").into()),
        ("in/f.html", page("<title>😀 خبر</title>").into()),
        ("in/g.HTM", page("").into()),
        ("in/h.txt.zst", zstd::encode_all(TEXT.as_bytes(), 1).expect("packs")),
        ("in/i.csv.zst", zstd::encode_all(table.as_bytes(), 1).expect("packs")),
        ("in/j.html.zst", zstd::encode_all(page("").as_bytes(), 1).expect("packs")),
        ("in/k.txt", utf16),
        ("in/l.txt", windows_1256(TEXT)),
        ("in/m.csv", windows_1256(&format!("text;id\n\"{TEXT}\";1\n"))),
        ("in/n.html", windows_1256(&old_page)),
    ];
    for (name, bytes) in &inputs {
        place.write(name, bytes);
        proved(&place, name, &[]);
    }
    let all = proved(&place, "in", &[]);
    assert_eq!(all.lines().len(), 16, "two tables have two rows");
    let guessed = |line: &serde_json::Value| line["errors"][0]["code"] == "guessed_encoding";
    let ids: Vec<String> = all.lines().iter().filter(|line| guessed(line)).map(|line| line["id"].to_string()).collect();
    assert_eq!(ids, ["\"l\"", "\"1\""]);
    proved(&place, "in/l.txt", &["--encoding", "windows-1256"]);
    assert_eq!(
        place.khabar(&["annotate", "in/l.txt", "--encoding", "utf-8"]).lines()[0]["errors"][0]["code"],
        "not_utf8"
    );
    let from_pipe = place.khabar_with(&["annotate", "-"], page("").as_bytes());
    assert_eq!(from_pipe.lines()[0]["id"], "stdin");
    place.write("x.dat", &table);
    proved(&place, "x.dat", &["--input-format", "csv"]);
}

#[test]
fn a_page_gives_its_article() {
    let place = Place::bare();
    let head = "<title>موسكو ستدفع ثلاثة ملايين</title><meta property=article:published_time content=2025-08-06T09:00Z><meta name=author content=علي>";
    place.write("a.html", page(head));
    proved(&place, "a.html", &[]);
    let ran = place.khabar(&["annotate", "a.html", "--keep", "title,byline,none"]);
    let line = &ran.lines()[0];
    let text = line["text"].as_str().expect("the text is in the output");
    assert!(text.starts_with("موسكو ستدفع ثلاثة ملايين\n\nقال نعم"), "{text}");
    assert_eq!(line["meta"], serde_json::json!({"byline": "علي", "title": "موسكو ستدفع ثلاثة ملايين"}));
    assert_eq!((line["date"]["value"].as_str(), line["date"]["source"].as_str()), (Some("2025-08-06"), Some("given")));
    let money = line["annotations"].as_array().into_iter().flatten().find(|a| a["kind"] == "number.money");
    let money = money.expect("three million dollars");
    let at = |key: &str| money[key].as_u64().expect("an offset") as usize;
    let covered: String = text.chars().skip(at("start")).take(at("end") - at("start")).collect();
    assert_eq!(money["text"], covered.as_str());
    place.write("b.html", "<!doctype html><img src=a><script>x()</script>");
    place.write("c.html", "<div>".repeat(100_000));
    let none = place.khabar(&["annotate", "b.html", "c.html"]);
    for (line, words) in none.lines().iter().zip(["found no article", "nested more than"]) {
        assert_eq!(line["errors"][0]["code"], "no_article");
        assert!(line["errors"][0]["message"].as_str().is_some_and(|message| message.contains(words)), "{line}");
    }
    let edited = ran.out.replace("\"text\":\"موسكو", "\"text\":\"مدينة");
    place.write("out.jsonl", edited);
    let verified = place.khabar(&["verify", "out.jsonl", "--text", "a.html"]);
    assert!(verified.code == Some(1) && verified.err.contains("the text differs"), "{}", verified.err);
}

#[test]
fn a_table_says_what_is_wrong_with_it() {
    let place = Place::bare();
    place.write("a.csv", "id,body\n1,نص\n");
    let ran = place.khabar(&["annotate", "a.csv"]);
    let wanted = "missing column `text`: the header row has id, body; rename the column that holds the texts";
    assert_eq!((ran.code, ran.lines().len()), (Some(2), 1));
    assert!(ran.err.contains(&format!("khabar: a.csv:1: {wanted}")), "{}", ran.err);
    place.write("b.csv", "id,text,date,url\n1,نعم,2025-08-06,u\n2,قال، نعم, ثم,x,y,z\n3,\"لا\n");
    let ran = place.khabar(&["annotate", "b.csv", "--keep", "*"]);
    let lines = ran.lines();
    assert_eq!((ran.code, lines.len()), (Some(0), 3));
    assert_eq!(lines[0]["meta"], serde_json::json!({"url": "u"}));
    assert_eq!((lines[0]["date"]["value"].as_str(), &lines[0]["errors"]), (Some("2025-08-06"), &serde_json::json!([])));
    let place_of = |at: usize| (lines[at]["errors"][0]["code"].as_str(), lines[at]["errors"][0]["line"].as_u64());
    assert_eq!([place_of(1), place_of(2)], [(Some("not_csv"), Some(3)), (Some("not_csv"), Some(4))]);
    let rows = place.khabar(&["dates", "b.csv", "--input-format", "csv"]);
    assert!(rows.code == Some(0) && rows.out.contains("2025-08-06"), "{}{}", rows.out, rows.err);
}

#[test]
fn an_unclosed_mark_costs_its_row_and_tabs_know_no_marks() {
    let place = Place::bare();
    let rows: String = (3..300).map(|id| format!("{id},قال نعم\n")).collect();
    place.write("a.csv", format!("id,text\n1,نعم\n2,\"لا\n{rows}"));
    let ran = place.khabar(&["annotate", "a.csv", "--only", "number"]);
    let lines = ran.lines();
    assert_eq!((ran.code, lines.len()), (Some(0), 299));
    let refused: Vec<_> = lines.iter().filter(|line| line["errors"] != serde_json::json!([])).collect();
    assert_eq!((refused.len(), &refused[0]["errors"][0]["line"]), (1, &3.into()));
    place.write("a.tsv", "id\ttext\n1\t\"5 دولار\n2\t\"6 دولار\"\n");
    for (form, count) in [("auto", [1, 1]), ("tsv", [1, 1]), ("csv", [0, 1])] {
        let ran = place.khabar(&["annotate", "a.tsv", "--only", "number.money", "--input-format", form]);
        let found: Vec<_> = ran.lines().iter().map(|line| line["annotations"].as_array().map_or(0, Vec::len)).collect();
        assert_eq!(found, count, "{form}: {}", ran.out);
    }
    let first = &place.khabar(&["annotate", "a.tsv", "--only", "number.money"]).lines()[0]["annotations"][0];
    assert_eq!(first["start"], 1, "the mark is a letter of the text");
}
