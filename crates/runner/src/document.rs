//! Documents and what can go wrong with one.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use khabar_core::{Country, DocDate};
use serde::{Serialize, Serializer};

/// A document to annotate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its id; ids may repeat, nothing depends on them.
    pub id: &'a str,
    /// Its text; all offsets point into it.
    pub text: &'a str,
    /// Whether its text was made of something else, such as a page, so that only an output that has it can be read.
    pub is_made: bool,
    /// When it was published.
    pub date: Option<DocDate>,
    /// Where it was published.
    pub country: Option<Country>,
    /// Other fields that came with it and are wanted in the output.
    pub extra: &'a [Extra<'a>],
}

/// A field of an input that khabar hands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its value in JSON; of JSON Lines as it came.
    pub value: Cow<'a, str>,
}

impl<'a> Extra<'a> {
    /// A field of an input whose fields are text.
    pub fn of_text(name: impl Into<Cow<'a, str>>, value: &str) -> Self {
        Self { name: name.into(), value: serde_json::Value::from(value).to_string().into() }
    }
}

/// Something that went wrong with a document: one of the `errors` of its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// What sort of thing it is.
    pub code: IssueCode,
    /// The whole of it in words.
    pub message: String,
    /// The file that the document comes from.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_str")]
    pub file: Option<Arc<str>>,
    /// The line of that file, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The extractor concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extractor: Option<String>,
}

fn as_str<S: Serializer>(file: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    file.as_deref().serialize(serializer)
}

impl Issue {
    /// An issue of the document itself.
    pub fn new(code: IssueCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), file: None, line: None, extractor: None }
    }

    /// An issue of one extractor.
    pub fn of_extractor(code: IssueCode, extractor: &str, message: impl Into<String>) -> Self {
        Self { extractor: Some(extractor.to_owned()), ..Self::new(code, message) }
    }
}

impl fmt::Display for Issue {
    /// `news.jsonl:17: not JSON: …`, `numbers: panicked: …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}:")?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        if let Some(extractor) = &self.extractor {
            write!(f, "{extractor}: ")?;
        }
        f.write_str(&self.message)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal,)*) => {
        /// What sort of thing went wrong with a document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        #[non_exhaustive]
        pub enum IssueCode {
            $($(#[$doc])* #[serde(rename = $name)] $code,)*
        }

        impl IssueCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The `code` of the output.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }
        }
    };
}

codes! {
    /// The file cannot be read.
    Unreadable = "unreadable",
    /// The bytes are not UTF-8.
    NotUtf8 = "not_utf8",
    /// The bytes are not UTF-8 and nothing says what they are; the document is annotated as its letters make likely.
    GuessedEncoding = "guessed_encoding",
    /// The line is not a JSON object with the fields of a document.
    NotJson = "not_json",
    /// The table has no column `text`, or a row does not fit its head.
    NotCsv = "not_csv",
    /// The JSON object, or the row, has no `text`.
    NoText = "no_text",
    /// No article can be taken out of the page.
    NoArticle = "no_article",
    /// The document is larger than the run allows.
    TooLarge = "too_large",
    /// Some characters could not be decoded; the document is annotated with U+FFFD in their place.
    BadCharacters = "bad_characters",
    /// The archive is followed by bytes that belong to none; the document is annotated without them.
    BadArchive = "bad_archive",
    /// The `date` is none; the document is annotated without it.
    BadDate = "bad_date",
    /// The `country` is none; the document is annotated without it.
    BadCountry = "bad_country",
    /// An extractor could not do this document.
    ExtractorFailed = "extractor_failed",
    /// An extractor panicked on this document.
    ExtractorPanicked = "extractor_panicked",
    /// An extractor was cancelled, having worked for too long.
    ExtractorCancelled = "extractor_cancelled",
    /// An extractor gave a layer that breaks a promise.
    LayerRefused = "layer_refused",
    /// An extractor could not run because one that it requires has failed here.
    ExtractorSkipped = "extractor_skipped",
    /// An extractor did not run because it was switched off after too many panics.
    ExtractorOff = "extractor_off",
    /// A fault in khabar itself.
    Internal = "internal",
}
