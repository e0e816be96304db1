//! The date of the document itself, from what its text says of today.

use jiff::civil::Date;
use khabar_core::kinds::{Anchor, DateSource, DocumentDate, Weekday};
use khabar_core::{DocDate, Span};

use crate::calendar;
use crate::point::{Expr, Part, Phrase, Point, Unit, Year};

/// A phrase with its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DateEvidence<'a> {
    pub(crate) phrase: &'a Phrase,
    pub(crate) span: Span,
    /// It stands in a quotation: its today is another one's.
    pub(crate) quoted: bool,
    /// The event that a length is counted from, folded: `الهجوم`.
    pub(crate) event: Option<&'a str>,
    /// An event that the phrase dates stands in the same sentence.
    pub(crate) dates_event: bool,
    /// `منذ` stands before it: it is over, or has begun.
    pub(crate) since: bool,
}

/// What the text tells of its own date.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Inferred {
    pub(crate) date: Option<Date>,
    pub(crate) weekday: Option<u8>,
    pub(crate) earliest: Option<Date>,
    pub(crate) latest: Option<Date>,
    pub(crate) confidence: f32,
    pub(crate) evidence: Vec<Span>,
}

/// Today as one phrase has it: what is not said is `None`.
#[derive(Clone, Copy, Debug)]
struct Today {
    year: Option<i32>,
    month: u8,
    day: u8,
    weekday: Option<u8>,
    /// Days from the document's day.
    by: i64,
    span: Span,
}

/// The most evidence that is listed.
const MOST_EVIDENCE: usize = 8;

/// Infers the date of a document from its phrases and the day since when an office that it names is held.
pub(crate) fn infer(clues: &[DateEvidence<'_>], office: Option<(Date, Span)>) -> Option<Inferred> {
    if clues.is_empty() && office.is_none() {
        return None;
    }
    let own: Vec<&DateEvidence<'_>> = clues.iter().filter(|c| !c.quoted).collect();
    let todays: Vec<Today> = own.iter().filter_map(|c| today(c)).collect();
    let months: Vec<(u8, Span)> = own.iter().filter_map(|c| present_month(c)).collect();
    let mut inferred =
        full_date(&todays, &own, &months).or_else(|| date_without_year(&todays, &own, &months)).unwrap_or_default();
    if inferred.date.is_none() {
        weekday(&own, &mut inferred);
        bounds(&own, &months, office, &mut inferred);
    }
    let found = inferred.date.is_some() || inferred.weekday.is_some() || inferred.earliest.is_some();
    inferred.evidence.sort();
    inferred.evidence.dedup();
    inferred.evidence.truncate(MOST_EVIDENCE);
    found.then_some(inferred)
}

fn point<'a>(clue: &DateEvidence<'a>) -> Option<&'a Point> {
    match &clue.phrase.expr {
        Expr::Point(point) => Some(point),
        _ => None,
    }
}

/// A day word with a date beside it: `اليوم السبت 27 أوت 2016`.
fn today(clue: &DateEvidence<'_>) -> Option<Today> {
    let point = point(clue)?;
    let by = i64::from(point.deictic.filter(|by| (-2..=2).contains(by))?);
    let (Part::Is(month), Part::Is(day)) = (point.month, point.day) else { return None };
    if point.hijri || point.dir.is_some_and(|d| d != 0) {
        return None;
    }
    let year = match point.year {
        Year::Is(year) => Some(year),
        Year::None => None,
        _ => return None,
    };
    let today = Today {
        year,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
        weekday: point.weekday,
        by,
        span: clue.span,
    };
    // A weekday that is not the date's: one of the two is a slip, so neither tells.
    let right = year.is_none() || date_of(&today, year).is_some();
    right.then_some(today)
}

/// The document's day, if today's date has that weekday in that year.
fn date_of(today: &Today, year: Option<i32>) -> Option<Date> {
    let date = calendar::day(year?, today.month, today.day)?;
    let right = today.weekday.is_none_or(|w| w == calendar::weekday_number(date));
    calendar::add_days(date, -today.by).filter(|_| right)
}

/// `الجاري` behind a month: the document is of that month.
fn present_month(clue: &DateEvidence<'_>) -> Option<(u8, Span)> {
    let point = match &clue.phrase.expr {
        Expr::Point(point) | Expr::Interval(_, point) => point,
        _ => return None,
    };
    let Part::Is(month) = point.month else { return None };
    (point.dir == Some(0) && !point.hijri).then_some((u8::try_from(month).ok()?, clue.span))
}

