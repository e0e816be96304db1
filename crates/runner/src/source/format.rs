//! The format of an input, by its name or its first characters.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The format of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InputFormat {
    /// By the extension, else by the first characters: `{` begins JSON Lines, `<!doctype html` or `<html` a page, anything
    /// else is text.
    #[default]
    Auto,
    /// One document per file.
    Text,
    /// One JSON object per line, with `text` and optionally `id`, `date` and `country`.
    Jsonl,
    /// One document per row, with a header row: a column `text` and optionally `id`, `date` and `country`. A cell may be in
    /// quotation marks, whatever the delimiter. For a file with tabs that was recognised by its extension, this holds only
    /// if the header row has quotation marks.
    Csv,
    /// A table separated by tabs, in which quotation marks are ordinary characters.
    Tsv,
    /// A web page, whose article is the document.
    Html,
}

/// Extensions and their formats, without compression.
const EXTENSIONS: &[(&str, InputFormat)] = &[
    ("txt", InputFormat::Text),
    ("md", InputFormat::Text),
    ("jsonl", InputFormat::Jsonl),
    ("ndjson", InputFormat::Jsonl),
    ("csv", InputFormat::Csv),
    ("tsv", InputFormat::Csv),
    ("html", InputFormat::Html),
    ("htm", InputFormat::Html),
];

impl FromStr for InputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "text" => Ok(Self::Text),
            "jsonl" => Ok(Self::Jsonl),
            "csv" => Ok(Self::Csv),
            "tsv" => Ok(Self::Tsv),
            "html" => Ok(Self::Html),
            _ => Err(format!("unknown input format {text:?}: expected auto, text, jsonl, csv, tsv or html")),
        }
    }
}

/// The format of a file extension.
pub(super) fn form_of(path: &Path) -> Option<InputFormat> {
    let extension = path.extension()?;
    if is_packing(extension) {
        // `news.jsonl.zst` has JSON Lines.
        return form_of(Path::new(path.file_stem()?));
    }
    EXTENSIONS.iter().find(|(known, _)| extension.eq_ignore_ascii_case(known)).map(|(_, form)| *form)
}

/// The extensions of files that are read from a folder, for messages.
pub(super) fn extensions() -> String {
    let known: Vec<String> = EXTENSIONS.iter().map(|(extension, _)| format!(".{extension}")).collect();
    known.join(", ")
}

/// A path without its extension, and without the one before it if the last is of a compression.
pub(super) fn stem(path: &Path) -> PathBuf {
    let packed = path.extension().is_some_and(is_packing);
    let stem = path.with_extension("");
    if packed { stem.with_extension("") } else { stem }
}

fn is_packing(extension: &OsStr) -> bool {
    extension.eq_ignore_ascii_case("gz") || extension.eq_ignore_ascii_case("zst")
}

/// The format that the first characters show.
pub(super) fn form_in(head: &str) -> InputFormat {
    let head = head.strip_prefix('\u{feff}').unwrap_or(head).trim_start();
    let begins = |start: &str| head.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    if head.starts_with('{') {
        InputFormat::Jsonl
    } else if begins("<!doctype html") || begins("<html") {
        InputFormat::Html
    } else {
        InputFormat::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let form = |name: &str| form_of(Path::new(name));
        assert_eq!(form("a.TXT"), Some(InputFormat::Text));
        assert_eq!(form("a.csv.gz"), Some(InputFormat::Csv));
        assert_eq!(form("a.Htm.zst"), Some(InputFormat::Html));
        assert_eq!(form("README.md"), Some(InputFormat::Text));
        assert_eq!([form("a.gz"), form("a"), form(".txt"), form("a.txt.bak")], [None; 4]);
        assert_eq!(stem(Path::new("b/x.y.html.gz")), Path::new("b/x.y"));
        assert_eq!(extensions(), ".txt, .md, .jsonl, .ndjson, .csv, .tsv, .html, .htm");
    }

    #[test]
    fn the_form_shows_where_the_name_tells_nothing() {
        assert_eq!(form_in("\u{feff}\n {"), InputFormat::Jsonl);
        assert_eq!(form_in(" <!DOCTYPE html><p>"), InputFormat::Html);
        assert_eq!(form_in("<HTML lang=ar>"), InputFormat::Html);
        for text in ["", "خبر", "<p>خبر", "<", "<!doctypé htm"] {
            assert_eq!(form_in(text), InputFormat::Text);
        }
    }
}
