//! What is known of words: reporting verbs with their forms, and the closed classes of the attribution grammar.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use khabar_arabic::fold;
use serde::Deserialize;

use crate::cue::{Agreement, Cue, CueClass, Form};
use crate::facts::Facts;
use crate::table::Lexicon;

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
    pub(crate) classes: Facts,
    /// Facts that hold of the word only as it stands, without proclitics.
    pub(crate) whole: Facts,
    /// The cue that it is.
    pub(crate) cue: Facts,
    /// What it is when it is written with ة, which folding makes ه: `دعوة` beside `دعوه`.
    pub(crate) marbuta: Facts,
    /// Whether it is no more than a letter.
    pub(crate) is_letter: bool,
}

impl Entry {
    /// Whether the word is known also behind proclitics.
    pub(crate) fn stands_behind(&self) -> bool {
        self.classes.with(self.cue).with(self.marbuta) != Facts::NONE
    }

    /// What a token is behind its proclitics, and the proclitics. Letters of its spelling that folding makes alike speak
    /// against a cue: no finite form begins with إ, none ends in ة.
    pub(crate) fn facts(&self, proclitics: Facts, surface: &str) -> Facts {
        let plain = if self.cue == Facts::NONE { self.marbuta } else { self.cue };
        let cue = if surface.ends_with('ة') { self.marbuta } else { plain };
        let finite = cue.is(Facts::FINITE.with(Facts::FINITE_WITH_OBJECT));
        let no_cue = finite && surface.starts_with('إ');
        self.classes.with(cue.when(!no_cue)).behind(proclitics)
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
    contrast: Vec<String>,
    link: Vec<String>,
    about: Vec<String>,
    from: Vec<String>,
    limit: Vec<String>,
    saying: Vec<String>,
}

/// The lexicon, made once from the crate's data files.
pub(crate) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&forms()));

/// All forms of the words of the data files, folded.
fn forms() -> BTreeMap<String, Entry> {
    let mut forms = Forms::default();
    // The data files are part of the crate and a test reads them; a file that cannot be read leaves its part out.
    if let Ok(words) = toml::from_str::<Words>(include_str!("../data/words.toml")) {
        forms.add_words(&words);
    }
    if let Ok(verbs) = toml::from_str::<Verbs>(include_str!("../data/verbs.toml")) {
        verbs.verbs.iter().for_each(|verb| forms.add_verb(verb));
    }
    forms.add_letters();
    forms.0
}

/// Pronouns that are written onto a noun or a verb.
const PRONOUNS: [&str; 5] = ["ه", "ها", "هم", "هما", "هن"];

#[derive(Default)]
struct Forms(BTreeMap<String, Entry>);

impl Forms {
    fn entry(&mut self, word: &str) -> &mut Entry {
        self.0.entry(fold(word).into_owned()).or_default()
    }

    fn class(&mut self, word: &str, class: Facts) {
        let entry = self.entry(word);
        entry.classes = entry.classes.with(class);
    }

    /// The strong verb counts where two have one form.
    fn cue(&mut self, word: &str, cue: Cue) {
        let entry = self.entry(word);
        let slot = if word.ends_with('ة') { &mut entry.marbuta } else { &mut entry.cue };
        if *slot == Facts::NONE || (!slot.is(Facts::STRONG) && !cue.weak) {
            // Of letters that folding makes alike, the spelling tells.
            let folded = fold(word);
            let spelled = Facts::SPELLED.when(folded.starts_with('ا') || folded.ends_with('ه'));
            *slot = cue.facts().with(spelled);
        }
    }

    /// Words of one letter or none, which the tagger then need not look for.
    fn add_letters(&mut self) {
        // Combining marks, Arabic, Syriac, Arabic Supplement: folding leaves nothing else of two bytes in Arabic words.
        let letters = ('\u{300}'..='\u{36f}').chain('\u{600}'..='\u{77f}');
        for letter in letters.map(String::from).chain([String::new()]) {
            if fold(&letter) == letter {
                self.0.entry(letter).or_default().is_letter = true;
            }
        }
    }

