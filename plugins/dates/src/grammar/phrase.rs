//! Phrases: which rule reads what begins at a token, and those that are no matter of another file.

use khabar_core::TokenClass;
use khabar_core::kinds::{Anchor, TimexModifier};
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::{has_accusative_shape, has_feminine_shape, without_article};

use super::Grammar;
use super::amount::Length;
use super::rules::{PHRASES, RuleIds};
use crate::lexicon::Cue;
use crate::point::{Expr, Part, Phrase, Point, Unit, Year};
use crate::text::NumKind;
use crate::word::WordClass;

/// The letter of the accusative.
const ALEF: char = '\u{627}';

impl Grammar<'_> {
    /// Reads the phrases that begin at a token by the first rule that reads any; returns the token after them.
    pub(super) fn phrase(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let before = out.len();
        for rule in self.rules(at).and(RuleIds::PHRASES).iter() {
            let Some(row) = PHRASES.get(usize::from(rule)) else { continue };
            if let Some(end) = (row.parse)(self, at, out) {
                for phrase in &mut out[before..] {
                    phrase.rule.get_or_insert(rule);
                }
                return Some(end);
            }
            // What did not match leaves nothing behind.
            out.truncate(before);
        }
        None
    }

    /// A date that is part of a name: it is no phrase.
    pub(super) fn date_in_name(&self, at: usize, _: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let named = at != 0 && text.joined(at) && text.is(at - 1, WordClass::NameHead) && self.names_a_place(at);
        named.then(|| self.point(at).map_or(at + 1, |(_, end)| end))
    }

    /// A point, hedged or recurring.
    pub(super) fn point_phrase(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let (point, end) = self.hedged_point(at)?;
        let (end, yearly) = self.yearly(&point, end);
        let expr = if yearly { Expr::Yearly(point) } else { Expr::Point(point) };
        out.push(Phrase { rule: point.rule, ..Phrase::new(at, end, expr, point.modifier) });
        Some(end)
    }

    /// A length with its direction.
    pub(super) fn duration_with_direction(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        self.counted_period(at, &self.length(at)?, out)
    }

    /// A length.
    pub(super) fn duration(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let length = self.length(at)?;
        if length.bare && !self.length_stands_here(at, &length) {
            return None;
        }
        let end = length.end;
        let anchor = self.anchor(at, end);
        out.push(Phrase::new(at, end, Expr::Duration(length.amounts, anchor), length.modifier));
        Some(end)
    }

    /// `الآن`, `مؤخرا`, `لاحقا`.
    pub(super) fn reference(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let word = text.word(at);
        if !word.is(WordClass::Reference) {
            return None;
        }
        let end = at + usize::from(word.len);
        // `في الآن ذاته`: at the same time.
        if word.value == 0 && text.joined(end) && text.is(end, WordClass::Same) {
            return None;
        }
        // `حارسا سابقا`: a former one.
        let noun = at.checked_sub(1).filter(|_| text.joined(at) && !word.is_prefixed());
        if word.len == 1 && word.value != 0 && noun.is_some_and(|noun| self.is_accusative_noun(noun)) {
            return None;
        }
        // `في اللحظة الأخيرة`
        if text.cues(at, Cue::Moment) && text.joined(end) && without_article(text.folded(end)).is_some() {
            return None;
        }
        // `وقت سابق من اليوم` is a time of that day.
        out.push(Phrase::new(at, end, Expr::Reference(word.value as i8), None));
        Some(end)
    }

    /// An indefinite noun in the accusative, as its spelling tells: `حارسا`, not the verb `أعلنوا`.
    fn is_accusative_noun(&self, at: usize) -> bool {
        let text = &self.text;
        let folded = text.folded(at);
        text.is(at, WordClass::None)
            && text.token_class(at) == Some(TokenClass::Arabic)
            && 4 * 2 <= folded.len()
            && has_accusative_shape(text.doc.surface(at))
            && !has_feminine_shape(folded)
            && !folded.trim_end_matches(ALEF).ends_with(Proclitic::Wa.letter())
            && without_article(folded).is_none()
    }

    /// `حد الساعة`, `الساعات الأخيرة`.
    pub(super) fn reference_of_hours(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let (direction, end) = self.hours_of_now(at)?;
        out.push(Phrase::new(at, end, Expr::Reference(direction), None));
        Some(end)
    }

    /// `إلى حد الساعة` is until now; `الساعات الأخيرة` are those before now, where no part of a day follows.
    fn hours_of_now(&self, at: usize) -> Option<(i8, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if word.is(WordClass::Clock)
            && !word.is_prefixed()
            && at != 0
            && text.joined(at)
            && text.cues(at - 1, Cue::Limit)
        {
            return Some((0, at + 1));
        }
        let last = word.is(WordClass::Late) && word.len == 2 && text.cues(at, Cue::Hours) && word.value == 2;
        last.then_some((-1, at + 2))
    }

    /// Whether the word before makes the date a name: a street, a market, a law's number.
    fn names_a_place(&self, at: usize) -> bool {
        let numbered = self.text.cues(at - 1, Cue::Numbered);
        let day = self.text.is(at, WordClass::Weekday) || self.text.num(at).is_some();
        day && (!numbered || self.text.figures(at).is_some())
    }

    /// A point with `نحو` or `حوالي` before it.
    fn hedged_point(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if word.is(WordClass::Approximately) && !text.cues(at, Cue::Approximately) {
            let next = at + usize::from(word.len);
            let fine = text.joined(next) && !text.word(next).has_and();
            let (point, end) = self.point(next).filter(|_| fine)?;
            let modifier = point.modifier.or(Some(TimexModifier::Approx));
            return Some((Point { modifier, ..point }, end));
        }
        self.point(at)
    }

    /// Whether a point recurs: `23 أفريل من كل عام`. With the token after all of it.
    fn yearly(&self, point: &Point, end: usize) -> (usize, bool) {
        let recurs = |unit| match unit {
            Unit::Year => point.month.is_some(),
            Unit::Month | Unit::Week => point.tells_day(),
            Unit::Day => point.clock.is_some(),
            _ => false,
        };
        match self.of_every(end) {
            Some((unit, after)) if recurs(unit) => (after, true),
            _ => (end, false),
        }
    }

    /// `الأول والثالث من أغسطس`, `29 و30 أفريل`: days that share a month, one timex each.
    pub(super) fn list_of_days(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let mut days: Vec<(usize, usize, i8)> = Vec::new();
        let mut from = at;
        while days.len() < 12 {
            let num = text.num(from).filter(|n| n.within(1, 31).is_some() && n.digits <= 2)?;
            let next = num.end;
            let comma = text.is_mark(next, &['،', ',']);
            let split = text.is(next, WordClass::And);
            let carried = text.num(next).is_some_and(|n| n.and);
            if !text.joined(next) {
                return None;
            }
            if comma || split || carried {
                days.push((from, next, num.within(1, 31)? as i8));
                from = if carried { next } else { next + 1 };
                if !text.joined(from) {
                    return None;
                }
                continue;
            }
            break;
        }
        if days.is_empty() {
            return None;
        }
        let (point, end) = self.point(from)?;
        let dated = point.day.is_some() && point.month.is_some() && point.clock.is_none() && point.weekday.is_none();
        let rising = days.iter().map(|d| d.2).chain(match point.day {
            Part::Is(day) => Some(day),
            _ => None,
        });
        if !dated || !rising.is_sorted() {
            return None;
        }
        for (first, end, day) in days {
            let day = Point { day: Part::Is(day), ..point };
            out.push(Phrase::new(first, end, Expr::Point(day), None));
        }
        let (end, yearly) = self.yearly(&point, end);
        let expr = if yearly { Expr::Yearly(point) } else { Expr::Point(point) };
        out.push(Phrase::new(from, end, expr, point.modifier));
        Some(end)
    }

    /// `2005 و2006 و2007` after a plural head of years.
    pub(super) fn list_of_years(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let year = |at: usize| {
            let num = text.num(at).filter(|n| n.digits == 4)?;
            Some((num.within(1000, 2299)? as i32, num.end))
        };
        let before = at.checked_sub(1).filter(|_| text.joined(at))?;
        let head = text.word(before);
        let headed = matches!(head.class, WordClass::UnitPlural | WordClass::UnitDual | WordClass::DayPair)
            && head.unit() == Some(Unit::Year);
        let (_, after) = year(at)?;
        let next = |end: usize| {
            let from =
                if text.is(end, WordClass::And) || text.is_mark(end, &['،', ',']) { end + 1 } else { return None };
            text.joined(from).then_some(from)
        };
        if !headed {
            return None;
        }
        let (mut from, mut end) = (at, after);
        loop {
            let (value, after) = year(from)?;
            let point = Point { year: Year::Is(value), ..Point::default() };
            out.push(Phrase::new(from, after, Expr::Point(point), None));
            end = end.max(after);
            match next(after).filter(|at| year(*at).is_some()) {
                Some(more) if out.len() < 1 << 20 => from = more,
                _ => return Some(end),
            }
        }
    }

    /// `قبل عشر سنوات` and, when no event is named, `بعد شهرين`.
    pub(super) fn shift(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let word = text.word(at);
        let direction = match word.class {
            WordClass::Before => -1,
            WordClass::After => 1,
            WordClass::In if self.style.plans => 1,
            _ => return None,
        };
        if !text.joined(at + 1) || text.word(at + 1).is_prefixed() {
            return None;
        }
        let length = self.length(at + 1)?;
        if self.again(at + 1) {
            return None;
        }
        if length.definite && !self.definite_count(&length) || self.point_is_longer(at + 1, length.end) {
            return None;
        }
        let event = self.event_follows(length.end, word.is(WordClass::After));
        let unknown = length.amounts.iter().all(|a| a.count.is_none());
        if event || word.is(WordClass::In) && unknown {
            return None;
        }
        // `بعد 10 أيام من اليوم`
        let from_now = text.joined(length.end)
            && text.is(length.end, WordClass::From)
            && matches!(text.class(length.end + 1), WordClass::Reference | WordClass::Today);
        if word.is(WordClass::After) && !self.style.plans && !from_now && !self.looks_ahead(at) {
            return None;
        }
        let mut end = length.end;
        if from_now {
            end += 1 + usize::from(text.word(end + 1).len);
        }
        out.push(Phrase::new(at, end, Expr::Shift(length.amounts, direction), length.modifier));
        Some(end)
    }

    /// Whether an event is named that a length is counted from: `من انتهاء المهلة`, `على الهجوم`.
    fn event_follows(&self, end: usize, after: bool) -> bool {
        let text = &self.text;
        let at = if text.cues(end, Cue::Only) { end + 1 } else { end };
        let of = text.is(at, WordClass::From) || after && text.is(at, WordClass::On);
        let now = matches!(text.class(at + 1), WordClass::Reference | WordClass::Today);
        text.joined(at) && of && !text.word(at).has_and() && !now
    }

    fn definite_count(&self, length: &Length) -> bool {
        length.amounts.iter().all(|a| a.count.is_some()) && !length.bare
    }

    /// `قبل عام 2020`, `بعد شهر رمضان`, `قبل يوم السبت`: the unit is the head of a point.
    fn point_is_longer(&self, at: usize, end: usize) -> bool {
        self.point(at).is_some_and(|(_, point_end)| end < point_end)
    }

    /// Whether `بعد N` may be N from now: a future verb or particle is near, or `أي` explains a date.
    fn looks_ahead(&self, at: usize) -> bool {
        let explains = at.checked_sub(1).is_some_and(|b| self.text.cues(b, Cue::ThatIs));
        explains || crate::tense::plainly_future(&self.text, at)
    }

    /// On which side of an event a length is counted.
    fn anchor(&self, at: usize, end: usize) -> Option<Anchor> {
        let text = &self.text;
        let before = at.checked_sub(1).filter(|_| text.joined(at))?;
        match text.class(before) {
            WordClass::After => Some(Anchor::After),
            WordClass::Before => Some(Anchor::Before),
            WordClass::Length if text.joined(end) && text.is(end, WordClass::After) => Some(Anchor::After),
            WordClass::Length if text.joined(end) && text.is(end, WordClass::Before) => Some(Anchor::Before),
            _ => None,
        }
    }

    /// `آخر 3 سنوات`.
    pub(super) fn duration_of_last(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let last = text.is(at, WordClass::Bound) && text.word(at).value == 2 && text.cues(at, Cue::Last);
        let num = text.num(at + 1).filter(|n| last && n.kind == NumKind::Cardinal && text.joined(n.first))?;
        let length = self.length(num.first).filter(|l| !l.bare)?;
        out.push(Phrase::new(at, length.end, Expr::Duration(length.amounts, None), None));
        Some(length.end)
    }

    /// `السنوات الخمس الماضية`, `الأيام القليلة القادمة`, `الـ24 ساعة الماضية`: a length with its direction.
    fn counted_period(&self, at: usize, length: &Length, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let mut end = length.end;
        if !text.joined(end) {
            return None;
        }
        let mut few = false;
        if text.cues(end, Cue::FewAdjective) && text.joined(end + 1) {
            (few, end) = (true, end + 1);
        }
        let word = text.word(end);
        let recent = word.is(WordClass::Recent);
        if !matches!(word.class, WordClass::Direction | WordClass::Recent | WordClass::Follow)
            || word.is(WordClass::Direction) && word.value == 0
        {
            return None;
        }
        let counted = length.amounts.iter().all(|a| a.count.is_some()) && !length.bare;
        if counted && (length.definite || text.num(at).is_some()) {
            let follow = word.is(WordClass::Follow) && !self.style.plans;
            let expr = Expr::Duration(length.amounts.clone(), None);
            let end = if follow { length.end } else { end + 1 };
            out.push(Phrase::new(at, end, expr, length.modifier));
            return Some(end);
        }
        // `الأيام المقبلة`: which way, not how far.
        let vague = length.definite && length.bare && (!word.is(WordClass::Follow) || few);
        if !vague {
            return None;
        }
        let reference = if recent { -1 } else { word.value as i8 };
        out.push(Phrase::new(at, end + 1, Expr::Reference(reference), None));
        Some(end + 1)
    }
}
