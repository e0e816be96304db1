//! The extractor.

use jiff::civil;
use khabar_core::kinds::{Anchor, Date, DocumentDate, Duration, Set, Time, Timex};
use khabar_core::{Span, Value};
use khabar_extractor::{Cancel, Doc, Example, ExtractError, Extractor, LexiconFile, Output, Plugin, Scratch};
use serde::Deserialize;

use crate::document::{self, Clue, Inferred};
use crate::grammar::{Grammar, Style};
use crate::offices;
use crate::point::{Expr, Phrase};
use crate::reference::{Direction, Reference};
use crate::resolve::{Kind, Resolved, State};
use crate::tense;
use crate::text::{Buffers, Text};
use crate::walk::Walk;
use crate::word::Class;

/// Configuration of [`Dates`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Config {
    /// Which way bare weekdays, months and days of a month point.
    pub direction: Direction,
    /// Which calendar a year without an era is of, where both are possible.
    pub calendar: Calendar,
    /// The day that weeks begin on, Monday 1 to Sunday 7.
    pub week_start: WeekStart,
}

/// Which calendar a year without an era is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// Years from 1300 to 1599 in figures of a date, and from 1400 to 1460 after `عام`, are Hijri.
    #[default]
    Auto,
    /// All years without `هـ` are Gregorian.
    Gregorian,
}

/// The day that weeks begin on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in the Gulf and the Levant.
    Saturday,
    /// As in Egypt's and Saudi Arabia's week of work.
    Sunday,
}

impl WeekStart {
    const fn number(self) -> u8 {
        match self {
            Self::Monday => 1,
            Self::Saturday => 6,
            Self::Sunday => 7,
        }
    }
}

/// Finds every time expression of a document, and the date of the document itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dates {
    config: Config,
}

/// Buffers that the next document reuses.
#[derive(Default)]
struct Work {
    buffers: Buffers,
    phrases: Vec<Phrase>,
    quoted: Vec<bool>,
    /// What a [`Walk`] takes note of.
    days: Vec<(usize, civil::Date)>,
}

impl Extractor for Dates {
    fn extract(&self, doc: &Doc<'_>, out: &mut Output<'_>, scratch: &mut Scratch) -> Result<(), ExtractError> {
        let Work { buffers, phrases, quoted, days } = scratch.get::<Work>();
        let cancel = out.cancel();
        let text = Text::new(doc, buffers, self.plans(), cancel)?;
        self.phrases(text, phrases, cancel)?;
        if phrases.is_empty() && doc.date.is_some() {
            return Ok(());
        }
        let given = doc.date.map_or_else(Reference::default, Reference::from);
        let inferred = document_date(&text, phrases, quoted, days, cancel)?;
        let reference = Reference {
            date: given.date.or(inferred.as_ref().and_then(|i| i.date)),
            direction: self.config.direction,
            country: doc.country,
            week_start: self.config.week_start.number(),
            ..given
        };
        each(&text, phrases, reference, days, cancel, |span, resolved| push(out, span, resolved))?;
        let record = inferred.and_then(|inferred| match given.date {
            Some(given) => inferred.against(given),
            None => Some(inferred.record()),
        });
        match record {
            Some(record) => push_document_date(out, &record),
            None => Ok(()),
        }
    }
}

impl Dates {
    /// Whether texts speak of plans.
    fn plans(&self) -> bool {
        self.config.direction == Direction::Future
    }

    fn phrases(&self, text: Text<'_>, phrases: &mut Vec<Phrase>, cancel: Cancel<'_>) -> Result<(), ExtractError> {
        phrases.clear();
        let style = Style { plans: self.plans(), gregorian: self.config.calendar == Calendar::Gregorian };
        Grammar::new(text, style).phrases(phrases, cancel)
    }
}

/// Resolves phrase after phrase, with what the text said before, unless it is cancelled; `days` is memory for it.
fn each(
    text: &Text<'_>,
    phrases: &[Phrase],
    reference: Reference,
    days: &mut Vec<(usize, civil::Date)>,
    cancel: Cancel<'_>,
    mut found: impl FnMut(Span, Resolved) -> Result<(), ExtractError>,
) -> Result<(), ExtractError> {
    let mut state = State::new(reference);
    let mut walk = Walk::new(*text, days);
    for phrase in phrases {
        cancel.check()?;
        // Neither what was said when nor the tense tells anything where no day is known to count from.
        state.today = reference.date.map(|date| walk.said_on(phrase.first).unwrap_or(date));
        state.future = state.today.is_some()
            && phrase.expr.needs_tense()
            && (tense::future(text, phrase.first) || is_listed(text, phrase));
        let Some(resolved) = state.resolve(phrase) else { continue };
        if let Some(day) = resolved.day {
            state.names(day, resolved.fine);
            if resolved.fine && near(reference.date, day) {
                walk.names(phrase.first, day);
            }
        }
        found(span(text, phrase), resolved)?;
    }
    Ok(())
}

