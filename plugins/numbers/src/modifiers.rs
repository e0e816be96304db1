//! What hedges a number: `نحو`, `أكثر من`, `على الأقل`.

use std::sync::LazyLock;

use khabar_arabic::{WordFilter, hash};
use khabar_core::kinds::Modifier;
use khabar_core::{TokenClass, TokenFlags};
use khabar_extractor::Doc;

use crate::phrasebook::{Edge, Phrasebook, spaced};

/// A hedge before a number, and the token at which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hedge {
    pub modifier: Modifier,
    pub first: u32,
    /// Bytes of the first token's folded form that are proclitics.
    pub skip: u8,
}

#[derive(Debug)]
struct Modifiers {
    before: Phrasebook<(Modifier, u8)>,
    /// The last words of what stands before, and the proclitics that may stand between them and the number.
    near: WordFilter,
    after: Phrasebook<Modifier>,
}

/// Proclitics that are tokens of their own before digits.
const PROCLITICS: [&str; 3] = ["ال", "ب", "ل"];

static MODIFIERS: LazyLock<Modifiers> = LazyLock::new(|| Modifiers::read(include_str!("../data/modifiers.txt")));

impl Modifiers {
    fn read(data: &str) -> Self {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for line in data.lines().filter(|line| !line.starts_with('#')) {
            let Some((head, phrases)) = line.split_once(": ") else { continue };
            let (name, follows) = head.split_once(' ').unwrap_or((head, ""));
            let Some(modifier) = modifier(name) else { continue };
            for phrase in phrases.split(' ').map(spaced) {
                if follows == "after" {
                    after.push((phrase, modifier));
                    continue;
                }
                for proclitics in ["و", "ف", "ب", "ل", "ك", "وب", "ول", ""] {
                    before.push((format!("{proclitics}{phrase}"), (modifier, proclitics.len() as u8)));
                }
            }
        }
        // A phrase of the data counts before the same letters read with a proclitic.
        before.sort_by_key(|(_, (_, skip))| std::cmp::Reverse(*skip));
        let before = Phrasebook::new(before, Edge::Last);
        let near = WordFilter::new(&before.edges().chain(PROCLITICS.map(hash)).collect::<Vec<_>>());
        Self { before, near, after: Phrasebook::new(after, Edge::First) }
    }
}

fn modifier(name: &str) -> Option<Modifier> {
    Some(match name {
        "APPROX" => Modifier::Approx,
        "MORE_THAN" => Modifier::MoreThan,
        "LESS_THAN" => Modifier::LessThan,
        "EQUAL_OR_MORE" => Modifier::EqualOrMore,
        "EQUAL_OR_LESS" => Modifier::EqualOrLess,
        _ => return None,
    })
}

/// Makes the lexicon, so that no document waits for it.
pub(crate) fn prepare() {
    LazyLock::force(&MODIFIERS);
}

/// What hedges the phrase that begins with token `first`.
pub(crate) fn before(doc: &Doc<'_>, first: u32) -> Option<Hedge> {
    let goes_on = |token: u32| doc.tokens.get(token as usize).is_some_and(|t| !t.has(TokenFlags::LINE_START));
    let mut last = first.checked_sub(1).filter(|_| goes_on(first))?;
    if !MODIFIERS.near.may_hold(*doc.hashes.get(last as usize)?) {
        return None;
    }
    // A proclitic before digits is a token: `نحو الـ20`, `بحوالي ب 5`.
    if PROCLITICS.contains(&doc.folded(last as usize)) && goes_on(last) {
        last = last.checked_sub(1)?;
    }
    let ((modifier, skip), first) = MODIFIERS.before.to(doc, last as usize)?;
    Some(Hedge { modifier, first: first as u32, skip })
}

/// What hedges the phrase that ends with token `last`, from behind.
pub(crate) fn after(doc: &Doc<'_>, last: u32) -> Option<Modifier> {
    let next = last as usize + 1;
    let hedge = |token| MODIFIERS.after.from(doc, token).map(|(modifier, _)| modifier);
    hedge(next).or_else(|| {
        // The noun counted may stand between: ثلاثة أشخاص على الأقل.
        let noun =
            doc.tokens.get(next).is_some_and(|t| t.class() == TokenClass::Arabic && !t.has(TokenFlags::LINE_START));
        if noun { hedge(next + 1) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_data_is_read() {
        for line in include_str!("../data/modifiers.txt").lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let (head, phrases) = line.split_once(": ").expect("MOD: phrases");
            assert!(modifier(head.split(' ').next().unwrap_or_default()).is_some(), "{line}");
            assert!(phrases.split(' ').all(|phrase| !phrase.is_empty() && !phrase.ends_with('_')), "{line}");
        }
    }

    #[test]
    fn the_longest_phrase_counts() {
        let found = |text: &str| {
            let mut analysis = khabar_arabic::Analysis::default();
            analysis.analyze(text);
            let doc = Doc::new("", text, &analysis);
            before(&doc, doc.tokens.len() as u32 - 1).map(|hedge| (hedge.modifier, hedge.first, hedge.skip))
        };
        assert_eq!(found("بلغ ما لا يقل عن 5"), Some((Modifier::EqualOrMore, 1, 0)));
        assert_eq!(found("وبنحو 5"), Some((Modifier::Approx, 0, 4)));
        assert_eq!(found("بلغ 5"), None);
    }
}
