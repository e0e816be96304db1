//! The bytes of an item as a document.

use std::borrow::Cow;

use khabar_arabic::validate;
use khabar_core::{Country, DocDate};

use super::record;
use crate::batch::{Body, Item};
use crate::{Document, Extra, Issue, IssueCode};

/// A document whose parts are borrowed from its bytes where they can be.
#[derive(Debug)]
pub(crate) struct Read<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) text: Cow<'a, str>,
    date: Option<DocDate>,
    country: Option<Country>,
    extra: Vec<Extra<'a>>,
}

impl Read<'_> {
    pub(crate) fn as_document(&self) -> Document<'_> {
        Document { id: &self.id, text: &self.text, date: self.date, country: self.country, extra: &self.extra }
    }
}

/// The id of a document that cannot be read, and why.
pub(crate) type Refused = (String, Issue);

/// Reads the bytes of an item as a document, with what of it had to be ignored.
pub(crate) fn read<'a>(item: &'a Item, bytes: &'a [u8]) -> Result<(Read<'a>, Vec<Issue>), Refused> {
    match &item.body {
        Body::Failed(issue) => Err((id_of(item).into_owned(), issue.clone())),
        Body::Text => {
            let text = utf8(item, bytes)?;
            let (id, text) = (id_of(item), text.into());
            Ok((Read { id, text, date: None, country: None, extra: Vec::new() }, Vec::new()))
        }
        Body::Json => {
            let line = utf8(item, bytes)?;
            let line = if item.base == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
            let record = record::parse(line, &item.origin.keep);
            let id = record.id.unwrap_or_else(|| id_of(item));
            match record.text {
                Ok(text) => {
                    let record::Record { date, country, extra, ignored, .. } = record;
                    Ok((Read { id, text, date, country, extra }, ignored))
                }
                Err(issue) => Err((id.into_owned(), issue)),
            }
        }
    }
}

/// The id of a document that does not say it: the file's, with the line where there are many.
pub(crate) fn id_of(item: &Item) -> Cow<'_, str> {
    match (&item.body, item.line) {
        (Body::Text, _) | (_, 0) => Cow::Borrowed(&item.origin.id),
        (_, line) => Cow::Owned(format!("{}:{line}", item.origin.id)),
    }
}

fn utf8<'a>(item: &Item, bytes: &'a [u8]) -> Result<&'a str, Refused> {
    validate(bytes).map_err(|error| {
        let message = format!("not UTF-8 at byte {}", item.base + error.offset as u64);
        let mut issue = Issue::new(IssueCode::NotUtf8, message);
        if item.line == 0 {
            issue.line = Some(error.line as u64);
        }
        (id_of(item).into_owned(), issue)
    })
}
