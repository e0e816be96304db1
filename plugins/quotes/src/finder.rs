//! Finds all quotations of a document, sentence by sentence, in buffers that are kept.

use khabar_arabic::{Quotation, quotations};
use khabar_extractor::{Cancel, Doc, ExtractError, Span};

use crate::attribute::{Evidence, gather};
use crate::context::Context;
use crate::facts::Facts;
use crate::few::Few;
use crate::found::{Finds, Found, Said, Sort};
use crate::judge::{List, judge};
use crate::mention::{self, Mention};
use crate::report::{Memory, Report, read_sentence};
use crate::sets::Set;
use crate::tagger::Words;
use crate::tags::BEGINS;

/// The buffers of a worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    words: Words,
    quotations: Vec<Quotation>,
    memory: Memory,
    found: Vec<Found>,
}

/// Deeper quotations are noise, and their texts together would be the square of the document's.
const MOST_DEEP: u32 = 8;

impl Finder {
    /// Finds the quotations of a document, ordered by start, longest first, unless it is cancelled.
    pub(crate) fn find<'a>(
        &'a mut self,
        doc: &'a Doc<'a>,
        indirect: bool,
        cancel: Cancel<'_>,
    ) -> Result<Finds<'a>, ExtractError> {
        let mentions = self.fill(doc, indirect, cancel)?;
        Ok(Finds { doc, found: &self.found, mentions, sources: &self.memory.sources })
    }

    /// Fills the buffers; gives the mentions that what was found refers to.
    fn fill<'a>(
        &mut self,
        doc: &Doc<'a>,
        indirect: bool,
        cancel: Cancel<'_>,
    ) -> Result<Vec<Mention<'a>>, ExtractError> {
        self.memory.clear();
        self.found.clear();
        self.words.read(doc, cancel)?;
        let keep = |q: &Quotation| q.close.is_some() & !q.inner.is_empty() & (q.depth < MOST_DEEP);
        // As a rule all are kept, and need not be copied.
        let quotations: &[Quotation] = match doc.quotations {
            Some(known) if known.iter().all(keep) => known,
            Some(known) => {
                self.quotations.clear();
                self.quotations.extend(known.iter().filter(|q| keep(q)));
                &self.quotations
            }
            None => {
                quotations(doc.text, doc.tokens, &mut self.quotations);
                self.quotations.retain(keep);
                &self.quotations
            }
        };
        if self.words.sets.is_empty(Set::Begins) && quotations.is_empty() {
            return Ok(Vec::new());
        }
        let mentions = mention::read(doc, cancel)?;
        quiet_names(doc, &mentions, &mut self.words);
        self.words.mark_quoted(quotations);
        let Words { facts, sets, .. } = &self.words;
        let context = Context { doc, words: facts, sets, mentions: &mentions, quotations };
        let (mut starts, mut begins) = (sets.iter(Set::Sentences), sets.iter(Set::Begins).peekable());
        let (mut first, mut next) = (0, 0);
        let mut list = List::default();
        while first < doc.tokens.len() {
            cancel.check()?;
            let end = sentence_end(&context, first, &mut starts);
            let reports = self.memory.reports.len();
            read_sentence(&context, (first, end), &mut begins, &mut self.memory, cancel)?;
            while let Some(quotation) = quotations.get(next).filter(|q| (q.open as usize) < end) {
                cancel.check()?;
                let reports = &self.memory.reports[reports..];
                let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
                let evidence = gather(&context, first, quotation, (open, close), reports, &self.memory);
                let verdict = judge(&context, open, close, &evidence, &mut list);
                let span = without_closing_marks(&context, open, close, quotation.inner);
                if !span.is_empty() {
                    let sort = if verdict.speech { Sort::Speech } else { Sort::Term };
                    self.found.push(Found { span, confidence: verdict.confidence, sort, said: said(&evidence) });
                }
                next += 1;
            }
            if indirect {
                for at in reports..self.memory.reports.len() {
                    cancel.check()?;
                    let report = self.memory.reports[at];
                    let limit = self.memory.reports.get(at + 1).map_or(end, |next| next.first);
                    if let Some(span) = indirect_span(&context, &report, limit) {
                        let said = Said {
                            speaker: report.speaker.map(|speaker| speaker.span),
                            mention: report.speaker.and_then(|speaker| speaker.mention),
                            cue: Some(report.cue),
                            sources: [report.sources, (0, 0)],
                        };
                        let confidence = if report.speaker.is_some() { 0.9 } else { 0.7 };
                        self.found.push(Found { span, confidence, sort: Sort::Indirect, said });
                    }
                }
            }
            first = end;
        }
        let place = |f: &Found| (f.span.start, std::cmp::Reverse(f.span.end));
        if !self.found.is_sorted_by_key(place) {
            self.found.sort_by_key(place);
        }
        Ok(mentions)
    }
}

