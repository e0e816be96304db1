//! Numbers in digits: signs, groups parted by spaces, exponents, pairs, and what only looks like a number.

use khabar_core::{Decimal, Token, TokenClass, TokenFlags};

use crate::chain::Link;
use crate::classes::Classes;
use crate::digits::{self, Digits};
use crate::item::{Item, Sort};
use crate::measures::Measures;
use crate::phrase::{Phrases, Read};
use crate::separators::After;
use crate::words::Class;

impl Phrases<'_> {
    /// Reads the token of digits at an atom; returns the atom after what was read.
    pub(crate) fn figures(&self, at: usize, items: &mut Vec<Item>) -> usize {
        let token = self.atoms[at].token;
        if self.is_name_part(token) {
            return at + 1;
        }
        let digits = digits::read_within(self.doc.folded, self.doc.tokens[token as usize].folded_span());
        match digits {
            Digits::Number(reading) if self.is_clear(token, reading) && self.stands_alone(at) => {
                items.push(self.item(at, &Read::cardinal(reading.value, Decimal::ONE, at + 1, token)));
                at + 1
            }
            _ if self.is_clock(token) => at + 1,
            Digits::Other => at + 1,
            Digits::Dash(a, b) => {
                if !self.is_date_or_phone(token) {
                    self.dash(token, a, b, items);
                }
                at + 1
            }
            Digits::Slash(p, q) => {
                let fraction =
                    Read { denominator: q, sort: Sort::Fraction, ..Read::cardinal(p, Decimal::ONE, at + 1, token) };
                if !q.is_zero() && self.is_fraction(token, p, q) {
                    let read = self.scaled(fraction);
                    items.push(self.signed(at, read));
                } else if q.is_zero() || self.is_years(p, q) {
                    self.dash(token, p, q, items);
                }
                at + 1
            }
            Digits::Number(reading) => {
                let Some(read) = self.number(at, reading) else { return at + 1 };
                if self.is_phone(token, read.last) {
                    return self.after_figures(read.next, read.last);
                }
                let read = self.with_vulgar_fraction(read).unwrap_or(read);
                let read = match read.sort {
                    Sort::Cardinal => self.figures_on(at, read.value, read.next, read.last).unwrap_or(read),
                    _ => read,
                };
                items.push(self.signed(at, read));
                read.next
            }
        }
    }

    /// Whether digits can be read in one way only, whatever stands around them. No telephone number is so short.
    fn is_clear(&self, token: u32, reading: digits::Reading) -> bool {
        let short = self.doc.tokens[token as usize].folded_len < 5;
        short && reading.thousands.is_none() && (reading.plain || !self.is_clock(token))
    }

    /// Whether nothing around the digits of an atom could belong to them: so most stand.
    fn stands_alone(&self, at: usize) -> bool {
        let token = self.atoms[at].token;
        let glued = |at: u32| self.token(at).is_some_and(|t| !t.has(TokenFlags::SPACE_BEFORE));
        let signed = || {
            let before = token.checked_sub(1).map_or("", |before| self.folded(before));
            matches!(before, "+" | "-" | "\u{2212}" | "\u{2013}" | "." | "٫")
        };
        let goes_on = || match self.folded(token + 1) {
            "e" | "E" => true,
            mark => is_separator(mark) && glued(token + 2),
        };
        !(glued(token) && signed() || glued(token + 1) && goes_on() || self.may_go_on(token, at + 1))
    }

    /// The whole number in the digits of an atom, read as in any running text.
    pub(crate) fn whole_figures(&self, at: usize) -> Option<Decimal> {
        let token = self.atoms.get(at)?.token;
        match digits::read(self.folded(token)) {
            Digits::Number(reading) => {
                let value = self.resolved(reading, at + 1, token);
                value.is_integer().then_some(value)
            }
            _ => None,
        }
    }

    /// One number: the token, digit groups parted by spaces, an exponent.
    fn number(&self, at: usize, reading: digits::Reading) -> Option<Read> {
        let token = self.atoms[at].token;
        if let Some(read) = self.spaced_groups(at, reading) {
            return Some(read);
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
            next = self.atoms[next..].iter().position(|atom| end < atom.token).map_or(self.atoms.len(), |n| next + n);
        }
        if let Some(decimal) = self.leading_point(token, value, reading.digits) {
            value = decimal;
        }
        Some(Read::cardinal(value, Decimal::ONE, next, last))
    }

    /// `1 234 567.89`: a group of one to three digits, then groups of exactly three.
    fn spaced_groups(&self, at: usize, first: digits::Reading) -> Option<Read> {
        if !first.plain || 3 < first.digits || first.value.is_zero() {
            return None;
        }
        let mut read = Read::cardinal(first.value, Decimal::ONE, at + 1, self.atoms[at].token);
        while let Some(word) = self.linked(read.last, read.next, Link::Direct) {
            if word.class != Class::Digits || !read.value.is_integer() {
                break;
            }
            let token = self.atoms[read.next].token;
            let folded = self.folded(token);
            let group = folded.find(['.', ',', '،', '٫']).unwrap_or(folded.len());
            let spaced = self.doc.tokens[token as usize].has(TokenFlags::SPACE_BEFORE);
            if group != 3 || !spaced {
                break;
            }
            let Digits::Number(reading) = digits::read(folded) else { break };
            let Some(value) =
                read.value.checked_mul(Decimal::ONE_THOUSAND).and_then(|value| value.checked_add(reading.value))
            else {
                break;
            };
            read = Read { value, next: read.next + 1, last: token, ..read };
        }
        // A group of more than three digits after them: no thousands, but a list.
        let listed = self.linked(read.last, read.next, Link::Direct).is_some_and(|word| word.class == Class::Digits);
        (read.next != at + 1 && !listed).then_some(read)
    }

    /// A number that an invisible sign parted before its last separator.
    fn parted_by_control(&self, token: u32) -> Option<(digits::Reading, u32)> {
        let glued = |at: u32| self.token(at).is_some_and(|t| !t.has(TokenFlags::SPACE_BEFORE));
        let mark = self.folded(token + 1);
        if !glued(token + 1) || !glued(token + 2) || !is_separator(mark) {
            return None;
        }
        let rest = self.folded(token + 2);
        if self.token(token + 2)?.class() != TokenClass::Number || 40 < rest.len() + self.folded(token).len() {
            return None;
        }
        let reading = digits::number(&format!("{}{mark}{rest}", self.folded(token)))?;
        Some((reading, token + 2))
    }

    /// `e10`, `e-1` right after a number: the power of ten and the last token.
    fn exponent(&self, last: u32) -> Option<(i32, u32)> {
        let glued = |at: u32| self.token(at).filter(|t| !t.has(TokenFlags::SPACE_BEFORE));
        glued(last + 1)?;
        if !matches!(self.folded(last + 1), "e" | "E") {
            return None;
        }
        let (sign, end) = match self.folded(last + 2) {
            "+" => (1, last + 3),
            "-" => (-1, last + 3),
            _ => (1, last + 2),
        };
        glued(last + 2)?;
        glued(end)?;
        let power: i32 = self.folded(end).parse().ok()?;
        (power <= 28).then_some((sign * power, end))
    }

    /// `.25`: the point stands free before the digits.
    fn leading_point(&self, token: u32, value: Decimal, digits: u16) -> Option<Decimal> {
        if !self.has_leading_point(token) || !value.is_integer() {
            return None;
        }
        let mantissa = i128::try_from(value).ok()?;
        Decimal::try_from_i128_with_scale(mantissa, u32::from(digits)).ok()
    }

    fn has_leading_point(&self, token: u32) -> bool {
        let Some(before) = token.checked_sub(1) else { return false };
        matches!(self.folded(before), "." | "٫")
            && !self.doc.tokens[token as usize].has(TokenFlags::SPACE_BEFORE)
            && self.doc.tokens[before as usize].has(TokenFlags::SPACE_BEFORE)
    }

    /// The item of a number in digits with its sign and leading point.
    fn signed(&self, at: usize, read: Read) -> Item {
        let mut item = self.item(at, &read);
        if self.has_leading_point(item.first) {
            item.first -= 1;
            item.span.start = self.doc.tokens[item.first as usize].start;
        }
        let Some(before) = item.first.checked_sub(1) else { return item };
        let minus = self.doc.tokens[before as usize];
        let opens = minus.has(TokenFlags::SPACE_BEFORE) || before.checked_sub(1).is_some_and(|b| self.folded(b) == "(");
        let glued = !self.doc.tokens[item.first as usize].has(TokenFlags::SPACE_BEFORE);
        if glued
            && opens
            && matches!(self.folded(before), "-" | "\u{2212}" | "\u{2013}")
            && !self.is_bullet(before, item.last)
        {
            item.value = -item.value;
            item.first = before;
            item.span.start = minus.start;
        }
        item
    }

    /// `-5 أشخاص` at the start of a line is an item of a list.
    fn is_bullet(&self, minus: u32, last: u32) -> bool {
        let word = |t: Token| t.class() == TokenClass::Arabic && !t.has(TokenFlags::LINE_START);
        self.doc.tokens[minus as usize].has(TokenFlags::LINE_START) && self.token(last + 1).is_some_and(word)
    }

    /// `2 1/4`.
    fn with_vulgar_fraction(&self, read: Read) -> Option<Read> {
        let word = self.linked(read.last, read.next, Link::Direct)?;
        if word.class != Class::Digits || !read.value.is_integer() {
            return None;
        }
        let token = self.atoms[read.next].token;
        let Digits::Slash(p, q) = digits::read(self.folded(token)) else { return None };
        if q <= p || p.is_zero() || Decimal::ONE_HUNDRED < q {
            return None;
        }
        let value = read.value.checked_mul(q)?.checked_add(p)?;
        Some(Read { sort: Sort::Fraction, value, denominator: q, next: read.next + 1, last: token, ..read })
    }

    /// Two numbers in one token, an item each.
    fn dash(&self, token: u32, a: Decimal, b: Decimal, items: &mut Vec<Item>) {
        let folded = self.folded(token);
        let Some(left) = folded.find(['-', '\u{2013}', '/']) else { return };
        let sign = folded[left..].chars().next().map_or(1, char::len_utf8);
        let item = |value, span| Item {
            sort: Sort::Cardinal,
            value,
            denominator: Decimal::ONE,
            first: token,
            last: token,
            span,
            scale: Decimal::ONE,
            digits: true,
            skip: 0,
            conjunction: false,
            preposition: crate::words::Preposition::None,
        };
        let first = self.doc.part(token as usize, 0, folded.len() - left);
        let second = self.doc.part(token as usize, left + sign, 0);
        items.push(item(a, first));
        items.push(item(b, second));
    }

    /// Whether `p/q` is a share rather than a day and month or two years.
    fn is_fraction(&self, token: u32, p: Decimal, q: Decimal) -> bool {
        let day_and_month = p <= Decimal::from(31) && q <= Decimal::from(12);
        let before = token.checked_sub(1).map_or("", |before| self.folded(before));
        let dated = matches!(before, "يوم" | "بتاريخ" | "تاريخ" | "في" | "منذ" | "مساء" | "صباح" | "ليله");
        !(day_and_month && dated || self.is_years(p, q))
    }

    fn is_years(&self, p: Decimal, q: Decimal) -> bool {
        let year = |n: Decimal| Decimal::from(1800) <= n && n <= Decimal::from(2200);
        year(p) && (year(q) || q < Decimal::ONE_HUNDRED)
    }

    /// `1995-01` and the parts of a telephone number that has signs before or after it.
    fn is_date_or_phone(&self, token: u32) -> bool {
        let folded = self.folded(token);
        let more = matches!(self.folded(token + 1), "-" | "/")
            && self
                .token(token + 2)
                .is_some_and(|t| t.class() == TokenClass::Number && self.folded(token + 2).len() == 4);
        let year_month = folded.len() == 7
            && folded.as_bytes().get(4) == Some(&b'-')
            && folded.get(5..).is_some_and(|month| ("01"..="12").contains(&month));
        more || year_month || self.is_phone(token, token)
    }

    /// `الساعة 16.00`: a clock time with a point.
    fn is_clock(&self, token: u32) -> bool {
        let hours_before = || {
            let before = token.checked_sub(1).map_or("", |before| self.folded(before));
            matches!(before, "الساعه" | "ساعه" | "س")
        };
        match self.folded(token).as_bytes() {
            [_, b'.', minute @ ..] | [_, _, b'.', minute @ ..] => {
                minute.len() == 2 && minute < b"60".as_slice() && hours_before()
            }
            _ => false,
        }
    }

    /// A letter stands right before the digits, or a dash ties them to a word: `F16`, `كوفيد-19`.
    fn is_name_part(&self, token: u32) -> bool {
        let glued = |at: u32| self.token(at).is_some_and(|t| !t.has(TokenFlags::SPACE_BEFORE));
        let class = |at: u32| self.token(at).map(|t| t.class());
        if !glued(token) {
            return false;
        }
        let Some(before) = token.checked_sub(1) else { return false };
        match class(before) {
            Some(TokenClass::Arabic) => {
                // م2, كلم3: the power of a unit. إتش7إن9: letters and digits by turns are a name.
                let power = matches!(self.folded(token), "2" | "3" | "²" | "³");
                let unit = matches!(self.folded(before), "م" | "كم" | "كلم" | "سم" | "مم");
                let turns = self.folded(before).len() == 4
                    && glued(before)
                    && before.checked_sub(1).is_some_and(|n| class(n) == Some(TokenClass::Number) && glued(n));
                let turned = glued(token + 1)
                    && glued(token + 2)
                    && class(token + 1) == Some(TokenClass::Arabic)
                    && self.folded(token + 1).len() == 4
                    && class(token + 2) == Some(TokenClass::Number);
                power && unit || turned || turns && before.checked_sub(2).and_then(class) == Some(TokenClass::Arabic)
            }
            Some(TokenClass::Word) => !matches!(self.folded(before), "US" | "e" | "E"),
            Some(TokenClass::Punctuation) if self.folded(before) == "-" && glued(before) => before
                .checked_sub(1)
                .is_some_and(|word| matches!(class(word), Some(TokenClass::Word | TokenClass::Arabic))),
            Some(TokenClass::Punctuation) => matches!(self.folded(before), "_" | "/") && glued(before),
            _ => false,
        }
    }

    /// Digits that name a line or an account: `+216 71 ...`, or eight and more of them after `هاتف`, `رقم`.
    fn is_phone(&self, token: u32, last: u32) -> bool {
        let before = |n: u32| token.checked_sub(n).map_or("", |before| self.folded(before));
        if before(1) == "+" && !self.doc.tokens[token as usize].has(TokenFlags::SPACE_BEFORE) {
            let more = self.token(last + 1).is_some_and(|t| t.class() == TokenClass::Number);
            return more || 6 < self.folded(token).len();
        }
        let digits = self.folded(token).len();
        let named = 5 <= digits && (1..=3).any(|n| Classes::PHONE.has(before(n)));
        let led = self.folded(token).starts_with('0') && 8 <= digits;
        led || named
    }

    /// The atom after all digits that follow one another from atom `next` on.
    fn after_figures(&self, next: usize, last: u32) -> usize {
        let run = self.atoms[next..].iter().zip(last + 1..);
        next + run.take_while(|(atom, token)| atom.token == *token && atom.word.class == Class::Digits).count()
    }

    /// The value of a number, what stands after it asked only where its separator can be read both ways.
    fn resolved(&self, reading: digits::Reading, next: usize, last: u32) -> Decimal {
        match reading.thousands {
            None => reading.value,
            Some(_) => self.separators.resolve(reading, self.after(next, last)),
        }
    }

    /// What stands after a number, for its separators.
    fn after(&self, next: usize, last: u32) -> After {
        if self.linked(last, next, Link::Direct).is_some_and(|word| matches!(word.class, Class::Scale { .. })) {
            return After::Scaled;
        }
        match self.folded(last + 1) {
            "%" | "٪" | "بالمئه" | "بالمائه" => After::Scaled,
            "د" => After::Thousandths,
            _ if Measures::get().counted(self.doc, last as usize + 1).is_some_and(|(c, _)| c.has_thousandths()) => {
                After::Thousandths
            }
            _ if matches!(self.folded(last + 2), "المئه" | "المائه") && self.folded(last + 1) == "في" => {
                After::Scaled
            }
            _ => After::Other,
        }
    }

    fn token(&self, at: u32) -> Option<Token> {
        self.doc.tokens.get(at as usize).copied()
    }
}

/// Whether a token is a mark that may part the digits of one number.
fn is_separator(mark: &str) -> bool {
    matches!(mark, "." | "," | "٫" | "،")
}

/// A number times a power of ten.
fn shifted(value: Decimal, power: i32) -> Option<Decimal> {
    let factor = crate::chain::power_of_ten(u8::try_from(power.unsigned_abs()).ok()?)?;
    if power < 0 { value.checked_div(factor) } else { value.checked_mul(factor) }
}
