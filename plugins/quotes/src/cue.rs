//! Verbs and nouns of saying: what is known of one, and the facts that stand for it.

use serde::Deserialize;

use crate::facts::Facts;

/// How a verb takes the words that it reports; see the head of `data/verbs.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CueClass {
    Say,
    Attitude,
    Describe,
    Relay,
}

/// The form of a cue, which says where its subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Agreement {
    #[default]
    Unknown,
    Masculine,
    Feminine,
    Plural,
}

/// A form of a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) class: CueClass,
    pub(crate) form: Form,
    pub(crate) agreement: Agreement,
    /// Counts only with أن, a colon or a quotation mark.
    pub(crate) weak: bool,
    /// What was said comes with a preposition, so that a bare noun behind the verb is its subject.
    pub(crate) with: bool,
    /// Counts only with that preposition.
    pub(crate) strict: bool,
}

impl Cue {
    /// The facts that stand for it.
    pub(crate) fn facts(self) -> Facts {
        let form = match self.form {
            Form::Finite => Facts::FINITE,
            Form::FiniteWithObject => Facts::FINITE_WITH_OBJECT,
            Form::Participle => Facts::PARTICIPLE,
            Form::Own => Facts::OWN_CUE,
            Form::Noun => Facts::NOUN,
        };
        let class = match self.class {
            CueClass::Say => Facts::NONE,
            CueClass::Attitude => Facts::ATTITUDE,
            CueClass::Describe => Facts::DESCRIBE,
            CueClass::Relay => Facts::RELAY,
        };
        let agreement = match self.agreement {
            Agreement::Unknown => Facts::NONE,
            Agreement::Masculine => Facts::MASCULINE,
            Agreement::Feminine => Facts::FEMININE,
            Agreement::Plural => Facts::PLURAL,
        };
        let strong = Facts::STRONG.when(!self.weak);
        let with = Facts::WITH.when(self.with).with(Facts::STRICT.when(self.strict));
        form.with(class).with(agreement).with(strong).with(with)
    }
}
