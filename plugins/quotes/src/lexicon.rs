//! What is known of words: reporting verbs with their forms, and the closed classes of the attribution grammar.

use std::sync::LazyLock;

use khabar_arabic::fold;
use khabar_extractor::Doc;
use serde::Deserialize;

use crate::table::Lexicon;

/// Bits for the classes of `data/words.toml`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Classes { $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)* }
    };
}

classes! {
    /// `أن`, `إنه`, `بأنها`.
    THAT = 0;
    ACCORDING = 1;
    SAYING_NOUN = 2;
    /// Ends in a pronoun that stands for the speaker: `تعبيره`, `قولها`.
    OWN = 3;
    UTTERANCE = 4;
    NAMER = 5;
    CALLED = 6;
    SLOGAN = 7;
    OUTLET = 8;
    OUTLET_NAME = 9;
    CORRESPONDENT = 10;
    ROLE = 11;
    BODY = 12;
    PREPOSITION = 13;
    TIME = 14;
    CLAUSE = 15;
    CLAUSAL = 16;
    AUXILIARY = 17;
    NOT_THAT = 18;
    /// `له`, `بها`: a preposition with its pronoun.
    PRONOMINAL = 19;
    /// `عدد من`, `كل من`: quantities that go on over `من`.
    QUANTITY = 20;
}

impl Classes {
    /// No class.
    pub(crate) const NONE: Self = Self(0);

    /// Whether any bit of `other` is set.
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those of `other`.
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

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
    pub(crate) with: Option<With>,
    /// Counts only with that preposition.
    pub(crate) strict: bool,
}

/// The preposition that brings in what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum With {
    #[serde(rename = "ب")]
    Ba,
    #[serde(rename = "عن")]
    About,
    #[serde(rename = "على")]
    On,
    #[serde(rename = "إلى")]
    To,
    #[serde(rename = "في")]
    In,
}

/// What is known of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) classes: Classes,
    pub(crate) cue: Option<Cue>,
    /// What it is when it is written with ة, which folding makes ه: `دعوة` beside `دعوه`.
    pub(crate) marbuta: Option<Cue>,
}

impl Entry {
    /// The cue that a token so spelled is. Letters that folding makes alike speak against a form: no finite form begins
    /// with إ, none ends in ة.
    #[inline]
    pub(crate) fn cue_of(&self, doc: &Doc<'_>, at: usize) -> Option<Cue> {
        if self.cue.is_none() && self.marbuta.is_none() { None } else { self.cue_spelled(doc.surface(at)) }
    }

    fn cue_spelled(&self, surface: &str) -> Option<Cue> {
        let cue = if surface.ends_with('ة') { self.marbuta } else { self.cue.or(self.marbuta) };
        let finite = |cue: &Cue| matches!(cue.form, Form::Finite | Form::FiniteWithObject);
        cue.filter(|cue| !(finite(cue) && surface.starts_with('إ')))
    }
}

#[derive(Deserialize)]
struct Verbs {
    verbs: Vec<Verb>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    past: String,
    present: Option<String>,
    participle: Option<String>,
    noun: Option<String>,
    with: Option<With>,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    strict: bool,
    class: CueClass,
    #[serde(default)]
    weak: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    according: Vec<String>,
    saying_noun: Vec<String>,
    utterance: Vec<String>,
    namer: Vec<String>,
    called: Vec<String>,
    slogan: Vec<String>,
    outlet: Vec<String>,
    outlet_name: Vec<String>,
    correspondent: Vec<String>,
    role: Vec<String>,
    body: Vec<String>,
    preposition: Vec<String>,
    pronominal: Vec<String>,
    quantity: Vec<String>,
    time: Vec<String>,
    clause: Vec<String>,
    clausal: Vec<String>,
    auxiliary: Vec<String>,
    not_that: Vec<String>,
}

