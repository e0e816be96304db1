//! Reports: a cue, who speaks, and where the words begin.

use std::iter::Peekable;

use khabar_extractor::{Cancel, ExtractError, Span};

use crate::context::Context;
use crate::facts::Facts;
use crate::few::Few;
use crate::mention::MentionKind;
use crate::phrase::Phrase;
use crate::sets::Set;
use crate::sources::{Range, Sources};
use crate::subject::RELATIVES;
use crate::way::Way;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Speaker {
    pub(crate) span: Span,
    /// Index of the entity.
    pub(crate) mention: Option<usize>,
    /// Gender and number, as far as the form of the verb tells.
    pub(crate) agreement: Facts,
}

/// A cue with what was found around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Report {
    /// The token of the cue.
    pub(crate) token: usize,
    /// The first token of the report: the cue, or its subject where that comes first.
    pub(crate) first: usize,
    pub(crate) cue: Span,
    /// Whether it says what somebody called something.
    pub(crate) describes: bool,
    pub(crate) speaker: Option<Speaker>,
    /// Its sources among all sources of the document.
    pub(crate) sources: Range,
    /// The أن that begins the words.
    pub(crate) that: Option<usize>,
    /// The token at which the words begin, if they follow.
    pub(crate) content: usize,
    /// The token behind the cue, its subject and the outlets after it.
    pub(crate) after: usize,
    /// أن or a colon says where the words begin.
    pub(crate) stated: bool,
    /// `وفق تعبيره`: the words come before it.
    pub(crate) trailing: bool,
    /// The speaker is named here, not taken over from before.
    pub(crate) named: bool,
}

/// What is remembered from sentence to sentence.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) reports: Vec<Report>,
    pub(crate) sources: Sources,
    /// Who spoke, the last one last.
    speakers: Vec<Speaker>,
}

impl Memory {
    pub(crate) fn clear(&mut self) {
        self.reports.clear();
        self.sources.clear();
        self.speakers.clear();
    }

    /// The last speaker with whom a form agrees.
    pub(crate) fn last_speaker(&self, agreement: Facts) -> Option<Speaker> {
        let recent = self.speakers.iter().rev().take(4);
        let fits =
            |s: &&Speaker| (agreement == Facts::NONE) | (s.agreement == Facts::NONE) | (s.agreement == agreement);
        recent.clone().find(fits).or_else(|| self.speakers.last()).copied()
    }

    fn remember(&mut self, speaker: Speaker) {
        self.speakers.push(speaker);
    }
}

/// Words that deny what follows: `لا يتوقع`, `لم يذكر`.
const NEGATIONS: Few<7> = Few::of(["لا", "لم", "لن", "ولا", "ولم", "ولن", "فلا"]);

/// A sentence being read.
pub(crate) struct Sentence<'c, 'a> {
    pub(crate) context: &'c Context<'a>,
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// First token of the clause at hand.
    pub(crate) clause: usize,
    /// First report of this sentence in the memory.
    pub(crate) reports: usize,
    /// Whether there is one.
    pub(crate) reports_here: bool,
    /// The last verb that turned out to report nothing.
    pub(crate) idle: Option<Idle>,
    /// The token behind the last one at which words may begin, once somebody asked.
    openings_end: Option<usize>,
    /// The first token that may be a word which stands before a report; all before it are signs and auxiliaries.
    opened: usize,
}

/// A verb that turned out to report nothing; its subject is sought where somebody asks for it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Idle {
    at: usize,
    clause: usize,
    reports_here: bool,
}

