//! Finds all quotations of a document, sentence by sentence, in buffers that are kept.

use std::collections::HashSet;

use khabar_arabic::{Quotation, quotations};
use khabar_extractor::{Cancel, Doc, ExtractError, Span};
use khabar_lexicon::Tagger;
use khabar_lexicon::rule::Switches;
use khabar_lexicon::shared::future::FutureVerbs;

use crate::classify::{Classification, Coordination, FEATURES, Feature, observe};
use crate::document::{TaggedDoc, TaggedToken, mark_quoted, suppress_cues_in_names, tag};
use crate::finding::{Finding, Kind};
use crate::grammar::{REPORTS, may_begin};
use crate::lexicon::{Class, Classes, Cue, WordInfo};
use crate::mention::{self, Mention};
use crate::report::Report;
use crate::resolve::Discourse;
use crate::resolve::evidence::{Evidence, collect};
use crate::rules::{REPEATED, REPEATED_AT};

/// Deeper quotations are noise, and their texts together would be the square of the document's.
const MOST_DEEP: u32 = 8;

/// Most reports nested in one clause: a text made of them would have each go over all behind it.
const MOST_NESTED: usize = 8;

/// How sure indirect speech is, with a speaker and without.
const WITH_SPEAKER: f32 = 0.9;
const WITHOUT_SPEAKER: f32 = 0.7;

/// What the finder is made with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) tagger: &'static Tagger<WordInfo>,
    pub(crate) future: &'static FutureVerbs,
    pub(crate) weights: &'static [f32; FEATURES],
    /// Whether indirect speech is given.
    pub(crate) indirect: bool,
    pub(crate) switches: Switches,
}

/// The buffers of a worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    tokens: Vec<TaggedToken>,
    quotations: Vec<Quotation>,
    discourse: Discourse,
    observed: Vec<(Feature, f32)>,
    found: Vec<Finding>,
}

impl Finder {
    /// Finds the quotations of a document, ordered by start, longest first, unless it is cancelled. It gives the mentions as
    /// well that they refer to. `explains` says whether the rules are noted by which each was found.
    pub(crate) fn find<'a>(
        &mut self,
        doc: &Doc<'a>,
        setting: &Setting,
        explains: bool,
        cancel: Cancel<'_>,
    ) -> Result<(&[Finding], Vec<Mention<'a>>), ExtractError> {
        let Self { tokens, quotations, discourse, observed, found } = self;
        found.clear();
        discourse.clear();
        tag(setting.tagger, doc, tokens, cancel)?;
        closed_quotations(doc, quotations);
        if quotations.is_empty() && !tokens.iter().any(|token| may_begin(*token)) {
            return Ok((&[], Vec::new()));
        }
        let mentions = mention::read(doc, cancel)?;
        suppress_cues_in_names(doc, &mentions, tokens);
        mark_quoted(tokens, quotations);
        let tagged = TaggedDoc { doc, tokens, mentions: &mentions, quotations, future: setting.future };
        let mut list = Coordination::default();
        let (mut first, mut next) = (0, 0);
        while first < doc.tokens.len() {
            cancel.check()?;
            let end = tagged.sentence_end(first);
            discourse.read_sentence(&tagged, (first, end), setting.switches, cancel)?;
            while let Some(quotation) = quotations.get(next).filter(|quotation| (quotation.open as usize) < end) {
                cancel.check()?;
                next += 1;
                let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
                let evidence = collect(&tagged, first, quotation, discourse);
                observe(&tagged, (open, close), &evidence, &mut list, observed);
                let classification = Classification::of(observed, setting.weights, setting.switches);
                let span = without_closing_marks(&tagged, (open, close), quotation.inner);
                if !span.is_empty() {
                    let rules =
                        if explains { rules(&classification, &evidence, observed, setting) } else { Vec::new() };
                    found.push(of_marks(span, &classification, evidence, rules));
                }
            }
            if setting.indirect {
                for (at, report) in discourse.reports.iter().enumerate() {
                    cancel.check()?;
                    let following = discourse.reports.get(at + 1..).unwrap_or_default();
                    let near = following.iter().take(MOST_NESTED);
                    let next = near.into_iter().find(|next| ends_clause(&tagged, report, next));
                    let next = next.or(following.get(MOST_NESTED));
                    let limit = next.map_or(end, |next| next.first);
                    let span = indirect_span(&tagged, report, limit);
                    found.extend(span.map(|span| of_report(span, report, explains)));
                }
            }
            first = end;
        }
        if setting.switches.is_on(REPEATED_AT) {
            unify(doc.text, found, explains);
        }
        let place = |finding: &Finding| (finding.span.start, std::cmp::Reverse(finding.span.end));
        if !found.is_sorted_by_key(place) {
            found.sort_by_key(place);
        }
        Ok((found, mentions))
    }
}

