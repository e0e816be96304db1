//! What a word of time is: its class and value, and what is written together with it.

use khabar_lexicon::{Clitics, Meaning, Tag, classes};
use serde::Deserialize;

use crate::point::Unit;

classes! {
    /// What sort of word of time a word is; the word lists say which words are in each.
    pub(crate) enum WordClass {
        /// Not a word of time.
        None,
        Month,
        /// A month whose name is another word too.
        MonthWord,
        HijriMonth,
        HijriWord,
        /// A weekday with its article; without it is another word too.
        Weekday,
        WeekdayWord,
        Season,
        SeasonWord,
        /// `فصل` before a season.
        SeasonHead,
        /// `م`, `هـ`, `ق.م`.
        Era,
        Unit,
        UnitDual,
        UnitPlural,
        /// `الساعة`: the hour as well as "o'clock".
        Clock,
        /// `يومي`, `عامي`: the dual before what it holds.
        DayPair,
        /// `الثلاثي`: a quarter or half of a year.
        PartYear,
        /// `نصف`, `ربع`.
        Share,
        Decade,
        /// `يوميا`.
        SetAdverb,
        Today,
        /// `أمس`, `غدا`.
        Deictic,
        Yesterday,
        /// `الماضي`, `الجاري`, `المقبل`.
        Direction,
        /// `الأخير`.
        Recent,
        /// `التالي`, `السابق`.
        Follow,
        Same,
        This,
        ThatSame,
        /// `ذلك`, `تلك`, before a part of the day.
        That,
        /// A part of the day.
        DayPart,
        DayPartLate,
        DayPartAdverb,
        Tonight,
        Midnight,
        Late,
        Early,
        /// `مطلع`, `منتصف`, `نهاية`.
        Bound,
        FirstDay,
        Rest,
        Approximately,
        MoreThan,
        LessThan,
        Few,
        Several,
        Whole,
        Single,
        From,
        To,
        Between,
        In,
        On,
        By,
        Before,
        After,
        Since,
        Except,
        And,
        Article,
        Every,
        Times,
        /// `الموافق`.
        Corresponding,
        /// `بتاريخ`.
        Dated,
        Sharp,
        ZoneHead,
        Zone,
        /// What a length of time stands after: `خلال`, `طوال`.
        Length,
        OfLife,
        /// `موسم`, `السنة الدراسية`: a year that begins in autumn.
        SeasonYear,
        Weekend,
        Reference,
        Holiday,
        /// A date behind it is a name: `شارع`.
        NameHead,
        Said,
        /// A report in the present: `يقول`. After أن it is none, so that it says nothing of the tense.
        Says,
        /// A report that goes on with the speaker of the last.
        SaidOn,
        Future,
        Coming,
        Function,
    }
    /// A set of word classes.
    pub(crate) struct WordClasses(u128);
}

use WordClass as W;

impl WordClasses {
    /// Words that only stand beside a time: no phrase begins with one, unless it is a number as well.
    const BESIDE: Self = Self::of(&[
        W::None,
        W::Function,
        W::Article,
        W::Era,
        W::Direction,
        W::Recent,
        W::Follow,
        W::Same,
        W::Single,
        W::Early,
        W::To,
        W::And,
        W::In,
        W::On,
        W::By,
        W::Except,
        W::ZoneHead,
        W::Zone,
        W::NameHead,
        W::Said,
        W::Says,
        W::SaidOn,
        W::Future,
        W::Coming,
        W::Whole,
        W::OfLife,
        W::Corresponding,
        W::Sharp,
        W::Since,
        W::Length,
    ]);

    /// Words that report what somebody said.
    pub(crate) const REPORTS: Self = Self::of(&[W::Said, W::Says, W::SaidOn]);

