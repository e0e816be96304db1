//! The subject of a cue: behind it, before it, or put off.

use crate::lexicon::{Agreement, Classes, Cue, CueClass, Form};
use crate::phrase::Phrase;
use crate::report::Sentence;
use crate::words::{MentionKind, Sign};

impl Sentence<'_, '_> {
    /// The subject behind the verb.
    pub(crate) fn subject_after(&self, at: usize, cue: Cue) -> Option<Phrase> {
        let context = self.context;
        let mut from = at + 1;
        if context.word(from).sign == Sign::Comma {
            from += 1;
        }
        from = self.skip_fillers(from);
        if self.end <= from {
            return None;
        }
        let word = context.word(from);
        if word.is(Classes::THAT) || matches!(word.sign, Sign::Colon | Sign::Stop | Sign::Close) {
            return None;
        }
        if word.sign == Sign::Open {
            return self.quoted_subject(from, cue);
        }
        let plain_person = context.mention_at(from).is_some_and(|(_, m)| m.kind <= MentionKind::Org);
        let prefixed = word.is(Classes::PREPOSITION)
            || context.folded(from).len() <= 2
            || matches!(word.proclitic.preposition, 'ب' | 'ل' | 'ك')
            || (!plain_person && word.classes == Classes::default() && self.prepositional(from));
        if prefixed {
            let first_word = !context.word(at).proclitic.conjunction;
            return if first_word { self.postponed(from) } else { None };
        }
        let phrase = context.phrase(from, self.end)?;
        self.acceptable(&phrase, at, cue).then_some(phrase)
    }

