//! The sentences of a document, and where the scores of their words stand.

use std::ops::Range;

/// Longest sentence that is labelled as one, in words: the row of a table, or a text without marks, may be as long as the
/// document, and nobody writes a tenth of this.
pub(crate) const LONGEST: usize = 1 << 12;
/// Words on each side of a word that it speaks to.
pub(super) const REACH: usize = 2;

/// Where the sentences of a document end, in words.
#[derive(Debug, Default)]
pub(super) struct Sentences {
    pub(super) ends: Vec<usize>,
}

/// The words of a sentence, and the rows of their scores.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sentence {
    pub(super) words: Range<usize>,
    pub(super) rows: Range<usize>,
}

impl Sentences {
    /// Ends a sentence before a word, unless it would be empty.
    pub(super) fn end(&mut self, word: usize) {
        if self.ends.last().copied().unwrap_or(0) < word {
            self.ends.push(word);
        }
    }

    /// The row of a word after all sentences that have ended: before each sentence and after the last are [`REACH`] rows that
    /// belong to no word.
    #[inline]
    pub(super) fn row(&self, word: usize) -> usize {
        word + REACH * (self.ends.len() + 1)
    }

    /// The sentences in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Sentence> + '_ {
        self.iter_from(0)
    }

    /// The sentences from the one with a number on.
    pub(super) fn iter_from(&self, first: usize) -> impl Iterator<Item = Sentence> + '_ {
        let mut from = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.iter().enumerate().skip(first).map(move |(at, end)| {
            let words = std::mem::replace(&mut from, *end)..*end;
            let before = REACH * (at + 1);
            Sentence { rows: words.start + before..words.end + before, words }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_lie_between_rows_of_no_word() {
        let mut sentences = Sentences::default();
        assert_eq!((sentences.row(0), sentences.row(2)), (2, 4));
        [0, 3, 3, 7].iter().for_each(|end| sentences.end(*end));
        let expected = [Sentence { words: 0..3, rows: 2..5 }, Sentence { words: 3..7, rows: 7..11 }];
        assert_eq!(sentences.iter().collect::<Vec<_>>(), expected);
        assert_eq!(sentences.iter_from(1).collect::<Vec<_>>(), expected[1..]);
        assert_eq!(sentences.iter_from(2).count() + sentences.iter_from(9).count(), 0);
        assert_eq!(sentences.row(7), 13);
    }
}
