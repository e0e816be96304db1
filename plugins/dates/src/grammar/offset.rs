//! Days that are counted from another day: `قبل عيد الأضحى بيومين`.

use khabar_lexicon::Proclitic;

use super::Grammar;
use crate::point::{Expr, Phrase};
use crate::word::WordClass;

impl Grammar<'_> {
    /// `قبل` or `بعد`, a day, and ب with a length.
    pub(super) fn offset_from_point(&self, at: usize, out: &mut Vec<Phrase>) -> Option<usize> {
        let text = &self.text;
        let direction = if text.is(at, WordClass::Before) { -1 } else { 1 };
        let (day, next) = self.point(at + 1).filter(|(point, _)| text.joined(at + 1) && point.tells_day())?;
        let measured = text.joined(next) && text.is_behind(next, Proclitic::Ba);
        let length = self.length(next).filter(|length| measured && !length.definite)?;
        out.push(Phrase::new(at, length.end, Expr::Offset(day, length.amounts, direction), length.modifier));
        Some(length.end)
    }
}
