//! The shape of nouns: what can be told of a word's number from its letters.

/// Whether a folded noun without article looks like a plural: the sound endings, or a pattern of broken plurals.
///
/// Patterns after Wright, A Grammar of the Arabic Language, I §304: أَفْعال, أَفْعِلة, أَفْعِلاء, مَفاعِل, مَفاعيل,
/// فَواعِل, فُعَلاء, فِعَل are told from singulars by their letters; فُعول, فِعال, فُعَل are not, and are listed.
pub(crate) fn is_plural(noun: &str) -> bool {
    const LISTED: [&str; 25] = [
        "ايام", "دول", "مدن", "سنين", "سنون", "رجال", "نساء", "كتب", "شهور", "جبال", "بلاد", "نواب", "شبان", "طلاب",
        "عمال", "ركاب", "سكان", "حكام", "تجار", "قري", "غرف", "فرق", "اشهر", "انفس", "جنود",
    ];
    let letters: Vec<char> = noun.chars().take(9).collect();
    if LISTED.contains(&noun) || noun.ends_with("ات") && 4 < letters.len() {
        return true;
    }
    if (noun.ends_with("ين") || noun.ends_with("ون")) && 4 < letters.len() {
        return true;
    }
    match letters.as_slice() {
        // أفعال, أفعلة (but اتحاد, اجتماع are longer or differ)
        ['ا', _, _, 'ا', _] => {
            !matches!(noun, "اتحاد" | "اسلام" | "اعلام" | "انجاز" | "اعلان" | "انتاج" | "ارهاب" | "امكان")
        }
        // أفعلاء
        ['ا', _, _, _, 'ا', 'ء'] => true,
        // مفاعل, مفاعيل
        ['م', _, 'ا', _, _] | ['م', _, 'ا', _, 'ي', _] => !noun.ends_with('ه') && noun != "مجال",
        // فواعل
        [_, 'و', 'ا', _, _] => true,
        // فعلاء
        [_, _, _, 'ا', 'ء'] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_plural;

    #[test]
    fn plurals_by_their_letters() {
        for noun in ["سنوات", "مهندسين", "ايام", "اشخاص", "اعضاء", "مدارس", "مصابيح", "مواسم", "وزراء", "دول"]
        {
            assert!(is_plural(noun), "{noun}");
        }
        for noun in ["كتاب", "قرن", "بيت", "دوره", "مره", "ساعه", "فطيره", "عام", "دين", "بنت"]
        {
            assert!(!is_plural(noun), "{noun}");
        }
    }
}
