//! Documents and the issues that they can have.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use khabar_core::{Country, DocDate};
use serde::{Serialize, Serializer};

/// A document to annotate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// Its id; ids need not be unique.
    pub id: &'a str,
    /// Its text; all offsets point into it.
    pub text: &'a str,
    /// Whether its text was extracted from something else, such as a web page, so that the output must include it.
    pub is_made: bool,
    /// When it was published.
    pub date: Option<DocDate>,
    /// Where it was published.
    pub country: Option<Country>,
    /// Other fields of the input to copy to the output.
    pub extra: &'a [Extra<'a>],
}

/// A field of an input that is copied to the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra<'a> {
    /// Its name.
    pub name: Cow<'a, str>,
    /// Its value in JSON, unchanged for JSON Lines.
    pub value: Cow<'a, str>,
}

impl<'a> Extra<'a> {
    /// A text field.
    pub fn of_text(name: impl Into<Cow<'a, str>>, value: &str) -> Self {
        Self { name: name.into(), value: serde_json::Value::from(value).to_string().into() }
    }
}

/// Something that went wrong with a document: one of the `errors` of its line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Issue {
    /// The code.
    pub code: IssueCode,
    /// The message.
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
        /// What went wrong with a document.
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
    /// The bytes are not UTF-8 and no encoding is given; the document was decoded with the detected encoding.
    GuessedEncoding = "guessed_encoding",
    /// The line is not a JSON object with the fields of a document.
    NotJson = "not_json",
    /// The table has no column `text`, or a row does not fit the header row.
    NotCsv = "not_csv",
    /// The JSON object, or the row, has no `text`.
    NoText = "no_text",
    /// No article was found in the page.
    NoArticle = "no_article",
    /// The document is larger than the run allows.
    TooLarge = "too_large",
    /// Some characters could not be decoded; the document is annotated with U+FFFD in their place.
    BadCharacters = "bad_characters",
    /// The archive is followed by other bytes, which are ignored.
    BadArchive = "bad_archive",
    /// The `date` is invalid; the document is annotated without it.
    BadDate = "bad_date",
    /// The `country` is invalid; the document is annotated without it.
    BadCountry = "bad_country",
    /// An extractor failed on this document.
    ExtractorFailed = "extractor_failed",
    /// An extractor panicked on this document.
    ExtractorPanicked = "extractor_panicked",
    /// An extractor was cancelled because it worked for too long.
    ExtractorCancelled = "extractor_cancelled",
    /// An extractor gave an invalid layer.
    LayerRefused = "layer_refused",
    /// An extractor could not run because one that it requires gave no result.
    ExtractorSkipped = "extractor_skipped",
    /// An extractor did not run because it was disabled after too many panics.
    ExtractorOff = "extractor_off",
    /// An internal error of khabar.
    Internal = "internal",
}