    /// Words that open a phrase, but only before a time.
    pub(crate) const LEADS: Self = Self::of(&[
        W::From,
        W::Between,
        W::Before,
        W::After,
        W::Approximately,
        W::MoreThan,
        W::LessThan,
        W::Few,
        W::Several,
        W::This,
        W::ThatSame,
        W::Every,
        W::Bound,
        W::Rest,
    ]);

    /// Words that speak of what is to come.
    pub(crate) const AHEAD: Self = Self::of(&[W::Future, W::Coming]);
}

impl WordClass {
    /// Whether a phrase may begin with such a word.
    #[inline]
    pub(crate) const fn opens(self) -> bool {
        !WordClasses::BESIDE.contains(self)
    }

    /// Whether such a word is looked for in every text: a phrase may begin with it, or it reports what somebody said. All
    /// others count only beside one of these; so does `من`, which is found from what follows it.
    pub(crate) const fn is_sought(self) -> bool {
        self.opens() && !matches!(self, Self::From) || WordClasses::REPORTS.contains(self)
    }
}

/// What a word of time means within its class: days from today, the number of a month, a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Hash)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sense {
    pub(crate) class: WordClass,
    #[serde(default)]
    pub(crate) value: Value,
    /// `شهر` is written together with the month: `شهرجانفي`.
    #[serde(skip)]
    pub(crate) headed: bool,
}

/// The value of a word within its class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Hash)]
#[serde(untagged, expecting = "expected a number or a unit of time")]
pub(crate) enum Value {
    Number(i16),
    Unit(Unit),
}

impl Default for Value {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl Sense {
    pub(crate) const fn number(class: WordClass, value: i16) -> Self {
        Self { class, value: Value::Number(value), headed: false }
    }
}

/// Of two entries for one word the later counts: a word of time is never only a function word.
impl Meaning for Sense {}

/// What is known of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) class: WordClass,
    /// The number that the word lists give it; 0 for a unit.
    pub(crate) value: i16,
    unit: Option<Unit>,
    pub(crate) clitics: Clitics,
    /// Tokens that the word takes, 0 for none.
    pub(crate) len: u8,
    /// `شهر` is written together with the month.
    pub(crate) headed: bool,
}

impl Default for Word {
    fn default() -> Self {
        Self { class: WordClass::None, value: 0, unit: None, clitics: Clitics::NONE, len: 0, headed: false }
    }
}

impl From<Tag<Sense>> for Word {
    fn from(Tag { meaning: Sense { class, value, headed }, clitics, len, .. }: Tag<Sense>) -> Self {
        let (value, unit) = match value {
            Value::Number(number) => (number, None),
            Value::Unit(unit) => (0, Some(unit)),
        };
        Self { class, value, unit, clitics, len, headed }
    }
}

impl Word {
    #[inline]
    pub(crate) fn is(self, class: WordClass) -> bool {
        self.class == class
    }

    /// Whether its class is in a set.
    #[inline]
    pub(crate) fn is_in(self, classes: WordClasses) -> bool {
        classes.contains(self.class)
    }

    /// The unit of time that it names.
    #[inline]
    pub(crate) const fn unit(self) -> Option<Unit> {
        self.unit
    }

    /// Whether it is of a class, and names a unit.
    pub(crate) fn is_unit(self, class: WordClass, unit: Unit) -> bool {
        self.is(class) && self.unit == Some(unit)
    }

    /// Bytes of the folded token that are proclitics.
    pub(crate) const fn skip(self) -> usize {
        self.clitics.len()
    }

    /// Whether it has the article.
    pub(crate) const fn is_definite(self) -> bool {
        self.clitics.has_article()
    }

    /// Whether و or ف stands before it.
    pub(crate) const fn has_and(self) -> bool {
        self.clitics.has_conjunction()
    }

    /// Whether ب, ل or ك stands before it.
    pub(crate) const fn has_preposition(self) -> bool {
        self.clitics.has_preposition()
    }

    /// Whether any proclitic stands before it.
    pub(crate) const fn is_prefixed(self) -> bool {
        !self.clitics.is_empty()
    }
}
