//! Abbreviations that are written with a point.

use std::sync::LazyLock;

use crate::{WordMap, fold};

static ABBREVIATIONS: LazyLock<WordMap<()>> = LazyLock::new(|| WordMap::new(lines(LIST).map(|word| (word, ()))));

const LIST: &str = include_str!("../data/abbreviations.txt");

/// The entries of a list: lines that are neither empty nor comments.
pub(crate) fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a point after this word, with this hash and folded form, is part of the abbreviation.
pub(crate) fn is_abbreviation(word: &str, key: u64, folded: &str) -> bool {
    word.len() <= LONGEST && ABBREVIATIONS.get_hashed(key, folded).is_some()
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
        let is = |word: &str| is_abbreviation(word, crate::hash(&fold(word)), &fold(word));
        assert!(is("هـ") && is("Dr") && !is("قال"));
        assert!(is_era("هـ") && is_era("م") && !is_era("د"));
        assert!(lines(LIST).all(|word| word.len() <= LONGEST));
    }
}
