//! Two numbers that stand in a relation: ranges, ratios, scores.

use std::sync::LazyLock;

use khabar_arabic::{WordFilter, hash};
use khabar_core::kinds::{CurrencyCode, Modifier, Points, Quotient, Range, Ratio, Score};
use khabar_core::{Decimal, TokenFlags};
use khabar_extractor::{Doc, Span};

use crate::Number;
use crate::amounts::{Amount, AmountSort, value_of};
use crate::classes::Classes;
use crate::item::{Item, Sort};
use crate::modifiers::Hedge;
use crate::words::Preposition;

/// What may stand between two numbers that are related, right before the second.
static CONNECTORS: LazyLock<WordFilter> = LazyLock::new(|| {
    let words = [
        "و",
        "وبين",
        "الي",
        "الى",
        "حتي",
        "-",
        "\u{2013}",
        "\u{2014}",
        "~",
        "ـ",
        "/",
        "مقابل",
        "من",
        "اصل",
        "جمله",
        "مجموع",
        "اجمالي",
        "ضمن",
        "بين",
        "كل",
    ];
    WordFilter::new(&words.map(hash))
});

/// The numbers of a document with all that was found around each.
pub(crate) struct Relations<'a> {
    pub doc: &'a Doc<'a>,
    pub items: &'a [Item],
    pub amounts: &'a [Option<Amount>],
    pub hedges: &'a [Option<Hedge>],
    /// The last token of the score before: scores come in rows.
    pub score_before: Option<u32>,
}

/// What was found from an item on.
pub(crate) struct Relation {
    pub number: Number,
    pub span: Span,
    /// First token.
    pub first: u32,
    /// The amounts of both items are part of it.
    pub takes_amounts: bool,
}

/// The most words between two numbers that are related.
const MOST_BETWEEN: usize = 8;

/// The words between two numbers.
struct Between<'a> {
    words: [&'a str; MOST_BETWEEN],
    len: usize,
}

impl<'a> std::ops::Deref for Between<'a> {
    type Target = [&'a str];

    fn deref(&self) -> &[&'a str] {
        self.words.get(..self.len).unwrap_or_default()
    }
}

impl Relations<'_> {
    /// The relation of the items at an index and the next one.
    pub(crate) fn at(&self, at: usize) -> Option<Relation> {
        let (a, b) = (self.items.get(at)?, self.items.get(at + 1)?);
        let unrelated = |item: &Item| matches!(item.sort, Sort::Ordinal | Sort::Plural);
        if unrelated(a) || unrelated(b) || a.last + (MOST_BETWEEN as u32) < b.first {
            return None;
        }
        if !self.may_relate(at) {
            return None;
        }
        let between = self.between(at);
        let words = between.as_deref();
        self.score(at, words).or_else(|| self.ratio(at, words)).or_else(|| self.range(at, words))
    }

    /// Whether what stands before the second item can join it to the first: most pairs end here.
    fn may_relate(&self, at: usize) -> bool {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let joined = a.first == b.first || b.preposition == Preposition::Lam || self.is_conjoined(at + 1);
        let connected = || {
            let before = self.first(at + 1).checked_sub(1).and_then(|token| self.doc.hashes.get(token as usize));
            before.is_some_and(|hash| CONNECTORS.may_hold(*hash))
        };
        joined || self.hedges[at + 1].is_some() || connected()
    }

    fn folded(&self, token: u32) -> &str {
        self.doc.tokens.get(token as usize).map_or("", |_| self.doc.folded(token as usize))
    }

    fn goes_on(&self, token: u32) -> bool {
        self.doc.tokens.get(token as usize).is_some_and(|t| !t.has(TokenFlags::LINE_START))
    }

