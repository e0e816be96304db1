//! Options for reading inputs, the same for every command that reads documents.

use std::path::PathBuf;

use clap::ValueEnum;
use khabar_core::{Country, DocDate};
use khabar_runner::{DateFormat, Encoding, Given, InputFormat, Inputs};

/// How inputs are read.
#[derive(clap::Args)]
pub(crate) struct Reading {
    /// Format of the input
    #[arg(long, value_enum, default_value = "auto")]
    input_format: Form,
    /// Encoding of the input, such as windows-1256; by default taken from a byte order mark or the page's declaration, else
    /// UTF-8, else detected and reported in the document's `errors`
    #[arg(long, value_name = "NAME", default_value = "auto", hide_default_value = true)]
    encoding: Encoding,
    /// The date of documents that have none, such as 2025-08-06
    #[arg(long, value_name = "DATE")]
    date: Option<DocDate>,
    /// The country of documents that have none, such as TN
    #[arg(long, value_name = "CODE")]
    country: Option<Country>,
    /// How `date` is written where it is not 2025-08-06: DD/MM/YYYY, MM-DD-YY
    #[arg(long, value_name = "PATTERN")]
    date_format: Option<DateFormat>,
    /// Take the date of documents that have none from the name of their file: 2025-08-06.txt, news_20250806.jsonl
    #[arg(long)]
    date_from_name: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// By file extension, else by the first characters
    Auto,
    /// One document per file, also Markdown
    Text,
    /// One JSON object per line: `text`, optionally `id`, `date`, `country`
    Jsonl,
    /// A table with one document per row and a header row: `text`, optionally `id`, `date`, `country`
    Csv,
    /// A table separated by tabs, in which quotation marks are ordinary characters; use csv if they enclose cells
    Tsv,
    /// The article of a web page
    Html,
}

impl Reading {
    /// The inputs at these paths, with these options.
    pub(crate) fn inputs(&self, paths: &[PathBuf]) -> Inputs {
        let format = match self.input_format {
            Form::Auto => InputFormat::Auto,
            Form::Text => InputFormat::Text,
            Form::Jsonl => InputFormat::Jsonl,
            Form::Csv => InputFormat::Csv,
            Form::Tsv => InputFormat::Tsv,
            Form::Html => InputFormat::Html,
        };
        let given = Given {
            date: self.date,
            country: self.country,
            date_format: self.date_format.clone(),
            date_from_name: self.date_from_name,
        };
        Inputs { paths: paths.to_vec(), format, encoding: self.encoding, given: given.into(), ..Inputs::default() }
    }

    /// The options that affect the bytes of an output.
    pub(crate) fn form(&self) -> (String, String) {
        let Self { date, country, date_format, date_from_name, .. } = self;
        let mut form = format!("{:?}", self.input_format);
        if date.is_some() || country.is_some() || date_format.is_some() || *date_from_name {
            form.push_str(&format!(" {date:?} {country:?} {date_format:?} {date_from_name}"));
        }
        (form, self.encoding.to_string())
    }
}
