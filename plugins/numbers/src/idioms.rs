//! Words beside which a number word is no number.

use std::sync::LazyLock;

use khabar_arabic::{fold, hash, proclitics};

/// Pairs of hashes: the number word without its proclitics, and the neighbour.
#[derive(Debug, Default)]
pub(crate) struct Idioms {
    before: Vec<(u64, u64)>,
    after: Vec<(u64, u64)>,
    /// A bit for each number word that is in a pair: most are in none.
    words: [u64; 32],
}

static IDIOMS: LazyLock<Idioms> = LazyLock::new(|| Idioms::read(include_str!("../data/idioms.txt")));

impl Idioms {
    /// The built-in lexicon.
    pub(crate) fn get() -> &'static Self {
        &IDIOMS
    }

    fn read(data: &str) -> Self {
        let mut idioms = Self::default();
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let Some((side, words, neighbours)) = parts(line) else { continue };
            let pairs = if side == "before" { &mut idioms.before } else { &mut idioms.after };
            for word in words.split(' ') {
                let word = hash(&phrase(word));
                pairs.extend(neighbours.split(' ').map(|neighbour| (word, hash(&phrase(neighbour)))));
            }
        }
        for (word, _) in idioms.before.iter().chain(&idioms.after) {
            idioms.words[*word as usize % 32] |= 1 << (word >> 32 & 63);
        }
        idioms.before.sort_unstable();
        idioms.after.sort_unstable();
        idioms
    }

    /// Whether there may be a pair with the number word of this hash.
    pub(crate) const fn may_hold(&self, number: u64) -> bool {
        self.words[number as usize % 32] >> (number >> 32 & 63) & 1 != 0
    }

    /// Whether the number word with this hash is no number before this folded word.
    pub(crate) fn stands_before(&self, number: u64, neighbour: &str) -> bool {
        holds(&self.before, number, neighbour)
    }

    /// Whether the number word with this hash is no number after this folded word.
    pub(crate) fn stands_after(&self, number: u64, neighbour: &str) -> bool {
        holds(&self.after, number, neighbour)
    }
}

fn parts(line: &str) -> Option<(&str, &str, &str)> {
    let (head, neighbours) = line.split_once(": ")?;
    let (side, words) = head.split_once(' ')?;
    matches!(side, "before" | "after").then_some((side, words, neighbours))
}

/// A phrase of the data, its words joined by `_`, as folded text.
fn phrase(words: &str) -> String {
    fold(words).replace('_', " ")
}

fn holds(pairs: &[(u64, u64)], number: u64, neighbour: &str) -> bool {
    let from = pairs.partition_point(|(word, _)| *word < number);
    if neighbour.is_empty() || pairs.get(from).is_none_or(|(word, _)| *word != number) {
        return false;
    }
    let known = |neighbour: &str| pairs.binary_search(&(number, hash(neighbour))).is_ok();
    known(neighbour) || proclitics(neighbour).any(|p| !p.article_cut && known(&neighbour[p.len..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_read() {
        for line in include_str!("../data/idioms.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            assert!(parts(line).is_some(), "{line}");
        }
    }

    #[test]
    fn neighbours_with_their_proclitics() {
        let idioms = Idioms::get();
        assert!(idioms.stands_after(hash("الثاني"), "كانون") && idioms.stands_after(hash("الثاني"), "وكانون"));
        assert!(!idioms.stands_after(hash("الثالث"), "كانون"));
        assert!(idioms.stands_before(hash("نصف"), "النهائي"));
    }
}
