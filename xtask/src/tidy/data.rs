//! Lexicons: where their facts come from, that no entry is there twice, and the order of long lists.

use std::collections::HashSet;

use super::is_below;
use crate::repo::Findings;

/// Checks a text or TOML file below a crate's `data/`; its tests' data are no lexicons.
pub(super) fn check(file: &str, text: &str, findings: &mut Findings) {
    let is_text = file.ends_with(".txt") || file.ends_with(".tsv");
    let is_lexicon = is_below(file, "data") && !is_below(file, "tests") && (is_text || file.ends_with(".toml"));
    if !is_lexicon {
        return;
    }
    let comment = |word: &str| text.lines().any(|line| line.strip_prefix("# ").is_some_and(|c| c.starts_with(word)));
    let missing = format!("{file}: no line `# source: …`, or in a word list no key `source`");
    if is_text {
        if !comment("source: ") {
            findings.add(missing);
        }
        check_lines(file, text, !comment("order: "), findings);
        return;
    }
    match text.parse::<toml::Table>() {
        Ok(table) => {
            if !comment("source: ") && !table.contains_key("source") {
                findings.add(missing);
            }
            check_lists(file, "", &toml::Value::Table(table), findings);
        }
        Err(error) => findings.add(format!("{file}: {error}")),
    }
}

/// Lines of a section are sorted, and none stands there twice. A section ends at a blank line, a comment or a `[head]`.
fn check_lines(file: &str, text: &str, ordered: bool, findings: &mut Findings) {
    let mut section = HashSet::new();
    let mut last = "";
    let mut ordered = ordered;
    for (at, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with(['#', '[']) {
            section.clear();
            last = "";
            continue;
        }
        if !section.insert(line) {
            findings.add(format!("{file}:{}: `{line}` stands there already", at + 1));
        } else if ordered && order(line).lt(order(last)) {
            findings.add(format!("{file}:{}: `{line}` belongs before `{last}`", at + 1));
            ordered = false; // The first says enough.
        }
        last = line;
    }
}

/// The characters that lines are sorted by: what ends a key comes before what goes on with it, so that `watt:` stands
/// before `watt-hour:`.
fn order(line: &str) -> impl Iterator<Item = char> + '_ {
    line.chars().map(|c| if matches!(c, ' ' | '\t' | ':' | '|' | '=') { '\0' } else { c })
}

/// No word stands in a list twice. The order of a list may be that of a paradigm.
fn check_lists(file: &str, key: &str, value: &toml::Value, findings: &mut Findings) {
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                check_lists(file, name, value, findings);
            }
        }
        toml::Value::Array(items) => {
            let mut known = HashSet::new();
            for word in items.iter().filter_map(toml::Value::as_str).filter(|word| !known.insert(*word)) {
                findings.add(format!("{file}: `{word}` stands in a list of {key} already"));
            }
            for item in items {
                check_lists(file, key, item, findings);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, text: &str) -> Vec<String> {
        Findings::of(|findings| check(file, text, findings))
    }

    #[test]
    fn text() {
        let file = "plugins/a/data/b.txt";
        assert!(found(file, "# source: c\n[x]\nب\nج\n\nا\nب\n").is_empty());
        assert_eq!(
            found(file, "ب\n"),
            ["plugins/a/data/b.txt: no line `# source: …`, or in a word list no key `source`"]
        );
        assert_eq!(found(file, "# source: c\nب\nا\n"), ["plugins/a/data/b.txt:3: `ا` belongs before `ب`"]);
        let other = "# source: c\n# order: by value\nب\nا\nب\n";
        assert_eq!(found(file, other), ["plugins/a/data/b.txt:5: `ب` stands there already"]);
        assert!(found("plugins/a/tests/data/b.txt", "ب\nا\n").is_empty());
    }

    #[test]
    fn toml() {
        let file = "plugins/a/data/b.toml";
        assert_eq!(
            found(file, "# source: c\n[[x]]\nwords = [\"ب\", \"ا\", \"ب\"]\n"),
            ["plugins/a/data/b.toml: `ب` stands in a list of words already"]
        );
        assert!(found(file, "# source: c\nwords = [\"ا\", \"ب\"]\n").is_empty());
        assert!(found(file, "source = \"c\"\nentry = [{ words = [\"ا\"] }]\n").is_empty());
        assert_eq!(found(file, "entry = []\n").len(), 1);
    }
}
