//! All numbers of a document, in the order of the steps that find them.

use std::cmp::Reverse;
use std::ops::Range;

use khabar_arabic::Analysis;
use khabar_core::kinds::{Cardinal, Fraction, Modifier, Ordinal, Quotient};
use khabar_core::{Decimal, TokenFlags};
use khabar_extractor::{Cancel, Doc, ExtractError, Span};

use crate::amounts::{Amount, Amounts};
use crate::item::{Atom, Item, Sort};
use crate::modifiers::{self, Hedge};
use crate::phrase::Phrases;
use crate::relations::Relations;
use crate::{Config, Number, amounts, duals, scan};

/// A document while it is read, and what its pieces share.
struct Reading<'a> {
    doc: &'a Doc<'a>,
    config: &'a Config,
    cancel: Cancel<'a>,
    around: Amounts<'a>,
    /// The last token of the score found last.
    score_before: Option<u32>,
}

/// The buffers of one worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    atoms: Vec<Atom>,
    duals: Vec<u32>,
    items: Vec<Item>,
    amounts: Vec<Option<Amount>>,
    hedges: Vec<Option<Hedge>>,
}

impl Finder {
    /// Finds the numbers of a document and hands each on, nearly in their order, unless it is cancelled.
    pub(crate) fn find(
        &mut self,
        doc: &Doc<'_>,
        config: &Config,
        cancel: Cancel<'_>,
        mut found: impl FnMut(Span, Number) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        let mut reading = Reading { doc, config, cancel, around: Amounts::new(doc), score_before: None };
        let mut from = 0;
        while from < doc.tokens.len() {
            let piece = piece_from(doc, from, PIECE);
            from = piece.end;
            self.find_in(piece, &mut reading, &mut found)?;
        }
        Ok(())
    }

    /// Finds the numbers that begin in a piece of a document.
    fn find_in(
        &mut self,
        piece: Range<usize>,
        reading: &mut Reading<'_>,
        found: &mut impl FnMut(Span, Number) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        let Reading { doc, config, cancel, ref mut around, ref mut score_before } = *reading;
        let Self { atoms, duals, items, amounts, hedges } = self;
        items.clear();
        amounts.clear();
        hedges.clear();
        scan::scan(doc, piece, config.colloquial, atoms, duals, cancel)?;
        let separators = config.separators.in_country(doc.country);
        Phrases { doc, atoms, separators }.read(items, cancel)?;
        duals::find(doc, duals, items, cancel)?;
        amounts.reserve_exact(items.len());
        hedges.reserve_exact(items.len());
        for at in 0..items.len() {
            cancel.check_at(at)?;
            amounts.push(around.amount(items, at));
        }
        amounts::join_coins(doc, items, amounts);
        amounts::join_halves(doc, items, amounts);
        for (step, (item, amount)) in items.iter().zip(&*amounts).enumerate() {
            cancel.check_at(step)?;
            hedges.push(modifiers::before(doc, amount.map_or(item.first, |amount| amount.first)));
        }
        relate(doc, items, (amounts, hedges), score_before, cancel, found)?;
        for (step, ((item, amount), hedge)) in items.iter().zip(&*amounts).zip(&*hedges).enumerate() {
            cancel.check_at(step)?;
            let last = amount.map_or(item.last, |amount| amount.last);
            let modifier = hedge.map(|hedge| hedge.modifier).or_else(|| modifiers::after(doc, last));
            // The longer one first, so that there is little to sort.
            if let Some(amount) = amount
                && let Some(number) = amount.number(modifier)
            {
                found(amount.span, number)?;
            }
            if let Some(number) = item.number(doc, modifier) {
                found(item.span, number)?;
            }
        }
        Ok(())
    }
}

/// Tokens that are read at once: some hundred pages. What is known of each number takes more than a hundred bytes, and a text of
/// figures alone has as many numbers as words.
const PIECE: usize = 1 << 16;

/// The piece of a document that begins with a token, of at most so many tokens: it ends where a line begins, as numbers do,
/// if one of its last half does.
fn piece_from(doc: &Doc<'_>, from: usize, most: usize) -> Range<usize> {
    let limit = from + most;
    if doc.tokens.len() <= limit {
        return from..doc.tokens.len();
    }
    let line = (from + 1 + most / 2..=limit).rev().find(|at| doc.tokens[*at].has(TokenFlags::LINE_START));
    from..line.unwrap_or(limit)
}

