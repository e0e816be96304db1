//! Who speaks: what the grammar left open is taken from the reports, the subjects and the names before.

pub(crate) mod evidence;

use khabar_extractor::{Cancel, ExtractError};
use khabar_lexicon::rule::Switches;

use crate::document::TaggedDoc;
use crate::grammar::{Parsed, Phrase, Sentence, may_begin};
use crate::lexicon::{Agreement, Class, Classes, Cue};
use crate::mention::MentionKind;
use crate::report::{Report, Speaker, Voice};

/// How many speakers back one is sought with whom a verb agrees.
const SPEAKERS: usize = 4;
/// How many reports of a sentence back a speaker is taken over.
const REPORTS: usize = 8;
/// How far back in a sentence, in tokens, the subject of a participle is sought among the names.
const TO_NAME: usize = 120;
/// How many names back a person is sought, and how many tokens back an office, where nobody spoke yet.
const NAMES: usize = 12;
const TO_OFFICE: usize = 80;

/// What is remembered while a document is read.
#[derive(Debug, Default)]
pub(crate) struct Discourse {
    /// The reports of the sentence at hand.
    pub(crate) reports: Vec<Report>,
    /// Who was named as a speaker, the last one last.
    speakers: Vec<Speaker>,
}

/// A verb that reported nothing, and what held of its sentence then; its subject is sought where somebody asks for it.
#[derive(Clone, Copy)]
struct RejectedVerb<'c, 'a> {
    sentence: Sentence<'c, 'a>,
    at: usize,
    cue: Cue,
}

impl Discourse {
    pub(crate) fn clear(&mut self) {
        self.reports.clear();
        self.speakers.clear();
    }

    /// The last speaker with whom a form agrees.
    pub(crate) fn last_speaker(&self, agreement: Agreement) -> Option<Speaker> {
        let recent = self.speakers.iter().rev().take(SPEAKERS);
        recent.into_iter().find(|speaker| speaker.agrees(agreement)).copied()
    }

    /// Keeps who speaks in a report, so that later ones may take it over. Where an outlet hands on what nobody of a name said,
    /// it is the outlet that goes on: `نقلت الوكالة عن مصادر … وأوضحت`.
    fn remember(&mut self, report: &Report, outlet: Option<Speaker>) {
        if report.is_named() {
            self.speakers.extend(report.speaker);
        }
        self.speakers.extend(outlet);
    }

