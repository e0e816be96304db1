//! What is observed of words between marks.

use khabar_core::TokenClass;

use super::table::Feature;
use crate::document::{TaggedDoc, TaggedToken};
use crate::lexicon::{Class, Classes};
use crate::resolve::evidence::Evidence;

/// The quotation before, for lists of names: `قناتي "العربية" و"الحدث"`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Coordination {
    close: usize,
    /// What the words before the list say.
    before: Option<Feature>,
}

/// How many tokens of a quotation are looked at: enough to tell a name from a clause, whatever the nesting.
const LOOK: usize = 64;
/// Words of a clause that tell more than fewer of them.
const CLAUSE_WORDS: usize = 3;
/// How much each of them adds to the first.
const PER_CLAUSE_WORD: f32 = 0.25;
/// How far before a mark, in words, a naming noun stands with its adjectives: `وكالة الأنباء الرسمية "…"`.
const NAMING_PHRASE: usize = 4;
/// Most words of names that begin with أبو and the like, with an outlet, with a body.
const KIN_NAME: usize = 4;
const OUTLET_NAME: usize = 5;
const BODY_NAME: usize = 6;
/// Most words of a name that the entities know for sure; half as much tells of more.
const SURE_NAME: usize = 2;
/// Most bytes of a folded word that is short: two letters.
const SHORT: u16 = 4;
/// Bytes of the article and a proclitic, by which the entity of a quotation may begin behind its first token.
const BEFORE_NAME: u32 = 4;

/// Observes the quotation of tokens `open..=close`.
pub(crate) fn observe(
    doc: &TaggedDoc<'_>,
    (open, close): (usize, usize),
    evidence: &Evidence,
    list: &mut Coordination,
    observed: &mut Vec<(Feature, f32)>,
) {
    observed.clear();
    let inside = open + 1..close.min(open + LOOK);
    let count = |holds: &dyn Fn(usize) -> bool| inside.clone().filter(|at| holds(*at)).count();
    let words = count(&|at| doc.word(at).is_any(Classes::of(&[Class::Word, Class::Number])));
    let clause = Classes::of(&[Class::Clausal, Class::That]);
    let clausal = count(&|at| doc.word(at).is_any(clause) || doc.is_future(at)).min(CLAUSE_WORDS);
    let length = match words {
        0 => Some(Feature::NoWord),
        1 => Some(Feature::OneWord),
        2 => Some(Feature::TwoWords),
        3 => None,
        4..=6 => Some(Feature::SomeWords),
        _ => Some(Feature::ManyWords),
    };
    observed.push((Feature::Marks, 1.0));
    observed.extend(length.map(|length| (length, 1.0)));
    if clausal != 0 {
        observed.push((Feature::Clause, 1.0 + PER_CLAUSE_WORD * (clausal as f32)));
    }
    observed.extend(around(evidence).into_iter().flatten().map(|feature| (feature, 1.0)));
    let links = Classes::of(&[Class::Comma, Class::Link]);
    let goes_on =
        list.close != 0 && list.close < open && doc.first(list.close + 1, open, |word| !word.is_any(links)).is_none();
    let before = if goes_on { list.before } else { before(doc, open) };
    *list = Coordination { close, before };
    observed.extend(before.map(|before| (before, 1.0)));
    within(doc, (open, close), words, observed);
    let is_brought_in = evidence.lead.is_some_and(|lead| lead.is_direct || lead.describes)
        || evidence.heading == Some(true)
        || evidence.trail.is_some_and(|trail| trail.is_at_once);
    if words == 1 && !is_brought_in {
        // A thing that has a name: `أجهزة "السكانير"`. Of what is only called something, the article tells.
        if doc.doc.tokens.get(open + 1).is_none_or(|token| token.folded_len <= SHORT) {
            observed.push((Feature::ShortWord, 1.0));
        } else if doc.is_definite(open + 1) {
            observed.push((Feature::DefiniteWord, 1.0));
        }
    }
}

/// What the reports around a quotation say.
fn around(evidence: &Evidence) -> [Option<Feature>; 6] {
    let Evidence { lead, trail, heading, is_name, .. } = evidence;
    let direct = lead.filter(|lead| lead.is_direct);
    [
        lead.map(|_| Feature::Report),
        direct.map(|lead| if lead.describes { Feature::Described } else { Feature::Direct }),
        trail.map(|trail| match (trail.is_at_once, trail.is_named && lead.is_none()) {
            (true, _) => Feature::ReportBehind,
            (false, true) => Feature::NamedBehind,
            (false, false) => Feature::ReportLater,
        }),
        is_name.then_some(Feature::NameInReport),
        heading.map(|_| Feature::Heading),
        heading.filter(|is_direct| *is_direct).map(|_| Feature::HeadingDirect),
    ]
}

