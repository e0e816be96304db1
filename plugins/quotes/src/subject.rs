//! The subject of a cue: behind it, before it, or put off.

use crate::context::letters;
use crate::facts::Facts;
use crate::few::Few;
use crate::mention::{Mention, MentionKind};
use crate::phrase::Phrase;
use crate::report::Sentence;

/// Relative pronouns.
pub(crate) const RELATIVES: Few<8> =
    Few::of(["الذي", "التي", "الذين", "اللذان", "اللذين", "اللتان", "اللتين", "اللواتي"]);
/// `أما الوزير فقال`
const AS_FOR: Few<1> = Few::of(["اما"]);
/// Where and when something was said: `في تصريح`, `عقب لقاء`.
const OCCASIONS: Few<4> = Few::of(["في", "خلال", "علي", "عقب"]);
/// What a verb with an object goes on with.
const TOWARDS: Few<2> = Few::of(["الي", "ب"]);

/// Most words of time, auxiliaries, numbers and signs that stand between a verb and its subject. Five are many; a text made of
/// them would have every verb go over all.
const FILLERS: usize = 40;

impl Sentence<'_, '_> {
    /// The subject behind the verb.
    pub(crate) fn subject_after(&self, at: usize, cue: Facts) -> Option<Phrase> {
        let context = self.context;
        let mut from = at + 1;
        if context.word(from).is(Facts::COMMA) {
            from += 1;
        }
        from = self.skip_fillers(from);
        if self.end <= from {
            return None;
        }
        let word = context.word(from);
        if word.is(Facts::THAT.with(Facts::COLON).with(Facts::STOP).with(Facts::CLOSE)) {
            return None;
        }
        if word.is(Facts::OPEN) {
            return self.quoted_subject(from, cue);
        }
        let begin = context.mentions_from(from);
        let mention = context.best_mention(begin, from).map(|(_, mention)| mention);
        let plain_person = mention.is_some_and(|m| m.kind <= MentionKind::Org);
        let prefixed = word.is(Facts::PREPOSITION.with(Facts::BI).with(Facts::LI).with(Facts::KA))
            || context.short(from)
            || (!plain_person && !word.is(Facts::CLASSES) && self.prepositional(from, mention));
        if prefixed {
            let first_word = !context.word(at).is(Facts::CONJUNCTION);
            return if first_word { self.postponed(from) } else { None };
        }
        let phrase = context.phrase_from(from, self.end, begin)?;
        self.acceptable(&phrase, at, cue).then_some(phrase)
    }

    /// `قالت "الجزيرة" إن`, `حذر "مركز الدراسات" في تقرير من أن`: a name between marks that speaks.
    fn quoted_subject(&self, open: usize, cue: Facts) -> Option<Phrase> {
        let context = self.context;
        let quotation = context.opened(open)?;
        let close = quotation.close? as usize;
        let named = context.word(open + 1).is(Facts::BODY.with(Facts::NAMER).with(Facts::OUTLET))
            || context.mention_at(open + 1).is_some_and(|(_, m)| m.kind <= MentionKind::Org);
        let office = context.word(close + 1).is(Facts::ROLE) || context.word(close + 2).is(Facts::ROLE);
        let that = context.word(close + 1).is(Facts::THAT)
            || ((named || office) && self.that_within(close + 1, 20))
            || (cue.is(Facts::RELAY) && context.word(close + 1).is(Facts::ABOUT));
        (that && close - open <= 7).then_some(Phrase {
            first: open,
            end: close + 1,
            who: quotation.inner,
            mention: context.mention_at(open + 1).map(|(index, _)| index),
            outlet: false,
        })
    }