/// Finds the reports of the sentence of tokens `first..end` and adds them to the memory, unless it is cancelled; `begins` are
/// the tokens at which reports may begin, of which it takes those of the sentence.
pub(crate) fn read_sentence(
    context: &Context<'_>,
    (first, end): (usize, usize),
    begins: &mut Peekable<impl Iterator<Item = usize>>,
    memory: &mut Memory,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let is_here = |at: &usize| *at < end;
    // Many sentences have none.
    if !begins.peek().is_some_and(is_here) {
        return Ok(());
    }
    let mut sentence = Sentence {
        context,
        first,
        end,
        clause: first,
        reports: memory.reports.len(),
        reports_here: false,
        idle: None,
        openings_end: None,
        opened: first,
    };
    // The first token that is in no report yet, and the first that was not asked yet whether a clause begins behind it.
    let (mut next, mut asked) = (first, first);
    while let Some(at) = begins.next_if(is_here) {
        cancel.check()?;
        if at < next {
            continue;
        }
        if let Some(clause) = context.last_clause(asked, at) {
            sentence.clause = clause;
        }
        asked = at;
        let word = context.word(at);
        let report = if !word.is(Facts::ACCORDING) && word.is(Facts::CUE) {
            sentence.cue(at, word, memory)
        } else {
            sentence.according(at, memory)
        };
        if let Some(report) = report {
            if let Some(speaker) = report.speaker
                && report.named
            {
                memory.remember(speaker);
            }
            sentence.clause = report.content;
            sentence.reports_here = true;
            next = report.content.max(at + 1);
            asked = next;
            memory.reports.push(report);
        }
    }
    Ok(())
}

impl Context<'_> {
    /// Where the last of the clauses begins that begin behind one of the tokens `from..to`.
    fn last_clause(&self, from: usize, to: usize) -> Option<usize> {
        let mut end = to;
        while let Some(at) = self.sets.last(Set::Breaks, from, end) {
            let begins = self.word(at).is(Facts::CLAUSE.with(Facts::THAT))
                || self.word(at + 1).is(Facts::CONJUNCTION.with(Facts::PREPOSITION));
            if begins && !self.sets.has(Set::Quoted, at) {
                return Some(at + 1);
            }
            end = at;
        }
        None
    }
}

impl Sentence<'_, '_> {
    /// A verb or noun of saying.
    fn cue(&mut self, at: usize, cue: Facts, memory: &mut Memory) -> Option<Report> {
        let context = self.context;
        let (weak, relays) = (!cue.is(Facts::STRONG), cue.is(Facts::RELAY));
        if (weak && self.negated(at)) || (cue.is(Facts::STRICT) && !self.has_about(at)) {
            return None;
        }
        // Nothing behind it can be what is said.
        if weak && !relays && self.openings_end() <= at + 1 {
            self.idle = self.idle(at, cue);
            return None;
        }
        let sources = memory.sources.end();
        let (mut speaker, mut named, mut first, mut after) = (None, false, at, at + 1);
        let mut outlet = None;
        if cue.is(Facts::VERB) {
            if let Some(phrase) = self.subject(at, cue) {
                if phrase.first < at {
                    first = phrase.first;
                } else {
                    after = phrase.end;
                }
                (speaker, outlet, named) = (Some(phrase), phrase.outlet.then_some(phrase.who), true);
            }
        } else if cue.is(Facts::NOUN)
            && let Some(phrase) = context.phrase(at + 1, self.end)
        {
            (after, speaker, named) = (phrase.end, Some(phrase), true);
        }
        let way = self.way(after, memory);
        let about = if relays { self.phrase_after_about(after) } else { None };
        let relative = self.first < at && context.is_any(at - 1, &RELATIVES) && way.that.is_none() && !way.colon;
        if weak && about.is_none() && (relative || !self.strong_enough(after, at, &way)) {
            memory.sources.truncate(sources);
            self.idle = self.idle(at, cue);
            return None;
        }
        if cue.is(Facts::NOUN) && way.that.is_none() && !way.quote {
            memory.sources.truncate(sources);
            return None;
        }
        let mut speaker = speaker.map(|phrase| Speaker {
            span: phrase.who,
            mention: phrase.mention,
            agreement: cue.of(Facts::AGREEMENT),
        });
        let mut content = way.content;
        if relays {
            // نقلت وكالة رويترز عن ترامب قوله
            if let Some(phrase) = about {
                if let Some(outlet) = outlet.or(speaker.map(|s| s.span)) {
                    memory.sources.add(context.doc.text, sources, outlet);
                }
                let handed_on = phrase.outlet;
                if handed_on {
                    memory.sources.add(context.doc.text, sources, phrase.who);
                }
                speaker = (!handed_on).then_some(Speaker {
                    span: phrase.who,
                    mention: phrase.mention,
                    agreement: Facts::NONE,
                });
                content = content.min(phrase.end).max(after);
                named = speaker.is_some();
            } else if let Some(outlet) = outlet {
                memory.sources.add_first(context.doc.text, sources, outlet);
                (speaker, named) = (None, false);
            }
        }
        let passive = self.passive(at, cue, speaker.is_some());
        if speaker.is_none() && !passive && !(relays && outlet.is_some()) {
            speaker = self.inherited(at, cue, memory);
            if cue.is(Facts::OWN_CUE)
                && let Some(last) = memory.reports[self.reports..].last().copied()
            {
                memory.sources.take_over(context.doc.text, sources, last.sources);
            }
        }
        let sources = (sources, memory.sources.end());
        Some(Report {
            token: at,
            first,
            cue: context.bare(at),
            describes: cue.is(Facts::DESCRIBE),
            speaker,
            sources,
            that: way.that,
            content,
            after: after.max(way.gap),
            stated: way.that.is_some() || way.colon,
            trailing: self.follows_quote(at, cue, &way),
            named,
        })
    }