/// All numbers of a document, by start, longest first.
pub(crate) fn sorted(doc: &Doc<'_>, config: &Config) -> Vec<(Span, Number)> {
    let mut all = Vec::new();
    // Nobody cancels it, so that it does not fail.
    let _ = Finder::default().find(doc, config, Cancel::NEVER, |span, number| {
        all.push((span, number));
        Ok(())
    });
    all.sort_unstable_by_key(|(span, number)| (span.start, Reverse(span.end), number.rank()));
    all
}

/// Finds ranges, ratios and scores; amounts that a range takes in are dropped.
fn relate(
    doc: &Doc<'_>,
    items: &[Item],
    (amounts, hedges): (&mut [Option<Amount>], &[Option<Hedge>]),
    score_before: &mut Option<u32>,
    cancel: Cancel<'_>,
    found: &mut impl FnMut(Span, Number) -> Result<(), ExtractError>,
) -> Result<(), ExtractError> {
    let mut at = 0;
    while at < items.len() {
        cancel.check()?;
        let relations = Relations { doc, items, amounts, hedges, score_before: *score_before };
        let (relation, width) = match relations.at(at) {
            Some(relation) => (Some(relation), 2),
            None => (relations.unanswered(at), 1),
        };
        if let Some(relation) = relation {
            if relation.takes_amounts {
                amounts[at..at + width].fill(None);
            }
            if matches!(relation.number, Number::Score(_)) {
                *score_before = Some(items[at + width - 1].last);
            }
            let mut number = relation.number;
            if let Number::Range(range) = &mut number {
                let hedge = modifiers::before(doc, relation.first);
                range.modifier = hedge.map(|hedge| hedge.modifier);
            }
            found(relation.span, number)?;
            at += width;
        } else {
            at += 1;
        }
    }
    Ok(())
}

impl Item {
    /// The value of the number alone; none for goals, which count only in scores.
    fn number(&self, doc: &Doc<'_>, modifier: Option<Modifier>) -> Option<Number> {
        let value = self.value.normalize();
        Some(match self.sort {
            Sort::Cardinal => Number::Cardinal(Cardinal::new(value).with_modifier(modifier)),
            Sort::Dual => {
                let unit = duals::singular(doc, self);
                Number::Cardinal(Cardinal::new(Decimal::TWO).with_unit(unit).with_modifier(modifier))
            }
            Sort::Plural => Number::Cardinal(Cardinal::indefinite(value).with_modifier(modifier)),
            Sort::Ordinal => Number::Ordinal(Ordinal::new(value).with_modifier(modifier)),
            Sort::Fraction => {
                let value = Quotient::new(value, self.denominator.normalize());
                Number::Fraction(Fraction::new(value).with_modifier(modifier))
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
        sorted(&Doc::new("", text, &analysis), &Config::default())
    })
}

/// The number that a whole text is, but for white space at its ends.
pub fn parse(text: &str) -> Option<Number> {
    let trimmed = text.trim();
    let whole = Span::from(0..trimmed.len());
    find_iter(trimmed).find(|(span, _)| *span == whole).map(|(_, number)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_end_where_lines_begin() {
        let mut analysis = Analysis::default();
        let text = "1 2 3 4\n5 6 7 8 9 10 11 12 13 14\n15";
        analysis.analyze(text);
        let doc = Doc::new("", text, &analysis);
        let pieces = |most: usize| {
            let (mut from, mut pieces) = (0, Vec::new());
            while from < doc.tokens.len() {
                let piece = piece_from(&doc, from, most);
                from = piece.end;
                pieces.push(piece);
            }
            pieces
        };
        assert_eq!(pieces(10), [0..10, 10..15]);
        assert_eq!(pieces(100).len(), 1);
        assert_eq!(pieces(6), [0..4, 4..10, 10..15]);
        assert_eq!(pieces(4), [0..4, 4..8, 8..12, 12..15], "no line begins in the last half");
        assert_eq!(pieces(1).len(), 15);
    }

    #[test]
    fn a_document_of_several_pieces_has_all_its_numbers() {
        let line = "بلغت 5 كيلومترات و20 دينارا و500 مليم، بين 3 و7 مدن، وفاز 2-1 في يومين\n";
        let text = |lines: usize| line.repeat(lines);
        let numbers = |text: &str| find_iter(text).count();
        let words = {
            let mut analysis = Analysis::default();
            analysis.analyze(line);
            analysis.tokens().len()
        };
        let lines = 2 * PIECE / words + 7;
        assert_eq!(numbers(&text(lines)), lines * numbers(line));
    }
}
