//! All numbers of a document, in the order of the steps that find them.

use std::cmp::Reverse;
use std::ops::Range;

use khabar_core::kinds::{Cardinal, Fraction, Modifier, Ordinal, Quotient};
use khabar_core::{Decimal, TokenFlags};
use khabar_extractor::{Cancel, DisabledRules, Doc, ExtractError, RuleInfo, Span};
use khabar_lexicon::inflect::singular_of_dual;
use khabar_lexicon::rule::{Switches, joined};
use khabar_lexicon::spelling::without_signs;

use crate::config::Config;
use crate::grammar::{self, Dual, Duals, NumberToken, Parser, tag};
use crate::lexicon::Lexicon;
use crate::number::Number;
use crate::number_expr::{Kind, NumberExpr};
use crate::resolve::{self, Amount, Amounts, Hedge, Relations, after, before, join};
use crate::tagged_doc::TaggedDoc;

/// What an extractor of numbers is made of.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub config: Config,
    pub lexicon: &'static Lexicon,
    pub disabled: DisabledRules,
}

/// A document while it is read, and what its pieces share.
struct Reading<'a> {
    doc: TaggedDoc<'a>,
    config: &'a Config,
    switches: Switches,
    cancel: Cancel<'a>,
    around: Amounts<'a>,
    /// The last token of the score found last.
    score_before: Option<u32>,
}

/// A number that is given out.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub span: Span,
    pub number: Number,
    /// The name of the rule that found it.
    pub rule: &'static str,
}

/// All rules, in the order of the stages.
pub(crate) const RULES: [RuleInfo; grammar::INFOS.len() + resolve::INFOS.len()] =
    joined(&[&grammar::INFOS, &resolve::INFOS]);

/// The buffers of one worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    tokens: Vec<NumberToken>,
    duals: Vec<Dual>,
    numbers: Vec<NumberExpr>,
    amounts: Vec<Option<Amount>>,
    hedges: Vec<Option<Hedge>>,
}

