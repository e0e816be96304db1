//! Ratios: `7 من جملة 22 مهاجرا`, `18 محافظة من أصل 22`.

use khabar_core::TokenClass;
use khabar_core::kinds::{Quotient, Ratio};
use khabar_extractor::Span;
use khabar_lexicon::inflect::without_article;

use super::amount::AmountKind;
use super::relation::{Relation, Relations};
use crate::lexicon::WordClass;
use crate::number::Number;
use crate::number_expr::{Kind, NumberExpr};

/// The most words of the noun that is counted after the first number.
const MOST_WORDS: usize = 2;
/// A noun has as many letters at least.
const SHORTEST_NOUN: usize = 3;
/// ،
const COMMA: char = '\u{60c}';

impl Relations<'_> {
    pub(super) fn ratio(&self, at: usize) -> Option<Relation> {
        let between = self.between(at)?;
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let is = |from_end: u32, class: WordClass| {
            between.len() as u32 >= from_end && self.doc.is_word(between.end.wrapping_sub(from_end), class)
        };
        // `7 من 22` in figures, or `من` and the whole.
        let is_bare = is(1, WordClass::Of);
        let nouns = match is_bare {
            true if between.len() == 1 && a.digits && b.digits => between.start..between.start,
            false if is(1, WordClass::Whole) && is(2, WordClass::Of) => between.start..between.end - 2,
            _ => return None,
        };
        let is_noun = |token: u32| self.doc.folded(token).chars().all(|c| c.is_alphabetic() || c == COMMA);
        let counts = |at: usize| self.amounts[at].is_none_or(|amount| amount.kind != AmountKind::Percent && !is_bare);
        let is_whole = |number: &NumberExpr| matches!(number.kind, Kind::Cardinal | Kind::Dual(_));
        if MOST_WORDS < nouns.len()
            || !nouns.clone().all(is_noun)
            || !counts(at)
            || !counts(at + 1)
            || !is_whole(a)
            || !is_whole(b)
            || b.value < a.value
            || is_bare && b.value == a.value
            || self.is_calendar(at)
        {
            return None;
        }
        let mut span = Span::new(self.start(at), b.span.end);
        // The noun stays outside when it was named before.
        if nouns.is_empty() && !a.kind.is_dual() && !is_bare && self.is_indefinite(b.last + 1) {
            span.end = self.doc.end(b.last + 1);
        }
        let value = Quotient::new(a.value.normalize(), b.value.normalize());
        let number = Number::Ratio(Ratio::new(value));
        Some(Relation { number, rule: "", span, first: a.first, width: 2, takes_amounts: false })
    }

    /// Whether a token is an indefinite noun that goes on with its line.
    fn is_indefinite(&self, token: u32) -> bool {
        let word = self.doc.folded(token);
        self.doc.same_line(token)
            && self.doc.is(token, TokenClass::Arabic)
            && SHORTEST_NOUN <= word.chars().count()
            && without_article(word).is_none()
            && !self.doc.is_word(token, WordClass::Function)
    }
}
