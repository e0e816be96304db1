//! Ranges: `بين 3 و5`, `1000-5000`, `أكبر من 100 وأصغر من 300`.

use khabar_core::Decimal;
use khabar_core::kinds::{Modifier, Range};
use khabar_extractor::Span;
use khabar_lexicon::Proclitic;

use super::amount::AmountKind;
use super::relation::{Relation, Relations};
use crate::lexicon::{Opener, WordClass};
use crate::number::Number;
use crate::number_expr::NumberExpr;

/// What stands before the first bound of a range.
#[derive(Clone, Copy)]
struct Opening {
    opener: Option<Opener>,
    first: u32,
    start: u32,
}

/// Years between these bounds are no bounds of a range but times; beside a word of years the first counts, else the second.
const FIRST_DATED_YEAR: u32 = 1000;
const FIRST_YEAR: u32 = 1800;
const LAST_YEAR: u32 = 2100;

impl Relations<'_> {
    /// `بين 3 و5`, `من 7.5 دينار إلى 13 دينارا`, `3 إلى 5`.
    pub(super) fn opened(&self, at: usize) -> Option<Relation> {
        /// The most words of the noun that is counted after the first bound, and of the hedge before the second.
        const MOST_WORDS: usize = 2;
        let between = self.between(at)?;
        let opening = self.opening(at);
        // The word before the second bound, if there is one between the two.
        let connector = between.clone().next_back().map(|token| self.doc.classes(token)).unwrap_or_default();
        let is_to = connector.contains(WordClass::To);
        let is_and = || {
            let joins = between.clone().next_back().is_some_and(|token| self.is_and_between(token));
            joins || connector.contains(WordClass::And)
        };
        let (is_joined, words, most) = match opening.opener {
            Some(Opener::Between) if self.is_conjoined(at + 1) => (true, between, MOST_WORDS),
            opener => {
                let words = between.start..between.end.saturating_sub(1).max(between.start);
                match opener {
                    Some(Opener::Between) => (is_to || is_and(), words, MOST_WORDS),
                    Some(Opener::From) => (is_to, words, MOST_WORDS),
                    Some(Opener::Clock) => (false, words, 0),
                    None => (is_to && self.numbers[at].digits == self.numbers[at + 1].digits, words, 0),
                }
            }
        };
        let is_noun = |token: u32| {
            let letters = || self.doc.folded(token).chars().all(char::is_alphabetic);
            !self.doc.is_word(token, WordClass::Function) && letters()
        };
        // `هبط 1.5 دولار إلى 64 دولارا`: a change and what it led to.
        let is_change = opening.opener.is_none() && self.amounts[at].is_some();
        if is_change || !is_joined || most < words.len() || !words.clone().all(is_noun) || self.is_calendar(at) {
            return None;
        }
        let any_order = opening.opener == Some(Opener::Between);
        self.range_of(at, Span::new(opening.start, self.end(at + 1)), opening.first, any_order)
    }

    /// `وبين` before the second bound.
    fn is_and_between(&self, token: u32) -> bool {
        let tag = self.doc.lexicon.hedges.openers.tag(self.doc.doc, token as usize);
        tag.is_some_and(|tag| tag.meaning == Opener::Between && tag.len == 1 && tag.clitics.has(Proclitic::Wa))
    }

    /// What opens a range before a number, with the hedge between them passed over.
    fn opening(&self, at: usize) -> Opening {
        let first = self.hedges[at].map_or(self.first(at), |hedge| hedge.first);
        let none = Opening { opener: None, first: self.first(at), start: self.start(at) };
        let Some(before) = first.checked_sub(1).filter(|_| self.doc.same_line(first)) else { return none };
        let Some(tag) = self.doc.lexicon.hedges.openers.tag(self.doc.doc, before as usize) else { return none };
        let first = before + 1 - u32::from(tag.len);
        let start = match tag.meaning {
            Opener::Clock => self.start(at),
            Opener::Between | Opener::From => self.doc.part(first, tag.clitics.len()).start,
        };
        Opening { opener: Some(tag.meaning), first, start }
    }

    /// `1000-5000`, `10$-20$`, `٢٠~١٠٠`.
    pub(super) fn dashed(&self, at: usize) -> Option<Relation> {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let is_dash = || {
            let between = self.between(at)?;
            (between.len() == 1 && self.doc.is_word(between.start, WordClass::Dash)).then_some(())
        };
        if !a.digits || !b.digits || a.first != b.first && is_dash().is_none() {
            return None;
        }
        if self.is_calendar(at) || self.is_enumeration(at) {
            return None;
        }
        let opening = self.opening(at);
        self.range_of(at, Span::new(opening.start, self.end(at + 1)), opening.first, false)
    }

    /// `2- 10 ...` at the start of a line numbers an item of a list.
    pub(super) fn is_enumeration(&self, at: usize) -> bool {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        a.first != b.first && self.doc.is_glued(self.last(at) + 1) && !self.doc.is_glued(b.first)
    }

    /// `أكبر من 100 وأصغر من 300`: a lower and an upper bound, in either order.
    pub(super) fn bounded(&self, at: usize) -> Option<Relation> {
        let (a, b) = (self.hedges[at]?, self.hedges[at + 1]?);
        let is_lower = |modifier| matches!(modifier, Modifier::MoreThan | Modifier::EqualOrMore);
        let is_upper = |modifier| matches!(modifier, Modifier::LessThan | Modifier::EqualOrLess);
        let (low, high) = (a.modifier, b.modifier);
        if !(is_lower(low) && is_upper(high) || is_upper(low) && is_lower(high)) {
            return None;
        }
        let is_and = match b.first.checked_sub(self.last(at) + 1)? {
            0 => b.clitics.has(Proclitic::Wa),
            1 => self.doc.is_word(b.first - 1, WordClass::And),
            _ => false,
        };
        let span = Span::new(self.doc.part(a.first, a.clitics.len()).start, self.end(at + 1));
        if is_and { self.range_of(at, span, a.first, true) } else { None }
    }

    /// Both bounds as numbers of one unit.
    fn range_of(&self, at: usize, span: Span, first: u32, any_order: bool) -> Option<Relation> {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let (x, y) = (self.amounts[at], self.amounts[at + 1]);
        let mut low = x.map_or_else(|| a.decimal(), |amount| amount.value)?;
        let mut high = y.map_or_else(|| b.decimal(), |amount| amount.value)?;
        // Coins of the second bound are those of the first as well.
        if let (None, Some(AmountKind::Money(_)), Some(bare)) = (x, y.map(|y| y.kind), b.decimal()) {
            low = low.checked_mul(high.checked_div(bare)?)?;
        }
        // من 3 إلى 5 ملايين: three million to five.
        let count = b.value.checked_div(b.scale)?;
        if x.is_none() && a.scale == Decimal::ONE && Decimal::ONE < b.scale && a.value <= count {
            low = low.checked_mul(b.scale)?;
        }
        let measures = &self.doc.lexicon.measures;
        let (mut currency, mut unit) = (None, None);
        match (x.map(|x| x.kind), y.map(|y| y.kind)) {
            (Some(AmountKind::Money(Some(c))), Some(AmountKind::Money(d))) if d.is_some_and(|d| d != c) => return None,
            (Some(x), Some(y)) if std::mem::discriminant(&x) != std::mem::discriminant(&y) => return None,
            (_, Some(AmountKind::Money(code))) => currency = code,
            (Some(AmountKind::Quantity(p)), Some(AmountKind::Quantity(q))) if p != q => {
                high = high.checked_mul(q.in_units_of(p, measures)?)?;
                unit = Some(p.cldr(measures));
            }
            (_, Some(AmountKind::Quantity(q))) => unit = Some(q.cldr(measures)),
            (_, Some(AmountKind::Percent)) => unit = Some("percent".to_owned()),
            (Some(_), None) => return None,
            (None, None) => {}
        }
        if high < low {
            if !any_order {
                return None;
            }
            (low, high) = (high, low);
        }
        if low == high {
            return None;
        }
        let (low, high) = (low.normalize(), high.normalize());
        let number = Number::Range(Range::new(low, high).with_currency(currency).with_unit(unit));
        Some(Relation { number, rule: "", span, first, width: 2, takes_amounts: true })
    }

    /// Days before the name of a month, years, clock times: not ranges, but times.
    pub(super) fn is_calendar(&self, at: usize) -> bool {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let before = self.first(at).wrapping_sub(1);
        // In brackets after a name, or after a word of years, any four digits are a year.
        let is_dated = self.doc.folded(before) == "(" || self.doc.is_word(before, WordClass::Year);
        let first_year = Decimal::from(if is_dated { FIRST_DATED_YEAR } else { FIRST_YEAR });
        let is_year = |number: &NumberExpr| {
            let in_years = first_year <= number.value && number.value <= Decimal::from(LAST_YEAR);
            number.digits && in_years && number.scale == Decimal::ONE
        };
        let is_part_of_token = self.doc.part(a.first, 0).start < a.span.start;
        let is_open = || is_part_of_token || matches!(self.opening(at).opener, None | Some(Opener::Clock));
        let is_bare = |at: usize| self.amounts[at].is_none();
        is_year(a) && is_bare(at) && is_open() && !is_year(b)
            || is_year(a) && (is_year(b) || b.value < Decimal::ONE_HUNDRED) && is_bare(at + 1)
            || self.doc.len_of(b.last + 1, WordClass::Month).is_some()
            || self.doc.len_of(a.last + 1, WordClass::Month).is_some()
            || self.doc.is_word(before, WordClass::Clock)
    }
}
