//! Words beside which a number word is no number.

use std::collections::HashMap;
use std::sync::LazyLock;

use khabar_arabic::{WordTable, fold, hash, proclitics};

/// By the number word without its proclitics: beside what it is no number.
#[derive(Debug)]
pub(crate) struct Idioms {
    /// Which of the neighbours a word has.
    words: WordTable<u16>,
    neighbours: Vec<Neighbours>,
}

/// Hashes of the neighbours of one number word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neighbours {
    /// What the word stands before.
    before: Vec<u64>,
    /// What the word stands after.
    after: Vec<u64>,
}

static IDIOMS: LazyLock<Idioms> = LazyLock::new(|| Idioms::read(include_str!("../data/idioms.txt")));

impl Idioms {
    /// The built-in lexicon.
    pub(crate) fn get() -> &'static Self {
        &IDIOMS
    }

    fn read(data: &str) -> Self {
        let mut idioms: HashMap<String, Neighbours> = HashMap::new();
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let Some((side, words, neighbours)) = parts(line) else { continue };
            for word in words.split(' ') {
                let known = idioms.entry(phrase(word)).or_default();
                let known = if side == "before" { &mut known.before } else { &mut known.after };
                known.extend(neighbours.split(' ').map(|neighbour| hash(&phrase(neighbour))));
            }
        }
        let (words, neighbours): (Vec<String>, Vec<Neighbours>) = idioms.into_iter().unzip();
        Self { words: WordTable::of_words(words.iter().zip(0..)), neighbours }
    }

    /// The neighbours of the number word with this hash: most have none.
    pub(crate) fn of(&self, hash: u64) -> Option<&Neighbours> {
        self.neighbours.get(usize::from(self.words.get(hash)?))
    }
}

impl Neighbours {
    /// Whether the number word is no number before this folded word.
    pub(crate) fn stands_before(&self, neighbour: &str) -> bool {
        holds(&self.before, neighbour)
    }

    /// Whether the number word is no number after this folded word.
    pub(crate) fn stands_after(&self, neighbour: &str) -> bool {
        holds(&self.after, neighbour)
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

fn holds(neighbours: &[u64], neighbour: &str) -> bool {
    let known = |neighbour: &str| neighbours.contains(&hash(neighbour));
    !neighbours.is_empty()
        && !neighbour.is_empty()
        && (known(neighbour) || proclitics(neighbour).any(|p| !p.article_cut && known(&neighbour[p.len..])))
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
        let known = |word: &str| Idioms::get().of(hash(word));
        let of = |word| known(word).expect("a number word with neighbours");
        assert!(of("الثاني").stands_after("كانون") && of("الثاني").stands_after("وكانون"));
        assert!(!of("الثاني").stands_after("النهائي") && of("نصف").stands_before("النهائي"));
        assert!(known("الثالث").is_none_or(|known| !known.stands_after("كانون")));
    }
}
