//! Proclitics as hypotheses: what may stand before a word and be written with it. A lexicon decides.

/// A hypothesis: so many bytes of a folded word are proclitics, and the rest is a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proclitic {
    /// Bytes of the folded word that are proclitics.
    pub len: usize,
    /// The rest lost the alef of its article: in `للكرملين` the word is `الكرملين`, written `لكرملين` after the first lam.
    pub article_cut: bool,
}

/// All ways to take proclitics off a folded word, the shortest first; the whole word (nothing taken off) is not among
/// them, and at least two letters stay. Order of attachment: و or ف, then ب, ل, ك or س, then the article.
pub fn proclitics(folded: &str) -> impl Iterator<Item = Proclitic> {
    let conjunction = folded.starts_with(['و', 'ف']);
    let after = if conjunction { 2 } else { 0 };
    let preposition = folded.get(after..).is_some_and(|rest| rest.starts_with(['ب', 'ل', 'ك', 'س']));
    let lam_lam = folded.get(after..).is_some_and(|rest| rest.starts_with("لل"));
    let enough = move |len: usize| len + 4 <= folded.len();
    [
        (conjunction && enough(2)).then_some(Proclitic { len: 2, article_cut: false }),
        (preposition && enough(after + 2)).then_some(Proclitic { len: after + 2, article_cut: lam_lam }),
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rests(word: &str) -> Vec<&str> {
        proclitics(word).map(|p| &word[p.len..]).collect()
    }

    #[test]
    fn hypotheses() {
        assert_eq!(rests("وويتكوف"), ["ويتكوف"]);
        assert_eq!(rests("وبموسكو"), ["بموسكو", "موسكو"]);
        assert_eq!(rests("للكرملين"), ["لكرملين"]);
        assert!(proclitics("للكرملين").all(|p| p.article_cut));
        assert!(rests("في").is_empty() && rests("").is_empty() && rests("abc").is_empty());
    }
}
