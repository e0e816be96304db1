//! The grammar of a cardinal: how number words and digits that stand together make one number.
//!
//! A number is a sum of *parts*, each a *group* below a thousand (`ثلاث مئة وخمسة وعشرون`, or digits) times a scale
//! word (`ألف`, `ملايين`), scales falling from part to part. A group is hundreds, then a teen, or a unit and tens in
//! this order. Classical Arabic also counts upwards (`ثلاث وستين وتسعمائة وألف`); that is read where nothing else fits.

use khabar_core::Decimal;

use crate::lexicon::{Numeral, ScaleForm};

/// How a number word follows the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// It is the first.
    First,
    /// Nothing stands between them.
    Direct,
    /// `و` stands between them.
    And,
}

/// What a step did with a number word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// It is part of the number.
    Taken,
    /// It begins something else, as does the group that is open: the number ends before that group.
    SplitGroup,
    /// It begins something else together with the word before it: the number ends before that word.
    SplitLast,
    /// It begins something else.
    Stop,
}

/// A number as far as it has been read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CardinalParser {
    /// Sum of the closed parts.
    total: Decimal,
    /// The last closed part, and the powers that bound what may follow it.
    part: Option<Part>,
    group: Group,
    /// Reads upwards: units, tens, hundreds, thousands.
    rising: bool,
    /// A scale word multiplied nothing yet: `ألفا` alone, which may be a dual.
    bare_accusative: bool,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    value: Decimal,
    /// Its scale, 1000 or more.
    scale: Decimal,
    /// The scale of the part before it.
    bound: Option<Decimal>,
    /// Its number before the scale is a round hundred (`مئة ألف وألف` goes on with one more thousand).
    round: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Group {
    #[default]
    Empty,
    /// Number words: hundreds, tens, units.
    Words { hundreds: u16, tens: u16, units: u16 },
    /// Digits, which take no unit or tens.
    Digits(Decimal),
}

impl CardinalParser {
    /// The number so far, without the open group.
    pub(crate) fn closed(&self) -> Option<Decimal> {
        self.part.map(|_| self.total)
    }

    /// The number so far, without the unit that was taken last.
    pub(crate) fn without_unit(&self) -> Option<Decimal> {
        match self.group {
            Group::Words { hundreds, .. } => self.total.checked_add(hundreds.into()),
            _ => None,
        }
    }

    /// The number so far; `None` before anything was taken.
    pub(crate) fn value(&self) -> Option<Decimal> {
        match (self.part, self.group.value()) {
            (None, None) => None,
            (_, group) => self.total.checked_add(group.unwrap_or_default()),
        }
    }

    /// The open group.
    pub(crate) fn group(&self) -> Option<Decimal> {
        self.group.value()
    }

    /// The scale of the last part when no group follows it, else 1: what `ونصف` halves.
    pub(crate) fn last_scale(&self) -> Decimal {
        match (self.part, self.group) {
            (Some(part), Group::Empty) => part.scale,
            _ => Decimal::ONE,
        }
    }

    /// Whether the number is a lone `ألفا`, `مليونا`: one in the accusative, or two before a genitive.
    pub(crate) const fn bare_accusative(&self) -> bool {
        self.bare_accusative
    }

    /// Takes the next number word or refuses it.
    pub(crate) fn step(&mut self, numeral: Numeral, link: Link, digits: Option<Decimal>) -> Step {
        let taken = match numeral {
            Numeral::Digits => digits.is_some_and(|value| self.take_digits(value, link)),
            Numeral::Scale { power, form } => return self.take_scale(power, form, link),
            Numeral::Hundred if link == Link::Direct => return self.take_hundred(),
            Numeral::Ten if link == Link::Direct => self.take_second_half_of_teen(),
            _ => link != Link::Direct && self.take_word(numeral, link),
        };
        if taken { Step::Taken } else { Step::Stop }
    }

    /// Whether a group may follow what is closed.
    fn open(&self) -> bool {
        !self.rising || self.part.is_none()
    }

    fn take_digits(&mut self, value: Decimal, link: Link) -> bool {
        match (link, self.group, self.part) {
            (Link::First, ..) => {}
            // 12 ألفا و500
            (Link::And, Group::Empty, Some(part)) if value < part.scale && value.is_integer() && self.open() => {}
            // 80 ألف 696
            (Link::Direct, Group::Empty, Some(part))
                if Decimal::ONE_HUNDRED <= value
                    && value < Decimal::ONE_THOUSAND
                    && value < part.scale
                    && self.open() => {}
            _ => return false,
        }
        self.group = Group::Digits(value);
        true
    }

