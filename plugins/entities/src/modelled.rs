//! From the labels of the model to mentions, with what the document itself says of its names.

use khabar_arabic::{frequency, hash};
use khabar_core::TokenClass;
use khabar_extractor::{Cancel, Doc, ExtractError};
use khabar_lexicon::inflect::{has_dual_verb_shape, without_article};
use khabar_lexicon::{Proclitic, Takes};

use crate::config::Settings;
use crate::crf::{Decoder, HashSet64, Label, Model, Vocabulary};
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};
use crate::mention::{Mention, Source};
use crate::segments::{self, Segment};

/// Words counted more often in the corpus are not taken for a surname because a document has that surname.
const COMMON: f64 = 1_000.0;
/// How far the document's other occurrences of a word draw it, in units of log-probability.
const CONSISTENCY: f32 = 9.0;
/// Bytes of two proclitics: only a conjunction stands before another one.
const CONJUNCTION_AND_PREPOSITION: u8 = 4;
/// Fewest bytes of a surname that is looked for again: four letters.
const SHORTEST_SURNAME: usize = 8;

/// Bytes of a proclitic.
const PROCLITIC: usize = 2;
/// Fewest bytes of a name behind a proclitic: three letters.
const SHORTEST_NAME: usize = 6;
/// Most bytes of a word with two و in front that is one itself: four letters.
const SHORTEST_DOUBLED: usize = 8;
const WA: char = Proclitic::Wa.letter();

const PERSON: Label = 1;
const MISC: Label = 7;

/// The words of a document's names.
struct Names {
    /// All.
    any: HashSet64,
    /// Those inside of a person's name, which bear no proclitic.
    inner: HashSet64,
}

/// Appends the mentions that the labels of a piece's words make, their places counted from the first of its words.
pub(crate) fn find(
    doc: &Doc<'_>,
    model: &Model,
    settings: &Settings,
    segments: &[Segment],
    decoder: &mut Decoder,
    mentions: &mut Vec<Mention>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    decoder.make_consistent(model, CONSISTENCY, Vocabulary::scale(COMMON), cancel)?;
    split_conjunctions(doc, segments, decoder);
    propagate_surnames(segments, decoder);
    cancel.check()?;
    let mut names = HashSet64::default();
    let is_name = |label: Label| label != 0 && label < MISC;
    names.fill(
        segments.iter().zip(&decoder.labels).filter(|(_, label)| is_name(**label)).map(|(segment, _)| segment.hash),
    );
    let mut inner = HashSet64::default();
    let is_inner = |label: Label| label == PERSON + 1;
    inner.fill(
        segments.iter().zip(&decoder.labels).filter(|(_, label)| is_inner(**label)).map(|(segment, _)| segment.hash),
    );
    let names = Names { any: names, inner };
    let (mut at, mut step) = (0, 0);
    while let Some(ahead) = decoder.labels[at..].iter().position(|label| *label != 0) {
        let start = at + ahead;
        let label = decoder.labels[start];
        let goes_on = |next: &&Label| **next == label + 1;
        at = start + 1 + decoder.labels[start + 1..].iter().take_while(goes_on).count();
        push_chunk(doc, settings, segments, decoder, &names, (label, start, at), mentions);
        cancel.check_at(step)?;
        step += 1;
    }
    Ok(())
}

/// `و` + name inside a person opens a new person: بوتين وويتكوف. A conjunction and a preposition open a new name of any type,
/// since no name goes on with both: للكرملين وبالكرملين.
fn split_conjunctions(doc: &Doc<'_>, segments: &[Segment], decoder: &mut Decoder) {
    let mut names = HashSet64::default();
    let labelled = segments.iter().zip(&decoder.labels).filter(|(_, label)| **label == PERSON);
    names.fill(labelled.map(|(segment, _)| segment.hash));
    // Another name of the document is left, or a name that begins with و itself.
    let joins = |segment: &Segment| {
        let word = segments::folded(doc, segment);
        word.strip_prefix(WA)
            .is_some_and(|rest| rest.starts_with(WA) || 0 < frequency(rest) || names.contains(hash(rest)))
    };
    for ((label, known), segment) in decoder.labels.iter_mut().zip(&decoder.known).zip(segments) {
        let inside = *label != 0 && label.is_multiple_of(2);
        let two = CONJUNCTION_AND_PREPOSITION <= known.skip.max(segment.known.skip);
        // Of two words that no corpus knows و may be a letter of the name: بوتش ويلمور.
        let is_joined = known.is_conjunction() && (known.skip != 0 || joins(segment));
        if *label == PERSON + 1 && is_joined || inside && two {
            *label -= 1;
        }
    }
}

/// The last word of a person's name is that person wherever it stands alone.
fn propagate_surnames(segments: &[Segment], decoder: &mut Decoder) {
    let common = Vocabulary::scale(COMMON);
    let ends = decoder.labels.iter().enumerate().filter(|(at, label)| {
        matches!(**label, PERSON | 2) && decoder.labels.get(at + 1).is_none_or(|next| *next != PERSON + 1)
    });
    let surname = |at: usize| {
        let (segment, known) = (&segments[at], &decoder.known[at]);
        let long = SHORTEST_SURNAME <= segment.len().saturating_sub(known.skip.into());
        (long && known.stem_count < common).then_some(known.stem)
    };
    let mut surnames = HashSet64::default();
    surnames.fill(ends.filter_map(|(at, _)| surname(at)));
    if surnames.is_empty() {
        return;
    }
    for (label, known) in decoder.labels.iter_mut().zip(&decoder.known) {
        if surnames.contains(known.stem) && *label == 0 && known.stem_count < common {
            *label = PERSON;
        }
    }
}

