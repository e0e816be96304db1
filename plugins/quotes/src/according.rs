//! `بحسب`, `وفق`, `على حد تعبيره`, `نقلا عن`: reports without a verb of their own.

use crate::context::Context;
use crate::facts::Facts;
use crate::few::Few;
use crate::phrase::Phrase;
use crate::report::{Memory, Report, Sentence, Speaker};

/// Words between `بحسب` and its source: `نقلا عن`, `وفقا لـ`.
const BETWEEN: Few<3> = Few::of(["ل", "عن", "نص"]);
/// What a verb follows that says what was said: `وفق ما ذكرت`.
const WHAT: Few<2> = Few::of(["ما", "لما"]);
const ACCORDING_TO_WHAT: Few<1> = Few::of(["حسبما"]);
const HANDED_ON: Few<1> = Few::of(["نقلا"]);
const ONLY_WHAT: Few<1> = Few::of(["ما"]);

impl Sentence<'_, '_> {
    /// `بحسب بيسكوف`, `وفق ما ذكرت وكالة …`, `على حد تعبيره`, `نقلا عن …`.
    pub(crate) fn according(&mut self, at: usize, memory: &mut Memory) -> Option<Report> {
        let context = self.context;
        let mut next = at + 1;
        let limit = context.word(at).is(Facts::LIMIT);
        if limit && !context.word(next).is(Facts::SAYING_NOUN.with(Facts::CUE)) {
            return None;
        }
        while next < self.end && context.is_any(next, &BETWEEN) {
            next += 1;
        }
        let sources = memory.sources.end();
        let mut cue_token = at;
        let (mut phrase, mut own, mut relayed) = (None, false, false);
        if context.is_any(next, &WHAT) || context.word(at).is(Facts::CUE) || context.is_any(at, &ACCORDING_TO_WHAT) {
            let verb = (next..self.end.min(next + 3)).find(|at| context.word(*at).is(Facts::CUE));
            if let Some(verb) = verb {
                let cue = context.word(verb);
                phrase = self.subject_after(verb, cue);
                relayed = cue.is(Facts::RELAY) || phrase.is_some_and(|p| p.outlet);
                own = phrase.is_none();
                next = verb + 1;
                // بحسب ما نقلت عنه وكالة ريا نوفوستي
                if let Some(phrase) = phrase {
                    next = phrase.end;
                }
            }
        } else if context.word(next).is(Facts::OWN.with(Facts::OWN_CUE)) {
            own = true;
            cue_token = if limit { next } else { at };
            next += 1;
        } else {
            let noun = context.word(next).is(Facts::SAYING_NOUN);
            let named = context.mention_at(next).is_some();
            if noun && !named {
                let inner = if limit { next } else { at };
                cue_token = inner;
                phrase = context.phrase(next + 1, self.end).or_else(|| context.phrase(next, self.end));
            } else if next < self.end {
                phrase = context.phrase_of_source(next, self.end);
            }
            relayed = phrase.is_some_and(|p| p.outlet);
        }
        if phrase.is_none() && !own {
            return None;
        }
        let leading = self.leads(at);
        let end = phrase.map_or(next, |phrase| phrase.end);
        let way = self.way(end, memory);
        // تشكل، حسب قفراج "…"
        let leading = leading || (phrase.is_some() && way.quote && way.content <= end + 1);
        let before = memory.reports[self.reports..].last().copied();
        let mut speaker =
            phrase.map(|phrase| Speaker { span: phrase.who, mention: phrase.mention, agreement: Facts::NONE });
        let handed_on = relayed
            && (before.is_some_and(|b| b.speaker.is_some())
                || context.is_any(at, &HANDED_ON)
                || context.is_any(at + 1, &ONLY_WHAT));
        if handed_on && let Some(phrase) = phrase {
            memory.sources.add_first(context.doc.text, sources, phrase.who);
            speaker = None;
        }
        let named = speaker.is_some();
        if own {
            speaker = before.and_then(|b| b.speaker).or_else(|| memory.last_speaker(Facts::NONE));
        }
        let content = if leading { way.content.max(end) } else { end };
        Some(Report {
            token: at,
            first: at,
            cue: context.bare(cue_token),
            describes: false,
            speaker,
            sources: (sources, memory.sources.end()),
            that: way.that.filter(|_| leading),
            content,
            after: end.max(way.gap),
            stated: way.that.is_some() || way.colon,
            trailing: !leading,
            named,
        })
    }
}

impl Context<'_> {
    /// A phrase after `بحسب`, whose first word may carry the ل of `وفقا لـ`.
    fn phrase_of_source(&self, at: usize, limit: usize) -> Option<Phrase> {
        if let Some(phrase) = self.phrase(at, limit) {
            return Some(phrase);
        }
        // وفقا لوكالة, وفقا للمصدر: the head carries its preposition.
        let word = self.word(at);
        (word.is(Facts::WORD) && word.is(Facts::LI)).then(|| {
            let rest = self.phrase(at + 1, limit).filter(|_| word.is(Facts::OUTLET.with(Facts::NAMER)));
            let end = rest.map_or(at + 1, |phrase| phrase.end);
            let who = rest.map_or_else(|| self.span(at, at + 1), |phrase| phrase.who);
            Phrase { first: at, end, who, mention: rest.and_then(|p| p.mention), outlet: word.is(Facts::OUTLET) }
        })
    }
}
