//! What a number counts: percentages, money, quantities.

use khabar_core::kinds::{CurrencyCode, Modifier, Money, Percent, Quantity};
use khabar_core::{Decimal, TokenClass, TokenFlags};
use khabar_extractor::{Doc, Span};

use crate::classes::Classes;
use crate::item::{Item, Sort};
use crate::measures::{BRACKET, Code, Counted, Measures, OF, PERCENT, POINTS, main_unit};
use crate::{Number, duals};

/// A number with its sign, currency or unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Amount {
    pub sort: AmountSort,
    /// `None` for indefinite plurals.
    pub value: Option<Decimal>,
    pub span: Span,
    pub first: u32,
    pub last: u32,
    /// Coins: so many make one of the currency's main unit; 1 for everything else.
    pub parts: u16,
}

/// What sort of amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AmountSort {
    Percent,
    Money(Option<Code>),
    Quantity(Unit),
}

/// A unit with its powers and rates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub name: &'static str,
    power: Power,
    per: Per,
}

/// Whether a unit is one of lengths, areas or volumes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Power {
    #[default]
    One,
    Square,
    Cubic,
}

impl Power {
    /// As CLDR writes it before the unit.
    const fn cldr(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Square => "square-",
            Self::Cubic => "cubic-",
        }
    }
}

/// The time that a unit of speed is reckoned by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Per {
    #[default]
    None,
    Hour,
    Second,
}

impl Per {
    /// As CLDR writes it behind the unit.
    const fn cldr(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Hour => "-per-hour",
            Self::Second => "-per-second",
        }
    }
}

impl Unit {
    /// Its CLDR name: `square-meter`, `kilometer-per-hour`.
    pub(crate) fn cldr(&self) -> String {
        format!("{}{}{}", self.power.cldr(), self.name, self.per.cldr())
    }
}

impl Amount {
    /// The value to give out.
    pub(crate) fn number(&self, modifier: Option<Modifier>) -> Option<Number> {
        let value = self.value.map(|value| value.normalize());
        Some(match self.sort {
            AmountSort::Percent => Number::Percent(Percent::new(value?).with_modifier(modifier)),
            AmountSort::Money(code) => {
                Number::Money(Money::new(value, code.and_then(CurrencyCode::new)).with_modifier(modifier))
            }
            AmountSort::Quantity(unit) => Number::Quantity(Quantity::new(value, unit.cldr()).with_modifier(modifier)),
        })
    }
}

/// Finds amounts around the numbers of one document.
pub(crate) struct Amounts<'a> {
    doc: &'a Doc<'a>,
    measures: &'static Measures,
    /// The currencies of nouns that needed the whole document to tell, so that it is read once for each.
    named: Vec<(&'static str, Option<Code>)>,
    /// Whether the document speaks of temperature, once it was asked.
    temperature: Option<bool>,
}

impl<'a> Amounts<'a> {
    pub(crate) fn new(doc: &'a Doc<'a>) -> Self {
        Self { doc, measures: Measures::get(), named: Vec::new(), temperature: None }
    }

    /// The amount of the item at an index, if what it counts is a percentage, money or a quantity.
    pub(crate) fn amount(&mut self, items: &[Item], at: usize) -> Option<Amount> {
        let item = &items[at];
        if matches!(item.sort, Sort::Ordinal | Sort::Tally) {
            return None;
        }
        if item.sort == Sort::Dual {
            return self.dual(item);
        }
        if !self.may_count(item) {
            return None;
        }
        let last = restated_in_brackets(self.doc, items, at).unwrap_or(item.last);
        self.percent(item, last)
            .or_else(|| self.before(item))
            .or_else(|| self.after(item, last))
            .or_else(|| self.one(item))
    }

    /// Whether the words beside a number can tell what it counts: most numbers end here.
    fn may_count(&self, item: &Item) -> bool {
        let follows = self.doc.hashes.get(item.last as usize + 1).is_some_and(|hash| self.measures.may_follow(*hash));
        // A sign or a code before digits, a noun before its one.
        let before = || {
            let before = item.first.checked_sub(1).map(|before| self.doc.tokens[before as usize].class());
            before.is_some_and(|class| !item.digits || class != TokenClass::Arabic)
        };
        follows || (item.digits || item.value == Decimal::ONE) && before()
    }

