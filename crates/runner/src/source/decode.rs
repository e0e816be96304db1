//! Streams that are compressed or not in UTF-8.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::str::FromStr;

use encoding_rs_io::DecodeReaderBytesBuilder;

/// The encoding of an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encoding(Option<&'static encoding_rs::Encoding>);

impl FromStr for Encoding {
    type Err = String;

    /// Any label of the Encoding Standard (`windows-1256`, `utf-16le`), or `auto`.
    fn from_str(label: &str) -> Result<Self, String> {
        match label {
            "auto" | "utf-8" | "utf8" => Ok(Self(None)),
            _ => encoding_rs::Encoding::for_label(label.as_bytes())
                .map(|encoding| Self(Some(encoding)))
                .ok_or_else(|| format!("{label:?} is no encoding, such as windows-1256, iso-8859-6 or utf-16le")),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.map_or("auto", encoding_rs::Encoding::name))
    }
}

/// The stream in UTF-8, unpacked: gzip and Zstandard are known by their first bytes, UTF-16 by its byte order mark.
///
/// Bytes that are said to be UTF-8, or of which nothing is said, are handed on as they are.
pub(super) fn open<'a>(stream: impl BufRead + 'a, encoding: Encoding) -> io::Result<Box<dyn BufRead + 'a>> {
    let (head, stream) = peek(stream)?;
    let unpacked: Box<dyn BufRead + 'a> = if head.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(stream)))
    } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(BufReader::new(zstd::stream::read::Decoder::with_buffer(stream)?))
    } else {
        Box::new(stream)
    };
    let (head, unpacked) = peek(unpacked)?;
    let utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    if encoding.0.is_none() && !utf16 {
        return Ok(Box::new(unpacked));
    }
    Ok(Box::new(BufReader::new(DecodeReaderBytesBuilder::new().encoding(encoding.0).build(unpacked))))
}

/// Bytes that tell what a stream is, white space in front of a `{` among them.
const HEAD: usize = 64;

/// The first bytes of a stream, and the whole stream, which gives at least these bytes at once.
fn peek(mut stream: impl BufRead) -> io::Result<(Vec<u8>, impl BufRead)> {
    let mut head = Vec::with_capacity(HEAD);
    stream.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok((head.clone(), io::Cursor::new(head).chain(stream)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn read(bytes: &[u8], encoding: &str) -> Vec<u8> {
        let mut text = Vec::new();
        let encoding = encoding.parse().expect("an encoding");
        open(bytes, encoding).and_then(|mut stream| stream.read_to_end(&mut text)).expect("reads");
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
        assert!(open(&bytes[..], Encoding::default()).and_then(|mut s| s.read_to_end(&mut text)).is_err());
    }
}
