//! `timex.*`: time expressions with values as TIMEX3 writes them.

use serde::{Deserialize, Serialize};

/// TIMEX3's `mod`, as far as the guidelines use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum TimexModifier {
    /// `مطلع`, `بداية`, `أوائل`.
    Start,
    /// `منتصف`.
    Mid,
    /// `نهاية`, `أواخر`.
    End,
    /// `نحو`, `حوالي`.
    Approx,
    /// `أقل من`.
    LessThan,
    /// `أكثر من`.
    MoreThan,
}

/// On which side of an event a duration is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Anchor {
    /// `قبل يومين من انتهاء المهلة`.
    Before,
    /// `بعد ثلاث سنوات على الهجوم`.
    After,
}

/// What all time expressions carry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Timex {
    /// The TIMEX3 value: `2025-08-06`, `2025-W31`, `PT3H`, `PRESENT_REF`, `begin/end` of an interval (both inclusive).
    pub value: String,
    /// TIMEX3's `mod`.
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub modifier: Option<TimexModifier>,
    /// On which side of an event the duration is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// The Hijri date as the text has it (`1444-09-15`), where `value` is its Gregorian date by Umm al-Qura.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hijri: Option<String>,
    /// Other values that the words allow, most likely first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
}

impl Timex {
    /// A time expression with nothing but a value.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into(), ..Self::default() }
    }

    /// The same with TIMEX3's `mod`.
    #[must_use]
    pub fn with_modifier(self, modifier: impl Into<Option<TimexModifier>>) -> Self {
        Self { modifier: modifier.into(), ..self }
    }

    /// The same, counted on one side of an event.
    #[must_use]
    pub fn with_anchor(self, anchor: impl Into<Option<Anchor>>) -> Self {
        Self { anchor: anchor.into(), ..self }
    }

    /// The same with the Hijri date as the text has it.
    #[must_use]
    pub fn with_hijri(self, hijri: impl Into<Option<String>>) -> Self {
        Self { hijri: hijri.into(), ..self }
    }

    /// The same with other values that the words allow, most likely first.
    #[must_use]
    pub fn with_alternatives(self, alternatives: Vec<String>) -> Self {
        Self { alternatives, ..self }
    }
}

macro_rules! timexes {
    ($($(#[$doc:meta])* $type:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(pub Timex);)*
    };
}

timexes! {
    /// `timex.date`: a day or anything coarser, and adverbs of reference.
    Date;
    /// `timex.time`: a clock time or a part of a day.
    Time;
    /// `timex.duration`: `PT3H`, `P2W`, `PXD`.
    Duration;
    /// `timex.set`: what recurs (`يوميا` `P1D`).
    Set;
}
