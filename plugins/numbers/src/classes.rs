//! Closed classes of words around numbers.

use std::sync::LazyLock;

use khabar_arabic::{WordTable, fold, hash, proclitics};
use khabar_extractor::Doc;

/// A set of classes, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u8);

impl Classes {
    pub(crate) const MONTH: Self = Self(1);
    pub(crate) const SPORT: Self = Self(2);
    pub(crate) const GOALS: Self = Self(4);
    pub(crate) const UNANSWERED: Self = Self(8);
    pub(crate) const FUNCTION: Self = Self(16);
    pub(crate) const PHONE: Self = Self(32);
    pub(crate) const YEAR: Self = Self(64);

    const fn named(name: &str) -> Option<Self> {
        Some(match name.as_bytes() {
            b"month" => Self::MONTH,
            b"sport" => Self::SPORT,
            b"goals" => Self::GOALS,
            b"unanswered" => Self::UNANSWERED,
            b"function" => Self::FUNCTION,
            b"phone" => Self::PHONE,
            b"year" => Self::YEAR,
            _ => return None,
        })
    }

    /// Whether a token as it stands is of this class, by the hash that it carries.
    pub(crate) fn has_bare(self, doc: &Doc<'_>, token: u32) -> bool {
        let classes = doc.hashes.get(token as usize).and_then(|hash| WORDS.get(*hash));
        classes.is_some_and(|classes| classes.0 & self.0 != 0)
    }

    /// Whether a folded word, or what its proclitics leave of it, is of this class.
    pub(crate) fn has(self, folded: &str) -> bool {
        let known = |word: &str| WORDS.get(hash(word)).is_some_and(|classes| classes.0 & self.0 != 0);
        known(folded) || proclitics(folded).any(|p| known(&folded[p.len..]))
    }
}

static WORDS: LazyLock<WordTable<Classes>> = LazyLock::new(|| {
    let mut words: Vec<(String, Classes)> = Vec::new();
    for line in include_str!("../data/classes.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((Some(class), members)) = line.split_once(": ").map(|(name, words)| (Classes::named(name), words))
        else {
            continue;
        };
        for word in members.split(' ').map(fold) {
            match words.iter_mut().find(|(known, _)| *known == word) {
                Some((_, classes)) => classes.0 |= class.0,
                None => words.push((word.into_owned(), class)),
            }
        }
    }
    WordTable::of_words(words)
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_read() {
        for line in include_str!("../data/classes.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            assert!(line.split_once(": ").is_some_and(|(name, _)| Classes::named(name).is_some()), "{line}");
        }
        assert!(Classes::SPORT.has("بنتيجه") && Classes::GOALS.has("اهداف") && !Classes::MONTH.has("اهداف"));
    }
}
