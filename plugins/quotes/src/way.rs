//! The way from a cue to the words: أن, a colon, a mark, and the outlets on it.

use khabar_extractor::Span;

use crate::facts::Facts;
use crate::few::Few;
use crate::mention::MentionKind;
use crate::phrase::Phrase;
use crate::report::{Memory, Sentence};
use crate::sets::Set;

/// Farthest that أن, a colon or a quotation mark may stand from its cue, in tokens.
const REACH: usize = 40;

/// Most words of outlets in a row before the name of one: `لمراسل وكالة الأنباء`.
const OUTLETS: usize = 4;

/// Words after which a quotation names where or when: عن, إلى, على bring in what is said (`أعرب عن "…"`).
const SETTINGS: Few<10> = Few::of(["في", "حول", "خلال", "مع", "بشان", "بخصوص", "ضمن", "لدي", "عبر", "تحت"]);
/// `ل` before a mark.
const TO: Few<3> = Few::of(["ل", "ول", "لل"]);

/// The way from a cue to the words.
pub(crate) struct Way {
    pub(crate) that: Option<usize>,
    pub(crate) colon: bool,
    pub(crate) quote: bool,
    pub(crate) content: usize,
    /// The first token after the last outlet or name on the way.
    pub(crate) gap: usize,
}

impl Sentence<'_, '_> {
    /// Looks from `from` on for أن, a colon or words between marks, noting outlets on the way.
    pub(crate) fn way(&self, from: usize, memory: &mut Memory) -> Way {
        let sources = memory.sources.end();
        let context = self.context;
        let limit = self.end.min(from + REACH);
        let mut way = Way { that: None, colon: false, quote: false, content: from, gap: from };
        let mut at = from;
        while let Some(sign) = context.sets.first(Set::Signs, at, limit) {
            at = sign;
            let word = context.word(at);
            if word.is(Facts::COLON) {
                way.colon = true;
                way.content = at + 1;
                break;
            }
            if word.is(Facts::OPEN) {
                match context.opened(at).and_then(|q| q.close) {
                    Some(close)
                        if self.name_between_marks(at, close as usize)
                            || self.beside_the_way(from, at, close as usize) =>
                    {
                        at = close as usize + 1;
                        way.gap = at;
                        continue;
                    }
                    _ => {
                        way.quote = true;
                        way.content = at;
                        break;
                    }
                }
            }
            if word.is(Facts::THAT) && !self.no_complement(at) {
                way.that = Some(at);
                way.content = at + 1;
                break;
            }
            let next = at + 1 + usize::from(context.word(at + 1).is(Facts::PREPOSITION));
            // Nouns are never strong.
            if word.is(Facts::STOP.with(Facts::ACCORDING).with(Facts::CONTRAST).with(Facts::STRONG))
                || (word.is(Facts::FINITE.with(Facts::FINITE_WITH_OBJECT)) && context.word(next).is(Facts::THAT))
                || (word.is(Facts::OWN_CUE) && at - from < 6)
            {
                break;
            }
            if let Some((source, next)) = self.addressee(at) {
                memory.sources.add(context.doc.text, sources, source);
                at = next.max(at + 1);
                way.gap = at;
                continue;
            }
            at += 1;
        }
        way
    }

    /// `في ندوة حول "…" أن`: a quotation that a preposition brings in, or that أن follows at once, names something when
    /// the words come after it.
    fn beside_the_way(&self, from: usize, open: usize, close: usize) -> bool {
        let context = self.context;
        if open <= from {
            return false;
        }
        if context.word(close + 1).is(Facts::THAT) {
            return close - open <= 7;
        }
        let before = context.word(open - 1);
        let brought = context.is_any(open - 1, &SETTINGS) || before.is(Facts::UTTERANCE) || before.is(Facts::NAMER);
        brought && close - open <= 14 && self.that_within(close + 1, 25)
    }

    /// Whether the أن at `at` belongs to the word before it (`إلا أن`, `بعد أن`).
    pub(crate) fn no_complement(&self, at: usize) -> bool {
        at != self.first && self.context.word(at - 1).is(Facts::NOT_THAT)
    }

    /// A quotation that is the name of what the word before it calls: no words of the speaker.
    pub(crate) fn name_between_marks(&self, open: usize, close: usize) -> bool {
        let before = self.context.word(open.saturating_sub(1));
        let named = Facts::NAMER.with(Facts::OUTLET).with(Facts::CORRESPONDENT).with(Facts::OUTLET_NAME);
        close - open <= 6 && (before.is(named) || self.context.is_any(open.saturating_sub(1), &TO))
    }

    /// `لوكالة "تاس"`, `لمراسل الجوهرة أف أم`, `مع صحيفة …`: the outlet that heard it, and the token after it.
    pub(crate) fn addressee(&self, at: usize) -> Option<(Span, usize)> {
        let context = self.context;
        let word = context.word(at);
        let before = context.word(at.wrapping_sub(1));
        let to = word.is(Facts::LI) || before.is(Facts::PREPOSITION);
        let heard = word.is(Facts::OUTLET.with(Facts::CORRESPONDENT));
        if to && heard {
            let mut name = at + 1;
            while name <= at + OUTLETS && context.word(name).is(Facts::OUTLET) {
                name += 1;
            }
            return self.outlet_name(name);
        }
        if word.is(Facts::LI) && word.is(Facts::OUTLET_NAME) {
            return self.outlet_name(at);
        }
        None
    }

    /// The name of an outlet that begins at a token: what stands between marks, an entity, or a few words.
    pub(crate) fn outlet_name(&self, at: usize) -> Option<(Span, usize)> {
        let context = self.context;
        if self.end <= at {
            return None;
        }
        if let Some(quotation) = context.opened(at) {
            let close = quotation.close? as usize;
            return Some((quotation.inner, close + 1));
        }
        if let Some((_, mention)) = context.mention_at(at).filter(|(_, m)| m.kind == MentionKind::Org) {
            return Some((mention.span, context.token_at(mention.span.end)));
        }
        let mut end = at;
        while end < self.end && end - at < 4 {
            let word = context.word(end);
            let stop = Facts::PREPOSITION.with(Facts::TIME).with(Facts::THAT).with(Facts::CLAUSE);
            let known = word.is(stop) || (word.is(Facts::CUE) && end != at) || word.is(Facts::BI);
            if !word.is(Facts::WORD.with(Facts::OTHER).with(Facts::OPEN).with(Facts::CLOSE)) || known {
                break;
            }
            if word.is(Facts::OPEN) {
                // جوهرة "اف ام": the name goes on between marks.
                let close = context.opened(end).and_then(|q| q.close).map(|close| close as usize);
                end = close.filter(|close| close - end < 6).map_or(end, |close| close + 1);
                break;
            }
            end += 1;
        }
        (at < end).then(|| (context.span(at, end), end))
    }

    /// `عن ترامب` after the outlet of `نقلت`.
    pub(crate) fn phrase_after_about(&self, at: usize) -> Option<Phrase> {
        let about = (at..self.end.min(at + 8)).find(|at| self.context.word(*at).is(Facts::ABOUT))?;
        if (at..about).any(|at| self.context.word(at).is(Facts::THAT.with(Facts::COLON))) {
            return None;
        }
        self.context.phrase(about + 1, self.end)
    }
}