/// Takes cues off the words inside names: `فيري` may be a name and `فـيري` a verb.
fn quiet_names(doc: &Doc<'_>, mentions: &[Mention<'_>], words: &mut Words) {
    let Words { facts, sets, .. } = words;
    // Where the names end that begin before the end of a token, the farthest of them.
    let (mut rest, mut end) = (mentions.iter(), 0);
    sets.retain(Set::Begins, |at| {
        let (token, word) = (&doc.tokens[at], &mut facts[at]);
        while let Some(mention) = rest.as_slice().first().filter(|mention| mention.span.start < token.end) {
            end = end.max(mention.span.end * u32::from(mention.is_name()));
            rest.next();
        }
        let inside = token.start < end;
        *word = word.without(Facts::OF_CUE.when(inside));
        !inside | word.is(BEGINS)
    });
}

/// Where the sentence that begins at a token ends; `starts` are the tokens that begin one, of which it takes those up to the
/// end. After a colon the words may stand in a line of their own.
fn sentence_end(context: &Context<'_>, first: usize, starts: &mut impl Iterator<Item = usize>) -> usize {
    let tokens = context.doc.tokens.len();
    let mut next = |at: usize| starts.find(|start| at < *start).unwrap_or(tokens);
    let end = next(first);
    let goes_on = context.word(end - 1).is(Facts::COLON) & context.word(end).is(Facts::OPEN);
    if goes_on && end < tokens { next(end) } else { end }
}

/// What stands between the marks, without the full stop or comma at its end.
fn without_closing_marks(context: &Context<'_>, open: usize, close: usize, inner: Span) -> Span {
    let mut last = close;
    while open + 1 < last && context.word(last - 1).is(Facts::STOP.with(Facts::COMMA).with(Facts::COLON)) {
        last -= 1;
    }
    let end = if last == close { inner.end } else { context.doc.tokens[last - 1].end };
    Span::new(inner.start, end.max(inner.start))
}

/// What words may be that end a clause and do not belong to it.
const LOOSE: Facts = Facts::STOP
    .with(Facts::COMMA)
    .with(Facts::COLON)
    .with(Facts::OPEN)
    .with(Facts::BRACKET_OPEN)
    .with(Facts::AUXILIARY)
    .with(Facts::CLAUSE);

/// Words that lead on to what follows.
const LEAD_ON: Few<3> = Few::of(["و", "علي", "كما"]);

/// From after أن to the end of the clause, unless the words stand between marks.
fn indirect_span(context: &Context<'_>, report: &Report, limit: usize) -> Option<Span> {
    let first = report.that? + 1;
    let mut end = limit;
    while first < end {
        let word = context.word(end - 1);
        let loose = word.is(LOOSE) || context.is_any(end - 1, &LEAD_ON);
        if !loose {
            break;
        }
        end -= 1;
    }
    if end <= first {
        return None;
    }
    if let Some(quotation) = context.opened(first)
        && quotation.close.is_some_and(|close| end <= close as usize + 2)
    {
        return None;
    }
    let tokens = context.doc.tokens;
    Some(Span::new(tokens[first].start, tokens[end - 1].end))
}

fn said(evidence: &Evidence) -> Said {
    Said {
        speaker: evidence.speaker.map(|speaker| speaker.span),
        mention: evidence.speaker.and_then(|speaker| speaker.mention),
        cue: evidence.cue,
        sources: evidence.sources,
    }
}
