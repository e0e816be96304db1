//! Cardinals in words, and what digits go on with: number words that stand together.

use khabar_core::{Decimal, TokenClass, TokenFlags};
use khabar_lexicon::Proclitic;
use khabar_lexicon::spelling::has_tanwin_fath;

use super::cardinal::{CardinalParser, Link, Step, power_of_ten};
use super::tag::NumberToken;
use super::{Parse, Parser, Reading};
use crate::lexicon::{Numeral, ScaleForm, WordClass, WordClasses};
use crate::number_expr::Kind;

/// What joins the parts of a number, or a fraction to what it is of.
const JOINS: WordClasses = WordClasses::of(&[WordClass::And, WordClass::Of, WordClass::Over]);

/// What stands before the hundred that a percentage is of: `في المئة`.
const BEFORE_PERCENT_BASE: WordClasses = WordClasses::of(&[WordClass::In, WordClass::Of]);

impl Parser<'_> {
    /// How number token `at` follows the token `last`; `None` when something else stands between them.
    pub(super) fn link(&self, last: u32, at: usize) -> Option<Link> {
        let number = self.tokens.get(at)?;
        if number.clitics.has_preposition() {
            return None;
        }
        let starts_line = |token: u32| self.doc.has(token, TokenFlags::LINE_START);
        match number.token.checked_sub(last + 1)? {
            0 if starts_line(number.token) => None,
            0 if number.clitics.has_conjunction() => Some(Link::And),
            0 => Some(Link::Direct),
            1 if !number.clitics.has_conjunction() && self.doc.is_word(last + 1, WordClass::And) => {
                (!starts_line(last + 1) && !starts_line(number.token)).then_some(Link::And)
            }
            _ => None,
        }
    }

    /// Whether a number that ends with token `last` may go on with the number token `next`: right behind it, or behind one of the
    /// words that join numbers. Nothing near belongs to most of them.
    pub(super) fn may_go_on(&self, last: u32, next: usize) -> bool {
        match self.tokens.get(next).and_then(|number| number.token.checked_sub(last + 1)) {
            Some(0) => true,
            Some(1) => self.doc.classes(last + 1).intersects(JOINS) || self.doc.folded(last + 1) == "(",
            _ => false,
        }
    }

    /// The word of number token `at` when it follows token `last` in this way.
    pub(super) fn linked(&self, last: u32, at: usize, link: Link) -> Option<NumberToken> {
        (self.link(last, at) == Some(link)).then(|| self.tokens[at])
    }

    /// `بالمئة`: no number of its own.
    pub(super) fn percent_base(&self, at: usize) -> Option<Reading> {
        self.is_percent_base(at).then_some(Reading::none(at + 1))
    }

    /// `دزينة`, `دزينتين`.
    pub(super) fn dozen(&self, at: usize) -> Option<Parse> {
        let Numeral::Dozen(count) = self.tokens[at].numeral else { return None };
        Some(Parse::cardinal(count.into(), Decimal::ONE, at + 1, self.tokens[at].token))
    }

    /// A definite cardinal that an ordinal goes on from.
    pub(super) fn definite(&self, at: usize) -> Option<Parse> {
        if !self.tokens[at].clitics.has_article() {
            return None;
        }
        self.ordinal_after(at, &self.cardinal(at)?)
    }

    /// A cardinal in words.
    pub(super) fn words(&self, at: usize) -> Option<Parse> {
        Some(self.completed(self.cardinal(at)?))
    }

    /// Number words that are one cardinal.
    fn cardinal(&self, at: usize) -> Option<Parse> {
        let (chain, mut parse) = self.chain(at, None, true)?;
        let is_alone = parse.next == at + 1;
        // `أحد` and `اثنا` stand for numbers in compounds alone.
        if is_alone && matches!(self.tokens[at].numeral, Numeral::OneOfEleven | Numeral::TwoOfTwelve) {
            return None;
        }
        if is_alone && chain.bare_accusative() {
            self.accusative_or_dual(at, &mut parse);
        }
        Some(parse)
    }

    /// A cardinal that begins with digits of this value: what follows them may be scale words and lower parts.
    pub(super) fn figures_on(&self, at: usize, value: Decimal, after: usize, last: u32) -> Option<Parse> {
        if !self.may_go_on(last, after) {
            return Some(Parse::cardinal(value, Decimal::ONE, after, last));
        }
        if let Some(parse) = self.parts(at, Link::First) {
            return Some(self.scaled(parse));
        }
        let (_, parse) = self.chain(at, Some(Parse::cardinal(value, Decimal::ONE, after, last)), true)?;
        Some(self.completed(parse))
    }

    /// The longest chain of number words from number token `at` on, which begins with digits when `figures` are given. With
    /// `brackets` a number restated in brackets may stand before a scale word.
    pub(super) fn chain(&self, at: usize, figures: Option<Parse>, brackets: bool) -> Option<(CardinalParser, Parse)> {
        let mut chain = CardinalParser::default();
        let (mut next, mut last) = match figures {
            Some(parse) => (parse.next, parse.last),
            None => (at + 1, self.tokens[at].token),
        };
        let numeral = if figures.is_some() { Numeral::Digits } else { self.tokens[at].numeral };
        if chain.step(numeral, Link::First, figures.map(|parse| parse.value)) != Step::Taken {
            return None;
        }
        // Where the open group and the last word begin: the ends of what is left when they turn out to be another number.
        let (mut group, mut before) = ((at, last), (at, last));
        loop {
            let (link, here) = match self.link(last, next) {
                Some(link) => (link, next),
                None if brackets => match self.restated(last, next, &chain) {
                    Some(after) => (Link::Direct, after),
                    None => break,
                },
                None => break,
            };
            let word = self.tokens[here];
            let second_article = word.clitics.has_article() && link == Link::Direct;
            if second_article || self.is_percent_base(here) || self.parts(here, link).is_some() {
                break;
            }
            let figures = match word.numeral {
                Numeral::Digits => self.whole_figures(here),
                _ => None,
            };
            let opens = chain.group().is_none();
            match chain.step(word.numeral, link, figures) {
                Step::Taken => {
                    if opens {
                        group = (next, last);
                    }
                    before = (next, last);
                    (next, last) = (here + 1, word.token);
                }
                Step::SplitGroup => {
                    let parse = Parse::cardinal(chain.closed()?, Decimal::ONE, group.0, group.1);
                    return Some((CardinalParser::default(), parse));
                }
                Step::SplitLast => {
                    let parse = Parse::cardinal(chain.without_unit()?, Decimal::ONE, before.0, before.1);
                    return Some((CardinalParser::default(), parse));
                }
                Step::Stop => break,
            }
        }
        Some((chain, Parse::cardinal(chain.value()?, chain.last_scale(), next, last)))
    }

    /// `أربعمائة (400) ألف`: the number token after the brackets, when they restate the open group and a scale word follows.
    fn restated(&self, last: u32, next: usize, chain: &CardinalParser) -> Option<usize> {
        let group = chain.group()?;
        let inner = self.tokens.get(next)?;
        if self.doc.folded(last + 1) != "(" || inner.token != last + 2 {
            return None;
        }
        let parse = match inner.numeral {
            Numeral::Digits => Parse::cardinal(self.whole_figures(next)?, Decimal::ONE, next + 1, inner.token),
            _ => self.chain(next, None, false)?.1,
        };
        let after = self.tokens.get(parse.next)?;
        let closed = self.doc.folded(parse.last + 1) == ")" && after.token == parse.last + 2;
        let scale = matches!(after.numeral, Numeral::Scale { .. }) && !after.clitics.has_conjunction();
        (closed && scale && parse.value == group).then_some(parse.next)
    }

    /// `بالمئة`, `في المئة`: the base of a percentage, not a number.
    pub(super) fn is_percent_base(&self, at: usize) -> bool {
        let word = self.tokens[at];
        if word.numeral != Numeral::Hundred {
            return false;
        }
        if word.clitics.has(Proclitic::Ba) {
            let follows = |before: &NumberToken| before.token + 1 == word.token;
            return word.clitics.has_article() || self.tokens.get(at.wrapping_sub(1)).is_some_and(follows);
        }
        let after_in = || 1 < word.token && self.doc.classes(word.token - 1).intersects(BEFORE_PERCENT_BASE);
        !word.clitics.has_preposition() && word.clitics.has_article() && after_in()
    }

    /// `ألفا` alone: two thousand before a noun in the genitive (`ألفا دولار`) and as a name of the number, a thousand
    /// when it is vocalised as an accusative or ends a clause.
    fn accusative_or_dual(&self, at: usize, parse: &mut Parse) {
        let token = self.tokens[at].token;
        let is_conjoined =
            |noun: &str| noun.chars().next().and_then(Proclitic::of).is_some_and(Proclitic::is_conjunction);
        let is_dual = if self.doc.same_line(token + 1) {
            let is_noun =
                self.doc.is(token + 1, TokenClass::Arabic) && !self.doc.is_word(token + 1, WordClass::Function);
            is_noun && !is_conjoined(self.doc.folded(token + 1))
        } else {
            token == 0
        };
        if is_dual && !has_tanwin_fath(self.doc.surface(token)) {
            parse.value = parse.value.checked_mul(Decimal::TWO).unwrap_or(parse.value);
        }
    }

    /// `آلاف`, `عشرات الآلاف`: a power of ten, of no definite number.
    pub(super) fn indefinite(&self, at: usize) -> Option<Parse> {
        let (Numeral::Indefinite(power) | Numeral::Scale { power, .. }) = self.tokens[at].numeral else { return None };
        let mut value = power_of_ten(power)?;
        let (mut next, mut last) = (at + 1, self.tokens[at].token);
        while let Some(word) = self.linked(last, next, Link::Direct) {
            let (Numeral::Scale { power, form: ScaleForm::Plural | ScaleForm::Singular } | Numeral::Indefinite(power)) =
                word.numeral
            else {
                break;
            };
            let Some(product) = power_of_ten(power).and_then(|factor| value.checked_mul(factor)) else { break };
            value = product;
            last = self.tokens[next].token;
            next += 1;
        }
        Some(Parse { kind: Kind::Indefinite, ..Parse::cardinal(value, Decimal::ONE, next, last) })
    }
}
