//! The complement of a cue: أن, a colon or a mark that begins the words, and the outlets named before it.

use khabar_extractor::Span;

use super::Sentence;
use super::noun_phrase::{Phrase, has_lam};
use crate::document::TaggedToken;
use crate::lexicon::{Class, Classes, CueForm};
use crate::mention::MentionKind;
use crate::report::Sources;

/// Farthest that أن, a colon or a quotation mark stands from its cue, in tokens: an office, a name and an occasion between
/// them are some thirty.
const REACH: usize = 40;
/// Most words of outlets in a row before the name of one: `لمراسل وكالة الأنباء`.
const OUTLET_WORDS: usize = 4;
/// Most words of an outlet's name that nobody knows: `الجوهرة أف أم`.
const OUTLET_NAME: usize = 4;
/// Most tokens of a name between marks, the marks included: `قناة "الجزيرة مباشر"`.
const QUOTED_NAME: usize = 6;
/// Most tokens between marks before an أن that may still be a name: `حذر "مركز الدراسات" من أن`.
pub(super) const QUOTED_SUBJECT: usize = 7;
/// Most tokens of the subject of a meeting between marks, and how far behind it أن or a colon stands: `في ندوة حول "…" أن`.
const QUOTED_TOPIC: usize = 14;
const BEHIND_TOPIC: usize = 25;
/// How near to its cue a pronoun that speaks (`قوله`) ends the complement.
const OWN_CUE: usize = 6;
/// How far behind a cue عن brings in whom an outlet hands on: `نقلت وكالة الأنباء الرسمية عن`.
const ABOUT: usize = 8;

/// How far behind `جاء في` the words of the document begin.
const IN_DOCUMENT: usize = 16;

/// Where words may begin.
pub(crate) const OPENINGS: Classes = Classes::of(&[Class::That, Class::Colon, Class::Open]);

/// What a cue is completed by.
#[derive(Debug, Default)]
pub(crate) struct Complement {
    /// The أن that begins the words.
    pub(crate) that: Option<usize>,
    /// A colon begins them.
    pub(crate) colon: bool,
    /// A mark begins them.
    pub(crate) quote: bool,
    /// The token at which they begin, if they follow.
    pub(crate) content: usize,
    /// The first token after the last outlet or name before them.
    pub(crate) gap: usize,
    /// The outlets before them.
    pub(crate) sources: Sources,
}

impl Complement {
    /// Whether أن or a colon says where the words begin.
    pub(crate) fn is_stated(&self) -> bool {
        self.that.is_some() || self.colon
    }
}

