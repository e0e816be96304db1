//! The subject of a cue: behind it, before it, or put off.

use khabar_lexicon::{inflect, spelling};

use super::Sentence;
use super::complement::QUOTED_SUBJECT;
use super::noun_phrase::Phrase;
use crate::document::TaggedToken;
use crate::lexicon::{Agreement, Class, Classes, Cue, CueForm, KNOWN};
use crate::mention::{Mention, MentionKind};
use khabar_lexicon::shared::saying::SayingClass;

/// Most words of time, auxiliaries, numbers and signs that stand between a verb and its subject. Five are many; a text made of
/// them would have every verb go over all.
const FILLERS: usize = 40;
/// Longest stretch in brackets between a verb and its subject: `قال (وهو يضحك) الوزير`.
const BRACKETS: usize = 20;
/// How far behind a verb a subject is put off by a phrase of place or time: `قال في تصريح للإذاعة وزير النقل`.
const PUT_OFF: usize = 30;
/// How far behind the subject أن or a colon stands: after a comma, and after the phrase of an occasion.
const BEHIND_COMMA: usize = 14;
const BEHIND_OCCASION: usize = 20;
/// Most words of an indefinite phrase that may be a subject before a word of time: `قال شاهد من المدينة اليوم`.
const INDEFINITE: usize = 4;
/// Most tokens between a subject and the verb behind it that need not be known: `الوزير في بيان نشره أمس أكد`.
const TO_VERB: usize = 4;
/// Most tokens between commas that tell more of a subject before its verb, the commas included.
const SET_OFF: usize = 16;
/// How far before a relative pronoun its noun stands: `الوزير الأول الأسبق الذي`.
const TO_ANTECEDENT: usize = 8;

/// Nouns that speak.
const SPEAKS: Classes = Classes::of(&[Class::Role, Class::Body, Class::Outlet]);

impl Sentence<'_, '_> {
    /// The subject of a verb, before it or behind it.
    pub(crate) fn subject(&self, at: usize, cue: Cue) -> Option<Phrase> {
        let before = self.subject_before(at, cue);
        // الرئيس وصف الهجمات: a subject that begins its sentence is followed by its verb.
        let is_put_off = self.first < at && self.doc.is(at - 1, Class::Auxiliary);
        // `إن إسرائيل أبلغت السلطات أن`: the noun behind إن is the subject of the verb that follows.
        let is_nominal =
            |phrase: &Phrase| phrase.end == at && phrase.first != 0 && self.doc.is(phrase.first - 1, Class::That);
        let begins = before.is_some_and(|phrase| {
            (phrase.first <= self.first + 1 || is_put_off || is_nominal(&phrase)) && self.clause != at
        });
        match before.filter(|_| begins) {
            Some(phrase) => Some(phrase),
            None => self.subject_after(at, cue).or(before),
        }
    }

    /// The subject behind the verb.
    pub(crate) fn subject_after(&self, at: usize, cue: Cue) -> Option<Phrase> {
        let doc = self.doc;
        let from = self.skip_fillers(at + 1 + usize::from(doc.is(at + 1, Class::Comma)));
        if self.end <= from {
            return None;
        }
        let word = doc.word(from);
        if word.is_any(Classes::of(&[Class::That, Class::Colon, Class::Stop, Class::Close])) {
            return None;
        }
        if word.is(Class::Open) {
            return self.quoted_subject(from, cue);
        }
        let begin = doc.mentions_from(from);
        let mention = doc.best_mention(begin, from).map(|(_, mention)| mention);
        let is_known = mention.is_some_and(|m| m.kind <= MentionKind::Org) || word.is_any(KNOWN);
        let has_preposition = word.is(Class::Preposition)
            || word.clitics.has_preposition()
            || doc.is_letter(from)
            || (!is_known && self.seems_prepositional(from, mention));
        if has_preposition {
            return if self.is_continued(at) { None } else { self.subject_put_off(from) };
        }
        let phrase = doc.phrase_from(from, self.end, begin)?;
        self.is_subject(&phrase, at, cue).then_some(phrase)
    }

    /// Whether و or ف joins a verb to what comes before.
    fn is_continued(&self, at: usize) -> bool {
        self.doc.word(at).clitics.has_conjunction()
    }

