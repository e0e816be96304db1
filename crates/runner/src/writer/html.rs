//! A page for people, by `khabar-report`.

use khabar_arabic::Unit;
use khabar_extractor::Scratch;

use super::{Jsonl, Writer};
use crate::Annotated;
use crate::limits::{LARGE_TEXT, WRITTEN_AROUND};

/// One self-contained page of all documents, right to left.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

/// Buffers that the next document reuses.
#[derive(Default)]
struct Buffers {
    line: Vec<u8>,
    page: String,
}

impl Writer for Html {
    fn extension(&self) -> &'static str {
        "html"
    }

    fn begin(&self, out: &mut Vec<u8>) {
        let mut page = String::new();
        khabar_report::begin(&mut page);
        out.extend_from_slice(page.as_bytes());
    }

    /// While a page is made its annotations are in memory twice, as a line and in the page.
    fn around(&self, _: &str) -> usize {
        2 * WRITTEN_AROUND
    }

    fn document(&self, doc: &Annotated<'_>, scratch: &mut Scratch, out: &mut Vec<u8>) {
        let Buffers { line, page } = scratch.get();
        line.clear();
        page.clear();
        Jsonl { unit: Unit::Utf16 }.object(doc, line);
        let made = std::str::from_utf8(line).map_err(|error| error.to_string());
        let made =
            made.and_then(|line| khabar_report::document(doc.document.text, line, page).map_err(|e| e.to_string()));
        debug_assert!(made.is_ok(), "the line is this crate's own: {made:?}");
        if LARGE_TEXT <= doc.document.text.len() {
            *line = Vec::new();
        }
        out.extend_from_slice(page.as_bytes());
    }

    fn end(&self, out: &mut Vec<u8>) {
        let mut page = String::new();
        khabar_report::end(&mut page);
        out.extend_from_slice(page.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Document, Plan, Worker};

    #[test]
    fn a_page_of_two_documents() {
        let plan = Plan::new(&Config::default(), &[], &[]).expect("a plan");
        let mut worker = Worker::new(&plan);
        let (mut out, mut scratch) = (Vec::new(), Scratch::default());
        Html.begin(&mut out);
        for (id, text) in [("a", "بنسبة 100%"), ("b", "😀 <b>خبر</b>")] {
            let annotated = worker.annotate(Document { id, text, ..Document::default() });
            Html.document(&annotated, &mut scratch, &mut out);
        }
        Html.end(&mut out);
        let page = String::from_utf8(out).expect("a page is UTF-8");
        assert_eq!(page.matches("<article>").count(), 2);
        assert!(page.contains("بنسبة 100%") && page.contains("&lt;b&gt;"));
        assert!(page.contains("\"offset_unit\":\"utf16\"") && page.trim_end().ends_with("</html>"));
    }
}