/// A weekday with its hour at the start of a line is an entry of a programme.
fn is_listed(text: &Text<'_>, phrase: &Phrase) -> bool {
    let Expr::Point(point) = &phrase.expr else { return false };
    point.clock.is_some() && text.is(phrase.first, Class::Weekday) && !text.joined(phrase.first)
}

/// Whether a day is one on which what the text quotes may have been said.
fn near(today: Option<civil::Date>, day: civil::Date) -> bool {
    today.is_some_and(|today| (-14..=0).contains(&crate::calendar::days_between(today, day)))
}

fn span(text: &Text<'_>, phrase: &Phrase) -> Span {
    Span::new(text.start(phrase.first), text.end(phrase.end))
}

/// What a document tells of its own date, unless it is cancelled.
fn document_date(
    text: &Text<'_>,
    phrases: &[Phrase],
    quoted: &mut Vec<bool>,
    days: &mut Vec<(usize, civil::Date)>,
    cancel: Cancel<'_>,
) -> Result<Option<Inferred>, ExtractError> {
    // Who holds an office only bounds the date, which nobody needs who has it.
    let office = if text.doc.date.is_none() { offices::latest(text, cancel)? } else { None };
    let since = |phrase: &Phrase| {
        let before = phrase.first.checked_sub(1).filter(|_| text.joined(phrase.first));
        before.is_some_and(|at| text.is(at, Class::Since))
    };
    if !phrases.iter().any(|phrase| phrase.expr.tells_today() || phrase.expr.names_year() && since(phrase)) {
        return Ok(document::infer(&[], office));
    }
    quoted.clear();
    quoted.reserve(phrases.len());
    let mut walk = Walk::new(*text, days);
    for (step, phrase) in phrases.iter().enumerate() {
        cancel.check_at(step)?;
        quoted.push(walk.quotes(phrase.first));
    }
    // Only where a length is counted from an event does it matter which events are named.
    let counts = phrases.iter().any(|phrase| matches!(phrase.expr, Expr::Duration(_, Some(Anchor::After))));
    let event = |phrase: &Phrase| {
        if !counts {
            return None;
        }
        let of = matches!(text.class(phrase.end), Class::From | Class::On);
        (of && text.joined(phrase.end + 1)).then(|| text.folded(phrase.end + 1))
    };
    let counted = phrases.iter().find_map(event);
    let clues: Vec<Clue<'_>> = phrases
        .iter()
        .zip(quoted.iter())
        .map(|(phrase, quoted)| Clue {
            phrase,
            span: span(text, phrase),
            quoted: *quoted,
            event: event(phrase),
            dates_event: counted.is_some_and(|event| names_event(text, phrase.first, event)),
            since: phrase.expr.names_year() && since(phrase),
        })
        .collect();
    cancel.check()?;
    Ok(document::infer(&clues, office))
}

/// Whether an event is named shortly before a phrase.
fn names_event(text: &Text<'_>, at: usize, event: &str) -> bool {
    /// Words of the same event: who attacks invades, and wars begin so.
    const WARS: [&str; 5] = ["الهجوم", "الغزو", "غزو", "الحرب", "هجوم"];
    let war = WARS.contains(&event);
    (at.saturating_sub(12)..at).any(|i| {
        let word = text.folded(i);
        word == event || war && WARS.contains(&word)
    })
}

fn push(out: &mut Output<'_>, span: Span, resolved: Resolved) -> Result<(), ExtractError> {
    let Resolved { kind, timex, confidence, .. } = resolved;
    match kind {
        Kind::Date => out.push(span, confidence, &Date(timex)),
        Kind::Time => out.push(span, confidence, &Time(timex)),
        Kind::Duration => out.push(span, confidence, &Duration(timex)),
        Kind::Set => out.push(span, confidence, &Set(timex)),
    }
}

fn push_document_date(out: &mut Output<'_>, record: &DocumentDate) -> Result<(), ExtractError> {
    let span = record.evidence.first().copied().unwrap_or_default();
    out.push(span, record.confidence, record)
}

