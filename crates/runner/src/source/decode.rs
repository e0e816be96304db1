//! Streams that are compressed or not in UTF-8.

use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::str::FromStr;

use encoding_rs::UTF_8;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::form::form_in;
use super::{InputFormat, guess};

/// The encoding of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoding(Option<&'static encoding_rs::Encoding>);

impl FromStr for Encoding {
    type Err = String;

    /// Any label of the Encoding Standard (`utf-8`, `windows-1256`, `utf-16le`), or `auto`.
    fn from_str(label: &str) -> Result<Self, String> {
        match label {
            "auto" => Ok(Self(None)),
            _ => encoding_rs::Encoding::for_label(label.as_bytes())
                .map(|encoding| Self(Some(encoding)))
                .ok_or_else(|| format!("{label:?} is no encoding, such as utf-8, windows-1256 or utf-16le")),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.map_or("auto", encoding_rs::Encoding::name))
    }
}

/// A stream in UTF-8, and what was learnt of it on the way.
pub(super) struct Opened<'a> {
    pub(super) stream: Box<dyn BufRead + 'a>,
    /// The form; never [`InputFormat::Auto`].
    pub(super) form: InputFormat,
    /// The encoding that it seems to have, where nobody says.
    pub(super) guessed: Option<&'static str>,
}

/// The stream in UTF-8, unpacked: gzip and Zstandard are known by their first bytes, UTF-16 by its byte order mark, the
/// encoding of a page by its `<meta>`. Where nothing of all that says the encoding, and the first bytes are not UTF-8,
/// it is guessed.
///
/// Bytes that are said to be UTF-8, or of which nothing is known, are handed on as they are.
pub(super) fn open<'a>(stream: impl BufRead + 'a, encoding: Encoding, form: InputFormat) -> io::Result<Opened<'a>> {
    let (head, stream) = peek(stream)?;
    let unpacked: Box<dyn BufRead + 'a> = if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(stream)))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(BufReader::with_capacity(BUFFER, zstd::stream::read::Decoder::with_buffer(stream)?))
    } else {
        Box::new(stream)
    };
    let (head, unpacked) = peek(unpacked)?;
    // A mark is surer than a name.
    let sure = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| encoding).or(encoding.0);
    let shown = sure.map_or_else(|| String::from_utf8_lossy(&head), |encoding| encoding.decode(&head).0);
    let form = if form == InputFormat::Auto { form_in(&shown) } else { form };
    let said = sure.or_else(|| if form == InputFormat::Html { declared(&shown) } else { None });
    let guessed = if said.is_none() { guess::encoding_of(&head) } else { None };
    let stream: Box<dyn BufRead + 'a> = match said.or(guessed) {
        None => Box::new(unpacked),
        Some(utf8) if utf8 == UTF_8 => Box::new(unpacked),
        other => {
            Box::new(BufReader::with_capacity(BUFFER, DecodeReaderBytesBuilder::new().encoding(other).build(unpacked)))
        }
    };
    Ok(Opened { stream, form, guessed: guessed.map(encoding_rs::Encoding::name) })
}

/// Bytes that are unpacked or decoded at once.
const BUFFER: usize = 1 << 16;

/// Bytes that tell what a stream is, white space in front of a `{` among them.
const HEAD: usize = 64;

/// The first bytes of a stream, as many as it gives at once and at least [`HEAD`], and the whole stream.
fn peek(mut stream: impl BufRead) -> io::Result<(Vec<u8>, impl BufRead)> {
    let mut head = Vec::new();
    while head.len() < HEAD {
        let taken = match stream.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => {
                let buffer = other?;
                head.extend_from_slice(buffer);
                buffer.len()
            }
        };
        if taken == 0 {
            break;
        }
        stream.consume(taken);
    }
    Ok((head.clone(), io::Read::chain(io::Cursor::new(head), stream)))
}

/// Bytes within which a page has to say its encoding.
const DECLARED_WITHIN: usize = 1024;

