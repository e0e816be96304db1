//! Finds all quotations of a document, sentence by sentence, in buffers that are kept.

use std::borrow::Cow;

use khabar_arabic::quotations;
use khabar_core::kinds::Quote;
use khabar_extractor::{Doc, Span, TokenFlags};
use serde::Deserialize;

use crate::Quotation;
use crate::attribute::{Evidence, gather};
use crate::judge::{List, judge};
use crate::lexicon::Classes;
use crate::report::{Memory, Report, Speaker, read_sentence};
use crate::words::{Context, Mention, Sign, Tagger, Word, quiet_names, read_mentions};

/// One quotation that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) span: Span,
    pub(crate) confidence: f32,
    pub(crate) quotation: Quotation,
}

/// The buffers of a worker.
#[derive(Debug, Default)]
pub(crate) struct Finder {
    words: Vec<Word>,
    /// The tokens at which a report may begin.
    cues: Vec<u32>,
    mentions: Vec<Mention>,
    quotations: Vec<khabar_arabic::Quotation>,
    around: Vec<u32>,
    memory: Memory,
    tagger: Tagger,
    found: Vec<Found>,
}

/// Deeper quotations are noise, and their texts together would be the square of the document's.
const MOST_DEEP: u32 = 8;

impl Finder {
    /// Finds the quotations of a document; the caller drains them.
    pub(crate) fn find(&mut self, doc: &Doc<'_>, indirect: bool) -> &mut Vec<Found> {
        self.memory.clear();
        self.found.clear();
        self.tagger.tag(doc, &mut self.words, &mut self.cues);
        self.quotations.clear();
        if self.words.iter().any(|word| word.sign == Sign::Open) {
            quotations(doc.text, doc.tokens, &mut self.quotations);
            self.quotations.retain(|q| q.close.is_some() && !q.inner.is_empty() && q.depth < MOST_DEEP);
        }
        if self.cues.is_empty() && self.quotations.is_empty() {
            return &mut self.found;
        }
        read_mentions(doc, &mut self.mentions);
        quiet_names(doc, &self.mentions, &mut self.words);
        self.fill_around(doc.tokens.len());
        let context = Context {
            doc,
            words: &self.words,
            mentions: &self.mentions,
            quotations: &self.quotations,
            around: &self.around,
        };
        let (mut first, mut next, mut cues) = (0, 0, self.cues.as_slice());
        let mut list = List::default();
        while first < doc.tokens.len() {
            let end = sentence_end(&context, first);
            let reports = self.memory.reports.len();
            let here;
            (here, cues) = cues.split_at(cues.iter().take_while(|at| (**at as usize) < end).count());
            if let Some(last) = here.last() {
                read_sentence(&context, first, end, *last as usize, &mut self.memory);
            }
            while let Some(quotation) = self.quotations.get(next).filter(|q| (q.open as usize) < end) {
                let reports = &self.memory.reports[reports..];
                let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
                let evidence = gather(&context, first, quotation, (open, close), reports, &self.memory);
                let verdict = judge(&context, open, close, &evidence, &mut list);
                let span = without_closing_marks(&context, open, close, quotation.inner);
                if !span.is_empty() {
                    let quotation = if verdict.speech {
                        Quotation::Speech(quote(&context, &evidence, &self.memory))
                    } else {
                        Quotation::Term
                    };
                    self.found.push(Found { span, confidence: verdict.confidence, quotation });
                }
                next += 1;
            }
            if indirect {
                for at in reports..self.memory.reports.len() {
                    let report = self.memory.reports[at];
                    let limit = self.memory.reports.get(at + 1).map_or(end, |next| next.first);
                    if let Some(span) = indirect_span(&context, &report, limit) {
                        let evidence = Evidence {
                            speaker: report.speaker,
                            cue: Some(report.cue),
                            sources: [report.sources, (0, 0)],
                            ..Evidence::default()
                        };
                        let quote = quote(&context, &evidence, &self.memory);
                        let confidence = if report.speaker.is_some() { 0.9 } else { 0.7 };
                        self.found.push(Found { span, confidence, quotation: Quotation::Indirect(quote) });
                    }
                }
            }
            first = end;
        }
        self.found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
        &mut self.found
    }

    /// Notes for every token the outermost quotation that holds it.
    fn fill_around(&mut self, tokens: usize) {
        self.around.clear();
        if self.quotations.is_empty() {
            return;
        }
        self.around.resize(tokens, 0);
        let mut filled = 0;
        for (index, quotation) in self.quotations.iter().enumerate() {
            let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
            if filled <= open && close < tokens {
                self.around[open..=close].fill(index as u32 + 1);
                filled = close + 1;
            }
        }
    }
}

/// Where the sentence ends that begins at a token. After a colon the words may stand in a line of their own.
fn sentence_end(context: &Context<'_>, first: usize) -> usize {
    let tokens = context.doc.tokens;
    let next = |first: usize| {
        let rest = tokens.get(first + 1..).unwrap_or_default().iter();
        first + 1 + rest.take_while(|t| !t.has(TokenFlags::SENTENCE_START)).count()
    };
    let end = next(first);
    let goes_on = context.word(end - 1).sign == Sign::Colon && context.word(end).sign == Sign::Open;
    if goes_on && end < tokens.len() { next(end) } else { end }
}

/// What stands between the marks, without the full stop or comma at its end.
fn without_closing_marks(context: &Context<'_>, open: usize, close: usize, inner: Span) -> Span {
    let mut last = close;
    while open + 1 < last && matches!(context.word(last - 1).sign, Sign::Stop | Sign::Comma | Sign::Colon) {
        last -= 1;
    }
    let end = if last == close { inner.end } else { context.doc.tokens[last - 1].end };
    Span::new(inner.start, end.max(inner.start))
}

/// From after أن to the end of the clause, unless the words stand between marks.
fn indirect_span(context: &Context<'_>, report: &Report, limit: usize) -> Option<Span> {
    let first = report.that? + 1;
    let mut end = limit;
    while first < end {
        let word = context.word(end - 1);
        let loose = matches!(word.sign, Sign::Stop | Sign::Comma | Sign::Colon | Sign::Open | Sign::BracketOpen)
            || word.is(Classes::AUXILIARY.with(Classes::CLAUSE))
            || matches!(context.folded(end - 1), "و" | "علي" | "كما");
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

fn quote(context: &Context<'_>, evidence: &Evidence, memory: &Memory) -> Quote {
    let mut source = Vec::new();
    for (from, to) in evidence.sources {
        for span in memory.sources.get(from..to).unwrap_or_default() {
            if !source.contains(span) {
                source.push(*span);
            }
        }
    }
    Quote {
        speaker: evidence.speaker.map(|s| s.span),
        speaker_id: evidence.speaker.and_then(|speaker| speaker_id(context, &speaker)),
        cue: evidence.cue,
        source,
    }
}

/// What is read of an entity.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    holder: Option<Cow<'a, str>>,
}

/// The id of the entity that speaks; of a title, that of its holder where it is known.
fn speaker_id(context: &Context<'_>, speaker: &Speaker) -> Option<String> {
    let mention = context.mentions.get(speaker.mention?)?;
    let entity: Named<'_> = serde_json::from_slice(mention.value(context.doc)).ok()?;
    Some(entity.holder.unwrap_or(entity.id).into_owned())
}