/// The lexicon, made once from the crate's data files.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut forms = Forms::default();
    // The data files are part of the crate and a test reads them; a file that cannot be read leaves its part out.
    if let Ok(words) = toml::from_str::<Words>(include_str!("../data/words.toml")) {
        forms.add_words(&words);
    }
    if let Ok(verbs) = toml::from_str::<Verbs>(include_str!("../data/verbs.toml")) {
        verbs.verbs.iter().for_each(|verb| forms.add_verb(verb));
    }
    Lexicon::new(&forms.0)
});

/// Pronouns that are written onto a noun or a verb.
const PRONOUNS: [&str; 5] = ["ه", "ها", "هم", "هما", "هن"];

#[derive(Default)]
struct Forms(std::collections::BTreeMap<String, Entry>);

impl Forms {
    fn class(&mut self, word: &str, class: Classes) {
        let entry = self.0.entry(fold(word).into_owned()).or_default();
        entry.classes = entry.classes.with(class);
    }

    /// The strong verb counts where two have one form.
    fn cue(&mut self, word: &str, cue: Cue) {
        let entry = self.0.entry(fold(word).into_owned()).or_default();
        let slot = if word.ends_with('ة') { &mut entry.marbuta } else { &mut entry.cue };
        if slot.is_none_or(|known| known.weak && !cue.weak) {
            *slot = Some(cue);
        }
    }

    fn add_words(&mut self, words: &Words) {
        let lists: [(&[String], Classes); 19] = [
            (&words.according, Classes::ACCORDING),
            (&words.saying_noun, Classes::SAYING_NOUN),
            (&words.utterance, Classes::UTTERANCE),
            (&words.namer, Classes::NAMER),
            (&words.called, Classes::CALLED),
            (&words.slogan, Classes::SLOGAN),
            (&words.outlet, Classes::OUTLET),
            (&words.outlet_name, Classes::OUTLET_NAME),
            (&words.correspondent, Classes::CORRESPONDENT),
            (&words.role, Classes::ROLE),
            (&words.body, Classes::BODY),
            (&words.preposition, Classes::PREPOSITION),
            (&words.pronominal, Classes::PRONOMINAL),
            (&words.quantity, Classes::QUANTITY),
            (&words.time, Classes::TIME),
            (&words.clause, Classes::CLAUSE),
            (&words.clausal, Classes::CLAUSAL),
            (&words.auxiliary, Classes::AUXILIARY),
            (&words.not_that, Classes::NOT_THAT),
        ];
        for (list, class) in lists {
            list.iter().for_each(|word| self.class(word, class));
        }
        for noun in &words.saying_noun {
            for pronoun in PRONOUNS {
                // تعبير + ه; the ة of a noun becomes ت before a pronoun.
                let stem = noun.strip_suffix('ة').map_or_else(|| noun.clone(), |stem| format!("{stem}ت"));
                self.class(&format!("{stem}{pronoun}"), Classes::SAYING_NOUN.with(Classes::OWN));
            }
        }
        for particle in ["أن", "إن", "بأن"] {
            for pronoun in ["", "ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم"] {
                self.class(&format!("{particle}{pronoun}"), Classes::THAT);
            }
        }
        ["أننا", "إننا", "بأننا", "أنني", "إنني", "بأنني"].iter().for_each(|word| self.class(word, Classes::THAT));
    }

