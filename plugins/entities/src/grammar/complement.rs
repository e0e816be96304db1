//! Complements: what a head is head of.

use khabar_core::TokenClass;
use khabar_lexicon::Proclitic;
use khabar_lexicon::inflect::without_article;

use super::{DEPTH, Grammar, LETTER, RUN};
use crate::kind::Kind;
use crate::lexicon::{TriggerFlag, TriggerFlags};

/// Most names in quotation marks that و joins to one complement: قنوات "أ" و"ب" و"ج". Lists in news are shorter.
const QUOTED_NAMES: usize = 16;
/// Most words in quotation marks that are a name.
const QUOTED_WORDS: usize = 5;
/// What behind ل is no field that a body works on: a person, a people, a time, an occasion.
const NO_FIELD: TriggerFlags =
    TriggerFlags::of(&[TriggerFlag::Title, TriggerFlag::Norp, TriggerFlag::Stop, TriggerFlag::Occasion]);
/// What begins something else behind و.
const NO_JOINED: TriggerFlags = TriggerFlags::of(&[
    TriggerFlag::Title,
    TriggerFlag::Org,
    TriggerFlag::First,
    TriggerFlag::Norp,
    TriggerFlag::Stop,
    TriggerFlag::Occasion,
]);
/// What offices are concerned with.
pub(super) const FIELDS: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Field, TriggerFlag::Portfolio]);
/// Bytes of one proclitic.
const ONE_PROCLITIC: u8 = 2;

