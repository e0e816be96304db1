use proptest::prelude::*;

use super::*;
use crate::source::tests::Taken;
use crate::source::{Inputs, document};

/// A row as a document: `line id "text" date country issue… field=value…`.
fn show(item: &Item, bytes: &[u8]) -> String {
    let shown = match document::read(item, bytes) {
        Ok((read, issues)) => {
            let doc = read.as_document();
            let about = [doc.date.map(|date| date.to_string()), doc.country.map(|country| country.to_string())];
            let about = about.into_iter().flatten().chain(issues.iter().map(ToString::to_string));
            let extra = doc.extra.iter().map(|extra| format!("{}={}", extra.name, extra.value));
            let about: String = about.chain(extra).map(|part| format!(" {part}")).collect();
            format!("{} {:?}{about}", doc.id, doc.text)
        }
        Err((id, issue)) => format!("{id} {:?}: {}", issue.code, issue.message),
    };
    format!("{} {shown}", item.line)
}

fn seen(table: &[u8], limit: usize, keep: &[&str]) -> Vec<String> {
    let keep = keep.iter().map(ToString::to_string).collect::<Vec<_>>().into();
    let inputs = Inputs { keep, ..Inputs::default() };
    let origin = Arc::new(Origin::new("t.csv".into(), "t".into(), &inputs));
    // A buffer of three bytes, so that every row is read in parts.
    for size in [3, 1 << 16] {
        let mut taken = Taken::new(show);
        let mut stream = io::BufReader::with_capacity(size, table);
        let failed = read(&mut stream, &origin, limit, &mut taken).expect("nobody stops it");
        assert_eq!(failed.is_some(), taken.seen.iter().any(|seen| seen.contains("column")), "{:?}", taken.seen);
        if size != 3 {
            return taken.seen;
        }
    }
    Vec::new()
}

#[test]
fn a_row_is_a_document() {
    let table = "\u{feff}id,Text,date,url,country\r\n\
                 a,\"سطر\r\nثان، \"\"نعم\"\"\",2025-08-06,http://x,TN\r\n\
                 \n,خبر,,,\n,,,,\r\n7,\"\",أمس,,\n c ,ن,,";
    assert_eq!(
        seen(table.as_bytes(), 999, &["url", "date"]),
        [
            "2 a \"سطر\\r\\nثان، \\\"نعم\\\"\" 2025-08-06 TN date=\"2025-08-06\" url=\"http://x\"",
            "5 t:5 \"خبر\" date=\"\" url=\"\"",
            "7 7 \"\" `date` ignored: \"أمس\" is no ISO 8601 date such as 2025-08-06 or 2025-08-06T15:30:00+03:00 date=\"أمس\" url=\"\"",
            "8  c  \"ن\" date=\"\" url=\"\"",
        ]
    );
    for other in ["text\tid\nخبر، نعم\t1\n", "text;id\rخبر، نعم;1", "\"id\";\"text\"\n1;\"خبر، نعم\""]
    {
        assert!(seen(other.as_bytes(), 999, &[])[0].ends_with(" 1 \"خبر، نعم\""), "{other}");
    }
}

#[test]
fn heads_that_cannot_be_used() {
    let refused = |table: &str| seen(table.as_bytes(), 999, &[]).join("; ");
    assert_eq!(seen(b"", 999, &[]), [""; 0]);
    assert_eq!(seen(b"text\n", 999, &[]), [""; 0]);
    assert_eq!(seen(MARK, 999, &[]), [""; 0]);
    let none = "1 t NotCsv: no column `text` in the head (id, نص); name the one that holds the texts so";
    assert_eq!(refused("id,نص\n1,خبر\n"), none.replace(" t ", " t:1 "));
    assert!(refused("text, TEXT\nأ,ب\n").contains("two columns `text`"));
    assert!(refused("\0\n").contains("NotCsv"));
    assert!(refused(&"x".repeat(2000)).contains("TooLarge"));
}

#[test]
fn rows_that_do_not_fit_cost_themselves() {
    assert_eq!(
        seen("id,text\n1,قال، ثم, مضى\n2\n3,\"خبر\"\n".as_bytes(), 999, &[]),
        [
            "2 t:2 NotCsv: the row has 3 cells, the head 2: a cell with a comma stands in \"marks\"",
            "3 t:3 NoText: the row has 1 cells, `text` stands in the head as number 2",
            "4 3 \"خبر\""
        ]
    );
    let long = format!("id,text\n1,\"{}\n\"\n2,ب\n", "x\"\",\n".repeat(3000));
    let found = seen(long.as_bytes(), 999, &[]);
    assert_eq!(found.len(), 2);
    assert!(found[0].starts_with("2 t:2 TooLarge"), "{found:?}");
    assert_eq!(found[1], "3004 2 \"ب\"");
    assert_eq!(seen(b"text\n\xff\xfe\n", 99, &[]), ["2 t:2 NotUtf8: the row is not UTF-8"]);
}

#[test]
fn a_mark_that_is_never_closed_is_told_where_it_stands() {
    let found = seen("text,id\nأ,1\n\"ب,2\nج,3\n".as_bytes(), 999, &[]);
    assert_eq!(found[0], "2 1 \"أ\"");
    assert!(found[1].starts_with("3 t:3 NotCsv: a quotation mark that opens a cell of this row is never"), "{found:?}");
    for closed in ["text\n\"أ\"", "text\n\"أ\"\n", "text\nشاشة 5\" أو 6", "text\n\"أ\"\n\n\n"] {
        let found = seen(closed.as_bytes(), 999, &[]);
        assert!(found.len() == 1 && !found[0].contains("NotCsv"), "{found:?}");
    }
}

proptest! {
    #[test]
    fn what_is_written_by_the_rules_is_read_back(texts in prop::collection::vec("[a,\"\n\r;\t خبر]{1,9}", 1..9)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["id", "text"]).expect("written");
        for text in &texts {
            writer.write_record(["x", text]).expect("written");
        }
        let table = writer.into_inner().expect("in memory");
        let read: Vec<String> =
            seen(&table, 999, &[]).iter().map(|seen| seen.split_once(" x ").expect("an id").1.to_owned()).collect();
        let wanted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
        prop_assert_eq!(read, wanted);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(prop_oneof![Just(b','), Just(b'"'), Just(b'\n'), any::<u8>()], 0..60)) {
        let table = [b"text,id\n", &bytes[..]].concat();
        seen(&table, 20, &["*"]);
    }
}
