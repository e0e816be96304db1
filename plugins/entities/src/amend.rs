//! What is amended of the names that the model found, by what Arabic says of them: initials, given names that are titles as
//! well, names with a hyphen, scores behind a club, and of what kind a name is by the word before it.
//!
//! Each step is a rule with a name, looks at a bounded number of words around a name, and leaves what a user's entry says.

use khabar_arabic::frequency;
use khabar_core::TokenClass;
use khabar_extractor::{DisabledRules, Doc};
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::{has_article, has_nisba_shape, has_plural_shape};

use crate::grammar::rules;
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};
use crate::mention::{Mention, RuleId, Source};
use crate::segments::{self, Segment};

/// Bytes of one letter.
const LETTER: usize = 2;
/// A word is rare that is counted at most so often in 8.8 million ([`frequency`]): set by hand, so that no common noun of press is.
const RARE: u32 = 30;
/// Most initials behind a name.
const INITIALS: usize = 4;

/// The kinds that a head in front gives a name that the model found, the first that it has.
const KINDS: [(TriggerFlag, Kind); 5] = [
    (TriggerFlag::Product, Kind::Product),
    (TriggerFlag::Loc, Kind::Loc),
    (TriggerFlag::Gpe, Kind::Gpe),
    (TriggerFlag::Event, Kind::Event),
    (TriggerFlag::Org, Kind::Org),
];

/// The words of a document whose names are amended.
pub(crate) struct Amender<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) segments: &'a [Segment],
    pub(crate) disabled: &'a DisabledRules,
}

