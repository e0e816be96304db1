//! Lengths of time: counted units, duals, halves, unknown counts.

use crate::lexicon::Cue;
use khabar_core::kinds::TimexModifier;
use khabar_core::{Decimal, TokenClass};
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::{dual_stem, has_pronoun_shape, without_article};
use smallvec::smallvec;

use super::Grammar;
use crate::point::{Amount, Amounts, Unit};
use crate::text::NumberRef;
use crate::word::WordClass;

/// A length of time as it stands in the text.
#[derive(Clone, Debug, Default)]
pub(super) struct Length {
    pub(super) amounts: Amounts,
    pub(super) modifier: Option<TimexModifier>,
    /// A unit without a number, which needs a word before it that tells a length.
    pub(super) bare: bool,
    /// The unit is definite: `السنوات الخمس`.
    pub(super) definite: bool,
    pub(super) end: usize,
}

impl Grammar<'_> {
    /// A length with its approximator: `نحو ثلاث ساعات`, `أقل من أسبوعين`, `سنة كاملة`.
    pub(super) fn length(&self, at: usize) -> Option<Length> {
        let text = &self.text;
        let word = text.word(at);
        let modifier = match word.class {
            WordClass::Approximately => Some(TimexModifier::Approx),
            WordClass::MoreThan => Some(TimexModifier::MoreThan),
            WordClass::LessThan => Some(TimexModifier::LessThan),
            _ => None,
        };
        let from = if modifier.is_some() { at + usize::from(word.len) } else { at };
        if modifier.is_some() && (!text.joined(from) || text.word(from).has_and()) {
            return None;
        }
        let mut length = self.amount(from)?;
        length.modifier = modifier;
        self.further_amounts(&mut length);
        self.qualifiers(&mut length);
        // `يوم واحد وساعتين`
        self.further_amounts(&mut length);
        Some(length)
    }

    /// One counted unit.
    fn amount(&self, at: usize) -> Option<Length> {
        let text = &self.text;
        let word = text.word(at);
        let length = |count: Option<Decimal>, unit, end| Length {
            amounts: smallvec![Amount { count, unit }],
            end,
            ..Length::default()
        };
        if text.is(at, WordClass::Article) && text.glued(at + 1) && text.num(at + 1).is_some() {
            let found = self.amount(at + 1)?;
            return Some(Length { definite: true, ..found });
        }
        if let Some(found) = self.clock_length(at) {
            return Some(found);
        }
        if let Some(num) = text.num(at) {
            let found = self.counted_unit(num)?;
            return Some(length(Some(num.value), found.0, found.1));
        }
        let unit = word.unit();
        let definite = word.is_definite();
        match word.class {
            WordClass::UnitDual if self.general(at) => None,
            WordClass::UnitDual => {
                let mut found = length(Some(2.into()), unit?, at + 1);
                found.definite = definite;
                Some(found)
            }
            WordClass::Few | WordClass::Several => {
                let next = text.word(at + 1);
                // `بعض أشهر المباني`: the most famous.
                let most_famous = text.cues(at + 1, Cue::MostFamous) && self.noun_follows(at + 2);
                let plural =
                    next.is(WordClass::UnitPlural) && !next.is_prefixed() && text.joined(at + 1) && !most_famous;
                let unit = next.unit().filter(|_| plural)?;
                let end = if plural { at + 2 } else { at + 1 };
                Some(length(None, unit, end))
            }
            WordClass::Share => self.part_of_unit(at),
            WordClass::UnitPlural => {
                let mut end = at + 1;
                let mut count = None;
                // `السنوات الخمس`, `السنوات الـ20`
                let article = definite && text.is(end, WordClass::Article) && text.glued(end + 1);
                let counted = if article { end + 1 } else { end };
                if definite
                    && text.joined(end)
                    && let Some(num) = text.num(counted).filter(|n| !n.and && n.within(1, 999).is_some())
                {
                    // `السنوات الأولى`: nobody says how many.
                    let ordinal = num.kind == crate::text::NumKind::Ordinal;
                    (count, end) = (if ordinal { None } else { Some(num.value) }, num.end);
                    if ordinal {
                        let mut found = length(None, unit?, end);
                        found.definite = true;
                        return Some(found);
                    }
                }
                let mut found = length(count, unit?, end);
                (found.definite, found.bare) = (definite, count.is_none());
                Some(found)
            }
            WordClass::Unit => {
                // `حوالي الشهر` is a month too.
                let mut found = length(Some(1.into()), unit?, at + 1);
                (found.bare, found.definite) = (true, definite);
                Some(found)
            }
            _ => None,
        }
    }

    /// `16:30 ساعة`: hours and minutes.
    fn clock_length(&self, at: usize) -> Option<Length> {
        let text = &self.text;
        let (hours, minutes, _) = text.figures(at)?.clock(false)?;
        let hour = text.word(at + 1);
        let counted = hour.is_unit(WordClass::Unit, Unit::Hour) && !hour.is_prefixed() && text.joined(at + 1);
        let amount = |count: u8, unit| Amount { count: Some(count.into()), unit };
        let amounts = || smallvec![amount(hours, Unit::Hour), amount(minutes, Unit::Minute)];
        counted.then(|| Length { amounts: amounts(), end: at + 2, ..Length::default() })
    }

    /// The unit after a number, perhaps with an adjective or a smaller number of it between.
    fn counted_unit(&self, num: &NumberRef) -> Option<(Unit, usize)> {
        let text = &self.text;
        let mut at = num.end;
        if !text.joined(at) {
            return None;
        }
        let mut word = text.word(at);
        if text.is_mark(at, &['(']) && text.num(at + 1).is_some_and(|n| n.value == num.value) {
            // `ثلاثة (3) أيام`
            let close = text.num(at + 1)?.end;
            at = if text.is_mark(close, &[')']) { close + 1 } else { return None };
            word = text.word(at);
        }
        let counted = matches!(word.class, WordClass::Unit | WordClass::UnitPlural) && !word.is_prefixed();
        let figures = num.digits;
        let unit = word.unit().filter(|_| counted)?;
        // `في 2016 شهر`: four figures that are a year count nothing; `الثالثة دقيقة` neither.
        let year = figures == 4 && num.within(1900, 2060).is_some();
        let ordinal = num.kind == crate::text::NumKind::Ordinal;
        let definite = word.is_definite() && figures == 0;
        if year || ordinal || definite && !word.is(WordClass::UnitPlural) {
            return None;
        }
        // `2099 سنة 2015`: the year's own head.
        let headed = unit == Unit::Year && word.is(WordClass::Unit) && text.joined(at + 1);
        if headed && text.num(at + 1).is_some_and(|n| n.digits == 4 && n.within(1900, 2060).is_some()) {
            return None;
        }
        // Contracts are counted more often than decades in figures: `3 عقود`, but `أكثر من 3 عقود`.
        if unit == Unit::Decade && figures != 0 && !self.style.plans && !self.is_hedged(num.first) {
            return None;
        }
        Some((unit, at + 1))
    }

    /// Whether a hedge or منذ stands before a token; a hedge may be of two words.
    fn is_hedged(&self, at: usize) -> bool {
        let before = |words: usize| at.checked_sub(words).map_or(WordClass::None, |before| self.text.class(before));
        let is_bound = |class: WordClass| matches!(class, WordClass::MoreThan | WordClass::LessThan);
        is_bound(before(1)) || is_bound(before(2)) || matches!(before(1), WordClass::Approximately | WordClass::Since)
    }

    /// `نصف ساعة`, `ربع قرن`, `ثلث ساعة`.
    fn part_of_unit(&self, at: usize) -> Option<Length> {
        let text = &self.text;
        let share = text.word(at);
        let word = text.word(at + 1);
        if !word.is(WordClass::Unit) && !word.is(WordClass::Clock)
            || word.is_prefixed()
            || !text.joined(at + 1)
            || share.is_definite()
        {
            return None;
        }
        let unit = word.unit()?;
        let amount = part_of(unit, i64::from(share.value))?;
        Some(Length { amounts: smallvec![amount], end: at + 2, ..Length::default() })
    }

    /// `ونصف`, `ونصف الشهر`, `وستة أشهر`, `و30 دقيقة`.
    fn further_amounts(&self, length: &mut Length) {
        let text = &self.text;
        while length.amounts.len() < 6 && text.joined(length.end) {
            let Some(last) = length.amounts.last().copied() else { return };
            let split = text.is(length.end, WordClass::And);
            let from = if split { length.end + 1 } else { length.end };
            let word = text.word(from);
            let and = split || word.has_and() || text.num(from).is_some_and(|n| n.and);
            if !and || !text.joined(from) {
                return;
            }
            if word.is(WordClass::Share) && last.count.is_some() {
                let again = text.word(from + 1);
                let named =
                    again.is_unit(WordClass::Unit, last.unit) || again.is(WordClass::Clock) && last.unit == Unit::Hour;
                length.end = if named && text.joined(from + 1) { from + 2 } else { from + 1 };
                if let Some(more) = part_of(last.unit, i64::from(word.value)) {
                    push_part(&mut length.amounts, last, more);
                }
                length.bare = false;
                return;
            }
            let smaller = |a: &Amount| a.unit < last.unit || self.style.plans && a.unit != last.unit;
            let Some(more) = self.amount(from).filter(|l| l.amounts.iter().all(smaller)) else { return };
            if more.bare && more.amounts[0].count.is_none() || more.definite {
                return;
            }
            length.amounts.extend(more.amounts);
            length.bare = false;
            length.end = more.end;
        }
    }

    /// Adjectives of the unit: `كاملة`, `متتالية`, `واحدة`, `تقريبا`.
    fn qualifiers(&self, length: &mut Length) {
        let text = &self.text;
        for _ in 0..2 {
            if !text.joined(length.end) {
                return;
            }
            match text.class(length.end) {
                WordClass::Whole => {}
                // `سنوات عدة`
                WordClass::Several if length.amounts.iter().all(|a| a.count.is_none()) => {}
                WordClass::Single if length.amounts.len() == 1 => {}
                WordClass::Approximately if text.cues(length.end, Cue::Approximately) => {
                    length.modifier = length.modifier.or(Some(TimexModifier::Approx));
                }
                _ => return,
            }
            length.bare &= length.amounts[0].count.is_none();
            length.end += 1;
        }
    }

    /// `أمينين عامين`: "general", the adjective of a noun in the dual.
    fn general(&self, at: usize) -> bool {
        let text = &self.text;
        let before = at.checked_sub(1).filter(|_| text.joined(at) && text.cues(at, Cue::General));
        before.is_some_and(|b| {
            let noun = text.folded(b);
            text.is(b, WordClass::None) && dual_stem(noun).is_some() && without_article(noun).is_none()
        })
    }

    /// `منذ يوم الاستيلاء`, `طوال سنوات رئاسته`: a definite noun says which time it is, not how long.
    fn in_construct(&self, before: usize, at: usize) -> bool {
        let text = &self.text;
        let noun = text.folded(at + 1);
        let lasts = text.is(before, WordClass::Length) && !text.cues(before, Cue::Term);
        let own = lasts
            && has_pronoun_shape(noun)
            && !noun.starts_with([Proclitic::Wa, Proclitic::Fa, Proclitic::Ba, Proclitic::Lam].map(Proclitic::letter));
        let article = without_article(noun).is_some() && (lasts || text.is(at, WordClass::Unit));
        (own || article) && self.noun_follows(at + 1)
    }

    /// `عاما بعد عام`: the unit behind a preposition repeats the one before it.
    pub(super) fn again(&self, at: usize) -> bool {
        let text = &self.text;
        let Some(before) = at.checked_sub(2).filter(|_| text.joined(at - 1) && text.joined(at)) else { return false };
        let (first, second) = (text.word(before), text.word(at));
        text.is(at - 1, WordClass::After)
            && first.is(WordClass::Unit)
            && second.is(WordClass::Unit)
            && first.unit() == second.unit()
    }

    /// `حكم بسنة سجن`, `بعدها بشهر`: one of the unit is the measure of what stands before it.
    pub(super) fn by_one(&self, at: usize) -> bool {
        let text = &self.text;
        let word = text.word(at);
        let by = word.clitics.has(Proclitic::Ba);
        let grade = text.num(at + 1).is_some_and(|n| n.kind == crate::text::NumKind::Ordinal);
        // A day is more often which one it is: `بيوم أسود`.
        let unit = word.unit().filter(|unit| (Unit::Hour..=Unit::Year).contains(unit));
        let day = unit == Some(Unit::Day) && self.noun_follows(at + 1);
        by && unit.is_some() && !word.is_definite() && !grade && !day
    }

    /// Whether a noun that is no word of time follows in the same line.
    fn noun_follows(&self, at: usize) -> bool {
        let text = &self.text;
        text.joined(at) && text.is(at, WordClass::None) && text.token_class(at) == Some(TokenClass::Arabic)
    }

    /// Whether the words before a unit without a number tell a length of time.
    pub(super) fn length_stands_here(&self, at: usize, length: &Length) -> bool {
        let text = &self.text;
        let Some(before) = at.checked_sub(1).filter(|_| text.joined(at)) else {
            // The whole of a text or line.
            return !text.joined(length.end) && self.style.plans && !length.definite;
        };
        let unknown = length.amounts.iter().all(|a| a.count.is_none());
        // `حوالي ساعة`, `أكثر من عام`: the approximator tells; `شهرا`, `أسبوعا` are adverbs.
        if length.modifier.is_some() && !unknown {
            return !matches!(text.class(length.end), WordClass::Direction);
        }
        if text.cues(at, Cue::AccusativeOfTime) {
            return true;
        }
        if unknown && !length.definite && text.word(at).clitics.has(Proclitic::Lam) {
            // `لسنوات عديدة`, but not `لأيام قرطاج`
            return text.is(length.end - 1, WordClass::Whole)
                || text.folded(length.end).starts_with(Proclitic::Wa.letter())
                || !self.noun_follows(length.end);
        }
        // `الجلوس ساعات طويلة`: the adjective tells how long.
        if unknown && !length.definite && !text.word(at).is_prefixed() && text.is(length.end - 1, WordClass::Whole) {
            return true;
        }
        if length.end == at + 1 && self.in_construct(before, at) || self.again(at) {
            return false;
        }
        let alone = length.end == at + 1 && text.is(at, WordClass::Unit);
        if alone && self.by_one(at) {
            return true;
        }
        if length.definite && !unknown {
            return false;
        }
        let class = text.class(before);
        // `عقد` is a contract, or to hold a meeting, more often than a decade.
        if length.amounts[0].unit == Unit::Decade && !unknown {
            return class == WordClass::Since;
        }
        let by_word = text.word(at).is_prefixed() && text.cues(before, Cue::Period);
        match class {
            WordClass::Since => true,
            WordClass::Length | WordClass::After => !length.definite,
            // `قبل أيام من العملية`
            WordClass::Before => {
                let only = length.end + usize::from(text.cues(length.end, Cue::Only));
                (!unknown || text.is(only, WordClass::From)) && !length.definite
            }
            _ => by_word || self.style.plans && !text.joined(length.end) && !unknown,
        }
    }
}

