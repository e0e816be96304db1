//! Proclitics: what is written together with the front of a word. This is the only table of them above `khabar-arabic`.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// The proclitics of a word as they stand in a text, in the order in which they attach: و or ف; ب, ل, ك or س; the article.
///
/// Source: Wright, A Grammar of the Arabic Language, I §§ 354-368.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Clitics(u8);

/// A particle that is one letter and is written together with the word behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Proclitic {
    /// و, and.
    Wa,
    /// ف, and then.
    Fa,
    /// ب, in or with.
    Ba,
    /// ل, for.
    Lam,
    /// ك, as.
    Kaf,
    /// س, the future.
    Sin,
}

impl Proclitic {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Wa, Self::Fa, Self::Ba, Self::Lam, Self::Kaf, Self::Sin];
    /// Bytes of any of them in UTF-8.
    pub(crate) const BYTES: usize = 2;

    /// Its letter.
    pub const fn letter(self) -> char {
        match self {
            Self::Wa => 'و',
            Self::Fa => 'ف',
            Self::Ba => 'ب',
            Self::Lam => 'ل',
            Self::Kaf => 'ك',
            Self::Sin => 'س',
        }
    }

    /// The proclitic that a letter may be.
    pub fn of(letter: char) -> Option<Self> {
        Self::ALL.into_iter().find(|proclitic| proclitic.letter() == letter)
    }

    /// Whether it joins what comes to what was: و, ف.
    pub const fn is_conjunction(self) -> bool {
        matches!(self, Self::Wa | Self::Fa)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Clitics {
    /// No proclitic.
    pub const NONE: Self = Self(0);
    const ARTICLE: u8 = 1 << 6;

    /// These with one more.
    #[must_use]
    pub const fn with(self, proclitic: Proclitic) -> Self {
        Self(self.0 | proclitic.bit())
    }

    /// These with the article.
    #[must_use]
    pub const fn with_article(self) -> Self {
        Self(self.0 | Self::ARTICLE)
    }

    /// Whether one of them is there.
    #[inline]
    pub const fn has(self, proclitic: Proclitic) -> bool {
        self.0 & proclitic.bit() != 0
    }

    /// Whether the word has the article.
    #[inline]
    pub const fn has_article(self) -> bool {
        self.0 & Self::ARTICLE != 0
    }

    /// Whether و or ف is there.
    #[inline]
    pub const fn has_conjunction(self) -> bool {
        self.has(Proclitic::Wa) || self.has(Proclitic::Fa)
    }

    /// Whether ب, ل or ك is there.
    #[inline]
    pub const fn has_preposition(self) -> bool {
        self.has(Proclitic::Ba) || self.has(Proclitic::Lam) || self.has(Proclitic::Kaf)
    }

    /// Bytes of the folded word before the one that is known. The article belongs to the word, in `للكرملين` the second
    /// lam stands for it.
    #[inline]
    pub const fn len(self) -> usize {
        Proclitic::BYTES * (self.0 & !Self::ARTICLE).count_ones() as usize
    }

    /// Whether no particle is there; the article is none.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

impl fmt::Debug for Clitics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = Proclitic::ALL.into_iter().filter(|p| self.has(*p)).map(Proclitic::letter).collect();
        write!(f, "Clitics({letters}{})", if self.has_article() { "+ال" } else { "" })
    }
}

/// Which proclitics a word takes. In data files their letters, `"وفبلك"`, or `"all"` for these, or `"none"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takes(u8);

impl Takes {
    /// None.
    pub const NONE: Self = Self(0);
    /// و and ف.
    pub const CONJUNCTIONS: Self = Self(Proclitic::Wa.bit() | Proclitic::Fa.bit());
    /// Those of a noun: و, ف, ب, ل, ك.
    pub const ALL: Self =
        Self(Self::CONJUNCTIONS.0 | Proclitic::Ba.bit() | Proclitic::Lam.bit() | Proclitic::Kaf.bit());
    /// Those of a verb: و, ف, س.
    pub const VERBAL: Self = Self(Self::CONJUNCTIONS.0 | Proclitic::Sin.bit());

    /// Those of an imperfect: of a verb, and ل (`ليقول`).
    pub const IMPERFECT: Self = Self(Self::VERBAL.0 | Proclitic::Lam.bit());

    /// Whether a word takes one of them.
    pub const fn takes(self, proclitic: Proclitic) -> bool {
        self.0 & proclitic.bit() != 0
    }
}

impl Default for Takes {
    fn default() -> Self {
        Self::ALL
    }
}

impl<'de> Deserialize<'de> for Takes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "all" => Ok(Self::ALL),
            "none" => Ok(Self::NONE),
            letters => letters.chars().try_fold(Self::NONE, |takes, letter| match Proclitic::of(letter) {
                Some(proclitic) => Ok(Self(takes.0 | proclitic.bit())),
                None => Err(serde::de::Error::custom(format!(
                    "{letter:?} in `clitics` is not a proclitic: expected letters of \"وفبلكس\", \"all\" or \"none\""
                ))),
            }),
        }
    }
}