    /// The subject of a verb, before it or behind it.
    fn subject(&self, at: usize, cue: Facts) -> Option<Phrase> {
        let before = self.subject_before(at, cue);
        // الرئيس وصف الهجمات: a subject that begins its sentence is followed by its verb.
        let put_off = self.first < at && self.context.word(at - 1).is(Facts::AUXILIARY);
        let begins = before.is_some_and(|phrase| (phrase.first <= self.first + 1 || put_off) && self.clause != at);
        match before.filter(|_| begins) {
            Some(phrase) => Some(phrase),
            None => self.subject_after(at, cue).or(before),
        }
    }

    /// The token behind the last one at which words may begin.
    fn openings_end(&mut self) -> usize {
        let (first, end) = (self.first, self.end);
        let last = || self.context.sets.last(Set::Openings, first, end);
        *self.openings_end.get_or_insert_with(|| last().map_or(first, |last| last + 1))
    }

    /// Whether nothing but signs and auxiliaries stands before a token. It looks at every token once, however often it is
    /// asked.
    pub(crate) fn leads(&mut self, at: usize) -> bool {
        let passes = |word: Facts| !word.is(Facts::WORD) || word.is(Facts::AUXILIARY);
        while self.opened < at && passes(self.context.word(self.opened)) {
            self.opened += 1;
        }
        at <= self.opened
    }

    /// What is remembered of a verb that reports nothing.
    fn idle(&self, at: usize, cue: Facts) -> Option<Idle> {
        let (clause, reports_here) = (self.clause, self.reports_here);
        cue.is(Facts::FINITE).then_some(Idle { at, clause, reports_here })
    }

    /// The subject of the last verb that reported nothing.
    fn idle_subject(&self) -> Option<Speaker> {
        let Idle { at, clause, reports_here } = self.idle?;
        let cue = self.context.word(at);
        let phrase = Sentence { clause, reports_here, ..*self }.subject(at, cue)?;
        Some(Speaker { span: phrase.who, mention: phrase.mention, agreement: cue.of(Facts::AGREEMENT) })
    }

    /// Whether a weak verb or noun is one of saying here.
    fn strong_enough(&self, after: usize, at: usize, way: &Way) -> bool {
        let near = |content: usize| content.saturating_sub(after) <= 2 && content - at <= 12;
        let stated = |to: usize| (after..to).any(|at| self.context.word(at).is(Facts::UTTERANCE));
        let that =
            way.that.is_some_and(|that| that.saturating_sub(way.gap) <= 3 || (that - after <= 20 && stated(that)));
        that || ((way.colon || way.quote) && (near(way.content) || (way.content - after <= 24 && stated(way.content))))
    }