/// One string is of one kind in a document: what is a term once is one everywhere, if it is as short as names are.
fn unify(text: &str, found: &mut [Finding], explains: bool) {
    /// Most words of a name between marks.
    const NAME: usize = 3;
    let is_short = |words: &str| words.split_whitespace().nth(NAME).is_none();
    let terms: HashSet<&str> = found
        .iter()
        .filter(|f| f.kind == Kind::Term)
        .filter_map(|f| f.span.of(text))
        .filter(|words| is_short(words))
        .collect();
    if terms.is_empty() {
        return;
    }
    for finding in found.iter_mut().filter(|f| f.kind == Kind::Speech) {
        if finding.span.of(text).is_some_and(|words| terms.contains(words)) {
            (finding.kind, finding.speaker, finding.cue) = (Kind::Term, None, None);
            finding.sources.clear();
            if explains {
                finding.rules.insert(0, REPEATED.name);
            }
        }
    }
}

/// The quotations of a document that are closed, not empty, and not too deep.
fn closed_quotations(doc: &Doc<'_>, found: &mut Vec<Quotation>) {
    match doc.quotations {
        Some(known) => {
            found.clear();
            found.extend_from_slice(known);
        }
        None => quotations(doc.text, doc.tokens, found),
    }
    found.retain(|quotation| quotation.close.is_some() && !quotation.inner.is_empty() && quotation.depth < MOST_DEEP);
}

/// The finding of words between marks.
fn of_marks(span: Span, of: &Classification, evidence: Evidence, rules: Vec<&'static str>) -> Finding {
    let Evidence { speaker, cue, sources, .. } = evidence;
    let kind = if of.is_speech { Kind::Speech } else { Kind::Term };
    Finding { span, confidence: of.confidence, kind, speaker, cue, sources, rules }
}

/// The rules by which words between marks are speech or a term: those of the reports around speech, then the observations.
fn rules(
    classification: &Classification,
    evidence: &Evidence,
    observed: &[(Feature, f32)],
    setting: &Setting,
) -> Vec<&'static str> {
    let reports = [evidence.lead.map(|lead| lead.rule), evidence.trail.map(|trail| trail.rule)];
    let reports = reports.into_iter().flatten().filter(|_| classification.is_speech);
    let mut rules: Vec<&'static str> = reports.map(|rule| REPORTS[rule].info.name).collect();
    rules.extend(classification.reasons(observed, setting.weights, setting.switches));
    rules
}

/// The finding of indirect speech.
fn of_report(span: Span, report: &Report, explains: bool) -> Finding {
    Finding {
        span,
        confidence: if report.speaker.is_some() { WITH_SPEAKER } else { WITHOUT_SPEAKER },
        kind: Kind::Indirect,
        speaker: report.speaker,
        cue: Some(report.cue),
        sources: report.sources.as_slice().to_vec(),
        rules: if explains { vec![REPORTS[report.rule].info.name] } else { Vec::new() },
    }
}