impl Amender<'_> {
    /// Amends mentions, which are sorted and stay so.
    pub(crate) fn amend(&self, mentions: &mut Vec<Mention>) {
        self.join(mentions);
        for mention in mentions.iter_mut().filter(|m| matches!(m.source, Source::Model | Source::Lexicon(_))) {
            if mention.source == Source::Model {
                self.add_initials(mention);
                self.trim_score(mention);
                self.trim_adjective(mention);
            }
            self.add_given_name(mention);
            self.add_sheikh(mention);
            self.set_kind(mention);
        }
        mentions.retain(|m| m.start < m.end && !self.is_ordinary(m) && !self.is_people(m));
        self.name_places(mentions);
    }

    fn is_on(&self, rule: RuleId) -> bool {
        !self.disabled.contains(rule.place())
    }

    fn flags(&self, at: usize) -> TriggerFlags {
        self.segments.get(at).map(|segment| segment.known.flags).unwrap_or_default()
    }

    fn has(&self, at: usize, flag: TriggerFlag) -> bool {
        self.flags(at).contains(flag)
    }

    fn class(&self, at: usize) -> Option<TokenClass> {
        self.segments.get(at).map(|segment| segment.class)
    }

    fn text(&self, at: usize) -> &str {
        self.segments.get(at).map_or("", |segment| segments::folded(self.doc, segment))
    }

    fn is_plain(&self, at: usize) -> bool {
        self.segments.get(at).is_some_and(|segment| segment.known.skip == 0)
    }

    /// Whether no space stands between a segment and the one before it.
    fn is_glued(&self, at: usize) -> bool {
        let (Some(before), Some(segment)) =
            (at.checked_sub(1).and_then(|at| self.segments.get(at)), self.segments.get(at))
        else {
            return false;
        };
        let end = |segment: &Segment| self.doc.tokens.get(segment.token as usize).map(|token| token.span().end);
        let start = self.doc.tokens.get(segment.token as usize).map(|token| token.span().start);
        before.token == segment.token || end(before) == start
    }

    /// A letter alone, but و.
    fn is_letter(&self, at: usize) -> bool {
        self.class(at) == Some(TokenClass::Arabic) && self.text(at).len() == LETTER && !self.has(at, TriggerFlag::And)
    }

    /// Names that are one: جون إف. كينيدي, سانت-مارغريت.
    fn join(&self, mentions: &mut Vec<Mention>) {
        let mut joined: Vec<Mention> = Vec::with_capacity(mentions.len());
        for m in mentions.drain(..) {
            if let Some(before) = joined.last_mut()
                && before.source == Source::Model
                && m.source == Source::Model
                && before.end + 1 == m.start
                && (self.joins_initial(before, &m) || self.joins_hyphen(before, &m))
            {
                before.end = m.end;
                continue;
            }
            joined.push(m);
        }
        *mentions = joined;
    }

    fn joins_initial(&self, before: &Mention, m: &Mention) -> bool {
        let last = before.end as usize - 1;
        let is_initial =
            before.start < before.end - 1 && (self.has(last, TriggerFlag::Initial) || self.is_letter(last));
        is_initial
            && self.text(before.end as usize) == "."
            && (before.kind, m.kind) == (Kind::Person, Kind::Person)
            && self.is_on(rules::INITIAL)
    }

    fn joins_hyphen(&self, before: &Mention, m: &Mention) -> bool {
        let at = before.end as usize;
        m.skip == 0 && self.text(at) == "-" && self.is_glued(at) && self.is_glued(at + 1) && self.is_on(rules::HYPHEN)
    }

    /// Initials behind a name: سامر. ع. ك, محمد ر ع.
    fn add_initials(&self, m: &mut Mention) {
        if m.kind != Kind::Person || !self.is_on(rules::INITIAL) {
            return;
        }
        for _ in 0..INITIALS {
            let at = m.end as usize;
            let letter = if self.text(at) == "." { at + 1 } else { at };
            if !self.is_letter(letter) || letter == at && self.is_glued(at) {
                break;
            }
            m.end = letter as u32 + 1;
        }
    }

    /// What belongs to no club: اتحاد طنجة 3-1.
    fn trim_score(&self, m: &mut Mention) {
        let number = |at: usize| self.class(at) == Some(TokenClass::Number);
        let is_score = |at: usize| number(at) && self.text(at).contains('-');
        while m.start < m.end && m.kind != Kind::Product && is_score(m.end as usize - 1) && self.is_on(rules::SCORE) {
            m.end -= 1;
        }
        while m.kind != Kind::Product
            && m.end.checked_sub(3).is_some_and(|from| {
                m.start <= from
                    && number(from as usize)
                    && number(m.end as usize - 1)
                    && !number(from as usize + 1)
                    && self.is_on(rules::SCORE)
            })
        {
            m.end -= 3;
        }
    }

    /// The adjective behind an outlet's name: جريدة هسبريس الإلكترونية.
    fn trim_adjective(&self, m: &mut Mention) {
        let (Some(before), last) = ((m.start as usize).checked_sub(1), m.end as usize - 1) else { return };
        let is_name = self.has(before, TriggerFlag::Name)
            && self.has(before, TriggerFlag::Org)
            && !self.has(before, TriggerFlag::Phrase);
        let adjective = has_article(self.text(last)) && has_nisba_shape(self.text(last));
        if is_name
            && m.start as usize + 1 == last
            && adjective
            && !has_article(self.text(m.start as usize))
            && self.is_on(rules::OUTLET)
        {
            m.end -= 1;
        }
    }

    /// أمير عادل is a man's name, and so are رائد, سلطان before another.
    fn add_given_name(&self, m: &mut Mention) {
        let Some(before) = (m.start as usize).checked_sub(1).filter(|_| m.kind == Kind::Person && m.skip == 0) else {
            return;
        };
        let is_given = self.has(before, TriggerFlag::TitleGiven)
            && !self.flags(before).intersects(TriggerFlags::of(&[TriggerFlag::Definite, TriggerFlag::TitlePredicate]))
            && !self.segments[m.start as usize].starts_sentence
            && !has_article(self.text(m.start as usize));
        if is_given && self.is_on(rules::GIVEN) {
            m.start -= 1;
            m.skip = self.segments[before].known.skip.into();
        }
    }

    /// مديرية الشيخ عثمان: behind the head of a place's name a title and a name are the place.
    fn add_sheikh(&self, m: &mut Mention) {
        let Some(head) = (m.start as usize).checked_sub(2).filter(|_| m.kind == Kind::Person && m.skip == 0) else {
            return;
        };
        let title = head + 1;
        let is_title = self.flags(title).contains_all(TriggerFlags::of(&[
            TriggerFlag::Title,
            TriggerFlag::TitleLone,
            TriggerFlag::Definite,
        ]));
        let is_head = self.has(head, TriggerFlag::Gpe) && !self.has(head, TriggerFlag::Definite);
        if is_title && self.is_plain(title) && is_head && self.is_on(rules::SHEIKH) {
            m.start -= 1;
            (m.kind, m.source, m.thing) = (Kind::Gpe, Source::Lexicon(rules::SHEIKH), None);
        }
    }

    /// The kind that the word before the name tells, also before a quotation mark or a dash: كبسولة "ستارلاينر".
    fn set_kind(&self, m: &mut Mention) {
        if m.thing.is_some() || m.source != Source::Model || m.skip != 0 || !self.is_on(rules::KIND) {
            return;
        }
        let Some(mut head) = (m.start as usize).checked_sub(1) else { return };
        let is_marked = self.class(head) == Some(TokenClass::QuoteOpen) || self.text(head) == "-";
        if is_marked {
            let Some(before) = head.checked_sub(1) else { return };
            head = before;
        }
        let flags = self.flags(head);
        if flags.contains(TriggerFlag::Definite) && !is_marked {
            return;
        }
        if is_marked && flags.contains(TriggerFlag::Fac) {
            m.kind = Kind::Fac;
        } else if flags.contains(TriggerFlag::Name)
            && !flags.contains(TriggerFlag::Phrase)
            && let Some((_, kind)) = KINDS.into_iter().find(|(flag, _)| flags.contains(*flag))
        {
            m.kind = kind;
        }
    }

    /// A currency behind a number or what counts money, or before a nationality: 45 ريالا, مليون ريال سعودي.
    fn is_money(&self, at: usize) -> bool {
        let counted = at.checked_sub(1).is_some_and(|before| {
            self.class(before) == Some(TokenClass::Number) || self.has(before, TriggerFlag::Scale)
        });
        self.is_on(rules::CURRENCY) && (counted || self.has(at + 1, TriggerFlag::Norp))
    }

    /// Behind an indefinite nisba a word is another adjective: بوجه دبلوماسي هادئ.
    fn is_second_adjective(&self, at: usize) -> bool {
        const NOUNS: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Norp, TriggerFlag::First]);
        let Some(before) = at.checked_sub(1).filter(|_| self.is_on(rules::SECOND_ADJECTIVE)) else { return false };
        let word = self.text(before);
        self.class(before) == Some(TokenClass::Arabic)
            && !self.segments[at].starts_sentence
            && !has_article(word)
            && has_nisba_shape(word)
            && !self.flags(before).intersects(NOUNS)
            && (!self.has(before, TriggerFlag::Title) || self.has(before, TriggerFlag::TitleLone))
    }

    /// Two words of which the second is a people in the dual or plural: سائحان بريطانيان.
    fn is_people(&self, m: &Mention) -> bool {
        let last = m.end as usize - 1;
        m.kind == Kind::Person
            && m.source == Source::Model
            && m.start as usize + 1 == last
            && self.has(last, TriggerFlag::Norp)
            && has_plural_shape(self.text(last))
            && self.is_on(rules::NORP_NOT_PERSON)
    }

    /// Rare words behind the heads of places' names, where no name was found: قرية طرطنبول.
    fn name_places(&self, mentions: &mut Vec<Mention>) {
        const HEAD: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Gpe, TriggerFlag::Name]);
        const OTHER: TriggerFlags = TriggerFlags::of(&[
            TriggerFlag::Stop,
            TriggerFlag::Title,
            TriggerFlag::Org,
            TriggerFlag::Norp,
            TriggerFlag::Gpe,
            TriggerFlag::Adjective,
            TriggerFlag::Place,
        ]);
        if !self.is_on(rules::UNKNOWN_PLACE) {
            return;
        }
        let mut found = Vec::new();
        for (at, segment) in self.segments.iter().enumerate() {
            let flags = segment.known.flags;
            if !flags.contains_all(HEAD) || flags.contains(TriggerFlag::Definite) {
                continue;
            }
            let name = at + 1;
            let Some(next) = self.segments.get(name) else { continue };
            let fits = next.class == TokenClass::Arabic
                && !next.starts_sentence
                && next.known.skip == 0
                && !next.known.flags.intersects(OTHER)
                && 3 * LETTER <= self.text(name).len()
                && frequency(self.text(name)) <= RARE
                && !has_nisba_shape(self.text(name));
            let from = mentions.partition_point(|m| m.end as usize <= name);
            let is_free = mentions.get(from).is_none_or(|m| name < m.start as usize);
            if fits && is_free {
                found.push(Mention::new(name..name + 1, 0, Kind::Gpe, Source::Lexicon(rules::UNKNOWN_PLACE)));
            }
        }
        if !found.is_empty() {
            mentions.extend(found);
            mentions.sort_by_key(|m| (m.start, m.end));
        }
    }

    /// A word that is a name elsewhere: لحسن الحظ, مبلغ مالي.
    fn is_ordinary(&self, m: &Mention) -> bool {
        if !m.is_one_word() || m.source == Source::User {
            return false;
        }
        let at = m.start as usize;
        if m.kind == Kind::Person && self.has(at + 1, TriggerFlag::Luck) && self.is_on(rules::LUCK) {
            return true;
        }
        if m.kind == Kind::Org && self.has(at, TriggerFlag::Currency) && self.is_money(at) {
            return true;
        }
        if m.kind == Kind::Person && m.source == Source::Model && self.is_second_adjective(at) {
            return true;
        }
        if !self.has(at, TriggerFlag::AlsoAdjective) || !self.is_on(rules::ALSO_ADJECTIVE) || !self.is_plain(at) {
            return false;
        }
        let Some(before) = at.checked_sub(1).filter(|_| !self.segments[at].starts_sentence) else { return false };
        const HEADS: TriggerFlags = TriggerFlags::of(&[
            TriggerFlag::Title,
            TriggerFlag::Org,
            TriggerFlag::Gpe,
            TriggerFlag::Name,
            TriggerFlag::Place,
        ]);
        let is_place = self.flags(before).intersects(HEADS)
            || self.class(before) != Some(TokenClass::Arabic)
            || self.text(before).starts_with(Proclitic::Wa.letter());
        m.kind == Kind::Gpe && !is_place
    }
}