    /// `لا يتوقع`, `لم يذكر`
    fn negated(&self, at: usize) -> bool {
        self.first < at && self.context.is_any(at - 1, &NEGATIONS)
    }

    /// `عبر … عن`
    fn has_about(&self, at: usize) -> bool {
        (at + 1..self.end.min(at + 13)).any(|at| self.context.word(at).is(Facts::ABOUT))
    }

    /// Whether a verb follows the words between marks that it reports: `"سنعود"، قال الوزير`.
    fn follows_quote(&self, at: usize, cue: Facts, way: &Way) -> bool {
        let context = self.context;
        if !cue.is(Facts::FINITE) || way.that.is_some() || way.colon || way.quote {
            return false;
        }
        let comma = context.word(at.wrapping_sub(1)).is(Facts::COMMA);
        let before = at.wrapping_sub(if comma { 2 } else { 1 });
        context.word(before).is(Facts::CLOSE) && !context.word(at).is(Facts::CONJUNCTION)
    }

    /// `وُصفت ب"…"`: somebody, nobody knows who, called it so.
    fn passive(&self, at: usize, cue: Facts, subject: bool) -> bool {
        if !cue.is(Facts::DESCRIBE) || !cue.is(Facts::FINITE) || subject {
            return false;
        }
        let context = self.context;
        let surface = context.doc.surface(at);
        let damma = surface.char_indices().nth(1).is_some_and(|(_, c)| c == 'ُ');
        let next = context.folded(at + 1);
        let called = next.starts_with('ب') && (next == "ب" || context.word(at + 1).is(Facts::THAT));
        damma || (called && self.clause < at && !context.word(at).is(Facts::CONJUNCTION))
    }

    /// The speaker where none is named: that of the report before, or who did something in this sentence, or the last.
    fn inherited(&self, at: usize, cue: Facts, memory: &Memory) -> Option<Speaker> {
        let here = memory.reports[self.reports..].iter().rev().take(8).find_map(|report| report.speaker);
        if let Some(speaker) = here.or_else(|| self.idle_subject()) {
            return Some(speaker);
        }
        if !cue.is(Facts::FINITE) {
            let context = self.context;
            let mut best: Option<(usize, MentionKind, Span)> = None;
            for (index, mention) in context.mentions_in(self.first.max(at.saturating_sub(120)), at) {
                let rank = mention.kind;
                if rank <= MentionKind::Org && best.is_none_or(|(_, kind, _)| rank < kind) {
                    best = Some((index, rank, mention.span));
                }
            }
            if let Some((index, _, span)) = best {
                return Some(Speaker { span, mention: Some(index), agreement: Facts::NONE });
            }
        }
        memory.last_speaker(cue.of(Facts::AGREEMENT)).or_else(|| self.last_person(at))
    }

    /// The last person named before a token, among the last few names.
    fn last_person(&self, at: usize) -> Option<Speaker> {
        let context = self.context;
        let start = context.doc.tokens.get(at)?.start;
        let before = context.mentions.partition_point(|m| m.span.start < start);
        let recent = context.mentions[..before].iter().enumerate().rev().take(12);
        let person = recent.into_iter().find(|(_, m)| m.kind == MentionKind::Person);
        if let Some((index, m)) = person {
            return Some(Speaker { span: m.span, mention: Some(index), agreement: Facts::NONE });
        }
        let office = |at: &usize| context.word(*at).is(Facts::ROLE) && !context.word(*at).is(Facts::PREFIXED);
        let phrase = (at.saturating_sub(80)..at).rev().find(office).and_then(|first| context.phrase(first, at))?;
        Some(Speaker { span: phrase.who, mention: phrase.mention, agreement: Facts::NONE })
    }
}
