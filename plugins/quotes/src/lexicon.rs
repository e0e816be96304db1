//! What is known of words: verbs of saying with their forms, and the closed classes of the attribution grammar.

use std::sync::LazyLock;

use khabar_extractor::LexiconFile;
use khabar_lexicon::shared::saying::{SAYING, Saying, SayingClass};
use khabar_lexicon::{
    Entry, Feature, Features, Form, LexiconError, Meaning, Tagger, TaggerBuilder, Takes, WordList, classes,
};
use serde::Deserialize;

classes! {
    /// What a token is to the grammar: a word of a class of `data/words.toml`, or a mark.
    pub(crate) enum Class {
        // Words.
        That, According, SayingNoun, Utterance, Namer, Called, Slogan, Outlet, OutletName, Correspondent, Role, Body,
        Preposition, Pronominal, Quantity, Time, Clause, Clausal, Auxiliary, NotThat, Contrast, Link, About, From, Limit, LimitPreposition,
        Saying, Negation, Relative, AsFor, Occasion, Towards, Setting, Between, What, AccordingToWhat, HandedOn, LeadOn,
        Narration, NoSpeaker, Particle, PrepositionParticle, Article, To, GiveName, OnIt, Under, OnSubject, PlacePreposition, Kin, Came, Received,
        /// Ends in a pronoun that stands for the speaker: `تعبيره`.
        Own,
        // Marks.
        Comma, Colon, Stop, BracketOpen, BracketClose,
        /// A mark that opens a quotation.
        Open,
        /// A mark that closes one.
        Close,
        // What sort of token it is.
        /// An Arabic word.
        Word,
        Number,
        /// A word in another script, an address, a sign.
        Other,
    }
    /// A set of [`Class`]es: a rule asks for any of several at once.
    pub(crate) struct Classes(u64);
}

/// The classes by which a word is known, not only as it stands.
pub(crate) const KNOWN: Classes = Classes::of(&[
    Class::That,
    Class::According,
    Class::SayingNoun,
    Class::Own,
    Class::Utterance,
    Class::Namer,
    Class::Called,
    Class::Slogan,
    Class::Outlet,
    Class::OutletName,
    Class::Correspondent,
    Class::Role,
    Class::Body,
    Class::Preposition,
    Class::Time,
    Class::Clause,
    Class::Clausal,
    Class::Auxiliary,
    Class::NotThat,
    Class::Pronominal,
    Class::Quantity,
]);

/// The form of a cue, which says where its subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum CueForm {
    /// `قال`, `يقول`: a subject follows, stands before, or is left out.
    Finite,
    /// `وصفه`, `أكدته`: the same with an object written on.
    FiniteWithObject,
    /// `قائلا`: the subject is that of the clause before.
    Participle,
    /// `قوله`: the subject is the pronoun.
    Own,
    /// `دعوة`, `إعلان`: the subject follows in the genitive.
    Noun,
}

/// Gender and number of a verb form, as far as the form tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Agreement {
    #[default]
    Unknown,
    Masculine,
    Feminine,
    Plural,
}

impl Agreement {
    /// Whether two forms may speak of one person.
    pub(crate) fn may_agree(self, other: Self) -> bool {
        self == Self::Unknown || other == Self::Unknown || self == other
    }
}

/// A form of a verb of saying, or a noun of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Cue {
    pub(crate) class: SayingClass,
    pub(crate) form: CueForm,
    pub(crate) agreement: Agreement,
    /// Counts only with أن, a colon or a quotation mark. Nouns always are.
    pub(crate) weak: bool,
    /// What was said comes with a preposition, so that a bare noun behind the verb is its subject.
    pub(crate) with: bool,
    /// Counts only with that preposition.
    pub(crate) strict: bool,
}

