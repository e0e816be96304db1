//! A self-contained, right-to-left HTML page of annotated articles, for people.
//!
//! A [`Report`] takes documents as khabar writes them, the text beside its JSON line in UTF-16 offsets (the unit of a
//! browser), and makes one file that needs no network: the articles with their highlights, filters, cards with values,
//! and pages over all documents.
//!
//! ```
//! use khabar_report::Report;
//!
//! let line = r#"{"schema":1,"id":"a","date":null,"offset_unit":"utf16","annotations":[
//!     {"kind":"number.percent","start":6,"end":10,"text":"100%","value":{"value":"100"},"confidence":1.0,"source":"numbers@0.1.0"}],"errors":[]}"#;
//! let mut report = Report::default();
//! report.add("بنسبة 100%", line)?;
//! let html = report.to_html();
//! assert!(html.contains("بنسبة 100%"));
//! # Ok::<(), khabar_report::ReportError>(())
//! ```
//!
//! **Invariant:** the report shows what an output line says and finds nothing by itself; the text stays in one text node
//! a paragraph, since elements around words would break letter joining and line order, so highlights are painted over
//! it with the CSS Custom Highlight API.

#![forbid(unsafe_code)]

mod escape;

use std::fmt::Write as _;

use serde::Deserialize;
use thiserror::Error;

/// Characters of an article's first line that serve as its title.
const TITLE: usize = 90;

/// Documents for one page. Memory grows with them: a report is for people to read.
#[derive(Clone, Debug, Default)]
pub struct Report {
    articles: String,
    lines: String,
    documents: usize,
}

/// A document cannot be shown.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The line is none of khabar's.
    #[error("no output line of khabar: {0}")]
    Line(#[from] serde_json::Error),
    /// Offsets are in another unit than browsers count in.
    #[error("document {id}: offsets are in {unit}, a report needs utf16")]
    Unit {
        /// The document.
        id: String,
        /// The unit found.
        unit: String,
    },
}

/// What the report itself reads of a line; the page reads the rest.
#[derive(Deserialize)]
struct Head {
    id: String,
    offset_unit: String,
}

impl Report {
    /// Adds a document: its text and the line that khabar wrote for it with `--offsets utf16`.
    ///
    /// # Errors
    /// When the line is not khabar's or counts in another unit; the report is then as before.
    pub fn add(&mut self, text: &str, line: &str) -> Result<(), ReportError> {
        let head: Head = serde_json::from_str(line)?;
        if head.offset_unit != "utf16" {
            return Err(ReportError::Unit { id: head.id, unit: head.offset_unit });
        }
        self.article(&head.id, text);
        if self.documents != 0 {
            self.lines.push_str(",\n");
        }
        escape::script_json(line.trim(), &mut self.lines);
        self.documents += 1;
        Ok(())
    }

    fn article(&mut self, id: &str, text: &str) {
        let out = &mut self.articles;
        let _ = write!(out, "<article id=\"d{}\" hidden><h2><bdi>", self.documents);
        escape::html(&title(text), out);
        out.push_str("</bdi></h2><p class=\"id\"><bdi>");
        escape::html(id, out);
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
        out.push_str("</div></article>\n");
    }

    /// How many documents were added.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// The page.
    pub fn to_html(&self) -> String {
        let mut page =
            String::with_capacity(self.articles.len() + self.lines.len() + PAGE.len() + STYLE.len() + SCRIPT.len());
        let mut rest = PAGE;
        // Each part is put in once, in the order of the page, so that a text that looks like a place holder stays text.
        for (holder, part) in
            [("{style}", STYLE), ("{articles}", &self.articles), ("{lines}", &self.lines), ("{script}", SCRIPT)]
        {
            if let Some((before, after)) = rest.split_once(holder) {
                page.push_str(before);
                page.push_str(part);
                rest = after;
            }
        }
        page.push_str(rest);
        page
    }
}

const PAGE: &str = include_str!("../assets/page.html");
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

    #[test]
    fn paragraphs_carry_their_place_in_utf16() {
        let mut report = Report::default();
        report.add("خبر 😀\n\nثان", &line("a")).expect("added");
        assert!(report.articles.contains("data-at=\"0\">خبر 😀</p>"));
        assert!(report.articles.contains("data-at=\"8\">ثان</p>"), "an emoji is two units: {}", report.articles);
    }

    #[test]
    fn nothing_in_a_text_can_act() {
        let mut report = Report::default();
        let nasty = "<script>alert(1)</script> \"&amp;' </script> {script} {lines} \u{202e}\u{0}\r";
        report.add(nasty, &line("</script><img src=x onerror=alert(1)>")).expect("added");
        let html = report.to_html();
        let own = PAGE.matches("<script").count();
        assert_eq!(html.matches("<script").count(), own, "no script but the page's own");
        assert_eq!(html.matches("</script").count(), own);
        assert_eq!(html.matches("<img").count(), 0);
        assert!(html.contains("{script} {lines}"), "place holders in a text stay text");
        assert!(!html.contains('\u{0}'), "a parser would drop it and move every offset after it");
    }

    #[test]
    fn what_is_refused() {
        let mut report = Report::default();
        assert!(matches!(report.add("", "{"), Err(ReportError::Line(_))));
        let chars = line("a").replace("utf16", "char");
        let error = report.add("", &chars).expect_err("refused").to_string();
        assert_eq!(error, "document a: offsets are in char, a report needs utf16");
        assert_eq!(report.documents(), 0);
    }

    #[test]
    fn titles() {
        assert_eq!(title("\n \nعنوان\nنص"), "عنوان");
        assert_eq!(title(&"كلمة ".repeat(40)).chars().count(), 90);
        assert_eq!(title(""), "");
    }
}
