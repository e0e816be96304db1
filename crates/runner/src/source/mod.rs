//! Where documents come from: files, folders, standard input.

pub(crate) mod csv;
mod decode;
mod detect_encoding;
pub(crate) mod document;
mod format;
mod given;
mod head;
mod lines;
mod page;
mod record;
mod transcode;
mod unpack;
mod visit;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;
use walkdir::WalkDir;

use crate::batch::{Body, Item};
use crate::{InputFiles, Issue, IssueCode};
use decode::Opened;
use format::{extensions, form_of, stem};
use lines::{LineRead, read_line};
use unpack::Trailing;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Files, folders, or `-` for standard input, in the order in which they are read.
    pub paths: Vec<PathBuf>,
    /// Their format.
    pub format: InputFormat,
    /// Their encoding. If none is given it is taken from a byte order mark or the page's declaration, else it is UTF-8, else
    /// it is detected, which the `errors` of each document report.
    pub encoding: Encoding,
    /// The fields of JSON Lines, columns of a table, or metadata of a page (`byline`, `description`, `image`, `language`,
    /// `modified`, `published`, `site`, `title`, `url`) to copy to the output; `*` for all but `id`, `text`, `date` and
    /// `country`.
    pub keep: Arc<[String]>,
    /// What is given for documents that don't say it.
    pub given: Arc<Given>,
    /// If given, only these files are read from folders, so that a run does not read its own output.
    pub files: Option<Arc<InputFiles>>,
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

    /// The size of all inputs in bytes; `None` if one is a stream.
    pub fn size(&self) -> Option<u64> {
        let files = self.files().ok()?;
        // A missing file adds nothing and is reported later.
        Some(files.iter().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).sum())
    }
}

pub use decode::Encoding;
pub use format::InputFormat;
pub use given::{BadDateFormat, DateFormat, Given};
pub use visit::{Visited, visit};

/// Whether a file in a folder is read, by its name.
pub(crate) fn is_read(path: &Path) -> bool {
    form_of(path).is_some()
}

/// A named path that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{}: {reason}", path.display())]
pub struct PathProblem {
    /// The path.
    pub path: PathBuf,
    /// The reason.
    pub reason: String,
}

/// A file that documents come from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Its path, for messages.
    pub(crate) file: Arc<str>,
    /// The id of its document, or the prefix of ids for lines without one.
    pub(crate) id: String,
    /// [`Inputs::keep`].
    pub(crate) keep: Arc<[String]>,
    /// What is given for documents that don't say it.
    pub(crate) given: Arc<Given>,
    /// Issues that all of its documents have.
    pub(crate) told: Vec<Issue>,
}

impl Origin {
    fn new(file: Arc<str>, id: String, inputs: &Inputs) -> Self {
        Self { file, id, keep: Arc::clone(&inputs.keep), given: Arc::clone(&inputs.given), told: Vec::new() }
    }

    /// The same with one more issue.
    fn telling(self: &Arc<Self>, issue: Option<Issue>) -> Arc<Self> {
        let Some(issue) = issue else { return Arc::clone(self) };
        let Self { file, id, keep, given, told } = &**self;
        let told = told.iter().cloned().chain([issue]).collect();
        Arc::new(Self {
            file: Arc::clone(file),
            id: id.clone(),
            keep: Arc::clone(keep),
            given: Arc::clone(given),
            told,
        })
    }
}

/// Receives the documents of a source.
pub(crate) trait Feed {
    /// The buffer for the bytes of the next item; a source appends to it.
    fn raw(&mut self) -> &mut Vec<u8>;
    /// Receives a document.
    fn item(&mut self, item: Item) -> Result<(), Stopped>;
    /// Receives a named path that cannot be read.
    fn problem(&mut self, problem: PathProblem) -> Result<(), Stopped>;
}

/// No more documents are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Reads all inputs in order. No document is larger than `limit` bytes.
pub(crate) fn read(inputs: &Inputs, limit: usize, feed: &mut dyn Feed) -> Result<(), Stopped> {
    for path in &inputs.paths {
        if path.as_os_str() == "-" {
            let origin = Origin::new("<stdin>".into(), "stdin".into(), inputs);
            read_stream(io::stdin().lock(), origin, true, path, inputs, limit, feed)?;
        } else if path.is_dir() {
            read_folder(path, inputs, limit, feed)?;
        } else {
            read_file(path, id_of(path), true, inputs, limit, feed)?;
        }
    }
    Ok(())
}

/// The id of a named path.
fn id_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    stem(Path::new(name)).to_string_lossy().into_owned()
}

fn read_folder(folder: &Path, inputs: &Inputs, limit: usize, feed: &mut dyn Feed) -> Result<(), Stopped> {
    let mut any = false;
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_read(entry.path()) && inputs.wants(entry.path()) => {
                any = true;
                let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                read_file(entry.path(), stem(below).to_string_lossy().into_owned(), false, inputs, limit, feed)?;
            }
            Ok(_) => {}
            Err(error) => {
                any = true;
                let path = error.path().unwrap_or(folder).to_owned();
                let error = io::Error::from(error);
                // For example a broken link, or the folder itself.
                if form_of(&path).is_some() || path == folder {
                    let below = path.strip_prefix(folder).ok().filter(|below| !below.as_os_str().is_empty());
                    let id = below.map_or_else(|| id_of(folder), |below| stem(below).to_string_lossy().into_owned());
                    let origin = Origin::new(path.to_string_lossy().into(), id, inputs);
                    feed.item(unreadable(&Arc::new(origin), 0, &error))?;
                }
                told(true, &path, Some(error), feed)?;
            }
        }
    }
    if any {
        return Ok(());
    }
    let reason = format!("no files in this folder that end in {}, with or without .gz or .zst", extensions());
    feed.problem(PathProblem { path: folder.to_owned(), reason })
}