    /// `قالت "الجزيرة" إن`, `حذر "مركز الدراسات" في تقرير من أن`: a name between marks that speaks.
    fn quoted_subject(&self, open: usize, cue: Cue) -> Option<Phrase> {
        let context = self.context;
        let quotation = context.opened(open)?;
        let close = quotation.close? as usize;
        let named = context.word(open + 1).is(Classes::BODY.with(Classes::NAMER).with(Classes::OUTLET))
            || context.mention_at(open + 1).is_some_and(|(_, m)| m.kind <= MentionKind::Org);
        let office = context.word(close + 1).is(Classes::ROLE) || context.word(close + 2).is(Classes::ROLE);
        let that = context.word(close + 1).is(Classes::THAT)
            || ((named || office) && self.that_within(close + 1, 20))
            || (cue.class == CueClass::Relay && context.folded(close + 1) == "عن");
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
        let mut at = from;
        while at < self.end {
            let word = context.word(at);
            if word.sign == Sign::BracketOpen {
                let close = (at..self.end.min(at + 20)).find(|at| context.word(*at).sign == Sign::BracketClose);
                let Some(close) = close else { break };
                at = close + 1;
            } else if word.is(Classes::TIME.with(Classes::PRONOMINAL).with(Classes::AUXILIARY))
                || word.sign == Sign::Number
                || (word.sign == Sign::Comma && from < at)
            {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// Whether an unknown word begins with a preposition, as far as the entity inside it tells: `لترامب`.
    fn prepositional(&self, at: usize) -> bool {
        let start = self.context.doc.tokens[at].start;
        let inside = self.context.mention_at(at).is_some_and(|(_, m)| start < m.span.start);
        inside || ["لل", "بال", "كال"].iter().any(|p| self.context.folded(at).starts_with(p))
    }

    /// A subject that comes after a phrase of place or time: `قال في تصريح للإذاعة وزير النقل إن`.
    fn postponed(&self, from: usize) -> Option<Phrase> {
        let context = self.context;
        for at in from..self.end.min(from + 30) {
            let word = context.word(at);
            if word.is(Classes::THAT.with(Classes::CLAUSE))
                || matches!(word.sign, Sign::Colon | Sign::Open | Sign::Stop)
            {
                return None;
            }
            let before = context.word(at.wrapping_sub(1));
            let governing = Classes::PREPOSITION
                .with(Classes::OUTLET)
                .with(Classes::CORRESPONDENT)
                .with(Classes::NAMER)
                .with(Classes::ROLE)
                .with(Classes::UTTERANCE);
            if at == from || before.is(governing) || word.proclitic.preposition != '\0' {
                continue;
            }
            let role = word.is(Classes::ROLE);
            let start = context.doc.tokens[at].start;
            let person =
                context.mention_at(at).is_some_and(|(_, m)| m.kind <= MentionKind::Title && m.span.start == start);
            if role || (person && (before.sign == Sign::Comma || before.is(Classes::TIME))) {
                return context.phrase(at, self.end);
            }
        }
        None
    }

    /// Whether a phrase behind the verb is its subject and not its object.
    fn acceptable(&self, phrase: &Phrase, at: usize, cue: Cue) -> bool {
        let context = self.context;
        let head = context.word(phrase.first);
        let speaks = Classes::ROLE.with(Classes::BODY).with(Classes::OUTLET).with(Classes::OUTLET_NAME);
        if self.disagrees(phrase, at, cue) {
            return false;
        }
        if phrase.mention.is_some() || head.is(speaks.with(Classes::QUANTITY).with(Classes::CORRESPONDENT)) {
            return true;
        }
        if cue.with.is_some() && cue.form == Form::Finite && !context.word(at).proclitic.conjunction {
            return true;
        }
        let next = context.word(phrase.end);
        let folded = context.folded(phrase.end);
        // أن, a colon or a mark behind the phrase: nothing but the subject stands there.
        if next.is(Classes::THAT) || matches!(next.sign, Sign::Colon | Sign::Open) {
            return true;
        }
        let statement = (next.sign == Sign::Comma && self.that_within(phrase.end, 14))
            || (matches!(folded, "في" | "خلال" | "علي" | "عقب") && self.that_within(phrase.end, 20));
        let definite = context.folded(phrase.first).starts_with("ال");
        let office = (phrase.first..phrase.end).any(|at| context.word(at).is(Classes::ROLE));
        if next.is(Classes::TIME) || statement {
            return definite || office || phrase.end - phrase.first <= 4;
        }
        if !definite {
            return cue.form == Form::FiniteWithObject;
        }
        let continued = context.word(at).proclitic.conjunction || self.clause < at;
        cue.form == Form::FiniteWithObject || !continued
    }

    /// `ودعا الحكومة إلى`: the object, for the verb would be feminine. And `وصف …، ودعا واشنطن إلى`: the subject goes on.
    fn disagrees(&self, phrase: &Phrase, at: usize, cue: Cue) -> bool {
        let context = self.context;
        let person = phrase.mention.and_then(|m| context.mentions.get(m)).is_some_and(|m| m.kind <= MentionKind::Title);
        if person {
            return false;
        }
        let folded = context.folded(phrase.first);
        let body = context.word(phrase.first).is(Classes::BODY.with(Classes::OUTLET)) || folded.starts_with("ال");
        let feminine = folded.ends_with('ه') && body;
        if cue.agreement == Agreement::Masculine && cue.form == Form::Finite && feminine {
            return true;
        }
        let goes_on = self.reports_here && context.word(at).proclitic.conjunction && cue.class == CueClass::Attitude;
        goes_on && cue.with.is_none() && matches!(context.folded(phrase.end), "الي" | "ب" | "على")
    }

    pub(crate) fn that_within(&self, from: usize, reach: usize) -> bool {
        let limit = self.end.min(from + reach);
        for at in from..limit {
            let word = self.context.word(at);
            if word.is(Classes::THAT) || matches!(word.sign, Sign::Colon | Sign::Open) {
                return true;
            }
            if word.cue.is_some_and(|cue| !cue.weak) {
                return false;
            }
        }
        false
    }

    /// The subject before the verb: `الرئيس الأوكراني وصف`, `وكانت الوزارة قد أعلنت`, `الوزير الذي أكد`.
    pub(crate) fn subject_before(&self, at: usize, cue: Cue) -> Option<Phrase> {
        let context = self.context;
        if context.word(at).proclitic.conjunction && context.folded(self.first) != "اما" {
            return None;
        }
        let relative = self.clause == at && self.first < at && is_relative(context.folded(at - 1));
        if relative {
            return self.antecedent(at - 1);
        }
        if cue.form == Form::FiniteWithObject {
            return None;
        }
        let mut first = self.clause;
        while first < at && context.word(first).is(Classes::AUXILIARY.with(Classes::CLAUSE)) {
            first += 1;
        }
        let head = context.word(first);
        if at <= first || head.sign != Sign::Word || head.is(Classes::PREPOSITION.with(Classes::TIME)) {
            return None;
        }
        let phrase = context.phrase(first, at)?;
        let speaks = Classes::ROLE.with(Classes::BODY).with(Classes::OUTLET).with(Classes::QUANTITY);
        let reaches = at <= phrase.end + 4 || self.only_fillers(phrase.end, at);
        let definite = context.folded(first).starts_with("ال");
        let topic = context.folded(self.first) == "اما";
        let fits = phrase.mention.is_some() || head.is(speaks) || ((definite || topic) && phrase.end == at);
        (reaches && fits).then_some(phrase)
    }

    fn only_fillers(&self, from: usize, to: usize) -> bool {
        (from..to).all(|at| {
            let word = self.context.word(at);
            word.is(Classes::TIME.with(Classes::AUXILIARY).with(Classes::PREPOSITION)) || word.sign != Sign::Word
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
            if near.is_some() || context.word(at).is(Classes::ROLE.with(Classes::BODY)) {
                best = context.phrase(at, pronoun).or(best);
                if near.is_some() {
                    break;
                }
            }
        }
        best
    }
}

/// Relative pronouns.
pub(crate) fn is_relative(folded: &str) -> bool {
    matches!(folded, "الذي" | "التي" | "الذين" | "اللذان" | "اللذين" | "اللتان" | "اللتين" | "اللواتي")
}
