//! What a number counts: percentages, money, quantities.

use khabar_core::kinds::{CurrencyCode, Modifier, Money, Percent, Quantity};
use khabar_core::{Decimal, TokenClass};
use khabar_extractor::Span;
use khabar_lexicon::Clitics;
use khabar_lexicon::rule::Switches;

use super::rules::{AMOUNTS, NumberForm};
use super::unit::UnitExpr;
use crate::lexicon::{CurrencyId, Measure, Numeral, main_unit};
use crate::number::Number;
use crate::number_expr::{Kind, NumberExpr};
use crate::tagged_doc::TaggedDoc;

/// A number with its sign, currency or unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Amount {
    pub kind: AmountKind,
    /// The name of the rule that found it.
    pub rule: &'static str,
    /// `None` for indefinite plurals.
    pub value: Option<Decimal>,
    pub span: Span,
    pub first: u32,
    pub last: u32,
    /// What is written together with the front of the first token, outside of the span.
    pub clitics: Clitics,
    /// Coins: so many make one of the currency's main unit; 1 for everything else.
    pub parts: u16,
}

/// What kind of amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AmountKind {
    Percent,
    Money(Option<CurrencyCode>),
    Quantity(UnitExpr),
}

impl Amount {
    /// The value to give out.
    pub(crate) fn number(&self, tagged: TaggedDoc<'_>, modifier: Option<Modifier>) -> Option<Number> {
        let value = self.value.map(|value| value.normalize());
        Some(match self.kind {
            AmountKind::Percent => Number::Percent(Percent::new(value?).with_modifier(modifier)),
            AmountKind::Money(code) => Number::Money(Money::new(value, code).with_modifier(modifier)),
            AmountKind::Quantity(unit) => {
                let unit = unit.cldr(&tagged.lexicon.measures);
                Number::Quantity(Quantity::new(value, unit).with_modifier(modifier))
            }
        })
    }
}

/// Finds amounts around the numbers of one document.
pub(crate) struct Amounts<'a> {
    pub(super) doc: TaggedDoc<'a>,
    /// Which rules of the stage are on.
    pub(super) switches: Switches,
    /// The currencies of nouns that needed the whole document to tell, so that it is read once for each.
    pub(super) named: Vec<(CurrencyId, Option<CurrencyCode>)>,
    /// Whether the document speaks of temperature, once it was asked.
    pub(super) temperature: Option<bool>,
}

/// A number with the measure behind it.
#[derive(Clone, Copy)]
pub(super) struct Measured<'a> {
    pub number: &'a NumberExpr,
    /// What stands behind the number, or behind the brackets that restate it, and its last token; of a dual noun what it is.
    pub measure: Option<(Measure, u32)>,
    /// Whether it stands in the number's line.
    pub same_line: bool,
}

impl Measured<'_> {
    /// The measure behind the number, in its line.
    pub(super) fn behind(&self) -> Option<(Measure, u32)> {
        self.measure.filter(|_| self.same_line)
    }
}

impl<'a> Amounts<'a> {
    pub(crate) const fn new(doc: TaggedDoc<'a>, switches: Switches) -> Self {
        Self { doc, switches, named: Vec::new(), temperature: None }
    }

    /// The amount of the number at an index, if what it counts is a percentage, money or a quantity.
    pub(crate) fn amount(&mut self, numbers: &[NumberExpr], at: usize) -> Option<Amount> {
        let number = &numbers[at];
        let lexicon = self.doc.lexicon;
        let (measured, form) = match number.kind {
            Kind::Ordinal | Kind::GoalCount => return None,
            Kind::Dual(noun) => {
                let measure = noun.and_then(|noun| lexicon.numerals.noun(noun)?.measure)?;
                (Measured { number, measure: Some((measure, number.last)), same_line: true }, NumberForm::Dual)
            }
            _ if !self.may_count(number) || self.goes_on_with_noun(numbers, at) => return None,
            _ => {
                let last = self.restated_in_brackets(numbers, at).unwrap_or(number.last);
                let measure = lexicon.measures.at(self.doc.doc, last + 1);
                let is_clear = !measure.is_some_and(|(_, end)| end == last + 1 && self.is_loose_letter(end));
                let same_line = self.doc.same_line(last + 1);
                (Measured { number, measure: measure.filter(|_| is_clear), same_line }, NumberForm::Number)
            }
        };
        let mut rules = self.switches.rules(&AMOUNTS).filter(|rule| rule.begins == form);
        rules.find_map(|rule| Some(Amount { rule: rule.info.name, ..(rule.parse)(self, measured)? }))
    }

    /// Whether the words beside a number can tell what it counts: most numbers end here.
    fn may_count(&self, number: &NumberExpr) -> bool {
        let next = number.last + 1;
        let follows =
            self.doc.doc.hashes.get(next as usize).is_some_and(|hash| {
                self.doc.lexicon.measures.may_begin(*hash) || self.doc.folded(next) == OPEN_BRACKET
            });
        // A sign or a code before digits, a noun before its one.
        let is_before = || {
            let before = self.doc.token(number.first.wrapping_sub(1)).map(|token| token.class());
            before.is_some_and(|class| !number.digits || class != TokenClass::Arabic)
        };
        follows || (number.digits || number.value == Decimal::ONE) && is_before()
    }

