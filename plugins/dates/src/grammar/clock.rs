//! Clock times and parts of a day.

use super::Grammar;
use crate::lexicon::Cue;
use crate::lexicon::NO_OFFSET;
use crate::point::{Clock, Expr, Point, Unit};
use crate::text::NumKind;
use crate::word::WordClass;
use khabar_lexicon::inflect::{has_article, has_feminine_shape};

impl Grammar<'_> {
    /// `الساعة الثالثة والنصف`, `13:30`, `الثامنة مساء`, `س15`.
    pub(super) fn clock(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let headed = text.is(at, WordClass::Clock) || text.cues(at, Cue::HourLetter) && text.glued(at + 1);
        let mut from = if headed { at + 1 } else { at };
        if headed && !text.joined(from) {
            return None;
        }
        // `الساعة الـ8`
        if headed && text.is(from, WordClass::Article) && text.glued(from + 1) {
            from += 1;
        }
        let bracket = headed && text.is_mark(from, &['(', ':']);
        if bracket {
            from += 1;
        }
        let (clock, end) = self.hour(from, headed)?;
        let (mut clock, end) = self.minutes(clock, end, headed);
        let (part, mut end) = self.day_part_after(end, headed);
        if bracket && text.is_mark(from - 1, &['(']) && text.is_mark(end, &[')']) {
            end += 1;
        }
        let bare = !headed && part.is_none();
        // `00ر14`: figures of agencies, which are a decimal number elsewhere.
        let reversed = text.figures(from).is_some_and(|figures| figures.is_reversed());
        if bare && reversed && self.zone(end).is_none() && !text.is_mark(end, &[')']) {
            return None;
        }
        if bare && text.figures(from).is_none_or(|f| f.clock(false).is_none()) && !self.bare_hour(from, end) {
            return None;
        }
        // `16:30 ساعة` is a length.
        if bare && text.joined(end) && text.word(end).is_unit(WordClass::Unit, Unit::Hour) {
            return None;
        }
        if let Some((zone, after)) = self.zone(end) {
            (clock.zone, end) = (zone, after);
        }
        Some((Point { clock: Some(clock), part, ..Point::default() }, end))
    }

    /// The hour, with the minutes where one token holds both.
    fn hour(&self, at: usize, headed: bool) -> Option<(Clock, usize)> {
        let text = &self.text;
        let plain = Clock { hour: 0, minute: 0, second: None, zone: None, of_24: false };
        if let Some(figures) = text.figures(at)
            && let Some((hour, minute, second)) = figures.clock(headed || self.part_follows(at + 1))
        {
            let of_24 = 12 < hour || hour == 0 || figures.digits()[0] == 2 && figures.parts()[0] < 10;
            return Some((Clock { hour, minute, second, of_24, ..plain }, at + 1));
        }
        // `الساعة منتصف النهار`
        let word = text.word(at);
        if headed && (word.is(WordClass::Midnight) || word.is(WordClass::DayPart) && word.value == 2 && word.len == 2) {
            let hour = if word.is(WordClass::Midnight) { 0 } else { 12 };
            return Some((Clock { hour, of_24: true, ..plain }, at + usize::from(word.len)));
        }
        let num = text.num(at)?;
        if num.kind == NumKind::Ordinal {
            let hour = num.within(1, 12)? as u8;
            return Some((Clock { hour, ..plain }, num.end));
        }
        if num.digits == 4 && (headed || self.part_follows(at + 1)) {
            // `الساعة 0553`
            let value = num.within(0, 2359)?;
            let (hour, minute) = ((value / 100) as u8, (value % 100) as u8);
            return (minute < 60).then_some((Clock { hour, minute, of_24: true, ..plain }, num.end));
        }
        if num.digits == 3 && self.part_follows(at + 1) && self.style.plans {
            let value = num.within(100, 1259)?;
            let (hour, minute) = ((value / 100) as u8, (value % 100) as u8);
            return (minute < 60).then_some((Clock { hour, minute, ..plain }, num.end));
        }
        let hour = num.within(0, 24)? as u8;
        let of_24 = 12 < hour || hour == 0 || num.digits == 2 && hour < 10;
        Some((Clock { hour: hour % 24, of_24, ..plain }, num.end))
    }

    /// `والنصف`, `و26 دقيقة`, `إلا ربعا`.
    fn minutes(&self, clock: Clock, at: usize, headed: bool) -> (Clock, usize) {
        let text = &self.text;
        let unchanged = (clock, at);
        if !text.joined(at) || clock.minute != 0 {
            return unchanged;
        }
        let less = text.is(at, WordClass::Except);
        let (mut from, mut joined) = if less { (at + 1, true) } else { (at, false) };
        if text.is(from, WordClass::And) {
            (from, joined) = (from + 1, true);
        }
        let word = text.word(from);
        let minutes = if word.is(WordClass::Share) && (joined || word.has_and()) {
            Some((i64::from(word.value), from + 1))
        } else if let Some(num) = text.num(from).filter(|n| joined || n.and) {
            let unit = text.word(num.end);
            let minutes =
                matches!(unit.class, WordClass::Unit | WordClass::UnitPlural) && unit.unit() == Some(Unit::Minute);
            let value = num.within(1, 59);
            let loose = self.style.plans && (headed || num.digits == 0);
            value.filter(|_| minutes || less || loose).map(|v| (v, if minutes { num.end + 1 } else { num.end }))
        } else {
            None
        };
        let Some((minutes, end)) = minutes else { return unchanged };
        let total = i64::from(clock.hour) * 60 + if less { -minutes } else { minutes };
        let total = total.rem_euclid(24 * 60);
        let clock = Clock { hour: (total / 60) as u8, minute: (total % 60) as u8, ..clock };
        // `والنصف إلا خمس دقائق`
        if !less && text.is(end, WordClass::Except) { self.minutes_off(clock, end) } else { (clock, end) }
    }

    fn minutes_off(&self, clock: Clock, at: usize) -> (Clock, usize) {
        let Some(num) = self.text.num(at + 1) else { return (clock, at) };
        let Some(minutes) = num.within(1, 29) else { return (clock, at) };
        let unit = self.text.word(num.end);
        let end = if unit.unit() == Some(Unit::Minute) && matches!(unit.class, WordClass::Unit | WordClass::UnitPlural)
        {
            num.end + 1
        } else {
            num.end
        };
        let total = (i64::from(clock.hour) * 60 + i64::from(clock.minute) - minutes).rem_euclid(24 * 60);
        (Clock { hour: (total / 60) as u8, minute: (total % 60) as u8, ..clock }, end)
    }

    /// `صباحا`, `بعد الظهر`, `من مساء` before a day: the half of the day that an hour is in.
    fn day_part_after(&self, at: usize, headed: bool) -> (Option<u8>, usize) {
        let text = &self.text;
        if !text.joined(at) {
            return (None, at);
        }
        let from =
            if text.is(at, WordClass::From) || text.is(at, WordClass::In) && self.style.plans { at + 1 } else { at };
        let word = text.word(from);
        let end = from + usize::from(word.len);
        if word.is_prefixed() || from != at && !text.joined(from) {
            return (None, at);
        }
        match word.class {
            WordClass::DayPartAdverb | WordClass::DayPart => (Some(word.value as u8), end),
            WordClass::DayPartLate if headed || from == at => (Some(word.value as u8), end),
            WordClass::This if text.is(from + 1, WordClass::DayPart) => {
                (Some(text.word(from + 1).value as u8), from + 2)
            }
            _ => (None, at),
        }
    }

    fn part_follows(&self, at: usize) -> bool {
        let word = self.text.word(at);
        self.text.joined(at)
            && !word.is_prefixed()
            && matches!(word.class, WordClass::DayPartAdverb | WordClass::DayPart)
    }

    /// An hour without `الساعة` and without a part of the day, in talk of plans.
    fn bare_hour(&self, at: usize, end: usize) -> bool {
        let text = &self.text;
        self.style.plans
            && text.num(at).is_some_and(|n| n.kind == NumKind::Ordinal && n.digits == 0 && self.feminine(at))
            && (!text.joined(end) || text.mark(end).is_some() || self.text.class(end) != WordClass::None)
    }

    /// Hours are feminine: `السابعة`, not `السابع`.
    fn feminine(&self, at: usize) -> bool {
        let folded = self.text.folded(at);
        has_feminine_shape(folded) && has_article(folded)
    }

    /// `بتوقيت غرينتش`, `بالتوقيت المحلي`, `GMT`.
    fn zone(&self, at: usize) -> Option<(Option<i16>, usize)> {
        let text = &self.text;
        let open = text.is_mark(at, &['(', '،', ',']);
        let from = if open { at + 1 } else { at };
        if !text.joined(from) {
            return None;
        }
        let (zone, end) = if text.cues(from, Cue::Utc) {
            (Some(0), from + 1)
        } else if text.cues(from, Cue::TimeLetter) && text.cues(from + 1, Cue::GreenwichLetter) {
            // `14:00 ت غ`
            (Some(0), from + 2)
        } else if text.is(from, WordClass::ZoneHead) {
            let name = text.word(from + 1);
            match name.class {
                WordClass::Zone => {
                    let offset = Some(name.value).filter(|v| *v != NO_OFFSET);
                    (offset, from + 1 + usize::from(name.len))
                }
                _ if text.joined(from + 1) && text.mark(from + 1).is_none() => (None, from + 2),
                _ => (None, from + 1),
            }
        } else {
            return None;
        };
        if text.is_mark(at, &['(']) {
            return text.is_mark(end, &[')']).then_some((zone, end + 1));
        }
        Some((zone, end))
    }

    /// `الليلة الفاصلة بين 17 و18 أيار`: the night of the first day.
    fn night_between(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let between = text.joined(at) && text.is(at, WordClass::Between);
        let (expr, end) = self.interval(at).filter(|_| between)?;
        match expr {
            Expr::Interval(first, _) if first.clock.is_none() && first.tells_day() => {
                Some((Point { part: Some(5), ..first }, end))
            }
            _ => None,
        }
    }

    /// A part of a day: `صباح` before a day, `هذا المساء`, `الليلة الماضية`, `بعد الظهر`.
    pub(super) fn part(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let end = at + usize::from(word.len);
        let part = Some(word.value as u8);
        match word.class {
            WordClass::DayPart | WordClass::DayPartAdverb => Some((Point { part, ..Point::default() }, end)),
            // `ذلك المساء`, `تلك الليلة`: of the day that was named last.
            WordClass::That
                if text.joined(end)
                    && !text.word(end).is_prefixed()
                    && text.word(end).is_definite()
                    && text.word(end).len == 1
                    && matches!(text.class(end), WordClass::DayPart | WordClass::Tonight) =>
            {
                let part = Some(text.word(end).value as u8);
                Some((Point { part, follow: Some(0), ..Point::default() }, end + 1))
            }
            WordClass::This
                if !text.word(at + 1).is_prefixed()
                    && matches!(text.class(at + 1), WordClass::DayPart | WordClass::Tonight) =>
            {
                let part = Some(text.word(at + 1).value as u8);
                let end = at + 1 + usize::from(text.word(at + 1).len);
                Some((Point { part, deictic: Some(0), ..Point::default() }, end))
            }
            WordClass::Tonight if at != 0 && text.cues(at - 1, Cue::ThatFeminine) => None,
            WordClass::Tonight if text.cues(end, Cue::Dividing) => self.night_between(end + 1),
            WordClass::Tonight => {
                let after = text.word(end);
                let deictic = match after.class {
                    _ if !text.joined(end) => 0,
                    WordClass::Direction => after.value,
                    WordClass::Follow => return None,
                    _ => 0,
                };
                let end = if text.joined(end) && after.is(WordClass::Direction) { end + 1 } else { end };
                Some((Point { part, deictic: Some(deictic), ..Point::default() }, end))
            }
            WordClass::Midnight => {
                let clock = Clock { hour: 0, minute: 0, second: None, zone: None, of_24: true };
                Some((Point { clock: Some(clock), ..Point::default() }, end))
            }
            _ => None,
        }
    }
}
