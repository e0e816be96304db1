//! Nouns and adjectives.

use super::{Feature, Form, PRONOUNS};

/// A noun or a phrase of a noun and its adjectives with the article: `الدرجة المئوية`.
pub fn definite(phrase: &str) -> String {
    let words: Vec<String> = phrase.split(' ').map(|word| format!("ال{word}")).collect();
    words.join(" ")
}

/// The indefinite accusative in ا; `None` for a noun whose last letter takes no alef: ة, ى, ا, and ء behind ا.
pub fn accusative(noun: &str) -> Option<String> {
    let takes_alef = !noun.ends_with(['ة', 'ى', 'ا', 'آ']) && !noun.ends_with("اء");
    takes_alef.then(|| format!("{noun}ا"))
}

/// The noun as it stands before an ending: ة becomes ت, and ى becomes ي.
fn stem(noun: &str) -> String {
    match noun.strip_suffix('ة') {
        Some(rest) => format!("{rest}ت"),
        None => noun.strip_suffix('ى').map_or_else(|| noun.to_owned(), |rest| format!("{rest}ي")),
    }
}

/// The duals, nominative and oblique: `دولاران`, `دولارين`.
pub fn dual(noun: &str) -> [String; 2] {
    let stem = stem(noun);
    [format!("{stem}ان"), format!("{stem}ين")]
}

/// The feminine of a noun or adjective: `رئيسة`; itself if it is feminine.
pub fn feminine(noun: &str) -> String {
    if noun.ends_with('ة') { noun.to_owned() } else { format!("{noun}ة") }
}

/// The sound feminine plural: `دولارات`, `سفارات`.
pub fn sound_plural(noun: &str) -> String {
    let stem = noun.strip_suffix('ة').unwrap_or(noun);
    format!("{stem}ات")
}

/// Pronouns of possession that titles and offices bear in news: his or its, her, their, our, of the two.
pub const POSSESSIVES: [&str; 5] = ["ه", "ها", "هم", "نا", "هما"];

/// The noun with a pronoun of possession: `رئيسه`, `وزارتها`.
pub fn possessed(noun: &str, pronoun: &str) -> String {
    let stem = noun.strip_suffix('ة').map_or_else(|| noun.to_owned(), |rest| format!("{rest}ت"));
    format!("{stem}{pronoun}")
}

/// Adds a form, and the same with the article.
pub(super) fn with_article(form: Form, forms: &mut Vec<Form>) {
    let definite = Form { text: definite(&form.text), features: form.features.with(Feature::Definite) };
    forms.extend([form, definite]);
}

/// Adds a noun, and the same with each pronoun.
pub(super) fn with_pronouns(noun: &str, forms: &mut Vec<Form>) {
    forms.push(Form::new(noun, &[]));
    forms.extend(PRONOUNS.map(|pronoun| Form::new(possessed(noun, pronoun), &[Feature::Pronoun])));
}

/// Adds the forms of a noun. A phrase has its accusative and its duals by hand, since its adjectives agree.
pub(super) fn noun(noun: &str, forms: &mut Vec<Form>) {
    with_article(Form::new(noun, &[]), forms);
    if noun.contains(' ') {
        return;
    }
    forms.extend(accusative(noun).map(|form| Form::new(form, &[Feature::Accusative])));
    for form in dual(noun) {
        with_article(Form::new(form, &[Feature::Dual]), forms);
    }
}

/// Adds the forms of an adjective.
pub(super) fn adjective(adjective: &str, forms: &mut Vec<Form>) {
    use Feature::{Accusative, Dual, Feminine, Plural};
    with_article(Form::new(adjective, &[]), forms);
    forms.extend(accusative(adjective).map(|form| Form::new(form, &[Accusative])));
    let endings: [(&str, &[Feature]); 7] = [
        ("ة", &[Feminine]),
        ("ون", &[Plural]),
        ("ين", &[Plural, Dual]),
        ("ان", &[Dual]),
        ("ات", &[Feminine, Plural]),
        ("تين", &[Feminine, Dual]),
        ("تان", &[Feminine, Dual]),
    ];
    for (ending, features) in endings {
        with_article(Form::new(format!("{adjective}{ending}"), features), forms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        assert_eq!(definite("درجة مئوية"), "الدرجة المئوية");
        assert_eq!(
            ["دولار", "زلوتي", "ليرة", "سماء", "مستشفى", "هكتار"].map(accusative),
            [Some("دولارا".into()), Some("زلوتيا".into()), None, None, None, Some("هكتارا".into()),]
        );
        assert_eq!(dual("سنة"), ["سنتان", "سنتين"]);
        assert_eq!(dual("مستشفى"), ["مستشفيان", "مستشفيين"]);
        assert_eq!((feminine("رئيس"), feminine("سيدة")), ("رئيسة".into(), "سيدة".into()));
        assert_eq!((sound_plural("دولار"), sound_plural("سفارة")), ("دولارات".into(), "سفارات".into()));
        assert_eq!(possessed("وزارة", "ها"), "وزارتها");
    }

    #[test]
    fn an_adjective() {
        let mut forms = Vec::new();
        adjective("روسي", &mut forms);
        let texts: Vec<&str> = forms.iter().map(|form| form.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "روسي",
                "الروسي",
                "روسيا",
                "روسية",
                "الروسية",
                "روسيون",
                "الروسيون",
                "روسيين",
                "الروسيين",
                "روسيان",
                "الروسيان",
                "روسيات",
                "الروسيات",
                "روسيتين",
                "الروسيتين",
                "روسيتان",
                "الروسيتان",
            ]
        );
        assert!(forms[2].features.contains(Feature::Accusative) && forms[1].features.contains(Feature::Definite));
    }
}
