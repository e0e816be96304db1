//! What a word of time is: its class, and what is written together with it.

use serde::Deserialize;

/// Declares the classes, and a list of all of them in their order.
macro_rules! classes {
    ($($(#[$of:meta])* $class:ident,)*) => {
        /// What sort of word of time a word is; the data files say which words are in each.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Class {
            $($(#[$of])* $class,)*
        }

        impl Class {
            /// All classes, each at the place of its number.
            pub(crate) const ALL: [Self; [$(Self::$class),*].len()] = [$(Self::$class),*];
        }
    };
}

classes! {
    /// Not a word of time.
    #[default]
    None,
    Month,
    MonthWord,
    HijriMonth,
    HijriWord,
    Weekday,
    WeekdayWord,
    Season,
    SeasonWord,
    Chapter,
    Era,
    Unit,
    UnitDual,
    UnitPlural,
    Clock,
    DayPair,
    PartYear,
    Share,
    Decade,
    SetAdverb,
    Today,
    Deictic,
    Yesterday,
    Dir,
    Recent,
    Follow,
    Same,
    This,
    ThatSame,
    Part,
    PartLate,
    PartAdverb,
    Tonight,
    Midnight,
    Late,
    Early,
    Bound,
    FirstDay,
    Rest,
    Approx,
    More,
    Less,
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
    Corresponding,
    Dated,
    Sharp,
    ZoneHead,
    Zone,
    Length,
    OfLife,
    SeasonHead,
    Weekend,
    Reference,
    Holiday,
    NameHead,
    Said,
    SaidOn,
    Future,
    Coming,
    Function,
}

impl Class {
    /// Whether such a word only stands beside a time: no phrase begins with it, unless it is a number as well.
    const fn is_context(self) -> bool {
        matches!(
            self,
            Self::None
                | Self::Function
                | Self::Article
                | Self::Era
                | Self::Dir
                | Self::Recent
                | Self::Follow
                | Self::Same
                | Self::Single
                | Self::Early
                | Self::To
                | Self::And
                | Self::In
                | Self::On
                | Self::By
                | Self::Except
                | Self::ZoneHead
                | Self::Zone
                | Self::NameHead
                | Self::Said
                | Self::SaidOn
                | Self::Future
                | Self::Coming
                | Self::Whole
                | Self::OfLife
                | Self::Corresponding
                | Self::Sharp
                | Self::Since
                | Self::Length
        )
    }

    /// Whether such a word is looked for in every text: a phrase may begin with it, or it reports what somebody said.
    /// All others count only beside one of these; so does `من`, which is found from what follows it.
    pub(crate) const fn leads(self) -> bool {
        !self.is_context() && !matches!(self, Self::From) || self.is_report()
    }

    /// Whether such a word reports what somebody said.
    const fn is_report(self) -> bool {
        matches!(self, Self::Said | Self::SaidOn)
    }

    /// Whether such a word opens a phrase, but only before a time.
    const fn only_leads(self) -> bool {
        matches!(
            self,
            Self::From
                | Self::Between
                | Self::Before
                | Self::After
                | Self::Approx
                | Self::More
                | Self::Less
                | Self::Few
                | Self::Several
                | Self::This
                | Self::ThatSame
                | Self::Every
                | Self::Bound
                | Self::Rest
        )
    }

    /// What the flags of a word say of its class, so that a walk over words need not tell all classes apart.
    pub(crate) const fn flags(self) -> u8 {
        let opens = if self.is_context() { 0 } else { Word::OPENS };
        let reports = if self.is_report() { Word::REPORTS } else { 0 };
        opens | reports | if self.only_leads() { Word::LEADS } else { 0 }
    }
}

/// What is known of a token: its class, and what is written together with the word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) class: Class,
    /// Number of the month, days from today and so on, as the data files say for each class.
    pub(crate) value: i16,
    /// Bytes of the folded token that are proclitics.
    pub(crate) skip: u8,
    /// Tokens that the word takes, 0 for none.
    pub(crate) len: u8,
    /// [`Word::DEFINITE`], the proclitics, and what the class says.
    pub(crate) flags: u8,
}

impl Word {
    /// The word has the article.
    pub(crate) const DEFINITE: u8 = 1;
    /// و or ف stands before the word.
    pub(crate) const AND: u8 = 2;
    /// ب, ل or ك stands before the word.
    pub(crate) const PREPOSITION: u8 = 4;
    /// A phrase may begin with the word: it does not only stand beside a time.
    pub(crate) const OPENS: u8 = 8;
    /// `شهر` is written together with the month.
    pub(crate) const HEADED: u8 = 16;
    /// The token is the last word of the name of somebody who holds an office, whatever else it is.
    pub(crate) const HOLDER: u8 = 32;
    /// The word reports what somebody said.
    pub(crate) const REPORTS: u8 = 64;
    /// The word opens a phrase only before a time.
    pub(crate) const LEADS: u8 = 128;

    pub(crate) fn is(self, class: Class) -> bool {
        self.class == class
    }

    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}
