//! Scores: `2-1`, `هدفين لهدف`, `برباعية نظيفة`.

use khabar_core::Decimal;
use khabar_core::kinds::{Points, Score};
use khabar_extractor::Span;
use khabar_lexicon::Proclitic;

use super::relation::{Relation, Relations};
use crate::lexicon::WordClass;
use crate::number::Number;
use crate::number_expr::{Kind, NumberExpr};

/// No side scores as many: sets and points of other games than football count up to here.
const MOST_POINTS: u32 = 199;
/// Up to here a pair of numbers is a score though no word of sport is near.
const MOST_GOALS: u32 = 20;
/// How far before and behind it a word of sport may stand, and how far the score before it.
const SPORT_BEFORE: u32 = 8;
const SPORT_BEHIND: u32 = 6;
const NEXT_SCORE: u32 = 9;

impl Relations<'_> {
    fn score_of(&self, at: usize, span: Span, a: Decimal, b: Decimal) -> Relation {
        let value = Points::new(a.normalize(), b.normalize());
        let number = Number::Score(Score::new(value));
        Relation { number, rule: "", span, first: self.numbers[at].first, width: 2, takes_amounts: false }
    }

    /// `2-1`, `2 - 1`, `2 مقابل 0`.
    pub(super) fn score_in_figures(&self, at: usize) -> Option<Relation> {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let are_points = |number: &NumberExpr| {
            number.kind == Kind::Cardinal
                && number.value.is_integer()
                && Decimal::ZERO <= number.value
                && number.value <= MOST_POINTS.into()
        };
        let is_bare = |at: usize| self.amounts[at].is_none();
        if !are_points(a) || !are_points(b) || !is_bare(at) || !is_bare(at + 1) {
            return None;
        }
        let are_goals = |number: &NumberExpr| number.value <= MOST_GOALS.into();
        let is_score = if a.first == b.first {
            self.is_marked_score(at)
        } else {
            let between = self.between(at)?;
            let classes = self.doc.classes(between.start);
            if between.len() != 1 {
                false
            } else if classes.contains(WordClass::ScoreMark) {
                !self.is_date(between.start, a, b) && self.is_marked_score(at)
            } else {
                let is_scaled = |number: &NumberExpr| number.scale != Decimal::ONE;
                classes.contains(WordClass::Against) && are_goals(a) && are_goals(b) && !is_scaled(a) && !is_scaled(b)
            }
        };
        is_score.then(|| self.score_of(at, Span::new(a.span.start, b.span.end), a.value, b.value))
    }

    /// `14 / 2 / 1993` is a date.
    fn is_date(&self, mark: u32, a: &NumberExpr, b: &NumberExpr) -> bool {
        let is_slash = |token: u32| self.doc.folded(token) == "/";
        is_slash(mark) && (is_slash(b.last + 1) || is_slash(a.first.wrapping_sub(1)))
    }

    /// Whether two numbers in digits with a mark between them are a score.
    fn is_marked_score(&self, at: usize) -> bool {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let is_likely = a.value <= MOST_GOALS.into() && b.value <= a.value;
        a.digits && b.digits && !self.is_calendar(at) && !self.is_enumeration(at) && (is_likely || self.is_sport(at))
    }

    /// Whether a word of sport or another score stands near.
    fn is_sport(&self, at: usize) -> bool {
        let (first, last) = (self.numbers[at].first, self.numbers[at + 1].last);
        if self.score_before.is_some_and(|score| first <= score + NEXT_SCORE) {
            return true;
        }
        let mut near = (first.saturating_sub(SPORT_BEFORE)..first).chain(last + 1..=last + SPORT_BEHIND);
        near.any(|token| self.doc.is_word(token, WordClass::Sport))
    }

    /// `هدفين لهدف`, `ثلاثة أهداف مقابل هدفين`.
    pub(super) fn score_in_words(&self, at: usize) -> Option<Relation> {
        let (a, b) = (&self.numbers[at], &self.numbers[at + 1]);
        let last = self.goals(a)?;
        let is_to = b.first == last + 1 && b.clitics.has(Proclitic::Lam);
        let is_against = b.first == last + 2 && self.doc.is_word(last + 1, WordClass::Against);
        let is_whole = b.value.is_integer() && matches!(b.kind, Kind::Cardinal | Kind::Dual(_) | Kind::GoalCount);
        if !(is_to || is_against) || !self.is_goal_count(b) || !is_whole || !self.doc.same_line(b.first) {
            return None;
        }
        // `هدف واحد`
        let one =
            self.numbers.get(at + 2).filter(|one| one.first == b.last + 1 && one.value == Decimal::ONE && !one.digits);
        let end = match one {
            Some(one) if b.value == Decimal::ONE => one.span.end,
            _ if b.value == Decimal::ONE && self.doc.is_word(b.last + 1, WordClass::One) => self.doc.end(b.last + 1),
            _ => b.span.end,
        };
        Some(self.score_of(at, Span::new(a.span.start, end), a.value, b.value))
    }

    /// `هدفين نظيفين`, `برباعية نظيفة`, `هدف دون رد`, `هدفين لمثلهما`: one number says both sides.
    pub(super) fn unanswered(&self, at: usize) -> Option<Relation> {
        let number = &self.numbers[at];
        let last = self.goals(number)?;
        let (against, len) = match self.doc.len_of(last + 1, WordClass::Unanswered) {
            Some(len) => (Decimal::ZERO, len),
            None => (number.value, self.doc.len_of(last + 1, WordClass::SameScore)?),
        };
        let end = last + len;
        if !(last + 1..=end).all(|token| self.doc.same_line(token)) {
            return None;
        }
        let span = Span::new(number.span.start, self.doc.end(end));
        Some(Relation { width: 1, ..self.score_of(at, span, number.value, against) })
    }

    /// The last token of goals scored: `هدفين`, `ثلاثية`, `ثلاثة أهداف`.
    fn goals(&self, number: &NumberExpr) -> Option<u32> {
        match number.kind {
            Kind::GoalCount => Some(number.last),
            Kind::Dual(_) => self.is_goal_count(number).then_some(number.last),
            Kind::Cardinal if self.doc.is_word(number.last + 1, WordClass::Goals) => Some(number.last + 1),
            _ => None,
        }
    }

    /// Whether a number may count goals: any, but of dual nouns only `هدفين`.
    fn is_goal_count(&self, number: &NumberExpr) -> bool {
        let Kind::Dual(noun) = number.kind else { return true };
        noun.and_then(|id| self.doc.lexicon.numerals.noun(id)).is_some_and(|noun| noun.is_goal)
    }
}
