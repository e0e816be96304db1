//! Brings a quotation and the reports around it together.

use khabar_arabic::Quotation;
use khabar_extractor::Span;

use super::Discourse;
use crate::document::TaggedDoc;
use crate::lexicon::{Agreement, Class, Classes};
use crate::mention::MentionKind;
use crate::report::{Report, Speaker};

/// How many reports before and after a quotation are looked at.
const NEAR: usize = 8;
/// How far behind its report a quotation stands that is still its words: `وقال في بيان نشره على صفحته أمس "…"`.
const DIRECT: usize = 24;
/// Longest heading in tokens, up to its colon: `المتحدث باسم الكرملين: …`.
const HEADING: usize = 8;
/// Most words of a heading that nobody knows.
const HEADING_WORDS: usize = 5;
/// The fewest tokens of a quotation that goes on with the one before it: `"…". "…"`.
const GOES_ON: usize = 6;

/// How a report stands to a quotation before which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lead {
    /// The place of its rule among those of reports.
    pub(crate) rule: usize,
    /// The quotation stands where the report says that words begin.
    pub(crate) is_direct: bool,
    /// It says what somebody called something.
    pub(crate) describes: bool,
}

/// How a report stands to a quotation behind which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trail {
    /// The place of its rule among those of reports.
    pub(crate) rule: usize,
    /// It follows at once, not later in the sentence.
    pub(crate) is_at_once: bool,
    /// It names its speaker.
    pub(crate) is_named: bool,
}

/// What is known of a quotation before it is classified.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) cue: Option<Span>,
    /// The outlets of the report that leads, then of the one that follows.
    pub(crate) sources: Vec<Span>,
    pub(crate) lead: Option<Lead>,
    pub(crate) trail: Option<Trail>,
    /// `الكرملين: …` at the head of a line, and whether the words follow the colon at once.
    pub(crate) heading: Option<bool>,
    /// It names the speaker or an outlet of a report around it.
    pub(crate) is_name: bool,
}

/// Collects what the sentence whose first token is `first` says of a quotation in it.
pub(crate) fn collect(doc: &TaggedDoc<'_>, first: usize, quotation: &Quotation, discourse: &Discourse) -> Evidence {
    let (open, close) = (quotation.open as usize, quotation.close.unwrap_or(0) as usize);
    let reports = &discourse.reports;
    let mut evidence = Evidence::default();
    // Reports stand in the order of their cues; a few around the quotation decide, however many a sentence holds.
    let before = reports.partition_point(|report| report.token < open);
    let behind = reports.partition_point(|report| report.token <= close);
    let near = &reports[before.saturating_sub(NEAR)..reports.len().min(behind + NEAR)];
    let lead = near.iter().rev().find(|report| report.token < open && !report.is_trailing);
    let trail = near.iter().find(|report| close < report.token && report.is_trailing);
    evidence.is_name = near.iter().any(|report| {
        let speaks = report.speaker.is_some_and(|speaker| speaker.span == quotation.inner);
        let hears = report.sources.as_slice().iter().any(|source| source.contains(quotation.inner));
        speaks || hears || (report.token < open && open < report.content && !report.is_trailing)
    });
    if let Some(trail) = trail {
        // على حد تعبيره
        let reach = close + 2 + usize::from(doc.is(close + 2, Class::LimitPreposition));
        let is_at_once = trail.token <= reach;
        evidence.trail = Some(Trail { rule: trail.rule, is_at_once, is_named: trail.is_named() });
        (evidence.cue, evidence.speaker) = (Some(trail.cue), trail.speaker);
    }
    if let Some(lead) = lead {
        let is_direct = is_direct(doc, lead, open);
        evidence.lead = Some(Lead { rule: lead.rule, is_direct, describes: lead.describes });
        let is_trails_own = evidence.trail.is_some_and(|trail| trail.is_at_once && trail.is_named);
        if !is_trails_own || is_direct {
            evidence.cue = Some(lead.cue);
            evidence.speaker = lead.speaker.or(evidence.speaker);
        }
    }
    if let Some(report) = lead.or(trail) {
        let mut sources = report.sources.clone();
        trail.into_iter().for_each(|trail| sources.add_all(doc.doc.text, &trail.sources));
        evidence.sources = sources.into_vec();
    } else if let Some((speaker, is_direct)) = heading(doc, first, open) {
        (evidence.speaker, evidence.heading) = (Some(speaker), Some(is_direct));
    } else {
        let opens_sentence = open <= first + 3 && doc.first(first, open, |word| word.is(Class::Word)).is_none();
        if opens_sentence && !doc.starts_line(first) && GOES_ON <= close - open {
            // `"…". "…"`: it goes on.
            evidence.speaker = discourse.last_speaker(Agreement::Unknown).map(Speaker::inherited);
        }
    }
    evidence
}

/// Whether a quotation stands where the report says that words begin.
fn is_direct(doc: &TaggedDoc<'_>, report: &Report, open: usize) -> bool {
    if doc.is(open - 1, Class::That) {
        return true;
    }
    if report.is_stated {
        return open <= report.content;
    }
    // رحب بـ"…", دعا إلى "…", قائلا "…", وقال في بيان "…"
    let light = Classes::of(&[
        Class::Preposition,
        Class::Pronominal,
        Class::Time,
        Class::Utterance,
        Class::PrepositionParticle,
    ]);
    let is_between = doc.first(report.after, open, |word| word.is(Class::Word) && !word.is_any(light)).is_none();
    open <= report.after + DIRECT && is_between
}

/// `الكرملين: حوار "بناء"`: who stands before a colon at the head of a line or sentence, and whether the words follow it.
fn heading(doc: &TaggedDoc<'_>, first: usize, open: usize) -> Option<(Speaker, bool)> {
    let colon = doc.first(first, open.min(first + HEADING), |word| word.is(Class::Colon))?;
    let is_direct = colon + 1 == open;
    if first == colon {
        return None;
    }
    let speaks = |kind: MentionKind| kind <= MentionKind::Fac || (is_direct && kind == MentionKind::Gpe);
    let names = doc.mentions_in(first, colon).filter(|(_, mention)| speaks(mention.kind));
    if let Some((index, mention)) = names.min_by_key(|(_, mention)| mention.kind) {
        let speaker = Speaker::named(mention.span, Some(index));
        return Some((speaker, is_direct));
    }
    let stops = Classes::of(&[Class::Preposition, Class::Time, Class::Clause]);
    let is_phrase = doc.first(first, colon, |word| !word.is(Class::Word) || word.is_any(stops)).is_none();
    let speaks = doc.word(first).is_any(Classes::of(&[Class::Role, Class::Body]));
    let is_speaker = colon - first <= HEADING_WORDS && ((is_direct && first + 1 < colon) || speaks);
    (is_phrase && is_speaker).then(|| (Speaker::named(doc.span(first, colon), None), is_direct))
}
