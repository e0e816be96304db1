//! Verbs, in the third person.

use super::Feature::{Accusative, Dual, Feminine, Masculine, Participle, Past, Plural, Present, Pronoun, VerbalNoun};
use super::noun::possessed;
use super::{Form, Lemma, PRONOUNS};

/// Adds the past: `قال`, `قالت`, `قالوا`, `قالتا`, and with pronouns `وصفه`, `وصفتها`, `وصفوه`. The weak last letter of `دعا`
/// and `نفى` drops before ت and و, and is ا before a pronoun.
pub(super) fn past(past: &str, forms: &mut Vec<Form>) {
    let stem = past.strip_suffix(['ا', 'ى']).unwrap_or(past);
    let before_pronoun = past.strip_suffix('ى').map_or_else(|| past.to_owned(), |stem| format!("{stem}ا"));
    forms.push(Form::new(past, &[Past, Masculine]));
    forms.push(Form::new(format!("{stem}ت"), &[Past, Feminine]));
    forms.push(Form::new(format!("{stem}وا"), &[Past, Plural]));
    forms.push(Form::new(format!("{stem}تا"), &[Past, Feminine, Dual]));
    for pronoun in PRONOUNS {
        forms.push(Form::new(format!("{before_pronoun}{pronoun}"), &[Past, Masculine, Pronoun]));
        forms.push(Form::new(format!("{stem}ت{pronoun}"), &[Past, Feminine, Pronoun]));
        forms.push(Form::new(format!("{stem}و{pronoun}"), &[Past, Plural, Pronoun]));
    }
}

/// Adds the present: `يقول`, `تقول`, `يقولون`, `يقولان`, and with pronouns. The weak last letter of `ينفي` and `يدعو` drops before
/// the endings.
fn present(present: &str, forms: &mut Vec<Form>) {
    let bare = present.strip_prefix('ي').unwrap_or(present);
    let short = bare.strip_suffix(['ي', 'ى', 'و']).unwrap_or(bare);
    let before_pronoun = bare.strip_suffix('ى').map_or_else(|| bare.to_owned(), |stem| format!("{stem}ا"));
    forms.push(Form::new(format!("ي{bare}"), &[Present, Masculine]));
    forms.push(Form::new(format!("ت{bare}"), &[Present, Feminine]));
    forms.push(Form::new(format!("ي{short}ون"), &[Present, Plural]));
    forms.push(Form::new(format!("ي{short}ان"), &[Present, Dual]));
    for pronoun in PRONOUNS {
        forms.push(Form::new(format!("ي{before_pronoun}{pronoun}"), &[Present, Masculine, Pronoun]));
        forms.push(Form::new(format!("ت{before_pronoun}{pronoun}"), &[Present, Feminine, Pronoun]));
    }
}

/// Adds the active participle where it says how something is done: `قائلا`, `قائلة`, `قائلين`. `داعي` stands for `داع`.
fn participle(participle: &str, forms: &mut Vec<Form>) {
    let short = participle.strip_suffix('ي').unwrap_or(participle);
    forms.push(Form::new(format!("{participle}ا"), &[Participle, Masculine, Accusative]));
    forms.push(Form::new(format!("{participle}ة"), &[Participle, Feminine]));
    forms.push(Form::new(format!("{short}ين"), &[Participle, Plural]));
}

/// Adds the forms of the principal parts beside the past.
pub(super) fn other_parts(lemma: &Lemma, forms: &mut Vec<Form>) {
    if let Some(part) = &lemma.present {
        present(part, forms);
    }
    if let Some(part) = &lemma.participle {
        participle(part, forms);
    }
    if let Some(noun) = &lemma.verbal_noun {
        forms.push(Form::new(noun, &[VerbalNoun]));
        forms.push(Form::new(possessed(noun, "ه"), &[VerbalNoun, Pronoun, Masculine]));
        forms.push(Form::new(possessed(noun, "ها"), &[VerbalNoun, Pronoun, Feminine]));
        forms.push(Form::new(possessed(noun, "هم"), &[VerbalNoun, Pronoun, Plural]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inflect::{Features, Inflection};

    fn verb(past: &str, present: &str, participle: &str, noun: &str) -> Vec<Form> {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let lemma =
            Lemma { present: part(present), participle: part(participle), verbal_noun: part(noun), plural: vec![] };
        Inflection::Verb.forms(&[past.to_owned()], &lemma)
    }

    #[test]
    fn forms_of_verbs() {
        let forms = [
            verb("قال", "يقول", "قائل", "قول"),
            verb("نفى", "ينفي", "نافي", "نفي"),
            verb("دعا", "يدعو", "داعي", "دعوة"),
            verb("وصف", "يصف", "واصف", "وصف"),
        ]
        .concat();
        for (word, features) in [
            ("قالت", &[Past, Feminine][..]),
            ("نفوا", &[Past, Plural]),
            ("نفاه", &[Past, Masculine, Pronoun]),
            ("وصفتها", &[Past, Feminine, Pronoun]),
            ("ينفون", &[Present, Plural]),
            ("تدعو", &[Present, Feminine]),
            ("يدعون", &[Present, Plural]),
            ("يصفها", &[Present, Masculine, Pronoun]),
            ("داعيا", &[Participle, Masculine, Accusative]),
            ("داعين", &[Participle, Plural]),
            ("دعوة", &[VerbalNoun]),
            ("دعوتها", &[VerbalNoun, Pronoun, Feminine]),
            ("قولهم", &[VerbalNoun, Pronoun, Plural]),
        ] {
            let features = Features::of(features);
            assert!(forms.iter().any(|form| form.text == word && form.features == features), "{word} {features:?}");
        }
    }
}
