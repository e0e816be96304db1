//! Detects the encoding of text.

use std::io;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, UTF_16BE, UTF_16LE, WINDOWS_1256};

/// The number of letters that detection needs.
pub(super) const LETTERS: usize = 16;

/// The encoding given by a byte order mark.
///
/// # Errors
/// UTF-32, which is not supported.
pub(super) fn marked(head: &[u8]) -> io::Result<Option<&'static Encoding>> {
    if head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") {
        return Err(refused(UTF_32));
    }
    Ok(Encoding::for_bom(head).map(|(encoding, _)| encoding))
}

const UTF_32: &str = "unsupported encoding UTF-32: convert it with `iconv -f UTF-32 -t UTF-8`";
const NUL: &str = "not a text: more than a quarter of the first bytes are NUL; if it is one, set its --encoding";

fn refused(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// Detects UTF-16 without a byte order mark: every other byte gives the script of a character, and is NUL for spaces and
/// digits, which every text has.
///
/// # Errors
/// Bytes with as many NUL that are not UTF-16: UTF-32, or not text.
pub(super) fn utf16_of(head: &[u8]) -> io::Result<Option<&'static Encoding>> {
    let (quads, mut nul) = (head.len() / 4, [0; 4]);
    for quad in head.chunks_exact(4) {
        (0..4).for_each(|lane| nul[lane] += usize::from(quad[lane] == 0));
    }
    let all: usize = nul.iter().sum();
    if all == 0 || quads < 2 {
        return Ok(None);
    }
    let [zeroth, first, second, third] = nul;
    let most = |count: usize| 9 * quads <= 10 * count;
    if most(second) && most(third) && !most(zeroth) || most(zeroth) && most(first) && !most(third) {
        return Err(refused(UTF_32));
    }
    let (even, odd) = (zeroth + second, first + third);
    for (encoding, lane, here, there) in [(UTF_16LE, 1, odd, even), (UTF_16BE, 0, even, odd)] {
        if 50 * here < 2 * quads || here < 2 * there {
            continue;
        }
        let mut scripts = [0_usize; 256];
        head[lane..].iter().step_by(2).for_each(|byte| scripts[usize::from(*byte)] += 1);
        let units: usize = scripts.iter().sum();
        let script = scripts[1..].iter().max().copied().unwrap_or_default();
        if 3 * units <= 4 * (scripts[0] + script) {
            return Ok(Some(encoding));
        }
    }
    if quads < all { Err(refused(NUL)) } else { Ok(None) }
}

/// Detects the encoding of bytes that are not UTF-8 and are clearly Arabic. `head` may end within a character.
///
/// UTF-8 with a few invalid bytes is excluded, since it would read as Arabic letters in windows-1256.
pub(super) fn encoding_of(head: &[u8]) -> Option<&'static Encoding> {
    if head.is_ascii() || is_mostly_utf8(head) {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess != WINDOWS_1256 && guess != ISO_8859_6 {
        return None;
    }
    let (text, broken) = guess.decode_without_bom_handling(head);
    let letters = || text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii());
    let arabic = letters().filter(|c| ('\u{620}'..='\u{6d3}').contains(c)).count();
    let plain = !broken && LETTERS <= arabic && 9 * letters().count() <= 10 * arabic;
    plain.then_some(guess)
}

/// Whether bytes are UTF-8 with at most one invalid place per hundred non-ASCII characters, besides the end.
pub(super) fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken, mut at) = (0, 0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len() + chunk.invalid().len();
        // A buffer may end within a character.
        broken += usize::from(!chunk.invalid().is_empty() && at != bytes.len());
    }
    100 * broken <= whole
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "قال وزير الخارجية الروسي، الثلاثاء، إن بلاده ستدفع ثلاثة ملايين دولار (3 million).";

    #[test]
    fn arabic_is_known_by_its_letters() {
        for encoding in [WINDOWS_1256, ISO_8859_6] {
            let (bytes, ..) = encoding.encode(NEWS);
            let found = encoding_of(&bytes).map(|found| found.decode(&bytes).0);
            assert_eq!(found.as_deref(), Some(NEWS), "{}", encoding.name());
        }
    }

    #[test]
    fn what_is_not_plainly_arabic_is_not_guessed_at() {
        let french = encoding_rs::WINDOWS_1252.encode("Été à la télé, déjà hébété: où était-il né, élève zélé ?").0;
        let russian = encoding_rs::WINDOWS_1251.encode("Владимир Путин прибыл в Москву и встретился с послом").0;
        let broken = [&NEWS.as_bytes()[..60], b"\xd9 ", &NEWS.as_bytes()[60..]].concat().repeat(3);
        for bytes in [NEWS.as_bytes(), b"", b"abc", b"\xce\xc8\xd1", &french, &russian, &broken] {
            assert_eq!(encoding_of(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
        assert!(is_mostly_utf8(&NEWS.as_bytes()[..3]), "the end of a buffer");
    }
}
