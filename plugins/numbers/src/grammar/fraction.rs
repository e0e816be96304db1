//! Numbers of more than one number: decimals in words, fractions, dozens.

use khabar_core::{Decimal, TokenClass};
use khabar_lexicon::inflect::without_article;
use khabar_lexicon::spelling::has_damma_first;

use super::cardinal::{CardinalParser, Link, Step, power_of_ten};
use super::tag::NumberToken;
use super::{Parse, Parser};
use crate::lexicon::{Numeral, ScaleForm, WordClass, WordClasses};
use crate::number_expr::Kind;

/// What stands between a number and what it is a share of: `واحد من ثلاثة`, `2000 على 3`.
const OUT_OF: WordClasses = WordClasses::of(&[WordClass::Of, WordClass::Over]);

impl Parser<'_> {
    /// `خمسة فاصلة اثنان`, `1 فاصلة 25`, `صفر فاصل صفر واحد`.
    pub(super) fn decimals(&self, parse: Parse) -> Option<Parse> {
        if self.linked(parse.last, parse.next, Link::Direct)?.numeral != Numeral::DecimalPoint
            || !parse.value.is_integer()
        {
            return None;
        }
        let (mut next, mut last) = (parse.next + 1, self.tokens[parse.next].token);
        let (mut digits, mut scale): (i128, u32) = (0, 0);
        while let Some(word) = self.linked(last, next, Link::Direct) {
            let digit = match word.numeral {
                Numeral::Zero => 0,
                Numeral::One => 1,
                Numeral::Unit(n) => n,
                _ => break,
            };
            digits = digits.checked_mul(10)?.checked_add(i128::from(digit))?;
            (next, last, scale) = (next + 1, self.tokens[next].token, scale + 1);
        }
        if scale < 2 {
            // One word, or figures: 5 and 25 are five tenths and twenty-five hundredths.
            let at = parse.next + 1;
            self.linked(self.tokens[parse.next].token, at, Link::Direct)?;
            let (value, after) = match self.tokens[at].numeral {
                Numeral::Digits => (self.whole_figures(at)?, (at + 1, self.tokens[at].token)),
                _ => self.group(at).map(|parse| (parse.value, (parse.next, parse.last)))?,
            };
            digits = i128::try_from(value).ok()?;
            scale = digits.checked_ilog10().map_or(1, |log| log + 1);
            if self.tokens[at].numeral == Numeral::Digits {
                scale = self.doc.folded(self.tokens[at].token).len() as u32;
            }
            (next, last) = after;
        }
        let fraction = Decimal::try_from_i128_with_scale(digits, scale).ok()?;
        let value = parse.value.checked_add(fraction)?;
        Some(self.scaled(Parse { value, next, last, ..parse }))
    }

    /// The number words below a thousand from number token `at` on.
    fn group(&self, at: usize) -> Option<Parse> {
        let mut chain = CardinalParser::default();
        let (mut next, mut last, mut link) = (at, self.tokens.get(at)?.token, Link::First);
        while let Some(NumberToken { token, numeral, .. }) = self.tokens.get(next).copied() {
            let scale = matches!(numeral, Numeral::Scale { .. } | Numeral::Digits);
            if scale || chain.step(numeral, link, None) != Step::Taken {
                break;
            }
            (next, last) = (next + 1, token);
            match self.link(last, next) {
                Some(more) => link = more,
                None => break,
            }
        }
        Some(Parse::cardinal(chain.value()?, Decimal::ONE, next, last))
    }

    /// `ثلاث دزينات`.
    pub(super) fn dozens(&self, parse: Parse) -> Option<Parse> {
        let word = self.linked(parse.last, parse.next, Link::Direct)?;
        if !matches!(word.numeral, Numeral::Dozen(12) | Numeral::Dozens) || word.clitics.has_article() {
            return None;
        }
        let value = parse.value.checked_mul(12.into())?;
        Some(Parse { value, next: parse.next + 1, last: self.tokens[parse.next].token, ..parse })
    }

    /// A share at number token `at`: `نصف`, `ثلثي`, `ثلاثة أرباع`, as an unreduced fraction.
    pub(super) fn parts(&self, at: usize, link: Link) -> Option<Parse> {
        let NumberToken { token, numeral, .. } = *self.tokens.get(at)?;
        let share = |value: u16, denominator: u8, next, last| {
            let parse = Parse::cardinal(value.into(), Decimal::ONE, next, last);
            Some(Parse { kind: Kind::Fraction, denominator: denominator.into(), ..parse })
        };
        match numeral {
            // ثلثا before the genitive is a dual.
            Numeral::PartOrTwo(n) if without_article(self.doc.folded(token + 1)).is_some() => {
                share(2, n, at + 1, token)
            }
            Numeral::Part(n) | Numeral::PartOrTwo(n) => share(1, n, at + 1, token),
            Numeral::TwoParts(n) => share(2, n, at + 1, token),
            Numeral::Tens(50) if has_damma_first(self.doc.surface(token)) => share(2, 5, at + 1, token),
            Numeral::Unit(_) | Numeral::Ten | Numeral::Digits if link != Link::Direct => {
                let many = self.linked(token, at + 1, Link::Direct)?;
                let Numeral::Parts(denominator) = many.numeral else { return None };
                let count = match numeral {
                    Numeral::Unit(n) => n.into(),
                    Numeral::Ten => 10,
                    _ => u16::try_from(self.whole_figures(at)?).ok()?,
                };
                share(count, denominator, at + 2, self.tokens[at + 1].token)
            }
            _ => None,
        }
    }

    /// `ثلاثة أرباع`: parts that a number counts, alone or of a scale word.
    pub(super) fn counted_parts(&self, at: usize) -> Option<Parse> {
        self.parts(at, Link::First).map(|parts| self.scaled(parts))
    }

    /// A fraction that stands by itself, or counts a scale word: `نصف مليون`.
    pub(super) fn fraction(&self, at: usize) -> Option<Parse> {
        let parse = self.scaled(self.parts(at, Link::First)?);
        // ثمن is a price more often than an eighth: only a vowel or what it counts tells.
        let word = self.tokens[at];
        let eighth = word.numeral == Numeral::Part(8) && parse.kind == Kind::Fraction;
        let surface = self.doc.surface(self.tokens[at].token);
        let colloquial = word.colloquial && parse.next == at + 1;
        let vocalised = || has_damma_first(surface);
        // `نص` is a text more often than a half.
        (!colloquial && (!eighth || vocalised())).then_some(parse)
    }

    /// A fraction or a decimal times the scale word or dozen after it.
    pub(super) fn scaled(&self, parse: Parse) -> Parse {
        let scaled = || -> Option<Parse> {
            let word = self.linked(parse.last, parse.next, Link::Direct)?;
            let scale = match word.numeral {
                Numeral::Scale { power, form: ScaleForm::Singular | ScaleForm::Accusative } => power_of_ten(power)?,
                Numeral::Dozen(12) if !word.clitics.has_article() => 12.into(),
                _ => return None,
            };
            let product = parse.value.checked_mul(scale)?;
            let (next, last) = (parse.next + 1, self.tokens[parse.next].token);
            if (product % parse.denominator).is_zero() {
                let value = product.checked_div(parse.denominator)?;
                Some(Parse { scale, ..Parse::cardinal(value, scale, next, last) })
            } else {
                Some(Parse { value: product, scale, next, last, ..parse })
            }
        };
        scaled().unwrap_or(parse)
    }

    /// `واحد ونصف`, `عشرون وثلاثة أخماس`; after a scale word the fraction is of that: `مليون ونصف المليون`.
    pub(super) fn mixed(&self, parse: Parse) -> Option<Parse> {
        let first = self.linked(parse.last, parse.next, Link::And)?;
        let part = self.parts(parse.next, Link::And)?;
        if first.clitics.has_article() || !parse.value.is_integer() {
            return None;
        }
        let numerator = part.value.checked_mul(parse.scale)?;
        let (mut next, mut last) = (part.next, part.last);
        if Decimal::ONE < parse.scale {
            let same = self.linked(last, next, Link::Direct).is_some_and(
                |word| matches!(word.numeral, Numeral::Scale { power, .. } if power_of_ten(power) == Some(parse.scale)),
            );
            if same {
                (next, last) = (next + 1, self.tokens[next].token);
            }
            if (numerator % part.denominator).is_zero() {
                let value = parse.value.checked_add(numerator.checked_div(part.denominator)?)?;
                return Some(Parse { value, next, last, ..parse });
            }
        }
        let value = parse.value.checked_mul(part.denominator)?.checked_add(numerator)?;
        Some(Parse { kind: Kind::Fraction, value, denominator: part.denominator, next, last, ..parse })
    }

    /// `واحد من ثلاثة`, `2000 على 3`, `عشرين جزءا من خمسة وعشرين`: a fraction of two cardinals.
    pub(super) fn out_of(&self, parse: Parse) -> Option<Parse> {
        let share = self.linked(parse.last, parse.next, Link::Direct).is_some_and(|w| w.numeral == Numeral::Share);
        let (next, last) =
            if share { (parse.next + 1, self.tokens[parse.next].token) } else { (parse.next, parse.last) };
        let below = self.base(next, last, if share { WordClass::Of.set() } else { OUT_OF })?;
        let is_of = self.doc.is_word(last + 1, WordClass::Of);
        // Figures on either side of `من` make a ratio, which keeps its two cardinals.
        let figures = |at: usize| self.tokens[at].numeral == Numeral::Digits;
        if is_of && (figures(next) || figures(parse.next - 1)) {
            return None;
        }
        let whole = parse.value.is_integer() && Decimal::ZERO < below.value && parse.kind == Kind::Cardinal;
        // `2017 على أربعة إصلاحات` divides nothing.
        let is_improper = below.value <= parse.value;
        let counts = is_improper && self.doc.is(below.last + 1, TokenClass::Arabic);
        let is_year = self.doc.is_word(parse.last.wrapping_sub(1), WordClass::Year);
        if !whole || is_year || counts || is_of && is_improper {
            return None;
        }
        Some(Parse { kind: Kind::Fraction, denominator: below.value, next: below.next, last: below.last, ..parse })
    }

    /// The cardinal after one of these prepositions, which stands right after token `last`.
    fn base(&self, next: usize, last: u32, prepositions: WordClasses) -> Option<Parse> {
        let base = self.tokens.get(next)?;
        if base.token != last + 2 || !base.clitics.is_empty() || base.clitics.has_article() {
            return None;
        }
        if !self.doc.classes(last + 1).intersects(prepositions) {
            return None;
        }
        let figures = match base.numeral {
            Numeral::Digits => Some(Parse::cardinal(self.whole_figures(next)?, Decimal::ONE, next + 1, base.token)),
            _ => None,
        };
        self.chain(next, figures, false).map(|(_, parse)| parse)
    }

    /// `جزء من مئة`.
    pub(super) fn share(&self, at: usize) -> Option<Parse> {
        let below = self.base(at + 1, self.tokens[at].token, WordClass::Of.set())?;
        let numerator =
            Parse { denominator: below.value, ..Parse::cardinal(Decimal::ONE, Decimal::ONE, below.next, below.last) };
        let round = Decimal::TEN <= below.value && self.tokens[at + 1].numeral != Numeral::Digits;
        round.then_some(Parse { kind: Kind::Fraction, ..numerator })
    }
}