    fn take_word(&mut self, numeral: Numeral, link: Link) -> bool {
        let (hundreds, tens, units) = match numeral {
            Numeral::Zero => (0, 0, 0),
            Numeral::One | Numeral::OneOfEleven => (0, 0, 1),
            Numeral::TwoOfTwelve => (0, 0, 2),
            Numeral::Unit(n) => (0, 0, u16::from(n)),
            Numeral::Ten => (0, 10, 0),
            Numeral::Teen(n) => (0, 10, u16::from(n) - 10),
            Numeral::Tens(n) => (0, u16::from(n), 0),
            Numeral::Hundred => (100, 0, 0),
            Numeral::Hundreds(n) => (n, 0, 0),
            _ => return false,
        };
        let Some(grown) = (match self.group {
            Group::Empty => (self.open() && (numeral != Numeral::Zero || link == Link::First))
                .then_some(Group::Words { hundreds, tens, units }),
            Group::Digits(_) => None,
            Group::Words { hundreds: h, tens: t, units: u } => {
                let fits = match numeral {
                    // Tens follow a unit or a bare hundred: not ten, not a teen.
                    Numeral::Tens(_) => t == 0 && (u != 0 || h != 0),
                    Numeral::One
                    | Numeral::OneOfEleven
                    | Numeral::TwoOfTwelve
                    | Numeral::Unit(_)
                    | Numeral::Ten
                    | Numeral::Teen(_) => t == 0 && u == 0 && h != 0,
                    // Upwards: hundreds after a compound of unit and tens.
                    Numeral::Hundred | Numeral::Hundreds(_) => {
                        let compound = h == 0 && t != 0 && u != 0 && self.part.is_none();
                        self.rising |= compound;
                        compound
                    }
                    _ => false,
                };
                fits.then_some(Group::Words { hundreds: h + hundreds, tens: t + tens, units: u + units })
            }
        }) else {
            return false;
        };
        self.group = grown;
        true
    }

    /// `عشر` right after a unit: 11 to 19.
    fn take_second_half_of_teen(&mut self) -> bool {
        match &mut self.group {
            Group::Words { tens: tens @ 0, units: 1..=9, .. } => {
                *tens = 10;
                true
            }
            _ => false,
        }
    }

    /// `مئة` right after a unit: 300 to 900.
    fn take_hundred(&mut self) -> Step {
        match self.group {
            Group::Words { hundreds: 0, tens: 0, units: units @ 2..=9 } => {
                self.group = Group::Words { hundreds: units * 100, tens: 0, units: 0 };
                Step::Taken
            }
            // The unit began a number of its own: `مئة وثلاث مئة`.
            Group::Words { hundreds: 1.., tens: 0, units: 2..=9 } => Step::SplitLast,
            _ => Step::Stop,
        }
    }

    fn take_scale(&mut self, power: u8, form: ScaleForm, link: Link) -> Step {
        let Some(scale) = power_of_ten(power) else { return Step::Stop };
        let one_or_two = if form == ScaleForm::Dual { Decimal::TWO } else { Decimal::ONE };
        if link == Link::Direct && form != ScaleForm::Dual {
            return match (self.group.value(), self.part) {
                (Some(count), part) => {
                    let bound = part.map(|part| part.scale);
                    let fits =
                        count.checked_mul(scale).filter(|value| bound.is_none_or(|b| *value < b) && !self.rising);
                    match fits {
                        Some(value) if count != Decimal::ZERO => self.close(value, scale, bound, is_round(count)),
                        _ if part.is_some() => Step::SplitGroup,
                        _ => Step::Stop,
                    }
                }
                // ألف مليون
                (None, Some(part)) => {
                    let value = part.value.checked_mul(scale).filter(|v| part.bound.is_none_or(|b| *v < b));
                    let rest = self.total.checked_sub(part.value);
                    match (value, rest) {
                        (Some(value), Some(rest)) => {
                            self.total = rest;
                            self.bare_accusative = false;
                            let scale = part.scale.checked_mul(scale).unwrap_or(scale);
                            self.close(value, scale, part.bound, false)
                        }
                        _ => Step::Stop,
                    }
                }
                (None, None) => Step::Stop,
            };
        }
        if link == Link::Direct || form == ScaleForm::Plural {
            return Step::Stop;
        }
        let Some(value) = scale.checked_mul(one_or_two) else { return Step::Stop };
        match (link, self.group, self.part) {
            (Link::First, ..) => {
                self.bare_accusative = form == ScaleForm::Accusative;
                self.close(value, scale, None, false)
            }
            // مليون وألف; مئة ألف وألفان
            (_, Group::Empty, Some(part)) if value < part.scale || part.scale == scale && part.round => {
                self.close(value, scale, Some(part.scale), false)
            }
            // ثلاث وستين وتسعمائة وألف
            (_, Group::Words { units: 1.., tens: 10.., .. }, None) => {
                self.rising = true;
                let group = self.group.value().unwrap_or_default();
                self.group = Group::Empty;
                self.total = group;
                self.close(value, scale, None, false)
            }
            _ => Step::Stop,
        }
    }

