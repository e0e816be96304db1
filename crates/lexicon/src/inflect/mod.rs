//! Inflection: from a lemma its forms.
//!
//! Folding makes some forms alike that spelling tells apart; forms are given in full spelling, with the rules of the written
//! standard. Source: Ryding, A Reference Grammar of Modern Standard Arabic, ch. 5-7 (nouns), 21-27 (verbs).

mod noun;
mod shape;
mod verb;

use serde::Deserialize;

pub use noun::{POSSESSIVES, accusative, definite, dual, feminine, possessed, sound_plural};
pub use shape::{
    dual_stem, has_accusative_shape, has_adjective_ending, has_article, has_dual_verb_shape, has_feminine_plural_shape,
    has_feminine_shape, has_nisba_shape, has_plural_shape, has_pronoun_shape, singular_of_dual, without_article,
};

classes! {
    /// What tells a form of a word from its lemma.
    pub enum Feature {
        /// With the article.
        Definite,
        /// Feminine: `رئيسة`, `قالت`.
        Feminine,
        /// Masculine, where a verb tells: `قال`, `يقول`.
        Masculine,
        /// Of two.
        Dual,
        /// Of more than two.
        Plural,
        /// The indefinite accusative in ا: `دولارا`.
        Accusative,
        /// With a pronoun behind it: `رئيسه`, `وصفه`.
        Pronoun,
        /// A finite form of the past.
        Past,
        /// A finite form of the present.
        Present,
        /// The active participle, in the accusative: `قائلا`.
        Participle,
        /// The verbal noun: `إعلان`.
        VerbalNoun,
    }
    /// A set of features.
    pub struct Features(u16);
}

/// A form of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Form {
    /// The form, in full spelling.
    pub text: String,
    /// What it is.
    pub features: Features,
}

impl Form {
    fn new(text: impl Into<String>, features: &[Feature]) -> Self {
        Self { text: text.into(), features: Features::of(features) }
    }
}

/// The principal parts of a word beside its lemma.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lemma {
    /// The present of a verb, third person masculine: `يقول`.
    pub present: Option<String>,
    /// The active participle of a verb: `قائل`.
    pub participle: Option<String>,
    /// The verbal noun of a verb: `قول`.
    pub verbal_noun: Option<String>,
    /// The broken plurals of a noun: `دنانير`.
    pub plural: Vec<String>,
}

/// Which forms follow from a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inflection {
    /// None: the word as it stands.
    #[default]
    None,
    /// With and without the article.
    Article,
    /// A noun: the accusative, the duals and the plurals that the entry names, each with and without the article where it
    /// takes one.
    Noun,
    /// An adjective, of nationality for instance: its genders and numbers, with and without the article.
    Adjective,
    /// A verb, third person: its past and present with and without a pronoun, its participle and its verbal noun.
    Verb,
    /// A noun or particle with and without the pronouns of the third person: `تعبير`, `تعبيره`.
    Possessed,
}

/// The pronouns of the third person, as they are written behind a word.
const PRONOUNS: [&str; 5] = ["ه", "ها", "هم", "هما", "هن"];

impl Inflection {
    /// The forms of some words of one lemma: the words themselves, then the others.
    pub fn forms(self, words: &[String], lemma: &Lemma) -> Vec<Form> {
        let mut forms = Vec::new();
        for word in words {
            match self {
                Self::None => forms.push(Form::new(word, &[])),
                Self::Article => noun::with_article(Form::new(word, &[]), &mut forms),
                Self::Noun => noun::noun(word, &mut forms),
                Self::Adjective => noun::adjective(word, &mut forms),
                Self::Verb => verb::past(word, &mut forms),
                Self::Possessed => noun::with_pronouns(word, &mut forms),
            }
        }
        for plural in &lemma.plural {
            noun::with_article(Form::new(plural, &[Feature::Plural]), &mut forms);
        }
        if self == Self::Verb {
            verb::other_parts(lemma, &mut forms);
        }
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(inflection: Inflection, word: &str, lemma: &Lemma) -> Vec<String> {
        inflection.forms(&[word.to_owned()], lemma).into_iter().map(|form| form.text).collect()
    }

    #[test]
    fn the_word_itself_comes_first() {
        use Inflection::{Adjective, Article, None, Noun, Possessed, Verb};
        for inflection in [None, Article, Noun, Adjective, Verb, Possessed] {
            assert_eq!(forms(inflection, "قال", &Lemma::default())[0], "قال");
        }
        assert_eq!(forms(None, "قال", &Lemma::default()).len(), 1);
    }

    #[test]
    fn a_noun_with_pronouns() {
        let lemma = Lemma::default();
        assert_eq!(forms(Inflection::Possessed, "رواية", &lemma)[..3], ["رواية", "روايته", "روايتها"]);
        assert_eq!(forms(Inflection::Possessed, "أن", &lemma), ["أن", "أنه", "أنها", "أنهم", "أنهما", "أنهن"]);
    }

    #[test]
    fn a_noun() {
        let lemma = Lemma { plural: vec!["دنانير".into()], ..Lemma::default() };
        assert_eq!(
            forms(Inflection::Noun, "دينار", &lemma),
            ["دينار", "الدينار", "دينارا", "ديناران", "الديناران", "دينارين", "الدينارين", "دنانير", "الدنانير",]
        );
        assert!(forms(Inflection::Noun, "زلوتي", &Lemma::default()).contains(&"زلوتيا".to_owned()));
    }
}
