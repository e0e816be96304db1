//! What hedges a number: `نحو`, `أكثر من`, `على الأقل`.

use khabar_core::TokenClass;
use khabar_core::kinds::Modifier;
use khabar_lexicon::Clitics;

use crate::lexicon::WordClass;
use crate::tagged_doc::TaggedDoc;

/// A hedge before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hedge {
    pub modifier: Modifier,
    /// The token at which it begins.
    pub first: u32,
    /// What is written together with the front of that token.
    pub clitics: Clitics,
}

/// What hedges the phrase that begins with token `first`.
pub(crate) fn before(tagged: TaggedDoc<'_>, first: u32) -> Option<Hedge> {
    let hedges = &tagged.lexicon.hedges.before;
    let mut last = first.checked_sub(1).filter(|_| tagged.same_line(first))?;
    // A proclitic before digits is a token: `نحو الـ20`, `بحوالي ب 5`.
    if tagged.is_word(last, WordClass::Detached) && tagged.same_line(last) {
        last = last.checked_sub(1)?;
    }
    let tag = hedges.tag(tagged.doc, last as usize)?;
    Some(Hedge { modifier: tag.meaning, first: last + 1 - u32::from(tag.len), clitics: tag.clitics })
}

/// What hedges the phrase that ends with token `last`, from behind.
pub(crate) fn after(tagged: TaggedDoc<'_>, last: u32) -> Option<Modifier> {
    let hedge = |token: u32| tagged.lexicon.hedges.after.tag(tagged.doc, token as usize).map(|tag| tag.meaning);
    hedge(last + 1).or_else(|| {
        // The noun counted may stand between: ثلاثة أشخاص على الأقل.
        let is_noun = tagged.is(last + 1, TokenClass::Arabic) && tagged.same_line(last + 1);
        if is_noun { hedge(last + 2) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;
    use khabar_extractor::Doc;

    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn the_longest_phrase_counts() {
        let found = |text: &str| {
            let mut analysis = Analysis::default();
            analysis.analyze(text);
            let doc = Doc::new("", text, &analysis);
            let tagged = TaggedDoc { doc: &doc, lexicon: Lexicon::get().expect("is read") };
            let hedge = before(tagged, doc.tokens.len() as u32 - 1);
            hedge.map(|hedge| (hedge.modifier, hedge.first, hedge.clitics.len()))
        };
        assert_eq!(found("بلغ ما لا يقل عن 5"), Some((Modifier::EqualOrMore, 1, 0)));
        assert_eq!(found("وبنحو 5"), Some((Modifier::Approx, 0, 4)));
        assert_eq!(found("كان فبنحو 5"), Some((Modifier::Approx, 1, 4)));
        assert_eq!(found("بلغ 5"), None);
        assert_eq!(found("نحو\n5"), None);
    }
}