    fn close(&mut self, value: Decimal, scale: Decimal, bound: Option<Decimal>, round: bool) -> Step {
        let Some(total) = self.total.checked_add(value) else { return Step::Stop };
        self.total = total;
        self.group = Group::Empty;
        self.part = Some(Part { value, scale, bound, round });
        Step::Taken
    }
}

impl Group {
    fn value(self) -> Option<Decimal> {
        match self {
            Self::Empty => None,
            Self::Words { hundreds, tens, units } => Some(Decimal::from(hundreds + tens + units)),
            Self::Digits(value) => Some(value),
        }
    }
}

fn is_round(count: Decimal) -> bool {
    (count % Decimal::ONE_HUNDRED).is_zero()
}

/// Ten to a power that a scale word names.
pub(crate) fn power_of_ten(power: u8) -> Option<Decimal> {
    10_i128.checked_pow(u32::from(power)).and_then(|value| Decimal::try_from_i128_with_scale(value, 0).ok())
}

#[cfg(test)]
mod tests {
    use khabar_arabic::fold;

    use super::*;
    use crate::lexicon::{Lexicon, NumberWord};

    /// The value of words given with `و` written apart, and how many of them it took.
    fn read(text: &str) -> (Option<Decimal>, usize) {
        let tagger = Lexicon::get().expect("is read").numerals.tagger();
        let mut chain = CardinalParser::default();
        let mut taken = 0;
        for (at, word) in text.split(' ').enumerate() {
            let tag = tagger.word(&fold(word)).expect("a number word");
            let NumberWord::Numeral { numeral, .. } = tag.meaning else { panic!("{word} is no number word") };
            let link = match at {
                0 => Link::First,
                _ if tag.clitics.has_conjunction() => Link::And,
                _ => Link::Direct,
            };
            match chain.step(numeral, link, None) {
                Step::Taken => taken += 1,
                Step::SplitGroup => return (chain.closed(), taken),
                Step::SplitLast => return (chain.without_unit(), taken),
                Step::Stop => break,
            }
        }
        (chain.value(), taken)
    }

    #[test]
    fn numbers_below_a_million() {
        for (text, wanted) in [
            ("ثلاثمئة وخمسة وعشرون", 325),
            ("ثلاث مئة وخمس عشرة", 315),
            ("مئتا ألف وخمسمئة", 200_500),
            ("ثلاثة وثمانون ألفا وثلاثمائة وسبعة وتسعون", 83_397),
            ("مئة ألف وألفان", 102_000),
            ("ثلاث وستين وتسعمائة وألف", 1963),
        ] {
            assert_eq!(read(text), (Some(Decimal::from(wanted)), text.split(' ').count()), "{text}");
        }
    }

    #[test]
    fn what_begins_another_number() {
        assert_eq!(read("ألف وخمسة آلاف"), (Some(1000.into()), 2), "five thousand is a second number");
        assert_eq!(read("ثلاثمائة ومائتين"), (Some(300.into()), 1));
        assert_eq!(read("عشرة وعشرون"), (Some(10.into()), 1));
        assert_eq!(read("مئة وثلاث مئة"), (Some(100.into()), 2));
    }

    #[test]
    fn scales_multiply_until_they_are_too_large() {
        assert_eq!(read("ألف مليون").0, Decimal::from_str_exact("1000000000").ok());
        assert_eq!(read("خمسمئة ألف مليون").0, Decimal::from_str_exact("500000000000").ok());
        assert_eq!(read(&vec!["مليون"; 50].join(" ")).1, 4);
    }
}