/// So many sixtieths of a unit, in the next smaller one; months keep the decimal.
fn part_of(unit: Unit, sixtieths: i64) -> Option<Amount> {
    let share = Decimal::from(sixtieths) / Decimal::from(60);
    let (count, unit) = match unit {
        Unit::Second => (share, Unit::Second),
        Unit::Minute => (share * Decimal::from(60), Unit::Second),
        Unit::Hour => (share * Decimal::from(60), Unit::Minute),
        Unit::Day => (share * Decimal::from(24), Unit::Hour),
        Unit::Week => (share, Unit::Week),
        Unit::Month => (share, Unit::Month),
        Unit::Year => (share * Decimal::from(12), Unit::Month),
        Unit::Decade => (share * Decimal::from(10), Unit::Year),
        Unit::Century => (share * Decimal::from(100), Unit::Year),
    };
    Some(Amount { count: Some(count.normalize()), unit })
}

/// Adds a half: to the same unit as a decimal, else as a further amount.
fn push_part(amounts: &mut Amounts, last: Amount, more: Amount) {
    if more.unit == last.unit
        && let (Some(a), Some(b), Some(slot)) = (last.count, more.count, amounts.last_mut())
    {
        slot.count = a.checked_add(b).map(|sum| sum.normalize());
    } else {
        amounts.push(more);
    }
}
