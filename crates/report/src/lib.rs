//! Makes a self-contained, right-to-left HTML page of annotated articles.
//!
//! A document is its text and its JSON line from khabar, with UTF-16 offsets (the unit of a browser). The page is streamed:
//! [`begin`], each [`document`], [`end`]; so it needs the memory of one document.
//!
//! ```
//! let line = r#"{"schema":1,"id":"a","date":null,"offset_unit":"utf16","annotations":[
//!     {"kind":"number.percent","start":6,"end":10,"text":"100%","value":{"value":"100"},"confidence":1.0,"source":"numbers@0.1.0"}],"errors":[]}"#;
//! let mut html = String::new();
//! khabar_report::begin(&mut html);
//! khabar_report::document("بنسبة 100%", line, &mut html)?;
//! khabar_report::end(&mut html);
//! assert!(html.contains("بنسبة 100%"));
//! # Ok::<(), khabar_report::ReportError>(())
//! ```
//!
//! **Invariant:** the report shows what an output line says and annotates nothing itself. The text of a paragraph is one
//! text node, since elements around words would break letter joining and line order; so highlights are painted over it with
//! the CSS Custom Highlight API.

#![forbid(unsafe_code)]

mod escape;
pub mod mistakes;

use std::fmt::Write as _;

use serde::Deserialize;
use thiserror::Error;

/// The most characters of an article's first line that are its title.
const TITLE: usize = 90;

/// Why a document cannot be shown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The line is not a line of khabar's output.
    #[error("invalid line: expected JSON Lines of `khabar annotate`: {0}")]
    Line(#[from] serde_json::Error),
    /// The offsets are not in UTF-16, the unit of browsers.
    #[error("document {id}: unsupported offset_unit {unit:?}: a report needs utf16")]
    Unit {
        /// The document.
        id: String,
        /// The unit found.
        unit: String,
    },
}

/// The fields of a line that the report reads itself; the page reads the rest.
#[derive(Deserialize)]
struct Head {
    id: String,
    offset_unit: String,
}

/// Appends the start of the page.
pub fn begin(out: &mut String) {
    let (before, after) = HEAD.split_once("{style}").unwrap_or((HEAD, ""));
    out.extend([before, STYLE, after]);
}

/// Appends a document: its text and the line that khabar wrote for it with `--offsets utf16`.
///
/// # Errors
/// If the line is not of khabar's output or its offsets are in another unit; then nothing is appended.
pub fn document(text: &str, line: &str, out: &mut String) -> Result<(), ReportError> {
    let head: Head = serde_json::from_str(line)?;
    if head.offset_unit != "utf16" {
        return Err(ReportError::Unit { id: head.id, unit: head.offset_unit });
    }
    out.push_str("<article><h2><bdi>");
    escape::html(&title(text), out);
    out.push_str("</bdi></h2><p class=\"id\"><bdi>");
    escape::html(&head.id, out);
    out.push_str("</bdi></p><div class=\"text\">");
    let mut at = 0;
    for paragraph in text.split('\n') {
        if !paragraph.trim().is_empty() {
            let _ = write!(out, "<p dir=\"auto\" data-at=\"{at}\">");
            escape::html(paragraph, out);
            out.push_str("</p>");
        }
        at += paragraph.encode_utf16().count() + 1;
    }
    out.push_str("</div><script type=\"application/json\">");
    escape::script_json(line.trim(), out);
    out.push_str("</script></article>\n");
    Ok(())
}

/// Appends the end of the page.
pub fn end(out: &mut String) {
    let (before, after) = TAIL.split_once("{script}").unwrap_or((TAIL, ""));
    out.extend([before, SCRIPT, after]);
}

const HEAD: &str = include_str!("../assets/head.html");
const TAIL: &str = include_str!("../assets/tail.html");
const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/script.js");

/// The first line that is not blank, cut at a word.
fn title(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(TITLE) {
        None => line.to_owned(),
        Some((end, _)) => {
            let end = line[..end].rfind(' ').unwrap_or(end);
            format!("{}…", &line[..end])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str) -> String {
        format!(r#"{{"schema":1,"id":{id:?},"date":null,"offset_unit":"utf16","annotations":[],"errors":[]}}"#)
    }

    fn page(text: &str, line: &str) -> Result<String, ReportError> {
        let mut html = String::new();
        begin(&mut html);
        document(text, line, &mut html)?;
        end(&mut html);
        Ok(html)
    }

    #[test]
    fn paragraphs_carry_their_place_in_utf16() {
        let html = page("خبر 😀\n\nثان", &line("a")).expect("made");
        assert!(html.contains("data-at=\"0\">خبر 😀</p>"));
        assert!(html.contains("data-at=\"8\">ثان</p>"), "an emoji is two units");
    }

    #[test]
    fn nothing_in_a_text_can_act() {
        let nasty = "<script>alert(1)</script> \"&amp;' </script> {script} {style} \u{202e}\u{0}\r";
        let html = page(nasty, &line("</script><img src=x onerror=alert(1)>")).expect("made");
        let own = 1 + HEAD.matches("<script").count() + TAIL.matches("<script").count();
        assert_eq!(html.matches("<script").count(), own, "no script but the page's own and the line");
        assert_eq!(html.matches("</script").count(), own);
        assert_eq!(html.matches("<img").count(), 0);
        assert!(html.contains("{script} {style}"), "place holders in a text stay text");
        assert!(!html.contains('\u{0}'), "a parser would drop it and move every offset after it");
        assert!(html.contains("font-family") || html.contains("--serif"), "the style is in");
    }

    #[test]
    fn what_is_refused() {
        assert!(matches!(page("", "{"), Err(ReportError::Line(_))));
        let chars = line("a").replace("utf16", "char");
        let error = page("", &chars).expect_err("refused").to_string();
        assert_eq!(error, "document a: unsupported offset_unit \"char\": a report needs utf16");
    }

    #[test]
    fn titles() {
        assert_eq!(title("\n \nعنوان\nنص"), "عنوان");
        assert_eq!(title(&"كلمة ".repeat(40)).chars().count(), 90);
        assert_eq!(title(""), "");
    }
}
