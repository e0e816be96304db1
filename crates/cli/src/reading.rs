//! Options that say how inputs are read, the same for every command that reads documents.

use std::path::PathBuf;

use clap::ValueEnum;
use khabar_runner::{Encoding, InputFormat, Inputs};

/// How inputs are read.
#[derive(clap::Args)]
pub(crate) struct Reading {
    /// Form of the input
    #[arg(long, value_enum, default_value = "auto")]
    input_format: Form,
    /// Encoding of the input, such as windows-1256; `auto` is what a byte order mark or a page says, else UTF-8, else a
    /// guess, which the document's `errors` then tell
    #[arg(long, value_name = "NAME", default_value = "auto", hide_default_value = true)]
    encoding: Encoding,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// By extension and first characters
    Auto,
    /// One document a file, also Markdown
    Text,
    /// One JSON object a line: `text`, perhaps `id`, `date`, `country`
    Jsonl,
    /// One row a document under a head that names the columns: `text`, perhaps `id`, `date`, `country`
    Csv,
    /// The same with tabs, where quotation marks are no syntax; csv reads a table of tabs with marks
    Tsv,
    /// The article of a web page
    Html,
}

impl Reading {
    /// These inputs, read so.
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

    /// What of it decides the bytes of an output.
    pub(crate) fn form(&self) -> (String, String) {
        (format!("{:?}", self.input_format), self.encoding.to_string())
    }
}
