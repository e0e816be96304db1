//! Periods: weeks, months and years by direction, quarters, seasons, decades, centuries.

use super::Grammar;
use super::year::YearName;
use crate::point::{Part, Point, Unit, Year};
use crate::text::NumKind;
use crate::word::WordClass;
use khabar_lexicon::inflect::without_article;

impl Grammar<'_> {
    /// `الأسبوع الماضي`, `هذا الشهر`, `القرن الماضي`, `الشهر التالي`.
    pub(super) fn relative_unit(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let this = text.is(at, WordClass::This);
        let from = if this { at + 1 } else { at };
        let word = text.word(from);
        if !word.is(WordClass::Unit) || !word.is_definite() || this && (word.is_prefixed() || !text.joined(from)) {
            return None;
        }
        let unit = word.unit()?;
        let next = from + 1;
        let after = text.word(next);
        let (by, end) = match after.class {
            _ if this => {
                let dir = text.joined(next) && after.is(WordClass::Direction);
                (0, if dir { next + 1 } else { next })
            }
            _ if !text.joined(next) => return None,
            WordClass::Direction => (after.value, next + 1),
            WordClass::Follow if self.style.plans => (after.value, next + 1),
            WordClass::Recent if matches!(unit, Unit::Decade | Unit::Week) => (-1, next + 1),
            // `الشهر قبل الماضي`
            WordClass::Before if text.is(next + 1, WordClass::Direction) && text.word(next + 1).value < 0 => {
                (-2, next + 2)
            }
            // `الأسبوع بعد القادم`
            WordClass::After if matches!(text.class(next + 1), WordClass::Direction | WordClass::Follow) => {
                (2, next + 2)
            }
            _ => return None,
        };
        let mut point = Point::default();
        match unit {
            Unit::Week => point.week = Part::From(by),
            Unit::Month => point.month = Part::From(by),
            Unit::Year => point.year = Year::From(by.into()),
            Unit::Decade => point.decade = Part::From(by),
            Unit::Century => point.century = Part::From(by),
            _ => return None,
        }
        // `سبتمبر من السنة القادمة` the other way round: `الشهر الثالث`.
        Some((point, end))
    }

    /// `القرن العشرين`, `القرن ال12 ميلادي`.
    pub(super) fn century(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if !word.is_unit(WordClass::Unit, Unit::Century) || !word.is_definite() {
            return None;
        }
        let from = if text.is(at + 1, WordClass::Article) { at + 2 } else { at + 1 };
        let num = text.num(from).filter(|n| text.joined(n.first))?;
        let century = num.within(1, 30)? as i8;
        let named = self.with_era(YearName { year: Year::None, hijri: None, bc: false, end: num.end });
        let hijri = named.hijri == Some(true);
        Some((Point { century: Part::Is(century), hijri, bc: named.bc, ..Point::default() }, named.end))
    }

    /// `التسعينات`, `ستينات القرن الماضي`; not the years of a life.
    pub(super) fn decade(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        if !word.is(WordClass::Decade) {
            return None;
        }
        let mut end = at + usize::from(word.len);
        let of = |end: usize| if text.is(end, WordClass::From) { end + 1 } else { end };
        if text.is(of(end), WordClass::OfLife) && text.joined(of(end)) {
            return None;
        }
        if text.is(end, WordClass::Era) || text.is(end, WordClass::Direction) && text.joined(end) {
            end += 1;
        }
        let point = Point { decade: Part::Is(word.value as i8), ..Point::default() };
        let next = of(end);
        let century = if text.joined(next) { self.century(next).or_else(|| self.relative_unit(next)) } else { None };
        match century.filter(|(p, _)| p.century.is_some()) {
            Some((century, end)) => Some((Point { century: century.century, ..point }, end)),
            None => Some((point, end)),
        }
    }

    /// `الربع الأول من سنة 2017`, `الثلاثي الأول`, `النصف الثاني من مارس`.
    pub(super) fn part_of_year(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let (quarter, head) = match (word.class, word.value) {
            (WordClass::Share, 15) if word.is_definite() => (true, false),
            (WordClass::Share, 30) if word.is_definite() => (false, false),
            (WordClass::PartYear, 3) => (true, true),
            (WordClass::PartYear, _) => (false, true),
            _ => return None,
        };
        let num = text.num(at + 1).filter(|n| n.kind == NumKind::Ordinal && text.joined(at + 1));
        let (nth, next) = match num {
            Some(num) => (num.within(1, if quarter { 4 } else { 2 })?, num.end),
            None if text.is(at + 1, WordClass::Recent) => (if quarter { 4 } else { 2 }, at + 2),
            None => return None,
        };
        let mut point = Point::default();
        if quarter {
            point.quarter = Some(nth as u8);
        } else {
            point.half = Some(nth as u8);
        }
        let of = text.is(next, WordClass::From) || text.is(next, WordClass::In);
        let from = if of { next + 1 } else { next };
        if text.joined(from) {
            if let Some(name) = self.year(from, of) {
                return Some((Point { year: name.year, hijri: name.hijri == Some(true), ..point }, name.end));
            }
            let month = || self.month(from).or_else(|| self.relative_unit(from).filter(|(p, _)| p.month.is_some()));
            if of
                && !quarter
                && let Some((month, end)) = month()
            {
                return Some((Point { half: point.half, ..month }, end));
            }
            let (direct, end) = self.with_direction(point, next);
            if end != next {
                return Some((direct, end));
            }
        }
        head.then_some((point, next))
    }

    /// `صيف 2016`, `الربيع القادم`, `هذا الصيف`, `فصل الشتاء`.
    pub(super) fn season(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let head = matches!(text.class(at), WordClass::This | WordClass::SeasonHead);
        let from = if head { at + 1 } else { at };
        let word = text.word(from);
        if head && (word.is_prefixed() || !text.joined(from)) {
            return None;
        }
        let point = Point { season: Some(word.value as u8), ..Point::default() };
        match word.class {
            WordClass::Season => {
                let (told, end) = self.with_year(point, from + 1);
                let next = text.folded(from + 1);
                let adjective = text.joined(from + 1) && without_article(next).is_some() && end == from + 1;
                let before = from.checked_sub(1).map_or(WordClass::None, |b| text.class(b));
                let stands = matches!(
                    before,
                    WordClass::In
                        | WordClass::Since
                        | WordClass::To
                        | WordClass::Length
                        | WordClass::Bound
                        | WordClass::On
                        | WordClass::By
                );
                let this = text.is(at, WordClass::This);
                let told = if this { Point { dir: Some(0), ..told } } else { told };
                (!adjective && (stands || head || end != from + 1 || self.style.plans)).then_some((told, end))
            }
            WordClass::SeasonWord => {
                let (told, end) = self.with_year(point, from + 1);
                let alone = self.style.plans && (!text.joined(from + 1) || text.mark(from + 1).is_some());
                (end != from + 1 && told.dir.is_none() || alone).then_some((told, end))
            }
            _ => None,
        }
    }

    /// `الأسبوع الأول من أكتوبر`, `أول أسبوع`, `أسبوع 30 نوفمبر`.
    pub(super) fn nth_week(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let word = text.word(at);
        let week = |at: usize| text.word(at).is_unit(WordClass::Unit, Unit::Week);
        let (nth, next) =
            if word.is(WordClass::Bound) && word.value != 1 && week(at + 1) && !text.word(at + 1).is_definite() {
                (if word.value == 0 { 1 } else { -1 }, at + 2)
            } else if week(at) && word.is_definite() {
                match text.num(at + 1).filter(|n| n.kind == NumKind::Ordinal) {
                    Some(num) => (num.within(1, 53)? as i8, num.end),
                    None if text.is(at + 1, WordClass::Recent) => (-1, at + 2),
                    None => return None,
                }
            } else if week(at) && text.joined(at + 1) {
                let (point, end) = self.day_and_month(at + 1, &Point::default())?;
                return Some((Point { week: Part::From(0), ..point }, end));
            } else {
                return None;
            };
        let of = matches!(text.class(next), WordClass::From | WordClass::In);
        let from = if of { next + 1 } else { next };
        if !text.joined(from) {
            return None;
        }
        let within = self.month(from).or_else(|| self.relative_unit(from).filter(|(p, _)| p.month.is_some()));
        let within = within.or_else(|| {
            let name = self.year(from, of)?;
            Some((Point { year: name.year, ..Point::default() }, name.end))
        });
        let (point, end) = within?;
        Some((Point { week: Part::Is(nth), ..point }, end))
    }
}
