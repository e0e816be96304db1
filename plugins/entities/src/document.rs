//! What a document knows of its own names: a name that it explains once is that name everywhere in it.

use std::collections::HashMap;

use khabar_arabic::{frequency, hash, proclitics};
use khabar_core::TokenClass;
use khabar_extractor::{Cancel, DisabledRules, Doc, ExtractError};
use khabar_lexicon::inflect::has_article;

use crate::grammar::rules;
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};
use crate::mention::{Mention, RuleId, Source};
use crate::segments::{self, Segment};

/// Most words of a short name in marks behind the full one.
const GLOSS_WORDS: usize = 3;
/// Fewest bytes of a word that is looked for in the rest of the document: three letters.
const SHORTEST: usize = 6;
/// A word is rare that is counted at most so often in 8.8 million ([`frequency`]): set by hand. It is twice what a place without a
/// title needs, since here the document speaks for the name.
const RARE: u32 = 60;
/// Most words of a name behind a title that nothing else shows.
const NAME_WORDS: usize = 4;

/// Words that are names, by their hashes: the kind, and the last byte of the folded word.
type Names = HashMap<u64, (Kind, u8)>;

/// A document whose mentions have been found.
pub(crate) struct Document<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) segments: &'a [Segment],
    pub(crate) disabled: &'a DisabledRules,
}