    /// `قالت "الجزيرة" إن`, `حذر "مركز الدراسات" في تقرير من أن`: a name between marks that speaks.
    fn quoted_subject(&self, open: usize, cue: Cue) -> Option<Phrase> {
        let doc = self.doc;
        let quotation = doc.opened(open)?;
        let close = quotation.close? as usize;
        let is_name = doc.word(open + 1).is_any(Classes::of(&[Class::Body, Class::Namer, Class::Outlet]))
            || doc.mention_at(open + 1).is_some_and(|(_, m)| m.kind <= MentionKind::Org);
        let has_office = doc.is(close + 1, Class::Role) || doc.is(close + 2, Class::Role);
        let speaks = doc.is(close + 1, Class::That)
            || ((is_name || has_office) && self.has_opening_within(close + 1, BEHIND_OCCASION))
            || (cue.relays() && doc.is(close + 1, Class::About));
        (speaks && close - open <= QUOTED_SUBJECT).then_some(Phrase {
            first: open,
            end: close + 1,
            who: quotation.inner,
            mention: doc.mention_at(open + 1).map(|(index, _)| index),
            is_outlet: false,
        })
    }

    /// Words of time, numbers, `له`, and what stands in brackets.
    fn skip_fillers(&self, from: usize) -> usize {
        let doc = self.doc;
        let fillers = Classes::of(&[Class::Time, Class::Pronominal, Class::Auxiliary, Class::Number]);
        let (mut at, limit) = (from, self.end.min(from + FILLERS));
        while at < limit {
            let word = doc.word(at);
            if word.is(Class::BracketOpen) {
                let close = doc.first(at, self.end.min(at + BRACKETS), |word| word.is(Class::BracketClose));
                let Some(close) = close else { break };
                at = close + 1;
            } else if word.is_any(fillers) || (word.is(Class::Comma) && from < at) {
                at += 1;
            } else {
                break;
            }
        }
        at
    }

    /// Whether an unknown word begins with a preposition, as far as its letters or the entity inside it tell: `لترامب`.
    fn seems_prepositional(&self, at: usize, mention: Option<&Mention<'_>>) -> bool {
        let start = self.doc.doc.tokens[at].start;
        mention.is_some_and(|m| start < m.span.start)
            || spelling::begins_with_preposition_and_article(self.doc.folded(at))
    }

    /// A subject that comes after a phrase of place or time: `قال في تصريح للإذاعة وزير النقل إن`.
    fn subject_put_off(&self, from: usize) -> Option<Phrase> {
        let doc = self.doc;
        let ends = Classes::of(&[Class::That, Class::Clause, Class::Colon, Class::Open, Class::Stop]);
        let governs = Classes::of(&[
            Class::Preposition,
            Class::Outlet,
            Class::Correspondent,
            Class::Namer,
            Class::Role,
            Class::Utterance,
        ]);
        for at in from..self.end.min(from + PUT_OFF) {
            let (word, before) = (doc.word(at), doc.word(at.wrapping_sub(1)));
            if word.is_any(ends) {
                return None;
            }
            if at == from || before.is_any(governs) || word.has_prefix() {
                continue;
            }
            let start = doc.doc.tokens[at].start;
            let is_person =
                doc.mention_at(at).is_some_and(|(_, m)| m.kind <= MentionKind::Title && m.span.start == start);
            let is_apart = before.is_any(Classes::of(&[Class::Comma, Class::Time]));
            if word.is(Class::Role) || (is_person && is_apart) {
                return doc.phrase(at, self.end);
            }
        }
        None
    }

    /// Whether a phrase behind the verb is its subject and not its object.
    fn is_subject(&self, phrase: &Phrase, at: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let head = doc.word(phrase.first);
        if self.disagrees(phrase, at, cue) {
            return false;
        }
        let speaks = SPEAKS.union(Classes::of(&[Class::OutletName, Class::Quantity, Class::Correspondent]));
        if phrase.mention.is_some() || head.is_any(speaks) {
            return true;
        }
        if cue.with && cue.is_finite() && !self.is_continued(at) {
            return true;
        }
        let next = doc.word(phrase.end);
        // أن, a colon or a mark behind the phrase: nothing but the subject stands there.
        if next.is_any(super::complement::OPENINGS) {
            return true;
        }
        let is_stated = (next.is(Class::Comma) && self.has_opening_within(phrase.end, BEHIND_COMMA))
            || (next.is(Class::Occasion) && self.has_opening_within(phrase.end, BEHIND_OCCASION));
        let is_definite = doc.is_definite(phrase.first);
        let has_office = || doc.first(phrase.first, phrase.end, |word| word.is(Class::Role)).is_some();
        let takes_object = cue.form == CueForm::FiniteWithObject;
        if next.is(Class::Time) || is_stated {
            return is_definite || has_office() || phrase.end - phrase.first <= INDEFINITE;
        }
        let goes_on = self.is_continued(at) || self.clause < at;
        takes_object || (is_definite && !goes_on)
    }

