//! Where documents come from: files, folders, standard input.

mod decode;
pub(crate) mod document;
mod lines;
mod record;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use thiserror::Error;
use walkdir::WalkDir;

use crate::batch::{Body, Item};
use crate::{Issue, IssueCode};
use lines::{LineRead, read_line};

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files, folders, or `-` for standard input, in the order in which they are read.
    pub paths: Vec<PathBuf>,
    /// The form of all of them.
    pub format: InputFormat,
    /// The encoding of all of them; UTF-8 if none is given, or UTF-16 where a byte order mark says so.
    pub encoding: Encoding,
    /// Fields of JSON Lines that the output hands on, `*` for all that khabar does not read itself.
    pub keep: Arc<[String]>,
}

impl Inputs {
    /// The files of all inputs in the order in which they are read.
    ///
    /// # Errors
    /// The first path that is a stream: standard input, a pipe, a device.
    pub fn files(&self) -> Result<Vec<PathBuf>, PathBuf> {
        let mut files = Vec::new();
        for path in &self.paths {
            if path.is_dir() {
                let entries = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter().flatten();
                let known = entries.filter(|entry| entry.file_type().is_file() && form_of(entry.path()).is_some());
                files.extend(known.map(walkdir::DirEntry::into_path));
            } else if path.is_file() || (!path.exists() && path.as_os_str() != "-") {
                files.push(path.clone());
            } else {
                return Err(path.clone());
            }
        }
        Ok(files)
    }

    /// Bytes of all inputs, as far as their files tell; `None` where one is a stream.
    pub fn size(&self) -> Option<u64> {
        let files = self.files().ok()?;
        // A file that is not there adds nothing, and is told later.
        Some(files.iter().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).sum())
    }
}

/// The form of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum InputFormat {
    /// By the extension; where that tells nothing, JSON Lines if the first character is `{`, else text.
    #[default]
    Auto,
    /// One document a file.
    Text,
    /// One JSON object a line, with `text` and perhaps `id`, `date` and `country`.
    Jsonl,
}

impl FromStr for InputFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "text" => Ok(Self::Text),
            "jsonl" => Ok(Self::Jsonl),
            _ => Err(format!("{text:?} is no form of input: auto, text or jsonl")),
        }
    }
}

pub use decode::Encoding;

/// A path that was named and cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}: {reason}", path.display())]
pub struct PathProblem {
    /// The path.
    pub path: PathBuf,
    /// What the matter is.
    pub reason: String,
}

/// A file that documents come from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Its path, as messages show it.
    pub(crate) file: Arc<str>,
    /// The id of its document, or what the ids of lines without one begin with.
    pub(crate) id: String,
    /// [`Inputs::keep`].
    pub(crate) keep: Arc<[String]>,
}

/// Takes what a source gives.
pub(crate) trait Feed {
    /// The bytes that the next item's range points into; a source appends to them.
    fn raw(&mut self) -> &mut Vec<u8>;
    /// Takes a document.
    fn item(&mut self, item: Item) -> Result<(), Stopped>;
    /// Takes a path that was named and cannot be read.
    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped>;
}

/// Nobody wants more documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Reads all inputs in order. No document is larger than `limit` bytes.
pub(crate) fn read(inputs: &Inputs, limit: usize, feed: &mut dyn Feed) -> Result<(), Stopped> {
    for path in &inputs.paths {
        if path.as_os_str() == "-" {
            let origin = Origin { file: "<stdin>".into(), id: "stdin".into(), keep: Arc::clone(&inputs.keep) };
            read_stream(io::stdin().lock(), origin, true, path, inputs, limit, feed)?;
        } else if path.is_dir() {
            read_folder(path, inputs, limit, feed)?;
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str());
            let id = stem(Path::new(name)).to_string_lossy().into_owned();
            read_file(path, id, true, inputs, limit, feed)?;
        }
    }
    Ok(())
}

fn read_folder(folder: &Path, inputs: &Inputs, limit: usize, feed: &mut dyn Feed) -> Result<(), Stopped> {
    let mut any = false;
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && form_of(entry.path()).is_some() => {
                any = true;
                let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                read_file(entry.path(), stem(below).to_string_lossy().into_owned(), false, inputs, limit, feed)?;
            }
            Ok(_) => {}
            Err(error) => {
                any = true;
                let path = error.path().unwrap_or(folder).to_owned();
                feed.problem(PathProblem { path, reason: io::Error::from(error).to_string() })?;
            }
        }
    }
    if any {
        return Ok(());
    }
    feed.problem(PathProblem { path: folder.to_owned(), reason: "no .txt or .jsonl file in this folder".into() })
}

/// A path without its extension, and without the one before that if the last names a compression.
fn stem(path: &Path) -> PathBuf {
    let packed = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz") || e.eq_ignore_ascii_case("zst"));
    let stem = path.with_extension("");
    if packed { stem.with_extension("") } else { stem }
}

