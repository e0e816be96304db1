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
    assert_eq!(ran.err, format!("khabar: {file}:1: invalid `text`: expected a string, found a number [{id}]\n"));
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
#[cfg(unix)]
fn a_name_makes_no_line_of_its_own() {
    const FORGED: &str = "a\nkhabar: all fine\n";
    let place = Place::bare();
    for config in [
        "[[extractor]]\nuse = \"da\\nkhabar: all fine\\n\"\n",
        "[[extractor]]\nuse = \"dates\"\n\"da\\nkhabar: all fine\\n\" = 1\n",
        "[[extractor]]\nuse = \"dates\"\nconfig = { \"da\\nkhabar: all fine\\n\" = 1 }\n",
        "[[extractor]]\nplugin = \"da\\nkhabar: all fine\\n\"\n",
        "[[extractor]]\nuse = '''\nda\nkhabar: all fine\n'''\n",
        "[run]\n\"da\\nkhabar: all fine\\n\" = 1\n",
        "[run]\nmax_panics = \"da\\nkhabar: all fine\\n\"\n",
        "a = b\rkhabar: all fine\n",
    ] {
        place.write("khabar.toml", config);
        for arguments in [&["plan"][..], &["doctor"], &["annotate", "x"], &["annotate", "x", "-o", "y"]] {
            let ran = place.khabar(arguments);
            is_calm(&ran);
            assert_eq!(ran.code, Some(2), "{config:?}");
            assert!(ran.err.contains("\n  |\n"), "the excerpt keeps its lines: {}", ran.err);
            assert_eq!(ran.err.lines().count(), 4, "{}", ran.err);
        }
    }
    // Where all goes well as well: a library and a configuration of such a name.
    place.write(
        &format!("{FORGED}.toml"),
        format!("[[extractor]]\nplugin = {}\nuse = \"test.words\"\n", "\"a\\nkhabar: all fine\\n.so\""),
    );
    std::fs::copy(khabar_tests::test_plugins(), place.path(&format!("{FORGED}.so"))).expect("copied");
    let (config, library) = (format!("{FORGED}.toml"), format!("{FORGED}.so"));
    place.write("gold.jsonl", "{\"id\":\"1\\nkhabar: all fine\\n\",\"text\":\"نص\",\"annotations\":[{\"start\":0,\"end\":2,\"kind\":\"x\\nkhabar: all fine\\n\"}]}\n");
    place.write("in.txt", "نص");
    std::fs::rename(place.path("khabar.toml"), place.path("none")).expect("moved");
    let page = format!("{FORGED}.html");
    for arguments in [
        &["plan", "--config", &config][..],
        &["doctor", "--config", &config],
        &["plugins", &library],
        &["explain", "in.txt", "--config", &config],
        &["explain", "test.word", "--config", &config],
        &["view", "in.txt", "--no-open", "-o", &page],
        &["eval", "gold.jsonl", "--errors", "9", "--confusion"],
    ] {
        let ran = place.khabar(arguments);
        is_calm(&ran);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
        assert!(ran.out.contains(r"\nkhabar: all fine\n"), "{arguments:?}: {}", ran.out);
    }
    let ran = place.khabar(&["annotate", &format!("--{FORGED}")]);
    is_calm(&ran);
    assert!(ran.err.contains(r"a\nkhabar: all fine\n") && ran.err.contains("\nUsage: "), "{}", ran.err);
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
