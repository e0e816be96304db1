//! Streams that are compressed or not in UTF-8.

use std::fmt;
use std::io::{self, BufRead};
use std::str::FromStr;

use encoding_rs::UTF_8;

use super::format::form_in;
use super::head::{Peeked, Settling};
use super::transcode::{Replaced, Transcoded};
use super::unpack::{Trailing, unpack};
use super::{InputFormat, detect_encoding};

/// The encoding of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoding(Option<&'static encoding_rs::Encoding>);

impl FromStr for Encoding {
    type Err = String;

    /// Any label of the Encoding Standard (`utf-8`, `windows-1256`, `utf-16le`), or `auto`.
    fn from_str(label: &str) -> Result<Self, String> {
        match label {
            "auto" => Ok(Self(None)),
            _ => encoding_rs::Encoding::for_label(label.as_bytes()).map(|encoding| Self(Some(encoding))).ok_or_else(
                || {
                    format!(
                        "unknown encoding {label:?}: expected auto or a name such as utf-8, windows-1256 or utf-16le"
                    )
                },
            ),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.map_or("auto", encoding_rs::Encoding::name))
    }
}

/// A stream in UTF-8 and what was found out about it.
pub(super) struct Opened<'a> {
    pub(super) stream: Box<dyn BufRead + 'a>,
    /// The form; never [`InputFormat::Auto`].
    pub(super) form: InputFormat,
    /// The detected encoding, if none is given.
    pub(super) guessed: Option<&'static str>,
    /// The characters that could not be decoded.
    pub(super) replaced: Replaced,
    /// Whether other bytes followed its archive.
    pub(super) trailing: Trailing,
}

/// Opens a stream as UTF-8, decompressed: gzip and Zstandard are recognised by their first bytes, UTF-16 by its byte order
/// mark, the encoding of a page by its `<meta>`. If nothing gives the encoding and the first bytes are not UTF-8, it is
/// detected.
///
/// Bytes declared as UTF-8, or of unknown encoding, are passed on unchanged.
///
/// # Errors
/// If the stream cannot be read, or is clearly not text in a supported encoding.
pub(super) fn open<'a>(stream: impl BufRead + 'a, encoding: Encoding, form: InputFormat) -> io::Result<Opened<'a>> {
    let trailing = Trailing::default();
    let unpacked = unpack(stream, trailing.clone())?;
    let mut settling = Settling::new(form, encoding.0.is_some());
    let unpacked = Peeked::new(unpacked, |head| settling.decide(head))?;
    let head = unpacked.head();
    // A byte order mark is more reliable than a given name.
    let sure = detect_encoding::marked(head)?.or(encoding.0);
    let wide = if sure.is_none() { detect_encoding::utf16_of(head)? } else { None };
    let shown = sure.or(wide).map_or_else(|| String::from_utf8_lossy(head), |encoding| encoding.decode(head).0);
    let form = if form == InputFormat::Auto { form_in(&shown) } else { form };
    let said = sure.or_else(|| if wide.is_none() && form == InputFormat::Html { declared(&shown) } else { None });
    let guessed = if said.is_none() { wide.or_else(|| detect_encoding::encoding_of(head)) } else { None };
    let replaced = Replaced::default();
    let stream: Box<dyn BufRead + 'a> = match said.or(guessed) {
        Some(other) if other != UTF_8 => Box::new(Transcoded::new(unpacked, other, replaced.clone())),
        _ => Box::new(unpacked),
    };
    Ok(Opened { stream, form, guessed: guessed.map(encoding_rs::Encoding::name), replaced, trailing })
}

/// The first bytes of a page, which must declare its encoding.
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
        // A declaration that reads as ASCII cannot be UTF-16.
        return Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 });
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn read(bytes: &[u8], encoding: &str) -> Vec<u8> {
        let mut text = Vec::new();
        let encoding = encoding.parse().expect("an encoding");
        let opened = open(bytes, encoding, InputFormat::Auto);
        opened.and_then(|mut opened| opened.stream.read_to_end(&mut text)).expect("reads");
        text
    }

    const TEXT: &str = "خبر عاجل 😀";

    #[test]
    fn what_is_not_utf8_is_for_the_reader_to_say() {
        assert_eq!(read(TEXT.as_bytes(), "utf-8"), TEXT.as_bytes());
        for short in [&b""[..], b"a", b"\xff", b"\x1f"] {
            assert_eq!(read(short, "auto"), short);
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
    fn utf16_without_a_mark_is_guessed_and_utf32_refused() {
        let news = format!("{TEXT}\n").repeat(5);
        for (name, bytes) in [
            ("UTF-16LE", news.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
            ("UTF-16BE", news.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            let mut opened = open(&bytes[..], Encoding::default(), InputFormat::Auto).expect("opens");
            let mut text = String::new();
            opened.stream.read_to_string(&mut text).expect("UTF-8");
            assert_eq!((opened.guessed, text), (Some(name), news.clone()));
            assert!(name.parse::<Encoding>().is_ok(), "as the message says");
        }
        let utf32 = |mark: &str, bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
            mark.chars().chain(news.chars()).flat_map(|c| bytes(c.into())).collect()
        };
        let nul = [0, 1, 2, 0, 0, 0, 7, 0, 0, 0, 0, 1, 1, 0, 0, 9, 9, 0, 0, 0];
        for mark in ["", "\u{feff}"] {
            for bytes in [utf32(mark, u32::to_le_bytes), utf32(mark, u32::to_be_bytes), nul.into()] {
                let error = open(&bytes[..], Encoding::default(), InputFormat::Jsonl).err().expect("refused");
                assert!(error.to_string().contains(if bytes == nul { "NUL" } else { "UTF-32" }), "{error}");
            }
        }
        assert_eq!(read(b"a\0b and more", "auto"), b"a\0b and more");
        assert_eq!(read(&nul, "utf-8"), nul, "what the user says counts more");
        let table = news.replace('\n', ",1\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        assert_eq!(detect_encoding::utf16_of(&table[..table.len() - 1]).expect("UTF-16"), Some(encoding_rs::UTF_16LE));
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