/// All phrases that tell today's full date agree.
fn full_date(todays: &[Today], own: &[&DateEvidence<'_>], months: &[(u8, Span)]) -> Option<Inferred> {
    let latest = latest_year(own);
    let dates: Vec<(Date, Span, bool)> =
        todays.iter().filter_map(|t| Some((date_of(t, t.year)?, t.span, t.weekday.is_some()))).collect();
    let &(date, ..) = dates.first()?;
    let agree = dates.iter().all(|d| d.0 == date);
    let month = months.iter().all(|m| m.0 == date.month() as u8);
    // Of several dates none is today's for certain; nor one whose month is not the present one.
    if !agree || !month {
        return None;
    }
    // Without a weekday beside it nothing guards against a slip.
    let guarded = dates.iter().any(|d| d.2) || 1 < dates.len();
    if !guarded && latest.is_some_and(|(year, _)| year != i32::from(date.year())) {
        return None;
    }
    let evidence = dates.iter().map(|d| d.1).chain(months.iter().map(|m| m.1)).collect();
    Some(claim(date, if guarded { 0.99 } else { 0.9 }, evidence))
}

fn claim(date: Date, confidence: f32, evidence: Vec<Span>) -> Inferred {
    Inferred {
        date: Some(date),
        weekday: Some(calendar::weekday_number(date)),
        earliest: Some(date),
        latest: Some(date),
        confidence,
        evidence,
    }
}

/// Weekday, day and month of today, and the year that other dates of the text have.
fn date_without_year(todays: &[Today], own: &[&DateEvidence<'_>], months: &[(u8, Span)]) -> Option<Inferred> {
    let today = todays.iter().find(|t| t.year.is_none() && t.weekday.is_some())?;
    if todays.iter().any(|t| (t.month, t.day, t.by) != (today.month, today.day, today.by)) {
        return None;
    }
    if months.iter().any(|m| m.0 != today.month) {
        return None;
    }
    let (year, span) = latest_year(own)?;
    // The weekday holds for one year in six or so: of the two it can be, one.
    let mut dates = [year, year + 1].into_iter().filter_map(|y| date_of(today, Some(y)));
    let (date, second) = (dates.next()?, dates.next());
    let near = calendar::day(year, 12, 31).is_some_and(|end| date <= end);
    (second.is_none() && near).then(|| claim(date, 0.95, vec![today.span, span]))
}

/// The largest year that the text names as a plain fact.
fn latest_year(own: &[&DateEvidence<'_>]) -> Option<(i32, Span)> {
    let year = |clue: &&&DateEvidence<'_>| {
        let point = match &clue.phrase.expr {
            Expr::Point(point) | Expr::Interval(_, point) => point,
            _ => return None,
        };
        match point.year {
            Year::Is(year) if !point.hijri && !point.bc => Some((year, clue.span)),
            _ => None,
        }
    };
    own.iter().filter_map(|c| year(&c)).filter(|(y, _)| (1990..2100).contains(y)).max_by_key(|(y, _)| *y)
}

/// A day word with a weekday: `اليوم الأربعاء`, `أمس الثلاثاء`.
fn weekday(own: &[&DateEvidence<'_>], inferred: &mut Inferred) {
    let mut votes: Vec<(u8, Span)> = Vec::new();
    for clue in own {
        let Some(point) = point(clue) else { continue };
        let (Some(weekday), Some(by)) = (point.weekday, point.deictic) else { continue };
        let dated = point.month.is_some() && matches!(point.year, Year::Is(_));
        if point.dir.is_none() && (-2..=2).contains(&by) && (!dated || today(clue).is_some()) {
            let today = (i16::from(weekday) - 1 - by).rem_euclid(7) as u8 + 1;
            votes.push((today, clue.span));
        }
    }
    let Some(&(first, _)) = votes.first() else { return };
    if votes.iter().all(|v| v.0 == first) {
        inferred.weekday = Some(first);
        inferred.confidence = inferred.confidence.max(0.9);
        inferred.evidence.extend(votes.iter().map(|v| v.1));
    }
}

/// The month that is the present one, of a year that is told; years counted from a dated event; what has begun; who holds
/// an office.
fn bounds(own: &[&DateEvidence<'_>], months: &[(u8, Span)], office: Option<(Date, Span)>, inferred: &mut Inferred) {
    if let Some((begin, end, evidence)) = month_bounds(own, months).or_else(|| event_bounds(own)) {
        (inferred.earliest, inferred.latest) = (Some(begin), Some(end));
        inferred.confidence = inferred.confidence.max(0.6);
        inferred.evidence.extend(evidence);
    } else if let Some((begin, span)) = begun(own) {
        inferred.earliest = Some(begin);
        inferred.confidence = inferred.confidence.max(0.6);
        inferred.evidence.push(span);
    }
    // An office tells of the time after its holder came into it, and narrows what is known otherwise.
    let narrows = |begin: &Date| {
        inferred.earliest.is_none_or(|earliest| earliest < *begin) && inferred.latest.is_none_or(|end| *begin <= end)
    };
    if let Some((begin, span)) = office.filter(|(begin, _)| narrows(begin)) {
        inferred.earliest = Some(begin);
        inferred.confidence = inferred.confidence.max(0.6);
        inferred.evidence.push(span);
    }
    narrow_to_weekday(inferred);
}

/// `منذ 2013`, `منذ شهر جانفي 2016`: nothing is written before the time since which something is so.
fn begun(own: &[&DateEvidence<'_>]) -> Option<(Date, Span)> {
    let dates = own.iter().filter(|clue| clue.since).filter_map(|clue| {
        let point = point(clue).filter(|p| !p.hijri && !p.bc)?;
        let Year::Is(year @ 1990..2100) = point.year else { return None };
        let part = |part| match part {
            Part::Is(number) => u8::try_from(number).unwrap_or(1),
            _ => 1,
        };
        Some((calendar::day(year, part(point.month), part(point.day))?, clue.span))
    });
    dates.max_by_key(|(day, _)| *day)
}

/// Bounds move inwards to the weekday that is known.
fn narrow_to_weekday(inferred: &mut Inferred) {
    let Some(weekday) = inferred.weekday else { return };
    inferred.earliest = inferred.earliest.and_then(|d| calendar::weekday_from(d, weekday));
    inferred.latest = inferred.latest.and_then(|d| calendar::weekday_until(d, weekday));
}

/// `21 ديسمبر الحالي` in a text with `5 ديسمبر 2016`.
fn month_bounds(own: &[&DateEvidence<'_>], months: &[(u8, Span)]) -> Option<(Date, Date, Vec<Span>)> {
    let &(month, span) = months.first()?;
    if months.iter().any(|m| m.0 != month) {
        return None;
    }
    let mut years = own.iter().filter_map(|clue| {
        let point = match &clue.phrase.expr {
            Expr::Point(point) | Expr::Interval(point, _) => point,
            _ => return None,
        };
        let same = point.month == Part::Is(month as i8) && point.day.is_some() && !point.hijri;
        match point.year {
            Year::Is(year) if same => Some((year, clue.span)),
            _ => None,
        }
    });
    let (year, dated) = years.next()?;
    if years.any(|(y, _)| y != year) || latest_year(own).is_some_and(|(y, _)| y != year) {
        return None;
    }
    let first = calendar::day(year, month, 1)?;
    Some((first, first.last_of_month(), vec![span, dated]))
}

/// `بعد ثلاث سنوات على الهجوم`, and elsewhere `الهجوم … مطلع العام 2022`.
fn event_bounds(own: &[&DateEvidence<'_>]) -> Option<(Date, Date, Vec<Span>)> {
    let counted = own.iter().find_map(|clue| {
        let Expr::Duration(amounts, Some(Anchor::After)) = &clue.phrase.expr else { return None };
        let [amount] = amounts.as_slice() else { return None };
        let years = i64::try_from(amount.count.filter(|c| c.is_integer())?).ok()?;
        (amount.unit == Unit::Year && (1..=50).contains(&years)).then_some((years, clue.event?, clue.span))
    });
    let (years, _, span) = counted?;
    let (begin, end, dated) = own.iter().find_map(|clue| {
        let point = point(clue).filter(|p| !p.hijri && clue.dates_event)?;
        let Year::Is(year) = point.year else { return None };
        let month = match point.month {
            Part::Is(month) => u8::try_from(month).ok()?,
            _ => 0,
        };
        let first = calendar::day(year, month.max(1), 1)?;
        let last = calendar::day(year, if month == 0 { 12 } else { month }, 1)?.last_of_month();
        Some((first, last, clue.span))
    })?;
    // "Three years after" is said from a little before the third anniversary until the fourth.
    let begin = calendar::add_months_to(begin, years * 12 - 1)?;
    let end = calendar::add_months_to(end, years * 12 + 11)?;
    Some((begin, end, vec![span, dated]))
}

impl Inferred {
    /// The record that the extractor gives.
    pub(crate) fn record(&self) -> DocumentDate {
        DocumentDate::new(DateSource::Inferred, self.confidence)
            .with_value(self.date.map(doc_date))
            .with_bounds(self.earliest.map(doc_date), self.latest.map(doc_date))
            .with_weekday(self.weekday.and_then(weekday_kind))
            .with_evidence(self.evidence.clone())
    }

    /// The record of a given date that the text contradicts; `None` when it does not.
    pub(crate) fn against(&self, given: Date) -> Option<DocumentDate> {
        let other_day = self.date.is_some_and(|d| d != given) && 0.95 <= self.confidence;
        let other_weekday =
            self.weekday.is_some_and(|w| w != calendar::weekday_number(given)) && 0.9 <= self.confidence;
        let record = || DocumentDate::given(doc_date(given)).with_evidence(self.evidence.clone()).with_conflict(true);
        (other_day || other_weekday).then(record)
    }
}

fn doc_date(date: Date) -> DocDate {
    DocDate { year: date.year(), month: date.month() as u8, day: date.day() as u8, time: None, offset: None }
}

const fn weekday_kind(weekday: u8) -> Option<Weekday> {
    Some(match weekday {
        1 => Weekday::Monday,
        2 => Weekday::Tuesday,
        3 => Weekday::Wednesday,
        4 => Weekday::Thursday,
        5 => Weekday::Friday,
        6 => Weekday::Saturday,
        7 => Weekday::Sunday,
        _ => return None,
    })
}