fn read_file(
    path: &Path,
    id: String,
    named: bool,
    inputs: &Inputs,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<(), Stopped> {
    let origin = Origin::new(path.to_string_lossy().into(), id, inputs);
    match File::open(path) {
        Ok(file) => read_stream(BufReader::with_capacity(1 << 16, file), origin, named, path, inputs, limit, feed),
        Err(error) => {
            feed.item(unreadable(&Arc::new(origin), 0, &error))?;
            told(named, path, Some(error), feed)
        }
    }
}

fn unreadable(origin: &Arc<Origin>, line: u64, error: &io::Error) -> Item {
    Item::failed(origin, line, Issue::new(IssueCode::Unreadable, error.to_string()))
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
    let form = if inputs.format == InputFormat::Auto { form_of(path).unwrap_or_default() } else { inputs.format };
    let mut opened = match decode::open(stream, inputs.encoding, form) {
        Ok(opened) => opened,
        Err(error) => {
            feed.item(unreadable(&Arc::new(origin), 0, &error))?;
            return told(named, path, Some(error), feed);
        }
    };
    let origin = Arc::new(Origin { told: opened.guessed.map(guessed).into_iter().collect(), ..origin });
    let failed = match opened.form {
        InputFormat::Jsonl => read_jsonl(&mut opened, &origin, limit, feed)?,
        InputFormat::Csv | InputFormat::Tsv => csv::read(&mut opened, inputs.format, &origin, limit, feed)?,
        InputFormat::Html => read_whole(opened, &origin, Body::Page, limit, feed)?,
        InputFormat::Text | InputFormat::Auto => read_whole(opened, &origin, Body::Text, limit, feed)?,
    };
    told(named, path, failed, feed)
}

fn guessed(encoding: &str) -> Issue {
    let message = format!("not UTF-8: decoded with the detected encoding {encoding}; set --encoding to choose one");
    Issue::new(IssueCode::GuessedEncoding, message)
}

/// The issue for this many characters that could not be decoded, if any.
fn replaced(count: usize) -> Option<Issue> {
    let message = || format!("characters that are invalid in the encoding of the input, replaced by U+FFFD: {count}");
    (count != 0).then(|| Issue::new(IssueCode::BadCharacters, message()))
}

fn told(named: bool, path: &Path, failed: Option<io::Error>, feed: &mut dyn Feed) -> Result<(), Stopped> {
    match failed {
        // A file in a folder is not named: only its line reports the error.
        Some(error) if named => feed.problem(PathProblem { path: path.to_owned(), reason: error.to_string() }),
        _ => Ok(()),
    }
}

/// Reads one document; returns why it could not be read.
fn read_whole(
    opened: Opened<'_>,
    origin: &Arc<Origin>,
    body: Body,
    limit: usize,
    feed: &mut dyn Feed,
) -> Result<Option<io::Error>, Stopped> {
    let raw = feed.raw();
    let start = raw.len();
    let failed = opened.stream.take(limit as u64 + 1).read_to_end(raw).err();
    let trailing = opened.trailing;
    let trailing = trailing.is_there().then(|| Issue::new(IssueCode::BadArchive, trailing.to_string()));
    let len = raw.len() - start;
    if failed.is_some() || limit < len {
        raw.truncate(start);
    }
    let item = match &failed {
        Some(error) => unreadable(origin, 0, error),
        None if limit < len => too_large(origin, 0, limit),
        None => {
            let origin = origin.telling(trailing).telling(replaced(opened.replaced.before(u64::MAX)));
            Item { origin, line: 0, base: 0, range: start..start + len, body }
        }
    };
    feed.item(item)?;
    Ok(failed)
}

/// Ends a stream of many documents: bytes after its archive are reported in a line of their own, and returned as an error.
fn ended(
    trailing: &Trailing,
    origin: &Arc<Origin>,
    line: u64,
    feed: &mut dyn Feed,
) -> Result<Option<io::Error>, Stopped> {
    if !trailing.is_there() {
        return Ok(None);
    }
    let error = io::Error::new(io::ErrorKind::InvalidData, trailing.to_string());
    feed.item(unreadable(origin, line, &error))?;
    Ok(Some(error))
}

fn too_large(origin: &Arc<Origin>, line: u64, limit: usize) -> Item {
    let message = format!("larger than {} MiB (max_document_mib in khabar.toml)", limit >> 20);
    Item::failed(origin, line, Issue::new(IssueCode::TooLarge, message))
}

/// Reads one document per line; returns why reading ended early.
fn read_jsonl(
    Opened { stream, replaced: broken, trailing, .. }: &mut Opened<'_>,
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
            Ok(LineRead::End) => return ended(trailing, origin, line, feed),
            Ok(LineRead::Kept { consumed }) => (true, consumed),
            Ok(LineRead::TooLong { consumed }) => (false, consumed),
            Err(error) => {
                raw.truncate(start);
                feed.item(unreadable(origin, line, &error))?;
                return Ok(Some(error));
            }
        };
        let range = start..raw.len();
        let broken = broken.before(base + consumed);
        if !kept {
            feed.item(too_large(origin, line, limit))?;
        } else if raw[start..].trim_ascii().is_empty() {
            raw.truncate(start);
        } else {
            let origin = origin.telling(replaced(broken));
            feed.item(Item { origin, line, base, range, body: Body::Json })?;
        }
        base += consumed;
    }
}

#[cfg(test)]
mod tests;
