//! `timex.*`: time expressions with values as TIMEX3 writes them.

use serde::{Deserialize, Serialize};

use crate::json::Object;

/// TIMEX3's `mod`, as far as the guidelines use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
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

    /// Appends what serde gives.
    fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let Self { value, modifier, anchor, hijri, alternatives } = self;
        let mut object = Object::new(out);
        object.string("value", value)?;
        if let Some(modifier) = modifier {
            object.other("mod", modifier)?;
        }
        if let Some(anchor) = anchor {
            object.other("anchor", anchor)?;
        }
        if let Some(hijri) = hijri {
            object.string("hijri", hijri)?;
        }
        if !alternatives.is_empty() {
            object.other("alternatives", alternatives)?;
        }
        object.end();
        Ok(())
    }
}

macro_rules! timexes {
    ($($(#[$doc:meta])* $type:ident;)*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $type(pub Timex);

        impl $type {
            pub(super) fn write(&self, out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
                self.0.write(out)
            }
        })*
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Value;

    #[test]
    fn times_are_written_as_serde_writes_them() {
        let value = || "2025-08-06".to_owned();
        let whole = Timex {
            modifier: Some(TimexModifier::LessThan),
            anchor: Some(Anchor::After),
            hijri: Some("1447-02-12".to_owned()),
            alternatives: vec![value(), "\"".to_owned()],
            ..Timex::new(value())
        };
        let mut some = vec![Timex::default(), Timex::new(value()), whole.clone()];
        some.push(Timex { modifier: None, hijri: None, ..whole.clone() });
        some.push(Timex { anchor: None, alternatives: Vec::new(), ..whole });
        for timex in some {
            let mut out = Vec::new();
            Date(timex.clone()).write_json(&mut out).expect("written");
            assert_eq!(String::from_utf8(out).expect("UTF-8"), serde_json::to_string(&timex).expect("JSON"));
        }
    }
}
