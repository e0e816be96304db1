//! What folding hides: questions to a word as it is spelled.

use crate::clitics::Proclitic;

/// Whether a word begins with the article, alone or behind its proclitics. Folding makes `ألبومين` like it.
pub fn has_article(surface: &str) -> bool {
    let bare = surface.strip_prefix(['و', 'ف']).unwrap_or(surface);
    let bare = bare.strip_prefix(['ب', 'ك']).unwrap_or(bare);
    bare.starts_with("ال") || bare.starts_with("لل")
}

/// Whether a word begins with و and a word that has a hamza at its head: `وأحد` is "and one", `واحد` is "one".
pub fn has_hamza_behind_waw(surface: &str) -> bool {
    surface.starts_with("وأ") || surface.starts_with("وإ")
}

/// Whether the last letter but one bears a sukun, as the ي of an oblique dual does where it is written: `مسلحَيْن`, not the plural
/// `مسلحين`.
///
/// ```
/// use khabar_lexicon::spelling::has_sukun_before_last;
///
/// assert!(has_sukun_before_last("مسلحيْن") && !has_sukun_before_last("مسلحين"));
/// ```
pub fn has_sukun_before_last(surface: &str) -> bool {
    let mut letters = surface.chars().rev();
    let last = letters.next();
    last.is_some_and(is_letter) && letters.next() == Some('\u{652}')
}

/// Whether the first letter of a word carries a damma, its proclitics and article passed over: `خُمس` is a fifth, `خَمس` five.
pub fn has_damma_first(surface: &str) -> bool {
    surface.trim_start_matches(['و', 'ب', 'ل', 'ا']).chars().nth(1) == Some('\u{64f}')
}

/// Whether a word ends with ي, its dots written, which folding makes like ى: `أولي` is preliminary, `أولى` first.
pub fn ends_in_yeh(surface: &str) -> bool {
    surface.ends_with('ي')
}

/// Whether a word has an آ, which folding makes ا: `آب` is August, `أب` a father.
pub fn has_madda(surface: &str) -> bool {
    surface.contains('آ')
}

/// Whether a word ends with ة, its dots written.
pub fn ends_in_teh_marbuta(surface: &str) -> bool {
    surface.ends_with('ة')
}

/// Whether a word begins with إ, which folding makes ا: no finite form of a verb does.
pub fn begins_with_hamza_below(surface: &str) -> bool {
    surface.starts_with('إ')
}

/// Whether a folded word begins with ب, ك or ل and the article behind it: `بالمدينة`, `للوزير`.
pub fn begins_with_preposition_and_article(folded: &str) -> bool {
    match folded.chars().next().and_then(Proclitic::of) {
        Some(Proclitic::Lam) => folded.starts_with("لل"),
        Some(Proclitic::Ba | Proclitic::Kaf) => folded[Proclitic::BYTES..].starts_with("ال"),
        _ => false,
    }
}

/// Whether a word has a tanwin of the accusative.
pub fn has_tanwin_fath(surface: &str) -> bool {
    surface.contains('\u{64b}')
}

/// The letters of a word without vowel signs and tatweel.
pub fn without_signs(surface: &str) -> String {
    surface.chars().filter(|c| !matches!(c, '\u{64b}'..='\u{652}' | '\u{640}')).collect()
}

/// Whether a word ends with a tatweel, which sets a letter apart that would change its shape: `رئيسهـ`.
pub fn ends_in_tatweel(surface: &str) -> bool {
    surface.ends_with('\u{640}')
}

/// Whether a character is one of the 36 letters of the Arabic alphabet with its hamzas; asked before Unicode's tables are,
/// which take longer.
#[inline]
pub const fn is_letter(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي')
}

/// A letter without the hamza that it carries: `ؤ` is و, `ئ` is ي. Folding leaves them, since they tell words apart; spellings
/// of foreign names mix them.
pub const fn without_hamza(c: char) -> char {
    match c {
        'ؤ' => 'و',
        'ئ' => 'ي',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_folding_hides() {
        assert_eq!(
            ["الحزبين", "وبالحزبين", "للحزبين", "ألبومين", "لقاء"].map(has_article),
            [true, true, true, false, false]
        );
        assert_eq!(["وأحد", "وإحدى", "واحد"].map(has_hamza_behind_waw), [true, true, false]);
        assert_eq!(["خُمس", "والخُمس", "خَمس", "خمس"].map(has_damma_first), [true, true, false, false]);
        assert_eq!(["الأولي", "الأولى"].map(ends_in_yeh), [true, false]);
        assert_eq!(["آب", "أب"].map(has_madda), [true, false]);
        assert_eq!(["سنة", "سنه"].map(ends_in_teh_marbuta), [true, false]);
        assert_eq!(["إعلان", "أعلن", "وإعلان"].map(begins_with_hamza_below), [true, false, false]);
        let words = ["بالمدينه", "كالمدينه", "للوزير", "والوزير", "بلد", "لبنان", "كلام", "ب", ""];
        let prefixed = [true, true, true, false, false, false, false, false, false];
        assert_eq!(words.map(begins_with_preposition_and_article), prefixed);
        assert_eq!(["ألفًا", "ألفا"].map(has_tanwin_fath), [true, false]);
        assert_eq!(without_signs("شَخـصَيْن"), "شخصين");
    }

    #[test]
    fn letters() {
        assert!(ends_in_tatweel("رئيسهـ") && !ends_in_tatweel("رئيس"));
        assert_eq!(['ب', 'ئ', 'ـ', 'ً', 'a'].map(is_letter), [true, true, false, false, false]);
        assert_eq!(['ؤ', 'ئ', 'أ'].map(without_hamza), ['و', 'ي', 'أ']);
    }
}
