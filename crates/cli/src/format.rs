//! `--format`: names of writers.

use std::sync::Arc;

use clap::ValueEnum;
use khabar_runner::writer::{Bidi, Brat, Conll, Conllu, Csv, Displacy, Html, Json, Jsonl, Table, Timex3, Webanno};
use khabar_runner::{Unit, Writer};

use crate::exit::Failure;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One JSON object per document, one per line
    Jsonl,
    /// One JSON array of documents
    Json,
    /// One token per line, one IOB2 column per layer
    Conll,
    /// CoNLL-U with offsets and annotations in MISC
    Conllu,
    /// brat: a .txt and an .ann file per document; needs -o FOLDER
    Brat,
    /// TimeML with TIMEX3 elements
    Timex3,
    /// W3C Web Annotation, JSON-LD
    Webanno,
    /// displaCy's JSON for manual rendering
    Displacy,
    /// One row per annotation, for spreadsheets
    Csv,
    /// One self-contained page to read, right to left
    Html,
    /// A table for terminals
    Table,
}

/// The unit of offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Offsets {
    /// Unicode scalar values, as Python counts
    Char,
    /// Bytes of UTF-8, as Rust and Go count
    Byte,
    /// UTF-16 code units, as JavaScript, Java and .NET count
    Utf16,
}

impl From<Offsets> for Unit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Char => Self::Char,
            Offsets::Byte => Self::Byte,
            Offsets::Utf16 => Self::Utf16,
        }
    }
}

/// What the writers need to know.
pub(crate) struct Style {
    pub(crate) offsets: Option<Offsets>,
    pub(crate) bom: bool,
    pub(crate) colour: bool,
    pub(crate) bidi: Bidi,
}

impl Format {
    /// Makes the writer, or refuses options that it does not support.
    pub(crate) fn writer(self, style: &Style) -> Result<Arc<dyn Writer>, Failure> {
        let unit = Unit::from(style.offsets.unwrap_or(Offsets::Char));
        let fixed = matches!(
            self,
            Self::Conll | Self::Conllu | Self::Brat | Self::Timex3 | Self::Webanno | Self::Displacy | Self::Html
        );
        if fixed && style.offsets.is_some_and(|offsets| offsets != Offsets::Char) {
            let message = "--offsets needs --format jsonl, json or csv; this format has a fixed unit";
            return Err(Failure::Usage(message.to_owned()));
        }
        if style.bom && self != Self::Csv {
            return Err(Failure::Usage("--bom needs --format csv".to_owned()));
        }
        Ok(match self {
            Self::Jsonl => Arc::new(Jsonl { unit }),
            Self::Json => Arc::new(Json { unit }),
            Self::Conll => Arc::new(Conll),
            Self::Conllu => Arc::new(Conllu),
            Self::Brat => Arc::new(Brat),
            Self::Timex3 => Arc::new(Timex3),
            Self::Webanno => Arc::new(Webanno),
            Self::Displacy => Arc::new(Displacy),
            Self::Csv => Arc::new(Csv { unit, bom: style.bom }),
            Self::Html => Arc::new(Html),
            Self::Table => Arc::new(Table { colour: style.colour, bidi: style.bidi }),
        })
    }
}