    fn add_verb(&mut self, verb: &Verb) {
        use Agreement::{Feminine, Masculine, Plural};
        let cue = Cue {
            class: verb.class,
            form: Form::Finite,
            agreement: Agreement::Unknown,
            weak: verb.weak,
            with: verb.with,
            strict: verb.strict,
        };
        let mut finite = |word: String, agreement, form| {
            self.cue(&word, Cue { form, agreement, ..cue });
        };
        let past = verb.past.as_str();
        // دعا, نفى: the weak last letter drops before ت and وا.
        let weak_end = past.ends_with(['ا', 'ى']);
        let stem = if weak_end { &past[..past.len() - 2] } else { past };
        let object_stem = past.strip_suffix('ى').map_or_else(|| past.to_owned(), |stem| format!("{stem}ا"));
        finite(past.to_owned(), Masculine, Form::Finite);
        finite(format!("{stem}ت"), Feminine, Form::Finite);
        finite(format!("{stem}وا"), Plural, Form::Finite);
        finite(format!("{stem}تا"), Plural, Form::Finite);
        let pronouns = if verb.bare { [].iter() } else { PRONOUNS.iter() };
        for pronoun in pronouns.clone() {
            finite(format!("{object_stem}{pronoun}"), Masculine, Form::FiniteWithObject);
            finite(format!("{stem}ت{pronoun}"), Feminine, Form::FiniteWithObject);
            finite(format!("{stem}و{pronoun}"), Plural, Form::FiniteWithObject);
        }
        if let Some(present) = &verb.present {
            let bare = present.strip_prefix('ي').unwrap_or(present);
            let short = bare.strip_suffix(['ي', 'ى', 'و']).unwrap_or(bare);
            let object_bare = bare.strip_suffix('ى').map_or_else(|| bare.to_owned(), |stem| format!("{stem}ا"));
            finite(format!("ي{bare}"), Masculine, Form::Finite);
            finite(format!("ت{bare}"), Feminine, Form::Finite);
            finite(format!("ي{short}ون"), Plural, Form::Finite);
            finite(format!("ي{short}ان"), Plural, Form::Finite);
            for pronoun in pronouns {
                finite(format!("ي{object_bare}{pronoun}"), Masculine, Form::FiniteWithObject);
                finite(format!("ت{object_bare}{pronoun}"), Feminine, Form::FiniteWithObject);
            }
        }
        if let Some(participle) = &verb.participle {
            let short = participle.strip_suffix('ي').unwrap_or(participle);
            finite(format!("{participle}ا"), Masculine, Form::Participle);
            finite(format!("{participle}ة"), Feminine, Form::Participle);
            finite(format!("{short}ين"), Plural, Form::Participle);
        }
        if let Some(noun) = &verb.noun {
            let stem = noun.strip_suffix('ة').map_or_else(|| noun.clone(), |stem| format!("{stem}ت"));
            for (pronoun, agreement) in [("ه", Masculine), ("ها", Feminine), ("هم", Plural)] {
                self.cue(&format!("{stem}{pronoun}"), Cue { form: Form::Own, agreement, weak: true, ..cue });
            }
            self.cue(noun, Cue { form: Form::Noun, weak: true, ..cue });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_files_are_read_and_sorted() {
        let words: toml::Table = toml::from_str(include_str!("../data/words.toml")).expect("words.toml");
        toml::from_str::<Words>(include_str!("../data/words.toml")).expect("words.toml");
        let verbs: Verbs = toml::from_str(include_str!("../data/verbs.toml")).expect("verbs.toml");
        let pasts: Vec<_> = verbs.verbs.iter().map(|v| v.past.as_str()).collect();
        assert!(pasts.is_sorted(), "verbs.toml is sorted by past");
        for (name, list) in &words {
            let list: Vec<_> = list.as_array().expect("a list").iter().filter_map(|w| w.as_str()).collect();
            let unsorted = list.windows(2).find(|pair| pair[1] <= pair[0]);
            assert!(unsorted.is_none(), "words.toml: {name}: {unsorted:?} out of order");
        }
    }

    #[test]
    fn forms_of_verbs() {
        let form = |word: &str| {
            LEXICON
                .entry(LEXICON.get(&fold(word)))
                .and_then(|entry| entry.cue_spelled(word))
                .map(|cue| (cue.form, cue.agreement))
        };
        assert_eq!(form("قالت"), Some((Form::Finite, Agreement::Feminine)));
        assert_eq!(form("نفوا"), Some((Form::Finite, Agreement::Plural)));
        assert_eq!(form("وصفه"), Some((Form::FiniteWithObject, Agreement::Masculine)));
        assert_eq!(form("مشيرين"), Some((Form::Participle, Agreement::Plural)));
        assert_eq!(form("داعية"), Some((Form::Participle, Agreement::Feminine)));
        assert_eq!(form("قولها"), Some((Form::Own, Agreement::Feminine)));
        assert_eq!(form("تدعو"), Some((Form::Finite, Agreement::Feminine)));
    }
}