impl Grammar<'_> {
    /// The end of a complement with باسم, لدى, ل, في, ب or إلى that stands at `at`, if the head takes it.
    pub(super) fn prepositional(&self, at: usize, head: TriggerFlags, depth: usize) -> Option<usize> {
        const OF_SOME_HEADS: TriggerFlags = TriggerFlags::of(&[TriggerFlag::TitleIn, TriggerFlag::TitleTo]);
        if self.class(at) != Some(TokenClass::Arabic) {
            return None;
        }
        if self.is_plain(at) {
            let needed = self.flags(at).intersection(OF_SOME_HEADS);
            let joins = self.has(at, TriggerFlag::Preposition) && head.contains_all(needed);
            let end = if joins { self.thing(at + 1, depth) } else { None };
            return end.map(|end| self.known_adjectives(end));
        }
        // للرئيس الأميركي, لمنظمة الصحة العالمية, بالكرملين.
        let begins = |proclitic: Proclitic| self.text(at).starts_with(proclitic.letter());
        let joins = begins(Proclitic::Lam) || begins(Proclitic::Ba) && head.contains(TriggerFlag::TitleIn);
        if joins { self.thing(at, depth).or_else(|| if depth == 0 { self.concern(at) } else { None }) } else { None }
    }

    /// What an office is concerned with behind ل: a field, or a body that the text named before: المدير التنفيذي للمنظمة.
    fn concern(&self, at: usize) -> Option<usize> {
        const BODY: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Org, TriggerFlag::Definite]);
        if self.is_lam_and_article(at) && self.flags(at).contains_all(BODY) {
            let end = self.run_of_adjectives(at, at + 1);
            return Some(self.quoted(end).unwrap_or(end));
        }
        self.field(at, FIELDS)
    }

    /// The same of a title, behind which another may stand: the إلى of المبعوث الخاص لترامب إلى أوكرانيا, the ل of what the
    /// office is concerned with: الممثلة العليا للاتحاد الأوروبي للشؤون الخارجية.
    pub(super) fn title_prepositional(&self, at: usize, head: TriggerFlags, depth: usize) -> Option<usize> {
        let end = self.prepositional(at, head, depth)?;
        if depth != 0 {
            return Some(end);
        }
        let more = if self.has(end, TriggerFlag::TitleTo) && self.is_plain(end) {
            self.prepositional(end, head, depth)
        } else {
            self.field(end, FIELDS)
        };
        Some(more.unwrap_or(end))
    }

    /// The end of what a body or an office is concerned with, behind ل: للأرصاد, للبحوث الجيولوجية, لكرة القدم, لتنسيق الشؤون
    /// الإنسانية. With the article any noun but those of `but`, unless `known` asks for one of certain words; without it one
    /// of the list of fields.
    pub(super) fn field(&self, at: usize, known: TriggerFlags) -> Option<usize> {
        let noun = self.text(at).strip_prefix(Proclitic::Lam.letter())?;
        if self.class(at) != Some(TokenClass::Arabic) || self.flags(at).intersects(NO_FIELD) {
            return None;
        }
        let has_article = noun.starts_with(Proclitic::Lam.letter()) && LETTER + 2 * LETTER < noun.len();
        let is_listed = self.flags(at).intersects(known);
        if has_article && (known.is_empty() || is_listed) {
            return Some(self.joined_field(self.run_of_adjectives(at, at + 1)));
        }
        if has_article || !self.has(at, TriggerFlag::Field) {
            return None;
        }
        let end = self.genitive(at + 1)?;
        Some(self.joined_field(end))
    }

    /// The end of the noun, with what stands between, that an indefinite noun is head of: الشؤون الإنسانية of تنسيق, حقوق
    /// الإنسان of حماية.
    fn genitive(&self, at: usize) -> Option<usize> {
        let last = at + 2;
        let mut end = at;
        while end < last && self.has(end, TriggerFlag::Field) && self.is_plain(end) && !self.is_definite(end) {
            end += 1;
        }
        if let Some((name, _)) = self.name(end).filter(|_| self.is_plain(end)) {
            return Some(self.known_adjectives(name));
        }
        let noun = self.is_definite(end) && !self.flags(end).intersects(NO_FIELD);
        noun.then(|| self.run_of_adjectives(end, end + 1))
    }

    /// The end of what و joins to a field: والمعادن, والسمعي البصري.
    pub(super) fn joined_field(&self, mut at: usize) -> usize {
        let last = at + RUN;
        while at < last && self.is_joined_noun(at) && !self.flags(at).intersects(NO_JOINED) {
            at = self.run_of_adjectives(at, at + 1);
        }
        at
    }

    /// Whether ل and a word with the article stand at `at`: للكرملين.
    pub(super) fn is_lam_and_article(&self, at: usize) -> bool {
        self.has(at, TriggerFlag::Cut) && self.segment(at).is_some_and(|segment| segment.known.skip == ONE_PROCLITIC)
    }

    /// A name, organisation or title that begins at `at`.
    fn thing(&self, at: usize, depth: usize) -> Option<usize> {
        if let Some(found) = self.organisation(at, depth + 1) {
            return Some(found.end.max(self.name(at).map_or(0, |(end, _)| end)));
        }
        if let Some((end, _)) = self.name(at) {
            return Some(end);
        }
        self.title(at, depth + 1).map(|found| found.end)
    }

    /// What an indefinite head is head of.
    pub(super) fn complement(&self, at: usize, depth: usize) -> Option<usize> {
        if let Some(end) = self.quoted(at) {
            return Some(self.quoted_adjectives(end));
        }
        if !self.is_plain(at) {
            return None;
        }
        if let Some(end) = self.thing(at, depth) {
            return Some(self.known_adjectives(end));
        }
        // أمانة محافظة جدة
        const PLACE_HEAD: TriggerFlags = TriggerFlags::of(&[TriggerFlag::Gpe, TriggerFlag::Name]);
        if self.flags(at).contains_all(PLACE_HEAD)
            && let Some((end, Kind::Gpe | Kind::Loc)) = self.name(at + 1).filter(|_| self.is_plain(at + 1))
        {
            return Some(end);
        }
        if !self.flags(at).intersects(FIELDS) && !self.is_definite(at) {
            return None;
        }
        let mut end = at + 1;
        if without_article(self.text(at)).is_none() {
            // شؤون الشرق الأوسط, أركان الجيش
            if DEPTH <= depth {
                return None;
            }
            end = self.complement(end, depth + 1)?;
        }
        Some(self.run_of_adjectives(at, end))
    }

    /// The end of complements joined to the one that ends at `at`: والتجارة, والبحث العلمي. A word that begins something else
    /// is none.
    pub(super) fn joined(&self, mut at: usize, head: TriggerFlags) -> usize {
        const OTHER: TriggerFlags = TriggerFlags::of(&[
            TriggerFlag::Title,
            TriggerFlag::Org,
            TriggerFlag::First,
            TriggerFlag::Norp,
            TriggerFlag::Stop,
        ]);
        if !head.contains(TriggerFlag::Joined) {
            return at;
        }
        let last = at + RUN;
        while at < last {
            if self.is_joined_noun(at) && !self.flags(at).intersects(OTHER) {
                at += 1;
            } else if let Some(end) = self.joined_construct(at) {
                at = end;
            } else {
                break;
            }
            while at < last && self.is_adjective(at) && !self.has(at, TriggerFlag::Norp) {
                at += 1;
            }
        }
        at
    }

    /// The end of و, a field and what it is head of: وجودة الحياة.
    fn joined_construct(&self, at: usize) -> Option<usize> {
        let joins = self.text(at).starts_with(Proclitic::Wa.letter())
            && self.flags(at).intersects(FIELDS)
            && !self.has(at, TriggerFlag::Definite);
        if joins { self.genitive(at + 1) } else { None }
    }

    /// و and a word with the article: والتجارة.
    fn is_joined_noun(&self, at: usize) -> bool {
        let noun = self.text(at).strip_prefix(Proclitic::Wa.letter()).and_then(without_article);
        self.class(at) == Some(TokenClass::Arabic) && noun.is_some()
    }

    /// Whether و stands alone at `at`.
    pub(super) fn is_and(&self, at: usize) -> bool {
        self.has(at, TriggerFlag::And) && self.is_plain(at)
    }

    /// The end of a short stretch in quotation marks that opens at `at`, its closing mark not included; several joined
    /// by و count as one (قناتي "العربية" و"الحدث").
    pub(super) fn quoted(&self, at: usize) -> Option<usize> {
        let mut end = self.quoted_once(at)?;
        for _ in 1..QUOTED_NAMES {
            let joined = self.class(end) == Some(TokenClass::QuoteClose) && self.is_and(end + 1);
            match self.quoted_once(end + 2).filter(|_| joined) {
                Some(next) => end = next,
                None => break,
            }
        }
        Some(end)
    }

    /// The end of the adjectives behind the closing mark at `close`, which then belongs to the phrase: حركة "فتح" الفلسطينية.
    pub(super) fn quoted_adjectives(&self, close: usize) -> usize {
        let end = self.run_of_adjectives(close, close + 1);
        if close + 1 < end { end } else { close }
    }

    /// The end of one stretch of at most [`QUOTED_WORDS`] in quotation marks.
    pub(super) fn quoted_once(&self, at: usize) -> Option<usize> {
        if self.class(at) != Some(TokenClass::QuoteOpen) {
            return None;
        }
        let inside = |i: &usize| {
            self.segment(*i).is_some_and(|segment| !segment.starts_sentence && segment.class != TokenClass::QuoteOpen)
        };
        let mut last = (at + 1..=at + 1 + QUOTED_WORDS).take_while(inside);
        let close = last.find(|i| self.class(*i) == Some(TokenClass::QuoteClose))?;
        (at + 1 < close).then_some(close)
    }
}
