//! Pieces of a document: what the model needs of every word is kept for one of them at a time.

use crate::crf::LONGEST_SENTENCE;
use crate::segments::Segment;

/// A document of more words is read in pieces that end with a sentence, each with its own say of which words are names: far
/// more than an article has, and little memory.
const WORDS: usize = 1 << 16;

/// The end of the piece that begins at a segment: that of a sentence, unless it is too long.
pub(crate) fn end(segments: &[Segment], from: usize) -> usize {
    let rest = segments.get(from + WORDS..).unwrap_or_default();
    let more = rest.iter().take(LONGEST_SENTENCE).take_while(|segment| !segment.starts_sentence).count();
    (from + WORDS + more).min(segments.len())
}

/// The most words of a piece.
#[cfg(test)]
pub(crate) const MOST: usize = WORDS + LONGEST_SENTENCE;

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;
    use khabar_extractor::{Cancel, Doc};

    use super::*;
    use crate::segments;

    fn ends(text: &str) -> Vec<usize> {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let mut segments = Vec::new();
        segments::split(&Doc::new("", text, &analysis), &mut segments, Cancel::NEVER).expect("nobody cancels");
        let mut ends = Vec::new();
        while let Some(from) = Some(ends.last().copied().unwrap_or(0)).filter(|from| *from < segments.len()) {
            ends.push(end(&segments, from));
        }
        ends
    }

    #[test]
    fn a_piece_ends_with_a_sentence() {
        assert!(ends("").is_empty());
        assert_eq!(ends(&"كلمة ".repeat(WORDS)), [WORDS]);
        let text = format!("{}\n\n{}", "كلمة ".repeat(WORDS + 9), "خبر ".repeat(WORDS));
        assert_eq!(ends(&text), [WORDS + 9, 2 * WORDS + 9]);
        assert_eq!(ends(&"كلمة ".repeat(2 * WORDS)), [MOST, 2 * WORDS]);
    }
}
