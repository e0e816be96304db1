//! From the labels of the model to mentions, with what the document itself says of its names.

use khabar_arabic::hash;
use khabar_core::TokenClass;
use khabar_extractor::{Cancel, Doc, ExtractError};

use crate::Settings;
use crate::hashes::Hashes;
use crate::kind::Kind;
use crate::lexicon::Roles;
use crate::mention::{Mention, Source};
use crate::model::{Label, Model, Tagger, Vocabulary};
use crate::units::{self, Unit};

/// Words counted more often in the corpus are not taken for a surname because a document has that surname.
const COMMON: f64 = 1_000.0;
/// How far the document's other occurrences of a word draw it, in units of log-probability.
const AGREEMENT: f32 = 9.0;
/// Bytes of two proclitics: only a conjunction stands before another one.
const CONJUNCTION_AND_PREPOSITION: u8 = 4;
/// Fewest bytes of a surname that is looked for again: four letters.
const SHORTEST_SURNAME: usize = 8;

const PERSON: Label = 1;
const MISC: Label = 7;

/// Appends the mentions that the labels of a piece's words make, their places counted from the first of its words.
pub(crate) fn find(
    doc: &Doc<'_>,
    model: &Model,
    settings: &Settings,
    units: &[Unit],
    tagger: &mut Tagger,
    mentions: &mut Vec<Mention>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    tagger.agree(model, AGREEMENT, Vocabulary::scale(COMMON), cancel)?;
    split_conjunctions(units, tagger);
    propagate_surnames(units, tagger);
    cancel.check()?;
    let mut names = Hashes::default();
    let is_name = |label: Label| label != 0 && label < MISC;
    names.fill(units.iter().zip(&tagger.labels).filter(|(_, label)| is_name(**label)).map(|(unit, _)| unit.hash));
    let (mut at, mut step) = (0, 0);
    while let Some(ahead) = tagger.labels[at..].iter().position(|label| *label != 0) {
        let start = at + ahead;
        let label = tagger.labels[start];
        let goes_on = |next: &&Label| **next == label + 1;
        at = start + 1 + tagger.labels[start + 1..].iter().take_while(goes_on).count();
        push_chunk(doc, settings, units, tagger, &names, (label, start, at), mentions);
        cancel.check_at(step)?;
        step += 1;
    }
    Ok(())
}

/// `و` + name inside a person opens a new person: بوتين وويتكوف. A conjunction and a preposition open a new name of any type,
/// since no name goes on with both: للكرملين وبالكرملين.
fn split_conjunctions(units: &[Unit], tagger: &mut Tagger) {
    for ((label, known), unit) in tagger.labels.iter_mut().zip(&tagger.known).zip(units) {
        let inside = *label != 0 && label.is_multiple_of(2);
        let two = CONJUNCTION_AND_PREPOSITION <= known.skip.max(unit.word.skip);
        if *label == PERSON + 1 && known.is_conjunction() || inside && two {
            *label -= 1;
        }
    }
}

/// The last word of a person's name is that person wherever it stands alone.
fn propagate_surnames(units: &[Unit], tagger: &mut Tagger) {
    let common = Vocabulary::scale(COMMON);
    let ends = tagger.labels.iter().enumerate().filter(|(at, label)| {
        matches!(**label, PERSON | 2) && tagger.labels.get(at + 1).is_none_or(|next| *next != PERSON + 1)
    });
    let surname = |at: usize| {
        let (unit, known) = (&units[at], &tagger.known[at]);
        let long = SHORTEST_SURNAME <= unit.len().saturating_sub(known.skip.into());
        (long && known.stem_count < common).then_some(known.stem)
    };
    let mut surnames = Hashes::default();
    surnames.fill(ends.filter_map(|(at, _)| surname(at)));
    if surnames.is_empty() {
        return;
    }
    for (label, known) in tagger.labels.iter_mut().zip(&tagger.known) {
        if surnames.contains(known.stem) && *label == 0 && known.stem_count < common {
            *label = PERSON;
        }
    }
}

