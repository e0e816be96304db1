//! Decompresses streams.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;

use super::head::Peeked;

/// Bytes decompressed at once.
const BUFFER: usize = 1 << 16;

/// The number of first bytes that identify a compression.
const MAGIC: usize = 4;

/// Whether the end of an archive is followed by other bytes. The content until then is complete, and the stream ends there.
#[derive(Clone, Debug, Default)]
pub(super) struct Trailing(Rc<Cell<bool>>);

impl Trailing {
    /// Whether there are such bytes; known after the stream was read to its end.
    pub(super) fn is_there(&self) -> bool {
        self.0.get()
    }
}

impl fmt::Display for Trailing {
    /// The issue about it, if any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ignored bytes after the end of the archive that are not another archive")
    }
}

/// Decompresses a stream if its first bytes are of gzip or Zstandard.
///
/// Like `gzip`, it skips zeros after the end of an archive, with which some tools pad blocks. Anything else there is ignored
/// and recorded in `trailing`.
pub(super) fn unpack<'a>(stream: impl BufRead + 'a, trailing: Trailing) -> io::Result<Box<dyn BufRead + 'a>> {
    let stream = Peeked::new(stream, |head| (MAGIC <= head.len()).then_some(MAGIC))?;
    let packing = match *stream.head() {
        [0x1f, 0x8b, ..] => Packing::Gzip,
        // A frame, or a skippable frame, with which parallel compressors begin.
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Packing::Zstd,
        _ => return Ok(Box::new(stream)),
    };
    let members = Members { member: Some(packing.open(stream)?), packing, trailing };
    Ok(Box::new(BufReader::with_capacity(BUFFER, members)))
}

/// How a stream is compressed.
#[derive(Clone, Copy, Debug)]
enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    fn open<R: BufRead>(self, stream: R) -> io::Result<Member<R>> {
        Ok(match self {
            Self::Gzip => Member::Gzip(Box::new(GzDecoder::new(stream))),
            Self::Zstd => Member::Zstd(zstd::stream::read::Decoder::with_buffer(stream)?.single_frame()),
        })
    }

    /// Whether a member may begin with this byte.
    const fn begins_with(self, byte: u8) -> bool {
        match self {
            Self::Gzip => byte == 0x1f,
            Self::Zstd => matches!(byte, 0x28 | 0x50..=0x5f),
        }
    }
}

/// A member of a gzip file, or a frame of Zstandard.
enum Member<R: BufRead> {
    Gzip(Box<GzDecoder<R>>),
    Zstd(zstd::stream::read::Decoder<'static, R>),
}

impl<R: BufRead> Member<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(member) => member.read(buffer),
            Self::Zstd(frame) => frame.read(buffer),
        }
    }

    /// The stream behind it.
    fn into_inner(self) -> R {
        match self {
            Self::Gzip(member) => member.into_inner(),
            Self::Zstd(frame) => frame.finish(),
        }
    }
}

/// The members of an archive, one after another.
struct Members<R: BufRead> {
    /// The member being read; `None` at the end.
    member: Option<Member<R>>,
    packing: Packing,
    trailing: Trailing,
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let given = member.read(buffer)?;
            if given != 0 || buffer.is_empty() {
                return Ok(given);
            }
            let Some(mut stream) = self.member.take().map(Member::into_inner) else { break };
            match pass_zeros(&mut stream)? {
                None => {}
                Some(first) if self.packing.begins_with(first) => self.member = Some(self.packing.open(stream)?),
                Some(_) => self.trailing.0.set(true),
            }
        }
        Ok(0)
    }
}

/// Skips zeros; returns the next byte, if any.
fn pass_zeros(stream: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        let bytes = stream.fill_buf()?;
        let Some(zeros) = bytes.iter().position(|byte| *byte != 0) else {
            match bytes.len() {
                0 => return Ok(None),
                all => stream.consume(all),
            }
            continue;
        };
        let next = bytes[zeros];
        stream.consume(zeros);
        return Ok(Some(next));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    const TEXT: &[u8] = "خبر عاجل 😀".as_bytes();

    fn gzip() -> Vec<u8> {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(TEXT).expect("packs");
        gzip.finish().expect("packs")
    }

    /// What is unpacked, what is said, and whether something follows.
    fn read(packed: &[u8]) -> (Vec<u8>, Option<io::Error>, bool) {
        let (mut all, trailing) = (Vec::new(), Trailing::default());
        let stream = unpack(BufReader::with_capacity(5, packed), trailing.clone());
        let said = stream.and_then(|mut stream| stream.read_to_end(&mut all)).err();
        (all, said, trailing.is_there())
    }

    #[test]
    fn packing_shows_in_the_first_bytes() {
        let zstd = zstd::encode_all(TEXT, 1).expect("packs");
        let skipped = |number: u8| [&[0x50 + number, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"any"].concat();
        let whole = [gzip(), zstd.clone(), [skipped(0), zstd.clone()].concat(), [skipped(15), zstd.clone()].concat()];
        for packed in whole {
            let (all, said, follows) = read(&packed);
            assert!(said.is_none() && all == TEXT && !follows, "{said:?}");
        }
        let many = [gzip(), [0; 99].into(), gzip()].concat();
        for packed in [[gzip(), gzip()].concat(), many, [&zstd[..], &skipped(3), &zstd].concat()] {
            assert_eq!(read(&packed).0, TEXT.repeat(2));
        }
        for plain in [&b""[..], b"a", b"\x1f", b"\x28\xb5", b"P*M", TEXT] {
            assert_eq!(read(plain).0, plain);
        }
    }

    #[test]
    fn zeros_after_an_archive_mean_nothing_and_all_else_is_told() {
        for whole in [gzip(), zstd::encode_all(TEXT, 1).expect("packs")] {
            let (all, said, follows) = read(&[&whole[..], &[0; 10_000]].concat());
            assert!(said.is_none() && all == TEXT && !follows, "{said:?}");
            for rest in [&b"\0\0x"[..], b"x"] {
                let (all, said, follows) = read(&[&whole[..], rest].concat());
                assert!(said.is_none() && follows, "{said:?}");
                assert_eq!(all, TEXT, "what is whole is given");
            }
            assert!(read(&whole[..whole.len() - 1]).1.is_some(), "half an archive");
            assert!(read(&[&whole[..], &whole[..1]].concat()).1.is_some(), "half of a second one");
        }
    }
}
