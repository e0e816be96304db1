//! Periods: years, months and weeks by name or direction, quarters, seasons, decades, centuries.

use khabar_core::TokenClass;

use super::Grammar;
use crate::lexicon::{Class, Word};
use crate::point::{Part, Point, Unit, Year};
use crate::text::NumKind;

/// A year as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct YearName {
    pub(super) year: Year,
    pub(super) hijri: Option<bool>,
    pub(super) bc: bool,
    pub(super) end: usize,
}

impl Grammar<'_> {
    /// Takes in direction and year after a month, a feast or a part of a year.
    pub(super) fn with_year(&self, point: Point, at: usize) -> (Point, usize) {
        let text = &self.text;
        let (point, at) = self.with_direction(point, at);
        if !text.joined(at) {
            return (point, at);
        }
        let mut from = at;
        let of = text.is(at, Class::From) && text.word(at).skip == 0 || self.style.plans && text.is(at, Class::In);
        let comma = text.is_mark(at, &['،', ',', '.', '-', '/']);
        if of || comma {
            from += 1;
        }
        if !text.joined(from) {
            return (point, at);
        }
        let Some(name) = self.year(from, of) else { return (point, at) };
        let figures = text.num(from).is_some_and(|n| n.digits == 4);
        // After a comma only a year in figures belongs to the date, and not one that counts something.
        let counted = figures && !of && self.counts_noun(name.end) && text.mark(name.end).is_none();
        let spaced_point = text.mark(at) == Some('.') && !text.glued(at) && !self.style.plans;
        if comma && (!figures || counted) || spaced_point {
            return (point, at);
        }
        if name.hijri.is_some_and(|hijri| hijri != point.hijri) && point.month.is_some() {
            return (point, at);
        }
        // Figures and words after an ordinal of a direction ("8 مايو الماضي 2000 شخص") are no year.
        if point.dir.is_some() && !matches!(name.year, Year::From(_)) && !of {
            return (point, at);
        }
        let hijri = point.hijri || name.hijri == Some(true);
        (Point { year: name.year, hijri, bc: name.bc, ..point }, name.end)
    }

    /// A year: with `عام` any number, without it one of four figures, or one in words where `of` says that a date goes
    /// before it.
    pub(super) fn year(&self, at: usize, of: bool) -> Option<YearName> {
        let text = &self.text;
        let mut from = at;
        let this = text.is(at, Class::This) || text.is(at, Class::ThatSame);
        if this {
            from += 1;
        }
        let word = text.word(from);
        let head = word.is(Class::Unit) && word.value == 7 && text.joined(from) | (from == at);
        let school = word.is(Class::SeasonHead) && word.value == 7 && (from == at || text.joined(from));
        if school {
            let end = from + usize::from(word.len);
            let after = text.word(end);
            let by = match after.class {
                Class::Dir if text.joined(end) => Some((i32::from(after.value), end + 1)),
                _ if this && text.is(at, Class::This) => Some((0, end)),
                _ => None,
            };
            let (by, end) = by?;
            return Some(YearName { year: Year::From(by), hijri: None, bc: false, end });
        }
        if this {
            let year = if text.is(at, Class::This) { Year::From(0) } else { Year::Same };
            return (head && word.skip == 0).then_some(YearName { year, hijri: None, bc: false, end: from + 1 });
        }
        if head {
            return self.headed_year(from);
        }
        let num = text.num(at)?;
        if num.digits == 4 {
            let year = num.within(1000, 2299)? as i32;
            return Some(self.with_era(YearName { year: Year::Is(year), hijri: None, bc: false, end: num.end }));
        }
        if (1..4).contains(&num.digits) && num.kind == NumKind::Cardinal {
            // `17 من جمادى الآخرة 752 هـ`
            let year = num.within(1, 999)? as i32;
            let name = self.with_era(YearName { year: Year::Is(year), hijri: None, bc: false, end: num.end });
            return name.hijri.is_some().then_some(name);
        }
        let in_words = num.digits == 0 && num.kind == NumKind::Cardinal && (of || self.style.plans);
        let year = num.within(1000, 2299).filter(|_| in_words)? as i32;
        Some(self.with_era(YearName { year: Year::Is(year), hijri: None, bc: false, end: num.end }))
    }

    fn headed_year(&self, at: usize) -> Option<YearName> {
        let text = &self.text;
        let mut next = at + 1;
        if !text.joined(next) {
            return None;
        }
        // `السنة المالية الجارية`, `العام الدراسي الحالي`: one adjective may stand between.
        let definite = text.word(at).has(Word::DEFINITE);
        if definite
            && text.is(next, Class::None)
            && text.folded(next).starts_with("ال")
            && text.is(next + 1, Class::Dir)
        {
            next += 1;
        }
        // `العام الهجري 1436`
        if definite && text.is(next, Class::Era) && text.num(next + 1).is_some() && text.joined(next + 1) {
            next += 1;
        }
        let hijri_head = text.is(next.wrapping_sub(1), Class::Era) && text.word(next - 1).value == 2;
        let after = text.word(next);
        let year = |year, end| Some(YearName { year, hijri: None, bc: false, end });
        match after.class {
            Class::Dir if definite => return year(Year::From(i32::from(after.value)), next + 1),
            Class::Recent if definite && self.style.plans => return year(Year::From(-1), next + 1),
            Class::Follow if definite && after.value == 1 && !self.style.plans => return None,
            Class::Follow if definite => return year(Year::From(i32::from(after.value)), next + 1),
            Class::Same if definite => return year(Year::Same, next + 1),
            _ => {}
        }
        let mut from = next;
        if text.is(from, Class::Article) || text.is_mark(from, &['(']) {
            from += 1;
        }
        let num = text.num(from).filter(|n| n.kind == NumKind::Cardinal && !n.and)?;
        let figures = 0 < num.digits && num.digits <= 4;
        let words = num.digits == 0 && num.within(100, 2299).is_some();
        let value = num.within(1, 2999).filter(|_| figures || words)? as i32;
        let mut name = self.with_era(YearName { year: Year::Is(value), hijri: None, bc: false, end: num.end });
        // A year of one or two figures needs its era (`سنة 3 هـ`), or is of the last century (`عام 88`).
        if value < 100 && name.hijri.is_none() && !name.bc {
            if value < 30 || num.digits != 2 || definite || self.counts_noun(name.end) {
                return None;
            }
            name.year = Year::Is(1900 + value);
        }
        if hijri_head {
            name.hijri = Some(true);
        }
        if text.is_mark(next, &['(']) {
            if !text.is_mark(name.end, &[')']) {
                return None;
            }
            name.end += 1;
        }
        Some(name)
    }

    fn with_era(&self, name: YearName) -> YearName {
        let text = &self.text;
        let mut at = name.end;
        let bracket = text.is_mark(at, &['(']);
        if bracket {
            at += 1;
        }
        let era = text.word(at);
        if !text.joined(at) || !era.is(Class::Era) {
            return name;
        }
        let end = at + usize::from(era.len);
        if bracket && !text.is_mark(end, &[')']) {
            return name;
        }
        let end = if bracket { end + 1 } else { end };
        YearName { hijri: Some(era.value == 2), bc: era.value == 3, end, ..name }
    }

    /// A year that stands alone: after `عام`, or four figures where a year can stand.
    pub(super) fn year_alone(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let name = self.year(at, false)?;
        let point = |hijri| Point { year: name.year, hijri, bc: name.bc, ..Point::default() };
        let Year::Is(value) = name.year else { return Some((point(false), name.end)) };
        if text.num(at).is_none() {
            // The years 1400 to 1460 after `عام` are Hijri: no news is of 1400 to 1460 AD.
            let hijri = name.hijri.unwrap_or(!self.style.gregorian && (1400..=1460).contains(&value));
            return Some((point(hijri), name.end));
        }
        if name.hijri.is_some() || name.bc {
            return Some((point(name.hijri == Some(true)), name.end));
        }
        let likely = (1900..=2060).contains(&value);
        (likely && self.year_stands_here(at, name.end)).then_some((point(false), name.end))
    }

    /// Whether four figures can be a year: a preposition of time before them, and no noun that they count after.
    fn year_stands_here(&self, at: usize, end: usize) -> bool {
        let text = &self.text;
        let Some(before) = at.checked_sub(1).filter(|_| text.joined(at)) else {
            return false;
        };
        // `ل2017`, `في ال2017`
        let glued = matches!(text.folded(before), "ل" | "وفي") || text.is(before, Class::Article);
        // `منذ 1988`, `(2005)`
        let since = text.is(before, Class::Since) && !matches!(text.class(end), Class::Unit | Class::UnitPlural);
        let bracketed = text.mark(before) == Some('(') && text.is_mark(end, &[')']);
        if since || bracketed {
            return true;
        }
        let preposition = matches!(
            text.class(before),
            Class::In
                | Class::Since
                | Class::To
                | Class::Before
                | Class::After
                | Class::Length
                | Class::Between
                | Class::Bound
        );
        (preposition || glued) && !self.counts_noun(end)
    }

    /// Whether the word at a token can be counted by a number before it: an indefinite noun.
    pub(super) fn counts_noun(&self, at: usize) -> bool {
        let text = &self.text;
        if !text.joined(at) || text.token_class(at) != Some(TokenClass::Arabic) {
            return matches!(text.mark(at), Some('%' | '٪' | '$' | '/' | '-')) && text.glued(at);
        }
        match text.class(at) {
            Class::None | Class::NameHead => {
                let folded = text.folded(at);
                let definite = folded.starts_with("ال") || folded.starts_with("لل") || folded.starts_with("بال");
                // Conjunction and preposition in front tell a new phrase; `و` may begin a noun but seldom after figures.
                let prefixed = folded.starts_with('و') || folded.starts_with('ب') && 4 < folded.len() / 2;
                !(definite || prefixed)
            }
            Class::Unit | Class::UnitPlural | Class::Decade | Class::Share => true,
            _ => false,
        }
    }

    /// A month without a day.
    pub(super) fn month(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let this = text.is(at, Class::This);
        let name = self.month_name(if this { at + 1 } else { at })?;
        let point = Point { month: Part::Is(name.month as i8), hijri: name.hijri, ..Point::default() };
        let (mut point, end) = self.with_year(point, name.end);
        if this {
            point.dir = Some(0);
        }
        let told = name.sure || end != name.end || this;
        if name.word && !told && !self.month_stands_here(at, &name) {
            return None;
        }
        Some((point, end))
    }

    /// Whether a word that may be no month is one: a preposition of time stands before it.
    fn month_stands_here(&self, at: usize, name: &super::day::MonthName) -> bool {
        let text = &self.text;
        let Some(before) = at.checked_sub(1).filter(|_| text.joined(at)) else {
            return self.style.plans;
        };
        let word = text.word(at);
        let class = text.class(before);
        // `أفريل وماي`
        if word.has(Word::AND) && !word.has(Word::PREPOSITION) && !name.hijri {
            return matches!(class, Class::Month | Class::MonthWord);
        }
        if word.has(Word::PREPOSITION | Word::AND) {
            return false;
        }
        if name.hijri {
            let ramadan =
                name.month == 9 && matches!(class, Class::In | Class::Length | Class::To | Class::Since | Class::Bound);
            return ramadan || self.style.plans && class == Class::In;
        }
        matches!(
            class,
            Class::In
                | Class::Since
                | Class::To
                | Class::Length
                | Class::Bound
                | Class::Before
                | Class::After
                | Class::UnitDual
                | Class::DayPair
                | Class::UnitPlural
        ) || class == Class::From && text.num(before.wrapping_sub(1)).is_some()
    }

    /// `الأسبوع الماضي`, `هذا الشهر`, `القرن الماضي`, `الشهر التالي`.
    pub(super) fn relative_unit(&self, at: usize) -> Option<(Point, usize)> {
        let text = &self.text;
        let this = text.is(at, Class::This);
        let from = if this { at + 1 } else { at };
        let word = text.word(from);
        if !word.is(Class::Unit) || !word.has(Word::DEFINITE) || this && (word.skip != 0 || !text.joined(from)) {
            return None;
        }
        let unit = Unit::new(word.value)?;
        let next = from + 1;
        let after = text.word(next);
        let (by, end) = match after.class {
            _ if this => {
                let dir = text.joined(next) && after.is(Class::Dir);
                (0, if dir { next + 1 } else { next })
            }
            _ if !text.joined(next) => return None,
            Class::Dir => (i32::from(after.value), next + 1),
            Class::Follow if self.style.plans => (i32::from(after.value), next + 1),
            Class::Recent if matches!(unit, Unit::Decade | Unit::Week) => (-1, next + 1),
            // `الشهر قبل الماضي`
            Class::Before if text.is(next + 1, Class::Dir) && text.word(next + 1).value < 0 => (-2, next + 2),
            // `الأسبوع بعد القادم`
            Class::After if matches!(text.class(next + 1), Class::Dir | Class::Follow) => (2, next + 2),
            _ => return None,
        };
        let mut point = Point::default();
        match unit {
            Unit::Week => point.week = Part::From(by),
            Unit::Month => point.month = Part::From(by),
            Unit::Year => point.year = Year::From(by),
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
        if !word.is(Class::Unit) || word.value != 9 || !word.has(Word::DEFINITE) {
            return None;
        }
        let from = if text.is(at + 1, Class::Article) { at + 2 } else { at + 1 };
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
        if !word.is(Class::Decade) {
            return None;
        }
        let mut end = at + usize::from(word.len);
        let of = |end: usize| if text.is(end, Class::From) { end + 1 } else { end };
        if text.is(of(end), Class::OfLife) && text.joined(of(end)) {
            return None;
        }
        if text.is(end, Class::Era) || text.is(end, Class::Dir) && text.joined(end) {
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
            (Class::Share, 15) if word.has(Word::DEFINITE) => (true, false),
            (Class::Share, 30) if word.has(Word::DEFINITE) => (false, false),
            (Class::PartYear, 3) => (true, true),
            (Class::PartYear, _) => (false, true),
            _ => return None,
        };
        let num = text.num(at + 1).filter(|n| n.kind == NumKind::Ordinal && text.joined(at + 1));
        let (nth, next) = match num {
            Some(num) => (num.within(1, if quarter { 4 } else { 2 })?, num.end),
            None if text.is(at + 1, Class::Recent) => (if quarter { 4 } else { 2 }, at + 2),
            None => return None,
        };
        let mut point = Point::default();
        if quarter {
            point.quarter = Some(nth as u8);
        } else {
            point.half = Some(nth as u8);
        }
        let of = text.is(next, Class::From) || text.is(next, Class::In);
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
        let head = matches!(text.class(at), Class::This | Class::Chapter);
        let from = if head { at + 1 } else { at };
        let word = text.word(from);
        if head && (word.skip != 0 || !text.joined(from)) {
            return None;
        }
        let point = Point { season: Some(word.value as u8), ..Point::default() };
        match word.class {
            Class::Season => {
                let (told, end) = self.with_year(point, from + 1);
                let next = text.folded(from + 1);
                let adjective = text.joined(from + 1) && next.starts_with("ال") && end == from + 1;
                let before = from.checked_sub(1).map_or(Class::None, |b| text.class(b));
                let stands =
                    matches!(before, Class::In | Class::Since | Class::To | Class::Length | Class::Bound | Class::On);
                let this = text.is(at, Class::This);
                let told = if this { Point { dir: Some(0), ..told } } else { told };
                (!adjective && (stands || head || end != from + 1 || self.style.plans)).then_some((told, end))
            }
            Class::SeasonWord => {
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
        let week = |at: usize| text.is(at, Class::Unit) && text.word(at).value == 5;
        let (nth, next) =
            if word.is(Class::Bound) && word.value != 1 && week(at + 1) && !text.word(at + 1).has(Word::DEFINITE) {
                (if word.value == 0 { 1 } else { -1 }, at + 2)
            } else if week(at) && word.has(Word::DEFINITE) {
                match text.num(at + 1).filter(|n| n.kind == NumKind::Ordinal) {
                    Some(num) => (num.within(1, 53)? as i8, num.end),
                    None if text.is(at + 1, Class::Recent) => (-1, at + 2),
                    None => return None,
                }
            } else if week(at) && text.joined(at + 1) {
                let (point, end) = self.day_and_month(at + 1, &Point::default())?;
                return Some((Point { week: Part::From(0), ..point }, end));
            } else {
                return None;
            };
        let of = matches!(text.class(next), Class::From | Class::In);
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