    fn folded(&self, token: u32) -> &'a str {
        let token = token as usize;
        if token < self.doc.tokens.len() { self.doc.folded(token) } else { "" }
    }

    /// Whether a token goes on with the line of the one before it.
    fn same_line(&self, token: u32) -> bool {
        self.doc.tokens.get(token as usize).is_some_and(|t| !t.has(TokenFlags::LINE_START))
    }

    fn up_to(&self, item: &Item, last: u32, sort: AmountSort, value: Option<Decimal>) -> Amount {
        let end = self.doc.tokens[last as usize].end;
        Amount { sort, value, span: Span::new(item.span.start, end), first: item.first, last, parts: 1 }
    }

    fn percent(&self, item: &Item, last: u32) -> Option<Amount> {
        let value = value_of(item)?;
        let next = self.folded(last + 1);
        if !self.same_line(last + 1) && !self.is_sign(item.first.wrapping_sub(1)) {
            return None;
        }
        let words = |n: u32| self.folded(last + n);
        let base = |word: &str| matches!(word, "المئه" | "المائه" | "الميه" | "مائه" | "مئه" | "المايه");
        let end = match next {
            _ if PERCENT.contains(&next) => Some(last + 1),
            _ if OF.contains(&next) && base(words(2)) && self.same_line(last + 2) => Some(last + 2),
            _ if POINTS.contains(&next) && words(2) == "مئويه" => Some(last + 2),
            _ => None,
        };
        if let Some(end) = end {
            return Some(self.up_to(item, end, AmountSort::Percent, Some(value)));
        }
        if POINTS.contains(&next) && matches!(words(2), "اساس" | "اساسيه") {
            let value = value.checked_div(Decimal::ONE_HUNDRED)?;
            return Some(self.up_to(item, last + 2, AmountSort::Percent, Some(value)));
        }
        // %4,75
        let sign = item.first.checked_sub(1).filter(|sign| self.is_sign(*sign) && item.digits)?;
        let start = self.doc.tokens[sign as usize].start;
        let before = sign.checked_sub(1).map(|before| self.doc.tokens[before as usize]);
        // A sign that belongs to the number before it: 3% 5.
        if before.is_some_and(|t| t.class == TokenClass::Number as u8) {
            return None;
        }
        let span = Span::new(start, item.span.end);
        Some(Amount { sort: AmountSort::Percent, value: Some(value), span, first: sign, last: item.last, parts: 1 })
    }

    fn is_sign(&self, token: u32) -> bool {
        matches!(self.folded(token), "%" | "٪")
    }

    /// `$20`, `USD 20`.
    fn before(&self, item: &Item) -> Option<Amount> {
        if !item.digits {
            return None;
        }
        let before = item.first.checked_sub(1)?;
        // A sign or a code: most words before a number are neither.
        if self.doc.tokens[before as usize].class() == TokenClass::Arabic {
            return None;
        }
        let (mut first, code) = match self.measures.counted(self.doc, before as usize)? {
            (Counted::Sign(code), last) if last == before as usize && self.same_line(item.first) => (before, code),
            _ => return None,
        };
        // `US$` is one sign of two tokens; a sign after a number is that number's: `10$-20$`.
        let glued = |token: u32| !self.doc.tokens[token as usize].has(TokenFlags::SPACE_BEFORE);
        if let Some(more) = first.checked_sub(1) {
            if glued(first) && self.folded(more) == "US" {
                first = more;
            } else if glued(first) && self.doc.tokens[more as usize].class == TokenClass::Number as u8 {
                return None;
            }
        }
        let value = value_of(item)?;
        let span = Span::new(self.doc.tokens[first as usize].start, item.span.end);
        let mut amount =
            Amount { sort: AmountSort::Money(Some(code)), value: Some(value), span, first, last: item.last, parts: 1 };
        // $20 43: cents stand after a blank.
        let cents = self.folded(item.last + 1);
        let two_digits = cents.len() == 2 && cents.bytes().all(|b| b.is_ascii_digit()) && self.same_line(item.last + 1);
        let at_end =
            self.doc.tokens.get(item.last as usize + 2).is_none_or(|t| t.class != 0 && t.class != 2 && t.class != 6);
        if let (true, true, Ok(cents)) = (two_digits, at_end && value.is_integer(), cents.parse::<u16>()) {
            amount.value = value.checked_add(main_unit(cents.into(), 100)?);
            amount.last = item.last + 1;
            amount.span.end = self.doc.tokens[amount.last as usize].end;
        }
        Some(amount)
    }

    /// What stands after the number.
    fn after(&mut self, item: &Item, last: u32) -> Option<Amount> {
        let token = last + 1;
        if !self.same_line(token) {
            return None;
        }
        let (counted, end) = self.measures.counted(self.doc, token as usize)?;
        let end = end as u32;
        let value = value_of(item);
        // One letter counts only right after digits: `5 م`, `50 د`.
        if end == token
            && self.folded(token).chars().count() == 1
            && self.is_letter(token)
            && !self.is_abbreviated(token)
        {
            return None;
        }
        match counted {
            Counted::Unit("meter") if self.folded(token) == "م" && self.is_year(item) => None,
            Counted::Unit(name) => {
                let (unit, end) = self.unit(name, end)?;
                let below_zero = self.folded(end + 1) == "تحت" && self.folded(end + 2) == "الصفر";
                let (value, end) = if below_zero { (value.map(|v| -v), end + 2) } else { (value, end) };
                Some(self.up_to(item, end, AmountSort::Quantity(unit), value))
            }
            Counted::Million(code) => {
                let value = value.and_then(|value| value.checked_mul(1_000_000.into()));
                Some(self.up_to(item, end, AmountSort::Money(Some(code)), value))
            }
            _ => {
                let (code, parts, end) = self.currency(counted, end)?;
                let value = match value {
                    Some(value) => Some(main_unit(value, parts)?),
                    None => None,
                };
                Some(Amount { parts, ..self.up_to(item, end, AmountSort::Money(code), value) })
            }
        }
    }

    /// A unit with what stands after its noun: `مربع`, `في الساعة`.
    fn unit(&mut self, name: &'static str, end: u32) -> Option<(Unit, u32)> {
        let mut unit = Unit { name, power: Power::One, per: Per::None };
        let mut end = end;
        if name == "degree" {
            let fahrenheit =
                self.folded(end + 1).starts_with("فهرنهايت") || self.folded(end + 1).starts_with("فهرنهايتيه");
            let below_zero = self.folded(end + 1) == "تحت";
            let centigrade = self.folded(end + 1).starts_with("مئويت");
            if !fahrenheit && !below_zero && !centigrade && !self.speaks_of_temperature() {
                return None;
            }
            unit.name = if fahrenheit { "fahrenheit" } else { "celsius" };
            end += u32::from(fahrenheit);
        }
        if self.same_line(end + 1) {
            end += u32::from(unit.name == "celsius" && self.folded(end + 1).starts_with("مئويت"));
            let power = match self.folded(end + 1) {
                "مربع" | "مربعا" | "مربعه" | "المربع" | "المربعه" => Power::Square,
                "مكعب" | "مكعبا" | "مكعبه" | "المكعب" | "المكعبه" => Power::Cubic,
                _ => Power::One,
            };
            unit.power = power;
            end += u32::from(power != Power::One);
        }
        let speed = matches!(name, "kilometer" | "meter" | "mile");
        let (per, more) = match (self.folded(end + 1), self.folded(end + 2)) {
            ("في" | "/" | "ب", "الساعه" | "ساعه" | "س") if speed => (Per::Hour, 2),
            ("بالساعه", _) if speed => (Per::Hour, 1),
            ("في" | "/" | "ب", "الثانيه" | "ثانيه" | "ث") if speed => (Per::Second, 2),
            ("بالثانيه", _) if speed => (Per::Second, 1),
            _ => (Per::None, 0),
        };
        unit.per = per;
        Some((unit, end + more))
    }

    /// `سنة 1963 م`, `61 هـ (680 م)`: the year of an era, not metres.
    fn is_year(&self, item: &Item) -> bool {
        let whole = item.value.is_integer() && item.value <= Decimal::from(2100);
        let before = |n: u32| item.first.checked_sub(n).map_or("", |before| self.folded(before));
        let era = || (1..=4).any(|n| Classes::YEAR.has(before(n)) || Classes::MONTH.has(before(n)));
        whole && (Decimal::ONE_THOUSAND <= item.value || era())
    }

    fn is_letter(&self, token: u32) -> bool {
        matches!(self.doc.tokens[token as usize].class(), TokenClass::Arabic | TokenClass::Word)
    }

    /// A letter that a unit is abbreviated to: not the first of a word that lost its space.
    fn is_abbreviated(&self, token: u32) -> bool {
        let next = self.doc.tokens.get(token as usize + 1);
        next.is_none_or(|next| next.has(TokenFlags::SPACE_BEFORE) || next.class != 0)
            && token.checked_sub(1).is_some_and(|before| self.doc.tokens[before as usize].class == 2)
            && self.folded(token + 1) != "."
    }

    /// Degrees are of temperature where the document speaks of it.
    fn speaks_of_temperature(&mut self) -> bool {
        let doc = self.doc;
        *self.temperature.get_or_insert_with(|| {
            (0..doc.tokens.len()).any(|token| {
                let word = doc.folded(token);
                matches!(
                    word,
                    "الحراره"
                        | "حراره"
                        | "حرارتها"
                        | "حرارته"
                        | "الصغري"
                        | "القصوي"
                        | "مئويه"
                        | "المئويه"
                        | "الطقس"
                )
            })
        })
    }

    /// The currency code, the parts of its main unit, and the last token of a currency's noun, coin or sign.
    fn currency(&mut self, counted: Counted, end: u32) -> Option<(Option<Code>, u16, u32)> {
        let adjective = |end: u32| {
            let (country, last) = self.measures.adjective(self.doc, end as usize + 1)?;
            self.same_line(end + 1).then_some((country, last as u32))
        };
        match counted {
            Counted::Unit(_) | Counted::Million(_) => None,
            Counted::Sign(code) => Some((Some(code), 1, end)),
            Counted::Noun { noun, code } => {
                if let Some((code, last)) =
                    adjective(end).and_then(|(country, last)| Some((self.measures.code_of(noun, country)?, last)))
                {
                    return Some((Some(code), 1, last));
                }
                Some((code.or_else(|| self.bare(noun)), 1, end))
            }
            Counted::Coin { coin, code, parts } => {
                let here = self.doc.country.and_then(|country| self.measures.coin_in(coin, country));
                match (code, here) {
                    (Some(code), _) => Some((Some(code), parts, end)),
                    (None, Some((code, parts))) => Some((Some(code), parts, end)),
                    // A cent of no country is an American one; the others need one.
                    (None, None) if coin == "cent" => Some((Some(*b"USD"), parts, end)),
                    (None, None) => Some((None, parts, end)),
                }
            }
        }
    }

    /// A bare `دينار`: that of the document's country, else of the only country named whose currency it is.
    fn bare(&mut self, noun: &'static str) -> Option<Code> {
        if let Some(code) = self.doc.country.and_then(|country| self.measures.code_in(noun, country)) {
            return Some(code);
        }
        if let Some((_, code)) = self.named.iter().find(|(known, _)| *known == noun) {
            return *code;
        }
        let code = self.measures.named_in(self.doc, noun);
        self.named.push((noun, code));
        code
    }

    /// `كيلوغرام واحد`, `دولار واحد`: the noun stands before its one.
    fn one(&mut self, item: &Item) -> Option<Amount> {
        let word = self.folded(item.first);
        if item.value != Decimal::ONE
            || item.digits
            || !matches!(word, "واحد" | "واحده" | "واحدا" | "الواحد" | "الواحده")
        {
            return None;
        }
        let before = item.first.checked_sub(1).filter(|_| self.same_line(item.first))?;
        let folded = self.doc.folded(before as usize);
        let (counted, skip) =
            [0].into_iter().chain(khabar_arabic::proclitics(folded).map(|p| p.len)).find_map(|skip| {
                let noun = folded.get(skip..)?;
                let noun = noun.strip_prefix("ال").unwrap_or(noun);
                self.measures.word(noun).map(|counted| (counted, skip))
            })?;
        let start = self.doc.part(before as usize, skip, 0).start;
        let span = Span::new(start, item.span.end);
        let (sort, value) = match counted {
            Counted::Unit(name) if name != "degree" => {
                (AmountSort::Quantity(Unit { name, power: Power::One, per: Per::None }), Decimal::ONE)
            }
            Counted::Noun { .. } | Counted::Coin { .. } => {
                let (code, parts, _) = self.currency(counted, item.last)?;
                (AmountSort::Money(code), main_unit(Decimal::ONE, parts)?)
            }
            _ => return None,
        };
        Some(Amount { sort, value: Some(value), span, first: before, last: item.last, parts: 1 })
    }

    /// `كيلومترين`, `دولارين`, `درجتين تحت الصفر`.
    fn dual(&mut self, item: &Item) -> Option<Amount> {
        match duals::counted(self.doc, item)? {
            Counted::Unit(name) => {
                let (unit, end) = self.unit(name, item.last)?;
                let below_zero = self.folded(end + 1) == "تحت" && self.folded(end + 2) == "الصفر";
                let (value, end) = if below_zero { (-Decimal::TWO, end + 2) } else { (Decimal::TWO, end) };
                Some(self.up_to(item, end, AmountSort::Quantity(unit), Some(value)))
            }
            counted => {
                let (code, parts, end) = self.currency(counted, item.last)?;
                Some(self.up_to(item, end, AmountSort::Money(code), Some(main_unit(Decimal::TWO, parts)?)))
            }
        }
    }
}

