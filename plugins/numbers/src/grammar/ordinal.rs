//! Ordinals of one or several words.

use khabar_core::Decimal;

use super::cardinal::Link;
use super::{Parse, Parser};
use crate::lexicon::{Numeral, WordClass};
use crate::number_expr::Kind;

impl Parser<'_> {
    /// An ordinal: `ثالث`, `الثالث عشر`, `الثالث والعشرين`, `الثالث والعشرين بعد المئة`.
    pub(super) fn ordinal(&self, at: usize) -> Option<Parse> {
        let word = self.tokens[at];
        let unit = match word.numeral {
            Numeral::Ordinal(n) => u16::from(n),
            Numeral::FirstOfCompound | Numeral::One => 1,
            _ => return None,
        };
        let (mut value, mut next, mut last) = (Decimal::from(unit), at + 1, word.token);
        let follows = |link| self.linked(last, next, link).map(|word| word.numeral);
        let grown = match (follows(Link::Direct), follows(Link::And)) {
            (Some(Numeral::Ten), _) if unit < 10 && word.numeral != Numeral::One => Some(10),
            (_, Some(Numeral::Tens(tens))) if unit < 10 => Some(tens),
            _ => None,
        };
        match grown {
            Some(tens) => {
                value += Decimal::from(tens);
                (next, last) = (next + 1, self.tokens[next].token);
            }
            None if matches!(word.numeral, Numeral::FirstOfCompound | Numeral::One) => return None,
            None => {}
        }
        if let Some((hundreds, after, end)) = self.after_hundreds(next, last) {
            value = value.checked_add(hundreds)?;
            (next, last) = (after, end);
        }
        Some(Parse { kind: Kind::Ordinal, ..Parse::cardinal(value, Decimal::ONE, next, last) })
    }

    /// `بعد المئة` after an ordinal.
    pub(super) fn after_hundreds(&self, next: usize, last: u32) -> Option<(Decimal, usize, u32)> {
        let number = self.tokens.get(next)?;
        if number.token != last + 2 || !self.doc.is_word(last + 1, WordClass::Beyond) || !number.clitics.has_article() {
            return None;
        }
        let large = matches!(number.numeral, Numeral::Hundred | Numeral::Hundreds(_) | Numeral::Scale { .. });
        let (_, parse) = self.chain(next, None, false).filter(|_| large)?;
        Some((parse.value, parse.next, parse.last))
    }

    /// A definite cardinal that an ordinal goes on from (`المئة والخامسة والعشرون`) or that is one by its form
    /// (`الواحد والعشرون`, `العشرون بعد المئة`).
    pub(super) fn ordinal_after(&self, at: usize, parse: &Parse) -> Option<Parse> {
        let ordinal =
            |value, next, last| Some(Parse { kind: Kind::Ordinal, ..Parse::cardinal(value, Decimal::ONE, next, last) });
        if let Some((hundreds, next, last)) = self.after_hundreds(parse.next, parse.last) {
            return ordinal(parse.value.checked_add(hundreds)?, next, last);
        }
        if self.tokens[at].numeral == Numeral::One && Decimal::TEN < parse.value && parse.value < Decimal::ONE_HUNDRED {
            return ordinal(parse.value, parse.next, parse.last);
        }
        let hundreds = (parse.value % Decimal::ONE_HUNDRED).is_zero();
        let word =
            self.linked(parse.last, parse.next, Link::And).filter(|word| hundreds && word.clitics.has_article())?;
        matches!(word.numeral, Numeral::Ordinal(_) | Numeral::FirstOfCompound).then_some(())?;
        let rest = self.ordinal(parse.next)?;
        ordinal(parse.value.checked_add(rest.value)?, rest.next, rest.last)
    }
}
