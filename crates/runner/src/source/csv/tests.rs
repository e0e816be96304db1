use proptest::prelude::*;

use super::*;
use crate::source::tests::Taken;
use crate::source::transcode::Replaced;
use crate::source::unpack::Trailing;
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
    seen_as(InputFormat::Auto, table, limit, keep)
}

fn seen_as(form: InputFormat, table: &[u8], limit: usize, keep: &[&str]) -> Vec<String> {
    let keep = keep.iter().map(ToString::to_string).collect::<Vec<_>>().into();
    let inputs = Inputs { keep, ..Inputs::default() };
    let origin = Arc::new(Origin::new("t.csv".into(), "t".into(), &inputs));
    // A buffer of a few bytes, so that every row is read in parts.
    let mut found = [1, 3, 1 << 16].map(|size| {
        let mut taken = Taken::new(show);
        let stream = Box::new(io::BufReader::with_capacity(size, table));
        let mut opened = Opened {
            stream,
            form: InputFormat::Csv,
            guessed: None,
            replaced: Replaced::default(),
            trailing: Trailing::default(),
        };
        let failed = read(&mut opened, form, &origin, limit, &mut taken).expect("nobody stops it");
        assert_eq!(failed.is_some(), taken.seen.iter().any(|seen| seen.starts_with("1 t:1 ")), "{:?}", taken.seen);
        taken.seen
    });
    assert_eq!(found[0], found[2]);
    assert_eq!(found[1], found[2]);
    std::mem::take(&mut found[2])
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
            "7 7 \"\" `date` ignored: invalid date \"أمس\": expected ISO 8601, for example 2025-08-06 or 2025-08-06T15:30:00+03:00 date=\"أمس\" url=\"\"",
            "8  c  \"ن\" date=\"\" url=\"\"",
        ]
    );
    for other in ["text\tid\nخبر، نعم\t1\n", "text;id\rخبر، نعم;1", "\"id\";\"text\"\n1;\"خبر، نعم\""]
    {
        assert!(seen(other.as_bytes(), 999, &[])[0].ends_with(" 1 \"خبر، نعم\""), "{other}");
    }
}

#[test]
fn lines_are_counted_however_they_end() {
    for table in ["text\na\n\nb\n", "text\r\na\r\n\r\nb\r\n", "text\ra\r\rb\r"] {
        assert_eq!(seen(table.as_bytes(), 999, &[]), ["2 t:2 \"a\"", "4 t:4 \"b\""], "{table:?}");
    }
}

#[test]
fn heads_that_cannot_be_used() {
    let refused = |table: &str| seen(table.as_bytes(), 999, &[]).join("; ");
    assert_eq!(seen(b"", 999, &[]), [""; 0]);
    assert_eq!(seen(b"text\n", 999, &[]), [""; 0]);
    assert_eq!(seen("\u{feff}".as_bytes(), 999, &[]), [""; 0]);
    let none = "1 t NotCsv: missing column `text`: the header row has id, نص; rename the column that holds the texts";
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
            "2 t:2 NotCsv: the row has 3 cells, the header row 2; put a cell with a comma in \"quotation marks\"",
            "3 t:3 NoText: the row has 1 cells, but `text` is column 2",
            "4 3 \"خبر\""
        ]
    );
    for long in ["x\"\",".repeat(3000) + "\"", "x\"\",".repeat(3000), ",".repeat(3000)] {
        for opened in ["1,\"", "1,"] {
            let found = seen(format!("id,text\n{opened}{long}\n2,ب\n{opened}{long}").as_bytes(), 999, &[]);
            let [first, second, third] = &found[..] else { panic!("{found:?}") };
            assert!(first.starts_with("2 t:2 TooLarge") && third.starts_with("4 t:4 TooLarge"), "{found:?}");
            assert_eq!(second, "3 2 \"ب\"");
        }
    }
    let wide = format!("text\nأ{}\nب\n", ",".repeat(900));
    assert_eq!(seen(wide.as_bytes(), 999, &["*"]), ["2 t:2 \"أ\"", "3 t:3 \"ب\""]);
    assert_eq!(seen(b"text\n\xff\xfe\n", 99, &[]), ["2 t:2 NotUtf8: the row is not UTF-8"]);
}

/// The lines that are refused for a mark, and the ids of all others.
fn unclosed(table: &str) -> (Vec<u64>, Vec<String>) {
    let (mut lines, mut ids) = (Vec::new(), Vec::new());
    for found in seen(table.as_bytes(), 9999, &[]) {
        let words: Vec<&str> = found.split(' ').collect();
        if found.contains("NotCsv: the quotation mark that opens a cell of this row is never closed") {
            lines.push(words[0].parse().expect("a line"));
        } else {
            ids.push(words[1].to_owned());
        }
    }
    (lines, ids)
}