/// The form that a file's extension tells.
fn form_of(path: &Path) -> Option<InputFormat> {
    let extension = path.extension()?.to_str()?.to_ascii_lowercase();
    match extension.as_str() {
        "txt" => Some(InputFormat::Text),
        "jsonl" | "ndjson" => Some(InputFormat::Jsonl),
        // `news.jsonl.zst` is a file of JSON Lines.
        "gz" | "zst" => form_of(Path::new(path.file_stem()?)),
        _ => None,
    }
}

fn read_file(
    path: &Path,
    id: String,
    named: bool,
    inputs: &Inputs,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<(), Stopped> {
    let origin = Origin { file: path.to_string_lossy().into(), id, keep: Arc::clone(&inputs.keep) };
    match File::open(path) {
        Ok(file) => read_stream(BufReader::with_capacity(1 << 16, file), origin, named, path, inputs, limit, feed),
        Err(error) if named => feed.problem(PathProblem { path: path.to_owned(), reason: error.to_string() }),
        Err(error) => feed.item(unreadable(&Arc::new(origin), 0, &error)),
    }
}

fn unreadable(origin: &Arc<Origin>, line: u64, error: &io::Error) -> Item {
    let issue = Issue::new(IssueCode::Unreadable, error.to_string());
    Item { origin: Arc::clone(origin), line, base: 0, range: 0..0, body: Body::Failed(issue) }
}

fn read_stream(
    stream: impl BufRead,
    origin: Origin,
    named: bool,
    path: &Path,
    inputs: &Inputs,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<(), Stopped> {
    let origin = Arc::new(origin);
    let mut stream = match decode::open(stream, inputs.encoding) {
        Ok(stream) => stream,
        Err(error) => {
            feed.item(unreadable(&origin, 0, &error))?;
            return told(named, path, Some(error), feed);
        }
    };
    let known = if inputs.format == InputFormat::Auto { form_of(path).unwrap_or_default() } else { inputs.format };
    let format = match known {
        InputFormat::Auto => match stream.fill_buf() {
            Ok(head) if looks_like_json(head) => InputFormat::Jsonl,
            _ => InputFormat::Text,
        },
        known => known,
    };
    let failed = match format {
        InputFormat::Jsonl => read_jsonl(&mut stream, &origin, limit, feed)?,
        _ => read_text(&mut stream, &origin, limit, feed)?,
    };
    told(named, path, failed, feed)
}

fn told(named: bool, path: &Path, failed: Option<io::Error>, feed: &mut dyn Feed) -> Result<(), Stopped> {
    match failed {
        // What a folder holds is not named: its line says what happened.
        Some(error) if named => feed.problem(PathProblem { path: path.to_owned(), reason: error.to_string() }),
        _ => Ok(()),
    }
}

fn looks_like_json(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().first() == Some(&b'{')
}

/// One document; returns why it could not be read.
fn read_text(
    stream: &mut impl BufRead,
    origin: &Arc<Origin>,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<Option<io::Error>, Stopped> {
    let raw = feed.raw();
    let start = raw.len();
    let failed = stream.take(limit as u64 + 1).read_to_end(raw).err();
    let len = raw.len() - start;
    if failed.is_some() || limit < len {
        raw.truncate(start);
    }
    let item = match &failed {
        Some(error) => unreadable(origin, 0, error),
        None if limit < len => too_large(origin, 0, limit),
        None => Item { origin: Arc::clone(origin), line: 0, base: 0, range: start..start + len, body: Body::Text },
    };
    feed.item(item)?;
    Ok(failed)
}

fn too_large(origin: &Arc<Origin>, line: u64, limit: usize) -> Item {
    let message = format!("larger than {} MiB (max_document_mib in khabar.toml)", limit >> 20);
    let issue = Issue::new(IssueCode::TooLarge, message);
    Item { origin: Arc::clone(origin), line, base: 0, range: 0..0, body: Body::Failed(issue) }
}

/// A document a line; returns why reading ended early.
fn read_jsonl(
    stream: &mut impl BufRead,
    origin: &Arc<Origin>,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<Option<io::Error>, Stopped> {
    let (mut line, mut base) = (0, 0);
    loop {
        line += 1;
        let raw = feed.raw();
        let start = raw.len();
        let (kept, consumed) = match read_line(stream, raw, limit) {
            Ok(LineRead::End) => return Ok(None),
            Ok(LineRead::Kept { consumed }) => (true, consumed),
            Ok(LineRead::TooLong { consumed }) => (false, consumed),
            Err(error) => {
                raw.truncate(start);
                feed.item(unreadable(origin, line, &error))?;
                return Ok(Some(error));
            }
        };
        let range = start..raw.len();
        if !kept {
            feed.item(too_large(origin, line, limit))?;
        } else if raw[start..].trim_ascii().is_empty() {
            raw.truncate(start);
        } else {
            feed.item(Item { origin: Arc::clone(origin), line, base, range, body: Body::Json })?;
        }
        base += consumed;
    }
}

#[cfg(test)]
mod tests;
