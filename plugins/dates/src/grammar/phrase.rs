//! One phrase: which sort it is, and where it ends.

use khabar_core::kinds::{Anchor, TimexModifier};

use super::Grammar;
use super::amount::Length;
use super::first::Rules;
use crate::point::{Expr, Part, Phrase, Point, Unit, Year};
use crate::text::NumKind;
use crate::word::{Class, Word};

impl Grammar<'_> {
    /// Reads the phrases that begin at a token; returns the token after them.
    pub(super) fn phrase(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let push = |out: &mut Vec<Phrase>, first, end, expr, modifier| out.push(Phrase { first, end, expr, modifier });
        if at != 0 && text.joined(at) && text.is(at - 1, Class::NameHead) && self.names_a_place(at) {
            // The whole date is part of the name.
            return self.point(at).map(|(_, end)| end);
        }
        let rules = self.rules(at);
        if let Some((expr, end)) = rules.read(Rules::INTERVAL, || self.interval(at)) {
            push(out, at, end, expr, None);
            return Some(end);
        }
        if let Some((expr, end)) = rules.read(Rules::SET, || self.set(at)) {
            push(out, at, end, expr, None);
            return Some(end);
        }
        if let Some(end) = self.shift(at, out) {
            return Some(end);
        }
        if let Some(end) = self.list(at, out) {
            return Some(end);
        }
        if let Some((point, end)) = self.hedged_point(at) {
            let (end, yearly) = self.yearly(&point, end);
            let expr = if yearly { Expr::Yearly(point) } else { Expr::Point(point) };
            push(out, at, end, expr, point.modifier);
            return Some(end);
        }
        if let Some(end) = self.last_units(at, out) {
            return Some(end);
        }
        if let Some(length) = rules.read(Rules::LENGTH, || self.length(at)) {
            if let Some(end) = self.counted_period(at, &length, out) {
                return Some(end);
            }
            if length.bare && !self.length_stands_here(at, &length) {
                return None;
            }
            let end = length.end;
            let anchor = self.anchor(at, end);
            push(out, at, end, Expr::Duration(length.amounts, anchor), length.modifier);
            return Some(end);
        }
        if let Some(end) = self.years_listed(at, out) {
            return Some(end);
        }
        if let Some((way, end)) = self.hours_of_now(at) {
            push(out, at, end, Expr::Reference(way), None);
            return Some(end);
        }
        let word = text.word(at);
        if word.is(Class::Reference) {
            let end = at + usize::from(word.len);
            // `في الآن ذاته`: at the same time.
            if word.value == 0 && text.joined(end) && text.is(end, Class::Same) {
                return None;
            }
            // `في اللحظة الأخيرة`
            if text.folded(at).ends_with("اللحظه") && text.joined(end) && text.folded(end).starts_with("ال") {
                return None;
            }
            // `وقت سابق من اليوم` is a time of that day.
            push(out, at, end, Expr::Reference(word.value as i8), None);
            return Some(end);
        }
        None
    }

    /// `إلى حد الساعة` is until now; `الساعات الأخيرة` are those before now, where no part of a day follows.
    fn hours_of_now(&self, at: usize) -> Option<(i8, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if word.is(Class::Clock) && word.skip == 0 && at != 0 && text.joined(at) && text.folded(at - 1) == "حد" {
            return Some((0, at + 1));
        }
        let last = word.is(Class::Late) && word.len == 2 && text.folded(at).ends_with("الساعات") && word.value == 2;
        last.then_some((-1, at + 2))
    }

    /// Whether the word before makes the date a name: a street, a market, a law's number.
    fn names_a_place(&self, at: usize) -> bool {
        let head = self.text.folded(at - 1);
        let numbered = head.ends_with("عدد") || head.ends_with("رقم");
        let day = self.text.is(at, Class::Weekday) || self.text.num(at).is_some();
        day && (!numbered || self.text.figures(at).is_some())
    }

    /// A point with `نحو` or `حوالي` before it.
    fn hedged_point(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if word.is(Class::Approx) && text.folded(at) != "تقريبا" {
            let next = at + usize::from(word.len);
            let fine = text.joined(next) && !text.word(next).has(Word::AND);
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
    fn list(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let mut days: Vec<(usize, usize, i8)> = Vec::new();
        let mut from = at;
        while days.len() < 12 {
            let num = text.num(from).filter(|n| n.within(1, 31).is_some() && n.digits <= 2)?;
            let next = num.end;
            let comma = text.is_mark(next, &['،', ',']);
            let split = text.is(next, Class::And);
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
            out.push(Phrase { first, end, expr: Expr::Point(day), modifier: None });
        }
        let (end, yearly) = self.yearly(&point, end);
        let expr = if yearly { Expr::Yearly(point) } else { Expr::Point(point) };
        out.push(Phrase { first: from, end, expr, modifier: point.modifier });
        Some(end)
    }

    /// `2005 و2006 و2007` after a plural head of years.
    fn years_listed(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let year = |at: usize| {
            let num = text.num(at).filter(|n| n.digits == 4)?;
            Some((num.within(1000, 2299)? as i32, num.end))
        };
        let before = at.checked_sub(1).filter(|_| text.joined(at))?;
        let head = text.word(before);
        let headed = matches!(head.class, Class::UnitPlural | Class::UnitDual | Class::DayPair) && head.value == 7;
        let (_, after) = year(at)?;
        let next = |end: usize| {
            let from = if text.is(end, Class::And) || text.is_mark(end, &['،', ',']) { end + 1 } else { return None };
            text.joined(from).then_some(from)
        };
        if !headed {
            return None;
        }
        let (mut from, mut end) = (at, after);
        loop {
            let (value, after) = year(from)?;
            let point = Point { year: Year::Is(value), ..Point::default() };
            out.push(Phrase { first: from, end: after, expr: Expr::Point(point), modifier: None });
            end = end.max(after);
            match next(after).filter(|at| year(*at).is_some()) {
                Some(more) if out.len() < 1 << 20 => from = more,
                _ => return Some(end),
            }
        }
    }

    /// `قبل عشر سنوات` and, when no event is named, `بعد شهرين`.
    fn shift(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let word = text.word(at);
        let direction = match word.class {
            Class::Before => -1,
            Class::After => 1,
            Class::In if self.style.plans => 1,
            _ => return None,
        };
        if !text.joined(at + 1) || text.word(at + 1).has(Word::AND | Word::PREPOSITION) {
            return None;
        }
        let length = self.length(at + 1)?;
        if self.again(at + 1) {
            return None;
        }
        if length.definite && !self.definite_count(&length) || self.point_is_longer(at + 1, length.end) {
            return None;
        }
        let event = self.event_follows(length.end, word.is(Class::After));
        let unknown = length.amounts.iter().all(|a| a.count.is_none());
        if event || word.is(Class::In) && unknown {
            return None;
        }
        // `بعد 10 أيام من اليوم`
        let from_now = text.joined(length.end)
            && text.is(length.end, Class::From)
            && matches!(text.class(length.end + 1), Class::Reference | Class::Today);
        if word.is(Class::After) && !self.style.plans && !from_now && !self.looks_ahead(at) {
            return None;
        }
        let mut end = length.end;
        if from_now {
            end += 1 + usize::from(text.word(end + 1).len);
        }
        out.push(Phrase { first: at, end, expr: Expr::Shift(length.amounts, direction), modifier: length.modifier });
        Some(end)
    }

    /// Whether an event is named that a length is counted from: `من انتهاء المهلة`, `على الهجوم`.
    fn event_follows(&self, end: usize, after: bool) -> bool {
        let text = &self.text;
        let at = if text.folded(end) == "فقط" { end + 1 } else { end };
        let of = text.is(at, Class::From) || after && text.is(at, Class::On);
        let now = matches!(text.class(at + 1), Class::Reference | Class::Today);
        text.joined(at) && of && !text.word(at).has(Word::AND) && !now
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
        let explains = at.checked_sub(1).is_some_and(|b| matches!(self.text.folded(b), "اي" | "الا"));
        explains || crate::tense::plainly_future(&self.text, at)
    }

    /// On which side of an event a length is counted.
    fn anchor(&self, at: usize, end: usize) -> Option<Anchor> {
        let text = &self.text;
        let before = at.checked_sub(1).filter(|_| text.joined(at))?;
        match text.class(before) {
            Class::After => Some(Anchor::After),
            Class::Before => Some(Anchor::Before),
            Class::Length if text.joined(end) && text.is(end, Class::After) => Some(Anchor::After),
            Class::Length if text.joined(end) && text.is(end, Class::Before) => Some(Anchor::Before),
            _ => None,
        }
    }

    /// `آخر 3 سنوات`.
    fn last_units(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let last = text.is(at, Class::Bound) && text.word(at).value == 2 && text.folded(at).ends_with("اخر");
        let num = text.num(at + 1).filter(|n| last && n.kind == NumKind::Cardinal && text.joined(n.first))?;
        let length = self.length(num.first).filter(|l| !l.bare)?;
        out.push(Phrase { first: at, end: length.end, expr: Expr::Duration(length.amounts, None), modifier: None });
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
        if matches!(text.folded(end), "القليله" | "القلائل" | "العديده" | "المعدوده") && text.joined(end + 1)
        {
            (few, end) = (true, end + 1);
        }
        let word = text.word(end);
        let recent = word.is(Class::Recent);
        if !matches!(word.class, Class::Dir | Class::Recent | Class::Follow) || word.is(Class::Dir) && word.value == 0 {
            return None;
        }
        let counted = length.amounts.iter().all(|a| a.count.is_some()) && !length.bare;
        if counted && (length.definite || text.num(at).is_some()) {
            let follow = word.is(Class::Follow) && !self.style.plans;
            let expr = Expr::Duration(length.amounts.clone(), None);
            let end = if follow { length.end } else { end + 1 };
            out.push(Phrase { first: at, end, expr, modifier: length.modifier });
            return Some(end);
        }
        // `الأيام المقبلة`: which way, not how far.
        let vague = length.definite && length.bare && (!word.is(Class::Follow) || few);
        if !vague {
            return None;
        }
        let reference = if recent { -1 } else { word.value as i8 };
        out.push(Phrase { first: at, end: end + 1, expr: Expr::Reference(reference), modifier: None });
        Some(end + 1)
    }
}
