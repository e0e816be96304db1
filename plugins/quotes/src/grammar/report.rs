//! Reports by a verb or noun of saying.

use super::complement::Complement;
use super::noun_phrase::Phrase;
use super::{Parsed, Sentence};
use crate::document::TaggedToken;
use crate::lexicon::{Class, Classes, Cue, CueForm};
use crate::report::{Report, Speaker, Voice};
use khabar_lexicon::shared::saying::SayingClass;

/// How far behind a weak verb its عن stands: `عبر الوزير في تصريح للصحافة عن`.
const ABOUT: usize = 13;
/// How far behind the subject of a weak verb a colon or mark stands, and how far behind the verb: `كتب الوزير في "…"`.
const NEAR: usize = 2;
const NEAR_VERB: usize = 12;
/// How far behind the subject of a weak verb أن stands: `ذكر الوزير أمس أن`.
const NEAR_THAT: usize = 3;
/// The same where a noun such as `بيان` stands between: `ذكرت الوزارة في بيان نشرته أمس أن`.
const STATED_THAT: usize = 20;
const STATED: usize = 24;
/// How far before `جاء فيه` the noun of the document stands: the outlet and its name in brackets are between them.
const TO_DOCUMENT: usize = 16;

/// A verb with its subject: `قال الوزير إن`.
pub(super) fn verb(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    report(sentence, at, |cue| sentence.subject(at, cue))
}

/// A participle, which has the subject of its clause: `مؤكدا أن`. The same for a noun with a pronoun: `قوله إن`.
pub(super) fn without_subject(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    report(sentence, at, |_| None)
}

/// A noun with its subject in the genitive: `دعوة الوزير إلى "…"`.
pub(super) fn noun(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    report(sentence, at, |_| sentence.doc.phrase(at + 1, sentence.end))
}

/// `جاء في البيان أن`, `تقرير ورد فيه أن`: a document says it.
pub(super) fn document(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    let doc = sentence.doc;
    if sentence.document_words(at).is_none() {
        return Parsed::Nothing;
    }
    let is_document = |word: TaggedToken| {
        word.is_any(Classes::of(&[Class::Utterance, Class::SayingNoun, Class::Body])) && !word.is(Class::Own)
    };
    let (noun, limit) = if sentence.is_in(at + 1) {
        (Some(at + 2).filter(|noun| is_document(doc.word(*noun))), sentence.end)
    } else {
        (doc.last(sentence.first.max(at.saturating_sub(TO_DOCUMENT)), at, is_document), at)
    };
    let Some(phrase) = noun.and_then(|noun| doc.phrase(noun, limit)) else { return Parsed::Nothing };
    let after = phrase.end.max(at + 2);
    let complement = sentence.complement(after);
    if !complement.is_stated() && !complement.quote {
        return Parsed::Nothing;
    }
    Parsed::Report(Report {
        token: at,
        first: at,
        cue: doc.bare(at),
        describes: false,
        voice: Voice::Named(Speaker::named(phrase.who, phrase.mention)),
        speaker: None,
        that: complement.that,
        content: complement.content,
        after: after.max(complement.gap),
        is_stated: complement.is_stated(),
        is_trailing: false,
        sources: complement.sources,
        rule: 0,
    })
}

fn report(sentence: &Sentence<'_, '_>, at: usize, subject: impl FnOnce(Cue) -> Option<Phrase>) -> Parsed {
    let doc = sentence.doc;
    let Some(cue) = doc.word(at).cue else { return Parsed::Nothing };
    if sentence.is_preposition(at) {
        return Parsed::Nothing;
    }
    let lacks_preposition = cue.strict && !sentence.has_about(at);
    if (cue.weak && sentence.is_negated(at)) || lacks_preposition {
        return Parsed::Nothing;
    }
    // Nothing behind it can be what is said.
    if cue.weak && !cue.relays() && sentence.openings_end <= at + 1 {
        return Parsed::NoReport;
    }
    let subject = subject(cue);
    let (first, after) = match subject {
        Some(phrase) if phrase.first < at => (phrase.first, at + 1),
        Some(phrase) => (at, phrase.end),
        None => (at, at + 1),
    };
    let mut complement = sentence.complement(after);
    let about = if cue.relays() { sentence.phrase_after_about(after) } else { None };
    if cue.weak && about.is_none() && !sentence.is_certain(at, after, &complement) {
        return Parsed::NoReport;
    }
    if cue.form == CueForm::Noun && complement.that.is_none() && !complement.quote {
        return Parsed::Nothing;
    }
    let text = doc.doc.text;
    let speaker = subject.map(|phrase| phrase.speaker(cue));
    let outlet = subject.filter(|phrase| phrase.is_outlet && cue.is_verb()).map(|phrase| phrase.who);
    let mut content = complement.content;
    let voice = match (cue.relays(), about) {
        // نقلت وكالة رويترز عن ترامب قوله
        (true, Some(about)) => {
            if let Some(outlet) = outlet.or(speaker.map(|speaker| speaker.span)) {
                complement.sources.add(text, outlet);
            }
            content = content.min(about.end).max(after);
            if about.is_outlet {
                complement.sources.add(text, about.who);
                None
            } else {
                Some(Speaker { agreement: Default::default(), ..about.speaker(cue) })
            }
        }
        (true, None) if outlet.is_some() => {
            outlet.into_iter().for_each(|outlet| complement.sources.add_first(text, outlet));
            None
        }
        _ => speaker,
    };
    let is_anonymous = sentence.is_passive(at, cue, voice.is_some()) || (cue.relays() && outlet.is_some());
    Parsed::Report(Report {
        token: at,
        first,
        cue: doc.bare(at),
        describes: cue.class == SayingClass::Describe,
        voice: match voice {
            Some(speaker) => Voice::Named(speaker),
            None if is_anonymous => Voice::Nobody,
            None => Voice::LeftOut(cue),
        },
        speaker: None,
        that: complement.that,
        content,
        after: after.max(complement.gap),
        is_stated: complement.is_stated(),
        is_trailing: sentence.follows_quotation(at, cue, &complement),
        sources: complement.sources,
        rule: 0,
    })
}

