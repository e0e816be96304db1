//! Options for reading inputs, the same for every command that reads documents.

use std::path::PathBuf;

use clap::ValueEnum;
use khabar_runner::{Encoding, InputFormat, Inputs};

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
        Inputs { paths: paths.to_vec(), format, encoding: self.encoding, ..Inputs::default() }
    }

    /// The options that affect the bytes of an output.
    pub(crate) fn form(&self) -> (String, String) {
        (format!("{:?}", self.input_format), self.encoding.to_string())
    }
}