    /// An amount from a number on.
    pub(super) fn up_to(&self, number: &NumberExpr, last: u32, kind: AmountKind, value: Option<Decimal>) -> Amount {
        let span = Span::new(number.span.start, self.doc.end(last));
        Amount { kind, rule: "", value, span, first: number.first, last, clitics: number.clitics, parts: 1 }
    }

    /// `5 كيلومترات`, `10 درجات تحت الصفر`.
    pub(super) fn quantity(&mut self, Measured { number, measure, same_line }: Measured<'_>) -> Option<Amount> {
        let (measure, end) = measure.filter(|_| same_line)?;
        if self.is_year_of_era(number, end) {
            return None;
        }
        let (unit, end) = self.unit(measure, end)?;
        let (below_zero, end) = self.below_zero(end);
        let value = number.decimal().map(|value| if below_zero { -value } else { value });
        Some(self.up_to(number, end, AmountKind::Quantity(unit), value))
    }

    /// `متر ونصف المتر`: the half of a measure that stands before it without a number goes on with that one.
    fn goes_on_with_noun(&self, numbers: &[NumberExpr], at: usize) -> bool {
        let number = &numbers[at];
        let Some(noun) = number.first.checked_sub(1).filter(|_| self.doc.same_line(number.first)) else { return false };
        let is_counted = at.checked_sub(1).is_some_and(|before| numbers[before].last + 1 >= noun);
        let measures = &self.doc.lexicon.measures;
        let same = || {
            let (measure, _) = measures.noun(self.doc.doc, noun)?;
            Some(measure == measures.at(self.doc.doc, number.last + 1)?.0)
        };
        number.kind == Kind::Fraction && number.clitics.has_conjunction() && !is_counted && same() == Some(true)
    }

    /// Whether a token is a letter that abbreviates no unit: one counts only right after digits, `5 م`, `50 د`.
    fn is_loose_letter(&self, token: u32) -> bool {
        let is_word = self.doc.is(token, TokenClass::Arabic) || self.doc.is(token, TokenClass::Word);
        is_word && self.doc.folded(token).chars().count() == 1 && !self.is_abbreviation(token)
    }

    /// A letter that a unit is abbreviated to: not the first of a word that lost its space.
    fn is_abbreviation(&self, token: u32) -> bool {
        let goes_on = self.doc.is_glued(token + 1) && self.doc.is(token + 1, TokenClass::Arabic);
        let after_digits = self.doc.is(token.wrapping_sub(1), TokenClass::Number);
        !goes_on && after_digits && self.doc.folded(token + 1) != "."
    }

    /// `كيلوغرام واحد`, `دولار واحد`: the noun stands before its one.
    pub(super) fn behind_noun(&mut self, number: &NumberExpr) -> Option<Amount> {
        if number.value != Decimal::ONE || number.digits || !self.doc.same_line(number.first) {
            return None;
        }
        let numerals = &self.doc.lexicon.numerals;
        let one = self.doc.doc.hashes.get(number.first as usize)?;
        numerals.bare(*one).filter(|numeral| *numeral == Numeral::One)?;
        let noun = number.first.checked_sub(1)?;
        let (measure, clitics) = self.doc.lexicon.measures.noun(self.doc.doc, noun)?;
        let (kind, value) = match measure {
            Measure::Unit(id) => (AmountKind::Quantity(UnitExpr::new(id)), Decimal::ONE),
            Measure::Currency(_) | Measure::Coin(_) => {
                let (code, parts, _) = self.currency(measure, number.last)?;
                (AmountKind::Money(code), main_unit(Decimal::ONE, parts)?)
            }
            Measure::Degree
            | Measure::Sign(_)
            | Measure::SignByHamza { .. }
            | Measure::Million(_)
            | Measure::Percent
            | Measure::BasisPoint => {
                return None;
            }
        };
        let span = Span::new(self.doc.part(noun, clitics.len()).start, number.span.end);
        Some(Amount { kind, rule: "", value: Some(value), span, first: noun, last: number.last, clitics, parts: 1 })
    }

    /// `ألفي (2000) دينار`: the closing bracket after a number that only repeats the one before it.
    fn restated_in_brackets(&self, numbers: &[NumberExpr], at: usize) -> Option<u32> {
        let (number, inner) = (&numbers[at], numbers.get(at + 1)?);
        let is_bracketed = self.doc.folded(number.last + 1) == OPEN_BRACKET
            && inner.first == number.last + 2
            && self.doc.folded(inner.last + 1) == CLOSE_BRACKET;
        (is_bracketed && inner.kind == number.kind && inner.value == number.value).then_some(inner.last + 1)
    }
}

/// The brackets in which a number is restated.
const OPEN_BRACKET: &str = "(";
const CLOSE_BRACKET: &str = ")";
