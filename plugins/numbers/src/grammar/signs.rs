//! Signs before digits, and the digits of what is no number: telephones, clocks, dates, names.

use khabar_core::{Decimal, TokenClass, TokenFlags};

use super::digits::Digits;
use super::figures::is_point;
use super::{Parse, Parser, Reading};
use crate::lexicon::WordClass;
use crate::number_expr::NumberExpr;

/// `ر` between minutes and hour: 00ر14 is 14:00.
const REH: char = '\u{631}';
/// Bytes of one Arabic letter.
const LETTER: usize = 2;

impl Parser<'_> {
    /// `.25`: the point stands free before the digits.
    pub(super) fn leading_point(&self, token: u32, value: Decimal, digits: u16) -> Option<Decimal> {
        if !self.has_leading_point(token) || !value.is_integer() {
            return None;
        }
        let mantissa = i128::try_from(value).ok()?;
        Decimal::try_from_i128_with_scale(mantissa, u32::from(digits)).ok()
    }

    fn has_leading_point(&self, token: u32) -> bool {
        let point = token.wrapping_sub(1);
        is_point(self.doc.folded(point)) && self.doc.is_glued(token) && self.doc.has(point, TokenFlags::SPACE_BEFORE)
    }

    /// A number in digits with its sign and leading point.
    pub(super) fn signed(&self, at: usize, parse: Parse) -> NumberExpr {
        let mut number = self.expression(at, &parse);
        if self.has_leading_point(number.first) {
            number.first -= 1;
            number.span.start = self.doc.part(number.first, 0).start;
        }
        let minus = number.first.wrapping_sub(1);
        let opens = self.doc.has(minus, TokenFlags::SPACE_BEFORE) || self.doc.folded(minus.wrapping_sub(1)) == "(";
        let is_minus = matches!(self.doc.folded(minus), "-" | "\u{2212}" | "\u{2013}");
        if self.doc.is_glued(number.first) && opens && is_minus && !self.is_bullet(minus, number.last) {
            number.value = -number.value;
            number.first = minus;
            number.span.start = self.doc.part(minus, 0).start;
        }
        number
    }

    /// `-5 أشخاص` at the start of a line is an item of a list.
    fn is_bullet(&self, minus: u32, last: u32) -> bool {
        let is_word = self.doc.is(last + 1, TokenClass::Arabic) && self.doc.same_line(last + 1);
        self.doc.has(minus, TokenFlags::LINE_START) && is_word
    }

    /// `1995-01`, and the first half of a date in several tokens.
    pub(super) fn date(&self, at: usize) -> Option<Reading> {
        let token = self.tokens[at].token;
        let Digits::Dash(..) = self.figures(at) else { return None };
        let digits = self.doc.folded(token);
        let has_year = matches!(self.doc.folded(token + 1), "-" | "/")
            && self.doc.is(token + 2, TokenClass::Number)
            && self.doc.folded(token + 2).len() == 4;
        let is_month = |month: &str| month.len() == 2 && ("01"..="12").contains(&month);
        let is_date =
            has_year || digits.split_once('-').is_some_and(|(year, month)| year.len() == 4 && is_month(month));
        is_date.then_some(Reading::none(at + 1))
    }

    /// `الساعة 16.00`: a clock time with a point.
    pub(super) fn clock_time(&self, at: usize) -> Option<Reading> {
        let token = self.tokens[at].token;
        if let Some((minute, hour)) = self.doc.folded(token).split_once(REH) {
            let is_time = minute.len() == 2 && hour.len() == 2 && minute < "60" && hour < "24";
            let is_told = minute == "00"
                || self.doc.is_word(token.wrapping_sub(1), WordClass::Clock)
                || self.doc.is_word(token + 1, WordClass::ZoneHead);
            return (is_time && is_told).then_some(Reading::none(at + 1));
        }
        let (hour, minute) = self.doc.folded(token).split_once('.')?;
        let is_time = hour.len() <= 2 && minute.len() == 2 && minute < "60";
        (is_time && self.doc.is_word(token.wrapping_sub(1), WordClass::Clock)).then_some(Reading::none(at + 1))
    }

    /// `(51/17)`: the number of a law, a case, a decision.
    pub(super) fn case_number(&self, at: usize) -> Option<Reading> {
        let token = self.tokens[at].token;
        let Digits::Slash(p, q) = self.figures(at) else { return None };
        let is_large = |number: Decimal| Decimal::TEN <= number;
        let in_brackets = self.doc.folded(token.wrapping_sub(1)) == "(" && self.doc.folded(token + 1) == ")";
        (is_large(p) && is_large(q) && in_brackets).then_some(Reading::none(at + 1))
    }

    /// `كأس العالم 2026`.
    pub(super) fn edition(&self, at: usize) -> Option<Reading> {
        /// The most words of a competition's name.
        const WORDS: u32 = 4;
        let token = self.tokens[at].token;
        let is_year = self.doc.folded(token).len() == 4 && self.doc.same_line(token);
        let is_named = |len: &u32| self.doc.len_of(token.wrapping_sub(*len), WordClass::Edition) == Some(*len);
        (is_year && (1..=WORDS).any(|len| is_named(&len))).then_some(Reading::none(at + 1))
    }

    /// `الرقم الموحد لاستقبال البلاغات 940`.
    pub(super) fn service_number(&self, at: usize) -> Option<Reading> {
        /// How far before the digits the words stand.
        const REACH: u32 = 5;
        let token = self.tokens[at].token;
        let is_short = (3..=6).contains(&self.doc.folded(token).len()) && self.doc.same_line(token);
        let is_service = |before: u32| self.doc.len_of(token.wrapping_sub(before), WordClass::Service).is_some();
        (is_short && (1..=REACH).any(is_service)).then_some(Reading::none(at + 1))
    }

    /// `+216 71 234 567`: digits that name a line, and all that follow one another.
    pub(super) fn phone(&self, at: usize) -> Option<Reading> {
        let token = self.tokens[at].token;
        if !self.follows_plus(token) && !self.is_phone(token, token) {
            return None;
        }
        let (next, last) = match self.figures(at) {
            Digits::Number(reading) => self.number(at, reading).map(|parse| (parse.next, parse.last))?,
            Digits::Dash(..) => (at + 1, token),
            Digits::Slash(..) | Digits::Other => return None,
        };
        self.is_phone(token, last).then(|| Reading::none(self.after_figures(next, last)))
    }

    fn follows_plus(&self, token: u32) -> bool {
        self.doc.folded(token.wrapping_sub(1)) == "+" && self.doc.is_glued(token)
    }

    /// A letter stands right before the digits, or a dash ties them to a word: `F16`, `كوفيد-19`.
    pub(super) fn name_part(&self, at: usize) -> Option<Reading> {
        self.is_name_part(self.tokens[at].token).then_some(Reading::none(at + 1))
    }

    fn is_name_part(&self, token: u32) -> bool {
        let (doc, before) = (self.doc, token.wrapping_sub(1));
        if !doc.is_glued(token) {
            return false;
        }
        match doc.token(before).map(|token| token.class()) {
            Some(TokenClass::Arabic) => {
                let is_power = matches!(doc.folded(token), "2" | "3" | "²" | "³");
                // م2, كلم3: the power of a unit. إتش7إن9: letters and digits by turns are a name.
                let is_unit = is_power && doc.is_word(before, WordClass::PoweredUnit);
                let [number, word] = [before.wrapping_sub(1), before.wrapping_sub(2)];
                let has_turns_before = doc.folded(before).len() == 2 * LETTER
                    && doc.is_glued(before)
                    && doc.is(number, TokenClass::Number)
                    && doc.is_glued(number)
                    && doc.is(word, TokenClass::Arabic);
                let has_turns_behind = doc.is_glued(token + 1)
                    && doc.is_glued(token + 2)
                    && doc.is(token + 1, TokenClass::Arabic)
                    && doc.folded(token + 1).len() == 2 * LETTER
                    && doc.is(token + 2, TokenClass::Number);
                is_unit || has_turns_before || has_turns_behind
            }
            // 1e5, US5; but S5e1UM is a name.
            Some(TokenClass::Word) => {
                !matches!(doc.folded(before), "US" | "e" | "E")
                    || doc.is_glued(token + 1) && doc.is(token + 1, TokenClass::Word)
            }
            Some(TokenClass::Punctuation) if doc.is_glued(before) => match doc.folded(before) {
                "-" => {
                    let word = before.wrapping_sub(1);
                    doc.is(word, TokenClass::Word) || doc.is(word, TokenClass::Arabic)
                }
                mark => matches!(mark, "_" | "/"),
            },
            _ => false,
        }
    }

    /// Digits that name a line or an account: `+216 71 ...`, or eight and more of them after `هاتف`, `رقم`.
    fn is_phone(&self, token: u32, last: u32) -> bool {
        /// Fewer digits are no number of a line after `+`, after a word of telephones, and with a leading zero.
        const SHORTEST_INTERNATIONAL: usize = 7;
        const SHORTEST_NAMED: usize = 5;
        const SHORTEST_WITH_ZERO: usize = 8;
        /// How far before it a word of telephones may stand: `هاتف رقم : 71`.
        const REACH: u32 = 3;
        let digits = self.doc.folded(token);
        if self.follows_plus(token) {
            return self.doc.is(last + 1, TokenClass::Number) || SHORTEST_INTERNATIONAL <= digits.len();
        }
        let named = || (1..=REACH).any(|n| self.doc.is_word(token.wrapping_sub(n), WordClass::Phone));
        digits.starts_with('0') && SHORTEST_WITH_ZERO <= digits.len() || SHORTEST_NAMED <= digits.len() && named()
    }
}
