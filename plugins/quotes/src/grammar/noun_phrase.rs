//! Noun phrases that may speak, and the shortest name or phrase in them that says who.

use khabar_extractor::Span;

use crate::document::{TaggedDoc, TaggedToken};
use crate::lexicon::{Class, Classes, CueForm, KNOWN};
use crate::mention::{Mention, MentionKind};

/// Longest noun phrase in tokens: `المتحدث الرسمي باسم وزارة الشؤون الخارجية والتعاون الدولي` has eight.
const LONGEST: usize = 14;
/// Most tokens of a name between marks within a phrase: `حزب "حركة نداء تونس الجديد"`.
const LONGEST_QUOTED: usize = 8;
/// Most words of a phrase that are given as the speaker where no entity is known.
const LONGEST_SPEAKER: usize = 8;
/// Most words of a phrase of office behind which a name may follow between commas: `… في الكرملين، يوري أوشاكوف،`.
const LONGEST_OFFICE: usize = 7;
/// Words of a name that nobody knows: `فتحي العدواني`, not one word and no more than four.
const NAME_WORDS: std::ops::RangeInclusive<usize> = 2..=4;

/// What a phrase consists of.
const IN_PHRASE: Classes = Classes::of(&[Class::Word, Class::Other, Class::Number]);
const HEADS: Classes = Classes::of(&[Class::Word, Class::Other]);
/// Words that are in no phrase.
const ENDS: Classes =
    Classes::of(&[Class::That, Class::Clause, Class::Time, Class::According, Class::Pronominal, Class::Auxiliary]);
/// The nouns that head a name: `قناة الجزيرة`.
const TAKES_NAME: Classes = Classes::of(&[Class::Namer, Class::Outlet, Class::Body]);

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
    pub(crate) is_outlet: bool,
}

