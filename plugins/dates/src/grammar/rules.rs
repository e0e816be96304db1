//! The rules of the grammar, in the order in which they are tried: which there are, what each may begin with, and what parses
//! it. What a token may begin is derived from the tables.

use khabar_extractor::{DisabledRules, Example, RuleInfo};
use khabar_lexicon::Candidates;
use khabar_lexicon::rule::{Rule, infos};

use super::Grammar;
use crate::lexicon::Cue;
use crate::point::{Phrase, Point};
use crate::word::WordClass as W;
use crate::word::{WordClass, WordClasses};

/// Parses the phrases that begin at a token and gives the token behind them. What it pushed counts only then.
pub(super) type ParsePhrase = fn(&Grammar<'_>, usize, &mut Vec<Phrase>) -> Option<usize>;
/// Parses a point in time that begins at a token and gives the token behind it; the other point is what it stands behind.
pub(super) type ParsePoint = fn(&Grammar<'_>, usize, &Point) -> Option<(Point, usize)>;

/// What a rule may begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begins {
    /// Words of any of these classes.
    classes: WordClasses,
    /// A number in words or figures.
    number: bool,
    /// In talk of plans, anything.
    plans: bool,
}

const fn with(classes: &[WordClass]) -> Begins {
    Begins { classes: WordClasses::of(classes), number: false, plans: false }
}

impl Begins {
    const fn or_number(self) -> Self {
        Self { number: true, ..self }
    }

    const fn or_in_plans(self) -> Self {
        Self { plans: true, ..self }
    }
}

/// A row of [`PHRASES`]. Examples are of a document of this day.
const fn phrase(
    name: &'static str,
    begins: Begins,
    parse: ParsePhrase,
    description: &'static str,
    example: &'static str,
) -> Rule<ParsePhrase, Begins> {
    Rule::new(RuleInfo::new(name, description, Example::new(example).on("2025-08-06")), begins, parse)
}

/// A row of [`POINTS`].
const fn point(
    name: &'static str,
    begins: Begins,
    parse: ParsePoint,
    description: &'static str,
    example: &'static str,
) -> Rule<ParsePoint, Begins> {
    Rule::new(RuleInfo::new(name, description, Example::new(example).on("2025-08-06")), begins, parse)
}

/// Phrases, of which a point in time is one.
#[rustfmt::skip]
pub(super) static PHRASES: [Rule<ParsePhrase, Begins>; 23] = [
    phrase("name.date", with(&[W::Weekday]).or_number(), |g, at, out| g.date_in_name(at, out),
        "A date behind the head of a name is part of that name: a street, a market, the number of a law.",
        "وقع الحادث في شارع 9 أفريل 1938"),
    phrase("interval.from_to", with(&[W::From]).or_in_plans(), |g, at, out| g.interval_from_to(at, out),
        "من and إلى enclose a span of time; what one end leaves out the other says.",
        "تقام ⟦timex.date=2025-05-01/2025-05-10|من 1 إلى 10 مايو 2025⟧"),
    phrase("interval.between", with(&[W::Between]).or_in_plans(), |g, at, out| g.interval_between(at, out),
        "بين and و enclose a span of time.",
        "عاش هناك ⟦timex.date=2004/2007|بين عامي 2004 و2007⟧"),
    phrase("interval.pair", with(&[W::DayPair]), |g, at, out| g.interval_pair(at, out),
        "The dual يومي before two days joined by و holds both.",
        "ينعقد ⟦timex.date=2025-04-29/2025-04-30|يومي 29 و30 أفريل 2025⟧"),
    phrase("interval.years", with(&[W::Unit, W::SeasonYear]), |g, at, out| g.interval_years(at, out),
        "Two years in figures behind their head are a year that begins in the first of them.",
        "خلال ⟦timex.date=2016/2017|موسم 2016/2017⟧"),
    phrase("interval.joined", with(&[]).or_number().or_in_plans(), |g, at, out| g.interval_joined(at, out),
        "Two days or years joined by a dash or by إلى are a span of time without من, too.",
        "تقام ⟦timex.date=2025-07-13/2025-07-15|13 إلى 15 تموز 2025⟧"),
    phrase("set.adverb", with(&[W::SetAdverb]), |g, at, out| g.set_adverb(at, out),
        "An adverb in ـيا of a unit of time says how often.",
        "يجتمعون ⟦timex.set=P1W|أسبوعيا⟧"),
    phrase("set.part_of_every", with(&[W::DayPart]), |g, at, out| g.set_part_of_every(at, out),
        "A part of the day before كل is that part of each of them.",
        "يلتقون ⟦timex.set=XXXX-WXX-6TEV|مساء كل سبت⟧"),
    phrase("set.every", with(&[W::Every]), |g, at, out| g.set_every(at, out),
        "كل before an indefinite unit, weekday or part of the day is each of them.",
        "يجتمع ⟦timex.set=P2W|كل أسبوعين⟧"),
    phrase("set.times", with(&[W::Times]).or_number(), |g, at, out| g.set_times(at, out),
        "مرة with في and a definite unit says how often in it.",
        "يتدرب ⟦timex.set=P1W|مرتين في الأسبوع⟧"),
    phrase("set.weekdays", with(&[W::UnitPlural]), |g, at, out| g.set_weekdays(at, out),
        "أيام before one weekday is all of that name.",
        "تفتح ⟦timex.set=XXXX-WXX-7|أيام الأحد⟧ فقط"),
    phrase("offset.from_point", with(&[W::Before, W::After]), |g, at, out| g.offset_from_point(at, out),
        "قبل and بعد before a day, with ب and a length behind it, count from that day.",
        "سافروا ⟦timex.date=2025-06-04|قبل عيد الأضحى بيومين⟧"),
    phrase("shift.by_length", with(&[W::Before, W::After, W::In]), |g, at, out| g.shift(at, out),
        "قبل with a length counts back from now; بعد counts on where the clause looks ahead.",
        "وصل ⟦timex.date=2025-07-27|قبل عشرة أيام⟧"),
    phrase("list.days", with(&[]).or_number(), |g, at, out| g.list_of_days(at, out),
        "Numbers joined by و or a comma before a date share its month.",
        "⟦timex.date=2025-04-29|29⟧ و⟦timex.date=2025-04-30|30 أفريل 2025⟧"),
    phrase("point", with(&W::ALL).or_number(), |g, at, out| g.point_phrase(at, out),
        "A day, a clock time, a period, and what stands beside it that says more of the same time.",
        "يعود ⟦timex.date=2025-08-10|الأحد القادم⟧"),
    phrase("duration.last", with(&[W::Bound]), |g, at, out| g.duration_of_last(at, out),
        "آخر before a counted unit is so long a time.",
        "خلال ⟦timex.duration=P3Y|آخر 3 سنوات⟧"),
    phrase("duration.directed", LENGTH, |g, at, out| g.duration_with_direction(at, out),
        "A definite counted unit with an adjective of direction is a length; without a number only the direction is told.",
        "في ⟦timex.duration=P5Y|السنوات الخمس الماضية⟧"),
    phrase("duration.counted", LENGTH, |g, at, out| g.duration(at, out),
        "A counted unit of time is a length; a bare one is where the word before it tells a length.",
        "استمر ⟦timex.duration=PT3H;mod=APPROX|نحو ثلاث ساعات⟧"),
    phrase("list.years", with(&[]).or_number(), |g, at, out| g.list_of_years(at, out),
        "Years in figures behind the plural or dual of عام and سنة are each a year.",
        "في أعوام ⟦timex.date=2005|2005⟧ و⟦timex.date=2006|2006⟧ و⟦timex.date=2007|2007⟧"),
    phrase("reference.hours", with(&[W::Clock, W::Late]), |g, at, out| g.reference_of_hours(at, out),
        "حد الساعة is now, and الساعات الأخيرة are those before it.",
        "إلى حد ⟦timex.date=PRESENT_REF|الساعة⟧"),
    phrase("reference.adverb", with(&[W::Reference]), |g, at, out| g.reference(at, out),
        "An adverb of reference says past, present or future and nothing nearer.",
        "أعلن ⟦timex.date=PAST_REF|مؤخرا⟧"),
    document("document.today",
        "A word for today with its date beside it is the day on which the document was written.",
        "⟦document.date=2025-08-06;weekday=wednesday|⟦timex.date=2025-08-06|اليوم الأربعاء 6 أوت 2025⟧⟧"),
    document("document.bounds",
        "A weekday beside today, the present month, a year that is over and who holds an office bound the day of writing.",
        "⟦document.date;earliest=2016-11-08|الرئيس الأمريكي ترامب⟧ في موسكو"),
];

const LENGTH: Begins = with(&[
    W::Approximately,
    W::MoreThan,
    W::LessThan,
    W::UnitDual,
    W::Few,
    W::Several,
    W::UnitPlural,
    W::Article,
    W::Share,
    W::Unit,
])
.or_number();

/// A row of [`PHRASES`] that no phrase is read by: what the document tells of its own day. Its example has no date.
const fn document(name: &'static str, description: &'static str, example: &'static str) -> Rule<ParsePhrase, Begins> {
    Rule::new(RuleInfo::new(name, description, Example::new(example)), with(&[]), |_, _, _| None)
}

/// Points in time.
#[rustfmt::skip]
pub(super) static POINTS: [Rule<ParsePoint, Begins>; 21] = [
    point("week.end", with(&[W::Weekend]), |g, at, _| Some(g.weekend(at)),
        "نهاية الأسبوع is the weekend, of this week unless a direction follows.",
        "يلتقيان ⟦timex.date=2025-W32-WE|نهاية الأسبوع⟧"),
    point("week.nth", with(&[W::Bound, W::Unit]), |g, at, _| g.nth_week(at),
        "An ordinal of أسبوع before a month or year counts its weeks.",
        "في ⟦timex.date=2025-W41|الأسبوع الأول من أكتوبر 2025⟧"),
    point("day.deictic", with(&[W::Today, W::Deictic, W::Yesterday, W::This, W::ThatSame]), |g, at, _| g.deictic(at),
        "أمس, اليوم, غد count days from the day of writing.",
        "وصل ⟦timex.date=2025-08-05|أمس⟧"),
    point("day.figures", with(&[]).or_number(), |g, at, after| g.day_in_figures(at, after),
        "Three numbers with a separator are day, month and year in the order that their ranges allow.",
        "في ⟦timex.date=2021-10-11|11-10-2021⟧"),
    point("day.of_month", with(&[W::Article, W::Bound, W::FirstDay]).or_number(), |g, at, after| g.day_and_month(at, after),
        "A number from 1 to 31 before a month is a day of it.",
        "في ⟦timex.date=2025-05-08|8 مايو 2025⟧"),
    point("day.weekday", with(&[W::Bound, W::Weekday]).or_number(), |g, at, _| g.weekday(at),
        "A weekday is the nearest one in the direction that its adjective, or the tense, says.",
        "قال ⟦timex.date=2025-08-05|الثلاثاء⟧"),
    point("day.behind_month", MONTH, |g, at, _| g.month_and_day(at),
        "A number behind a month is its day where it counts nothing.",
        "في ⟦timex.date=2025-01-15|يناير 15، 2025⟧"),
    point("day.holiday", with(&[W::Holiday]), |g, at, _| g.holiday(at),
        "A feast is a day of its calendar, of the year beside it or the nearest.",
        "في ⟦timex.date=2025-06-06|عيد الأضحى 2025⟧"),
    point("day.headed", with(&[W::Dated, W::Unit]), |g, at, _| g.headed_day(at),
        "يوم before a weekday, a day word or a date belongs to it.",
        "عاد ⟦timex.date=2025-08-05|يوم الثلاثاء⟧"),
    point("month.name", MONTH, |g, at, _| g.month(at),
        "The name of a month is that month; one that is another word too needs a preposition of time, a year or شهر.",
        "منذ ⟦timex.date=2022-02|شباط/فبراير 2022⟧"),
    point("period.relative", with(&[W::This, W::Unit]), |g, at, _| g.relative_unit(at),
        "A definite week, month, year, decade or century with an adjective of direction counts from the present one.",
        "في ⟦timex.date=2025-07|الشهر الماضي⟧"),
    point("period.century", with(&[W::Unit]), |g, at, _| g.century(at),
        "القرن with an ordinal is that century.",
        "في ⟦timex.date=19|القرن العشرين⟧"),
    point("period.decade", with(&[W::Decade]), |g, at, _| g.decade(at),
        "The plural of a tens number is the decade, of this or the last century unless one is named.",
        "في ⟦timex.date=199|تسعينات القرن الماضي⟧"),
    point("period.part_of_year", with(&[W::Share, W::PartYear]), |g, at, _| g.part_of_year(at),
        "An ordinal of ربع or نصف before a year is a quarter or half of it.",
        "في ⟦timex.date=2017-Q1|الربع الأول من سنة 2017⟧"),
    point("period.season", with(&[W::This, W::SeasonHead, W::Season, W::SeasonWord]), |g, at, _| g.season(at),
        "A season with a year or direction is a period; without its article it needs one.",
        "في ⟦timex.date=2016-SU|صيف 2016⟧"),
    point("time.clock", with(&[W::Clock]).or_number(), |g, at, _| g.clock(at),
        "الساعة with a number or ordinal, or an hour with a part of the day, is a clock time.",
        "يصل ⟦timex.time=2025-08-06T15:30|اليوم الساعة الثالثة والنصف بعد الظهر⟧"),
    point("year.number", with(&[W::Unit, W::This, W::ThatSame, W::SeasonYear]).or_number(), |g, at, _| g.year_alone(at),
        "A number behind عام or سنة is a year; four figures alone are one where a preposition of time stands before them.",
        "منذ ⟦timex.date=1988|عام 1988⟧"),
    point("time.part_of_day", with(&[W::This, W::That, W::DayPart, W::DayPartAdverb, W::Tonight, W::Midnight]), |g, at, _| g.part(at),
        "A part of the day with its day is a time; alone it is of the day that the text speaks of.",
        "عاد ⟦timex.time=2025-08-05TMO|صباح أمس⟧"),
    point("bound.middle", with(&[W::Share]), |g, at, _| g.middle(at),
        "نصف before a month is its middle.",
        "في ⟦timex.date=2025-03;mod=MID|نصف شهر مارس 2025⟧"),
    point("bound.edge", with(&[W::Bound, W::Rest]), |g, at, _| g.edge(at),
        "مطلع, منتصف, نهاية before a period are its beginning, middle and end.",
        "في ⟦timex.date=2025-05;mod=START|مطلع مايو 2025⟧"),
    point("bound.late", with(&[W::Late]), |g, at, _| g.late(at),
        "A late or early hour of a part of the day is its end or beginning.",
        "في ⟦timex.time=2025-08-05TNI;mod=END|ساعة متأخرة من ليلة أمس⟧"),
];

const MONTH: Begins = with(&[W::Month, W::MonthWord, W::HijriMonth, W::HijriWord, W::Unit, W::This]);

/// All rules, as the plugin lists them: those of points behind those of phrases.
pub(crate) static RULES: [RuleInfo; PHRASES.len() + POINTS.len()] = {
    let (phrases, points) = (infos(&PHRASES), infos(&POINTS));
    let (mut rules, mut at) = ([phrases[0]; PHRASES.len() + POINTS.len()], 0);
    while at < rules.len() {
        rules[at] = if at < phrases.len() { phrases[at] } else { points[at - phrases.len()] };
        at += 1;
    }
    rules
};

/// A rule by its place in [`RULES`].
pub(crate) type RuleId = u8;

/// The rules of [`PHRASES`] that say what the document tells of its own day.
pub(crate) const DOCUMENT_TODAY: RuleId = id("document.today");
pub(crate) const DOCUMENT_BOUNDS: RuleId = id("document.bounds");

/// The place of the rule with a name.
pub(super) const fn id(name: &str) -> RuleId {
    let mut at = 0;
    while at < RULES.len() {
        if same(RULES[at].name.as_bytes(), name.as_bytes()) {
            return at as RuleId;
        }
        at += 1;
    }
    panic!("no rule has this name")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// Rules by their places in [`RULES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RuleIds(u64);

impl RuleIds {
    const NONE: Self = Self(0);
    /// All rules.
    pub(crate) const ALL: Self = Self(u64::MAX >> (64 - RULES.len()));
    /// All rules of points.
    pub(super) const POINTS: Self = Self(Self::ALL.0 & (u64::MAX << PHRASES.len()));
    /// All rules of phrases.
    pub(super) const PHRASES: Self = Self(Self::ALL.0 & !Self::POINTS.0);

    /// These rules.
    pub(super) const fn of(names: &[&str]) -> Self {
        let (mut ids, mut at) = (Self::NONE, 0);
        while at < names.len() {
            ids = ids.with(id(names[at]));
            at += 1;
        }
        ids
    }

    const fn with(self, rule: RuleId) -> Self {
        Self(self.0 | 1 << rule)
    }

    /// The rules that both have.
    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The rules that others lack.
    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The rules that either has.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is none.
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether a rule is among them.
    pub(crate) const fn contains(self, rule: RuleId) -> bool {
        self.0 >> rule & 1 != 0
    }

    /// All but those that are switched off.
    pub(crate) fn enabled(disabled: &DisabledRules) -> Self {
        (0..RULES.len()).filter(|at| !disabled.contains(*at)).fold(Self::NONE, |ids, at| ids.with(at as RuleId))
    }

    /// Their places, in the order in which they are tried.
    pub(super) fn iter(self) -> impl Iterator<Item = RuleId> {
        Candidates::of_bits(self.0).map(|at| at as RuleId)
    }
}

/// The rules that may begin with something.
const fn beginning(which: Which) -> RuleIds {
    let (mut ids, mut at) = (RuleIds::NONE, 0);
    while at < RULES.len() {
        let begins = if at < PHRASES.len() { PHRASES[at].begins } else { POINTS[at - PHRASES.len()].begins };
        let begins = match which {
            Which::Class(class) => begins.classes.contains(class),
            Which::Number => begins.number,
            Which::Plans => begins.plans,
        };
        if begins {
            ids = ids.with(at as RuleId);
        }
        at += 1;
    }
    ids
}

#[derive(Clone, Copy)]
enum Which {
    Class(WordClass),
    Number,
    Plans,
}

/// The rules that may begin with a word of each class.
static OF_CLASS: [RuleIds; WordClass::ALL.len()] = {
    let (mut ids, mut at) = ([RuleIds::NONE; WordClass::ALL.len()], 0);
    while at < ids.len() {
        ids[at] = beginning(Which::Class(WordClass::ALL[at]));
        at += 1;
    }
    ids
};
const OF_NUMBER: RuleIds = beginning(Which::Number);
const OF_PLANS: RuleIds = beginning(Which::Plans);
/// `س15`: the letter before figures is the hour.
const OF_HOUR_LETTER: RuleIds = RuleIds::of(&["time.clock"]);

impl Grammar<'_> {
    /// The rules that may begin with a token.
    #[inline]
    pub(super) fn rules(&self, at: usize) -> RuleIds {
        let class = self.text.class(at);
        let mut ids = OF_CLASS[class as usize];
        if self.text.num_begins(at) {
            ids = ids.or(OF_NUMBER);
        } else if class == WordClass::None && self.text.cues(at, Cue::HourLetter) {
            ids = ids.or(OF_HOUR_LETTER);
        }
        if self.style.plans {
            ids = ids.or(OF_PLANS);
        }
        ids.and(self.enabled)
    }

    /// What the first of some rules reads that reads anything, by its name.
    pub(super) fn first_point(&self, rules: RuleIds, at: usize, after: &Point) -> Option<(Point, usize)> {
        rules.iter().find_map(|rule| {
            let (point, end) = self.read_point(rule, at, after)?;
            Some((Point { rule: Some(rule), ..point }, end))
        })
    }

    fn read_point(&self, rule: RuleId, at: usize, after: &Point) -> Option<(Point, usize)> {
        let row = POINTS.get(usize::from(rule).checked_sub(PHRASES.len())?)?;
        (row.parse)(self, at, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_places_in_the_table() {
        for (at, rule) in RULES.iter().enumerate() {
            assert_eq!(usize::from(id(rule.name)), at);
        }
        assert!(RuleIds::POINTS.and(RuleIds::PHRASES).is_empty());
        assert_eq!(RuleIds::POINTS.or(RuleIds::PHRASES), RuleIds::ALL);
    }

    #[test]
    fn what_may_begin_a_rule_is_derived() {
        let of = |class: WordClass| OF_CLASS[class as usize];
        assert!(of(WordClass::Month).contains(id("month.name")) && !of(WordClass::Month).contains(id("day.weekday")));
        assert!(OF_NUMBER.contains(id("day.figures")) && OF_PLANS.contains(id("interval.joined")));
        assert!(of(WordClass::None).without(RuleIds::of(&["point"])).is_empty());
    }
}
