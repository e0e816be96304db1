//! Shares of a hundred.

use khabar_core::{Decimal, TokenClass};
use khabar_extractor::Span;
use khabar_lexicon::Clitics;

use super::amount::{Amount, AmountKind, Amounts, Measured};
use crate::lexicon::{Measure, WordClass};
use crate::number_expr::NumberExpr;

impl Amounts<'_> {
    /// `5%`, `خمسة في المئة`, `نصف نقطة مئوية`.
    pub(super) fn percent(&self, measured: Measured<'_>) -> Option<Amount> {
        let number = measured.number;
        match measured.measure? {
            (Measure::Percent, end) if measured.same_line || self.sign_before(number).is_some() => {
                Some(self.up_to(number, end, AmountKind::Percent, Some(number.decimal()?)))
            }
            _ => None,
        }
    }

    /// `50 نقطة أساس`.
    pub(super) fn basis_points(&self, measured: Measured<'_>) -> Option<Amount> {
        let (Measure::BasisPoint, end) = measured.behind()? else { return None };
        let value = measured.number.decimal()?.checked_div(Decimal::ONE_HUNDRED)?;
        Some(self.up_to(measured.number, end, AmountKind::Percent, Some(value)))
    }

    /// `%4,75`, unless the sign belongs to the number before it: `3% 5`.
    pub(super) fn percent_behind_sign(&self, number: &NumberExpr) -> Option<Amount> {
        let sign = self.sign_before(number).filter(|_| number.digits)?;
        if self.doc.is(sign.wrapping_sub(1), TokenClass::Number) {
            return None;
        }
        Some(Amount {
            kind: AmountKind::Percent,
            rule: "",
            value: Some(number.decimal()?),
            span: Span::new(self.doc.part(sign, 0).start, number.span.end),
            first: sign,
            last: number.last,
            clitics: Clitics::NONE,
            parts: 1,
        })
    }

    fn sign_before(&self, number: &NumberExpr) -> Option<u32> {
        number.first.checked_sub(1).filter(|sign| self.doc.is_word(*sign, WordClass::PercentSign))
    }
}