fn push_chunk(
    doc: &Doc<'_>,
    settings: &Settings,
    segments: &[Segment],
    decoder: &Decoder,
    names: &Names,
    (label, mut start, mut end): (Label, usize, usize),
    mentions: &mut Vec<Mention>,
) {
    let mark = |at: usize| !matches!(segments[at].class, TokenClass::Arabic | TokenClass::Word | TokenClass::Number);
    if label == PERSON
        && start + 1 < end
        && is_joined(doc, segments, decoder, start)
        && has_dual_verb_shape(segments::folded(doc, &segments[end - 1]))
    {
        end -= 1;
    }
    while start < end && mark(start) {
        start += 1;
    }
    while start < end && mark(end - 1) {
        end -= 1;
    }
    if start == end || (label == MISC && !settings.misc) {
        return;
    }
    let mut kind = match label {
        1 | 2 => Kind::Person,
        3 | 4 => Kind::Gpe,
        5 | 6 => Kind::Org,
        _ => Kind::Misc,
    };
    let head = segments[start].known.flags;
    if head.contains(TriggerFlag::Phrase) {
        kind = match kind {
            Kind::Gpe if head.contains(TriggerFlag::Fac) => Kind::Fac,
            Kind::Gpe if head.contains(TriggerFlag::Loc) => Kind::Loc,
            Kind::Misc if head.contains(TriggerFlag::Event) => Kind::Event,
            kind => kind,
        };
    }
    if !settings.anercorp
        && start + 1 < end
        && head.contains(TriggerFlag::Name)
        && head.intersects(TriggerFlags::of(&[TriggerFlag::Org, TriggerFlag::Gpe]))
    {
        // صحيفة كوميرسانت and مدينة سان بطرسبرغ: the name alone; شركة النفط الوطنية: the whole.
        let definite = without_article(segments::folded(doc, &segments[start + 1])).is_some();
        if !(head.contains(TriggerFlag::Phrase) && definite) {
            start += 1;
        }
    }
    let skip = proclitics(doc, segments, decoder, names, start);
    mentions.push(Mention { skip, ..Mention::new(start..end, 0, kind, Source::Model) });
}

/// A person after another and `و`: بوتين وويتكوف.
fn is_joined(doc: &Doc<'_>, segments: &[Segment], decoder: &Decoder, at: usize) -> bool {
    let after_person = at.checked_sub(1).is_some_and(|before| matches!(decoder.labels[before], PERSON | 2));
    after_person && segments::folded(doc, &segments[at]).starts_with(WA)
}

/// Bytes of proclitics before a name: those of a known form, those that corpus counts show, or one letter whose rest is
/// a name elsewhere in the document.
fn proclitics(doc: &Doc<'_>, segments: &[Segment], decoder: &Decoder, names: &Names, at: usize) -> u16 {
    let (segment, known) = (&segments[at], &decoder.known[at]);
    // ديفيد لامي, then لامي: the letter is the name's.
    if decoder.labels[at].div_ceil(2) == 1 && names.inner.contains(segment.hash) {
        return 0;
    }
    // وفاق is a club, though فاق is a word.
    if segment.known.has(TriggerFlag::Club) && segment.known.skip == 0 {
        return 0;
    }
    let of_world = segment.known.has(TriggerFlag::WorldFirst) && !segment.known.has(TriggerFlag::First);
    if !of_world && (segment.known.has(TriggerFlag::First) || segment.known.skip != 0) {
        return segment.known.skip.into();
    }
    let word = segments::folded(doc, segment);
    if known.skip != 0 {
        // فان is no ف + أن before a name.
        return if SHORTEST_NAME + usize::from(known.skip) <= word.len() { known.skip.into() } else { 0 };
    }
    // أحمد وعزيزة: a name right after one of the same type is joined to it.
    let type_of = |at: usize| decoder.labels[at].div_ceil(2);
    let rest = word.get(PROCLITIC..).filter(|rest| SHORTEST_NAME <= rest.len());
    if word.starts_with(WA) && rest.is_some() && 0 < at && type_of(at - 1) == type_of(at) {
        return PROCLITIC as u16;
    }
    let is_proclitic = word.chars().next().and_then(Proclitic::of).is_some_and(|first| Takes::ALL.takes(first));
    let is_name = rest.is_some_and(|rest| is_proclitic && names.any.contains(hash(rest)));
    // وولفغانغ is as it is in few names; most that begin with two are joined: وويتكوف.
    let is_doubled = word.strip_prefix(WA).is_some_and(|rest| rest.starts_with(WA)) && SHORTEST_DOUBLED < word.len();
    if is_name || is_doubled { PROCLITIC as u16 } else { 0 }
}
