//! Numbers of more than one number: decimals in words, fractions, dozens, ordinals of several words.

use khabar_core::Decimal;

use crate::chain::{Chain, Link, Step, power_of_ten};
use crate::classes::Classes;
use crate::item::{Atom, Sort};
use crate::phrase::{Phrases, Read};
use crate::words::{Class, Form};

impl Phrases<'_> {
    /// Whatever may follow a cardinal and belongs to it.
    pub(crate) fn completed(&self, read: Read) -> Read {
        if !self.may_go_on(read.last, read.next) {
            return read;
        }
        let read = self.with_decimals(read);
        let read = self.with_dozens(read);
        let read = self.with_fraction(read);
        self.out_of(read)
    }

    /// `خمسة فاصلة اثنان`, `1 فاصلة 25`, `صفر فاصل صفر واحد`.
    fn with_decimals(&self, read: Read) -> Read {
        let decimals = || -> Option<Read> {
            if self.linked(read.last, read.next, Link::Direct)?.class != Class::Point || !read.value.is_integer() {
                return None;
            }
            let (mut next, mut last) = (read.next + 1, self.atoms[read.next].token);
            let (mut digits, mut scale): (i128, u32) = (0, 0);
            while let Some(word) = self.linked(last, next, Link::Direct) {
                let digit = match word.class {
                    Class::Zero => 0,
                    Class::One => 1,
                    Class::Unit(n) => n,
                    _ => break,
                };
                digits = digits.checked_mul(10)?.checked_add(i128::from(digit))?;
                (next, last, scale) = (next + 1, self.atoms[next].token, scale + 1);
            }
            if scale < 2 {
                // One word, or figures: 5 and 25 are five tenths and twenty-five hundredths.
                let at = read.next + 1;
                self.linked(self.atoms[read.next].token, at, Link::Direct)?;
                let (value, after) = match self.atoms[at].word.class {
                    Class::Digits => (self.whole_figures(at)?, (at + 1, self.atoms[at].token)),
                    _ => self.group(at).map(|read| (read.value, (read.next, read.last)))?,
                };
                digits = i128::try_from(value).ok()?;
                scale = digits.checked_ilog10().map_or(1, |log| log + 1);
                if self.atoms[at].word.class == Class::Digits {
                    scale = self.folded(self.atoms[at].token).len() as u32;
                }
                (next, last) = after;
            }
            let fraction = Decimal::try_from_i128_with_scale(digits, scale).ok()?;
            let value = read.value.checked_add(fraction)?;
            Some(self.scaled(Read { value, next, last, ..read }))
        };
        decimals().unwrap_or(read)
    }

    /// The number words below a thousand from atom `at` on.
    fn group(&self, at: usize) -> Option<Read> {
        let mut chain = Chain::default();
        let (mut next, mut last, mut link) = (at, self.atoms.get(at)?.token, Link::First);
        while let Some(Atom { token, word }) = self.atoms.get(next).copied() {
            let scale = matches!(word.class, Class::Scale { .. } | Class::Digits);
            if scale || chain.step(word.class, link, None) != Step::Taken {
                break;
            }
            (next, last) = (next + 1, token);
            match self.link(last, next) {
                Some(more) => link = more,
                None => break,
            }
        }
        Some(Read::cardinal(chain.value()?, Decimal::ONE, next, last))
    }

    /// `ثلاث دزينات`.
    fn with_dozens(&self, read: Read) -> Read {
        let dozens = || {
            let word = self.linked(read.last, read.next, Link::Direct)?;
            if !matches!(word.class, Class::Dozen { count: 12, .. }) || word.article {
                return None;
            }
            let value = read.value.checked_mul(12.into())?;
            Some(Read { value, next: read.next + 1, last: self.atoms[read.next].token, ..read })
        };
        dozens().unwrap_or(read)
    }

    /// A share at atom `at`: `نصف`, `ثلثي`, `ثلاثة أرباع`, as an unreduced fraction.
    pub(crate) fn parts(&self, at: usize, link: Link) -> Option<Read> {
        let Atom { token, word } = *self.atoms.get(at)?;
        let read = |value: u16, denominator: u8, next, last| {
            let read = Read::cardinal(value.into(), Decimal::ONE, next, last);
            Some(Read { sort: Sort::Fraction, denominator: denominator.into(), ..read })
        };
        match word.class {
            // ثلثا before the genitive is a dual.
            Class::Part(3) if self.folded(token).ends_with("ثلثا") && self.folded(token + 1).starts_with("ال") => {
                read(2, 3, at + 1, token)
            }
            Class::Part(n) => read(1, n, at + 1, token),
            Class::Parts(n) => read(2, n, at + 1, token),
            Class::Tens(50) if is_damma_first(self.doc.surface(token as usize)) => read(2, 5, at + 1, token),
            Class::Unit(_) | Class::Ten | Class::Digits if link != Link::Direct => {
                let many = self.linked(token, at + 1, Link::Direct)?;
                let Class::Many(denominator) = many.class else { return None };
                let count = match word.class {
                    Class::Unit(n) => n.into(),
                    Class::Ten => 10,
                    _ => u16::try_from(self.whole_figures(at)?).ok()?,
                };
                read(count, denominator, at + 2, self.atoms[at + 1].token)
            }
            _ => None,
        }
    }

    /// A fraction that stands by itself, or counts a scale word: `نصف مليون`.
    pub(crate) fn fraction(&self, at: usize) -> Option<Read> {
        let read = self.scaled(self.parts(at, Link::First)?);
        // ثمن is a price more often than an eighth: only a vowel or what it counts tells.
        let word = self.atoms[at].word;
        let eighth = word.class == Class::Part(8) && read.sort == Sort::Fraction;
        let surface = self.doc.surface(self.atoms[at].token as usize);
        let colloquial = word.colloquial && read.next == at + 1;
        let vocalised = || is_damma_first(surface.trim_start_matches(['و', 'ب', 'ا', 'ل']));
        // `نص` is a text more often than a half.
        (!colloquial && (!eighth || vocalised())).then_some(read)
    }

    /// A fraction or a decimal times the scale word or dozen after it.
    pub(crate) fn scaled(&self, read: Read) -> Read {
        let scaled = || -> Option<Read> {
            let word = self.linked(read.last, read.next, Link::Direct)?;
            let scale = match word.class {
                Class::Scale { power, form: Form::Singular | Form::Accusative } => power_of_ten(power)?,
                Class::Dozen { plural: false, count: 12 } if !word.article => 12.into(),
                _ => return None,
            };
            let product = read.value.checked_mul(scale)?;
            let (next, last) = (read.next + 1, self.atoms[read.next].token);
            if (product % read.denominator).is_zero() {
                let value = product.checked_div(read.denominator)?;
                Some(Read { scale, ..Read::cardinal(value, scale, next, last) })
            } else {
                Some(Read { value: product, scale, next, last, ..read })
            }
        };
        scaled().unwrap_or(read)
    }

    /// `واحد ونصف`, `عشرون وثلاثة أخماس`; after a scale word the fraction is of that: `مليون ونصف المليون`.
    fn with_fraction(&self, read: Read) -> Read {
        let mixed = || -> Option<Read> {
            let first = self.linked(read.last, read.next, Link::And)?;
            let part = self.parts(read.next, Link::And)?;
            if first.article || !read.value.is_integer() {
                return None;
            }
            let numerator = part.value.checked_mul(read.scale)?;
            let (mut next, mut last) = (part.next, part.last);
            if Decimal::ONE < read.scale {
                let same = self.linked(last, next, Link::Direct).is_some_and(
                    |word| matches!(word.class, Class::Scale { power, .. } if power_of_ten(power) == Some(read.scale)),
                );
                if same {
                    (next, last) = (next + 1, self.atoms[next].token);
                }
                if (numerator % part.denominator).is_zero() {
                    let value = read.value.checked_add(numerator.checked_div(part.denominator)?)?;
                    return Some(Read { value, next, last, ..read });
                }
            }
            let value = read.value.checked_mul(part.denominator)?.checked_add(numerator)?;
            Some(Read { sort: Sort::Fraction, value, denominator: part.denominator, next, last, ..read })
        };
        mixed().unwrap_or(read)
    }

    /// `واحد من ثلاثة`, `2000 على 3`, `عشرين جزءا من خمسة وعشرين`: a fraction of two cardinals.
    fn out_of(&self, read: Read) -> Read {
        let quotient = || -> Option<Read> {
            let share = self.linked(read.last, read.next, Link::Direct).is_some_and(|w| w.class == Class::Share);
            let (next, last) =
                if share { (read.next + 1, self.atoms[read.next].token) } else { (read.next, read.last) };
            let below = self.base(next, last, if share { &["من"] } else { &["من", "علي"] })?;
            // Figures on either side of `من` make a ratio, which keeps its two cardinals.
            let figures = |at: usize| self.atoms[at].word.class == Class::Digits;
            if self.folded(last + 1) == "من" && (figures(next) || figures(read.next - 1)) {
                return None;
            }
            let whole = read.value.is_integer() && Decimal::ZERO < below.value && read.sort == Sort::Cardinal;
            // `2017 على أربعة إصلاحات` divides nothing.
            let improper = below.value <= read.value && self.is_word(below.last + 1);
            let year = read.last.checked_sub(1).is_some_and(|before| Classes::YEAR.has(self.folded(before)));
            if !whole || year || improper || self.folded(last + 1) == "من" && below.value <= read.value {
                return None;
            }
            Some(Read { sort: Sort::Fraction, denominator: below.value, next: below.next, last: below.last, ..read })
        };
        quotient().unwrap_or(read)
    }

    fn is_word(&self, token: u32) -> bool {
        self.doc.tokens.get(token as usize).is_some_and(|t| t.class == khabar_core::TokenClass::Arabic as u8)
    }

    /// The cardinal after one of these prepositions, which stands right after token `last`.
    fn base(&self, next: usize, last: u32, prepositions: &[&str]) -> Option<Read> {
        let atom = self.atoms.get(next)?;
        if atom.token != last + 2 || atom.word.skip != 0 || atom.word.article {
            return None;
        }
        if !prepositions.contains(&self.folded(last + 1)) {
            return None;
        }
        let figures = match atom.word.class {
            Class::Digits => Some(Read::cardinal(self.whole_figures(next)?, Decimal::ONE, next + 1, atom.token)),
            _ => None,
        };
        self.chain(next, figures, false).map(|(_, read)| read)
    }

    /// `جزء من مئة`.
    pub(crate) fn share(&self, at: usize) -> Option<Read> {
        let below = self.base(at + 1, self.atoms[at].token, &["من"])?;
        let numerator =
            Read { denominator: below.value, ..Read::cardinal(Decimal::ONE, Decimal::ONE, below.next, below.last) };
        let round = Decimal::TEN <= below.value && self.atoms[at + 1].word.class != Class::Digits;
        round.then_some(Read { sort: Sort::Fraction, ..numerator })
    }

    /// An ordinal: `ثالث`, `الثالث عشر`, `الثالث والعشرين`, `الثالث والعشرين بعد المئة`.
    pub(crate) fn ordinal(&self, at: usize) -> Option<Read> {
        let Atom { token, word } = self.atoms[at];
        let unit = match word.class {
            Class::Ordinal(n) => u16::from(n),
            Class::First | Class::One => 1,
            _ => return None,
        };
        let (mut value, mut next, mut last) = (Decimal::from(unit), at + 1, token);
        let follows = |link| self.linked(last, next, link).map(|word| word.class);
        let grown = match (follows(Link::Direct), follows(Link::And)) {
            (Some(Class::Ten), _) if unit < 10 && word.class != Class::One => Some(10),
            (_, Some(Class::Tens(tens))) if unit < 10 => Some(tens),
            _ => None,
        };
        match grown {
            Some(tens) => {
                value += Decimal::from(tens);
                (next, last) = (next + 1, self.atoms[next].token);
            }
            None if matches!(word.class, Class::First | Class::One) => return None,
            None => {}
        }
        if let Some((hundreds, after, end)) = self.after_hundreds(next, last) {
            value = value.checked_add(hundreds)?;
            (next, last) = (after, end);
        }
        Some(Read { sort: Sort::Ordinal, ..Read::cardinal(value, Decimal::ONE, next, last) })
    }

    /// `بعد المئة` after an ordinal.
    pub(crate) fn after_hundreds(&self, next: usize, last: u32) -> Option<(Decimal, usize, u32)> {
        let atom = self.atoms.get(next)?;
        if atom.token != last + 2 || self.folded(last + 1) != "بعد" || !atom.word.article {
            return None;
        }
        let large = matches!(atom.word.class, Class::Hundred | Class::Hundreds(_) | Class::Scale { .. });
        let (_, read) = self.chain(next, None, false).filter(|_| large)?;
        Some((read.value, read.next, read.last))
    }

    /// A definite cardinal that an ordinal goes on from (`المئة والخامسة والعشرون`) or that is one by its form
    /// (`الواحد والعشرون`, `العشرون بعد المئة`).
    pub(crate) fn ordinal_after(&self, at: usize, read: &Read) -> Option<Read> {
        let ordinal =
            |value, next, last| Some(Read { sort: Sort::Ordinal, ..Read::cardinal(value, Decimal::ONE, next, last) });
        if let Some((hundreds, next, last)) = self.after_hundreds(read.next, read.last) {
            return ordinal(read.value.checked_add(hundreds)?, next, last);
        }
        if self.atoms[at].word.class == Class::One && Decimal::TEN < read.value && read.value < Decimal::ONE_HUNDRED {
            return ordinal(read.value, read.next, read.last);
        }
        let hundreds = (read.value % Decimal::ONE_HUNDRED).is_zero();
        let word = self.linked(read.last, read.next, Link::And).filter(|word| hundreds && word.article)?;
        matches!(word.class, Class::Ordinal(_) | Class::First).then_some(())?;
        let rest = self.ordinal(read.next)?;
        ordinal(read.value.checked_add(rest.value)?, rest.next, rest.last)
    }
}

/// Whether the first letter carries a damma: `خُمس` is a fifth, `خَمس` five.
pub(crate) fn is_damma_first(surface: &str) -> bool {
    let surface = surface.trim_start_matches('و');
    surface.chars().nth(1) == Some('\u{64f}')
}