/// The encoding that a page declares: `<meta charset=…>`, or the same within the `content` of a `<meta http-equiv>`.
fn declared(page: &str) -> Option<&'static encoding_rs::Encoding> {
    let end = (0..=DECLARED_WITHIN.min(page.len())).rfind(|at| page.is_char_boundary(*at)).unwrap_or_default();
    let head = page[..end].to_ascii_lowercase();
    for meta in head.split("<meta").skip(1) {
        let meta = meta.split('>').next().unwrap_or(meta);
        let Some((_, value)) = meta.split_once("charset") else { continue };
        let Some(value) = value.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/')).unwrap_or(value.len());
        let Some(encoding) = encoding_rs::Encoding::for_label(&value.as_bytes()[..end]) else { continue };
        // What reads as ASCII here cannot be UTF-16, whatever it says.
        return Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};

    fn read(bytes: &[u8], encoding: &str) -> Vec<u8> {
        let mut text = Vec::new();
        let encoding = encoding.parse().expect("an encoding");
        let opened = open(bytes, encoding, InputFormat::Auto);
        opened.and_then(|mut opened| opened.stream.read_to_end(&mut text)).expect("reads");
        text
    }

    const TEXT: &str = "خبر عاجل 😀";

    #[test]
    fn compression_shows_in_the_first_bytes() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(TEXT.as_bytes()).expect("packs");
        let gzip = gzip.finish().expect("packs");
        assert_eq!(read(&[gzip.clone(), gzip].concat(), "auto"), TEXT.repeat(2).as_bytes());
        let zstd = zstd::encode_all(TEXT.as_bytes(), 1).expect("packs");
        assert_eq!(read(&[zstd.clone(), zstd].concat(), "auto"), TEXT.repeat(2).as_bytes());
        assert_eq!(read(TEXT.as_bytes(), "utf-8"), TEXT.as_bytes());
        for short in [&b""[..], b"a", b"\xff", b"\x1f"] {
            assert_eq!(read(short, "auto"), short, "not UTF-8 is for the reader to say");
        }
    }

    #[test]
    fn encodings() {
        let utf16: Vec<u8> = std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16, "auto"), TEXT.as_bytes());
        assert_eq!(read(&utf16[2..], "utf-16le"), TEXT.as_bytes());
        assert_eq!(read(b"\xce\xc8\xd1", "windows-1256"), "خبر".as_bytes());
        assert!("klingon".parse::<Encoding>().is_err());
        assert_eq!("cp1256".parse::<Encoding>().map(|e| e.to_string()), Ok("windows-1256".into()));
    }

    #[test]
    fn half_an_archive_is_an_error() {
        let mut bytes = zstd::encode_all(TEXT.repeat(99).as_bytes(), 1).expect("packs");
        bytes.truncate(20);
        let mut text = Vec::new();
        let opened = open(&bytes[..], Encoding::default(), InputFormat::Auto)
            .and_then(|mut opened| opened.stream.read_to_end(&mut text));
        assert!(opened.is_err());
    }

    #[test]
    fn a_page_says_its_encoding() {
        let name = |page: &str| declared(page).map(encoding_rs::Encoding::name);
        assert_eq!(name("<html><meta charset=windows-1256>"), Some("windows-1256"));
        assert_eq!(name("<META CHARSET = 'utf-8' />"), Some("UTF-8"));
        let old = "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-6\">";
        assert_eq!(name(old), Some("ISO-8859-6"));
        assert_eq!(name("<meta charset=utf-16><meta charset=windows-1256>"), Some("UTF-8"));
        assert_eq!(name("<meta charset><meta charset=none><p charset=utf-8>"), None);
        assert_eq!(name(&format!("{}<meta charset=utf-8>", "خ".repeat(600))), None, "too late");
        let page = b"<html><meta charset=windows-1256><p>\xce\xc8\xd1";
        assert!(read(page, "auto").ends_with("خبر".as_bytes()));
        assert_eq!(read(page, "utf-8"), page, "what the user says counts more");
    }

    #[test]
    fn the_form_and_a_guess_are_told() {
        let opened = |bytes: &'static [u8]| {
            let opened = open(bytes, Encoding::default(), InputFormat::Auto).expect("opens");
            (opened.form, opened.guessed)
        };
        assert_eq!(opened(b"\xff\xfe{\0"), (InputFormat::Jsonl, None));
        assert_eq!(opened(b"<!doctype html>"), (InputFormat::Html, None));
        let old = b"\xde\xc7\xe1 \xe6\xd2\xed\xd1 \xc7\xe1\xce\xc7\xd1\xcc\xed\xc9 \xc7\xe1\xd1\xe6\xd3\xed \xc7\xe1\xed\xe6\xe3";
        assert_eq!(opened(old), (InputFormat::Text, Some("windows-1256")));
    }
}