fn push_chunk(
    doc: &Doc<'_>,
    settings: &Settings,
    units: &[Unit],
    tagger: &Tagger,
    names: &Hashes,
    (label, mut start, mut end): (Label, usize, usize),
    mentions: &mut Vec<Mention>,
) {
    let mark = |at: usize| !matches!(units[at].class, TokenClass::Arabic | TokenClass::Word | TokenClass::Number);
    if label == PERSON && start + 1 < end && is_joined(doc, units, tagger, start) && is_dual_verb(doc, &units[end - 1])
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
    let head = units[start].word.roles;
    if head.has(Roles::PHRASE) {
        kind = match kind {
            Kind::Gpe if head.has(Roles::FAC) => Kind::Fac,
            Kind::Gpe if head.has(Roles::LOC) => Kind::Loc,
            Kind::Misc if head.has(Roles::EVENT) => Kind::Event,
            kind => kind,
        };
    }
    if !settings.anercorp && start + 1 < end && head.has(Roles::NAME) && head.any(Roles::ORG.with(Roles::GPE)) {
        // صحيفة كوميرسانت and مدينة سان بطرسبرغ: the name alone; شركة النفط الوطنية: the whole.
        let definite = units::folded(doc, &units[start + 1]).starts_with("ال");
        if !(head.has(Roles::PHRASE) && definite) {
            start += 1;
        }
    }
    let skip = proclitics(doc, units, tagger, names, start);
    mentions.push(Mention {
        start: start as u32,
        end: end as u32,
        skip,
        kind,
        entry: None,
        confidence: 0.8,
        source: Source::Model,
        span: khabar_core::Span::default(),
        holder: None,
    });
}

/// A person after another and `و`: بوتين وويتكوف.
fn is_joined(doc: &Doc<'_>, units: &[Unit], tagger: &Tagger, at: usize) -> bool {
    let after_person = at.checked_sub(1).is_some_and(|before| matches!(tagger.labels[before], PERSON | 2));
    after_person && units::folded(doc, &units[at]).starts_with('و')
}

/// The form of a verb that two people are the subject of, which stands where a name could go on: يناقشان, تبحثان. At least
/// five letters, since names such as تيران have the same ends.
fn is_dual_verb(doc: &Doc<'_>, unit: &Unit) -> bool {
    let word = units::folded(doc, unit);
    10 <= word.len() && word.starts_with(['ي', 'ت']) && word.ends_with("ان")
}

/// Bytes of proclitics before a name: those of a known form, those that corpus counts show, or one letter whose rest is
/// a name elsewhere in the document.
fn proclitics(doc: &Doc<'_>, units: &[Unit], tagger: &Tagger, names: &Hashes, at: usize) -> u16 {
    let (unit, known) = (&units[at], &tagger.known[at]);
    if unit.word.has(Roles::FIRST) || unit.word.skip != 0 {
        return unit.word.skip.into();
    }
    let word = units::folded(doc, unit);
    if known.skip != 0 {
        // فان is no ف + أن before a name.
        return if 6 + usize::from(known.skip) <= word.len() { known.skip.into() } else { 0 };
    }
    // أحمد وعزيزة: a name right after one of the same type is joined to it.
    let type_of = |at: usize| tagger.labels[at].div_ceil(2);
    if word.starts_with('و') && 8 <= word.len() && 0 < at && type_of(at - 1) == type_of(at) {
        return 2;
    }
    let rest = word.get(2..).filter(|rest| 6 <= rest.len() && word.starts_with(['و', 'ف', 'ب', 'ل', 'ك']));
    let doubled = word.starts_with("وو") && 8 < word.len();
    u16::from(doubled || rest.is_some_and(|rest| names.contains(hash(rest)))) * 2
}
