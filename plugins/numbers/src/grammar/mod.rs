//! From number words and digits to [`NumberExpr`]s: cardinals, ordinals, fractions, indefinite plurals, dual nouns.

mod cardinal;
mod digits;
mod disambiguate;
mod dual;
mod figures;
mod fraction;
mod ordinal;
mod rules;
mod separators;
mod signs;
mod tag;
mod words;

use khabar_core::Decimal;
use khabar_extractor::{Cancel, ExtractError, Span};
use khabar_lexicon::rule::Switches;

use crate::lexicon::Numeral;
use crate::number_expr::{Kind, NumberExpr};
use crate::tagged_doc::TaggedDoc;
use cardinal::Link;
use rules::{CONTINUATIONS, FACTS, PRODUCTIONS};

pub(crate) use dual::{Dual, Duals};
pub(crate) use rules::INFOS;
pub use separators::Separators;
pub(crate) use tag::{NumberToken, tag};

/// Reads the number words and digits of one document.
pub(crate) struct Parser<'a> {
    pub doc: TaggedDoc<'a>,
    pub tokens: &'a [NumberToken],
    pub separators: Separators,
    /// Which rules of [`INFOS`] are on.
    pub switches: Switches,
}

/// What a production read at a number token.
#[derive(Clone, Copy, Debug)]
struct Parse {
    kind: Kind,
    /// The rule that found it, where it is not the production.
    rule: &'static str,
    value: Decimal,
    denominator: Decimal,
    scale: Decimal,
    /// The number token after it.
    next: usize,
    /// Its last token.
    last: u32,
}

impl Parse {
    const fn cardinal(value: Decimal, scale: Decimal, next: usize, last: u32) -> Self {
        Self { kind: Kind::Cardinal, rule: "", value, denominator: Decimal::ONE, scale, next, last }
    }
}

/// The numbers that begin at a number token, two where a mark parts them, and the number token after them.
#[derive(Clone, Copy, Debug)]
struct Reading {
    numbers: [Option<NumberExpr>; 2],
    next: usize,
}

impl Reading {
    const fn none(next: usize) -> Self {
        Self { numbers: [None, None], next }
    }

    const fn one(number: NumberExpr, next: usize) -> Self {
        Self { numbers: [Some(number), None], next }
    }
}

/// What the words around a number say of it.
enum Verdict {
    /// It is no number.
    NoNumber,
    /// It is this number.
    Is(Parse),
}

impl Parser<'_> {
    /// Appends all numbers of the document but the duals, in order, unless it is cancelled.
    pub(crate) fn read(&self, numbers: &mut Vec<NumberExpr>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        let mut at = 0;
        while at < self.tokens.len() {
            cancel.check()?;
            let reading = self.read_at(at);
            numbers.extend(reading.numbers.into_iter().flatten());
            at = reading.next.max(at + 1);
        }
        Ok(())
    }

    /// Reads what begins at a number token by the first production that has something to say.
    fn read_at(&self, at: usize) -> Reading {
        let opening = self.tokens[at].numeral.opening();
        let reading = self.switches.rules(&PRODUCTIONS).filter(|rule| rule.begins.contains(opening)).find_map(|rule| {
            let mut reading = (rule.parse)(self, at)?;
            for number in reading.numbers.iter_mut().flatten().filter(|number| number.rule.is_empty()) {
                number.rule = rule.info.name;
            }
            Some(reading)
        });
        reading.unwrap_or(Reading::none(at + 1))
    }

    /// A number in words, unless the words around it say that it is none.
    fn decided(&self, at: usize, parse: Option<Parse>) -> Option<Reading> {
        let parse = parse?;
        let number = self.disambiguated(at, parse).map(|parse| self.expression(at, &parse));
        Some(Reading { numbers: [number, None], next: parse.next })
    }

    /// Whatever may follow a cardinal and belongs to it.
    fn completed(&self, parse: Parse) -> Parse {
        if !self.may_go_on(parse.last, parse.next) {
            return parse;
        }
        let rules = self.switches.behind(PRODUCTIONS.len()).rules(&CONTINUATIONS);
        rules.fold(parse, |parse, rule| match (rule.parse)(self, parse) {
            Some(longer) => Parse { rule: rule.info.name, ..longer },
            None => parse,
        })
    }

    /// What was read at a number token, decided by its surroundings; `None` when it is no number.
    fn disambiguated(&self, at: usize, parse: Parse) -> Option<Parse> {
        let mut rules = self.switches.behind(PRODUCTIONS.len() + CONTINUATIONS.len()).rules(&FACTS);
        match rules.find_map(|rule| Some((rule.info.name, (rule.parse)(self, at, &parse)?))) {
            Some((_, Verdict::NoNumber)) => None,
            Some((rule, Verdict::Is(parse))) => Some(Parse { rule, ..parse }),
            None => Some(parse),
        }
    }

    /// `رباعية`: so many goals, if a score follows.
    fn goal_count(&self, at: usize) -> Option<Parse> {
        let Numeral::Goals(goals) = self.tokens[at].numeral else { return None };
        let count = Parse::cardinal(goals.into(), Decimal::ONE, at + 1, self.tokens[at].token);
        Some(Parse { kind: Kind::GoalCount, ..count })
    }

    /// The number that begins with number token `at`.
    fn expression(&self, at: usize, parse: &Parse) -> NumberExpr {
        let NumberToken { token, numeral, clitics, .. } = self.tokens[at];
        NumberExpr {
            kind: parse.kind,
            rule: parse.rule,
            value: parse.value,
            denominator: parse.denominator,
            first: token,
            last: parse.last,
            span: Span::new(self.doc.part(token, clitics.len()).start, self.doc.end(parse.last)),
            scale: parse.scale,
            digits: numeral == Numeral::Digits,
            clitics,
        }
    }

    /// `سالب خمسة`, `ناقص 5`.
    fn negative(&self, at: usize) -> Option<Reading> {
        let minus = self.tokens[at];
        let number = self.linked(minus.token, at + 1, Link::Direct)?;
        if matches!(number.numeral, Numeral::Minus | Numeral::Ordinal(_) | Numeral::Indefinite(_)) {
            return None;
        }
        let mut reading = self.read_at(at + 1);
        if let [Some(number), _] = &mut reading.numbers
            && number.first == minus.token + 1
            && matches!(number.kind, Kind::Cardinal | Kind::Fraction)
        {
            (number.rule, number.value) = ("", -number.value);
            number.span.start = self.doc.part(minus.token, minus.clitics.len()).start;
            number.first = minus.token;
        }
        Some(reading)
    }
}