/// Joins coins to the amount before them: `20 دينارا و500 مليم` is one amount.
pub(crate) fn join_coins(doc: &Doc<'_>, items: &[Item], amounts: &mut [Option<Amount>]) {
    for at in 1..items.len() {
        let (Some(main), Some(coins)) = (amounts[at - 1], amounts[at]) else { continue };
        let one_currency = main.sort == coins.sort && main.parts == 1 && 1 < coins.parts;
        let and = coins.first == main.last + 2 && doc.folded(main.last as usize + 1) == "و";
        let goes_on = !doc.tokens[coins.first as usize].has(TokenFlags::LINE_START);
        if !one_currency || !goes_on || !(and || coins.first == main.last + 1) {
            continue;
        }
        let (Some(a), Some(b)) = (main.value, coins.value) else { continue };
        if let Some(sum) = a.checked_add(b).filter(|_| b < Decimal::ONE) {
            let span = Span::new(main.span.start, coins.span.end);
            amounts[at - 1] = Some(Amount { value: Some(sum), span, last: coins.last, ..main });
            amounts[at] = None;
        }
    }
}

/// Joins a fraction to the amount before it: `ستة كيلومترات ونصف` is six and a half.
pub(crate) fn join_halves(doc: &Doc<'_>, items: &[Item], amounts: &mut [Option<Amount>]) {
    for at in 1..items.len() {
        let half = &items[at];
        let Some(main) = amounts[at - 1].filter(|main| half.sort == Sort::Fraction && half.first <= main.last + 2)
        else {
            continue;
        };
        let and = half.conjunction && half.first == main.last + 1
            || half.first == main.last + 2 && doc.folded(main.last as usize + 1) == "و";
        let countable = main.sort != AmountSort::Percent && amounts[at].is_none();
        let goes_on = !doc.tokens[half.first as usize].has(TokenFlags::LINE_START);
        let (Some(a), Some(b)) = (main.value, value_of(half)) else { continue };
        let Some(sum) = main_unit(b, main.parts).and_then(|b| a.checked_add(b)) else { continue };
        if and && countable && goes_on && a.is_integer() && b < Decimal::ONE {
            let span = Span::new(main.span.start, half.span.end);
            amounts[at - 1] = Some(Amount { value: Some(sum), span, last: half.last, ..main });
        }
    }
}

/// The decimal value of a number; fractions that are no finite decimal have none here, nor have indefinite plurals.
pub(crate) fn value_of(item: &Item) -> Option<Decimal> {
    match item.sort {
        Sort::Cardinal | Sort::Dual => Some(item.value),
        Sort::Fraction => {
            let quotient = item.value.checked_div(item.denominator)?;
            (quotient.checked_mul(item.denominator) == Some(item.value)).then_some(quotient)
        }
        Sort::Ordinal | Sort::Plural | Sort::Tally => None,
    }
}

/// `ألفي (2000) دينار`: the closing bracket after a number that only repeats the one before it.
fn restated_in_brackets(doc: &Doc<'_>, items: &[Item], at: usize) -> Option<u32> {
    let (item, inner) = (&items[at], items.get(at + 1)?);
    let folded = |token: u32| doc.tokens.get(token as usize).map_or("", |_| doc.folded(token as usize));
    let brackets = folded(item.last + 1) == BRACKET && inner.first == item.last + 2 && folded(inner.last + 1) == ")";
    (brackets && inner.sort == item.sort && inner.value == item.value).then_some(inner.last + 1)
}
