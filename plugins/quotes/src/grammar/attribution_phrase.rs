//! `بحسب`, `وفق`, `على حد تعبيره`, `نقلا عن`: reports without a verb of their own.

use super::noun_phrase::{Phrase, has_lam};
use super::{Parsed, Sentence};
use crate::document::TaggedDoc;
use crate::lexicon::{Class, Classes, Cue, CueForm};
use crate::report::{Report, Speaker, Voice};

/// How far behind `ما` its verb stands: `وفق ما كانت ذكرت`.
const VERB: usize = 3;

/// What a phrase says of its speaker.
struct Source {
    /// The token that is its cue.
    cue: usize,
    phrase: Option<Phrase>,
    /// Whether an outlet handed the words on.
    is_relayed: bool,
    /// The token behind it.
    end: usize,
}

/// `وفق ما ذكرت وكالة …`, `حسبما قال`: a verb says what was said.
pub(super) fn verb(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    let Some(next) = sentence.behind_according(at).filter(|next| sentence.says_what(at, *next)) else {
        return Parsed::Nothing;
    };
    let doc = sentence.doc;
    let verb = (next..sentence.end.min(next + VERB)).find_map(|at| Some((at, doc.word(at).cue?)));
    let Some((verb, cue)) = verb else { return Parsed::Nothing };
    let phrase = sentence.subject_after(verb, cue);
    let is_relayed = cue.relays() || phrase.is_some_and(|phrase| phrase.is_outlet);
    let end = phrase.map_or(verb + 1, |phrase| phrase.end);
    sentence.attribution(at, Source { cue: at, phrase, is_relayed, end })
}

/// `على حد تعبيره`, `بحسب قوله`: a pronoun stands for the speaker.
pub(super) fn pronoun(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    let Some(next) = sentence.behind_according(at).filter(|next| !sentence.says_what(at, *next)) else {
        return Parsed::Nothing;
    };
    let word = sentence.doc.word(next);
    if !word.is(Class::Own) && !word.is_cue(|cue| cue.form == CueForm::Own) {
        return Parsed::Nothing;
    }
    let cue = if sentence.doc.is(at, Class::Limit) { next } else { at };
    sentence.attribution(at, Source { cue, phrase: None, is_relayed: false, end: next + 1 })
}

/// `بحسب بيسكوف`, `وفق تصريحات الوزير`, `نقلا عن رويترز`: a phrase names the speaker or the outlet.
pub(super) fn source(sentence: &Sentence<'_, '_>, at: usize) -> Parsed {
    let Some(next) = sentence.behind_according(at).filter(|next| !sentence.says_what(at, *next)) else {
        return Parsed::Nothing;
    };
    let doc = sentence.doc;
    let is_noun = doc.is(next, Class::SayingNoun) && doc.mention_at(next).is_none();
    let (cue, phrase) = if is_noun {
        let cue = if doc.is(at, Class::Limit) { next } else { at };
        (cue, doc.phrase(next + 1, sentence.end).or_else(|| doc.phrase(next, sentence.end)))
    } else if next < sentence.end {
        (at, doc.phrase_of_source(next, sentence.end))
    } else {
        (at, None)
    };
    let Some(phrase) = phrase else { return Parsed::Nothing };
    let source = Source { cue, phrase: Some(phrase), is_relayed: phrase.is_outlet, end: phrase.end };
    sentence.attribution(at, source)
}

impl Sentence<'_, '_> {
    /// The token behind `بحسب`, `وفقا لـ`, `نقلا عن`; nothing where `حد` is no more than a limit.
    fn behind_according(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let after = doc.word(at + 1);
        if doc.is(at, Class::Limit) && !after.is(Class::SayingNoun) && after.cue.is_none() {
            return None;
        }
        let next = doc.first(at + 1, self.end, |word| !word.is(Class::Between));
        Some(next.unwrap_or(self.end.max(at + 1)))
    }

    /// Whether a verb follows that says what was said.
    fn says_what(&self, at: usize, next: usize) -> bool {
        let doc = self.doc;
        doc.is(next, Class::What) || doc.word(at).cue.is_some() || doc.is(at, Class::AccordingToWhat)
    }

    /// The report of an attribution whose source is known.
    fn attribution(&self, at: usize, source: Source) -> Parsed {
        let doc = self.doc;
        let Source { cue, phrase, is_relayed, end } = source;
        let mut complement = self.complement(end);
        let is_stated = complement.is_stated();
        // تشكل، حسب قفراج "…"
        let is_followed = phrase.is_some() && complement.quote && complement.content <= end + 1;
        let leads = at <= self.leads_end || is_followed;
        // `وحسب بيان النقابة، تعرضت المسيرة للقمع`: without فإن the words begin behind the comma.
        let is_led = complement.that.is_some_and(|that| that <= end + 1 || doc.word(that).clitics.has_conjunction());
        let is_fronted = at <= self.leads_end && phrase.is_some() && doc.is(end, Class::Comma) && end + 1 < self.end;
        let is_report = doc.is(end + 1, Class::Open) || doc.word(end + 1).is_cue(Cue::is_verb);
        if is_fronted && !is_led && !complement.colon && !is_report {
            (complement.that, complement.content) = (Some(end), end + 1);
        }
        let is_handed_on =
            is_relayed && (self.has_speaker || doc.is(at, Class::HandedOn) || doc.is(at + 1, Class::What));
        let voice = match phrase {
            Some(phrase) if is_handed_on => {
                complement.sources.add_first(doc.doc.text, phrase.who);
                Voice::Nobody
            }
            Some(Phrase { who, mention, .. }) => Voice::Named(Speaker::named(who, mention)),
            None => Voice::Pronoun,
        };
        Parsed::Report(Report {
            token: at,
            first: at,
            cue: doc.bare(cue),
            describes: false,
            voice,
            speaker: None,
            that: complement.that.filter(|_| leads),
            content: if leads { complement.content.max(end) } else { end },
            after: end.max(complement.gap),
            is_stated,
            is_trailing: !leads,
            sources: complement.sources,
            rule: 0,
        })
    }
}

impl TaggedDoc<'_> {
    /// A phrase after `بحسب`, whose first word may carry the ل of `وفقا لـ`.
    fn phrase_of_source(&self, at: usize, limit: usize) -> Option<Phrase> {
        if let Some(phrase) = self.phrase(at, limit) {
            return Some(phrase);
        }
        // وفقا لوكالة, وفقا للمصدر: the head carries its preposition.
        let word = self.word(at);
        (word.is(Class::Word) && has_lam(word)).then(|| {
            let takes_name = word.is_any(Classes::of(&[Class::Outlet, Class::Namer]));
            let rest = self.phrase(at + 1, limit).filter(|_| takes_name);
            Phrase {
                first: at,
                end: rest.map_or(at + 1, |phrase| phrase.end),
                who: rest.map_or_else(|| self.span(at, at + 1), |phrase| phrase.who),
                mention: rest.and_then(|phrase| phrase.mention),
                is_outlet: word.is(Class::Outlet),
            }
        })
    }
}
