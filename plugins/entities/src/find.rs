//! Finding: from the words of a document to its mentions.

use khabar_core::TokenClass;
use khabar_extractor::{Cancel, Doc, ExtractError};

use crate::grammar::Grammar;
use crate::identity::Keys;
use crate::kind::Kind;
use crate::lexicon::{Lexicon, Roles};
use crate::mention::{Mention, Source, select};
use crate::model::{AHEAD, Model, Tagger};
use crate::pieces::{self, LONGEST_SENTENCE};
use crate::units::{self, Unit, Words};
use crate::{Settings, statistical};

/// What a worker keeps between documents.
#[derive(Default)]
pub(crate) struct Work {
    pub(crate) units: Vec<Unit>,
    pub(crate) mentions: Vec<Mention>,
    /// Those of the model alone.
    modelled: Vec<Mention>,
    names: Vec<Option<(u32, Kind)>>,
    /// The units of which the lexicon knows something.
    known: Vec<u32>,
    words: Words,
    tagger: Tagger,
    pub(crate) keys: Keys,
}

/// Finds the mentions of a document and leaves them in `work`, sorted by start, longest first; fails where it is cancelled.
pub(crate) fn find(
    doc: &Doc<'_>,
    lexicon: &Lexicon,
    model: &Model,
    settings: &Settings,
    work: &mut Work,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    units::split(doc, &mut work.units, cancel)?;
    let Work { units, mentions, modelled, names, known, words, tagger, .. } = work;
    known.clear();
    modelled.clear();
    let mut end = 0;
    while end < units.len() {
        let first = end;
        end = pieces::end(units, first);
        let units = &mut units[first..end];
        let before = known.len();
        read(doc, lexicon, model, (units, known, words, tagger), cancel)?;
        known[before..].iter_mut().for_each(|at| *at += first as u32);
        let before = modelled.len();
        statistical::find(doc, model, settings, units, tagger, modelled, cancel)?;
        for mention in &mut modelled[before..] {
            (mention.start, mention.end) = (mention.start + first as u32, mention.end + first as u32);
        }
    }
    let known = || known.iter().map(|at| *at as usize);
    mentions.clear();
    known_names(lexicon, units, known(), mentions, cancel)?;
    quoted_names(doc, units, known(), mentions, cancel)?;
    let lexical = mentions.len();
    mentions.append(modelled);
    reconcile(lexicon, settings, units, mentions, lexical);
    cancel.check()?;
    names.clear();
    names.resize(mentions.iter().map(|m| m.start as usize + 1).max().unwrap_or(0), None);
    for mention in mentions.iter().filter(|m| m.kind != Kind::Misc) {
        let name = &mut names[mention.start as usize];
        if name.is_none_or(|(end, _)| end < mention.end) {
            *name = Some((mention.end, mention.kind));
        }
    }
    let grammar = Grammar { doc, units, names, bare: !settings.anercorp };
    for (step, at) in known().enumerate() {
        cancel.check_at(step)?;
        let word = units[at].word;
        if word.has(Roles::NORP) && !after_language(doc, units, at) {
            mentions
                .push(mention(at, at + 1, word.skip, Kind::Norp, Source::Norp).known(lexicon.fact(word.form).entry));
        }
        if let Some(found) = grammar.phrase(at)
            && !(settings.anercorp && found.kind != Kind::Title)
        {
            mentions.push(mention(at, found.end, found.skip as u8, found.kind, Source::Grammar));
        }
    }
    cancel.check()?;
    select(mentions, units.len());
    inner_titles(units, mentions);
    for (step, mention) in mentions.iter_mut().enumerate() {
        cancel.check_at(step)?;
        let (first, last) = (&units[mention.start as usize], &units[mention.end as usize - 1]);
        mention.span = units::span(doc, first, mention.skip.into(), last);
    }
    Ok(())
}

/// The hashes of the next [`AHEAD`] units from one on.
fn hashes(units: &[Unit], from: usize) -> impl Iterator<Item = u64> {
    units.get(from..).unwrap_or_default().iter().take(AHEAD).map(|unit| unit.hash)
}

/// Notes on every unit of a piece what the lexicon knows of it, adds to `known` the places of those of which it knows
/// something, and labels all sentences.
fn read(
    doc: &Doc<'_>,
    lexicon: &Lexicon,
    model: &Model,
    (units, known, words, tagger): (&mut [Unit], &mut Vec<u32>, &mut Words, &mut Tagger),
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    tagger.clear();
    tagger.reserve(units.len());
    let mut sentence = 0;
    tagger.prefetch(model, hashes(units, 0));
    for first in (0..units.len()).step_by(AHEAD) {
        cancel.check()?;
        tagger.find_all(model, hashes(units, first), |number| units::folded(doc, &units[first + number]));
        // Memory answers while the words before are gone over.
        tagger.prefetch(model, hashes(units, first + AHEAD));
        let (mut found, mut count) = ([0; AHEAD], 0);
        for (number, unit) in units[first..].iter_mut().take(AHEAD).enumerate() {
            if unit.starts_sentence || sentence + LONGEST_SENTENCE <= first + number {
                tagger.end_sentence();
                tagger.label_many(model, cancel)?;
                sentence = first + number;
            }
            let note = tagger.push_found(model, number, unit.hash, || units::folded(doc, unit));
            if matches!(unit.class, TokenClass::Arabic | TokenClass::Word) {
                unit.word = words.word(lexicon, note, || units::folded(doc, unit));
                // Without a branch, since no processor foresees which words are known.
                found[count] = (first + number) as u32;
                count += usize::from(unit.word.roles != Roles::default());
            }
        }
        known.extend_from_slice(&found[..count]);
    }
    tagger.end_sentence();
    tagger.label_unless(model, cancel)
}