impl Cue {
    fn new(saying: Saying, features: Features) -> Self {
        let form = match (features.contains(Feature::VerbalNoun), features.contains(Feature::Pronoun)) {
            (true, true) => CueForm::Own,
            (true, false) => CueForm::Noun,
            (false, true) => CueForm::FiniteWithObject,
            (false, false) if features.contains(Feature::Participle) => CueForm::Participle,
            (false, false) => CueForm::Finite,
        };
        let agreement = if features.intersects(Features::of(&[Feature::Plural, Feature::Dual])) {
            Agreement::Plural
        } else if features.contains(Feature::Feminine) {
            Agreement::Feminine
        } else if features.contains(Feature::Masculine) {
            Agreement::Masculine
        } else {
            Agreement::Unknown
        };
        Self {
            class: saying.class,
            form,
            agreement,
            weak: saying.frame.weak || features.contains(Feature::VerbalNoun),
            with: saying.frame.with.is_some(),
            strict: saying.frame.strict,
        }
    }

    pub(crate) fn is_finite(self) -> bool {
        self.form == CueForm::Finite
    }

    /// Whether it takes a subject of its own.
    pub(crate) fn is_verb(self) -> bool {
        matches!(self.form, CueForm::Finite | CueForm::FiniteWithObject)
    }

    pub(crate) fn relays(self) -> bool {
        self.class == SayingClass::Relay
    }
}

/// What the lexicon says of a folded word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct WordInfo {
    pub(crate) classes: Classes,
    /// The cue that it is.
    pub(crate) cue: Option<Cue>,
    /// The cue that it is when it is written with ة, which folding makes ه: `دعوة` beside `دعوه`.
    pub(crate) cue_with_teh: Option<Cue>,
}

impl Meaning for WordInfo {
    /// Where two verbs have one form, the stronger counts.
    fn merge(self, later: Self) -> Self {
        let stronger = |one: Option<Cue>, other: Option<Cue>| match (one, other) {
            (Some(cue), Some(stronger)) if cue.weak && !stronger.weak => Some(stronger),
            (one, other) => one.or(other),
        };
        Self {
            classes: self.classes.union(later.classes),
            cue: stronger(self.cue, later.cue),
            cue_with_teh: stronger(self.cue_with_teh, later.cue_with_teh),
        }
    }
}

impl WordInfo {
    fn of_cue(cue: Cue, has_teh: bool) -> Self {
        let (cue, cue_with_teh) = if has_teh { (None, Some(cue)) } else { (Some(cue), None) };
        Self { cue, cue_with_teh, ..Self::default() }
    }
}

/// A class of words, as a data file names it.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    class: Class,
}

/// The words of the plugin itself.
pub(crate) const WORDS: LexiconFile =
    LexiconFile { file: "plugins/quotes/data/words.toml", text: include_str!("../data/words.toml") };

/// All words, made once from the data files.
pub(crate) static LEXICON: LazyLock<Result<Tagger<WordInfo>, LexiconError>> = LazyLock::new(read);

fn read() -> Result<Tagger<WordInfo>, LexiconError> {
    let mut builder = TaggerBuilder::default();
    for entry in WordList::<Named>::read(&WORDS)?.entries {
        let class = entry.meaning.class;
        builder.entry(&entry, |form| {
            let own = class == Class::SayingNoun && form.features.contains(Feature::Pronoun);
            let classes = if own { class.set().with(Class::Own) } else { class.set() };
            Some(WordInfo { classes, ..WordInfo::default() })
        });
    }
    for entry in SAYING.entries()? {
        for form in entry.forms() {
            if let Some(info) = cue_of(entry, &form) {
                builder.word(&form.text, info, takes(form.features));
            }
        }
    }
    Ok(builder.build())
}

/// The proclitics of a form: a noun has prepositions, and an imperfect ل, behind which it reports nothing (`ليؤكد`).
fn takes(features: Features) -> Takes {
    if features.contains(Feature::VerbalNoun) {
        Takes::ALL
    } else if features.contains(Feature::Present) {
        Takes::IMPERFECT
    } else {
        Takes::VERBAL
    }
}

/// The cue that a form of a verb of saying is.
fn cue_of(entry: &Entry<Saying>, form: &Form) -> Option<WordInfo> {
    let cue = Cue::new(entry.meaning, form.features);
    let takes_object = cue.form == CueForm::FiniteWithObject;
    let has_teh = khabar_lexicon::spelling::ends_in_teh_marbuta(&form.text);
    (!(takes_object && entry.meaning.frame.bare)).then(|| WordInfo::of_cue(cue, has_teh))
}

#[cfg(test)]
mod tests {
    use khabar_arabic::fold;
    use khabar_lexicon::Proclitic;

