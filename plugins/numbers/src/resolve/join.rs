//! Amounts that are one with what stands behind them.

use khabar_core::Decimal;
use khabar_extractor::Span;
use khabar_lexicon::rule::Switches;

use super::amount::{Amount, AmountKind};
use super::rules::{AMOUNTS, JOINS};
use crate::lexicon::{WordClass, main_unit};
use crate::number_expr::{Kind, NumberExpr};
use crate::tagged_doc::TaggedDoc;

/// What makes one amount of that at an index and what stands behind it, which the second value is without.
pub(super) type Join = fn(TaggedDoc<'_>, &[NumberExpr], &[Option<Amount>], usize) -> Option<Amount>;

/// Joins amounts to those before them.
pub(crate) fn join(doc: TaggedDoc<'_>, numbers: &[NumberExpr], amounts: &mut [Option<Amount>], switches: Switches) {
    for rule in switches.behind(AMOUNTS.len()).rules(&JOINS) {
        for at in 1..amounts.len() {
            if let Some(sum) = (rule.parse)(doc, numbers, amounts, at) {
                (amounts[at - 1], amounts[at]) = (Some(Amount { rule: rule.info.name, ..sum }), None);
            }
        }
    }
}

/// Whether `و` alone, or nothing, stands between an amount and the token at which the next one begins.
fn is_and(doc: TaggedDoc<'_>, main: &Amount, first: u32) -> bool {
    first == main.last + 2 && doc.is_word(main.last + 1, WordClass::And)
}

/// `20 دينارا و500 مليم`.
pub(super) fn coins(doc: TaggedDoc<'_>, _: &[NumberExpr], amounts: &[Option<Amount>], at: usize) -> Option<Amount> {
    let (main, coins) = (amounts[at - 1]?, amounts[at]?);
    let is_one_currency = main.kind == coins.kind && main.parts == 1 && 1 < coins.parts;
    let is_next = coins.first == main.last + 1 || is_and(doc, &main, coins.first);
    let part = coins.value.filter(|part| *part < Decimal::ONE)?;
    let value = main.value?.checked_add(part)?;
    let span = Span::new(main.span.start, coins.span.end);
    (is_one_currency && is_next && doc.same_line(coins.first)).then_some(Amount {
        value: Some(value),
        span,
        last: coins.last,
        ..main
    })
}

/// `ستة كيلومترات ونصف`, `ستة كيلومترات ونصف الكيلومتر`.
pub(super) fn half(
    doc: TaggedDoc<'_>,
    numbers: &[NumberExpr],
    amounts: &[Option<Amount>],
    at: usize,
) -> Option<Amount> {
    let (main, half) = (amounts[at - 1]?, &numbers[at]);
    let is_next = half.clitics.has_conjunction() && half.first == main.last + 1 || is_and(doc, &main, half.first);
    let is_of_same = amounts[at].is_none_or(|amount| amount.kind == main.kind && amount.parts == main.parts);
    let is_half = half.kind == Kind::Fraction && main.kind != AmountKind::Percent && is_next && is_of_same;
    if !is_half || !doc.same_line(half.first) {
        return None;
    }
    let part = half.decimal().filter(|part| *part < Decimal::ONE)?;
    let value = main.value.filter(Decimal::is_integer)?.checked_add(main_unit(part, main.parts)?)?;
    let (last, end) = amounts[at].map_or((half.last, half.span.end), |amount| (amount.last, amount.span.end));
    Some(Amount { value: Some(value), span: Span::new(main.span.start, end), last, ..main })
}