/// Brings what the model found together with the names that are known. `known` mentions, sorted, stand before the
/// model's, which are sorted too.
fn reconcile(lexicon: &Lexicon, settings: &Settings, units: &[Unit], mentions: &mut Vec<Mention>, known: usize) {
    let (lexical, modelled) = mentions.split_at_mut(known);
    let overlapping = |list: &[Mention], m: &Mention| -> (usize, usize) {
        (list.partition_point(|other| other.end <= m.start), list.partition_point(|other| other.start < m.end))
    };
    for m in modelled.iter_mut() {
        let (from, to) = overlapping(lexical, m);
        let same = lexical[from..to].iter_mut().find(|l| (l.start, l.end) == (m.start, m.end));
        match same {
            Some(l) if agrees(l.kind, m.kind) => {
                m.source = l.source.max(m.source);
                (m.kind, m.entry, m.skip) = (l.kind, l.entry, l.skip);
            }
            // A city's name that is a person's here: context decides.
            Some(l)
                if l.source == Source::Lexicon
                    && l.end == l.start + 1
                    && m.kind == Kind::Person
                    && !units[l.start as usize].word.has(Roles::DEFINITE) =>
            {
                l.source = Source::Norp;
            }
            Some(_) if settings.anercorp => {}
            Some(l) => (m.kind, m.entry, m.skip, m.source) = (l.kind, l.entry, l.skip, l.source),
            None => adopt_weak(lexicon, units, m),
        }
    }
    // One word that is a nisba is a people rather than a person, unless a full name says otherwise.
    let lone_norp = |m: &Mention| {
        !settings.anercorp
            && m.kind == Kind::Person
            && m.source == Source::Model
            && m.end == m.start + 1
            && units[m.start as usize].word.has(Roles::NORP)
    };
    let modelled = modelled.to_vec();
    let mut at = 0;
    mentions.retain(|m| {
        at += 1;
        if known < at || m.source >= Source::Quoted {
            return !lone_norp(m);
        }
        let (from, to) = overlapping(&modelled, m);
        let same = modelled[from..to].iter().any(|other| (other.start, other.end) == (m.start, m.end));
        let contradicted = same || m.source == Source::Norp;
        !contradicted && !settings.anercorp
    });
}

/// Whether a known kind is a finer form of what the model says.
fn agrees(known: Kind, modelled: Kind) -> bool {
    match modelled {
        Kind::Gpe | Kind::Loc | Kind::Fac => matches!(known, Kind::Gpe | Kind::Loc | Kind::Fac),
        Kind::Misc => matches!(known, Kind::Event | Kind::Product | Kind::Loc),
        kind => known == kind,
    }
}

/// A name that is also another word is known after all, where the model says that it is a name.
fn adopt_weak(lexicon: &Lexicon, units: &[Unit], m: &mut Mention) {
    let first = &units[m.start as usize];
    let rest = &units[m.start as usize + 1..m.end as usize];
    if let Some(phrase) = lexicon.whole_name(first.word.form, rest.iter().map(|unit| unit.hash)) {
        let kind = lexicon.entries[phrase.entry as usize].kind;
        if agrees(kind, m.kind) {
            (m.kind, m.entry, m.skip) = (kind, Some(phrase.entry), first.word.skip.into());
        }
    }
}

fn mention(start: usize, end: usize, skip: u8, kind: Kind, source: Source) -> Mention {
    Mention {
        start: start as u32,
        end: end as u32,
        skip: skip.into(),
        kind,
        entry: None,
        confidence: 0.9,
        source,
        span: khabar_core::Span::default(),
        holder: None,
    }
}

impl Mention {
    fn known(self, entry: u32) -> Self {
        Self { entry: Some(entry), ..self }
    }
}