impl Plugin for Dates {
    const NAME: &'static str = "dates";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const PROVIDES: &'static [&'static str] = &[Date::KIND, Time::KIND, Duration::KIND, Set::KIND, DocumentDate::KIND];
    const REQUIRES: &'static [&'static str] = &["number.cardinal", "number.ordinal"];
    const EXAMPLES: &'static [Example] = &[
        Example::new(
            "انتهى اللقاء ⟦timex.date=2025-08-06|اليوم الأربعاء⟧ بعد ⟦timex.duration=PT3H;mod=APPROX|نحو ثلاث ساعات⟧",
        )
        .on("2025-08-06"),
        Example::new("مستمرة منذ ⟦timex.date=2022-02|شباط/فبراير 2022⟧").on("2025-08-06"),
        Example::new("تقام ⟦timex.date=2017-11-04/2017-11-11|من 4 إلى 11 نوفمبر 2017⟧").on("2017-05-20"),
        Example::new("يعود ⟦timex.time=2016-07-21T15:30|يوم الخميس 21 جويلية الساعة الثالثة والنصف⟧").on("2016-07-18"),
        Example::new("انعقد ⟦timex.date=2015-07-05;hijri=1436-09-18|يوم الأحد 18-9-1436⟧").on("2015-08-03"),
        Example::new("يجتمع ⟦timex.set=P2W|كل أسبوعين⟧ منذ ⟦timex.duration=P3Y6M|ثلاث سنوات ونصف⟧"),
        Example::new("وقال ⟦timex.date=2025-08-05|يوم الثلاثاء⟧: \"لدينا اجتماع ⟦timex.date=2025-08-06|غدا⟧\"")
            .on("2025-08-06"),
        Example::new("قال الوزير ⟦timex.date=2025-08-05|الثلاثاء⟧ إن بلاده ستدفع").on("2025-08-06"),
        Example::new("من المقرر أن يعقد اللقاء ⟦timex.date=2025-08-12|الثلاثاء⟧").on("2025-08-06"),
        Example::new(
            "⟦document.date=2016-08-27;weekday=saturday|⟦timex.date=2016-08-27|اليوم السبت 27 أوت 2016⟧⟧ بجندوبة",
        ),
    ];
    const LEXICONS: &'static [LexiconFile] = &[
        LexiconFile { file: "plugins/dates/data/calendar.toml", text: include_str!("../data/calendar.toml") },
        LexiconFile { file: "plugins/dates/data/functions.toml", text: include_str!("../data/functions.toml") },
        LexiconFile { file: "plugins/dates/data/holidays.toml", text: include_str!("../data/holidays.toml") },
        LexiconFile { file: "plugins/dates/data/offices.toml", text: include_str!("../data/offices.toml") },
        LexiconFile { file: "plugins/dates/data/units.toml", text: include_str!("../data/units.toml") },
        LexiconFile { file: "plugins/dates/data/words.toml", text: include_str!("../data/words.toml") },
        LexiconFile { file: "plugins/dates/data/zones.toml", text: include_str!("../data/zones.toml") },
    ];
    type Config = Config;

    fn create(config: Config) -> Result<Self, ExtractError> {
        Ok(Self { config })
    }
}

/// One time expression that [`find_iter`](crate::find_iter) found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Found {
    /// A day or anything coarser, or an adverb of reference.
    Date(Timex),
    /// A clock time or a part of a day.
    Time(Timex),
    /// A length of time.
    Duration(Timex),
    /// What recurs.
    Set(Timex),
}

impl Found {
    /// The value, whatever the sort.
    pub const fn timex(&self) -> &Timex {
        match self {
            Self::Date(timex) | Self::Time(timex) | Self::Duration(timex) | Self::Set(timex) => timex,
        }
    }

    fn new(resolved: Resolved) -> Self {
        match resolved.kind {
            Kind::Date => Self::Date(resolved.timex),
            Kind::Time => Self::Time(resolved.timex),
            Kind::Duration => Self::Duration(resolved.timex),
            Kind::Set => Self::Set(resolved.timex),
        }
    }
}

/// All time expressions of an analysed document, without layers; the numbers are among its inputs.
pub(crate) fn found(doc: &Doc<'_>, reference: Reference) -> Vec<(Span, Found)> {
    let mut found = Vec::new();
    let mut find = || {
        let (mut buffers, mut phrases) = (Buffers::default(), Vec::new());
        let dates = Dates { config: Config { direction: reference.direction, ..Config::default() } };
        let text = Text::new(doc, &mut buffers, dates.plans(), Cancel::NEVER)?;
        dates.phrases(text, &mut phrases, Cancel::NEVER)?;
        each(&text, &phrases, reference, &mut Vec::new(), Cancel::NEVER, |span, resolved| {
            found.push((span, Found::new(resolved)));
            Ok(())
        })
    };
    // Nobody cancels it, so that it does not fail.
    let _: Result<(), ExtractError> = find();
    found
}

/// What the text of an analysed document tells of its own date.
pub(crate) fn infer(doc: &Doc<'_>) -> Option<DocumentDate> {
    let find = || {
        let (mut buffers, mut phrases) = (Buffers::default(), Vec::new());
        let dates = Dates::default();
        let text = Text::new(doc, &mut buffers, dates.plans(), Cancel::NEVER)?;
        dates.phrases(text, &mut phrases, Cancel::NEVER)?;
        document_date(&text, &phrases, &mut Vec::new(), &mut Vec::new(), Cancel::NEVER)
    };
    // Nobody cancels it, so that it does not fail.
    let found: Result<Option<Inferred>, ExtractError> = find();
    found.ok().flatten().map(|inferred| inferred.record())
}