impl Sentence<'_, '_> {
    /// Looks from a token on for أن, a colon or words between marks, noting outlets before them.
    pub(crate) fn complement(&self, from: usize) -> Complement {
        let doc = self.doc;
        let limit = self.end.min(from + REACH);
        let mut found = Complement { content: from, gap: from, ..Complement::default() };
        let mut at = from;
        while let Some(sign) = doc.first(at, limit, says_something) {
            at = sign;
            let word = doc.word(at);
            if word.is(Class::Colon) {
                return Complement { colon: true, content: at + 1, ..found };
            }
            if word.is(Class::Open) {
                match doc.closed(at) {
                    Some(close) if self.is_name_between_marks(at, close) || self.is_setting(from, at, close) => {
                        (at, found.gap) = (close + 1, close + 1);
                        continue;
                    }
                    _ => return Complement { quote: true, content: at, ..found },
                }
            }
            if word.is(Class::That) && !self.is_no_complement(at) {
                return Complement { that: Some(at), content: at + 1, ..found };
            }
            if let Some(phrase) = self.receiver(from, at) {
                found.sources.add(doc.doc.text, phrase.who);
                at = phrase.end.max(at + 1);
                found.gap = at;
                continue;
            }
            if self.ends_complement(from, at) {
                return found;
            }
            if let Some((source, next)) = self.addressee(at) {
                found.sources.add(doc.doc.text, source);
                at = next.max(at + 1);
                found.gap = at;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether another clause or report begins at a token, so that the words don't stand behind it.
    fn ends_complement(&self, from: usize, at: usize) -> bool {
        let word = self.doc.word(at);
        let next = at + 1 + usize::from(self.doc.is(at + 1, Class::Preposition));
        word.is_any(Classes::of(&[Class::Stop, Class::According, Class::Contrast]))
            || self.is_in_document(at)
            || word.is_strong_cue()
            || (word.is_cue(|cue| cue.is_verb()) && self.doc.is(next, Class::That))
            || (word.is_cue(|cue| cue.form == CueForm::Own) && at - from < OWN_CUE)
    }

    /// `في ندوة حول "…" أن`: a quotation that a preposition brings in, or that أن follows at once, names something when
    /// the words come after it.
    fn is_setting(&self, from: usize, open: usize, close: usize) -> bool {
        if open <= from {
            return false;
        }
        if self.doc.is(close + 1, Class::That) {
            return close - open <= QUOTED_SUBJECT;
        }
        // The name of a body or a place, with أن later in the clause: `المدير العام للشركة "نخلة سوق"، ماهر زيدان، أن`.
        let no_name = Classes::of(&[Class::Colon, Class::About, Class::That]);
        if !self.doc.word(open - 1).is_any(no_name) && close - open <= QUOTED_SUBJECT && self.has_that_within(close + 1)
        {
            return true;
        }
        let brings_in = Classes::of(&[Class::Setting, Class::Utterance, Class::Namer]);
        self.doc.word(open - 1).is_any(brings_in)
            && close - open <= QUOTED_TOPIC
            && self.has_opening_within(close + 1, BEHIND_TOPIC)
    }

    /// Whether أن that begins words stands behind a token, and before it no mark, colon or other report.
    fn has_that_within(&self, from: usize) -> bool {
        let ends = |word: TaggedToken| word.is_any(OPENINGS) || word.is(Class::Stop) || word.cue.is_some();
        let found = self.doc.first(from, self.end.min(from + BEHIND_TOPIC), ends);
        found.is_some_and(|at| self.doc.is(at, Class::That) && !self.is_no_complement(at))
    }

    /// Whether the أن at a token belongs to the word before it (`إلا أن`, `بعد أن`).
    pub(crate) fn is_no_complement(&self, at: usize) -> bool {
        at != self.first && self.doc.is(at - 1, Class::NotThat)
    }

    /// A quotation that is the name of what the word before it calls: no words of the speaker.
    fn is_name_between_marks(&self, open: usize, close: usize) -> bool {
        let naming = Classes::of(&[Class::Namer, Class::Outlet, Class::Correspondent, Class::OutletName, Class::To]);
        close - open <= QUOTED_NAME && self.doc.word(open.saturating_sub(1)).is_any(naming)
    }

    /// Whether أن, a colon or a mark stands within so many tokens, and no other report before it.
    pub(crate) fn has_opening_within(&self, from: usize, reach: usize) -> bool {
        let ends = |word: TaggedToken| word.is_any(OPENINGS) || word.is_strong_cue();
        let found = self.doc.first(from, self.end.min(from + reach), ends);
        found.is_some_and(|at| self.doc.word(at).is_any(OPENINGS))
    }

    /// `في بيان تلقته وكالة …`, `في حصيلة أوردتها الوكالة`: the outlet that has the statement, by a verb with a pronoun for it.
    fn receiver(&self, from: usize, at: usize) -> Option<Phrase> {
        let doc = self.doc;
        let marks = Classes::of(&[Class::Comma, Class::Stop, Class::Open, Class::Colon]);
        let is_clause = from < at && !doc.word(at - 1).is_any(marks) && !doc.word(at).clitics.has_conjunction();
        if !doc.is(at, Class::Received) || !is_clause {
            return None;
        }
        doc.phrase(at + 1, self.end).filter(|phrase| phrase.is_outlet || phrase.mention.is_some())
    }

    /// `جاء فيه أن`, `ورد في البيان أن`: a document says it.
    pub(crate) fn is_in_document(&self, at: usize) -> bool {
        self.doc.is(at, Class::Came) && self.document_words(at).is_some()
    }

    /// Whether a token is في.
    pub(crate) fn is_in(&self, at: usize) -> bool {
        self.doc.word(at).classes.contains_all(Classes::of(&[Class::Occasion, Class::PlacePreposition]))
    }

    /// Where the words of a document begin that a verb such as `جاء` says to stand in it.
    pub(crate) fn document_words(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        if !doc.is(at + 1, Class::Pronominal) && !self.is_in(at + 1) {
            return None;
        }
        let found = doc.first(at + 2, self.end.min(at + 2 + IN_DOCUMENT), |word| {
            word.is_any(OPENINGS.with(Class::Stop)) || word.is_strong_cue()
        })?;
        doc.word(found).is_any(OPENINGS).then_some(found).filter(|found| !self.is_no_complement(*found))
    }

    /// `لوكالة "تاس"`, `لمراسل الجوهرة أف أم`, `مع صحيفة …`: the outlet that heard it, and the token after it.
    fn addressee(&self, at: usize) -> Option<(Span, usize)> {
        let doc = self.doc;
        let word = doc.word(at);
        let hears = word.is_any(Classes::of(&[Class::Outlet, Class::Correspondent]));
        if hears && (has_lam(word) || doc.is(at.wrapping_sub(1), Class::Preposition)) {
            let name = doc.first(at + 1, at + 1 + OUTLET_WORDS, |word| !word.is(Class::Outlet));
            return self.outlet_name(name.unwrap_or(at + 1 + OUTLET_WORDS));
        }
        (has_lam(word) && word.is(Class::OutletName)).then(|| self.outlet_name(at)).flatten()
    }

    /// The name of an outlet that begins at a token: what stands between marks, an entity, or a few words.
    fn outlet_name(&self, at: usize) -> Option<(Span, usize)> {
        let doc = self.doc;
        if self.end <= at {
            return None;
        }
        if let Some(quotation) = doc.opened(at) {
            return Some((quotation.inner, quotation.close? as usize + 1));
        }
        if let Some((_, mention)) = doc.mention_at(at).filter(|(_, m)| m.kind == MentionKind::Org) {
            return Some((mention.span, doc.token_at(mention.span.end)));
        }
        let in_name = Classes::of(&[Class::Word, Class::Other, Class::Close]);
        let ends = Classes::of(&[Class::Preposition, Class::Time, Class::That, Class::Clause]);
        let mut end = at;
        while end < self.end && end - at < OUTLET_NAME {
            let word = doc.word(end);
            if word.is(Class::Open) {
                // جوهرة "اف ام": the name goes on between marks.
                end = doc.closed(end).filter(|close| close - end < QUOTED_NAME).map_or(end, |close| close + 1);
                break;
            }
            let is_other = word.is_any(ends)
                || (word.cue.is_some() && end != at)
                || word.clitics.has(khabar_lexicon::Proclitic::Ba);
            if is_other || !word.is_any(in_name) {
                break;
            }
            end += 1;
        }
        (at < end).then(|| (doc.span(at, end), end))
    }

    /// `عن ترامب` after the outlet of `نقلت`.
    pub(crate) fn phrase_after_about(&self, at: usize) -> Option<Phrase> {
        let doc = self.doc;
        let about = doc.first(at, self.end.min(at + ABOUT), |word| word.is(Class::About))?;
        let opening = Classes::of(&[Class::That, Class::Colon]);
        if doc.first(at, about, |word| word.is_any(opening)).is_some() {
            return None;
        }
        doc.phrase(about + 1, self.end)
    }
}

/// Whether a token behind a cue begins or ends its complement, or may be an outlet.
fn says_something(word: TaggedToken) -> bool {
    const SIGNS: Classes = OPENINGS.union(Classes::of(&[
        Class::Stop,
        Class::According,
        Class::Contrast,
        Class::Outlet,
        Class::OutletName,
        Class::Correspondent,
        Class::Came,
        Class::Received,
    ]));
    word.is_any(SIGNS) || word.cue.is_some()
}
