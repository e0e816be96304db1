//! Error messages that show a place in a file.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

/// An error at a place in a text file, shown with the line:
///
/// ```text
/// khabar.toml:3:12: colour: unknown field `colour`, expected `colloquial`
///   |
/// 3 | config = { colour = 1 }
///   |            ^^^^^^
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    text: String,
    marked: usize,
}

impl Snippet {
    pub(super) fn new(path: &Path, source: &str, span: Range<usize>, message: String) -> Self {
        let start = source.floor_char_boundary_at(span.start);
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        let end = source.floor_char_boundary_at(span.end).clamp(start, line_end);
        Self {
            path: path.to_owned(),
            line: source[..line_start].matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            message,
            text: source[line_start..line_end].trim_end().to_owned(),
            marked: source[start..end].chars().count().max(1),
        }
    }

    /// The place and the message, which may contain line breaks from the file.
    pub fn reason(&self) -> String {
        let Self { path, line, column, message, .. } = self;
        format!("{}:{line}:{column}: {message}", path.display())
    }

    /// The line with the place marked below it.
    pub fn excerpt(&self) -> String {
        let number = self.line.to_string();
        let (margin, before, mark) = (" ".repeat(number.len()), " ".repeat(self.column - 1), "^".repeat(self.marked));
        format!("{margin} |\n{number} | {}\n{margin} | {before}{mark}", self.text)
    }
}

impl fmt::Display for Snippet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}", self.reason(), self.excerpt())
    }
}

/// `str::floor_char_boundary` is newer than the oldest Rust that khabar supports.
trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, at: usize) -> usize;
}

impl FloorCharBoundary for str {
    fn floor_char_boundary_at(&self, at: usize) -> usize {
        let at = at.min(self.len());
        (0..=at).rev().find(|at| self.is_char_boundary(*at)).unwrap_or(0)
    }
}

/// The place of the key that a message begins with (`terms[0].kind: …`), in the `config` of the `index`th extractor.
pub(super) fn key_at_fault(source: &str, index: usize, message: &str) -> Option<Range<usize>> {
    let (path, _) = message.split_once(": ")?;
    let file = DeTable::parse(source).ok()?;
    let DeValue::Array(entries) = file.get_ref().get("extractor")?.get_ref() else { return None };
    let DeValue::Table(entry) = entries.get(index)?.get_ref() else { return None };
    let mut value = entry.get("config")?;
    let mut span = None;
    for step in path.split(['.', '[']) {
        match value.get_ref() {
            DeValue::Table(table) => {
                let Some((key, inner)) = table.iter().find(|(key, _)| key.get_ref() == step) else { break };
                span = Some(key.span().start..inner.span().end);
                value = inner;
            }
            DeValue::Array(items) => {
                let item = step.strip_suffix(']').and_then(|i| i.parse::<usize>().ok()).and_then(|i| items.get(i));
                let Some(inner) = item else { break };
                span = Some(inner.span());
                value = inner;
            }
            _ => break,
        }
    }
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_shown() {
        let source = "a = 1\nب = { ج = 2 }\n";
        let start = source.find('ج').unwrap_or_default();
        let snippet = Snippet::new(Path::new("x.toml"), source, start..start + 6, "no".into());
        assert_eq!(snippet.to_string(), "x.toml:2:7: no\n  |\n2 | ب = { ج = 2 }\n  |       ^^^^^");
        let end = Snippet::new(Path::new("x.toml"), source, source.len()..source.len() + 9, "no".into());
        assert_eq!((end.line, end.column), (3, 1));
    }

    #[test]
    fn keys_are_found_in_tables_and_lists() {
        let source = "[[extractor]]\nuse = \"n\"\n[[extractor]]\nuse = \"t\"\n[extractor.config]\nterms = [{ a = 1 }, { kind = 2 }]\n";
        let found = |index, message| key_at_fault(source, index, message).map(|span| &source[span]);
        assert_eq!(found(1, "terms[1].kind: wrong"), Some("kind = 2"));
        assert_eq!(found(1, "terms[7].kind: wrong"), Some("terms = [{ a = 1 }, { kind = 2 }]"));
        assert_eq!(found(1, "something else: wrong"), None);
        assert_eq!(found(0, "terms: wrong"), None);
    }
}
