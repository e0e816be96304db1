//! Streams that are packed.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::GzDecoder;
use thiserror::Error;

use super::head::Peeked;

/// Bytes that are unpacked at once.
const BUFFER: usize = 1 << 16;

/// The first bytes that tell a packing.
const MAGIC: usize = 4;

/// Something follows the end of an archive that belongs to none. What was unpacked until then is whole.
#[derive(Clone, Copy, Debug, Error)]
#[error("bytes after the end of the gzip archive are no other one; they were left out")]
pub(super) struct Trailing;

/// The stream unpacked, if its first bytes tell that it is gzip or Zstandard, else as it is.
///
/// As `gzip` does, it passes over zeros after the end of an archive, with which some tools fill blocks. Anything else there
/// is told by [`Trailing`] when all has been read.
pub(super) fn unpack<'a>(stream: impl BufRead + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
    let stream = Peeked::new(stream, |head| (MAGIC <= head.len()).then_some(MAGIC))?;
    match *stream.head() {
        [0x1f, 0x8b, ..] => Ok(Box::new(BufReader::with_capacity(BUFFER, Members(Some(GzDecoder::new(stream)))))),
        // A frame, or one that decoders pass over, with which parallel packers begin.
        [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => {
            let decoder = zstd::stream::read::Decoder::with_buffer(stream)?;
            Ok(Box::new(BufReader::with_capacity(BUFFER, decoder)))
        }
        _ => Ok(Box::new(stream)),
    }
}

/// The members of a gzip file, one after another: the one that is read, `None` at the end.
struct Members<R>(Option<GzDecoder<R>>);

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.0 {
            let given = member.read(buffer)?;
            if given != 0 || buffer.is_empty() {
                return Ok(given);
            }
            let next = pass_zeros(member.get_mut())?;
            let stream = self.0.take().map(GzDecoder::into_inner);
            match next {
                None => {}
                Some(0x1f) => self.0 = stream.map(GzDecoder::new),
                Some(_) => return Err(io::Error::new(io::ErrorKind::InvalidData, Trailing)),
            }
        }
        Ok(0)
    }
}

/// Passes over zeros; the byte that follows, if there is one.
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

    /// What is unpacked, and what is said.
    fn read(packed: &[u8]) -> (Vec<u8>, Option<io::Error>) {
        let mut all = Vec::new();
        let said =
            unpack(BufReader::with_capacity(5, packed)).and_then(|mut stream| stream.read_to_end(&mut all)).err();
        (all, said)
    }

    #[test]
    fn packing_shows_in_the_first_bytes() {
        let zstd = zstd::encode_all(TEXT, 1).expect("packs");
        let skipped = |number: u8| [&[0x50 + number, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"any"].concat();
        let whole = [gzip(), zstd.clone(), [skipped(0), zstd.clone()].concat(), [skipped(15), zstd.clone()].concat()];
        for packed in whole {
            let (all, said) = read(&packed);
            assert!(said.is_none() && all == TEXT, "{said:?}");
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
        let (all, said) = read(&[gzip(), vec![0; 10_000]].concat());
        assert!(said.is_none() && all == TEXT, "{said:?}");
        for rest in [&b"\0\0x"[..], b"x"] {
            let (all, said) = read(&[&gzip()[..], rest].concat());
            let said = said.expect("told");
            assert!(said.get_ref().is_some_and(|said| said.is::<Trailing>()), "{said}");
            assert_eq!(all, TEXT, "what is whole is given");
        }
        let half = gzip();
        assert!(read(&half[..half.len() - 1]).1.is_some());
        assert!(read(&[&half[..], b"\x1f"].concat()).1.is_some());
    }
}
