//! Years: after `عام`, beside a month, or in four figures where a year can stand.

use crate::lexicon::Cue;
use khabar_core::TokenClass;
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::{has_article, without_article};

use super::Grammar;
use crate::point::{Point, Unit, Year};
use crate::text::NumKind;
use crate::word::WordClass;

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
        let of = text.is(at, WordClass::From) && !text.word(at).is_prefixed()
            || self.style.plans && text.is(at, WordClass::In);
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
        let this = text.is(at, WordClass::This) || text.is(at, WordClass::ThatSame);
        if this {
            from += 1;
        }
        let word = text.word(from);
        let head = word.is_unit(WordClass::Unit, Unit::Year) && text.joined(from) | (from == at);
        let school = word.is_unit(WordClass::SeasonYear, Unit::Year) && (from == at || text.joined(from));
        if school {
            let end = from + usize::from(word.len);
            let after = text.word(end);
            let by = match after.class {
                WordClass::Direction if text.joined(end) => Some((i32::from(after.value), end + 1)),
                _ if this && text.is(at, WordClass::This) => Some((0, end)),
                _ => None,
            };
            let (by, end) = by?;
            return Some(YearName { year: Year::From(by), hijri: None, bc: false, end });
        }
        if this {
            let year = if text.is(at, WordClass::This) { Year::From(0) } else { Year::Same };
            return (head && !word.is_prefixed()).then_some(YearName { year, hijri: None, bc: false, end: from + 1 });
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
            // `5 م` are metres or millions.
            let letter = text.cues(num.end, Cue::AdLetter);
            return (name.hijri.is_some() && !letter).then_some(name);
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
        let definite = text.word(at).is_definite();
        if definite
            && text.is(next, WordClass::None)
            && without_article(text.folded(next)).is_some()
            && text.is(next + 1, WordClass::Direction)
        {
            next += 1;
        }
        // `العام الهجري 1436`
        if definite && text.is(next, WordClass::Era) && text.num(next + 1).is_some() && text.joined(next + 1) {
            next += 1;
        }
        let hijri_head = text.is(next.wrapping_sub(1), WordClass::Era) && text.word(next - 1).value == 2;
        let after = text.word(next);
        let year = |year, end| Some(YearName { year, hijri: None, bc: false, end });
        match after.class {
            WordClass::Direction if definite => return year(Year::From(i32::from(after.value)), next + 1),
            WordClass::Recent if definite && self.style.plans => return year(Year::From(-1), next + 1),
            WordClass::Follow if definite && after.value == 1 && !self.style.plans => return None,
            // `المدير العام السابق`: an adjective of the noun before it.
            WordClass::Follow if definite && self.follows_definite_noun(at) => return None,
            WordClass::Follow if definite => return year(Year::From(i32::from(after.value)), next + 1),
            WordClass::Same if definite => return year(Year::Same, next + 1),
            _ => {}
        }
        let mut from = next;
        if text.is(from, WordClass::Article) || text.is_mark(from, &['(']) {
            from += 1;
        }
        let num = text.num(from).filter(|n| n.kind == NumKind::Cardinal && !n.and)?;
        let figures = 0 < num.digits && num.digits <= 4;
        let words = num.digits == 0 && num.within(100, 2299).is_some();
        let value = num.within(1, 2999).filter(|_| figures || words)? as i32;
        let mut name = self.with_era(YearName { year: Year::Is(value), hijri: None, bc: false, end: num.end });
        // `من السنة 400 شخص`
        if (100..1000).contains(&value) && figures && name.hijri.is_none() && !name.bc && self.counts_noun(name.end) {
            return None;
        }
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

    /// Whether a definite noun stands right before a word without proclitics: what follows agrees with it.
    fn follows_definite_noun(&self, at: usize) -> bool {
        let text = &self.text;
        let before = at.checked_sub(1).filter(|_| text.joined(at) && !text.word(at).is_prefixed());
        before.is_some_and(|b| text.is(b, WordClass::None) && has_article(text.folded(b)))
    }

    pub(super) fn with_era(&self, name: YearName) -> YearName {
        let text = &self.text;
        let mut at = name.end;
        let bracket = text.is_mark(at, &['(']);
        if bracket {
            at += 1;
        }
        let era = text.word(at);
        if !text.joined(at) || !era.is(WordClass::Era) {
            return name;
        }
        let end = at + usize::from(era.len);
        // `35 م د`, `35 م.د` are millions of dinars.
        let dinars = if text.is_mark(end, &['.']) { end + 1 } else { end };
        if text.cues(at, Cue::AdLetter) && text.joined(dinars) && text.cues(dinars, Cue::DinarLetter) {
            return name;
        }
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

    /// Whether four figures can be a year: by the words around them, or in a list of years.
    fn year_stands_here(&self, at: usize, end: usize) -> bool {
        self.led_by_time(at, end) || !self.counts_noun(end) && self.listed(at)
    }

    /// Whether a preposition of time stands before four figures, and no noun that they count after.
    fn led_by_time(&self, at: usize, end: usize) -> bool {
        let text = &self.text;
        let Some(before) = at.checked_sub(1).filter(|_| text.joined(at)) else {
            return false;
        };
        // `ل2017`, `في ال2017`
        let glued = text.cues(before, Cue::BeforeYear) || text.is(before, WordClass::Article);
        // `منذ 1988`, `(2005)`
        let since =
            text.is(before, WordClass::Since) && !matches!(text.class(end), WordClass::Unit | WordClass::UnitPlural);
        // `اتفاق 2015`
        let born = text.cues(before, Cue::Born) || text.cues(before, Cue::EventNoun) && !self.counts_noun(end);
        let bracketed = text.mark(before) == Some('(') && text.is_mark(end, &[')']);
        if since || born || bracketed {
            return true;
        }
        let preposition = matches!(
            text.class(before),
            WordClass::In
                | WordClass::Since
                | WordClass::To
                | WordClass::By
                | WordClass::Before
                | WordClass::After
                | WordClass::Length
                | WordClass::Between
                | WordClass::Bound
        );
        // Figures that are a year of our time date more often than they count: `في 2013 مرشحين`.
        let within = matches!(text.class(before), WordClass::In | WordClass::By | WordClass::Length);
        let near = text.num(at).is_some_and(|n| n.within(2001, 2039).is_some());
        let unit =
            matches!(text.class(end), WordClass::Unit | WordClass::UnitPlural | WordClass::Decade | WordClass::Share);
        if within && near && !unit && text.mark(end).is_none() {
            return true;
        }
        (preposition || glued || self.part_of(before)) && !self.counts_noun(end)
    }

    /// `في 1994 و1998 و 2005`: whether the first of these years stands where a year can.
    fn listed(&self, at: usize) -> bool {
        /// So many years of a list are looked at.
        const MOST: usize = 8;
        let text = &self.text;
        let mut first = at;
        for _ in 0..MOST {
            let Some(before) = self.year_before_and(first) else { break };
            first = before;
        }
        let headed = first.checked_sub(1).is_some_and(|b| text.word(b).is_unit(WordClass::Unit, Unit::Year));
        first != at && (headed || self.led_by_time(first, first + 1))
    }

    /// The year that stands before the conjunction of this one.
    fn year_before_and(&self, at: usize) -> Option<usize> {
        let text = &self.text;
        let split = at.checked_sub(1).is_some_and(|b| text.is(b, WordClass::And));
        let before =
            at.checked_sub(if split { 2 } else { 1 }).filter(|_| split || text.num(at).is_some_and(|n| n.and))?;
        let year = text.num(before).is_some_and(|n| n.digits == 4 && n.within(1900, 2060).is_some());
        year.then_some(before)
    }

    /// Whether `من` before a year makes it the whole of a part, or a beginning: `الأشهر الأولى من`, `بداية من`.
    fn part_of(&self, of: usize) -> bool {
        let text = &self.text;
        let Some(part) = of.checked_sub(1).filter(|_| text.is(of, WordClass::From) && text.joined(of)) else {
            return false;
        };
        matches!(text.class(part), WordClass::Recent | WordClass::Bound | WordClass::Future)
            || text.num(part).is_some_and(|n| n.kind == NumKind::Ordinal && n.digits == 0)
    }

    /// Whether the word at a token can be counted by a number before it: an indefinite noun.
    pub(super) fn counts_noun(&self, at: usize) -> bool {
        let text = &self.text;
        if !text.joined(at) || text.token_class(at) != Some(TokenClass::Arabic) {
            return matches!(text.mark(at), Some('%' | '٪' | '$' | '/' | '-')) && text.glued(at);
        }
        match text.class(at) {
            WordClass::None | WordClass::NameHead => {
                let folded = text.folded(at);
                // A letter alone is the proclitic of what follows: `بـ15`.
                if folded.len() <= 2 {
                    return false;
                }
                let definite = has_article(folded);
                // Conjunction and preposition in front tell a new phrase; `و` may begin a noun but seldom after figures.
                let prefixed = folded.starts_with(Proclitic::Wa.letter())
                    || folded.starts_with(Proclitic::Ba.letter()) && 4 < folded.len() / 2;
                !(definite || prefixed)
            }
            WordClass::Unit | WordClass::UnitPlural | WordClass::Decade | WordClass::Share => true,
            _ => false,
        }
    }
}
