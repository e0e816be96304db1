//! Brings quotations and reports together.

use khabar_arabic::Quotation;
use khabar_extractor::Span;

use crate::context::Context;
use crate::facts::Facts;
use crate::few::Few;
use crate::mention::MentionKind;
use crate::report::{Memory, Report, Speaker};
use crate::sources::Range;

/// What is known of a quotation before it is judged.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) speaker: Option<Speaker>,
    pub(crate) cue: Option<Span>,
    /// Sources of the report that leads, and of the one that follows.
    pub(crate) sources: [Range; 2],
    /// The report before it, and whether nothing but its complement stands between.
    pub(crate) leads: bool,
    pub(crate) direct: bool,
    /// The report before it says what somebody called something.
    pub(crate) describes: bool,
    /// A report that follows at once, or later in the sentence.
    pub(crate) trails: bool,
    pub(crate) trails_at_once: bool,
    /// `الكرملين: …` at the head of a line.
    pub(crate) heading: bool,
    /// It names the speaker or an outlet of the report around it.
    pub(crate) name: bool,
    /// The report that follows names its speaker.
    pub(crate) trail_names: bool,
}

/// `على حد تعبيره`
const ON: Few<1> = Few::of(["علي"]);
/// Prepositions that stand for themselves before a mark.
const PROCLITICS: Few<4> = Few::of(["ب", "ل", "ك", "بال"]);

/// How many reports before and after a quotation are looked at.
const NEAR: usize = 8;

/// Gathers what the sentence of tokens `first..end` says of a quotation in it; `reports` are those of the sentence.
pub(crate) fn gather(
    context: &Context<'_>,
    first: usize,
    quotation: &Quotation,
    (open, close): (usize, usize),
    reports: &[Report],
    memory: &Memory,
) -> Evidence {
    let mut evidence = Evidence::default();
    // Reports stand in the order of their cues; a few around the quotation decide, however many a sentence holds.
    let before = reports.partition_point(|r| r.token < open);
    let behind = reports.partition_point(|r| r.token <= close);
    let near = &reports[before.saturating_sub(NEAR)..reports.len().min(behind + NEAR)];
    let lead = near.iter().rev().find(|r| r.token < open && !r.trailing);
    let trail = near.iter().find(|r| close < r.token && r.trailing);
    evidence.name = near.iter().any(|r| {
        let speaks = r.speaker.is_some_and(|s| s.span == quotation.inner);
        let hears = memory.sources.of(r.sources).iter().any(|s| s.contains(quotation.inner));
        speaks || hears || (r.token < open && open < r.content && !r.trailing)
    });
    if let Some(trail) = trail {
        evidence.trails = true;
        evidence.trails_at_once = trail.token <= close + 2 + usize::from(context.is_any(close + 2, &ON));
        evidence.cue = Some(trail.cue);
        evidence.speaker = trail.speaker;
        evidence.trail_names = trail.named;
        evidence.sources[1] = trail.sources;
    }
    if let Some(lead) = lead {
        evidence.leads = true;
        evidence.describes = lead.describes;
        evidence.direct = is_direct(context, lead, open);
        evidence.sources[0] = lead.sources;
        let own = trail.is_some_and(|t| evidence.trails_at_once && t.named);
        if !own || evidence.direct {
            evidence.cue = Some(lead.cue);
            evidence.speaker = lead.speaker.or(evidence.speaker);
        }
    }
    if lead.is_none() && trail.is_none() {
        let opens_sentence = open <= first + 3 && (first..open).all(|at| !context.word(at).is(Facts::WORD));
        if let Some((speaker, direct)) = heading(context, first, open) {
            evidence.heading = true;
            evidence.speaker = Some(speaker);
            evidence.direct = direct;
        } else if opens_sentence && !context.line_start(first) && 6 <= close - open {
            // `"…". "…"`: it goes on.
            evidence.speaker = memory.last_speaker(Facts::NONE);
        }
    }
    evidence
}

/// Whether a quotation stands where the report says that words begin.
fn is_direct(context: &Context<'_>, report: &Report, open: usize) -> bool {
    if context.word(open - 1).is(Facts::THAT) {
        return true;
    }
    if report.stated {
        return open <= report.content;
    }
    // رحب بـ"…", دعا إلى "…", قائلا "…", وقال في بيان "…"
    open <= report.after + 24
        && (report.after..open).all(|at| {
            let word = context.word(at);
            let light = Facts::PREPOSITION.with(Facts::PRONOMINAL).with(Facts::TIME).with(Facts::UTTERANCE);
            word.is(light) || !word.is(Facts::WORD) || context.is_any(at, &PROCLITICS)
        })
}

/// `الكرملين: حوار "بناء"`: who stands before a colon at the head of a line or sentence, and whether the words follow it.
fn heading(context: &Context<'_>, first: usize, open: usize) -> Option<(Speaker, bool)> {
    let colon = (first..open.min(first + 8)).find(|at| context.word(*at).is(Facts::COLON))?;
    let direct = colon + 1 == open;
    if first == colon {
        return None;
    }
    let mut best: Option<(usize, Span, MentionKind)> = None;
    for (index, mention) in context.mentions_in(first, colon) {
        let may = mention.kind <= MentionKind::Fac || (direct && mention.kind == MentionKind::Gpe);
        if may && best.is_none_or(|(_, _, kind)| mention.kind < kind) {
            best = Some((index, mention.span, mention.kind));
        }
    }
    if let Some((index, span, _)) = best {
        let speaker = Speaker { span, mention: Some(index), agreement: Facts::NONE };
        return Some((speaker, direct));
    }
    let stop = Facts::PREPOSITION.with(Facts::TIME).with(Facts::CLAUSE);
    let words = (first..colon).all(|at| context.word(at).is(Facts::WORD) && !context.word(at).is(stop));
    let speaks = context.word(first).is(Facts::ROLE.with(Facts::BODY));
    (words && colon - first <= 5 && ((direct && first + 1 < colon) || speaks)).then(|| {
        let span = context.span(first, colon);
        (Speaker { span, mention: None, agreement: Facts::NONE }, direct)
    })
}