#[test]
fn a_mark_that_is_never_closed_costs_its_row() {
    let ids = |from: u32, to: u32| (from..=to).map(|id| id.to_string()).collect::<Vec<_>>();
    let rows = |row: &str| (3..=99).map(|id| format!("{id},{row}\n")).collect::<String>();
    // Whatever the next rows are: without marks, in marks, with marks within, and with line breaks.
    for row in ["نص", "\"نص\"", "\"قال \"\"نعم\"\", ثم\"", "قال \"نعم\"", "\"\"", "\"\"\"نعم\"\"\"", "\"سطر\n\n، ثان\""]
    {
        let table = format!("id,text\n1,أ\n2,\"ب, ج\n{}", rows(row));
        let (lines, others) = unclosed(&table);
        assert_eq!(lines, [3], "{row}");
        assert_eq!(others, [ids(1, 1), ids(3, 99)].concat(), "{row}");
    }
    let all_marked = format!("id,text\n{}", (1..=9).map(|id| format!("\"{id}\",\"نص\"\n")).collect::<String>());
    assert_eq!(unclosed(&all_marked.replace("\"4\",\"نص\"", "\"4\",\"نص")).0, [5]);
    assert_eq!(unclosed("id,text\n1,\"أ\n2,\"ب\n3,\"ج").0, [2, 3, 4]);
    // Something that looks like its end, so that the row has more cells than the head.
    let (lines, others) = unclosed(&format!("id,text\n2,\"ب\n{}100,شاشة 5\",نص\n101,نص", rows("نص")));
    assert_eq!((lines, others.len()), (vec![2], 97 + 2));
    assert_eq!(unclosed("id,\"text\n1,نص").0, [1], "the head");
}

#[test]
fn cells_over_many_lines_are_whole() {
    let long = "سطر، ثم \"\"قال\"\",\r\n\n".repeat(200);
    let table = format!("id,text\n1,\"{long}\"\n\"2\n\",\"{long}\"\r\n3,نص");
    let found = seen(table.as_bytes(), 99_999, &[]);
    assert_eq!(found.len(), 3);
    assert!(found[0].contains("\\n\\nسطر، ثم \\\"قال\\\",\\r"), "{}", found[0]);
    assert_eq!(found[2], "805 3 \"نص\"");
    for closed in ["text\n\"أ\"", "text\n\"أ\"\n", "text\nشاشة 5\" أو 6", "text\n\"أ\"\n\n\n", "text\n\"أ\" ب\n"]
    {
        let found = seen(closed.as_bytes(), 999, &[]);
        assert!(found.len() == 1 && !found[0].contains("NotCsv"), "{found:?}");
    }
    assert_eq!(seen("text\n\"محمد\"5\"\n".as_bytes(), 99, &[]), ["2 t:2 \"\\\"محمد\\\"5\\\"\""], "nothing is repaired");
}

#[test]
fn marks_in_a_table_of_tabs_are_letters_unless_somebody_says_so() {
    let table = "id\ttext\n1\t\"محمد\n2\t\"قال\" نعم\n3\t\"لا\"\n";
    assert_eq!(seen(table.as_bytes(), 99, &[]), ["2 1 \"\\\"محمد\"", "3 2 \"\\\"قال\\\" نعم\"", "4 3 \"\\\"لا\\\"\""]);
    let marked = "id\ttext\n3\t\"لا،\t\"\"ثم\"\"\"\n";
    let wanted = ["2 3 \"لا،\\t\\\"ثم\\\"\""];
    assert_eq!(seen_as(InputFormat::Csv, marked.as_bytes(), 99, &[]), wanted);
    assert_eq!(seen(marked.replace("id", "\"id\"").as_bytes(), 99, &[]), wanted);
    assert_eq!(seen_as(InputFormat::Tsv, "text,x\ttext\n\"أ\tب".as_bytes(), 99, &[]), ["2 t:2 \"ب\""]);
}

/// Reading it again for each line would take hours.
#[test]
fn no_table_is_read_again_and_again() {
    for line in ["x\",\"", "\"\"\"", "\"x", "\"", "x,\"", "\",\"", "\"\",\"", "\"\"\"\"", "x\"\""] {
        for end in ["", "\"\n", "\",,x\n"] {
            let table = format!("text,id\n\"\n{}{end}", format!("{line}\n").repeat(200_000));
            let mut rows =
                Rows::begin(table.as_bytes(), InputFormat::Auto, 64 << 20).expect("reads").expect("has a head");
            while rows.seek().expect("reads") {
                let before = rows.position();
                rows.next(|row| row.iter().filter(|byte| **byte == b',').count() < 2).expect("reads");
                assert!(before < rows.position());
            }
            assert_eq!(rows.position(), table.len() as u64);
        }
    }
}

#[test]
fn a_head_has_so_many_columns() {
    let head = format!("{}text\nx,y\n", ",".repeat(COLUMNS));
    let found = seen(head.as_bytes(), 1 << 22, &[]).join("; ");
    assert_eq!(found, "1 t:1 NotCsv: the header row has more than 1048576 columns");
    let found = seen(format!("{}\n", "x,".repeat(99)).as_bytes(), 999, &[]).join("; ");
    assert!(found.len() < 400 && found.contains("x, x, …;"), "{found}");
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
