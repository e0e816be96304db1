//! Dual nouns: two of a thing in one word.

use khabar_core::{Decimal, TokenFlags};
use khabar_extractor::{Cancel, ExtractError, Span};
use khabar_lexicon::Clitics;
use khabar_lexicon::inflect::dual_stem;
use khabar_lexicon::rule::Switches;
use khabar_lexicon::spelling::{has_article, without_signs};

use super::rules::{BEFORE_DUALS, DUALS};
use crate::lexicon::{NounId, WordClass};
use crate::number_expr::{Kind, NumberExpr};
use crate::tagged_doc::TaggedDoc;

/// A token that is a dual noun by its letters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dual {
    pub token: u32,
    /// The noun, where the lexicon knows it.
    pub noun: Option<NounId>,
    pub clitics: Clitics,
    /// [`DualRule::Noun`] or [`DualRule::BeforeTwo`].
    pub rule: DualRule,
}

/// The rules of duals, in the order of [`DUALS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DualRule {
    BehindKunya,
    Agreeing,
    Noun,
    BeforeTwo,
}

/// Finds the dual nouns of one document.
pub(crate) struct Duals<'a> {
    pub doc: TaggedDoc<'a>,
    pub duals: &'a [Dual],
    /// Which rules of the grammar are on.
    pub switches: Switches,
}

impl Duals<'_> {
    /// Appends the dual nouns, unless it is cancelled; `numbers` holds the other numbers, in order.
    pub(crate) fn read(&self, numbers: &mut Vec<NumberExpr>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let others = numbers.len();
        let is_on = |rule: DualRule| self.switches.behind(BEFORE_DUALS).is_on(rule as usize);
        let mut last_dual = None;
        for (step, dual) in self.duals.iter().enumerate() {
            cancel.check_at(step)?;
            let (token, before) = (dual.token, dual.token.wrapping_sub(1));
            let is_name = self.doc.is_word(before, WordClass::NameHead) && is_on(DualRule::BehindKunya);
            if is_name || !is_on(dual.rule) || !is_spelled_like_dual(self.doc.surface(token)) {
                continue;
            }
            let is_bare = dual.clitics.is_empty();
            let agrees = last_dual == Some(before) && is_bare && is_on(DualRule::Agreeing);
            // A number before it would count a plural.
            let is_counted = is_bare
                && numbers[..others]
                    .binary_search_by_key(&token, |number| number.last + 1)
                    .is_ok_and(|at| numbers[at].kind != Kind::Ordinal && !self.doc.has(token, TokenFlags::LINE_START));
            last_dual = Some(token);
            if !agrees && !is_counted {
                numbers.push(self.expression(dual));
            }
        }
        if others < numbers.len() {
            numbers.sort_by_key(|number| (number.first, number.span.start));
        }
        Ok(())
    }

    fn expression(&self, dual: &Dual) -> NumberExpr {
        let start = self.doc.part(dual.token, dual.clitics.len()).start;
        NumberExpr {
            kind: Kind::Dual(dual.noun),
            rule: DUALS[dual.rule as usize].name,
            value: Decimal::TWO,
            denominator: Decimal::ONE,
            first: dual.token,
            last: dual.token,
            span: Span::new(start, self.doc.end(dual.token)),
            scale: Decimal::ONE,
            digits: false,
            clitics: dual.clitics,
        }
    }
}

/// Whether the spelling of a word allows a dual: most words with these endings are definite plurals, and `دولارأن` is
/// `دولار` and `أن`, the space lost.
fn is_spelled_like_dual(surface: &str) -> bool {
    !has_article(surface) && (dual_stem(surface).is_some() || dual_stem(&without_signs(surface)).is_some())
}
