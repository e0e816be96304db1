//! Noun phrases that may speak, and the shortest name or phrase in them that says who.

use khabar_extractor::Span;

use crate::context::Context;
use crate::facts::Facts;
use crate::mention::{Mention, MentionKind};
use crate::sets::Set;

/// Longest noun phrase in tokens.
const LONGEST: usize = 14;

/// Most bytes of a folded word that is no more than a letter.
pub(crate) const SHORT: u16 = 2;
/// What a phrase consists of.
pub(crate) const IN_PHRASE: Facts = HEADS.with(Facts::NUMBER);
const HEADS: Facts = Facts::WORD.with(Facts::OTHER);
/// Words that are in no phrase.
const ENDS: Facts = Facts::THAT
    .with(Facts::CLAUSE)
    .with(Facts::TIME)
    .with(Facts::ACCORDING)
    .with(Facts::PRONOMINAL)
    .with(Facts::AUXILIARY);
/// Words with which no phrase begins.
const ENDS_AT_HEAD: Facts = ENDS.with(Facts::PREPOSITION).with(Facts::PARTICIPLE).with(Facts::PREFIXED);
/// Words before which a phrase may end.
pub(crate) const ENDS_BEHIND: Facts =
    ENDS.with(Facts::PREPOSITION).with(Facts::STRONG).with(Facts::OWN_CUE).with(Facts::SAYING).with(Facts::LI);

/// A noun phrase, and who it names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    /// First token.
    pub(crate) first: usize,
    /// First token after the phrase and what stands in apposition to it.
    pub(crate) end: usize,
    /// The shortest name or phrase that says who.
    pub(crate) who: Span,
    /// The entity that it is, as an index into the mentions.
    pub(crate) mention: Option<usize>,
    /// Whether its head is an outlet: `وكالة رويترز`.
    pub(crate) outlet: bool,
}

