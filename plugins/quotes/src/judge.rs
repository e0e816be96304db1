//! Speech or term: whether words between marks are reported, or the marks only set off a name.

use khabar_core::TokenClass;

use crate::attribute::Evidence;
use crate::context::Context;
use crate::facts::Facts;
use crate::few::Few;
use crate::mention::MentionKind;

/// How a quotation was judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) speech: bool,
    /// 0.5 to 1.
    pub(crate) confidence: f32,
}

/// The quotation before, for lists of names: `قناتي "العربية" و"الحدث"`.
#[derive(Debug, Default)]
pub(crate) struct List {
    close: usize,
    /// What the words before the list say.
    before: f32,
}

/// Judges the quotation of tokens `open..=close`. Each observation has a weight; above zero it is speech.
///
/// The weights were set by hand on real news and say how telling an observation is beside the others: a naming noun
/// before the mark outweighs a report around it, words that follow a colon or أن outweigh all.
pub(crate) fn judge(context: &Context<'_>, open: usize, close: usize, evidence: &Evidence, list: &mut List) -> Verdict {
    let mut score = -2.0_f32;
    let Counts { words, clausal } = count(context, open, close);
    score += match words {
        0 => -8.0,
        1 => -1.0,
        2 => -0.5,
        3 => 0.0,
        4..=6 => 1.5,
        _ => 4.0,
    };
    score += if clausal == 0 { 0.0 } else { 2.0 + 0.5 * (clausal as f32) };
    if evidence.leads {
        score += 3.2;
        if evidence.direct {
            score += if evidence.describes { 5.0 } else { 3.0 };
        }
    }
    if evidence.trails {
        score += match (evidence.trails_at_once, evidence.trail_names && !evidence.leads) {
            (true, _) => 3.0,
            (false, true) => 3.2,
            (false, false) => 1.5,
        };
    }
    if evidence.name {
        score -= 6.0;
    }
    if evidence.heading {
        score += if evidence.direct { 5.0 } else { 3.5 };
    }
    let goes_on = list.close != 0 && list.close < open && (list.close + 1..open).all(|at| links(context, at));
    let said = if goes_on { list.before } else { before(context, open) };
    *list = List { close, before: said };
    score += said;
    score += inside(context, open, close, words);
    let described = evidence.direct || evidence.describes || evidence.trails_at_once;
    if words == 1 && !described {
        // A thing that has a name: `أجهزة "السكانير"`. Of what is only called something, the article tells.
        score -= if context.doc.tokens.get(open + 1).is_none_or(|token| token.folded_len <= 4) {
            3.0
        } else if context.definite(open + 1) {
            1.5
        } else {
            0.0
        };
    }
    Verdict { speech: 0.0 < score, confidence: 1.0 - 0.5 * (-score.abs() / 3.0).exp() }
}

/// How many tokens of a quotation are looked at: enough to tell a name from a clause, whatever the nesting.
const LOOK: usize = 64;

/// Whether a token links the members of a list.
fn links(context: &Context<'_>, at: usize) -> bool {
    context.word(at).is(Facts::COMMA.with(Facts::LINK))
}

/// What a quotation consists of.
struct Counts {
    /// Its words; seven are as good as more.
    words: usize,
    /// Words that only a clause has: negations, pronouns, `كان`, `هناك`, a verb with `س`; three are as good as more.
    clausal: usize,
}

fn count(context: &Context<'_>, open: usize, close: usize) -> Counts {
    let (mut words, mut clausal) = (0, 0);
    let inside = open + 1..close.min(open + LOOK);
    let tokens = context.doc.tokens.get(inside.clone()).unwrap_or_default();
    for (word, token) in context.words.get(inside).unwrap_or_default().iter().zip(tokens) {
        words += usize::from(word.is(Facts::WORD.with(Facts::NUMBER)));
        clausal += usize::from(word.is(Facts::CLAUSAL.with(Facts::THAT)) | context.is_future(token, *word));
    }
    Counts { words: words.min(7), clausal: clausal.min(3) }
}

/// Proclitics that stand for themselves before a mark: `تنظيم بـ"…"`.
const PROCLITICS: Few<7> = Few::of(["ب", "ل", "ك", "و", "لل", "بال", "وال"]);
const ARTICLE: Few<1> = Few::of(["ال"]);
const TO: Few<2> = Few::of(["ل", "ول"]);
/// `أطلق عليه`
const GAVE: Few<6> = Few::of(["اطلق", "اطلقت", "يطلق", "تطلق", "اطلقوا", "يطلقون"]);
const UNDER: Few<1> = Few::of(["تحت"]);
const ABOUT: Few<1> = Few::of(["حول"]);
const PLACES: Few<3> = Few::of(["في", "من", "الي"]);
/// How names of people begin: `أبو فلان`.
const KIN: Few<6> = Few::of(["ابو", "ابي", "ابا", "ام", "بن", "ابن"]);

