//! Abbreviations that are written with a point.

use std::sync::LazyLock;

use crate::{WordMap, fold};

static ABBREVIATIONS: LazyLock<WordMap<()>> = LazyLock::new(|| WordMap::new(lines(LIST).map(|word| (word, ()))));

const LIST: &str = include_str!("../data/abbreviations.txt");

/// The entries of a list: lines that are neither empty nor comments.
pub(crate) fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a point after this word is part of the abbreviation.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    word.len() <= LONGEST && ABBREVIATIONS.get(&fold(word)).is_some()
}

/// No entry is longer, so that the look-up of a word of a megabyte costs nothing.
const LONGEST: usize = 16;

/// Whether the word is the letter of an era after a year: Hijri, of the Christian era, before it.
pub(crate) fn is_era(word: &str) -> bool {
    matches!(fold(word).as_ref(), "ه" | "م" | "ق.م")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words() {
        assert!(is_abbreviation("هـ") && is_abbreviation("Dr") && !is_abbreviation("قال"));
        assert!(is_era("هـ") && is_era("م") && !is_era("د"));
        assert!(lines(LIST).all(|word| word.len() <= LONGEST));
    }
}