    fn first(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.items[at].first, |amount| amount.first)
    }

    fn last(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.items[at].last, |amount| amount.last)
    }

    fn start(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.items[at].span.start, |amount| amount.span.start)
    }

    fn end(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.items[at].span.end, |amount| amount.span.end)
    }

    /// The words between two items, none of them on a new line.
    fn between(&self, at: usize) -> Option<Between<'_>> {
        let (from, to) = (self.last(at) + 1, self.first(at + 1));
        let mut between = Between { words: [""; MOST_BETWEEN], len: to.saturating_sub(from) as usize };
        let words = between.words.get_mut(..between.len)?;
        words.iter_mut().zip(from..).for_each(|(word, token)| *word = self.folded(token));
        (from..=to).all(|token| self.goes_on(token)).then_some(between)
    }

    // --- ranges

    fn range(&self, at: usize, words: Option<&[&str]>) -> Option<Relation> {
        self.bounded(at).or_else(|| self.dashed(at, words)).or_else(|| self.opened(at, words?))
    }

    /// `بين 3 و5`, `من 7.5 دينار إلى 13 دينارا`, `3 إلى 5`.
    fn opened(&self, at: usize, words: &[&str]) -> Option<Relation> {
        let (first, skip, opener) = self.opener(at);
        let b = &self.items[at + 1];
        let connector = *words.last().unwrap_or(&"");
        let to = matches!(connector, "الي" | "الى" | "حتي");
        // A counted noun may stand after the first bound, and a hedge before the second.
        let (joined, noun) = match opener {
            Opener::Between if self.is_conjoined(at + 1) => (true, words.len()),
            Opener::Between => (to || matches!(connector, "و" | "وبين"), words.len().saturating_sub(1)),
            Opener::From => (to, words.len().saturating_sub(1)),
            Opener::Clock => (false, 0),
            Opener::None => (to && self.items[at].digits == b.digits, words.len().saturating_sub(1)),
        };
        let allowed = if opener == Opener::None { 0 } else { 2 };
        let nouns = || {
            words.iter().take(noun).all(|word| !Classes::FUNCTION.has(word) && word.chars().all(char::is_alphabetic))
        };
        // `هبط 1.5 دولار إلى 64 دولارا`: a change and what it led to.
        let change = opener == Opener::None && self.amounts[at].is_some();
        if change || !joined || allowed < noun || !nouns() || self.is_calendar(at) {
            return None;
        }
        let start = if opener == Opener::None { self.start(at) } else { self.doc.part(first as usize, skip, 0).start };
        self.range_of(at, Span::new(start, self.end(at + 1)), first, opener == Opener::Between)
    }

    /// Whether `و` is written with the first word of a number, or of the noun before it (`وكيلوغرام واحد`).
    fn is_conjoined(&self, at: usize) -> bool {
        let token = &self.doc.tokens[self.first(at) as usize];
        self.items[at].conjunction || token.start < self.start(at) && self.folded(self.first(at)).starts_with('و')
    }

    /// The word that opens a range before an item, with the hedge between them passed over.
    fn opener(&self, at: usize) -> (u32, usize, Opener) {
        let first = self.hedges[at].map_or(self.first(at), |hedge| hedge.first);
        let none = (self.first(at), 0, Opener::None);
        let Some(before) = first.checked_sub(1).filter(|_| self.goes_on(first)) else { return none };
        let more = before.checked_sub(1).filter(|_| self.goes_on(before)).map_or("", |more| self.folded(more));
        match (more, self.folded(before)) {
            ("ما", "بين") => (before - 1, 0, Opener::Between),
            ("وما" | "فما", "بين") => (before - 1, 2, Opener::Between),
            (_, "بين" | "مابين") => (before, 0, Opener::Between),
            (_, "وبين" | "ومابين") => (before, 2, Opener::Between),
            (_, "من") => (before, 0, Opener::From),
            (_, "ومن") => (before, 2, Opener::From),
            (_, "الساعه" | "ساعه" | "يوم") => (before, 0, Opener::Clock),
            _ => none,
        }
    }

    /// `1000-5000`, `10$-20$`, `٢٠~١٠٠`.
    fn dashed(&self, at: usize, words: Option<&[&str]>) -> Option<Relation> {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let same_token = a.first == b.first;
        let dash = |words: &[&str]| matches!(words, ["-" | "\u{2013}" | "\u{2014}" | "~" | "ـ"]);
        if !a.digits || !b.digits || !same_token && !words.is_some_and(dash) {
            return None;
        }
        if self.is_calendar(at) || self.is_enumeration(at) {
            return None;
        }
        let (first, skip, opener) = self.opener(at);
        let start = match opener {
            Opener::Between | Opener::From => self.doc.part(first as usize, skip, 0).start,
            Opener::Clock | Opener::None => self.start(at),
        };
        self.range_of(at, Span::new(start, self.end(at + 1)), first, false)
    }

    /// `2- 10 ...` at the start of a line numbers an item of a list.
    fn is_enumeration(&self, at: usize) -> bool {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let spaced = |token: u32| self.doc.tokens[token as usize].has(TokenFlags::SPACE_BEFORE);
        a.first != b.first && !spaced(self.last(at) + 1) && spaced(b.first)
    }

    /// `أكبر من 100 وأصغر من 300`: a lower and an upper bound, in either order.
    fn bounded(&self, at: usize) -> Option<Relation> {
        let (a, b) = (self.hedges[at]?, self.hedges[at + 1]?);
        let lower = |m| matches!(m, Modifier::MoreThan | Modifier::EqualOrMore);
        let upper = |m| matches!(m, Modifier::LessThan | Modifier::EqualOrLess);
        if !(lower(a.modifier) && upper(b.modifier) || upper(a.modifier) && lower(b.modifier)) {
            return None;
        }
        let gap = b.first.checked_sub(self.last(at) + 1)?;
        let and = match gap {
            0 => self.folded(b.first).starts_with('و'),
            1 => self.folded(b.first - 1) == "و",
            _ => false,
        };
        let start = self.doc.part(a.first as usize, a.skip.into(), 0).start;
        let span = Span::new(start, self.end(at + 1));
        if and { self.range_of(at, span, a.first, true) } else { None }
    }

    /// Both bounds as numbers of one unit.
    fn range_of(&self, at: usize, span: Span, first: u32, any_order: bool) -> Option<Relation> {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let (x, y) = (self.amounts[at], self.amounts[at + 1]);
        let mut low = x.map_or_else(|| value_of(a), |amount| amount.value)?;
        let mut high = y.map_or_else(|| value_of(b), |amount| amount.value)?;
        // Coins of the second bound are those of the first as well.
        if let (None, Some(AmountSort::Money(_)), Some(bare)) = (x, y.map(|y| y.sort), value_of(b)) {
            low = low.checked_mul(high.checked_div(bare)?)?;
        }
        // من 3 إلى 5 ملايين: three million to five.
        let count = b.value.checked_div(b.scale)?;
        if x.is_none() && a.scale == Decimal::ONE && Decimal::ONE < b.scale && a.value <= count {
            low = low.checked_mul(b.scale)?;
        }
        let (mut currency, mut unit) = (None, None);
        match (x.map(|x| x.sort), y.map(|y| y.sort)) {
            (Some(AmountSort::Money(Some(c))), Some(AmountSort::Money(d))) if d.is_some_and(|d| d != c) => return None,
            (Some(x), Some(y)) if std::mem::discriminant(&x) != std::mem::discriminant(&y) => return None,
            (_, Some(AmountSort::Money(code))) => currency = code.and_then(CurrencyCode::new),
            (Some(AmountSort::Quantity(p)), Some(AmountSort::Quantity(q))) if p != q => {
                high = high.checked_mul(ratio(q.name, p.name)?)?;
                unit = Some(p.cldr());
            }
            (_, Some(AmountSort::Quantity(q))) => unit = Some(q.cldr()),
            (_, Some(AmountSort::Percent)) => unit = Some("percent".to_owned()),
            (Some(_), None) => return None,
            (None, None) => {}
        }
        if high < low {
            if !any_order {
                return None;
            }
            (low, high) = (high, low);
        }
        if low == high {
            return None;
        }
        let (low, high) = (low.normalize(), high.normalize());
        let number = Number::Range(Range::new(low, high).with_currency(currency).with_unit(unit));
        Some(Relation { number, span, first, takes_amounts: true })
    }

    /// Days before the name of a month, years, clock times: not ranges, but times.
    fn is_calendar(&self, at: usize) -> bool {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let before = self.first(at).checked_sub(1).map_or("", |token| self.folded(token));
        // In brackets after a name, or after a word of years, any four digits are a year.
        let dated = before == "(" || Classes::YEAR.has(before);
        let from = Decimal::from(if dated { 1000 } else { 1800 });
        let year = |item: &Item| {
            item.digits && from <= item.value && item.value <= Decimal::from(2100) && item.scale == Decimal::ONE
        };
        let part_of_token = self.doc.tokens[a.first as usize].start < a.span.start;
        let open = part_of_token || matches!(self.opener(at).2, Opener::None | Opener::Clock);
        if year(a) && self.amounts[at].is_none() && open && !year(b) {
            return true;
        }
        if year(a) && (year(b) || b.value < Decimal::ONE_HUNDRED) && self.amounts[at + 1].is_none() {
            return true;
        }
        Classes::MONTH.has(self.folded(b.last + 1))
            || Classes::MONTH.has(self.folded(a.last + 1))
            || matches!(before, "الساعه" | "ساعه")
    }

    // --- ratios

    /// `7 من جملة 22 مهاجرا`, `18 محافظة من أصل 22`.
    fn ratio(&self, at: usize, words: Option<&[&str]>) -> Option<Relation> {
        let words = words?;
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let (nouns, bare) = match words {
            [nouns @ .., "من", "اصل" | "جمله" | "مجموع" | "اجمالي" | "ضمن" | "بين" | "كل"] => {
                (nouns, false)
            }
            [nouns @ .., "من"] if nouns.is_empty() && a.digits && b.digits => (nouns, true),
            _ => return None,
        };
        let counts = |amount: Option<Amount>| amount.is_none_or(|amount| amount.sort != AmountSort::Percent && !bare);
        let words = nouns.iter().all(|noun| noun.chars().all(|c| c.is_alphabetic() || c == '،'));
        if !counts(self.amounts[at]) || !counts(self.amounts[at + 1]) || !words {
            return None;
        }
        let whole = |item: &Item| matches!(item.sort, Sort::Cardinal | Sort::Dual);
        if 2 < nouns.len()
            || !whole(a)
            || !whole(b)
            || b.value < a.value
            || self.is_calendar(at)
            || bare && b.value == a.value
        {
            return None;
        }
        let mut span = Span::new(self.start(at), b.span.end);
        // The noun stays outside when it was named before.
        let noun = b.last + 1;
        let indefinite = {
            let word = self.folded(noun);
            self.goes_on(noun)
                && self.doc.tokens[noun as usize].class == khabar_core::TokenClass::Arabic as u8
                && 4 < word.len()
                && !word.starts_with("ال")
                && !Classes::FUNCTION.has(word)
        };
        if nouns.is_empty() && a.sort != Sort::Dual && indefinite && !bare {
            span.end = self.doc.tokens[noun as usize].end;
        }
        let value = Quotient::new(a.value.normalize(), b.value.normalize());
        Some(Relation { number: Number::Ratio(Ratio::new(value)), span, first: a.first, takes_amounts: false })
    }

    // --- scores

    fn score(&self, at: usize, words: Option<&[&str]>) -> Option<Relation> {
        self.score_in_figures(at, words).or_else(|| self.score_in_words(at))
    }

    fn score_of(&self, at: usize, span: Span, a: Decimal, b: Decimal) -> Relation {
        let value = Points::new(a.normalize(), b.normalize());
        Relation { number: Number::Score(Score::new(value)), span, first: self.items[at].first, takes_amounts: false }
    }

    /// `2-1`, `2 - 1`, `2 مقابل 0`.
    fn score_in_figures(&self, at: usize, words: Option<&[&str]>) -> Option<Relation> {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let small = |item: &Item| {
            item.sort == Sort::Cardinal
                && item.value.is_integer()
                && Decimal::ZERO <= item.value
                && item.value < Decimal::from(200)
        };
        if !small(a) || !small(b) || self.amounts[at].is_some() || self.amounts[at + 1].is_some() {
            return None;
        }
        let span = Span::new(a.span.start, b.span.end);
        let words = if a.first == b.first { &["-"] } else { words? };
        let fits = match words {
            // 14 / 2 / 1993 is a date.
            ["/"]
                if self.folded(b.last + 1) == "/" || a.first.checked_sub(1).is_some_and(|n| self.folded(n) == "/") =>
            {
                false
            }
            ["-" | "\u{2013}" | "ـ" | "/"] if a.digits && b.digits => {
                let few = a.value <= Decimal::from(20) && b.value <= a.value;
                !self.is_calendar(at) && !self.is_enumeration(at) && (few || self.is_sport(at))
            }
            ["مقابل"] => {
                let few = a.value <= Decimal::from(20) && b.value <= Decimal::from(20);
                few && self.items[at].scale == Decimal::ONE && self.items[at + 1].scale == Decimal::ONE
            }
            _ => false,
        };
        fits.then(|| self.score_of(at, span, a.value, b.value))
    }

    /// Whether a word of sport stands near.
    fn is_sport(&self, at: usize) -> bool {
        let (first, last) = (self.items[at].first, self.items[at + 1].last);
        if self.score_before.is_some_and(|score| first < score + 10) {
            return true;
        }
        let near = (first.saturating_sub(8)..first).chain(last + 1..last + 7);
        near.filter(|token| (*token as usize) < self.doc.tokens.len())
            .any(|token| Classes::SPORT.has(self.folded(token)))
    }

    /// `هدفين لهدف`, `ثلاثة أهداف مقابل هدفين`.
    fn score_in_words(&self, at: usize) -> Option<Relation> {
        let (a, b) = (&self.items[at], &self.items[at + 1]);
        let last = self.goals(a)?;
        let end = |item: &Item| item.span.end;
        let to = b.first == last + 1 && b.preposition == Preposition::Lam && self.is_goal_count(b);
        let against = b.first == last + 2 && self.folded(last + 1) == "مقابل" && self.is_goal_count(b);
        let whole = b.value.is_integer() && matches!(b.sort, Sort::Cardinal | Sort::Dual | Sort::Tally);
        if !(to || against) || !whole || !self.goes_on(b.first) {
            return None;
        }
        Some(self.score_of(at, Span::new(a.span.start, end(b)), a.value, b.value))
    }

    /// `هدفين نظيفين`, `برباعية نظيفة`, `هدف دون رد`, `هدفين لمثلهما`: one item says both sides.
    pub(crate) fn unanswered(&self, at: usize) -> Option<Relation> {
        let item = &self.items[at];
        let last = self.goals(item)?;
        let words = (self.folded(last + 1), self.folded(last + 2), self.folded(last + 3));
        let end = match words {
            _ if Classes::UNANSWERED.has_bare(self.doc, last + 1) => last + 1,
            ("لمثله" | "لمثلها" | "لمثلهما", ..) => last + 1,
            ("دون" | "بدون" | "بلا", "رد" | "مقابل" | "اجابه", _) => last + 2,
            ("من", "دون", "رد" | "مقابل") => last + 3,
            ("مقابل", "لا", "شيء" | "شئ") => last + 3,
            ("مقابل", "لاشيء" | "لاشئ", _) => last + 2,
            _ => return None,
        };
        if !(last + 1..=end).all(|token| self.goes_on(token)) {
            return None;
        }
        let span = Span::new(item.span.start, self.doc.tokens[end as usize].end);
        let against = if words.0.starts_with("لمثل") { item.value } else { Decimal::ZERO };
        Some(self.score_of(at, span, item.value, against))
    }

    /// The last token of goals scored: `هدفين`, `ثلاثية`, `ثلاثة أهداف`.
    fn goals(&self, item: &Item) -> Option<u32> {
        match item.sort {
            Sort::Tally => Some(item.last),
            Sort::Dual => self.is_goal_count(item).then_some(item.last),
            Sort::Cardinal if Classes::GOALS.has_bare(self.doc, item.last + 1) => Some(item.last + 1),
            _ => None,
        }
    }

    /// Whether an item may count goals: any number, but of dual nouns only `هدفين`.
    fn is_goal_count(&self, item: &Item) -> bool {
        item.sort != Sort::Dual
            || item
                .span
                .of(self.doc.text)
                .is_some_and(|word| ["هدف", "شوط", "مجموعت"].iter().any(|noun| word.starts_with(noun)))
    }
}

/// How a range is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opener {
    /// `بين`.
    Between,
    /// `من`.
    From,
    /// A word of time: no range, but a time.
    Clock,
    None,
}

/// How many of the second unit one of the first is, for units of one dimension.
fn ratio(from: &str, to: &str) -> Option<Decimal> {
    let size = |unit: &str| {
        Some(match unit {
            "millimeter" => (1, 1_i64),
            "centimeter" => (1, 10),
            "meter" => (1, 1_000),
            "kilometer" => (1, 1_000_000),
            "milligram" => (2, 1),
            "gram" => (2, 1_000),
            "kilogram" => (2, 1_000_000),
            "quintal" => (2, 100_000_000),
            "tonne" => (2, 1_000_000_000),
            "milliliter" => (3, 1),
            "liter" => (3, 1_000),
            "hectoliter" => (3, 100_000),
            "kilowatt" => (4, 1),
            "megawatt" => (4, 1_000),
            "gigawatt" => (4, 1_000_000),
            _ => return None,
        })
    };
    let ((kind, from), (other, to)) = (size(from)?, size(to)?);
    if kind == other { Decimal::from(from).checked_div(Decimal::from(to)) } else { None }
}
