//! Days: day words, weekdays, day and month, numeric dates.

use khabar_lexicon::inflect::has_dual_verb_shape;

use super::Grammar;
use crate::digit_groups::numeric_dates;
use crate::lexicon::Cue;
use crate::point::{Part, Point, Unit, Year};
use crate::text::NumKind;
use crate::word::WordClass;

impl Grammar<'_> {
    /// Three numbers, or two where a day is expected.
    pub(super) fn day_in_figures(&self, at: usize, after: &Point) -> Option<(Point, usize)> {
        self.numeric_date(at, after).or_else(|| self.day_of_year(at).filter(|_| self.day_expected(at, after)))
    }

    /// `يوم` before any of them; `يوم الأحد`, `يوم غد`, `يوم 11 أبريل`.
    pub(super) fn headed_day(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let dated = word.is(WordClass::Dated) && self.style.plans;
        if !(word.is_unit(WordClass::Unit, Unit::Day) || dated) || !text.joined(at + 1) {
            return None;
        }
        let next = text.word(at + 1);
        if next.has_and() || next.has_preposition() {
            return None;
        }
        let head = Point { day: Part::None, ..Point::default() };
        if word.is(WordClass::Unit) && text.is(at + 1, WordClass::WeekdayWord) {
            let point = Point { weekday: Some(next.value as u8), ..head };
            return Some(self.with_direction(point, at + 2));
        }
        let mut from = at + 1;
        if text.is_mark(from, &['(', ':']) || text.is(from, WordClass::Article) {
            from += 1;
        }
        let found = self
            .deictic(from)
            .or_else(|| self.numeric_date(from, &head))
            .or_else(|| self.day_of_year(from))
            .or_else(|| self.day_and_month(from, &Point { weekday: Some(1), ..head }))
            .or_else(|| self.weekday(from));
        let found = found.or_else(|| {
            let num = text.num(from).filter(|_| self.style.plans && word.is(WordClass::Unit))?;
            let day = num.within(1, 31)? as i8;
            Some((Point { day: Part::Is(day), ..Point::default() }, num.end))
        })?;
        // A bracket before a date is only part of it with the one after it.
        if text.is_mark(at + 1, &['(']) {
            return text.is_mark(found.1, &[')']).then_some((found.0, found.1 + 1));
        }
        Some(found)
    }

    /// Whether two numbers with a separator are a day here: after `بتاريخ`, a weekday, or in talk of plans.
    fn day_expected(&self, at: usize, after: &Point) -> bool {
        let before = at.checked_sub(1).map_or(WordClass::None, |b| self.text.class(b));
        let slash = self.text.figures(at).is_some_and(|f| f.separator() == Some(b'/'));
        before == WordClass::Dated
            || slash && (after.weekday.is_some() || after.deictic.is_some())
            || self.style.plans && (slash || matches!(before, WordClass::In | WordClass::Since))
    }

    /// `22/04` after `يوم` or a weekday: day and month, or the other way round.
    fn day_of_year(&self, at: usize) -> Option<(Point, usize)> {
        let figures = self.text.figures(at)?;
        let &[a, b] = figures.parts() else { return None };
        if !matches!(figures.separator(), Some(b'/' | b'-' | b'.')) || figures.digits().iter().any(|d| 2 < *d) {
            return None;
        }
        let (day, month) = if b <= 12 { (a, b) } else { (b, a) };
        if day == 0 || 31 < day || month == 0 || 12 < month {
            return None;
        }
        let point = Point { day: Part::Is(day as i8), month: Part::Is(month as i8), ..Point::default() };
        Some((point, at + 1))
    }

    /// `أمس`, `بعد غد`, `اليوم`, `هذا اليوم`; not `اليوم الأول من`.
    pub(super) fn deictic(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let next = at + usize::from(word.len);
        // `ذلك اليوم` is another day than today; `وذلك اليوم السبت` is not "that day".
        let that = at != 0 && text.cues(at - 1, Cue::ThatMasculine);
        if that && word.is(WordClass::Today) && !text.is(next, WordClass::Weekday) {
            return None;
        }
        match word.class {
            WordClass::Deictic => Some((Point { deictic: Some(word.value), ..Point::default() }, next)),
            WordClass::Yesterday => Some((Point { deictic: Some(-1), ..Point::default() }, next)),
            // `نفس اليوم`
            WordClass::ThatSame
                if text.is(at + 1, WordClass::Today) && !text.word(at + 1).is_prefixed() && text.joined(at + 1) =>
            {
                Some((Point { follow: Some(0), ..Point::default() }, at + 2))
            }
            WordClass::This if text.is(at + 1, WordClass::Today) && !text.word(at + 1).is_prefixed() => {
                Some((Point { deictic: Some(0), ..Point::default() }, at + 2))
            }
            WordClass::Today => {
                if let Some(found) = self.day_of_month(next) {
                    return Some(found);
                }
                let after = text.word(next);
                if self.any_day(at, next) {
                    return None;
                }
                if !text.joined(next) {
                    return Some((Point { deictic: Some(0), ..Point::default() }, next));
                }
                match after.class {
                    WordClass::Follow if !word.has_and() => {
                        Some((Point { follow: Some(after.value), ..Point::default() }, next + 1))
                    }
                    WordClass::Same => Some((Point { follow: Some(0), ..Point::default() }, next + 1)),
                    WordClass::Direction => Some((Point { deictic: Some(after.value), ..Point::default() }, next + 1)),
                    WordClass::Deictic if !after.is_prefixed() && (after.value < 0 || after.is_definite()) => {
                        let deictic = Some(after.value);
                        Some((Point { deictic, ..Point::default() }, next + usize::from(after.len)))
                    }
                    _ => {
                        // "The third day", "the national day": no day word.
                        let counted = text.num(next).is_some_and(|n| n.kind == NumKind::Ordinal && n.digits == 0);
                        (!counted).then_some((Point { deictic: Some(0), ..Point::default() }, next))
                    }
                }
            }
            _ => None,
        }
    }

    /// Whether `اليوم` is no day of its own: `40 سيجارة في اليوم` is one of all days, `اليوم الذي` another one.
    fn any_day(&self, at: usize, next: usize) -> bool {
        let text = &self.text;
        if text.joined(next) && (text.cues(next, Cue::Relative) || text.cues(next, Cue::TheOne)) {
            return true;
        }
        let told = matches!(
            text.class(next),
            WordClass::Weekday
                | WordClass::Deictic
                | WordClass::DayPart
                | WordClass::Follow
                | WordClass::Same
                | WordClass::Direction
        );
        let told = text.joined(next) && (told || text.num(next).is_some());
        at != 0
            && !text.word(at).is_prefixed()
            && text.joined(at)
            && text.is(at - 1, WordClass::In)
            && !text.word(at - 1).is_prefixed()
            && !told
    }

    /// After `اليوم`: `الأول من شهر رمضان`, `الأخير من`.
    fn day_of_month(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        if text.is(at, WordClass::Recent) && text.is(at + 1, WordClass::From) {
            let (point, end) = self.month_after(at + 2)?;
            return Some((Point { day: Part::Is(-1), ..point }, end));
        }
        let num = text.num(at).filter(|n| n.kind == NumKind::Ordinal && text.joined(at))?;
        let day = num.within(1, 31)? as i8;
        let from = if text.is(num.end, WordClass::From) { num.end + 1 } else { num.end };
        let (point, end) = self.month_after(from)?;
        Some((Point { day: Part::Is(day), ..point }, end))
    }

    /// `8 أغسطس`, `الثامن من أغسطس الجاري`, `20 من الشهر القادم`.
    pub(super) fn day_and_month(&self, at: usize, after: &Point) -> Option<(Point, usize)> {
        let text = &self.text;
        if text.is(at, WordClass::FirstDay) {
            let (point, end) = self.month_after(at + 1)?;
            return Some((Point { day: Part::Is(1), ..point }, end));
        }
        if text.is(at, WordClass::Bound) && text.word(at + 1).is_unit(WordClass::Unit, Unit::Day) {
            // `آخر يوم من شهر مارس`
            let last = text.word(at).value == 2;
            let from = if text.is(at + 2, WordClass::From) { at + 3 } else { at + 2 };
            let (point, end) = self.month_after(from)?;
            return Some((Point { day: Part::Is(if last { -1 } else { 1 }), ..point }, end));
        }
        let mut from = at;
        if text.is(at, WordClass::Article) && text.glued(at + 1) {
            from = at + 1;
        }
        let num = text.num(from)?;
        let day = num.within(1, 31).filter(|_| num.digits <= 2)? as i8;
        let mut next = num.end;
        if num.digits != 0 && (text.is_mark(next, &['.', '-', '/', 'ـ'])) && text.joined(next + 1) {
            next += 1;
        }
        // `يوم 24 منه`
        if text.cues(next, Cue::OfIt) && text.joined(next) && at != 0 && text.is(at - 1, WordClass::Unit) {
            return Some((Point { day: Part::Is(day), month: Part::Same, ..Point::default() }, next + 1));
        }
        let of = text.is(next, WordClass::From) && !text.word(next).has_and();
        if of {
            next += 1;
        }
        // `ثالث يوم من شهر عشرة`
        if text.word(next).is_unit(WordClass::Unit, Unit::Day) && text.is(next + 1, WordClass::From) {
            next += 2;
        }
        if !text.joined(next) || text.word(next).is_prefixed() {
            return None;
        }
        let (point, end) = match self.month_name(next) {
            Some(name) => {
                let named = name.hijri && name.word && !name.sure;
                let point = Point { month: Part::Is(name.month as i8), hijri: name.hijri, ..Point::default() };
                let (point, end) = self.with_year(point, name.end);
                // `3 صفر` is a score, `5 رجب` may be people; a year, `من` or `شهر` tells.
                let zero = named && name.month == 2 && !of && point.year == Year::None;
                (!zero).then_some((point, end))?
            }
            None => {
                let (point, end) = self.month_after(next)?;
                (of || after.weekday.is_some() || num.kind == NumKind::Ordinal).then_some((point, end))?
            }
        };
        Some((Point { day: Part::Is(day), ..point }, end))
    }

    /// `يناير 1`, `مايو الحادي عشر`: only where the number counts nothing.
    pub(super) fn month_and_day(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let name = self.month_name(at).filter(|name| !name.hijri)?;
        let num = text.num(name.end).filter(|_| text.joined(name.end))?;
        let day = num.within(1, 31)? as i8;
        let ordinal = num.kind == NumKind::Ordinal;
        if num.digits == 0 && !ordinal && !self.style.plans || num.and || num.digits == 4 {
            return None;
        }
        if !ordinal && !self.ends_clause(num.end) && !self.style.plans {
            return None;
        }
        let point = Point { month: Part::Is(name.month as i8), day: Part::Is(day), ..Point::default() };
        Some(self.with_year(point, num.end))
    }

    /// Whether nothing that a number could count stands at a token.
    fn ends_clause(&self, at: usize) -> bool {
        let text = &self.text;
        !text.joined(at)
            || text.mark(at).is_some()
            || matches!(
                text.class(at),
                WordClass::From
                    | WordClass::To
                    | WordClass::In
                    | WordClass::On
                    | WordClass::By
                    | WordClass::Before
                    | WordClass::After
                    | WordClass::Function
            )
            || text.figures(at).is_some_and(|f| f.clock(false).is_some())
    }

    /// A weekday with what says which one: `الأحد القادم`.
    pub(super) fn weekday(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if word.is(WordClass::Weekday) {
            // `أن الاثنين كانا`: both of them.
            let both = word.value == 1
                && at.checked_sub(1).is_some_and(|before| text.cues(before, Cue::Complementizer))
                && has_dual_verb_shape(text.folded(at + 1));
            if both && text.joined(at) {
                return None;
            }
            let point = Point { weekday: Some(word.value as u8), ..Point::default() };
            let after = text.num(at + 1).filter(|_| text.joined(at + 1));
            // `القصائد الاثنين والعشرين`: a number.
            let joined = text.num(at).is_some_and(|n| at + 1 < n.end);
            let tens = || after.is_some_and(|n| n.and && n.digits == 0 && n.within(20, 99).is_some());
            if word.value == 1 && (joined || tens()) {
                return None;
            }
            // `الثلاثاء الأولى من اكتوبر`
            if let Some(num) = after.filter(|n| n.kind == NumKind::Ordinal && n.digits == 0)
                && let Some(nth) = num.within(1, 5)
                && text.is(num.end, WordClass::From)
                && let Some((month, end)) = self.month_after(num.end + 1)
            {
                return Some((Point { nth: Some(nth as i8), weekday: point.weekday, ..month }, end));
            }
            if self.style.plans
                && let Some(num) = after
                && let Some(day) = num.within(1, 31)
                && self.ends_clause(num.end)
                && text.class(num.end) != WordClass::To
            {
                // `السبت الثاني` is the second of the month's, `الأربعاء 27` the 27th.
                return Some(match (num.kind, day) {
                    (NumKind::Ordinal, 1..=5) => (Point { nth: Some(day as i8), ..point }, num.end),
                    _ => (Point { day: Part::Is(day as i8), ..point }, num.end),
                });
            }
            // `الجمعة 16 والسبت 17 من الشهر الجاري`: the month comes later, or is this one.
            if let Some(num) = after.filter(|n| 0 < n.digits && n.digits <= 2)
                && let Some(day) = num.within(1, 31)
                && (self.text.word(num.end).has_and() || self.text.is(num.end, WordClass::And))
                && self.month_name(num.end).is_none()
            {
                return Some((Point { day: Part::Is(day as i8), ..point }, num.end));
            }
            return Some(self.with_direction(point, at + 1));
        }
        // `أول ثلاثاء من شهر عشرة`, `آخر اثنين من شهر آذار`, `أول يوم جمعة في هذا الشهر`
        let nth = match word.class {
            WordClass::Bound if word.value == 0 => 1,
            WordClass::Bound if word.value == 2 => -1,
            _ => text.num(at).filter(|n| n.kind == NumKind::Ordinal && n.end == at + 1)?.within(1, 5)? as i8,
        };
        let mut next = at + 1;
        if text.word(next).is_unit(WordClass::Unit, Unit::Day) {
            next += 1;
        }
        let day = text.word(next);
        if !matches!(day.class, WordClass::WeekdayWord | WordClass::Weekday) || day.is_prefixed() {
            return None;
        }
        let from = if matches!(text.class(next + 1), WordClass::From | WordClass::In) { next + 2 } else { next + 1 };
        let (month, end) = self.month_after(from)?;
        Some((Point { nth: Some(nth), weekday: Some(day.value as u8), ..month }, end))
    }

    /// Takes a direction word in: `الماضي`, `القادم`.
    pub(super) fn with_direction(&self, point: Point, at: usize) -> (Point, usize) {
        let word = self.text.word(at);
        let recent = word.is(WordClass::Recent) && point.weekday.is_some();
        if self.text.joined(at) && (word.is(WordClass::Direction) || recent) {
            return (Point { dir: Some(word.value as i8), ..point }, at + 1);
        }
        (point, at)
    }

    /// `11-10-2021`, `21 / 10 / 1436هـ`, `2016/02/22`.
    pub(super) fn numeric_date(&self, at: usize, after: &Point) -> Option<(Point, usize)> {
        let text = &self.text;
        let mut figures = text.figures(at)?;
        let mut end = at + 1;
        while figures.parts().len() < 3
            && let Some(mark) = text.mark(end).filter(|m| matches!(m, '/' | '-' | '.') && text.joined(end))
            && let Some(more) = text.figures(end + 1).filter(|_| text.joined(end + 1))
        {
            figures = figures.join(mark, &more)?;
            end += 2;
        }
        let readings = numeric_dates(&figures);
        let &(year, month, day) = readings.first()?;
        if text.is(at.wrapping_sub(1), WordClass::NameHead) && at != 0 && after.only_time() && figures.digits()[2] != 4
        {
            return None;
        }
        let era = text.word(end);
        let era = if text.joined(end) && era.is(WordClass::Era) { Some(era.value) } else { None };
        // A Hijri year stands for itself in figures: nobody dates news of 1300 to 1500 AD so.
        let hijri = era == Some(2) || era.is_none() && !self.style.gregorian && (1300..1600).contains(&year);
        let or = readings.get(1).filter(|r| r.0 == year && (r.1, r.2) != (month, day)).map(|r| (r.1, r.2));
        let point = Point {
            hijri,
            year: Year::Is(year),
            month: Part::Is(month as i8),
            day: Part::Is(day as i8),
            or,
            ..Point::default()
        };
        Some((point, if era.is_some() { end + 1 } else { end }))
    }

    /// A feast, with its year.
    pub(super) fn holiday(&self, at: usize) -> Option<(Point, usize)> {
        let word = self.text.word(at);
        if !word.is(WordClass::Holiday) {
            return None;
        }
        let point = Point { holiday: Some(word.value as u16), ..Point::default() };
        Some(self.with_year(point, at + usize::from(word.len)))
    }
}