    /// Finds the reports of the sentence of tokens `first..end` and who speaks in them, unless it is cancelled.
    pub(crate) fn read_sentence(
        &mut self,
        doc: &TaggedDoc<'_>,
        (first, end): (usize, usize),
        switches: Switches,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        self.reports.clear();
        let Some(mut at) = doc.first(first, end, may_begin) else { return Ok(()) };
        let mut sentence = Sentence::new(doc, first, end);
        let mut rejected = None;
        // The first token that was not asked yet whether a clause begins behind it.
        let mut asked = first;
        loop {
            cancel.check()?;
            if let Some(clause) = sentence.last_clause(asked, at) {
                sentence.clause = clause;
            }
            asked = at;
            let mut next = at + 1;
            match sentence.parse(at, switches) {
                Parsed::Nothing => {}
                Parsed::NoReport => {
                    let finite = doc.word(at).cue.filter(|cue| cue.is_finite());
                    rejected = finite.map(|cue| RejectedVerb { sentence, at, cue });
                    // `جددت القاهرة رفضها. وذكرت أن`: who did something goes on.
                    let subject = finite.filter(|cue| !cue.relays()).and_then(|cue| acting(&sentence, at, cue));
                    self.speakers.extend(subject);
                }
                Parsed::Report(report) => {
                    let report = self.resolve(doc, &sentence, rejected, report);
                    let outlet = outlet_that_goes_on(&sentence, at, &report);
                    self.remember(&report, outlet);
                    sentence.clause = report.content;
                    (sentence.has_report, sentence.has_speaker) = (true, report.speaker.is_some());
                    next = report.content.max(next);
                    asked = next;
                    self.reports.push(report);
                }
            }
            match doc.first(next, end, may_begin) {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
    }

    /// A report with its speaker.
    fn resolve(
        &self,
        doc: &TaggedDoc<'_>,
        sentence: &Sentence<'_, '_>,
        rejected: Option<RejectedVerb<'_, '_>>,
        mut report: Report,
    ) -> Report {
        let last = self.reports.last();
        report.speaker = match report.voice {
            Voice::Named(speaker) => Some(speaker),
            Voice::Nobody => None,
            Voice::Pronoun => {
                let before = last.and_then(|last| last.speaker);
                before.or_else(|| self.last_speaker(Agreement::Unknown)).map(Speaker::inherited)
            }
            Voice::LeftOut(cue) => {
                // قوله: the outlets that handed on the report before hand on this one.
                if let Some(last) = last.filter(|_| cue.form == crate::lexicon::CueForm::Own) {
                    report.sources.add_all(doc.doc.text, &last.sources);
                }
                self.inherited(doc, sentence, rejected, report.token, cue).map(Speaker::inherited)
            }
        };
        report
    }

    /// The speaker where none is named: that of the report before, or who did something in this sentence, or the last.
    fn inherited(
        &self,
        doc: &TaggedDoc<'_>,
        sentence: &Sentence<'_, '_>,
        rejected: Option<RejectedVerb<'_, '_>>,
        at: usize,
        cue: Cue,
    ) -> Option<Speaker> {
        let spoken = self.reports.iter().rev().take(REPORTS).filter_map(|report| report.speaker);
        let here = spoken.into_iter().find(|speaker| speaker.agrees(cue.agreement));
        here.or_else(|| {
            let RejectedVerb { sentence, at, cue } = rejected?;
            let phrase = sentence.subject(at, cue)?;
            // `يضيف عبئا جديدا`: an indefinite noun that nobody knows is rather an object.
            let is_known = is_one_who_speaks(&sentence, &phrase) || doc.is_definite(phrase.first);
            is_known.then(|| phrase.speaker(cue))
        })
        .or_else(|| {
            let from = sentence.first.max(at.saturating_sub(TO_NAME));
            let names = doc.mentions_in(from, at).filter(|(_, mention)| mention.kind <= MentionKind::Org);
            let (index, mention) = names.min_by_key(|(_, mention)| mention.kind).filter(|_| !cue.is_finite())?;
            Some(Speaker::named(mention.span, Some(index)))
        })
        .or_else(|| self.last_speaker(cue.agreement))
        .or_else(|| last_person(doc, at).filter(|_| self.speakers.is_empty() && cue.agreement != Agreement::Plural))
    }
}

/// The name or office that is the subject of a verb behind which it stands, though the verb reports nothing.
fn acting(sentence: &Sentence<'_, '_>, at: usize, cue: Cue) -> Option<Speaker> {
    let phrase = sentence.subject_after(at, cue)?;
    is_one_who_speaks(sentence, &phrase).then(|| phrase.speaker(cue))
}

/// Whether a phrase is a name, or has an office or body as its head.
fn is_one_who_speaks(sentence: &Sentence<'_, '_>, phrase: &Phrase) -> bool {
    phrase.mention.is_some() || sentence.doc.word(phrase.first).is_any(Classes::of(&[Class::Role, Class::Body]))
}

/// The outlet of `نقلت الوكالة عن مصادر`, where it and not the one it heard speaks on: a body or several people are not meant by
/// the feminine verbs that follow.
fn outlet_that_goes_on(sentence: &Sentence<'_, '_>, at: usize, report: &Report) -> Option<Speaker> {
    let cue = sentence.doc.word(at).cue.filter(|cue| cue.relays() && cue.agreement == Agreement::Feminine)?;
    let speaker = report.speaker?;
    let is_one =
        speaker.mention.and_then(|at| sentence.doc.mentions.get(at)).is_some_and(|m| m.kind <= MentionKind::Title);
    let outlet = sentence.subject_after(at, cue)?;
    let is_other = outlet.who != speaker.span && report.is_named();
    (is_other && !is_one).then(|| outlet.speaker(cue))
}

/// The last person named before a token, among the last few names, or the last office.
fn last_person(doc: &TaggedDoc<'_>, at: usize) -> Option<Speaker> {
    let start = doc.doc.tokens.get(at)?.start;
    let before = doc.mentions.partition_point(|mention| mention.span.start < start);
    let mut recent = doc.mentions[..before].iter().enumerate().rev().take(NAMES);
    if let Some((index, person)) = recent.find(|(_, mention)| mention.kind == MentionKind::Person) {
        return Some(Speaker::named(person.span, Some(index)));
    }
    let office = doc.last(at.saturating_sub(TO_OFFICE), at, |word| word.is(Class::Role) && !word.has_prefix())?;
    let phrase = doc.phrase(office, at)?;
    Some(Speaker::named(phrase.who, phrase.mention))
}
