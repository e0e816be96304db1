//! Nothing that comes from a document steers the terminal.

use super::run::{Place, Ran};

const HOSTILE: &str = "{\"id\":\"\\u001b]0;t\\u0007\\u009b2J\\u007f\\nkhabar: all fine\\u202e خبر\",\"text\":";

/// Characters that a terminal obeys, and those that would reorder a line.
fn steers(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}')
}

fn is_calm(ran: &Ran) {
    for text in [&ran.err, &ran.out] {
        assert!(!text.contains(steers), "{text:?}");
        assert!(!text.lines().any(|line| line == "khabar: all fine"), "{text:?}");
    }
}

#[test]
fn ids_names_and_messages_are_shown() {
    let place = Place::new();
    let name = "\u{1b}[31m\nkhabar: all fine\u{202e}خبر.jsonl";
    place.write(name, format!("{HOSTILE}5}}\n"));
    let ran = place.khabar(&["annotate", name, "-o", "out.jsonl"]);
    is_calm(&ran);
    let id = r"\u{1b}]0;t\u{7}\u{9b}2J\u{7f}\nkhabar: all fine\u{202e} خبر";
    let file = r"\u{1b}[31m\nkhabar: all fine\u{202e}خبر.jsonl";
    assert_eq!(ran.err, format!("khabar: {file}:1: `text` is a number, no string [{id}]\n"));
    for arguments in [
        &["annotate", "\u{1b}[31m\nkhabar: all fine"][..],
        &["annotate", name, "-o", "\u{1b}/x"],
        &["annotate", "--\u{1b}[31m"],
        &["verify", name, "--text", "\u{1b}"],
        &["explain", "\u{1b}[31m\nkhabar: all fine"],
        &["plan", "--config", "\u{1b}[31m"],
        &["eval", name],
    ] {
        let ran = place.khabar(arguments);
        is_calm(&ran);
        assert_eq!(ran.code, Some(2), "{arguments:?}");
    }
}

#[test]
fn what_is_printed_for_people_is_shown() {
    let place = Place::bare();
    place.write("in.jsonl", format!("{HOSTILE}\"قال\\u001b[31m محمد\\u009b31m \\\"نعم\\u0008\\u202e\\\" أمس\"}}\n"));
    for command in [
        &["dates"][..],
        &["entities", "--format", "table"],
        &["quotes", "--terms"],
        &["explain"],
        &["explain", "--at", "0"],
    ] {
        let ran = place.khabar(&[command, &["in.jsonl"]].concat());
        is_calm(&ran);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(!ran.out.is_empty());
    }
    let dates = place.khabar(&["dates", "in.jsonl"]);
    assert!(dates.out.starts_with(r"\u{1b}]0;t\u{7}\u{9b}2J\u{7f}\nkhabar: all fine\u{202e} خبر: "), "{}", dates.out);
}