    /// `ودعا الحكومة إلى`: the object, for the verb would be feminine. And `وصف …، ودعا واشنطن إلى`: the subject goes on.
    fn disagrees(&self, phrase: &Phrase, at: usize, cue: Cue) -> bool {
        let doc = self.doc;
        let mention = phrase.mention.and_then(|mention| doc.mentions.get(mention));
        if mention.is_some_and(|mention| mention.kind <= MentionKind::Title) {
            return false;
        }
        let is_body =
            doc.word(phrase.first).is_any(Classes::of(&[Class::Body, Class::Outlet])) || doc.is_definite(phrase.first);
        let is_feminine = is_body && inflect::has_feminine_shape(doc.folded(phrase.first));
        if cue.agreement == Agreement::Masculine && cue.is_finite() && is_feminine {
            return true;
        }
        let goes_on = self.has_report && self.is_continued(at) && cue.class == SayingClass::Attitude;
        goes_on && !cue.with && doc.is(phrase.end, Class::Towards)
    }

    /// The subject before the verb: `الرئيس الأوكراني وصف`, `وكانت الوزارة قد أعلنت`, `الوزير الذي أكد`.
    fn subject_before(&self, at: usize, cue: Cue) -> Option<Phrase> {
        let doc = self.doc;
        let is_topic = doc.is(self.first, Class::AsFor);
        if self.is_continued(at) && !is_topic {
            return None;
        }
        if self.clause == at && self.first < at && doc.is(at - 1, Class::Relative) {
            return self.antecedent(at - 1);
        }
        if cue.form == CueForm::FiniteWithObject {
            return None;
        }
        let leads = Classes::of(&[Class::Auxiliary, Class::Clause]);
        let limit = at.min(self.clause + FILLERS);
        let first = doc.first(self.clause, limit, |word| !word.is_any(leads)).unwrap_or(limit.max(self.clause));
        let head = doc.word(first);
        if at <= first || !head.is(Class::Word) || head.is_any(Classes::of(&[Class::Preposition, Class::Time])) {
            return None;
        }
        let phrase = doc.phrase(first, at)?;
        let reaches =
            at <= phrase.end + TO_VERB || self.has_only_fillers(phrase.end, at) || self.is_set_off(phrase.end, at);
        let speaks = phrase.mention.is_some()
            || head.is_any(SPEAKS.with(Class::Quantity))
            || ((doc.is_definite(first) || is_topic) && phrase.end == at);
        (reaches && speaks).then_some(phrase)
    }

    /// `الوزير، وهو نائب سابق عن المدينة، صرح`: what stands between commas tells more of the subject.
    fn is_set_off(&self, from: usize, to: usize) -> bool {
        let doc = self.doc;
        let is_between = doc.is(from, Class::Comma) && doc.is(to - 1, Class::Comma) && to <= from + SET_OFF;
        let other = Classes::of(&[Class::That, Class::Open, Class::Colon, Class::Stop]);
        is_between && doc.first(from, to, |word| word.is_any(other) || word.cue.is_some()).is_none()
    }

    fn has_only_fillers(&self, from: usize, to: usize) -> bool {
        let fillers = Classes::of(&[Class::Time, Class::Auxiliary, Class::Preposition]);
        let is_other = |word: TaggedToken| word.is(Class::Word) && !word.is_any(fillers);
        to <= from + FILLERS && self.doc.first(from, to, is_other).is_none()
    }

    /// The noun that a relative pronoun speaks of.
    fn antecedent(&self, pronoun: usize) -> Option<Phrase> {
        let doc = self.doc;
        let mut best = None;
        for at in self.first.max(pronoun.saturating_sub(TO_ANTECEDENT))..pronoun {
            let is_near = doc.mention_at(at).is_some_and(|(_, mention)| {
                mention.kind <= MentionKind::Org && pronoun <= doc.token_at(mention.span.end) + 1
            });
            if is_near || doc.word(at).is_any(Classes::of(&[Class::Role, Class::Body])) {
                best = doc.phrase(at, pronoun).or(best);
                if is_near {
                    break;
                }
            }
        }
        best
    }
}