impl Context<'_> {
    /// The noun phrase that begins at a token, if one does.
    pub(crate) fn phrase(&self, first: usize, limit: usize) -> Option<Phrase> {
        self.phrase_from(first, limit, self.mentions_from(first))
    }

    /// The same, where `begin` is known: what [`Context::mentions_from`] gives for the token.
    pub(crate) fn phrase_from(&self, first: usize, limit: usize, begin: usize) -> Option<Phrase> {
        let end = self.phrase_end(first, limit, begin);
        if end <= first {
            return None;
        }
        let outlet = self.word(first).is(Facts::OUTLET.with(Facts::OUTLET_NAME));
        let phrase = |who: Span, mention: Option<usize>| Phrase { first, end, who, mention, outlet };
        let person = self.speaking_person(first, end, begin);
        if !person.is_some_and(|(at, _)| self.starts_at(at, first))
            && let Some((who, mention, end)) = self.apposition(end, limit)
        {
            return Some(Phrase { end, ..phrase(who, mention) });
        }
        if let Some((at, m)) = person.or_else(|| self.head_mention(first, end, begin)) {
            return Some(phrase(m.span, Some(at)));
        }
        let name = self.quoted_name(first, end);
        Some(phrase(name.unwrap_or_else(|| self.trimmed(first, self.name_end(first, end))), None))
    }

    /// Where the noun phrase that begins at `first` ends; `begin` is the first mention that begins there or behind.
    fn phrase_end(&self, first: usize, limit: usize, begin: usize) -> usize {
        let (limit, tokens) = (limit.min(first + LONGEST), self.doc.tokens);
        let mut at = first;
        if first < limit && !self.word(first).is(Facts::OPEN) {
            if !self.word(first).is(HEADS) || self.word(first).is(ENDS_AT_HEAD) {
                return first;
            }
            at += 1;
        }
        let (mut mentions, mut mentions_end) = (self.mentions.get(begin..).unwrap_or_default(), 0);
        while at < limit {
            let Some(stop) = self.sets.first(Set::Stops, at, limit) else { return limit };
            at = stop;
            let word = self.word(at);
            if word.is(Facts::OPEN) {
                match self.opened(at).and_then(|q| q.close) {
                    // A name between marks belongs to the noun before it: `حركة "النهضة"`.
                    Some(close) if (close as usize) - at < 8 && self.names_before(at) => {
                        at = close as usize + 1;
                        continue;
                    }
                    _ => break,
                }
            }
            if !word.is(IN_PHRASE) {
                break;
            }
            // Whether the token stands inside a mention that began between `first` and it.
            let before = tokens[at - 1].end;
            while let Some((mention, rest)) = mentions.split_first().filter(|(m, _)| m.span.start < before) {
                (mentions, mentions_end) = (rest, mention.span.end.max(mentions_end));
            }
            if mentions_end <= tokens[at].start && self.ends_phrase(at) {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether the phrase ends before a word behind its head.
    fn ends_phrase(&self, at: usize) -> bool {
        let word = self.word(at);
        // عدد من الطلبة
        let goes_on = word.is(Facts::FROM) && self.word(at - 1).is(Facts::QUANTITY);
        let addressee = Facts::OUTLET.with(Facts::OUTLET_NAME).with(Facts::CORRESPONDENT);
        word.is(ENDS.with(Facts::OWN_CUE).with(Facts::SAYING))
            || self.short(at)
            || (word.is(Facts::PREPOSITION) && !goes_on)
            || (word.is(Facts::STRONG) && word.is(Facts::FINITE.with(Facts::PARTICIPLE)))
            || (word.is(Facts::LI) && word.is(addressee))
    }

    /// Where a name ends that an office follows: `فريد صالح` of `فريد صالح محامي الرئيس`.
    fn name_end(&self, first: usize, end: usize) -> usize {
        let known = Facts::ROLE.with(Facts::BODY).with(Facts::OUTLET).with(Facts::QUANTITY);
        if self.word(first).is(Facts::CLASSES) || self.definite(first) {
            return end;
        }
        (first + 2..end.min(first + 5)).find(|at| self.word(*at).is(known)).unwrap_or(end)
    }

    /// Whether the noun before a mark is of the kind that has a name.
    fn names_before(&self, open: usize) -> bool {
        open.checked_sub(1).is_some_and(|before| {
            self.word(before).is(Facts::NAMER.with(Facts::OUTLET).with(Facts::BODY).with(Facts::ROLE))
        })
    }

    fn starts_at(&self, mention: usize, token: usize) -> bool {
        let tokens = self.doc.tokens;
        let before = token.checked_sub(1).map_or(0, |before| tokens[before].end);
        self.mentions.get(mention).is_some_and(|m| before <= m.span.start && m.span.start < tokens[token].end)
    }

    /// The first person of a phrase who is not part of a title (`مستشار بوتين`), if the phrase may be about that person.
    fn speaking_person(&self, first: usize, end: usize, begin: usize) -> Option<(usize, &Mention<'_>)> {
        let mut title_end = 0;
        for (at, mention) in self.mentions_until(begin, end) {
            match mention.kind {
                MentionKind::Title => title_end = title_end.max(mention.span.end),
                MentionKind::Person if title_end <= mention.span.start => {
                    // An enclosed person: `محامي فلان`, `للرئيس فلان`. Such a name begins within a token.
                    let tokens = &self.doc.tokens[first..end];
                    let token = tokens.partition_point(|token| token.end <= mention.span.start);
                    let taken = token != 0 && tokens[token].start < mention.span.start;
                    if !taken {
                        return Some((at, mention));
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// A title, a body or a place at the head of the phrase.
    fn head_mention(&self, first: usize, end: usize, begin: usize) -> Option<(usize, &Mention<'_>)> {
        let head = Facts::NAMER.with(Facts::OUTLET).with(Facts::BODY);
        let reach = if self.word(first).is(head) { first + 2 } else { first + 1 };
        let found = self.mentions_until(begin, end.min(reach));
        found.filter(|(_, m)| m.kind <= MentionKind::Gpe).min_by_key(|(_, m)| (m.span.start, m.kind))
    }

    /// The name between marks in a phrase such as `صحيفة "الشروق"`.
    fn quoted_name(&self, first: usize, end: usize) -> Option<Span> {
        let open = (first..end.min(first + 3)).find(|at| self.word(*at).is(Facts::OPEN))?;
        self.opened(open).map(|q| q.inner)
    }

    /// A name between commas after a phrase of office: `كاتب الدولة للتجارة، فيصل الحفيان، أن`.
    fn apposition(&self, end: usize, limit: usize) -> Option<(Span, Option<usize>, usize)> {
        // مستشار السياسة الخارجية في الكرملين، يوري أوشاكوف،
        let comma = (end..limit.min(end + 7)).find(|at| !self.word(*at).is(Facts::WORD.with(Facts::OTHER)))?;
        if !self.word(comma).is(Facts::COMMA) {
            return None;
        }
        if (end..comma).any(|at| self.word(at).is(Facts::THAT.with(Facts::CLAUSE).with(Facts::CUE))) {
            return None;
        }
        let first = comma + 1;
        let person = self.mention_at(first).filter(|(_, m)| m.kind == MentionKind::Person);
        if let Some((at, m)) = person {
            let after = self.token_at(m.span.end);
            return Some((m.span, Some(at), after));
        }
        let close = (first..limit.min(first + 6)).find(|at| {
            let word = self.word(*at);
            !word.is(Facts::WORD) || word.is(Facts::THAT)
        })?;
        let known = |at: usize| self.word(at).is(Facts::CLASSES.with(Facts::CUE));
        let name = (2..=4).contains(&(close - first)) && !(first..close).any(known);
        let closed = self.word(close).is(Facts::COMMA.with(Facts::THAT));
        (name && closed).then(|| (self.span(first, close), None, close))
    }

    /// The words of a phrase, at most eight of them.
    fn trimmed(&self, first: usize, end: usize) -> Span {
        self.span(first, end.min(first + 8))
    }
}