impl TaggedDoc<'_> {
    /// The noun phrase that begins at a token, if one does.
    pub(crate) fn phrase(&self, first: usize, limit: usize) -> Option<Phrase> {
        self.phrase_from(first, limit, self.mentions_from(first))
    }

    /// The same, where `begin` is known: what [`TaggedDoc::mentions_from`] gives for the token.
    pub(crate) fn phrase_from(&self, first: usize, limit: usize, begin: usize) -> Option<Phrase> {
        let end = self.phrase_end(first, limit, begin);
        if end <= first {
            return None;
        }
        let is_outlet = self.word(first).is_any(Classes::of(&[Class::Outlet, Class::OutletName]));
        let phrase = |who: Span, mention: Option<usize>| Phrase { first, end, who, mention, is_outlet };
        let person = self.speaking_person(first, end, begin);
        if !person.is_some_and(|(at, _)| self.starts_at(at, first))
            && let Some((who, mention, end)) = self.apposition(end, limit)
        {
            return Some(Phrase { end, ..phrase(who, mention) });
        }
        if let Some((at, mention)) = person.or_else(|| self.head_mention(first, end, begin)) {
            return Some(phrase(mention.span, Some(at)));
        }
        let name = self.quoted_name(first, end);
        let words = || self.span(first, self.name_end(first, end).min(first + LONGEST_SPEAKER));
        Some(phrase(name.unwrap_or_else(words), None))
    }

    /// Where the noun phrase that begins at `first` ends; `begin` is the first mention that begins there or behind.
    fn phrase_end(&self, first: usize, limit: usize, begin: usize) -> usize {
        let (limit, tokens) = (limit.min(first + LONGEST), self.doc.tokens);
        let mut at = first;
        if first < limit && !self.is(first, Class::Open) {
            if !self.begins_phrase(first) {
                return first;
            }
            at += 1;
        }
        let (mut mentions, mut mentions_end) = (self.mentions.get(begin..).unwrap_or_default(), 0);
        while at < limit {
            let word = self.word(at);
            if word.is(Class::Open) {
                // A name between marks belongs to the noun before it: `حركة "النهضة"`.
                match self.closed(at) {
                    Some(close) if close - at < LONGEST_QUOTED && self.names_before(at) => at = close + 1,
                    _ => break,
                }
                continue;
            }
            if !word.is_any(IN_PHRASE) {
                break;
            }
            if self.ends_phrase(at) {
                // Not inside a mention that began between `first` and the token.
                let before = tokens[at - 1].end;
                while let Some((mention, rest)) = mentions.split_first().filter(|(m, _)| m.span.start < before) {
                    (mentions, mentions_end) = (rest, mention.span.end.max(mentions_end));
                }
                if mentions_end <= tokens[at].start {
                    break;
                }
            }
            at += 1;
        }
        at
    }

    /// Whether a phrase may begin with a word.
    fn begins_phrase(&self, at: usize) -> bool {
        let word = self.word(at);
        word.is_any(HEADS)
            && !word.is_any(ENDS.with(Class::Preposition))
            && !word.has_prefix()
            && !word.is(Class::NoSpeaker)
            && !word.is_cue(|cue| cue.form == CueForm::Participle)
    }

    /// Whether the phrase ends before a word behind its head.
    fn ends_phrase(&self, at: usize) -> bool {
        let word = self.word(at);
        // عدد من الطلبة
        let goes_on = word.is(Class::From) && self.is(at - 1, Class::Quantity);
        let addressee = Classes::of(&[Class::Outlet, Class::OutletName, Class::Correspondent]);
        word.is_any(ENDS.with(Class::Saying))
            || word.is_cue(|cue| cue.form == CueForm::Own)
            || self.is_letter(at)
            || (word.is(Class::Preposition) && !goes_on)
            || word.is_cue(|cue| !cue.weak && matches!(cue.form, CueForm::Finite | CueForm::Participle))
            || (has_lam(word) && word.is_any(addressee))
    }

    /// Where a name ends that an office follows: `فريد صالح` of `فريد صالح محامي الرئيس`.
    fn name_end(&self, first: usize, end: usize) -> usize {
        let known = Classes::of(&[Class::Role, Class::Body, Class::Outlet, Class::Quantity]);
        if self.word(first).is_any(KNOWN) || self.is_definite(first) {
            return end;
        }
        let after = first + NAME_WORDS.start();
        self.first(after, end.min(after + 3), |word| word.is_any(known)).unwrap_or(end)
    }

    /// Whether the noun before a mark is of the kind that has a name.
    fn names_before(&self, open: usize) -> bool {
        open.checked_sub(1).is_some_and(|before| self.word(before).is_any(TAKES_NAME.with(Class::Role)))
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
        let reach = if self.word(first).is_any(TAKES_NAME) { first + 2 } else { first + 1 };
        let found = self.mentions_until(begin, end.min(reach));
        found.filter(|(_, m)| m.kind <= MentionKind::Gpe).min_by_key(|(_, m)| (m.span.start, m.kind))
    }

    /// The name between marks in a phrase such as `صحيفة "الشروق"`.
    fn quoted_name(&self, first: usize, end: usize) -> Option<Span> {
        let open = self.first(first, end.min(first + 3), |word| word.is(Class::Open))?;
        self.opened(open).map(|quotation| quotation.inner)
    }

    /// A name between commas after a phrase of office: `كاتب الدولة للتجارة، فيصل الحفيان، أن`. It gives the name, its entity,
    /// and the token behind it.
    fn apposition(&self, end: usize, limit: usize) -> Option<(Span, Option<usize>, usize)> {
        let comma = self.first(end, limit.min(end + LONGEST_OFFICE), |word| !word.is_any(HEADS))?;
        let is_other_clause =
            |word: TaggedToken| word.is_any(Classes::of(&[Class::That, Class::Clause])) || word.cue.is_some();
        if !self.is(comma, Class::Comma) || self.first(end, comma, is_other_clause).is_some() {
            return None;
        }
        // `وزير الخارجية البحريني، الشيخ خالد بن أحمد، أن`
        let title = |at: usize| {
            self.mention_at(at)
                .is_some_and(|(_, m)| m.kind == MentionKind::Title && self.token_at(m.span.end) == at + 1)
        };
        let mut first = comma + 1;
        if title(first) && self.mention_at(first + 1).is_some_and(|(_, m)| m.kind == MentionKind::Person) {
            first += 1;
        }
        if self.is(first, Class::NoSpeaker) {
            return None;
        }
        if let Some((at, person)) = self.mention_at(first).filter(|(_, m)| m.kind == MentionKind::Person) {
            return Some((person.span, Some(at), self.token_at(person.span.end)));
        }
        let reach = limit.min(first + NAME_WORDS.end() + 2);
        let close = self.first(first, reach, |word| !word.is(Class::Word) || word.is(Class::That))?;
        let is_name = NAME_WORDS.contains(&(close - first))
            && self.first(first, close, |word| word.is_any(KNOWN) || word.cue.is_some()).is_none();
        let is_closed = self.word(close).is_any(Classes::of(&[Class::Comma, Class::That]));
        (is_name && is_closed).then(|| (self.span(first, close), None, close))
    }
}

/// Whether ل is written with a word.
pub(super) fn has_lam(word: TaggedToken) -> bool {
    word.clitics.has(khabar_lexicon::Proclitic::Lam)
}