    use super::*;

    fn info(word: &str) -> WordInfo {
        let tagger = LEXICON.as_ref().expect("the data files are read");
        tagger.word(&fold(word)).unwrap_or_else(|| panic!("{word} is not known")).meaning
    }

    #[test]
    fn lists_are_sorted() {
        for entry in WordList::<Named>::read(&WORDS).expect("a word list").entries {
            let unsorted = entry.words.windows(2).find(|pair| pair[1] <= pair[0]);
            let is_of_marks = entry.meaning.class as u8 >= Class::Comma as u8 || entry.meaning.class == Class::That;
            assert!(is_of_marks || unsorted.is_none(), "{}: {unsorted:?} out of order", entry.place());
        }
    }

    #[test]
    fn forms_of_verbs() {
        use Agreement::{Feminine, Masculine, Plural, Unknown};
        use CueForm::{Finite, FiniteWithObject, Noun, Own, Participle};
        for (word, form, agreement) in [
            ("قال", Finite, Masculine),
            ("قالت", Finite, Feminine),
            ("قالتا", Finite, Plural),
            ("نفوا", Finite, Plural),
            ("يقولان", Finite, Plural),
            ("تدعو", Finite, Feminine),
            ("وصفه", FiniteWithObject, Masculine),
            ("تصفها", FiniteWithObject, Feminine),
            ("مشيرين", Participle, Plural),
            ("قائلا", Participle, Masculine),
            ("قولها", Own, Feminine),
            ("قوله", Own, Masculine),
            ("قول", Noun, Unknown),
        ] {
            let cue = info(word).cue.unwrap_or_else(|| panic!("{word} is no cue"));
            assert_eq!((cue.form, cue.agreement), (form, agreement), "{word}");
        }
        let cue = |word| info(word).cue;
        assert!(cue("دعوه").is_some_and(|cue| cue.form == FiniteWithObject));
        assert!(info("دعوة").cue_with_teh.is_some_and(|cue| cue.form == Noun && cue.weak), "nouns are weak");
        assert!(cue("قال").is_some_and(|cue| !cue.weak && !cue.with && !cue.strict));
        assert!(cue("عبر").is_some_and(|cue| cue.strict && cue.with));
        assert!(cue("نقل").is_some_and(Cue::relays) && !cue("قال").is_some_and(Cue::relays));
        let tagger = LEXICON.as_ref().expect("the data files are read");
        assert!(tagger.word("بينه").is_none_or(|tag| tag.meaning.cue.is_none()), "بين takes no object");
    }

    #[test]
    fn of_two_verbs_with_one_form_the_stronger_counts() {
        let saying = |weak| Cue { weak, ..info("قال").cue.expect("a cue") };
        let merged = |one, other| {
            WordInfo::of_cue(saying(one), false).merge(WordInfo::of_cue(saying(other), false)).cue.map(|cue| cue.weak)
        };
        assert_eq!(
            (merged(true, false), merged(false, true), merged(true, true)),
            (Some(false), Some(false), Some(true))
        );
    }

    #[test]
    fn proclitics_and_pronouns() {
        let tagger = LEXICON.as_ref().expect("the data files are read");
        let tag = |word: &str| tagger.word(&fold(word)).expect("known");
        assert!(tag("وسيقول").clitics.has(Proclitic::Sin) && tag("للوزير").clitics.has_article());
        assert!(tag("تعبيره").meaning.classes.contains_all(Classes::of(&[Class::SayingNoun, Class::Own])));
        assert!(!tag("تعبير").meaning.classes.contains(Class::Own));
        assert!(
            ["أن", "إنهم", "بأنها", "أننا", "وأن"].iter().all(|word| tag(word).meaning.classes.contains(Class::That))
        );
        assert!(tagger.word(&fold("سان")).is_none() && tagger.word(&fold("سكان")).is_none(), "س is a verb's");
    }

    #[test]
    fn who_may_be_one_person() {
        use Agreement::{Feminine, Masculine, Unknown};
        assert!(Feminine.may_agree(Feminine) && Unknown.may_agree(Feminine) && Feminine.may_agree(Unknown));
        assert!(!Feminine.may_agree(Masculine));
    }
}
