//! The article of a web page.

use super::record::{Fields, Record, Scalar, is_kept};
use crate::{Extra, Issue, IssueCode};

/// The content and metadata of a page.
#[derive(Debug, Default, PartialEq, Eq)]
struct Page {
    /// Headline, an empty line, and the article with an empty line after each paragraph.
    text: String,
    /// The date of publication, as written in the page.
    published: Option<String>,
    /// Its metadata: name and content.
    about: Vec<(&'static str, String)>,
}

/// Parses the article of a page as a document, with the metadata named in `keep`.
pub(super) fn parse<'a>(html: &str, keep: &[String]) -> Record<'a> {
    let Page { text, published, about } = match article::read(html) {
        Ok(page) => page,
        Err(message) => return Record::refused(Issue::new(IssueCode::NoArticle, message)),
    };
    let scalar = |text: String| Scalar::Text(text.into());
    let mut record =
        Fields { text: Some(scalar(text)), date: published.map(scalar), ..Fields::default() }.into_record();
    let kept = about.into_iter().filter(|(name, _)| is_kept(name, keep));
    record.extra.extend(kept.map(|(name, content)| Extra::of_text(name, &content)));
    record
}

#[cfg(not(feature = "html"))]
mod article {
    pub(super) fn read(_: &str) -> Result<super::Page, String> {
        Err("cannot read web pages: khabar was built without the feature `html`".to_owned())
    }
}

#[cfg(feature = "html")]
mod article;
#[cfg(feature = "html")]
mod tags;

#[cfg(all(test, feature = "html"))]
mod tests;