impl Document<'_> {
    /// Adds what the document itself says of names; mentions are sorted and without overlap but for nesting, what is added
    /// has to be selected again. Whether anything was.
    pub(crate) fn add(&self, mentions: &mut Vec<Mention>, cancel: Cancel<'_>) -> Result<bool, ExtractError> {
        let before = mentions.len();
        let covered = self.covered(mentions);
        let mut found = Vec::new();
        if self.is_on(rules::TITLED) {
            let titles = mentions.iter().filter(|m| m.kind == Kind::Title);
            titles.for_each(|m| found.extend(self.titled(m, mentions, &covered)));
        }
        if self.is_on(rules::GLOSS) {
            let orgs = mentions.iter().filter(|m| m.kind == Kind::Org && m.source != Source::User);
            orgs.for_each(|m| found.extend(self.gloss(m)));
        }
        cancel.check()?;
        if self.is_on(rules::REPEATED) {
            self.repeat(mentions, &covered, &mut found, cancel)?;
        }
        mentions.extend(found);
        Ok(before != mentions.len())
    }

    fn is_on(&self, rule: RuleId) -> bool {
        !self.disabled.contains(rule.place())
    }

    fn class(&self, at: usize) -> Option<TokenClass> {
        self.segments.get(at).map(|segment| segment.class)
    }

    fn text(&self, at: usize) -> &str {
        self.segments.get(at).map_or("", |segment| segments::folded(self.doc, segment))
    }

    /// Which segments stand in a mention.
    fn covered(&self, mentions: &[Mention]) -> Vec<bool> {
        let mut covered = vec![false; self.segments.len()];
        for m in mentions {
            if let Some(words) = covered.get_mut(m.start as usize..m.end as usize) {
                words.fill(true);
            }
        }
        covered
    }

    /// Rare words behind a title, up to a mark or a word that is none of a name: وزير خارجية النرويج، إسبين بارث إيد،.
    fn titled(&self, title: &Mention, mentions: &[Mention], covered: &[bool]) -> Option<Mention> {
        let end = title.end as usize;
        let comma = self.text(end) == "," || self.text(end) == "،";
        let start = if comma { end + 1 } else { end };
        let is_rare = |at: usize| {
            let known = TriggerFlags::of(&[TriggerFlag::Stop, TriggerFlag::Norp, TriggerFlag::Title, TriggerFlag::Org]);
            let segment = self.segments.get(at)?;
            let word = self.text(at);
            let rare = segment.class == TokenClass::Arabic
                && !segment.known.flags.intersects(known)
                && segment.known.skip == 0
                && SHORTEST <= word.len()
                && !has_article(word)
                && !covered.get(at).copied().unwrap_or(true)
                && frequency(word) <= RARE
                && !self.has_proclitic(word);
            rare.then_some(())
        };
        let words = (start..start + NAME_WORDS).take_while(|at| is_rare(*at).is_some()).count();
        let stop = start + words;
        // What was found of the name: its end.
        let rest = mentions.partition_point(|m| (m.start as usize) < stop);
        if let Some(rest) =
            mentions.get(rest).filter(|m| m.start as usize == stop && m.kind == Kind::Person && m.skip == 0)
            && 0 < words
        {
            return Some(Mention::new(start..rest.end as usize, 0, Kind::Person, Source::Grammar(rules::TITLED)));
        }
        let closes = self.class(stop).is_none_or(|class| !matches!(class, TokenClass::Arabic | TokenClass::Word))
            || self.segments.get(stop).is_some_and(|segment| segment.starts_sentence);
        let enough = if comma { 2 <= words && closes } else { 2 <= words };
        enough.then(|| Mention::new(start..stop, 0, Kind::Person, Source::Grammar(rules::TITLED)))
    }

    /// Whether a word that is not rare is left without a proclitic.
    fn has_proclitic(&self, word: &str) -> bool {
        proclitics(word).any(|proclitic| word.get(proclitic.len..).is_some_and(|rest| RARE < frequency(rest)))
    }

    /// The short name in marks or brackets behind a body's name: الاتحاد الجزائري لكرة القدم (فاف).
    fn gloss(&self, body: &Mention) -> Option<Mention> {
        let open = body.end as usize;
        let quoted = self.class(open) == Some(TokenClass::QuoteOpen);
        if !quoted && self.text(open) != "(" {
            return None;
        }
        let is_close =
            |at: usize| if quoted { self.class(at) == Some(TokenClass::QuoteClose) } else { self.text(at) == ")" };
        let close = (open + 2..=open + 1 + GLOSS_WORDS).find(|at| is_close(*at))?;
        let is_name = |at: usize| {
            matches!(self.class(at), Some(TokenClass::Arabic | TokenClass::Word))
                && self.segments.get(at).is_some_and(|segment| !segment.known.has(TriggerFlag::Norp))
                && (quoted || frequency(self.text(at)) <= RARE)
        };
        let name = (open + 1..close).all(is_name) && (quoted || close == open + 2);
        name.then(|| Mention::new(open + 1..close, 0, Kind::Org, Source::Quoted(rules::GLOSS)))
    }

    /// The words that are names elsewhere in the document, where nothing was found: the short names of bodies, and surnames
    /// of people who are named in full.
    fn repeat(
        &self,
        mentions: &mut [Mention],
        covered: &[bool],
        found: &mut Vec<Mention>,
        cancel: Cancel<'_>,
    ) -> Result<(), ExtractError> {
        let mut names = Names::default();
        let one_word = |m: &&Mention| m.is_one_word() && m.kind == Kind::Org;
        let quoted = |m: &&Mention| matches!(m.source, Source::Quoted(_));
        for m in mentions.iter().chain(found.iter()).filter(one_word).filter(quoted) {
            self.note(&mut names, m.start as usize, Kind::Org);
        }
        for m in mentions.iter().chain(found.iter()).filter(|m| m.kind == Kind::Person && !m.is_one_word()) {
            self.note(&mut names, m.end as usize - 1, Kind::Person);
        }
        if names.is_empty() {
            return Ok(());
        }
        // Few words of a document end like one of a few names.
        let ending = |word: &str| 1_u64 << (word.as_bytes().last().copied().unwrap_or(0) & 63);
        let endings = names.values().fold(0, |all, (_, last)| all | 1_u64 << (last & 63));
        for (at, segment) in self.segments.iter().enumerate() {
            cancel.check_at(at)?;
            if covered[at] || segment.class != TokenClass::Arabic {
                continue;
            }
            let word = self.text(at);
            if endings & ending(word) == 0 {
                continue;
            }
            let whole = names.get(&segment.hash).map(|(kind, _)| (0, *kind));
            let cut = || {
                let rest = proclitics(word).find_map(|p| Some((p.len, names.get(&hash(word.get(p.len..)?))?.0)));
                rest.filter(|_| frequency(word) <= RARE)
            };
            if let Some((skip, kind)) = whole.or_else(cut) {
                let skip = u8::try_from(skip).unwrap_or(0);
                found.push(Mention::new(at..at + 1, skip, kind, Source::Repeated(rules::REPEATED)));
            }
        }
        // A surname that is another name as well: مالي behind روبرت مالي.
        for m in mentions.iter_mut().filter(|m| m.is_one_word() && m.source == Source::Model && m.kind != Kind::Person)
        {
            let segment = &self.segments[m.start as usize];
            let unsure = m.thing.is_none() || segment.known.has(TriggerFlag::AlsoAdjective);
            if unsure && m.skip == 0 && names.get(&segment.hash).is_some_and(|(kind, _)| *kind == Kind::Person) {
                (m.kind, m.thing) = (Kind::Person, None);
            }
        }
        Ok(())
    }

    /// Notes a rare word as a name of a kind.
    fn note(&self, names: &mut Names, at: usize, kind: Kind) {
        let Some(segment) = self.segments.get(at) else { return };
        let word = self.text(at);
        let known = TriggerFlags::of(&[TriggerFlag::Stop, TriggerFlag::Title, TriggerFlag::Norp]);
        let limit = if kind == Kind::Person { RARE * 4 } else { RARE };
        let is_name = SHORTEST <= word.len()
            && segment.class == TokenClass::Arabic
            && !segment.known.flags.intersects(known)
            && (frequency(word) <= limit || segment.known.has(TriggerFlag::AlsoAdjective));
        if is_name {
            let last = word.as_bytes().last().copied().unwrap_or(0);
            names.entry(segment.hash).or_insert((kind, last));
        }
    }
}