/// What stands between the marks, without the full stop or comma at its end.
fn without_closing_marks(doc: &TaggedDoc<'_>, (open, close): (usize, usize), inner: Span) -> Span {
    let marks = Classes::of(&[Class::Stop, Class::Comma, Class::Colon]);
    let last = doc.last(open + 1, close, |word| !word.is_any(marks)).map_or(open + 1, |last| last + 1);
    let end = if last == close { inner.end } else { doc.doc.tokens[last - 1].end };
    Span::new(inner.start, end.max(inner.start))
}

/// Whether a report that begins at a token ends the clause of another one: it is joined by و or ف, or a comma stands before it
/// and what leads it on. Without them it is a part of the clause: `إن المصدر أبلغ الوكالة أن`.
fn ends_clause(doc: &TaggedDoc<'_>, report: &Report, other: &Report) -> bool {
    /// Most words between the comma and the report: `، كما أن الوزير قال`.
    const LEADS: usize = 3;
    let Report { token, first: next, speaker, .. } = *other;
    let Some(that) = report.that.filter(|that| *that < next) else { return true };
    let leads =
        Classes::of(&[Class::Clause, Class::Auxiliary, Class::LeadOn, Class::Contrast, Class::NotThat, Class::That]);
    let marks = Classes::of(&[Class::Comma, Class::Stop, Class::Close, Class::BracketOpen, Class::BracketClose]);
    if doc.word(next).clitics.has_conjunction() {
        return true;
    }
    // `أن محمود، نائب الرئيس، صرح بأنه`: the noun behind أن is the subject of the verb.
    let subject = doc.doc.tokens.get(that + 1).map(|token| token.start);
    let is_verb = doc.word(token).is_cue(Cue::is_verb);
    if is_verb && speaker.is_some_and(|speaker| Some(speaker.span.start) == subject) {
        return false;
    }
    let mut before = next;
    for _ in 0..=LEADS {
        let Some(at) = before.checked_sub(1).filter(|at| that < *at) else { return false };
        let word = doc.word(at);
        if word.is_any(marks) {
            return true;
        }
        if !word.is_any(leads) {
            return false;
        }
        if word.clitics.has_conjunction() {
            return true;
        }
        before = at;
    }
    false
}

/// From after أن to the end of the clause, unless the words stand between marks.
fn indirect_span(doc: &TaggedDoc<'_>, report: &Report, limit: usize) -> Option<Span> {
    // What ends a clause and does not belong to it.
    let loose = Classes::of(&[
        Class::Stop,
        Class::Comma,
        Class::Colon,
        Class::Open,
        Class::BracketOpen,
        Class::Auxiliary,
        Class::Clause,
        Class::LeadOn,
    ]);
    let first = report.that? + 1;
    let mut last = doc.last(first, limit, |word| !word.is_any(loose))?;
    // `غير أن`, `إلا أن` lead on to what follows.
    while first < last && doc.is(last, Class::That) {
        let joint = if doc.is(last - 1, Class::NotThat) { last - 1 } else { last };
        last = doc.last(first, joint, |word| !word.is_any(loose))?;
    }
    // `، الخميس،`: when it was said.
    if doc.is(last, Class::Time) && doc.is(last - 1, Class::Comma) && doc.is(last + 1, Class::Comma) && first < last {
        last = doc.last(first, last, |word| !word.is_any(loose))?;
    }
    // A mark that closes nothing that was opened here belongs to words around these.
    if doc.is(last, Class::Close) && doc.last(first, last, |word| word.is(Class::Open)).is_none() {
        last = doc.last(first, last, |word| !word.is_any(loose))?;
    }
    // What the narrator adds behind the mark is not said: `من دون تحديد السبب`.
    let is_quoted = doc.closed(first).is_some_and(|close| {
        let tail = if doc.is(close + 1, Class::Comma) { close + 2 } else { close + 1 };
        last < close + 2
            || doc.is(tail, Class::Narration)
            || doc.is(tail, Class::From) && doc.is(tail + 1, Class::Narration)
    });
    let tokens = doc.doc.tokens;
    (!is_quoted).then(|| Span::new(tokens[first].start, tokens[last].end))
}