/// What the words before the mark say.
fn before(doc: &TaggedDoc<'_>, open: usize) -> Option<Feature> {
    let last = open.checked_sub(1)?;
    let is_particle = doc.is(last, Class::Particle);
    let is_article = doc.is(last, Class::Article);
    let at = if is_particle || is_article { last.saturating_sub(1) } else { last };
    let (word, previous) = (doc.word(at), at.wrapping_sub(1));
    // `أطلق عليه "…"`
    let is_given = word.is(Class::OnIt) && doc.is(previous, Class::GiveName);
    if word.is(Class::Called) || is_given {
        return Some(Feature::Called);
    }
    if word.is(Class::Slogan) {
        return Some(if doc.is(previous, Class::Under) { Feature::UnderSlogan } else { Feature::Slogan });
    }
    if doc.is(last, Class::To) {
        return Some(Feature::To);
    }
    let naming = Classes::of(&[Class::Namer, Class::Outlet, Class::OutletName, Class::Correspondent]);
    if !is_particle && word.is_any(naming) {
        // A noun with its article may as well be the subject of what is quoted: `أن المدينة "تعبت"`.
        return Some(if doc.is_definite(at) { Feature::NamingNounDefinite } else { Feature::NamingNoun });
    }
    if word.is_any(Classes::of(&[Class::Colon, Class::That])) {
        return Some(Feature::Opening);
    }
    if is_article {
        return Some(Feature::Article);
    }
    // The subject of a meeting: `ندوة حول "…"`.
    if !is_particle && word.is(Class::OnSubject) {
        return Some(Feature::SubjectOfMeeting);
    }
    // A place: `في "الكامور"`.
    let is_single = doc.closed(open) == Some(open + 2);
    if is_single && word.is(Class::PlacePreposition) && doc.is_definite(open + 1) {
        return Some(Feature::Place);
    }
    (!is_particle && is_naming_phrase(doc, at)).then_some(Feature::NamingPhrase)
}

/// Whether a token ends a noun with its adjectives or name: `وكالة الأنباء الرسمية`, `شبكة التواصل الاجتماعي`.
fn is_naming_phrase(doc: &TaggedDoc<'_>, at: usize) -> bool {
    let other = Classes::of(&[Class::Preposition, Class::That, Class::Clause]);
    let is_plain = |word: TaggedToken| word.is(Class::Word) && !word.is_any(other) && word.cue.is_none();
    (at.saturating_sub(NAMING_PHRASE)..at)
        .rev()
        .take_while(|before| is_plain(doc.word(before + 1)) && (before + 1 == at || doc.is_definite(before + 1)))
        .any(|before| doc.word(before).is_any(Classes::of(&[Class::Namer, Class::Outlet])))
}

/// What stands between the marks: a known name is a term, so are letters of another script.
fn within(doc: &TaggedDoc<'_>, (open, close): (usize, usize), words: usize, observed: &mut Vec<(Feature, f32)>) {
    let tokens = doc.doc.tokens.get(open + 1..close).unwrap_or_default();
    let Some((first, last)) = tokens.first().zip(tokens.last()) else { return };
    if !tokens.iter().take(LOOK).any(|token| token.class() == TokenClass::Arabic) {
        observed.push((Feature::OtherScript, 1.0));
    }
    // The entity layer may be misled by the marks themselves: the longer the words, the less it tells.
    let name = doc.mentions_in(open + 1, open + 2).map(|(_, mention)| mention).find(|mention| {
        mention.is_name() && mention.span.start <= first.start + BEFORE_NAME && mention.span.end == last.end
    });
    if let Some(name) = name {
        observed.push((Feature::KnownName, name.confidence * if words <= SURE_NAME { 1.0 } else { 0.5 }));
    }
    let head = doc.word(open + 1);
    if words <= KIN_NAME && head.is(Class::Kin) {
        observed.push((Feature::Kin, 1.0));
    } else if words <= OUTLET_NAME && head.is(Class::OutletName) {
        observed.push((Feature::Outlet, 1.0));
    } else if words <= BODY_NAME
        && head.is_any(Classes::of(&[Class::Body, Class::Namer, Class::OutletName]))
        && (open + 2..close.min(open + LOOK)).any(|at| doc.is_definite(at))
    {
        observed.push((Feature::Body, 1.0));
    }
}
