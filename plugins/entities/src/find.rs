//! Finding: from the words of a document to its mentions.

use khabar_core::TokenClass;
use khabar_extractor::{Cancel, Doc, ExtractError};

use crate::amend::Amender;
use crate::config::Settings;
use crate::crf::{Decoder, Model, Words};
use crate::document::Document;
use crate::grammar::{Grammar, rules};
use crate::kind::Kind;
use crate::lexicon::Lexicon;
use crate::mention::{Mention, Source};
use crate::merge::{Merger, select};
use crate::modelled;
use crate::pieces;
use crate::resolve::Keys;
use crate::segments::{self, FormLookup, Segment};

/// What a worker keeps between documents.
#[derive(Default)]
pub(crate) struct Work {
    pub(crate) segments: Vec<Segment>,
    pub(crate) mentions: Vec<Mention>,
    /// Those of the model alone.
    modelled: Vec<Mention>,
    /// For each segment the end and kind of the name that begins there.
    names: Vec<Option<(u32, Kind)>>,
    /// The segments of which the lexicon knows something.
    known: Vec<u32>,
    lookup: FormLookup,
    decoder: Decoder,
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
    segments::split(doc, &mut work.segments, cancel)?;
    label(doc, lexicon, model, settings, work, cancel)?;
    let Work { segments, mentions, modelled, names, known, .. } = work;
    let known = || known.iter().map(|at| *at as usize);
    let grammar = |names| Grammar { doc, segments, names, bare: !settings.anercorp, disabled: settings.disabled };
    mentions.clear();
    grammar(&[]).known_names(lexicon, known(), mentions, cancel)?;
    grammar(&[]).quoted_names(known(), mentions, cancel)?;
    let merger = Merger { lexicon, settings, segments };
    merger.merge(mentions, modelled);
    if !settings.anercorp {
        Amender { doc, segments, disabled: &settings.disabled }.amend(mentions);
    }
    cancel.check()?;
    begin_names(mentions, names);
    let grammar = grammar(names);
    for (step, at) in known().enumerate() {
        cancel.check_at(step)?;
        mentions.extend(grammar.norp(lexicon, at));
        if let Some(found) = grammar.phrase(at)
            && !(settings.anercorp && found.kind != Kind::Title)
        {
            let skip = segments[at].known.skip;
            mentions.push(Mention::new(at..found.end, skip, found.kind, Source::Grammar(found.rule)));
        }
    }
    cancel.check()?;
    let bodies_nest = !settings.disabled.contains(rules::INNER_ORG.place());
    select(mentions, segments.len(), bodies_nest);
    if !settings.anercorp {
        let document = Document { doc, segments, disabled: &settings.disabled };
        if document.add(mentions, cancel)? {
            select(mentions, segments.len(), bodies_nest);
        }
    }
    merger.drop_inner_titles(mentions);
    for (step, mention) in mentions.iter_mut().enumerate() {
        cancel.check_at(step)?;
        let (first, last) = (&segments[mention.start as usize], &segments[mention.end as usize - 1]);
        mention.span = segments::span(doc, first, mention.skip.into(), last);
    }
    Ok(())
}

/// Reads the words of a document and finds what the model says of them, a piece at a time.
fn label(
    doc: &Doc<'_>,
    lexicon: &Lexicon,
    model: &Model,
    settings: &Settings,
    work: &mut Work,
    cancel: Cancel<'_>,
) -> Result<(), ExtractError> {
    let Work { segments, modelled, known, lookup, decoder, .. } = work;
    known.clear();
    modelled.clear();
    let mut end = 0;
    while end < segments.len() {
        let first = end;
        end = pieces::end(segments, first);
        let piece = &mut segments[first..end];
        decoder.label_words(model, &mut Piece { doc, lexicon, segments: piece, known, lookup, first }, cancel)?;
        let before = modelled.len();
        modelled::find(doc, model, settings, piece, decoder, modelled, cancel)?;
        for mention in &mut modelled[before..] {
            (mention.start, mention.end) = (mention.start + first as u32, mention.end + first as u32);
        }
    }
    Ok(())
}

/// Notes where names begin, the longest at each place: what the grammar takes for a name.
fn begin_names(mentions: &[Mention], names: &mut Vec<Option<(u32, Kind)>>) {
    names.clear();
    names.resize(mentions.iter().map(|m| m.start as usize + 1).max().unwrap_or(0), None);
    for mention in mentions.iter().filter(|m| m.kind != Kind::Misc) {
        let name = &mut names[mention.start as usize];
        if name.is_none_or(|(end, _)| end < mention.end) {
            *name = Some((mention.end, mention.kind));
        }
    }
}

/// The words of a piece as the decoder reads them; what the lexicon knows of each is noted on it.
struct Piece<'a> {
    doc: &'a Doc<'a>,
    lexicon: &'a Lexicon,
    segments: &'a mut [Segment],
    /// The places of those of which the lexicon knows something.
    known: &'a mut Vec<u32>,
    lookup: &'a mut FormLookup,
    /// The place of the first in the document.
    first: usize,
}

impl Words for Piece<'_> {
    fn len(&self) -> usize {
        self.segments.len()
    }

    #[inline]
    fn hash(&self, at: usize) -> u64 {
        self.segments[at].hash
    }

    #[inline]
    fn folded(&self, at: usize) -> &str {
        segments::folded(self.doc, &self.segments[at])
    }

    #[inline]
    fn starts_sentence(&self, at: usize) -> bool {
        self.segments[at].starts_sentence
    }

    #[inline]
    fn take(&mut self, at: usize, note: &mut u32) {
        let segment = &mut self.segments[at];
        if matches!(segment.class, TokenClass::Arabic | TokenClass::Word) {
            segment.known = self.lookup.known(self.lexicon, note, || segments::folded(self.doc, segment));
            if !segment.known.flags.is_empty() {
                self.known.push((self.first + at) as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use khabar_arabic::Analysis;

    use super::*;
    use crate::{Config, Entities, pieces};

    #[test]
    fn what_the_model_needs_is_kept_for_a_piece_and_places_are_those_of_the_document() {
        let text = format!("{}\n\nوصل الرئيس الفرنسي إيمانويل ماكرون إلى بيروت", "<".repeat(4 * pieces::MOST));
        let mut analysis = Analysis::default();
        analysis.analyze(&text);
        let mut work = Work::default();
        let entities = Entities::new(Config::default()).expect("built in");
        let doc = Doc::new("", &text, &analysis);
        entities.mentions(&doc, &mut work, Cancel::NEVER).expect("nobody cancels");
        let found: Vec<_> = work.mentions.iter().filter_map(|m| m.span.of(&text)).collect();
        assert_eq!(found, ["الرئيس الفرنسي", "الفرنسي", "إيمانويل ماكرون", "بيروت"]);
        assert!(work.decoder.capacity() < 3 * pieces::MOST, "{} words are kept", work.decoder.capacity());
    }
}