/// The names of the lexicon, the longest at each place; a weak one where the words before it say that it is a name.
fn known_names(
    lexicon: &Lexicon,
    units: &[Unit],
    known: impl Iterator<Item = usize>,
    mentions: &mut Vec<Mention>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let mut end = 0;
    for (step, at) in known.enumerate() {
        cancel.check_at(step)?;
        let word = units[at].word;
        if at < end || !word.has(Roles::FIRST) {
            continue;
        }
        let following = units.get(at + 1..).unwrap_or_default().iter().take_while(|unit| !unit.starts_sentence);
        let is_introduced = introduced(units, at);
        let name =
            lexicon.longest_name(word.form, following.map(|unit| unit.hash), |phrase| !phrase.weak || is_introduced);
        if let Some((phrase, more)) = name {
            end = at + 1 + more;
            let kind = lexicon.entries[phrase.entry as usize].kind;
            let source = if phrase.user { Source::User } else { Source::Lexicon };
            mentions.push(mention(at, end, word.skip, kind, source).known(phrase.entry));
        }
    }
    Ok(())
}

/// A head that names follow stands before the unit.
fn introduced(units: &[Unit], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| units[before].word.has(Roles::NAME))
}

/// Names in quotation marks after a head: صحيفة "كوميرسانت", منصته الاجتماعية "تروث سوشال", قناتي "العربية" و"الحدث".
fn quoted_names(
    doc: &Doc<'_>,
    units: &[Unit],
    known: impl Iterator<Item = usize>,
    mentions: &mut Vec<Mention>,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let grammar = Grammar { doc, units, names: &[], bare: false };
    let lexical = mentions.len();
    for (step, at) in known.enumerate() {
        cancel.check_at(step)?;
        let roles = units[at].word.roles;
        if !roles.any(Roles::ORG.with(Roles::PRODUCT).with(Roles::EVENT).with(Roles::FAC)) {
            continue;
        }
        let kind = if roles.has(Roles::ORG) {
            Kind::Org
        } else if roles.has(Roles::EVENT) {
            Kind::Event
        } else if roles.has(Roles::FAC) {
            Kind::Fac
        } else {
            Kind::Product
        };
        // One adjective may stand between: منصته الاجتماعية "تروث سوشال".
        let mut open = at + 1;
        if units.get(open).is_some_and(|u| u.class == TokenClass::Arabic && units::folded(doc, u).ends_with(['ه', 'ي']))
        {
            open += 1;
        }
        while let Some(end) = grammar.quoted_once(open) {
            mentions.push(mention(open + 1, end, 0, kind, Source::Quoted));
            if units.get(end + 1).is_none_or(|u| units::folded(doc, u) != "و") {
                break;
            }
            open = end + 2;
        }
    }
    adopt_entries(mentions, lexical);
    Ok(())
}

/// What quotation marks found takes the place of known names inside it, and the entry of one that covers it.
fn adopt_entries(mentions: &mut Vec<Mention>, known: usize) {
    let (lexical, quoted) = mentions.split_at_mut(known);
    for q in quoted.iter_mut() {
        let at = lexical.partition_point(|m| m.start < q.start);
        if let Some(m) = lexical.get(at).filter(|m| (m.start, m.end, m.kind) == (q.start, q.end, q.kind)) {
            (q.entry, q.skip) = (m.entry, m.skip);
        }
    }
    let quoted: Vec<Mention> = quoted.to_vec();
    mentions.retain(|m| {
        m.source != Source::Lexicon || {
            let at = quoted.partition_point(|q| q.end <= m.start);
            quoted.get(at).is_none_or(|q| m.end <= q.start)
        }
    });
    mentions.sort_by_key(|m| (m.start, m.end));
}

/// After اللغة a nisba is a language.
fn after_language(doc: &Doc<'_>, units: &[Unit], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| units::folded(doc, &units[before]).ends_with("لغه"))
}

/// A title inside a title counts where it stands for a person, with the article or a pronoun: the الرئيس الروسي of مبعوث
/// الرئيس الروسي, but not the رئيس مجلس الأمن of نائب رئيس مجلس الأمن.
fn inner_titles(units: &[Unit], mentions: &mut Vec<Mention>) {
    let mut end = 0;
    mentions.retain(|m| {
        if m.kind != Kind::Title {
            return true;
        }
        let inner = m.end <= end;
        end = end.max(m.end);
        let roles = units[m.start as usize].word.roles;
        !inner || roles.any(Roles::DEFINITE.with(Roles::PRONOUN))
    });
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;

    use super::*;
    use crate::{Entities, pieces};

    #[test]
    fn what_the_model_needs_is_kept_for_a_piece_and_places_are_those_of_the_document() {
        let text = format!("{}\n\nوصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت", "<".repeat(4 * pieces::MOST));
        let mut analysis = Analysis::default();
        analysis.analyze(&text);
        let mut work = Work::default();
        let entities = Entities::default();
        let doc = Doc::new("", &text, &analysis);
        entities.find(&doc, &mut work, Cancel::NEVER).expect("nobody cancels");
        let found: Vec<_> = work.mentions.iter().filter_map(|m| m.span.of(&text)).collect();
        assert_eq!(found, ["الرئيس الفرنسي", "الفرنسي", "إيمانويل ماكرون", "بيروت"]);
        assert!(work.tagger.capacity() < 3 * pieces::MOST, "{} words are kept", work.tagger.capacity());
    }
}