    fn add_words(&mut self, words: &Words) {
        let lists: [(&[String], Facts); 19] = [
            (&words.according, Facts::ACCORDING),
            (&words.saying_noun, Facts::SAYING_NOUN),
            (&words.utterance, Facts::UTTERANCE),
            (&words.namer, Facts::NAMER),
            (&words.called, Facts::CALLED),
            (&words.slogan, Facts::SLOGAN),
            (&words.outlet, Facts::OUTLET),
            (&words.outlet_name, Facts::OUTLET_NAME),
            (&words.correspondent, Facts::CORRESPONDENT),
            (&words.role, Facts::ROLE),
            (&words.body, Facts::BODY),
            (&words.preposition, Facts::PREPOSITION),
            (&words.pronominal, Facts::PRONOMINAL),
            (&words.quantity, Facts::QUANTITY),
            (&words.time, Facts::TIME),
            (&words.clause, Facts::CLAUSE),
            (&words.clausal, Facts::CLAUSAL),
            (&words.auxiliary, Facts::AUXILIARY),
            (&words.not_that, Facts::NOT_THAT),
        ];
        for (list, class) in lists {
            list.iter().for_each(|word| self.class(word, class));
        }
        let wholes: [(&[String], Facts); 6] = [
            (&words.contrast, Facts::CONTRAST),
            (&words.link, Facts::LINK),
            (&words.about, Facts::ABOUT),
            (&words.from, Facts::FROM),
            (&words.limit, Facts::LIMIT),
            (&words.saying, Facts::SAYING),
        ];
        for (list, fact) in wholes {
            for word in list {
                let entry = self.entry(word);
                entry.whole = entry.whole.with(fact);
            }
        }
        for noun in &words.saying_noun {
            for pronoun in PRONOUNS {
                // تعبير + ه; the ة of a noun becomes ت before a pronoun.
                let stem = noun.strip_suffix('ة').map_or_else(|| noun.clone(), |stem| format!("{stem}ت"));
                self.class(&format!("{stem}{pronoun}"), Facts::SAYING_NOUN.with(Facts::OWN));
            }
        }
        for particle in ["أن", "إن", "بأن"] {
            for pronoun in ["", "ه", "ها", "هم", "هما", "هن", "ني", "نا", "ك", "كم"] {
                self.class(&format!("{particle}{pronoun}"), Facts::THAT);
            }
        }
        ["أننا", "إننا", "بأننا", "أنني", "إنني", "بأنني"].iter().for_each(|word| self.class(word, Facts::THAT));
    }

    fn add_verb(&mut self, verb: &Verb) {
        use Agreement::{Feminine, Masculine, Plural};
        let cue = Cue {
            class: verb.class,
            form: Form::Finite,
            agreement: Agreement::Unknown,
            weak: verb.weak,
            with: verb.with.is_some(),
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
    use khabar_arabic::hash;

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
    fn every_form_is_found() {
        for (word, entry) in forms() {
            assert_eq!(LEXICON.get(hash(&word)), Some(&entry), "{word}");
        }
    }

    #[test]
    fn forms_of_verbs() {
        let facts = |word: &str| LEXICON.get(hash(&fold(word))).map(|entry| entry.facts(Facts::NONE, word));
        let form = |word| facts(word).map(|facts| facts.of(Facts::CUE.with(Facts::AGREEMENT)));
        for (word, form_of, agreement) in [
            ("قالت", Facts::FINITE, Facts::FEMININE),
            ("نفوا", Facts::FINITE, Facts::PLURAL),
            ("وصفه", Facts::FINITE_WITH_OBJECT, Facts::MASCULINE),
            ("مشيرين", Facts::PARTICIPLE, Facts::PLURAL),
            ("داعية", Facts::PARTICIPLE, Facts::FEMININE),
            ("قولها", Facts::OWN_CUE, Facts::FEMININE),
            ("تدعو", Facts::FINITE, Facts::FEMININE),
        ] {
            assert_eq!(form(word), Some(form_of.with(agreement)), "{word}");
        }
    }
}
