//! The grammar of titles, names of organisations and events: a head and its complements.
//!
//! A recursive descent over units; every rule looks at a bounded number of units, and recursion is bounded before it
//! begins, so that the whole is linear in any text. Only a name is as long as it is, and the grammar does not look into it.

use khabar_core::TokenClass;
use khabar_extractor::Doc;

use crate::kind::Kind;
use crate::lexicon::Roles;
use crate::units::{Unit, folded};

/// How deep complements nest: نائب رئيس لجنة مجلس النواب.
const DEPTH: usize = 4;
/// How deep a title stands at most: as the complement of an organisation that stands at the limit itself, one deeper than all
/// else (رئيس مجلس إدارة مؤسسة قطر).
const DEEPEST: usize = DEPTH + 1;
/// How many definite words in a row may make a complement.
const RUN: usize = 4;
/// Most words such as عام, سابق, مساعد behind an indefinite head, and most adjectives of nationality or rank behind a
/// complement: news has two or three (مدير عام مساعد سابق), and a hundred of them are no title.
const MODIFIERS: usize = 8;
/// Most names in quotation marks that و joins to one complement: قنوات "أ" و"ب" و"ج". Lists in news are shorter.
const QUOTED_NAMES: usize = 16;

/// A document as the grammar sees it.
pub(crate) struct Grammar<'a> {
    pub(crate) doc: &'a Doc<'a>,
    pub(crate) units: &'a [Unit],
    /// For each unit the end and kind of the name that begins there, if any.
    pub(crate) names: &'a [Option<(u32, Kind)>],
    /// Whether a bare الحكومة is an organisation.
    pub(crate) bare: bool,
}

/// A phrase that the grammar found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) skip: usize,
    pub(crate) kind: Kind,
    /// The definite head stands for a person or thing by itself, so that the phrase counts inside another.
    pub(crate) definite: bool,
}

