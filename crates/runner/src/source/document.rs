//! Parses the bytes of an item as a document.

use std::borrow::Cow;

use khabar_arabic::validate;
use khabar_core::{Country, DocDate};

use super::record::{self, Record};
use super::{detect_encoding, page};
use crate::batch::{Body, Item};
use crate::{Document, Extra, Issue, IssueCode};

/// A document whose parts are borrowed from its bytes if possible.
#[derive(Debug)]
pub(crate) struct Read<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) text: Cow<'a, str>,
    is_made: bool,
    date: Option<DocDate>,
    country: Option<Country>,
    extra: Vec<Extra<'a>>,
}

impl Read<'_> {
    pub(crate) fn as_document(&self) -> Document<'_> {
        let Self { id, text, is_made, date, country, extra } = self;
        Document { id, text, is_made: *is_made, date: *date, country: *country, extra }
    }
}

/// The id of a document that cannot be read, and why.
pub(crate) type Refused = (String, Issue);

/// Parses the bytes of an item as a document, with issues about what was ignored or detected.
pub(crate) fn read<'a>(item: &'a Item, bytes: &'a [u8]) -> Result<(Read<'a>, Vec<Issue>), Refused> {
    let record = match &item.body {
        Body::Failed(issue) => return Err((id_of(item).into_owned(), issue.clone())),
        Body::Text => Record::of_text(utf8(item, bytes)?),
        Body::Json => {
            let line = utf8(item, bytes)?;
            let line = if item.base == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
            record::parse(line, &item.origin.keep)
        }
        Body::Row(row) => row.parse(utf8(item, bytes)?, &item.origin.keep),
        // A page is decoded like in browsers, with U+FFFD for an invalid character among many.
        Body::Page if detect_encoding::is_mostly_utf8(bytes) => {
            page::parse(&String::from_utf8_lossy(bytes), &item.origin.keep)
        }
        Body::Page => page::parse(utf8(item, bytes)?, &item.origin.keep),
    };
    let Record { id, text, date, unread_date, country, mut ignored, extra } = record;
    let given = &item.origin.given;
    let date = date.or_else(|| {
        let by_format = given.date_by_format(unread_date.as_deref());
        // By the format it was read after all; by the name of its file or an option it is still told.
        if by_format.is_some() {
            ignored.retain(|issue| issue.code != IssueCode::BadDate);
        }
        by_format.or_else(|| given.date_without(&item.origin.id))
    });
    let country = country.or(given.country);
    let id = id.unwrap_or_else(|| id_of(item));
    let is_made = matches!(item.body, Body::Page);
    match text {
        Ok(text) => {
            ignored.extend_from_slice(&item.origin.told);
            Ok((Read { id, text, is_made, date, country, extra }, ignored))
        }
        Err(issue) => Err((id.into_owned(), issue)),
    }
}

/// The id of a document without one: that of the file, with the line if the file has several documents.
pub(crate) fn id_of(item: &Item) -> Cow<'_, str> {
    match (&item.body, item.line) {
        (Body::Text | Body::Page, _) | (_, 0) => Cow::Borrowed(&item.origin.id),
        (_, line) => Cow::Owned(format!("{}:{line}", item.origin.id)),
    }
}

fn utf8<'a>(item: &Item, bytes: &'a [u8]) -> Result<&'a str, Refused> {
    validate(bytes).map_err(|error| {
        let message = match &item.body {
            // Cells are unescaped, so byte offsets differ from the file.
            Body::Row(_) => "the row is not UTF-8".to_owned(),
            _ => format!("not UTF-8 at byte {}", item.base + error.offset as u64),
        };
        let mut issue = Issue::new(IssueCode::NotUtf8, message);
        if item.line == 0 {
            issue.line = Some(error.line as u64);
        }
        (id_of(item).into_owned(), issue)
    })
}