/// A folded word in all forms that its proclitics give, each with what stands before the word: first without any, then و or
/// ف, then ب, ل, ك or س, alone and behind و or ف. `definite` says that the word begins with the article: behind ل it loses
/// its alef, and its lam as well where the noun begins with one (`لليل`).
pub fn attach(folded: &str, definite: bool, takes: Takes) -> impl Iterator<Item = (String, Clitics)> {
    use Proclitic::{Ba, Fa, Kaf, Lam, Sin, Wa};
    let base = if definite { Clitics::NONE.with_article() } else { Clitics::NONE };
    let noun = folded.strip_prefix("ال").filter(|_| definite);
    let firsts = [None, Some(Wa), Some(Fa)];
    let seconds = [None, Some(Ba), Some(Lam), Some(Kaf), Some(Sin)];
    let allowed = move |proclitic: &Option<Proclitic>| proclitic.is_none_or(|p| takes.takes(p));
    firsts.into_iter().filter(allowed).flat_map(move |first| {
        seconds.into_iter().filter(allowed).map(move |second| {
            let clitics = [first, second].into_iter().flatten().fold(base, Clitics::with);
            let mut form: String = [first, second].into_iter().flatten().map(Proclitic::letter).collect();
            match noun.filter(|_| second == Some(Lam)) {
                Some(noun) if noun.starts_with('ل') => form.push_str(noun),
                Some(noun) => {
                    form.push('ل');
                    form.push_str(noun);
                }
                None => form.push_str(folded),
            }
            (form, clitics)
        })
    })
}

/// Appends a word whose article lost its alef behind ل, as [`khabar_arabic::proclitics`] gives it, with that alef: of
/// `للكرملين` what is left is `لكرملين`, the word is `الكرملين`.
pub fn push_article_restored(rest: &str, out: &mut String) {
    out.push('ا');
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use khabar_arabic::proclitics;
    use proptest::prelude::*;

    use super::*;

    fn forms(word: &str, definite: bool, takes: Takes) -> Vec<String> {
        attach(word, definite, takes).map(|(form, _)| form).collect()
    }

    #[test]
    fn a_word_with_its_proclitics() {
        assert_eq!(forms("يوم", false, Takes::NONE), ["يوم"]);
        assert_eq!(forms("يوم", false, Takes::CONJUNCTIONS), ["يوم", "ويوم", "فيوم"]);
        assert_eq!(forms("يقول", false, Takes::VERBAL), {
            ["يقول", "سيقول", "ويقول", "وسيقول", "فيقول", "فسيقول"]
        });
        assert_eq!(forms("يقول", false, Takes::IMPERFECT).len(), 9);
        assert_eq!(forms("يوم", false, Takes::ALL).len(), 12);
    }

    #[test]
    fn the_article_behind_lam_loses_its_alef() {
        assert!(forms("اليوم", true, Takes::ALL).contains(&"ولليوم".to_owned()));
        assert!(forms("الليل", true, Takes::ALL).contains(&"لليل".to_owned()), "no three lams stand together");
        assert!(forms("الف", false, Takes::ALL).contains(&"لالف".to_owned()), "its alef is no article's");
    }

    #[test]
    fn an_article_gets_its_alef_back() {
        let taken = proclitics("للكرملين").next().expect("lam");
        let mut word = String::new();
        push_article_restored(&"للكرملين"[taken.len..], &mut word);
        assert_eq!(word, "الكرملين");
    }

    #[test]
    fn what_is_known_of_clitics() {
        let clitics = Clitics::NONE.with(Proclitic::Wa).with(Proclitic::Lam).with_article();
        assert_eq!((clitics.len(), clitics.has_article(), clitics.has_preposition()), (4, true, true));
        assert!(clitics.has_conjunction() && !clitics.has(Proclitic::Fa) && !clitics.is_empty());
        assert!(Clitics::NONE.with_article().is_empty());
    }

    #[test]
    fn data_files_name_letters() {
        #[derive(Debug, Deserialize)]
        struct Row {
            clitics: Takes,
        }
        let read = |text: &str| toml::from_str::<Row>(text).map(|row| row.clitics);
        assert_eq!(read("clitics = \"وف\"").expect("letters"), Takes::CONJUNCTIONS);
        assert_eq!(read("clitics = \"all\"").expect("a word"), Takes::ALL);
        assert!(read("clitics = \"و,\"").expect_err("a comma").to_string().contains("',' in `clitics`"));
    }

    proptest! {
        /// What is attached here is what `khabar_arabic::proclitics` takes off.
        #[test]
        fn what_is_attached_comes_off(word in "[ابتلمنيقو]{2,6}", definite: bool) {
            let word = if definite { format!("ال{word}") } else { word };
            for (form, clitics) in attach(&word, definite, Takes::ALL) {
                let taken = proclitics(&form).find(|taken| taken.len == clitics.len());
                prop_assert_eq!(taken.is_some(), !clitics.is_empty(), "{}", form);
                if let Some(taken) = taken.filter(|taken| !taken.article_cut) {
                    prop_assert_eq!(&form[taken.len..], &word);
                }
            }
        }
    }
}