impl Phrase {
    /// Who it names, as the subject of a cue.
    pub(crate) fn speaker(&self, cue: Cue) -> Speaker {
        Speaker { agreement: cue.agreement, ..Speaker::named(self.who, self.mention) }
    }
}

impl Sentence<'_, '_> {
    /// Whether a weak verb or noun is one of saying here.
    fn is_certain(&self, at: usize, after: usize, complement: &Complement) -> bool {
        let Complement { content, gap, .. } = *complement;
        let is_relative = self.first < at && self.doc.is(at - 1, Class::Relative);
        if is_relative && !complement.is_stated() {
            return false;
        }
        let is_utterance = |to: usize| self.doc.first(after, to, |word| word.is(Class::Utterance)).is_some();
        if let Some(that) = complement.that {
            // `أبرز البنك، في نشرته الشهرية، أن`
            let aside = Classes::of(&[Class::Comma, Class::Preposition, Class::Relative]);
            // `بين مدريد وبرشلونة، … وأن` is between them.
            let between = Classes::of(&[Class::Between, Class::Preposition]);
            let is_aside = !self.doc.word(at).is_any(between)
                && that - after <= STATED_THAT
                && (self.doc.word(gap).is_any(aside) || self.doc.is(gap, Class::Time));
            return that.saturating_sub(gap) <= NEAR_THAT
                || is_aside
                || (that - after <= STATED_THAT && is_utterance(that));
        }
        let is_near = content.saturating_sub(after) <= NEAR && content - at <= NEAR_VERB;
        (complement.colon || complement.quote) && (is_near || (content - after <= STATED && is_utterance(content)))
    }

    /// `أعرب الوزير عبر منصة إكس عن`: a preposition, where a verb of saying stands before it, or an outlet behind it.
    fn is_preposition(&self, at: usize) -> bool {
        let names = Classes::of(&[Class::Namer, Class::Outlet, Class::OutletName]);
        let has_cue = || self.doc.last(self.clause, at, |word| word.is_cue(|cue| cue.is_finite())).is_some();
        self.doc.is(at, Class::Preposition) && (self.doc.word(at + 1).is_any(names) || has_cue())
    }

    /// `لا يتوقع`, `لم يذكر`
    fn is_negated(&self, at: usize) -> bool {
        self.first < at && self.doc.is(at - 1, Class::Negation)
    }

    /// `عبر … عن`
    fn has_about(&self, at: usize) -> bool {
        self.doc.first(at + 1, self.end.min(at + ABOUT), |word| word.is(Class::About)).is_some()
    }

    /// Whether a verb follows the words between marks that it reports: `"سنعود"، قال الوزير`.
    fn follows_quotation(&self, at: usize, cue: Cue, complement: &Complement) -> bool {
        if !cue.is_finite() || complement.is_stated() || complement.quote {
            return false;
        }
        let comma = self.doc.is(at.wrapping_sub(1), Class::Comma);
        let before = at.wrapping_sub(if comma { 2 } else { 1 });
        self.doc.is(before, Class::Close) && !self.doc.word(at).clitics.has_conjunction()
    }

    /// `وُصفت ب"…"`: somebody, nobody knows who, called it so.
    fn is_passive(&self, at: usize, cue: Cue, has_speaker: bool) -> bool {
        const DAMMA: char = '\u{64f}';
        if cue.class != SayingClass::Describe || !cue.is_finite() || has_speaker {
            return false;
        }
        let has_damma = self.doc.doc.surface(at).chars().nth(1) == Some(DAMMA);
        let next = self.doc.folded(at + 1);
        let calls = next.strip_prefix(khabar_lexicon::Proclitic::Ba.letter());
        let is_called = calls.is_some_and(|rest| rest.is_empty() || self.doc.is(at + 1, Class::That));
        has_damma || (is_called && self.clause < at && !self.doc.word(at).clitics.has_conjunction())
    }
}