/// What the words before the mark say.
fn before(context: &Context<'_>, open: usize) -> f32 {
    let Some(last) = open.checked_sub(1) else { return 0.0 };
    let mut at = last;
    let particle = context.is_any(at, &PROCLITICS);
    let article = context.is_any(at, &ARTICLE);
    if (particle || article) && at != 0 {
        at -= 1;
    }
    let word = context.word(at);
    // `أطلق عليه "…"`
    let on = word.is(Facts::PRONOMINAL) && context.folded(at).starts_with("علي");
    let given = on && context.is_any(at.wrapping_sub(1), &GAVE);
    if word.is(Facts::CALLED) || given {
        return -6.0;
    }
    if word.is(Facts::SLOGAN) {
        return if context.is_any(at.wrapping_sub(1), &UNDER) { -4.0 } else { 2.0 };
    }
    if context.is_any(last, &TO) {
        return -4.0;
    }
    let namer = Facts::NAMER.with(Facts::OUTLET).with(Facts::OUTLET_NAME).with(Facts::CORRESPONDENT);
    if !particle && word.is(namer) {
        // A noun with its article may as well be the subject of what is quoted: `أن المدينة "تعبت"`.
        return if context.definite(at) { -3.0 } else { -6.0 };
    }
    if word.is(Facts::COLON.with(Facts::THAT)) {
        return 4.0;
    }
    if article {
        return -3.0;
    }
    // The subject of a meeting: `ندوة حول "…"`.
    if !particle && context.is_any(at, &ABOUT) {
        return -4.0;
    }
    // A place: `في "الكامور"`.
    let single = context.opened(open).and_then(|q| q.close).is_some_and(|close| close as usize == open + 2);
    if single && context.is_any(at, &PLACES) && context.definite(open + 1) {
        return -1.5;
    }
    // A noun with its adjectives or name: `وكالة الأنباء الرسمية "…"`, `شبكة التواصل الاجتماعي "فايسبوك"`.
    let namer = Facts::NAMER.with(Facts::OUTLET);
    let plain = |at: usize| {
        let word = context.word(at);
        word.is(Facts::WORD) && !word.is(Facts::PREPOSITION.with(Facts::THAT).with(Facts::CLAUSE).with(Facts::CUE))
    };
    let named = (at.saturating_sub(4)..at)
        .rev()
        .take_while(|before| plain(before + 1) && (before + 1 == at || context.definite(before + 1)))
        .any(|before| context.word(before).is(namer));
    if !particle && named { -3.0 } else { 0.0 }
}

/// What stands between the marks: a known name is a term, so are letters of another script.
fn inside(context: &Context<'_>, open: usize, close: usize, words: usize) -> f32 {
    let tokens = &context.doc.tokens[open + 1..close];
    let head = &tokens[..tokens.len().min(LOOK)];
    let Some((first, last)) = tokens.first().zip(tokens.last()) else { return -4.0 };
    let mut score = 0.0;
    let arabic = head.iter().any(|t| t.class() == TokenClass::Arabic);
    if !arabic {
        score -= 6.0;
    }
    // The entity layer may be misled by the marks themselves: the longer the words, the less it tells.
    let whole = context.mentions_in(open + 1, open + 2).map(|(_, m)| m).find(|m| {
        !matches!(m.kind, MentionKind::Norp | MentionKind::Title)
            && first.start + 4 >= m.span.start
            && m.span.end == last.end
    });
    if let Some(mention) = whole {
        score -= mention.confidence * if words <= 2 { 6.0 } else { 3.0 };
    }
    if words <= 4 && context.is_any(open + 1, &KIN) {
        return score - 4.0;
    }
    if context.word(open + 1).is(Facts::OUTLET_NAME) && words <= 5 {
        return score - 4.0;
    }
    let construct = || (open + 2..close.min(open + LOOK)).any(|at| context.definite(at));
    let named = Facts::BODY.with(Facts::NAMER).with(Facts::OUTLET_NAME);
    if words <= 6 && context.word(open + 1).is(named) && construct() {
        score -= 4.0;
    }
    score
}
