//! Which rules a token can begin, by the class of its word and the number that begins there. Most rules are never tried
//! on most tokens; a rule that is left out here finds nothing, which builds with debug assertions prove each time.

use super::Grammar;
use crate::word::Class;

/// Rules of the grammar, a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rules(u32);

impl Rules {
    const NONE: Self = Self(0);
    pub(super) const INTERVAL: Self = Self(1);
    pub(super) const SET: Self = Self(1 << 1);
    pub(super) const LENGTH: Self = Self(1 << 2);
    /// A rule of points that looks behind the first word.
    pub(super) const BOUNDED: Self = Self(1 << 3);
    pub(super) const WEEKEND: Self = Self(1 << 4);
    pub(super) const NTH_WEEK: Self = Self(1 << 5);
    pub(super) const DEICTIC: Self = Self(1 << 6);
    pub(super) const FIGURES: Self = Self(1 << 7);
    pub(super) const DAY_AND_MONTH: Self = Self(1 << 8);
    pub(super) const WEEKDAY: Self = Self(1 << 9);
    /// A month, with a day behind it or without one.
    pub(super) const MONTH: Self = Self(1 << 10);
    pub(super) const HOLIDAY: Self = Self(1 << 11);
    pub(super) const HEADED_DAY: Self = Self(1 << 12);
    pub(super) const RELATIVE_UNIT: Self = Self(1 << 13);
    pub(super) const CENTURY: Self = Self(1 << 14);
    pub(super) const DECADE: Self = Self(1 << 15);
    pub(super) const PART_OF_YEAR: Self = Self(1 << 16);
    pub(super) const SEASON: Self = Self(1 << 17);
    pub(super) const CLOCK: Self = Self(1 << 18);
    pub(super) const YEAR: Self = Self(1 << 19);
    pub(super) const PART: Self = Self(1 << 20);
    /// All rules of points.
    pub(super) const POINT: Self = Self((1 << 21) - (1 << 3));
    /// What a number can begin.
    const NUMBER: Self = Self::of(&[
        Self::INTERVAL,
        Self::SET,
        Self::LENGTH,
        Self::FIGURES,
        Self::DAY_AND_MONTH,
        Self::WEEKDAY,
        Self::CLOCK,
        Self::YEAR,
    ]);

    const fn of(rules: &[Self]) -> Self {
        let (mut all, mut at) = (0, 0);
        while at < rules.len() {
            all |= rules[at].0;
            at += 1;
        }
        Self(all)
    }

    pub(super) const fn any(self, rules: Self) -> bool {
        self.0 & rules.0 != 0
    }

    /// What a rule reads, if it is among these.
    #[inline]
    pub(super) fn read<T>(self, rule: Self, read: impl Fn() -> Option<T>) -> Option<T> {
        if self.any(rule) {
            return read();
        }
        debug_assert!(read().is_none(), "a rule outside of {self:?} reads something: {rule:?}");
        None
    }

    /// What a word of a class can begin.
    const fn of_class(class: Class) -> Self {
        match class {
            Class::From | Class::Between | Class::DayPair => Self::INTERVAL,
            Class::SetAdverb | Class::Every | Class::Times => Self::SET,
            Class::Approx | Class::More | Class::Less | Class::UnitDual | Class::Few | Class::Several => Self::LENGTH,
            Class::UnitPlural => Self::of(&[Self::SET, Self::LENGTH]),
            Class::Article => Self::of(&[Self::LENGTH, Self::DAY_AND_MONTH]),
            Class::Share => Self::of(&[Self::LENGTH, Self::BOUNDED, Self::PART_OF_YEAR]),
            Class::Bound => Self::of(&[Self::BOUNDED, Self::NTH_WEEK, Self::DAY_AND_MONTH, Self::WEEKDAY]),
            Class::Rest | Class::Late => Self::BOUNDED,
            Class::Weekend => Self::WEEKEND,
            Class::Deictic | Class::Yesterday | Class::Today => Self::DEICTIC,
            Class::FirstDay => Self::DAY_AND_MONTH,
            Class::Weekday => Self::WEEKDAY,
            Class::Month | Class::MonthWord | Class::HijriMonth | Class::HijriWord => Self::MONTH,
            Class::Holiday => Self::HOLIDAY,
            Class::Dated => Self::HEADED_DAY,
            Class::Unit => Self::of(&[
                Self::INTERVAL,
                Self::LENGTH,
                Self::NTH_WEEK,
                Self::MONTH,
                Self::HEADED_DAY,
                Self::RELATIVE_UNIT,
                Self::CENTURY,
                Self::YEAR,
            ]),
            Class::This => {
                Self::of(&[Self::DEICTIC, Self::MONTH, Self::RELATIVE_UNIT, Self::SEASON, Self::YEAR, Self::PART])
            }
            Class::ThatSame => Self::of(&[Self::DEICTIC, Self::YEAR]),
            Class::SeasonHead => Self::of(&[Self::INTERVAL, Self::YEAR]),
            Class::Decade => Self::DECADE,
            Class::PartYear => Self::PART_OF_YEAR,
            Class::Chapter | Class::Season | Class::SeasonWord => Self::SEASON,
            Class::Clock => Self::CLOCK,
            Class::Part | Class::PartAdverb | Class::Tonight | Class::Midnight => Self::PART,
            _ => Self::NONE,
        }
    }

    /// [`Rules::of_class`] of every class, so that no branch has to foresee which one a word is of.
    const OF_CLASSES: [Self; Class::ALL.len()] = {
        let mut rules = [Self::NONE; Class::ALL.len()];
        let mut at = 0;
        while at < rules.len() {
            rules[at] = Self::of_class(Class::ALL[at]);
            at += 1;
        }
        rules
    };
}

impl Grammar<'_> {
    /// The rules that a token can begin.
    #[inline]
    pub(super) fn rules(&self, at: usize) -> Rules {
        let class = self.text.class(at);
        let mut rules = Rules::OF_CLASSES[class as usize];
        if self.text.num_begins(at) {
            rules.0 |= Rules::NUMBER.0;
        } else if class == Class::None && self.text.folded(at) == "س" {
            // `س15`
            rules.0 |= Rules::CLOCK.0;
        }
        if self.style.plans {
            rules.0 |= Rules::INTERVAL.0;
        }
        rules
    }
}
