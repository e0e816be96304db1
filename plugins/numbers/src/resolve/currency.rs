//! Currencies: which one a noun, a coin or a sign means.

use khabar_core::kinds::CurrencyCode;
use khabar_core::{Decimal, TokenClass, TokenFlags};
use khabar_extractor::Span;
use khabar_lexicon::Clitics;

use super::amount::{Amount, AmountKind, Amounts, Measured};
use crate::lexicon::{CoinId, CurrencyId, Measure, main_unit};
use crate::number_expr::NumberExpr;

/// The letter that tells the dirham of the Emirates from the dinar of Jordan.
const ALEF_WITH_HAMZA_BELOW: char = '\u{625}';

impl Amounts<'_> {
    /// `3 ملايين دولار`, `231 مليما`.
    pub(super) fn money(&mut self, measured: Measured<'_>) -> Option<Amount> {
        let (measure, end) = measured.behind()?;
        let (code, parts, end) = self.currency(measure, end)?;
        let value = match measured.number.decimal() {
            Some(value) => Some(main_unit(value, parts)?),
            None => None,
        };
        Some(Amount { parts, ..self.up_to(measured.number, end, AmountKind::Money(code), value) })
    }

    /// `8.5 م د`: millions of a currency.
    pub(super) fn millions(&self, measured: Measured<'_>) -> Option<Amount> {
        let (Measure::Million(code), end) = measured.behind()? else { return None };
        let value = measured.number.decimal().and_then(|value| value.checked_mul(1_000_000.into()));
        Some(self.up_to(measured.number, end, AmountKind::Money(Some(code)), value))
    }

    /// The currency code, the parts of its main unit, and the last token of a currency's noun, coin or sign.
    pub(super) fn currency(&mut self, measure: Measure, end: u32) -> Option<(Option<CurrencyCode>, u16, u32)> {
        match measure {
            Measure::Sign(code) => Some((Some(code), 1, end)),
            Measure::SignByHamza { above, below } => {
                // The alef is the last token but for a full stop.
                let is_below =
                    [end, end.wrapping_sub(1)].iter().any(|at| self.doc.surface(*at).contains(ALEF_WITH_HAMZA_BELOW));
                Some((Some(if is_below { below } else { above }), 1, end))
            }
            Measure::Currency(id) => {
                let (code, end) = match self.of_nationality(id, end) {
                    Some((code, end)) => (Some(code), end),
                    None => (self.alone(id), end),
                };
                Some((code, 1, end))
            }
            Measure::Coin(id) => {
                let (code, parts) = self.coin(id)?;
                Some((code, parts, end))
            }
            Measure::Unit(_) | Measure::Degree | Measure::Million(_) | Measure::Percent | Measure::BasisPoint => None,
        }
    }

    /// `دينار أردني`: the currency of the country whose adjective follows, and the last token.
    fn of_nationality(&self, id: CurrencyId, end: u32) -> Option<(CurrencyCode, u32)> {
        let measures = &self.doc.lexicon.measures;
        let (country, last) = measures.nationality(self.doc.doc, end + 1).filter(|_| self.doc.same_line(end + 1))?;
        Some((measures.currency(id)?.in_country(country)?, last))
    }

    /// A bare `دينار`: that of the document's country, else of the only country named whose currency it is.
    fn alone(&mut self, id: CurrencyId) -> Option<CurrencyCode> {
        let measures = &self.doc.lexicon.measures;
        let currency = measures.currency(id)?;
        let here = || self.doc.doc.country.and_then(|country| currency.in_country(country));
        if let Some(code) = currency.code.or_else(here) {
            return Some(code);
        }
        if let Some((_, code)) = self.named.iter().find(|(known, _)| *known == id) {
            return *code;
        }
        let code = measures.named_in(self.doc.doc, currency);
        self.named.push((id, code));
        code
    }

    /// The currency and the parts of a coin: its own, or those of the document's country.
    fn coin(&self, id: CoinId) -> Option<(Option<CurrencyCode>, u16)> {
        let measures = &self.doc.lexicon.measures;
        let coin = measures.coin(id)?;
        let here = || self.doc.doc.country.and_then(|country| measures.coin_in(coin, country));
        Some(match (coin.code, here()) {
            (Some(code), _) => (Some(code), coin.parts),
            (None, Some((code, parts))) => (Some(code), parts),
            (None, None) => (coin.otherwise, coin.parts),
        })
    }

    /// `$20`, `USD 20`.
    pub(super) fn behind_sign(&self, number: &NumberExpr) -> Option<Amount> {
        let sign = number.first.checked_sub(1).filter(|_| number.digits)?;
        // A sign or a code: most words before a number are neither.
        if self.doc.is(sign, TokenClass::Arabic) || !self.doc.same_line(number.first) {
            return None;
        }
        let (Measure::Sign(code), last) = self.doc.lexicon.measures.at(self.doc.doc, sign)? else { return None };
        if last != sign {
            return None;
        }
        // `US$` is one sign of two tokens; a sign after a number is that number's: `10$-20$`.
        let before = sign.wrapping_sub(1);
        let is_two = self.doc.is_glued(sign) && self.doc.folded(before) == "US";
        if !is_two && self.doc.is_glued(sign) && self.doc.is(before, TokenClass::Number) {
            return None;
        }
        let first = if is_two { before } else { sign };
        let mut amount = Amount {
            kind: AmountKind::Money(Some(code)),
            rule: "",
            value: Some(number.decimal()?),
            span: Span::new(self.doc.part(first, 0).start, number.span.end),
            first,
            last: number.last,
            clitics: Clitics::NONE,
            parts: 1,
        };
        self.with_cents(&mut amount);
        Some(amount)
    }

    /// `$20 43`: cents stand after a blank.
    fn with_cents(&self, amount: &mut Amount) {
        let token = amount.last + 1;
        let cents = self.doc.folded(token);
        let is_two_digits = cents.len() == 2 && cents.bytes().all(|digit| digit.is_ascii_digit());
        let behind = self.doc.token(token + 1).map(|token| token.class());
        let is_last = !matches!(behind, Some(TokenClass::Arabic | TokenClass::Number | TokenClass::Symbol));
        let Some(value) = amount.value.filter(Decimal::is_integer) else { return };
        if !is_two_digits || !is_last || self.doc.has(token, TokenFlags::LINE_START) {
            return;
        }
        let Ok(cents) = cents.parse::<u16>() else { return };
        let Some(cents) = main_unit(cents.into(), 100) else { return };
        amount.value = value.checked_add(cents);
        amount.last = token;
        amount.span.end = self.doc.end(token);
    }
}
