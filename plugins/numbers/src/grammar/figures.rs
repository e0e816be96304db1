//! Numbers in digits: groups parted by spaces, exponents, pairs.

use khabar_core::{Decimal, TokenClass, TokenFlags};
use khabar_extractor::Span;
use khabar_lexicon::Clitics;
use khabar_lexicon::inflect::{has_accusative_shape, without_article};

use super::cardinal::{Link, power_of_ten};
use super::digits::{self, DECIMAL_MARKS, Digits};
use super::separators::After;
use super::{Parse, Parser, Reading};
use crate::lexicon::{Measure, Numeral, WordClass};
use crate::number_expr::{Kind, NumberExpr};

/// Numbers of more digits are looked at again for what may go on with them.
const CLEAR_DIGITS: u16 = 4;
/// The longest number of two tokens: more digits than a decimal holds.
const LONGEST_PARTED: usize = 40;
/// The largest power of ten that a decimal holds.
const LARGEST_POWER: i32 = 28;

impl Parser<'_> {
    /// What the token of digits at a number token is by itself.
    pub(super) fn figures(&self, at: usize) -> Digits {
        let folded = self.doc.token(self.tokens[at].token).map_or(Span::new(0, 0), |token| token.folded_span());
        digits::read_within(self.doc.doc.folded, folded)
    }

    /// `1000-5000`, `2013/14`: two numbers in one token.
    pub(super) fn pair(&self, at: usize) -> Option<Reading> {
        match self.figures(at) {
            Digits::Dash(a, b) => self.two(at, a, b),
            Digits::Slash(p, q) if q.is_zero() || is_years(p, q) => self.two(at, p, q),
            _ => None,
        }
    }

    /// `3/4`.
    pub(super) fn slash(&self, at: usize) -> Option<Reading> {
        let token = self.tokens[at].token;
        let Digits::Slash(p, q) = self.figures(at) else { return None };
        if q.is_zero() || !self.is_fraction(token, p, q) {
            return None;
        }
        let fraction =
            Parse { denominator: q, kind: Kind::Fraction, ..Parse::cardinal(p, Decimal::ONE, at + 1, token) };
        Some(Reading::one(self.signed(at, self.scaled(fraction)), at + 1))
    }

    /// One number in digits, and what goes on with it.
    pub(super) fn digits(&self, at: usize) -> Option<Reading> {
        let token = self.tokens[at].token;
        let Digits::Number(reading) = self.figures(at) else { return None };
        if is_clear(reading) && self.stands_alone(at) {
            let number = self.expression(at, &Parse::cardinal(reading.value, Decimal::ONE, at + 1, token));
            return Some(Reading::one(number, at + 1));
        }
        let parse = self.number(at, reading)?;
        let parse = self.with_vulgar_fraction(parse).unwrap_or(parse);
        let parse = match parse.kind {
            Kind::Cardinal => self.figures_on(at, parse.value, parse.next, parse.last).unwrap_or(parse),
            _ => parse,
        };
        Some(Reading::one(self.signed(at, parse), parse.next))
    }

    /// Whether nothing around the digits of a number token could belong to them: so most stand.
    fn stands_alone(&self, at: usize) -> bool {
        let token = self.tokens[at].token;
        let is_signed = || {
            let before = self.doc.folded(token.wrapping_sub(1));
            matches!(before, "+" | "-" | "\u{2212}" | "\u{2013}") || is_point(before)
        };
        let goes_on = || match self.doc.folded(token + 1) {
            "e" | "E" => true,
            mark => is_decimal_mark(mark) && self.doc.is_glued(token + 2),
        };
        !(self.doc.is_glued(token) && is_signed()
            || self.doc.is_glued(token + 1) && goes_on()
            || self.may_go_on(token, at + 1))
    }

    /// The whole number in the digits of a number token, read as in any running text.
    pub(super) fn whole_figures(&self, at: usize) -> Option<Decimal> {
        let token = self.tokens.get(at)?.token;
        match digits::read(self.doc.folded(token)) {
            Digits::Number(reading) => {
                let value = self.resolved(reading, at + 1, token);
                value.is_integer().then_some(value)
            }
            _ => None,
        }
    }

    /// One number: the token, digit groups parted by spaces, an exponent.
    pub(super) fn number(&self, at: usize, reading: digits::Reading) -> Option<Parse> {
        let token = self.tokens[at].token;
        if let Some(parse) = self.spaced_groups(at, reading) {
            return Some(parse);
        }
        let (mut next, mut last) = (at + 1, token);
        let mut reading = reading;
        if let Some((joined, end)) = self.parted_by_control(token) {
            (reading, next, last) = (joined, at + 2, end);
        }
        let mut value = self.resolved(reading, next, last);
        if let Some((power, end)) = self.exponent(last) {
            value = shifted(value, power)?;
            last = end;
            next = self.tokens[next..]
                .iter()
                .position(|number| end < number.token)
                .map_or(self.tokens.len(), |n| next + n);
        }
        if let Some(decimal) = self.leading_point(token, value, reading.digits) {
            value = decimal;
        }
        Some(Parse::cardinal(value, Decimal::ONE, next, last))
    }

    /// `1 234 567.89`: a group of one to three digits, then groups of exactly three.
    fn spaced_groups(&self, at: usize, first: digits::Reading) -> Option<Parse> {
        if !first.plain || 3 < first.digits || first.value.is_zero() {
            return None;
        }
        let mut parse = Parse::cardinal(first.value, Decimal::ONE, at + 1, self.tokens[at].token);
        while let Some(word) = self.linked(parse.last, parse.next, Link::Direct) {
            if word.numeral != Numeral::Digits || !parse.value.is_integer() {
                break;
            }
            let token = self.tokens[parse.next].token;
            let folded = self.doc.folded(token);
            let group = folded.find(DECIMAL_MARKS).unwrap_or(folded.len());
            let spaced = self.doc.has(token, TokenFlags::SPACE_BEFORE);
            if group != 3 || !spaced {
                break;
            }
            let Digits::Number(reading) = digits::read(folded) else { break };
            let Some(value) =
                parse.value.checked_mul(Decimal::ONE_THOUSAND).and_then(|value| value.checked_add(reading.value))
            else {
                break;
            };
            parse = Parse { value, next: parse.next + 1, last: token, ..parse };
        }
        // A group of more than three digits after them: no thousands, but a list.
        let listed =
            self.linked(parse.last, parse.next, Link::Direct).is_some_and(|word| word.numeral == Numeral::Digits);
        (parse.next != at + 1 && !listed).then_some(parse)
    }

    /// A number that an invisible sign parted before its last separator.
    fn parted_by_control(&self, token: u32) -> Option<(digits::Reading, u32)> {
        let mark = self.doc.folded(token + 1);
        if !self.doc.is_glued(token + 1) || !self.doc.is_glued(token + 2) || !is_decimal_mark(mark) {
            return None;
        }
        let rest = self.doc.folded(token + 2);
        if !self.doc.is(token + 2, TokenClass::Number) || LONGEST_PARTED < rest.len() + self.doc.folded(token).len() {
            return None;
        }
        let reading = digits::number(&format!("{}{mark}{rest}", self.doc.folded(token)))?;
        Some((reading, token + 2))
    }

    /// `e10`, `e-1` right after a number: the power of ten and the last token.
    fn exponent(&self, last: u32) -> Option<(i32, u32)> {
        if !self.doc.is_glued(last + 1) || !matches!(self.doc.folded(last + 1), "e" | "E") {
            return None;
        }
        let (sign, end) = match self.doc.folded(last + 2) {
            "+" => (1, last + 3),
            "-" => (-1, last + 3),
            _ => (1, last + 2),
        };
        let power: i32 = self.doc.folded(end).parse().ok()?;
        let is_glued = self.doc.is_glued(last + 2) && self.doc.is_glued(end);
        (is_glued && power <= LARGEST_POWER).then_some((sign * power, end))
    }

    /// `2 1/4`.
    fn with_vulgar_fraction(&self, parse: Parse) -> Option<Parse> {
        let word = self.linked(parse.last, parse.next, Link::Direct)?;
        if word.numeral != Numeral::Digits || !parse.value.is_integer() {
            return None;
        }
        let token = self.tokens[parse.next].token;
        let Digits::Slash(p, q) = digits::read(self.doc.folded(token)) else { return None };
        if q <= p || p.is_zero() || Decimal::ONE_HUNDRED < q {
            return None;
        }
        let value = parse.value.checked_mul(q)?.checked_add(p)?;
        Some(Parse { kind: Kind::Fraction, value, denominator: q, next: parse.next + 1, last: token, ..parse })
    }

    /// Two numbers in one token.
    fn two(&self, at: usize, a: Decimal, b: Decimal) -> Option<Reading> {
        let token = self.tokens[at].token;
        let folded = self.doc.folded(token);
        let (left, mark) = folded.char_indices().find(|(_, c)| matches!(c, '-' | '\u{2013}' | '/'))?;
        let number = |value, span| NumberExpr {
            kind: Kind::Cardinal,
            rule: "",
            value,
            denominator: Decimal::ONE,
            first: token,
            last: token,
            span,
            scale: Decimal::ONE,
            digits: true,
            clitics: Clitics::NONE,
        };
        let first = self.doc.doc.part(token as usize, 0, folded.len() - left);
        let second = self.doc.part(token, left + mark.len_utf8());
        Some(Reading { numbers: [Some(number(a, first)), Some(number(b, second))], next: at + 1 })
    }

    /// Whether `p/q` is a share rather than a day and month or two years.
    fn is_fraction(&self, token: u32, p: Decimal, q: Decimal) -> bool {
        let day_and_month = p <= Decimal::from(31) && q <= Decimal::from(12);
        let is_dated = self.doc.is_word(token.wrapping_sub(1), WordClass::BeforeDate);
        !(day_and_month && is_dated || is_years(p, q))
    }

    /// The number token after all digits that follow one another from number token `next` on.
    pub(super) fn after_figures(&self, next: usize, last: u32) -> usize {
        let run = self.tokens[next..].iter().zip(last + 1..);
        next + run.take_while(|(number, token)| number.token == *token && number.numeral == Numeral::Digits).count()
    }

    /// The value of a number, what stands after it asked only where its separator can be read both ways.
    fn resolved(&self, reading: digits::Reading, next: usize, last: u32) -> Decimal {
        match reading.thousands {
            None => reading.value,
            Some(_) => self.separators.resolve(reading, self.after(next, last)),
        }
    }

    /// Whether an indefinite noun in the accusative stands at a token: what 11 to 99 count.
    fn is_counted_noun(&self, token: u32) -> bool {
        /// A noun in the accusative has as many bytes at least: three letters.
        const SHORTEST: usize = 6;
        let noun = self.doc.folded(token);
        self.doc.is(token, TokenClass::Arabic)
            && self.doc.same_line(token)
            && SHORTEST <= noun.len()
            && without_article(noun).is_none()
            && has_accusative_shape(self.doc.surface(token))
    }

    /// What stands after a number, for its separators.
    fn after(&self, next: usize, last: u32) -> After {
        if self.linked(last, next, Link::Direct).is_some_and(|word| matches!(word.numeral, Numeral::Scale { .. })) {
            return After::Scaled;
        }
        let measures = &self.doc.lexicon.measures;
        let noun = measures.noun(self.doc.doc, last + 1).filter(|(_, clitics)| clitics.is_empty());
        match (noun, measures.at(self.doc.doc, last + 1)) {
            (Some((Measure::Currency(id), _)), _) if measures.currency(id).is_some_and(|c| c.has_thousandths) => {
                After::Thousandths
            }
            (_, Some((Measure::Percent, _))) => After::Scaled,
            (None, None) if self.is_counted_noun(last + 1) => After::Counted,
            _ => After::Other,
        }
    }
}

/// Whether digits can be read in one way only, whatever stands around them.
fn is_clear(reading: digits::Reading) -> bool {
    reading.digits <= CLEAR_DIGITS && reading.thousands.is_none()
}

/// `2013/14`, `2013/2014`: two years.
fn is_years(p: Decimal, q: Decimal) -> bool {
    let is_year = |n: Decimal| Decimal::from(1800) <= n && n <= Decimal::from(2200);
    is_year(p) && (is_year(q) || q < Decimal::ONE_HUNDRED)
}

/// Whether a token is a mark that may part the digits of one number.
fn is_decimal_mark(mark: &str) -> bool {
    let mut letters = mark.chars();
    letters.next().is_some_and(|mark| DECIMAL_MARKS.contains(&mark)) && letters.next().is_none()
}

/// Whether a token is a decimal point that may stand before the digits: `.25`.
pub(super) fn is_point(mark: &str) -> bool {
    matches!(mark, "." | "\u{66b}")
}

/// A number times a power of ten.
fn shifted(value: Decimal, power: i32) -> Option<Decimal> {
    let factor = power_of_ten(u8::try_from(power.unsigned_abs()).ok()?)?;
    if power < 0 { value.checked_div(factor) } else { value.checked_mul(factor) }
}
