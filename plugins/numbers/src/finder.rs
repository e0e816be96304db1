//! All numbers of a document, in the order of the steps that find them.

use std::cmp::Reverse;

use khabar_arabic::Analysis;
use khabar_core::Decimal;
use khabar_core::kinds::{Cardinal, Fraction, Modifier, Ordinal};
use khabar_extractor::{Doc, Span};

use crate::amounts::{Amount, Amounts};
use crate::item::{Atom, Item, Sort};
use crate::modifiers::{self, Hedge};
use crate::phrase::Phrases;
use crate::relations::Relations;
use crate::{Config, Number, amounts, duals, scan};

/// The buffers of one worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    atoms: Vec<Atom>,
    duals: Vec<u32>,
    items: Vec<Item>,
    amounts: Vec<Option<Amount>>,
    hedges: Vec<Option<Hedge>>,
    found: Vec<(Span, Number)>,
}

impl Finder {
    /// Finds the numbers of a document; those of the document before are gone.
    pub(crate) fn find(&mut self, doc: &Doc<'_>, config: &Config) {
        let Self { atoms, duals, items, amounts, hedges, found } = self;
        items.clear();
        amounts.clear();
        hedges.clear();
        found.clear();
        scan::scan(doc, config.colloquial, atoms, duals);
        let separators = config.separators.in_country(doc.country);
        Phrases { doc, atoms, separators }.read(items);
        duals::find(doc, duals, items);
        let mut around = Amounts::new(doc);
        amounts.extend((0..items.len()).map(|at| around.amount(items, at)));
        amounts::join_coins(doc, items, amounts);
        amounts::join_halves(doc, items, amounts);
        let leftmost = items.iter().zip(&*amounts).map(|(item, amount)| amount.map_or(item.first, |a| a.first));
        hedges.extend(leftmost.map(|first| modifiers::before(doc, first)));
        relate(doc, items, amounts, hedges, found);
        for ((item, amount), hedge) in items.iter().zip(&*amounts).zip(&*hedges) {
            let last = amount.map_or(item.last, |amount| amount.last);
            let modifier = hedge.map(|hedge| hedge.modifier).or_else(|| modifiers::after(doc, last));
            // The longer one first, so that there is little to sort.
            found.extend(amount.and_then(|amount| Some((amount.span, amount.number(modifier)?))));
            found.extend(item.number(doc, modifier).map(|number| (item.span, number)));
        }
        found.sort_unstable_by_key(|(span, number)| (span.start, Reverse(span.end), number.rank()));
    }

    /// What was found, by start, longest first.
    pub(crate) fn into_found(self) -> Vec<(Span, Number)> {
        self.found
    }

    /// What was found, by start, longest first.
    pub(crate) fn found(&self) -> &[(Span, Number)] {
        &self.found
    }
}

/// Finds ranges, ratios and scores; amounts that a range takes in are dropped.
fn relate(
    doc: &Doc<'_>,
    items: &[Item],
    amounts: &mut [Option<Amount>],
    hedges: &[Option<Hedge>],
    found: &mut Vec<(Span, Number)>,
) {
    let (mut at, mut score_before) = (0, None);
    while at < items.len() {
        let relations = Relations { doc, items, amounts, hedges, score_before };
        let (relation, width) = match relations.at(at) {
            Some(relation) => (Some(relation), 2),
            None => (relations.unanswered(at), 1),
        };
        if let Some(relation) = relation {
            if relation.takes_amounts {
                amounts[at..at + width].fill(None);
            }
            if matches!(relation.number, Number::Score(_)) {
                score_before = Some(items[at + width - 1].last);
            }
            let mut number = relation.number;
            if let Number::Range(range) = &mut number {
                let hedge = modifiers::before(doc, relation.first);
                range.modifier = hedge.map(|hedge| hedge.modifier);
            }
            found.push((relation.span, number));
            at += width;
        } else {
            at += 1;
        }
    }
}

impl Item {
    /// The value of the number alone; none for goals, which count only in scores.
    fn number(&self, doc: &Doc<'_>, modifier: Option<Modifier>) -> Option<Number> {
        let value = self.value.normalize();
        Some(match self.sort {
            Sort::Cardinal => Number::Cardinal(Cardinal { modifier, ..Cardinal::new(value) }),
            Sort::Dual => {
                let unit = duals::singular(doc, self);
                Number::Cardinal(Cardinal { unit, modifier, ..Cardinal::new(Decimal::TWO) })
            }
            Sort::Plural => Number::Cardinal(Cardinal { value: None, magnitude: Some(value), unit: None, modifier }),
            Sort::Ordinal => Number::Ordinal(Ordinal { value, modifier }),
            Sort::Fraction => {
                let value = format!("{value}/{}", self.denominator.normalize());
                Number::Fraction(Fraction { value, modifier })
            }
            Sort::Tally => return None,
        })
    }
}

/// The numbers of a text with their spans, by start, longest first. The work begins with the first call of `next`.
pub fn find_iter(text: &str) -> impl Iterator<Item = (Span, Number)> + use<'_> {
    std::iter::once(text).flat_map(|text| {
        let mut analysis = Analysis::default();
        analysis.analyze(text);
        let mut finder = Finder::default();
        finder.find(&Doc::new("", text, &analysis), &Config::default());
        finder.found
    })
}

/// The number that a whole text is, but for white space at its ends.
pub fn parse(text: &str) -> Option<Number> {
    let trimmed = text.trim();
    let whole = Span::from(0..trimmed.len());
    find_iter(trimmed).find(|(span, _)| *span == whole).map(|(_, number)| number)
}