impl Finder {
    /// Finds the numbers of a document and hands each on, nearly in their order, unless it is cancelled.
    pub(crate) fn find(
        &mut self,
        doc: &Doc<'_>,
        numbers: &Settings,
        cancel: Cancel<'_>,
        mut found: impl FnMut(Found) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        let Settings { config, lexicon, disabled } = numbers;
        let (doc, switches) = (TaggedDoc { doc, lexicon }, Switches::new(*disabled));
        let around = Amounts::new(doc, switches.behind(grammar::INFOS.len()));
        let mut reading = Reading { doc, config, switches, cancel, around, score_before: None };
        let doc = doc.doc;
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
        found: &mut impl FnMut(Found) -> Result<(), ExtractError>,
    ) -> Result<(), ExtractError> {
        let Reading { doc, config, switches, cancel, ref mut around, .. } = *reading;
        let Self { tokens, duals, numbers, amounts, hedges } = self;
        numbers.clear();
        amounts.clear();
        hedges.clear();
        tag(doc, piece, config.colloquial, tokens, duals, cancel)?;
        let separators = config.separators.in_country(doc.doc.country);
        Parser { doc, tokens, separators, switches }.read(numbers, cancel)?;
        Duals { doc, duals, switches }.read(numbers, cancel)?;
        amounts.reserve_exact(numbers.len());
        hedges.reserve_exact(numbers.len());
        for at in 0..numbers.len() {
            cancel.check_at(at)?;
            amounts.push(around.amount(numbers, at));
        }
        join(doc, numbers, amounts, switches.behind(grammar::INFOS.len()));
        for (step, (number, amount)) in numbers.iter().zip(&*amounts).enumerate() {
            cancel.check_at(step)?;
            hedges.push(before(doc, amount.map_or(number.first, |amount| amount.first)));
        }
        relate(reading, numbers, (amounts, hedges), found)?;
        for (step, ((number, amount), hedge)) in numbers.iter().zip(&*amounts).zip(&*hedges).enumerate() {
            cancel.check_at(step)?;
            let last = amount.map_or(number.last, |amount| amount.last);
            let modifier = hedge.map(|hedge| hedge.modifier).or_else(|| after(doc, last));
            // The longer one first, so that there is little to sort.
            if let Some(amount) = amount
                && let Some(number) = amount.number(doc, modifier)
            {
                found(Found { span: amount.span, number, rule: amount.rule })?;
            }
            if let Some(value) = value(number, doc, modifier) {
                found(Found { span: number.span, number: value, rule: number.rule })?;
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
pub(crate) fn sorted(doc: &Doc<'_>, settings: &Settings) -> Vec<Found> {
    let mut all = Vec::new();
    // Nobody cancels it, so that it does not fail.
    let _ = Finder::default().find(doc, settings, Cancel::NEVER, |found| {
        all.push(found);
        Ok(())
    });
    all.sort_by_key(|found| (found.span.start, Reverse(found.span.end), found.number.rank()));
    all
}

/// Finds ranges, ratios and scores; amounts that a range takes in are dropped.
fn relate(
    reading: &mut Reading<'_>,
    numbers: &[NumberExpr],
    (amounts, hedges): (&mut [Option<Amount>], &[Option<Hedge>]),
    found: &mut impl FnMut(Found) -> Result<(), ExtractError>,
) -> Result<(), ExtractError> {
    let Reading { doc, switches, cancel, ref mut score_before, .. } = *reading;
    let mut at = 0;
    while at < numbers.len() {
        cancel.check()?;
        let switches = switches.behind(grammar::INFOS.len());
        let relations = Relations { doc, numbers, amounts, hedges, score_before: *score_before, switches };
        let Some(relation) = relations.at(at) else {
            at += 1;
            continue;
        };
        let width = relation.width;
        if relation.takes_amounts {
            amounts[at..at + width].fill(None);
        }
        if matches!(relation.number, Number::Score(_)) {
            *score_before = Some(numbers[at + width - 1].last);
        }
        let mut number = relation.number;
        if let Number::Range(range) = &mut number {
            range.modifier = before(doc, relation.first).map(|hedge| hedge.modifier);
        }
        found(Found { span: relation.span, number, rule: relation.rule })?;
        at += width;
    }
    Ok(())
}

/// The value of a number alone; none for goals, which count only in scores.
fn value(number: &NumberExpr, doc: TaggedDoc<'_>, modifier: Option<Modifier>) -> Option<Number> {
    let value = number.value.normalize();
    Some(match number.kind {
        Kind::Cardinal => Number::Cardinal(Cardinal::new(value).with_modifier(modifier)),
        Kind::Dual(_) => {
            let unit = singular(number, doc);
            Number::Cardinal(Cardinal::new(Decimal::TWO).with_unit(unit).with_modifier(modifier))
        }
        Kind::Indefinite => Number::Cardinal(Cardinal::indefinite(value).with_modifier(modifier)),
        Kind::Ordinal => Number::Ordinal(Ordinal::new(value).with_modifier(modifier)),
        Kind::Fraction => {
            let value = Quotient::new(value, number.denominator.normalize());
            Number::Fraction(Fraction::new(value).with_modifier(modifier))
        }
        Kind::GoalCount => return None,
    })
}

/// The singular of a dual noun, as the lexicon spells it or else by its letters: `شخصين` is two of `شخص`.
fn singular(number: &NumberExpr, doc: TaggedDoc<'_>) -> Option<String> {
    let Kind::Dual(noun) = number.kind else { return None };
    match noun.and_then(|id| doc.lexicon.numerals.noun(id)) {
        Some(noun) => Some(noun.singular.clone()),
        None => singular_of_dual(&without_signs(number.span.of(doc.doc.text)?)),
    }
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;

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
        let numbers = |text: &str| crate::find_iter(text).count();
        let words = {
            let mut analysis = Analysis::default();
            analysis.analyze(line);
            analysis.tokens().len()
        };
        let lines = 2 * PIECE / words + 7;
        assert_eq!(numbers(&text(lines)), lines * numbers(line));
    }

    #[test]
    fn singulars() {
        for (dual, noun) in [
            ("شخصين", "شخص"),
            ("غواصتين", "غواصة"),
            ("وطفلان", "طفل"),
            ("بيتين", "بيت"),
            ("أخوين", "أخ"),
            ("لمباراتين", "مباراة"),
            ("دولارين", "دولار"),
            ("قنبلتين اثنتين", "قنبلة"),
            ("شولبتين اثنتين", "شولبة"),
        ] {
            let unit = crate::find_iter(dual).find_map(|(_, number)| match number {
                Number::Cardinal(cardinal) => cardinal.unit,
                _ => None,
            });
            assert_eq!(unit.as_deref(), Some(noun));
        }
    }
}