impl Grammar<'_> {
    fn unit(&self, at: usize) -> Option<&Unit> {
        self.units.get(at)
    }

    fn has(&self, at: usize, roles: Roles) -> bool {
        self.unit(at).is_some_and(|unit| unit.word.has(roles))
    }

    /// The unit stands without a proclitic.
    fn plain(&self, at: usize) -> bool {
        self.unit(at).is_some_and(|unit| unit.word.skip == 0)
    }

    fn class(&self, at: usize) -> Option<TokenClass> {
        self.unit(at).map(|unit| unit.class)
    }

    fn text(&self, at: usize) -> &str {
        self.unit(at).map_or("", |unit| folded(self.doc, unit))
    }

    /// A word with the article and no proclitic.
    fn definite(&self, at: usize) -> bool {
        self.class(at) == Some(TokenClass::Arabic) && {
            let text = self.text(at);
            text.starts_with("ال") && 6 < text.len() && !self.has(at, Roles::STOP) && self.plain(at)
        }
    }

    /// A definite adjective: one that is known, or one that is formed as a nisba.
    fn adjective(&self, at: usize) -> bool {
        self.definite(at)
            && (self.has(at, Roles::ADJECTIVE)
                || self.has(at, Roles::NORP.with(Roles::DEFINITE))
                || ["ي", "يه", "يين", "يون"].iter().any(|ending| self.text(at).ends_with(ending)))
    }

    /// An adjective that says whose the thing is, or which of several: its nationality, or one of the known list.
    fn known_adjective(&self, at: usize) -> bool {
        self.definite(at) && (self.has(at, Roles::ADJECTIVE) || self.has(at, Roles::NORP.with(Roles::DEFINITE)))
    }

    /// The end of a name that begins at `at`; the unit may bear a proclitic.
    fn name(&self, at: usize) -> Option<(usize, Kind)> {
        let (end, kind) = (*self.names.get(at)?)?;
        Some((end as usize, kind))
    }

    /// The title, organisation, building, landscape or event whose head is at `at`.
    pub(crate) fn phrase(&self, at: usize) -> Option<Found> {
        let unit = self.unit(at)?;
        if let Some(title) = self.title(at, 0) {
            return Some(title);
        }
        if unit.word.has(Roles::ORG) {
            return self.organisation(at, 0);
        }
        if unit.word.roles.any(Roles::FAC.with(Roles::LOC).with(Roles::EVENT).with(Roles::PRODUCT)) {
            return self.other(at);
        }
        None
    }

    /// A title: head, adjectives, complement, adjectives, complement with a preposition.
    pub(crate) fn title(&self, at: usize, depth: usize) -> Option<Found> {
        let unit = self.unit(at)?;
        let word = unit.word;
        if !word.has(Roles::TITLE) || depth == DEPTH || DEEPEST < depth {
            return None;
        }
        let found = |end, definite| Some(Found { start: at, end, skip: word.skip.into(), kind: Kind::Title, definite });
        let surface = self.doc.surface(unit.token as usize);
        if word.has(Roles::PRONOUN) && !surface.ends_with(['ة', 'ـ']) {
            let end = self.adjectives(at + 1);
            let alone = end == at + 1 && !matches!(self.name(end), Some((_, Kind::Person)));
            if word.has(Roles::TITLE_PRONOUN_ONLY) && alone {
                return None;
            }
            return found(self.with_preposition(end, word.roles, depth).unwrap_or(end), true);
        }
        if word.has(Roles::TITLE_PRONOUN_ONLY) {
            return None;
        }
        if word.has(Roles::DEFINITE) {
            let adjectives = self.adjectives(at + 1);
            if let Some(end) = self.with_preposition(adjectives, word.roles, depth) {
                return found(end, true);
            }
            let qualified = at + 1 < adjectives && !word.has(Roles::TITLE_COMPLEMENT);
            let before_person = matches!(self.name(adjectives), Some((_, Kind::Person))) && self.plain(adjectives);
            let lone = word.has(Roles::TITLE_LONE) && !before_person;
            if (qualified && !lone) || before_person || word.has(Roles::TITLE_BARE) {
                return found(adjectives, true);
            }
            return None;
        }
        // An indefinite head: مدير عام, then what it is head of.
        let mut end = at + 1;
        while end < at + 1 + MODIFIERS && self.has(end, Roles::INDEFINITE) && self.plain(end) {
            end += 1;
        }
        if word.has(Roles::TITLE_LONE) {
            return None;
        }
        if let Some(complement) = self.complement(end, depth) {
            let end = self.known_adjectives(self.joined(complement, word.roles));
            return found(self.with_preposition(end, word.roles, depth).unwrap_or(end), true);
        }
        // رئيس سابق للوزراء; مستشار في الكرملين.
        self.with_preposition(end, word.roles, depth).and_then(|end| found(end, false))
    }

    fn adjectives(&self, mut at: usize) -> usize {
        let first = at;
        while at < first + RUN && self.adjective(at) && self.known_or_norp_follows(at, first) {
            at += 1;
        }
        at
    }

    /// An adjective that is only formed like one counts next to a known one: الرئيس الفنزويلي الاشتراكي السابق.
    fn known_or_norp_follows(&self, at: usize, first: usize) -> bool {
        self.known_adjective(at) || at == first || self.known_adjective(at + 1)
    }

    fn known_adjectives(&self, mut at: usize) -> usize {
        let last = at + MODIFIERS;
        while at < last && self.known_adjective(at) {
            at += 1;
        }
        at
    }

    /// `at`, or the end of a complement with باسم, لدى, ل, في, ب or إلى that stands there.
    fn with_preposition(&self, at: usize, roles: Roles, depth: usize) -> Option<usize> {
        let unit = self.unit(at)?;
        if unit.class != TokenClass::Arabic {
            return None;
        }
        let text = self.text(at);
        let free = match text {
            "باسم" | "لدي" => true,
            "في" => roles.has(Roles::TITLE_IN),
            "الي" => roles.has(Roles::TITLE_TO),
            _ => false,
        };
        if free {
            let end = self.thing(at + 1, depth)?;
            return Some(self.known_adjectives(end));
        }
        // للرئيس الأميركي, لمنظمة الصحة العالمية, بالكرملين.
        let joined =
            unit.word.skip != 0 && (text.starts_with('ل') || (text.starts_with('ب') && roles.has(Roles::TITLE_IN)));
        if !joined {
            return None;
        }
        self.thing(at, depth)
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
    fn complement(&self, at: usize, depth: usize) -> Option<usize> {
        if let Some(end) = self.quoted(at) {
            return Some(end);
        }
        if !self.plain(at) {
            return None;
        }
        if let Some(end) = self.thing(at, depth) {
            return Some(self.known_adjectives(end));
        }
        let head = self.unit(at)?.word;
        if head.has(Roles::PORTFOLIO) || self.definite(at) {
            let mut end = at + 1;
            if !self.text(at).starts_with("ال") {
                // شؤون الشرق الأوسط, أركان الجيش
                if DEPTH <= depth {
                    return None;
                }
                end = self.complement(end, depth + 1)?;
            }
            while end < at + RUN && self.adjective(end) {
                end += 1;
            }
            return Some(end);
        }
        None
    }

    /// The end of complements joined to the one that ends at `at`: والتجارة, والبحث العلمي. A word that begins something else
    /// is none.
    fn joined(&self, mut at: usize, head: Roles) -> usize {
        if !head.has(Roles::JOINED) {
            return at;
        }
        let other = Roles::TITLE.with(Roles::ORG).with(Roles::FIRST).with(Roles::NORP).with(Roles::STOP);
        let last = at + RUN;
        while at < last && self.class(at) == Some(TokenClass::Arabic) && self.text(at).starts_with("وال") {
            let roles = self.unit(at).map(|unit| unit.word.roles).unwrap_or_default();
            if roles.any(other) {
                break;
            }
            at += 1;
            while at < last && self.adjective(at) && !self.has(at, Roles::NORP) {
                at += 1;
            }
        }
        at
    }

    /// The end of a short stretch in quotation marks that opens at `at`, its closing mark not included; several joined
    /// by و count as one (قناتي "العربية" و"الحدث").
    fn quoted(&self, at: usize) -> Option<usize> {
        let mut end = self.quoted_once(at)?;
        for _ in 1..QUOTED_NAMES {
            let joined = self.class(end) == Some(TokenClass::QuoteClose)
                && self.text(end + 1) == "و"
                && self.class(end + 2) == Some(TokenClass::QuoteOpen);
            match self.quoted_once(end + 2).filter(|_| joined) {
                Some(next) => end = next,
                None => break,
            }
        }
        Some(end)
    }

    /// The end of one stretch of at most five words in quotation marks.
    pub(crate) fn quoted_once(&self, at: usize) -> Option<usize> {
        if self.class(at) != Some(TokenClass::QuoteOpen) {
            return None;
        }
        let last = (at + 1..at + 7).take_while(|&i| {
            self.unit(i).is_some_and(|unit| !unit.starts_sentence && unit.class != TokenClass::QuoteOpen)
        });
        let close = last.into_iter().find(|&i| self.class(i) == Some(TokenClass::QuoteClose))?;
        (at + 1 < close).then_some(close)
    }

    /// An organisation: head and complement (مجلس الأمن الروسي), or definite head and adjectives (الجيش الروسي).
    pub(crate) fn organisation(&self, at: usize, depth: usize) -> Option<Found> {
        let word = self.unit(at)?.word;
        if !word.has(Roles::ORG) || DEPTH < depth {
            return None;
        }
        let found = |end, definite| Some(Found { start: at, end, skip: word.skip.into(), kind: Kind::Org, definite });
        if !word.has(Roles::PHRASE) {
            // قناتي "العربية" و"الحدث" as the complement of a title.
            return if 0 < depth { self.quoted(at + 1).and_then(|end| found(end, true)) } else { None };
        }
        if word.has(Roles::DEFINITE) {
            let mut end = at + 1;
            while end < at + RUN && self.adjective(end) {
                end += 1;
            }
            if (at + 1..end).any(|i| self.has(i, Roles::NORP) || !self.has(i, Roles::ORDINARY)) {
                // المكتب الصحفي للكرملين
                let of = self.text(end).starts_with("لل") && self.unit(end).is_some_and(|unit| unit.word.skip != 0);
                let end = if of { self.name(end).map_or(end, |(end, _)| end) } else { end };
                return found(end, true);
            }
            return if word.has(Roles::BARE) && self.bare { found(at + 1, true) } else { None };
        }
        if !self.plain(at + 1) {
            return None;
        }
        if self.quoted(at + 1).is_some() {
            return None;
        }
        if let Some((end, kind)) = self.name(at + 1) {
            if word.has(Roles::NAME) && kind == Kind::Org {
                return None;
            }
            return found(self.known_adjectives(end), true);
        }
        let end = self.complement(at + 1, depth + 1)?;
        let end = self.known_adjectives(self.joined(end, word.roles));
        if word.has(Roles::STRICT) && !(at + 1..end).any(|i| self.has(i, Roles::NORP) || self.name(i).is_some()) {
            return None;
        }
        found(end, true)
    }

    /// Buildings, landscapes and events: head and name (مطار بيروت, حرب العراق), or definite head and nisba (الحرب الأهلية
    /// السورية); products and events in quotation marks.
    fn other(&self, at: usize) -> Option<Found> {
        let word = self.unit(at)?.word;
        let kinds = [
            (Roles::FAC, Kind::Fac),
            (Roles::LOC, Kind::Loc),
            (Roles::EVENT, Kind::Event),
            (Roles::PRODUCT, Kind::Product),
        ];
        let (_, kind) = kinds.into_iter().find(|(role, _)| word.has(*role))?;
        if !word.has(Roles::PHRASE) {
            return None;
        }
        let found = |end| Some(Found { start: at, end, skip: word.skip.into(), kind, definite: true });
        if word.has(Roles::DEFINITE) {
            let mut end = at + 1;
            while end < at + RUN && self.adjective(end) {
                end += 1;
            }
            let norp = (at + 1..end).any(|i| self.has(i, Roles::NORP));
            return if norp && kind == Kind::Event { found(end) } else { None };
        }
        if !self.plain(at + 1) {
            return None;
        }
        match self.name(at + 1) {
            Some((end, Kind::Gpe | Kind::Loc | Kind::Person | Kind::Org)) => {
                found(if kind == Kind::Event { end } else { self.known_adjectives(end) })
            }
            _ if kind != Kind::Event && self.definite(at + 1) => {
                let mut end = at + 2;
                while end < at + RUN && self.adjective(end) {
                    end += 1;
                }
                found(end)
            }
            _ => None,
        }
    }
}