    /// Words of time, numbers, `له`, and what stands in brackets.
    fn skip_fillers(&self, from: usize) -> usize {
        let context = self.context;
        let (mut at, limit) = (from, self.end.min(from + FILLERS));
        while at < limit {
            let word = context.word(at);
            if word.is(Facts::BRACKET_OPEN) {
                let close = (at..self.end.min(at + 20)).find(|at| context.word(*at).is(Facts::BRACKET_CLOSE));
                let Some(close) = close else { break };
                at = close + 1;
            } else if word.is(Facts::TIME.with(Facts::PRONOMINAL).with(Facts::AUXILIARY).with(Facts::NUMBER))
                || (word.is(Facts::COMMA) && from < at)
            {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// Whether an unknown word begins with a preposition, as far as the entity inside it tells: `لترامب`.
    fn prepositional(&self, at: usize, mention: Option<&Mention<'_>>) -> bool {
        let start = self.context.doc.tokens[at].start;
        let inside = mention.is_some_and(|m| start < m.span.start);
        inside
            || self.context.letters(at) == letters("لل")
            || ["بال", "كال"].iter().any(|p| self.context.folded(at).starts_with(p))
    }

    /// A subject that comes after a phrase of place or time: `قال في تصريح للإذاعة وزير النقل إن`.
    fn postponed(&self, from: usize) -> Option<Phrase> {
        let context = self.context;
        for at in from..self.end.min(from + 30) {
            let word = context.word(at);
            if word.is(Facts::THAT.with(Facts::CLAUSE).with(Facts::COLON).with(Facts::OPEN).with(Facts::STOP)) {
                return None;
            }
            let before = context.word(at.wrapping_sub(1));
            let governing = Facts::PREPOSITION
                .with(Facts::OUTLET)
                .with(Facts::CORRESPONDENT)
                .with(Facts::NAMER)
                .with(Facts::ROLE)
                .with(Facts::UTTERANCE);
            if at == from || before.is(governing) || word.is(Facts::PREFIXED) {
                continue;
            }
            let role = word.is(Facts::ROLE);
            let start = context.doc.tokens[at].start;
            let person =
                context.mention_at(at).is_some_and(|(_, m)| m.kind <= MentionKind::Title && m.span.start == start);
            if role || (person && before.is(Facts::COMMA.with(Facts::TIME))) {
                return context.phrase(at, self.end);
            }
        }
        None
    }

    /// Whether a phrase behind the verb is its subject and not its object.
    fn acceptable(&self, phrase: &Phrase, at: usize, cue: Facts) -> bool {
        let context = self.context;
        let head = context.word(phrase.first);
        let speaks = Facts::ROLE.with(Facts::BODY).with(Facts::OUTLET).with(Facts::OUTLET_NAME);
        if self.disagrees(phrase, at, cue) {
            return false;
        }
        if phrase.mention.is_some() || head.is(speaks.with(Facts::QUANTITY).with(Facts::CORRESPONDENT)) {
            return true;
        }
        if cue.is(Facts::WITH) && cue.is(Facts::FINITE) && !context.word(at).is(Facts::CONJUNCTION) {
            return true;
        }
        let next = context.word(phrase.end);
        // أن, a colon or a mark behind the phrase: nothing but the subject stands there.
        if next.is(Facts::THAT.with(Facts::COLON).with(Facts::OPEN)) {
            return true;
        }
        let statement = (next.is(Facts::COMMA) && self.that_within(phrase.end, 14))
            || (context.is_any(phrase.end, &OCCASIONS) && self.that_within(phrase.end, 20));
        let definite = context.definite(phrase.first);
        let office = (phrase.first..phrase.end).any(|at| context.word(at).is(Facts::ROLE));
        if next.is(Facts::TIME) || statement {
            return definite || office || phrase.end - phrase.first <= 4;
        }
        if !definite {
            return cue.is(Facts::FINITE_WITH_OBJECT);
        }
        let continued = context.word(at).is(Facts::CONJUNCTION) || self.clause < at;
        cue.is(Facts::FINITE_WITH_OBJECT) || !continued
    }

    /// `ودعا الحكومة إلى`: the object, for the verb would be feminine. And `وصف …، ودعا واشنطن إلى`: the subject goes on.
    fn disagrees(&self, phrase: &Phrase, at: usize, cue: Facts) -> bool {
        let context = self.context;
        let person = phrase.mention.and_then(|m| context.mentions.get(m)).is_some_and(|m| m.kind <= MentionKind::Title);
        if person {
            return false;
        }
        let folded = context.folded(phrase.first);
        let body = context.word(phrase.first).is(Facts::BODY.with(Facts::OUTLET)) || context.definite(phrase.first);
        let feminine = folded.ends_with('ه') && body;
        if cue.is(Facts::MASCULINE) && cue.is(Facts::FINITE) && feminine {
            return true;
        }
        let goes_on = self.reports_here && context.word(at).is(Facts::CONJUNCTION) && cue.is(Facts::ATTITUDE);
        goes_on && !cue.is(Facts::WITH) && context.is_any(phrase.end, &TOWARDS)
    }

    pub(crate) fn that_within(&self, from: usize, reach: usize) -> bool {
        let limit = self.end.min(from + reach);
        for at in from..limit {
            let word = self.context.word(at);
            if word.is(Facts::THAT.with(Facts::COLON).with(Facts::OPEN)) {
                return true;
            }
            if word.is(Facts::STRONG) {
                return false;
            }
        }
        false
    }

    /// The subject before the verb: `الرئيس الأوكراني وصف`, `وكانت الوزارة قد أعلنت`, `الوزير الذي أكد`.
    pub(crate) fn subject_before(&self, at: usize, cue: Facts) -> Option<Phrase> {
        let context = self.context;
        if context.word(at).is(Facts::CONJUNCTION) && !context.is_any(self.first, &AS_FOR) {
            return None;
        }
        let relative = self.clause == at && self.first < at && context.is_any(at - 1, &RELATIVES);
        if relative {
            return self.antecedent(at - 1);
        }
        if cue.is(Facts::FINITE_WITH_OBJECT) {
            return None;
        }
        let mut first = self.clause;
        let limit = at.min(first + FILLERS);
        while first < limit && context.word(first).is(Facts::AUXILIARY.with(Facts::CLAUSE)) {
            first += 1;
        }
        let head = context.word(first);
        if at <= first || !head.is(Facts::WORD) || head.is(Facts::PREPOSITION.with(Facts::TIME)) {
            return None;
        }
        let phrase = context.phrase(first, at)?;
        let speaks = Facts::ROLE.with(Facts::BODY).with(Facts::OUTLET).with(Facts::QUANTITY);
        let reaches = at <= phrase.end + 4 || self.only_fillers(phrase.end, at);
        let definite = context.definite(first);
        let topic = context.is_any(self.first, &AS_FOR);
        let fits = phrase.mention.is_some() || head.is(speaks) || ((definite || topic) && phrase.end == at);
        (reaches && fits).then_some(phrase)
    }

    fn only_fillers(&self, from: usize, to: usize) -> bool {
        to <= from + FILLERS
            && (from..to).all(|at| {
                let word = self.context.word(at);
                word.is(Facts::TIME.with(Facts::AUXILIARY).with(Facts::PREPOSITION)) || !word.is(Facts::WORD)
            })
    }

    /// The noun that a relative pronoun speaks of.
    fn antecedent(&self, pronoun: usize) -> Option<Phrase> {
        let context = self.context;
        let from = self.first.max(pronoun.saturating_sub(8));
        let mut best = None;
        for at in from..pronoun {
            let near = context
                .mention_at(at)
                .filter(|(_, m)| m.kind <= MentionKind::Org && pronoun <= context.token_at(m.span.end) + 1);
            if near.is_some() || context.word(at).is(Facts::ROLE.with(Facts::BODY)) {
                best = context.phrase(at, pronoun).or(best);
                if near.is_some() {
                    break;
                }
            }
        }
        best
    }
}
