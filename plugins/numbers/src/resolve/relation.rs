//! Two numbers that stand in a relation: ranges, ratios, scores.

use khabar_extractor::Span;
use khabar_lexicon::Proclitic;
use khabar_lexicon::rule::Switches;

use super::amount::Amount;
use super::hedge::Hedge;
use super::rules::{AMOUNTS, JOINS, RELATIONS, Width};
use crate::lexicon::{WordClass, WordClasses};
use crate::number::Number;
use crate::number_expr::{Kind, NumberExpr};
use crate::tagged_doc::TaggedDoc;

/// The numbers of a document with all that was found around each.
pub(crate) struct Relations<'a> {
    pub doc: TaggedDoc<'a>,
    pub numbers: &'a [NumberExpr],
    pub amounts: &'a [Option<Amount>],
    pub hedges: &'a [Option<Hedge>],
    /// The last token of the score before: scores come in rows.
    pub score_before: Option<u32>,
    /// Which rules of the stage are on.
    pub switches: Switches,
}

/// What was found from a number on.
pub(crate) struct Relation {
    pub number: Number,
    /// The name of the rule that found it.
    pub rule: &'static str,
    pub span: Span,
    /// First token.
    pub first: u32,
    /// How many numbers it takes: one or two.
    pub width: usize,
    /// Their amounts are part of it.
    pub takes_amounts: bool,
}

/// The most words between two numbers that are related.
const MOST_BETWEEN: u32 = 8;

/// What may stand between two numbers that are related, right before the second.
const CONNECTORS: WordClasses = WordClasses::of(&[
    WordClass::And,
    WordClass::Between,
    WordClass::To,
    WordClass::Dash,
    WordClass::ScoreMark,
    WordClass::Against,
    WordClass::Of,
    WordClass::Whole,
]);

impl Relations<'_> {
    /// The relation of the numbers at an index and the next one, or what one number says of two sides.
    pub(crate) fn at(&self, at: usize) -> Option<Relation> {
        let is_pair = self.is_pair(at);
        let rules = self.switches.behind(AMOUNTS.len() + JOINS.len()).rules(&RELATIONS);
        let mut rules = rules.filter(|rule| is_pair || rule.begins == Width::One);
        rules.find_map(|rule| Some(Relation { rule: rule.info.name, ..(rule.parse)(self, at)? }))
    }

    /// Whether the numbers at an index and the next one may be related.
    fn is_pair(&self, at: usize) -> bool {
        let [a, b, ..] = &self.numbers[at..] else { return false };
        let is_related = |number: &NumberExpr| !matches!(number.kind, Kind::Ordinal | Kind::Indefinite);
        is_related(a) && is_related(b) && b.first <= a.last + MOST_BETWEEN && self.may_relate(at)
    }

    /// Whether what stands before the second number can join it to the first: most pairs end here.
    fn may_relate(&self, at: usize) -> bool {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let is_joined = a.first == b.first || b.clitics.has(Proclitic::Lam) || self.is_conjoined(at + 1);
        let is_connected = || self.doc.classes(self.first(at + 1).wrapping_sub(1)).intersects(CONNECTORS);
        is_joined || self.hedges[at + 1].is_some() || is_connected()
    }

    pub(super) fn first(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.numbers[at].first, |amount| amount.first)
    }

    pub(super) fn last(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.numbers[at].last, |amount| amount.last)
    }

    pub(super) fn start(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.numbers[at].span.start, |amount| amount.span.start)
    }

    pub(super) fn end(&self, at: usize) -> u32 {
        self.amounts[at].as_ref().map_or(self.numbers[at].span.end, |amount| amount.span.end)
    }

    /// The tokens between two numbers, if none of them, nor the second number, begins a line and they are few.
    pub(super) fn between(&self, at: usize) -> Option<std::ops::Range<u32>> {
        let between = self.last(at) + 1..self.first(at + 1);
        let is_near = between.end <= between.start + MOST_BETWEEN;
        (is_near && (between.start..=between.end).all(|token| self.doc.same_line(token))).then_some(between)
    }

    /// Whether `و` is written with the first word of a number, or of the noun before it (`وكيلوغرام واحد`).
    pub(super) fn is_conjoined(&self, at: usize) -> bool {
        self.amounts[at].as_ref().map_or(self.numbers[at].clitics, |amount| amount.clitics).has_conjunction()
    }
}
