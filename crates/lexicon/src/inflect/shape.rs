//! The shape of a word: what its letters tell of its number and definiteness where no list knows it.
//!
//! Source: Wright, A Grammar of the Arabic Language, I §§ 300-305, 317, 345.

/// A folded word without its article; `None` if it has none. Proclitics are taken off before.
pub fn without_article(word: &str) -> Option<&str> {
    word.strip_prefix("ال")
}

/// Whether a folded word has its article, alone or behind proclitics: `بالمدينة`, `للوزير`.
pub fn has_article(word: &str) -> bool {
    let bare = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let bare = bare.strip_prefix(['ب', 'ك']).unwrap_or(bare);
    bare.starts_with("ال") || bare.starts_with("لل")
}

/// Whether a folded noun ends like a feminine, or with the pronoun of a masculine, which folding makes alike.
pub fn has_feminine_shape(word: &str) -> bool {
    word.ends_with('ه')
}

/// Whether a folded noun ends with a pronoun of the third person that cannot be read as its own last letter: `رئاستها`, `رئاسته`.
pub fn has_pronoun_shape(word: &str) -> bool {
    word.ends_with("ها") || word.ends_with("ته")
}

/// What stands before the ending of a dual: `شخص` of `شخصين` and `شخصان`, `ساعت` of `ساعتين`.
pub fn dual_stem(word: &str) -> Option<&str> {
    word.strip_suffix("ين").or_else(|| word.strip_suffix("ان"))
}

/// The singular of a dual in full spelling, as its letters tell it: `شخصين` is two of `شخص`, `غواصتين` of `غواصة`.
pub fn singular_of_dual(dual: &str) -> Option<String> {
    let stem = dual_stem(dual)?;
    Some(match stem.strip_suffix('ت') {
        Some(feminine) if 2 < feminine.chars().count() => format!("{feminine}ة"),
        _ => stem.to_owned(),
    })
}

/// Whether a folded noun without its article has the shape of a plural: the endings of the sound ones, or one of the patterns
/// أفعال, أفعلاء, مفاعل, مفاعيل, فواعل, فعلاء. Other patterns (فعول, فعال, فعل) are those of singulars as well.
pub fn has_plural_shape(noun: &str) -> bool {
    // No pattern is longer.
    let letters: Vec<char> = noun.chars().take(7).collect();
    if noun.ends_with("ات") || noun.ends_with("ين") || noun.ends_with("ون") {
        return 4 < letters.len();
    }
    match letters.as_slice() {
        ['ا', _, _, 'ا', _] | ['ا', _, _, _, 'ا', 'ء'] => true,
        ['م', _, 'ا', _, last] | ['م', _, 'ا', _, 'ي', last] => *last != 'ه',
        [_, 'و', 'ا', _, _] | [_, _, _, 'ا', 'ء'] => true,
        _ => false,
    }
}

/// Whether a folded word has the ending of the sound feminine plural.
pub fn has_feminine_plural_shape(word: &str) -> bool {
    word.ends_with("ات")
}

/// Whether a word as it is spelled ends like an indefinite noun in the accusative singular: ا, or ة with its dots.
pub fn has_accusative_shape(surface: &str) -> bool {
    surface.trim_end_matches('\u{64b}').ends_with(['ا', 'ة'])
}

/// Whether a folded word ends like a nisba adjective: ي, its feminine يه, its plurals يون and يين.
pub fn has_nisba_shape(word: &str) -> bool {
    ["ي", "يه", "يين", "يون"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a folded word may be an adjective by its ending alone: ي of a nisba, ه of a feminine.
pub fn has_adjective_ending(word: &str) -> bool {
    word.ends_with(['ي', 'ه'])
}

/// Whether a folded word has the shape of a verb in the present whose subject is two: `يناقشان`, `تبحثان`. At least five
/// letters, since names such as تيران have the same ends.
pub fn has_dual_verb_shape(word: &str) -> bool {
    word.starts_with(['ي', 'ت']) && word.ends_with("ان") && 5 <= word.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_by_their_letters() {
        for noun in ["سنوات", "مهندسين", "مسلحون", "اشخاص", "اقرباء", "مدارس", "مصابيح", "مواسم", "وزراء"]
        {
            assert!(has_plural_shape(noun), "{noun}");
        }
        for noun in ["كتاب", "قرن", "دوره", "محاوله", "محاضره", "ساعه", "دين", "بات", "لون"]
        {
            assert!(!has_plural_shape(noun), "{noun}");
        }
    }

    #[test]
    fn endings() {
        assert_eq!(["عاما", "عامًا", "سنة", "سنه", "عام"].map(has_accusative_shape), [true, true, true, false, false]);
        assert!(has_feminine_plural_shape("سنوات") && !has_feminine_plural_shape("سنين"));
    }

    #[test]
    fn duals_and_their_singulars() {
        assert_eq!(["شخصين", "ساعتان", "شخص"].map(dual_stem), [Some("شخص"), Some("ساعت"), None]);
        let singulars = ["شخصين", "غواصتين", "بيتين", "بنتين"].map(singular_of_dual);
        assert_eq!(singulars.map(Option::unwrap_or_default), ["شخص", "غواصة", "بيت", "بنت"]);
    }

    #[test]
    fn adjectives_and_verbs_of_two() {
        assert_eq!(
            ["الروسي", "روسيه", "الروسيين", "روسيون", "جديده", "روسيات"].map(has_nisba_shape),
            { [true, true, true, true, false, false] }
        );
        assert_eq!(["اجتماعيه", "روسي", "جديد"].map(has_adjective_ending), [true, true, false]);
        assert_eq!(
            ["يناقشان", "تبحثان", "تران", "يناقشون", "لبنان"].map(has_dual_verb_shape),
            { [true, true, false, false, false] }
        );
    }
}
