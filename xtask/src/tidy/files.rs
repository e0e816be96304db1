//! What every file must hold to.

use std::path::Path;

use super::is_below;
use crate::repo::{self, Findings};

/// Longest source file in lines, tests included.
const LONGEST: usize = 600;

/// Checks a file of the repository.
pub(super) fn check(file: &str, text: &str, findings: &mut Findings) {
    let lines = text.lines().count();
    if file.ends_with(".rs") && LONGEST < lines {
        findings.add(format!("{file}: {lines} lines, more than {LONGEST}: split it by reason"));
    }
    // Articles, gold and expected output are as they are.
    if is_below(file, "seeds") || file.starts_with("tests/data/") || file.starts_with("tests/expected/") {
        return;
    }
    if !text.is_empty() && !text.ends_with('\n') {
        findings.add(format!("{file}: no newline at the end"));
    }
    for (at, line) in text.lines().enumerate() {
        if line.ends_with([' ', '\t']) {
            findings.add(format!("{file}:{}: blanks at the end of `{}`", at + 1, line.trim()));
        }
        if let Some(path) = machine_path(line).filter(|_| !file.starts_with("xtask/src/tidy/")) {
            findings.add(format!("{file}:{}: `{path}` is a path of one machine", at + 1));
        }
    }
    if file.ends_with(".md") {
        for (line, link) in dead_links(file, text) {
            findings.add(format!("{file}:{line}: {link} does not exist"));
        }
    }
}

/// A path that nobody else has.
fn machine_path(line: &str) -> Option<&'static str> {
    ["/work/", "../shared", "/home/", "/root/"].into_iter().find(|path| {
        let preceded =
            |at: usize| line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '/' | '}'));
        line.match_indices(path).any(|(at, _)| !preceded(at))
    })
}

/// Relative links of a document to files that are not there, with their lines.
fn dead_links(file: &str, text: &str) -> Vec<(usize, String)> {
    let folder = repo::root().join(file);
    let folder = folder.parent().unwrap_or(&folder).to_owned();
    let mut dead = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for link in line.split("](").skip(1).filter_map(|rest| rest.split([')', '#', ' ']).next()) {
            let elsewhere = link.is_empty() || link.contains("://") || link.starts_with("mailto:");
            if !elsewhere && !folder.join(Path::new(link)).exists() {
                dead.push((at + 1, link.to_owned()));
            }
        }
    }
    dead
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(file: &str, text: &str) -> Vec<String> {
        Findings::of(|findings| check(file, text, findings))
    }

    #[test]
    fn lines() {
        assert_eq!(found("a.rs", "fn a() {} \n"), ["a.rs:1: blanks at the end of `fn a() {}`"]);
        assert_eq!(found("a.rs", "fn a() {}"), ["a.rs: no newline at the end"]);
        assert_eq!(found("a.rs", &"\n".repeat(601)), ["a.rs: 601 lines, more than 600: split it by reason"]);
        assert!(found("seeds/a.txt", "خبر ").is_empty());
    }

    #[test]
    fn paths_of_one_machine() {
        let path = ["", "work", "data"].join("/");
        assert_eq!(found("a.md", &format!("see {path}\n")), ["a.md:1: `/work/` is a path of one machine"]);
        assert!(found("a.md", &format!("https://example.org{path}\n")).is_empty());
    }

    #[test]
    fn links() {
        assert_eq!(
            found("xtask/a.md", "[a](../Cargo.toml#x), [b](none.md) and [c](https://example.org)\n"),
            ["xtask/a.md:1: none.md does not exist"]
        );
    }
}
