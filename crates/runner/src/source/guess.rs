//! Text in an older encoding that nobody named.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_6, WINDOWS_1256};

/// Letters from which on a guess is made.
const LETTERS: usize = 16;

/// The encoding of bytes that are not UTF-8, if they are plainly Arabic in another one. `head` may end within a character.
///
/// UTF-8 with a few broken bytes in it is not guessed at: it reads as Arabic letters in windows-1256, and is none.
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

/// Whether bytes are UTF-8 but for one broken place in a hundred characters beyond ASCII, or the end.
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
